/** A half year told from frozen figures: drafted, edited, checked, signed, printed, and read back with the same numbers. */
import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { family, MARCH, type Office, openOffice } from "./office.ts";
import { readBack } from "./read-back.ts";

const PLAN = `清溪县民政局2024年工作计划
一、兜住民生底线
1.扩围增效。全年新增低保对象不少于8人。
二、办好民生实事
2.适老化改造。6月底前完成20户特殊困难老年人家庭适老化改造。
3.年内建成5个村级养老服务点。`;

let h: TestHouse;
let o: Office;
const id = newId();
const planId = newId();
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("陈建国", 160_000), MARCH);
  h.clock.set("2024-04-10");
  const plan = await o.as("xian", (tx) => h.house.plans.read(tx, { id: planId, text: PLAN }));
  const target = (part: string) => plan.rows.find((t) => t.object.includes(part))?.id ?? "";
  const act = (part: string, what: Parameters<TestHouse["house"]["plans"]["act"]>[2]["act"]) =>
    o.as("shenpi", (tx) => h.house.plans.act(tx, planId, { id: newId(), targetId: target(part), act: what }));
  await act("低保对象", { kind: "bound", indicator: "dibao_new_persons" });
  await act("适老化", { kind: "owner", owner: "养老服务股" });
  await act("适老化", { kind: "urged", until: "2024-05-10", note: "请报进度和补救办法。" });
  const evidence = newId();
  await o.as("zhen", (tx) =>
    h.house.plans.giveEvidence(tx, planId, {
      ...{ id: evidence, targetId: target("适老化"), asOf: "2024-04-09", value: 12 },
      ...{ words: "验收单 12 份。", files: [] },
    }),
  );
  await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, evidence));
  h.clock.set("2024-07-05");
  for (const month of ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]) await freeze(month);
  for (const month of ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]) await freeze(month);
});
afterAll(() => h.close());

const freeze = (month: string) =>
  h.house.as({ actor: systemActor("430621") }, (tx) => h.house.indicators.freeze(tx, month));
const page = () => o.as("xian", (tx) => h.house.summaries.page(tx, id));
type Page = Awaited<ReturnType<typeof page>>;
const textIn = (p: Page) => {
  const shown = new Map(p.figures.map((f) => [f.id, f.text]));
  return p.sections
    .flatMap((s) => [
      s.heading,
      ...s.paragraphs.map(
        (x) =>
          `${x.heading}：${x.pieces.map((y) => (typeof y === "string" ? y : shown.get(y.figure))).join("")}`,
      ),
    ])
    .join("\n");
};
const open = (p: Page) => p.findings.filter((f) => f.reason === null).map((f) => f.kind);

