/** 提标: 岳阳县 raises the standard in town from 700 to 730 元 a month. Previewed to the fen, approved by a second person. */
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MovableClock, movableClock, type TestHouse, testHouse } from "./house.ts";
import { alone, type Days, FINISHED, family, MARCH, type Office, openOffice, SUPPORT } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

const NAME = "低保标准";
const raised = (since: string) => ({
  since,
  form: "amount" as const,
  values: [
    { key: ["城市"], text: "730", unit: null },
    { key: ["农村"], text: "5760", unit: "元/年" },
  ],
  multiple: null,
  note: null,
  corrects: false,
});
const MAY: Days = {
  submit: "2024-05-08",
  accept: "2024-05-09",
  survey: "2024-05-10",
  answer: "2024-05-13",
  opinion: "2024-05-14",
  finish: "2024-05-22",
  confirm: "2024-05-24",
};
const JUNE: Days = {
  submit: "2024-06-03",
  accept: "2024-06-04",
  survey: "2024-06-05",
  answer: "2024-06-06",
  opinion: "2024-06-07",
  finish: "2024-06-17",
  confirm: "2024-06-18",
};

async function refused(name: string, wageFen: number): Promise<string> {
  h.clock.set(MARCH.submit);
  const id = await o.submit("zhen", o.form(family(name, wageFen)));
  await o.toOpinion(id, MARCH);
  h.clock.set(MARCH.finish);
  await o.act("zhen", id, "finish_publicity", FINISHED);
  h.clock.set(MARCH.confirm);
  await o.act("xian", id, "refuse", { reason: "家庭月人均收入不低于城市低保标准。" });
  return id;
}
const preview = async (since: string) =>
  (await o.as("xian", (tx) => h.house.standards.preparePreview(tx, NAME, raised(since)))).run();

