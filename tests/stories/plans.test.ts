/** A plan from its text to its lights: read, corrected, bound to the ledgers, followed, urged; nothing disappears. */
import fs from "node:fs";
import path from "node:path";
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { family, MARCH, type Office, openOffice } from "./office.ts";

const TEXT = `清溪县民政局2024年工作计划
一、兜住民生底线
1.低保扩围增效。全年新增低保对象不少于8人，低保人数稳中有升。
2.提高标准。城市低保标准提高到730元/月。
二、办好民生实事
3.适老化改造。年内完成200户特殊困难老年人家庭适老化改造。
4.村级服务站点实现全覆盖。`;

let h: TestHouse;
let o: Office;
const planId = newId();
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("陈建国", 160_000), MARCH);
  h.clock.set("2024-04-10");
});
afterAll(() => h.close());

const page = (who: Parameters<Office["as"]>[0] = "xian") => o.as(who, (tx) => h.house.plans.page(tx, planId));
const target = async (part: string) => {
  const found = (await page()).rows.find((t) => t.object.includes(part));
  if (!found) throw new Error(part);
  return found;
};
type Act = Parameters<TestHouse["house"]["plans"]["act"]>[2]["act"];
const act = async (who: Parameters<Office["as"]>[0], part: string, what: Act) => {
  const { id } = await target(part);
  return o.as(who, (tx) => h.house.plans.act(tx, planId, { id: newId(), targetId: id, act: what }));
};