describe("2024 年上半年工作总结", () => {
  test("起草：数来自快照，写出和上年同期、和计划的比较；没有完成的点名", async () => {
    await expect(
      o.as("zhen", (tx) => h.house.summaries.begin(tx, { id, kind: "half", year: 2024 })),
    ).rejects.toMatchObject({ code: "forbidden" });
    const p = await o.as("xian", (tx) => h.house.summaries.begin(tx, { id, kind: "half", year: 2024 }));
    const text = textIn(p);
    expect(text).toContain(
      "截至2024年6月底，全县低保户数1户，比上年同期增加1户，低保对象人数3人，比上年同期增加3人",
    );
    expect(text).toContain("上半年，新增低保人数3人");
    expect(text).toContain("没有完成和进度滞后的目标");
    expect(text).toMatch(/适老化改造目标20户，已完成12户，还差8户，完成率60%。责任单位：养老服务股。/);
    expect(text).toMatch(/还没有数的目标\n.*养老服务点/);
    expect(text).toContain("发出督办1次");
    // Every number that a reader finds in the draft is linked.
    expect([p.linked, p.numbers]).toEqual([p.numbers, p.numbers]);
    expect(p.numbers).toBeGreaterThan(20);
    const again = await o.as("xian", (tx) => h.house.summaries.begin(tx, { id, kind: "half", year: 2024 }));
    expect(again.version).toBe(1);
  });

  test("每个数说得出来源：指标、时段、区划、快照；没有冻结的月份要先冻结", async () => {
    const p = await page();
    const persons = p.figures.find((f) => f.name === "低保对象人数" && f.text === "3人");
    expect(persons?.href).toBe("/indicators?code=dibao_persons&month=2024-06");
    expect(persons?.facts).toContainEqual({ label: "时段", value: "2024-01 至 2024-06" });
    expect(persons?.facts.at(-1)?.value).toContain("1 个月没有冻结");
    expect(open(p)).toEqual(["open-month", "to-write"]);
    await freeze("2024-06");
    const fresh = await o.as("xian", (tx) => h.house.summaries.refresh(tx, id, { version: 1 }));
    expect(open(fresh)).toEqual(["to-write"]);
    // What is still to be written is written: no reason leaves it standing in what is signed.
    const [unwritten] = fresh.findings.filter((f) => f.kind === "to-write");
    await expect(
      o.as("xian", (tx) =>
        h.house.summaries.explain(tx, id, { id: newId(), key: unwritten?.key ?? "", reason: "以后再写。" }),
      ),
    ).rejects.toThrow("写上或删去");
    expect(fresh.version).toBe(2);
  });

  test("人改了文字，数的来源还在；手写的数列出来，要写理由；别人的数混不进来", async () => {
    const p = await page();
    const sections = p.sections.map((s) => ({
      ...s,
      paragraphs: s.paragraphs.map((x) => ({
        ...x,
        pieces: x.pieces.map((y) =>
          typeof y !== "string"
            ? y
            : y.replace(
                "【请写明原因和下一步】",
                x.pieces.some((z) => typeof z === "string" && z.includes("适老化"))
                  ? "另请2支施工队，再验收8户，9月底前完成。"
                  : "正在推进。",
              ),
        ),
      })),
    }));
    const save = (version: number, s: typeof sections) =>
      o.as("xian", (tx) => h.house.summaries.save(tx, id, { version, title: p.title, sections: s }));
    await expect(save(1, sections)).rejects.toMatchObject({ code: "stale-version" });
    const foreign = sections.map((s) => ({
      ...s,
      paragraphs: s.paragraphs.map((x) => ({ ...x, pieces: [...x.pieces, { figure: newId() }] })),
    }));
    await expect(save(2, foreign)).rejects.toMatchObject({ code: "invalid-input" });
    const saved = await save(2, sections);
    const findings = saved.findings.filter((f) => f.reason === null);
    expect(findings.map((f) => f.kind)).toEqual(["typed", "typed"]);
    expect(findings[0]?.text).toContain("2支");
    expect(saved.linked).toBe(saved.numbers - findings.length);
    await expect(o.as("shenpi", (tx) => h.house.summaries.sign(tx, id, 3))).rejects.toThrow(
      "还有 2 处没有核对",
    );
    for (const f of findings)
      await o.as("xian", (tx) =>
        h.house.summaries.explain(tx, id, { id: newId(), key: f.key, reason: "养老服务股书面报告。" }),
      );
    expect(open(await page())).toEqual([]);
  });

  test("来源变了，导出前看得出；更新以后数和增减的字一起变", async () => {
    await o.award(family("李长河", 150_000), {
      ...{ submit: "2024-07-08", accept: "2024-07-09", survey: "2024-07-11", answer: "2024-07-12" },
      ...{ opinion: "2024-07-15", finish: "2024-07-23", confirm: "2024-07-25" },
    });
    // A figure of the half year is frozen: a case of July does not move it.
    expect(open(await page())).toEqual([]);
    await h.t.owner(
      `insert into indicator_snapshot (county_code, division_code, indicator, month, version, name, unit, definition, value,
         reason, taken_at, taken_by, taken_by_name, confirmed_by, confirmed_by_name)
       select county_code, division_code, indicator, month, 2, name, unit, definition, 4, '补录漏登一人', taken_at, $1, '经办',
              $2, '复核'
         from indicator_snapshot where county_code = '430621' and division_code = '430621'
          and indicator = 'dibao_persons' and month = '2024-06'`,
      [o.ref("xian").id, o.ref("fuhe").id],
    );
    const changed = await page();
    const why = "2024-06 更正：补录漏登一人（经办提出，复核确认）。";
    expect(changed.findings.filter((f) => f.kind === "changed").map((f) => f.text)).toEqual([
      `「低保对象人数」写的是 3人，来源现在是 4人。${why}`,
      `「低保对象人数」写的是 3人，来源现在是 4人。${why}`,
    ]);
    const fresh = await o.as("xian", (tx) => h.house.summaries.refresh(tx, id, { version: 3 }));
    expect(textIn(fresh)).toContain("低保对象人数4人，比上年同期增加4人");
    expect(open(fresh)).toEqual([]);
  });

  test("签发：不是改的人，也不是经办；签发后导出，读回来每个数的对象、数值、单位都一样", async () => {
    await expect(o.as("xian", (tx) => h.house.summaries.download(tx, id))).rejects.toThrow("还没有签发");
    await expect(o.as("xian", (tx) => h.house.summaries.sign(tx, id, 4))).rejects.toMatchObject({
      code: "forbidden",
    });
    const signed = await o.as("shenpi", (tx) => h.house.summaries.sign(tx, id, 4));
    expect(signed).toMatchObject({ signedByName: "张国平（分管领导）", can: { export: true } });
    const file = await o.as("xian", (tx) => h.house.summaries.download(tx, id));
    expect(file.name).toBe("岳阳县民政局2024年上半年工作总结.docx");
    const back = await readBack(signed, file.bytes);
    expect(back.wrong).toEqual([]);
    expect(back.read).toBe(back.linked.length + 2);
  });

  test("签发以后再改，就要重新签发；全年总结把半年以后的也算进来", async () => {
    const p = await page();
    const again = await o.as("shenpi", (tx) =>
      h.house.summaries.save(tx, id, { version: p.version, title: p.title, sections: p.sections }),
    );
    expect(again).toMatchObject({ version: 5, signedAt: null, can: { sign: false } });
    await expect(o.as("shenpi", (tx) => h.house.summaries.sign(tx, id, 5))).rejects.toThrow("您自己改的");
    h.clock.set("2025-01-06");
    const year = newId();
    const whole = await o.as("xian", (tx) =>
      h.house.summaries.begin(tx, { id: year, kind: "year", year: 2024 }),
    );
    const text = textIn(whole);
    expect(text).toContain("全年，新增低保人数6人");
    expect(text).toContain("计划目标3项，没有完成和滞后目标2项，还没有数的目标1项，发出督办1次。");
    expect(text).toMatch(/低保对象目标不少于8人，已完成6人，还差2人，完成率75%/);
  });

  test("插入一个指标数：指标、区划、时段由人选，数从来源取；可追溯率由最新一版算", async () => {
    const rate = async () => {
      const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, {}));
      return rows.find((r) => r.code === "summary_linked_rate");
    };
    const was = await rate();
    const before = await page();
    const paragraph = before.sections[0]?.paragraphs[0]?.id ?? "";
    const zhen = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
    const figure = newId();
    const insert = (more: Record<string, string> = {}) =>
      o.as("xian", (tx) =>
        h.house.summaries.insert(tx, id, {
          ...{ id: figure, version: before.version, paragraph, code: "dibao_new_persons", division: zhen },
          ...{ since: "2024-03", until: "2024-05", ...more },
        }),
      );
    await expect(insert({ code: "no_such" })).rejects.toMatchObject({ field: "code" });
    await expect(insert({ until: "2025-09" })).rejects.toMatchObject({ field: "until" });
    await expect(insert({ paragraph: newId() })).rejects.toMatchObject({ field: "paragraph" });
    const after = await insert();
    const shown = after.figures.find((f) => f.id === figure);
    expect(shown).toMatchObject({ text: "3人", name: "新增低保人数", now: null });
    const place = h.house.counties.divisionName("430621", zhen);
    expect(shown?.facts).toContainEqual({ label: "区划", value: place });
    expect(textIn(after)).toContain(`${place}2024年3—5月新增低保人数3人。`);
    expect([after.version, after.numbers, after.linked]).toEqual([
      before.version + 1,
      before.numbers + 1,
      before.linked + 1,
    ]);
    const now = await rate();
    expect(now).toMatchObject({
      numerator: (was?.numerator ?? 0) + 1,
      denominator: (was?.denominator ?? 0) + 1,
    });
    expect(now?.value).toBe(Math.round(((now?.numerator ?? 0) / (now?.denominator ?? 1)) * 1000) / 10);
    expect(now?.value).toBeLessThan(100);
  });
});