describe("城市低保标准从 700 元提到 730 元", () => {
  let chen: string;
  let nearly: string;
  let proposal: string;

  test("四月在享两户；三月有两户不予确认", async () => {
    chen = await o.award(family("陈建国", 100_000), MARCH);
    await o.award(alone("孙桂香", "1950-05-05", { pension: 20_000 }), MARCH);
    nearly = await refused("周立新", 210_000);
    await refused("何远", 300_000);
    const page = await o.page("xian", chen);
    // 700 × 3 − 1,000 + 140 for the child.
    expect(page.decisions).toMatchObject([{ amountFen: 124_000, fromMonth: "2024-04" }]);
  });

  test("预览：两户增加，每月多 132 元；一户三月被拒的可以进来", async () => {
    h.clock.set("2024-05-06");
    const p = await preview("2024-07-01");
    expect(p).toMatchObject({ month: "2024-07", firstMonth: "2024-07", notes: [], back: [], outOfStep: 0 });
    // 特困 is a multiple of 低保, so its rules read the standard too; nobody in the story draws it.
    expect(p.items.map((i) => i.code)).toEqual(["destitute-support", SUPPORT]);
    // 730 × 3 − 1,000 + 146 = 1,336; 730 − 200 + 146 = 676.
    expect(p.total).toMatchObject({
      ...{ households: 2, gain: 2, lose: 0, leave: 0, enter: 1, same: 0, unknown: 0 },
      ...{ beforeFen: 188_000, afterFen: 201_200, monthlyFen: 13_200, yearlyFen: 158_400 },
      // 730 × 3 − 2,100 + 146.
      enterFen: 23_600,
    });
    expect(p.townships).toHaveLength(1);
    expect(p.townships[0]).toMatchObject({ code: o.township, households: 2, monthlyFen: 13_200, enter: 1 });
    expect(p.rows.map((r) => [r.name, r.change, r.beforeFen, r.afterFen])).toEqual([
      ["周**", "enter", 0, 23_600],
      ["陈**", "gain", 124_000, 133_600],
      ["孙**", "gain", 64_000, 67_600],
    ]);
    expect(p.rows[0]).toMatchObject({ kind: "case", id: nearly });
  });

  test("追溯到四月：已过去的一个月按月说出要补多少", async () => {
    const p = await preview("2024-04-01");
    expect(p.notes.join()).toContain("2024年4月已经过去");
    expect(p.back).toEqual([{ month: "2024-04", households: 2, amountFen: 13_200 }]);
    expect(p.backFen).toBe(13_200);
  });

  test("录入、送审；本人不能批准，数据库也不让", async () => {
    proposal = newId();
    const entered = await o.as("xian", (tx) =>
      h.house.standards.propose(tx, NAME, {
        id: proposal,
        ...raised("2024-07-01"),
        document: "岳县政办发〔2024〕15号",
      }),
    );
    expect(entered.history[0]).toMatchObject({
      state: "draft",
      text: "城市 730 元/月，农村 5760 元/年",
      can: { submit: true, approve: false },
    });
    await expect(
      o.as("fuhe", (tx) =>
        h.house.standards.propose(tx, NAME, { id: newId(), ...raised("2024-07-01"), document: "另一份文件" }),
      ),
    ).rejects.toThrow("已录入 2024-07-01 起的");
    await expect(o.as("shenpi", (tx) => h.house.standards.approve(tx, proposal, null))).rejects.toThrow(
      "还没有送审",
    );
    await o.as("xian", (tx) => h.house.standards.submit(tx, proposal));
    const waiting = (who: "xian" | "fuhe" | "shenpi") => o.as(who, (tx) => h.house.standards.toApprove(tx));
    expect(await waiting("xian")).toEqual([]);
    expect(await waiting("fuhe")).toMatchObject([{ id: proposal, name: NAME, firstMonth: "2024-07" }]);
    expect(await waiting("shenpi")).toHaveLength(1);
    await expect(o.as("xian", (tx) => h.house.standards.approve(tx, proposal, null))).rejects.toMatchObject({
      code: "same-signer",
    });
    await expect(
      o.as("xian", (tx) =>
        tx.exec(
          `insert into county_standard_step (standard_id, seq, step, entered_by, account_id, actor_name, at)
           values ($1, 9, 'approved', app_account(), app_account(), '自己', now())`,
          [proposal],
        ),
      ),
    ).rejects.toThrow("county_standard_step");
  });

  test("第二个人批准后生效；另一个进程几秒内也用上", async () => {
    const other = await h.makeHouse(movableClock("2024-05-06") as MovableClock);
    const before = other.counties.standards(o.county).text;
    await o.as("fuhe", (tx) => h.house.standards.approve(tx, proposal, "与文件核对一致"));
    const now = h.house.counties.standards(o.county).text;
    expect(now).toContain("岳县政办发〔2024〕15号");
    expect(before).not.toContain("岳县政办发〔2024〕15号");
    expect(other.counties.standards(o.county).text).toBe(before);
    await o.as("xian", (tx) => other.standards.sources.refresh(tx));
    expect(other.counties.standards(o.county).text).toBe(now);
    // What is derived from it follows: 730 × 1.3.
    const page = await o.as("xian", (tx) => h.house.standards.page(tx, "特困基本生活标准"));
    expect(page.next?.values.map((v) => [v.label, v.text])).toEqual([
      ["城市", "949.00 元/月"],
      ["农村", "624.00 元/月"],
    ]);
  });

  test("五月确认、六月起发的仍按 700 元；六月确认、七月起发的按 730 元", async () => {
    const may = await o.award(family("李春生", 100_000), MAY);
    expect((await o.page("xian", may)).decisions).toMatchObject([
      { amountFen: 124_000, fromMonth: "2024-06" },
    ]);
    const june = await o.award(family("王德厚", 100_000), JUNE);
    expect((await o.page("xian", june)).decisions).toMatchObject([
      { amountFen: 133_600, fromMonth: "2024-07" },
    ]);
  });

  test("七月里，人均 700 元的家庭符合了", async () => {
    h.clock.set("2024-07-08");
    const check = h.house.cases.selfCheck(SUPPORT, o.county, {
      household: { 区域类型: "城市", 金融资产: 0, 住房套数: 1, 机动车辆数: 0 },
      members: [
        {
          ...{ 出生日期: "1985-01-01", 与申请人关系: "本人", 工资性收入: 70_000, 经营净收入: 0 },
          ...{ 赡养费收入: 0, 养老金: 0, 残疾等级: "无", 重病患者: false },
        },
      ],
    });
    expect(check.explanation).toMatchObject({ eligible: true, amountFen: 3_000 });
    expect(JSON.stringify(check.explanation.steps)).toContain("岳县政办发〔2024〕15号");
  });

  test("三月的决定逐字重放，不受影响", async () => {
    const [decision] = (await o.page("xian", chen)).decisions;
    const stored = decision?.explanation;
    const again = await o.as("xian", (tx) => h.house.cases.replay(tx, decision?.id ?? ""));
    expect(again.same).toBe(true);
    expect(again.explanation.ruleVersion).toBe(stored?.ruleVersion);
    const item = h.house.catalogue.items.get(SUPPORT);
    const rules = item?.ruleSet({
      code: o.county,
      standards: h.house.counties.standards(o.county),
      month: "2024-04",
    });
    expect(rules?.version).not.toBe(stored?.ruleVersion);
  });
});