describe("清溪县 2024 年计划", () => {
  test("读入：标题、年份、目标和出处；同一份再读一次什么也不变；乡镇不能读入", async () => {
    await expect(
      o.as("zhen", (tx) => h.house.plans.read(tx, { id: newId(), text: TEXT })),
    ).rejects.toMatchObject({ code: "forbidden" });
    const first = await o.as("xian", (tx) => h.house.plans.read(tx, { id: planId, text: TEXT }));
    expect(first).toMatchObject({ title: "清溪县民政局2024年工作计划", year: 2024, untilYear: 2024 });
    expect(first.rows.map((t) => t.aimText)).toEqual(
      expect.arrayContaining(["不少于 8 人", "稳中有升", "全覆盖"]),
    );
    for (const t of first.rows) if (t.span) expect(TEXT.slice(t.span.start, t.span.end)).toBe(t.span.quote);
    expect(first.rows.every((t) => t.light === "unknown")).toBe(true);
    const again = await o.as("xian", (tx) => h.house.plans.read(tx, { id: planId, text: TEXT }));
    expect(again.rows.map((t) => t.id)).toEqual(first.rows.map((t) => t.id));
  });

  test("读错的由人更正，原来读出的还在经过里", async () => {
    await act("xian", "适老化改造", { kind: "corrected", aim: { value: 210, due: "2024-10-31" } });
    const t = await target("适老化改造");
    expect(t).toMatchObject({ value: 210, due: "2024-10-31" });
    expect(t.events.map((e) => e.label)).toEqual(["更正", "读出"]);
    await expect(
      act("xian", "适老化改造", { kind: "corrected", aim: { value: null } }),
    ).rejects.toMatchObject({ field: "value" });
  });

  test("像的指标排在前面，人确认后灯由台账来：新增三人，进度偏快", async () => {
    const t = await target("低保对象");
    expect(t.proposals.map((p) => p.code)).toContain("dibao_new_persons");
    await act("xian", "低保对象", { kind: "bound", indicator: "dibao_new_persons" });
    expect(await target("低保对象")).toMatchObject({
      light: "green",
      now: 3,
      percent: 37.5,
      boundBy: "王建华（县级经办）",
    });
    await expect(act("xian", "低保对象", { kind: "bound", indicator: "no_such" })).rejects.toMatchObject({
      field: "indicator",
    });
  });

  test("没有台账的填佐证，填的人不能自己确认；确认以后才算数", async () => {
    const { id } = await target("适老化改造");
    const evidence = newId();
    const give = () =>
      o.as("zhen", (tx) =>
        h.house.plans.giveEvidence(tx, planId, {
          ...{ id: evidence, targetId: id, asOf: "2024-04-09", value: 20 },
          ...{ words: "施工单位第一批验收单 20 份。", files: [] },
        }),
      );
    await give();
    await give();
    expect(await target("适老化改造")).toMatchObject({ light: "unknown", evidence: [{ value: 20 }] });
    await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, evidence));
    expect(await target("适老化改造")).toMatchObject({ light: "red", now: 20 });
    const own = newId();
    await o.as("xian", (tx) =>
      h.house.plans.giveEvidence(tx, planId, {
        ...{ id: own, targetId: id, asOf: "2024-04-10", value: 25, words: "电话核对。", files: [] },
      }),
    );
    await expect(o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, own))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      h.t.owner(
        "update plan_evidence set confirmed_at = now(), confirmed_by = given_by, confirmed_by_name = 'x' where id = $1",
        [own],
      ),
    ).rejects.toThrow("plan_evidence_second_person");
  });

  test("督办：限期、报告、退回、认可；过期没有答复看得出来", async () => {
    await act("shenpi", "适老化改造", {
      kind: "urged",
      until: "2024-04-20",
      note: "进度滞后，请说明原因和补救办法。",
    });
    await act("zhen", "适老化改造", { kind: "reported", note: "第二批 60 户已开工，月底验收。" });
    await act("shenpi", "适老化改造", { kind: "returned", note: "没有写清完成时间，请重报。" });
    h.clock.set("2024-04-22");
    expect(await target("适老化改造")).toMatchObject({ urgedUntil: "2024-04-20", urgedLate: true });
    await act("shenpi", "适老化改造", { kind: "accepted" });
    expect((await target("适老化改造")).urgedUntil).toBeNull();
    await expect(act("shenpi", "适老化改造", { kind: "accepted" })).rejects.toThrow("没有未了的督办");
    await expect(act("zhen", "适老化改造", { kind: "praised", note: "进度很好。" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("民生实事由人点名公开，公众看得到进度，看不到别的", async () => {
    await act("xian", "适老化改造", { kind: "public", shown: true });
    const shown = await o.as("xian", (tx) => h.house.plans.publicTargets(tx));
    expect(shown).toMatchObject([
      { nowText: "20 户", lightText: "滞后", plan: "清溪县民政局2024年工作计划" },
    ]);
    expect(Object.keys(shown[0] ?? {})).not.toContain("owner");
  });

  test("第二年的计划里，上年没有完成的目标还在", async () => {
    h.clock.set("2025-02-10");
    const next = newId();
    const p = await o.as("xian", (tx) =>
      h.house.plans.read(tx, {
        id: next,
        text: "清溪县民政局2025年工作计划\n一、继续兜底\n1.年内完成50户适老化改造。",
      }),
    );
    expect(p.carried.map((t) => t.planTitle)).toContain("清溪县民政局2024年工作计划");
    expect(p.carried.some((t) => t.object.includes("适老化改造") && t.light === "red")).toBe(true);
    const campaign = await o.as("xian", (tx) =>
      h.house.plans.read(tx, {
        ...{ id: newId(), campaign: { startsOn: "2025-02-10", endsOn: "2025-03-31" } },
        text: "清溪县养老机构消防安全专项行动方案\n一、目标任务\n1.对全县养老机构消防安全检查全覆盖。",
      }),
    );
    expect(campaign.carried).toEqual([]);
  });

  test("五年规划分到各年", async () => {
    const p = await o.as("xian", (tx) =>
      h.house.plans.read(tx, {
        id: newId(),
        text: "清溪县“十四五”民政事业发展规划（2021—2025年）\n一、目标\n到2025年，公益性公墓覆盖率达到100%。",
        year: 2021,
        untilYear: 2025,
      }),
    );
    expect(p.rows[0]?.yearly).toEqual([20, 40, 60, 80, 100].map((value, i) => ({ year: 2021 + i, value })));
  });
});

const PLANS = path.resolve(import.meta.dirname, "../../../shared/plans");
describe("五份县级文件", () => {
  const files = fs.existsSync(PLANS) ? fs.readdirSync(PLANS).filter((f) => f.endsWith(".txt")) : [];
  test.skipIf(files.length === 0)("读进去，标注里的每个目标和标准都成为计划目标", async () => {
    expect(files).toHaveLength(5);
    for (const file of files) {
      const text = fs.readFileSync(path.join(PLANS, file), "utf8");
      const gold = JSON.parse(
        fs.readFileSync(path.join(PLANS, "gold", `${file.slice(0, 3)}.json`), "utf8"),
      ) as { quantities: { start: number; end: number; kind: string }[] };
      const id = newId();
      const p = await o.as("xian", (tx) => h.house.plans.read(tx, { id, text, title: file, year: 2024 }));
      const spans = new Set(p.rows.flatMap((t) => (t.span ? [`${t.span.start}-${t.span.end}`] : [])));
      const wanted = gold.quantities.filter((q) => q.kind === "target" || q.kind === "standard");
      const missing = wanted.filter((q) => !spans.has(`${q.start}-${q.end}`));
      expect([file, missing.length]).toEqual([file, 0]);
    }
  });
});
