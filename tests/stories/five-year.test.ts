/** A plan of five years: weighed, assessed in the middle, adjusted by two people, told in a report. */
import { readText, textOf } from "@wuxin/gongwen";
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice } from "./office.ts";

const TEXT = `清溪县民政事业发展五年规划（2022—2026年）
一、养老服务
1.到2026年，新增20个老年助餐点。
2.到2026年，完成500户特殊困难老年人家庭适老化改造。
二、基层治理
3.到2026年，建成10个村级议事协商示范点。`;

let h: TestHouse;
let o: Office;
const [planId, id, reportId] = [newId(), newId(), newId()];
beforeAll(async () => {
  h = await testHouse("2024-07-10");
  o = await openOffice(h);
  await o.as("xian", (tx) => h.house.plans.read(tx, { id: planId, text: TEXT }));
  for (const [part, value] of [
    ["助餐点", 12],
    ["适老化", 150],
  ] as const) {
    const evidence = { id: newId(), targetId: await target(part), asOf: "2024-06-30", value };
    await o.as("zhen", (tx) =>
      h.house.plans.giveEvidence(tx, planId, { ...evidence, words: "各镇验收单合计。", files: [] }),
    );
    await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, evidence.id));
  }
});
afterAll(() => h.close());

type Who = Parameters<Office["as"]>[0];
const plan = () => o.as("xian", (tx) => h.house.plans.page(tx, planId));
const target = async (part: string): Promise<string> =>
  (await plan()).rows.find((t) => t.object.includes(part))?.id ?? "";
const page = () => o.as("xian", (tx) => h.house.assessments.page(tx, id));
const line = async (part: string) => {
  const found = (await page()).lines.find((l) => l.object.includes(part));
  if (!found) throw new Error(part);
  return found;
};
const progress = async () => {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, {}));
  return rows.find((r) => r.code === "five_year_progress")?.value;
};
const weigh = async (who: Who, weights: Record<string, number>, note = "局务会商定，养老为重。") => {
  const given = await Promise.all(
    Object.entries(weights).map(async ([part, weight]) => ({ targetId: await target(part), weight })),
  );
  return o.as(who, (tx) =>
    h.house.plans.act(tx, planId, {
      ...{ id: newId(), targetId: planId, act: { kind: "weighed", weights: given, note } },
    }),
  );
};

describe("五年规划", () => {
  test("各条的权重由人定、写理由、加起来是一百；没有定的一样重；五年规划进度按权重算", async () => {
    const even = await plan();
    expect(even.weighing).toMatchObject({ given: false, outdated: false });
    expect(even.rows.map((t) => Math.round(t.weight ?? 0))).toEqual([33, 33, 33]);
    const all = { 助餐点: 50, 适老化: 30, 议事: 19 };
    await expect(weigh("xian", all)).rejects.toThrow("加起来是 99");
    await expect(weigh("xian", { 助餐点: 50, 适老化: 50 })).rejects.toThrow("现有的 3 条");
    await expect(weigh("xian", { ...all, 议事: 20 }, "重")).rejects.toMatchObject({ field: "note" });
    await expect(weigh("zhen", { ...all, 议事: 20 })).rejects.toMatchObject({ code: "forbidden" });
    await weigh("xian", { ...all, 议事: 20 });
    expect((await plan()).weighing).toMatchObject({ given: true, reason: "局务会商定，养老为重。" });
    // One line that is reached is as much as its weight.
    const done = { id: newId(), targetId: await target("议事"), asOf: "2024-07-01", value: 10 };
    await o.as("zhen", (tx) =>
      h.house.plans.giveEvidence(tx, planId, { ...done, words: "十个点的验收单。", files: [] }),
    );
    await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, done.id));
    expect(await progress()).toBe(20);
    // A line that comes later is weighed by nobody: all are the same until somebody weighs again.
    const late = newId();
    const add = (kind: "added" | "dropped") =>
      o.as("xian", (tx) =>
        h.house.plans.act(tx, planId, {
          ...{ id: newId(), targetId: late },
          act: kind === "dropped" ? { kind } : { kind, aim: { object: "骨灰堂", value: 2, unit: "个" } },
        }),
      );
    await add("added");
    expect((await plan()).weighing).toMatchObject({ given: false, outdated: true });
    expect(await progress()).toBe(25);
    await add("dropped");
    expect(await progress()).toBe(20);
  });

  test("中期评估：每条应达到多少、实际多少、按县里的标准分等次；没有确认的、过了那天的不算", async () => {
    const begin = (who: Who, month: string, kind: "mid" | "end" = "mid", own = id) =>
      o.as(who, (tx) => h.house.assessments.begin(tx, planId, { id: own, kind, month }));
    await expect(begin("zhen", "2024-06")).rejects.toMatchObject({ code: "forbidden" });
    await expect(begin("xian", "2024-07")).rejects.toMatchObject({ field: "month" });
    await expect(begin("xian", "2024-06", "end")).rejects.toThrow("最后一年");
    // Half of the time but one day has passed; a split says otherwise.
    const act = async (values: number[]) => {
      const targetId = await target("助餐点");
      return o.as("xian", (tx) =>
        h.house.plans.act(tx, planId, { id: newId(), targetId, act: { kind: "split", by: "parts", values } }),
      );
    };
    await act([2, 4, 12, 1, 1]);
    const first = await begin("xian", "2024-06");
    expect((await begin("xian", "2024-06")).version).toBe(1);
    await expect(begin("xian", "2024-06", "mid", newId())).rejects.toThrow("已经有中期评估");
    expect(first).toMatchObject({ asOf: "2024-06-30", title: "中期评估", silent: 2 });
    // 2 + 4 + about half of 12 were to be there, 12 are.
    expect(await line("助餐点")).toMatchObject({
      plannedText: "12 个",
      reachedText: "12 个",
      gradeText: "达到进度",
    });
    expect(await line("适老化")).toMatchObject({
      weight: 30,
      reachedPercent: 30,
      gradeText: "严重滞后",
      asks: true,
    });
    expect((await line("适老化")).plannedPercent).toBeCloseTo(50, 0);
    // Its ten places were proved as of July: on the day of the assessment there was nothing.
    expect(await line("议事")).toMatchObject({ gradeText: "没有数", reachedText: "—" });
    expect(first.totals).toMatchObject({ done: 0, progress: 39 });
    const again = await o.as("fuhe", (tx) =>
      h.house.assessments.reread(tx, id, { version: 1, month: "2024-05" }),
    );
    expect(again).toMatchObject({ version: 2, asOf: "2024-05-31" });
    expect((await line("助餐点")).grade).toBe("unknown");
    await expect(
      o.as("xian", (tx) => h.house.assessments.reread(tx, id, { version: 1, month: "2024-06" })),
    ).rejects.toMatchObject({ code: "stale-version" });
    await o.as("xian", (tx) => h.house.assessments.reread(tx, id, { version: 2, month: "2024-06" }));
  });

  test("滞后的写明原因和措施；目标由一人提出、另一人同意才调整，原来的数留着", async () => {
    const { targetId } = await line("适老化");
    const say = (part: string, why: string) =>
      o.as("xian", async (tx) =>
        h.house.assessments.say(tx, id, {
          ...{ id: newId(), targetId: part, why, measures: "增加施工队，按月调度。" },
        }),
      );
    await expect(say(targetId, "慢")).rejects.toMatchObject({ field: "why" });
    await say(targetId, "前两年资金没有到位。");
    await say((await line("议事")).targetId, "示范点还没有验收。");
    expect((await page()).silent).toBe(0);
    const adjustment = newId();
    const propose = (value: number, own = newId()) =>
      o.as("xian", (tx) =>
        h.house.assessments.propose(tx, id, {
          ...{ id: own, targetId, value, due: "2026-12-31", reason: "符合条件的户减少，逐户核过。" },
        }),
      );
    const decide = (who: Who, agreed = true) =>
      o.as(who, (tx) => h.house.assessments.decide(tx, id, { adjustment, agreed }));
    await expect(propose(500)).rejects.toThrow("没有调整");
    await propose(400, adjustment);
    await expect(propose(300)).rejects.toThrow("等另一人决定");
    await expect(decide("xian")).rejects.toThrow("提出人以外");
    await expect(o.as("xian", (tx) => h.house.assessments.draft(tx, id, reportId))).rejects.toThrow(
      "等另一人决定",
    );
    const forged = (sql: string) => h.house.db.transact(o.actor("xian"), (tx) => tx.exec(sql, [adjustment]));
    await expect(
      forged(
        "update plan_adjustment set agreed = true, decided_at = now(), decided_by = proposed_by, decided_by_name = '甲' where id = $1",
      ),
    ).rejects.toThrow(/second_person/);
    await decide("shenpi");
    const t = (await plan()).rows.find((x) => x.id === targetId);
    expect(t).toMatchObject({ value: 400, aimBefore: "500 户，2026-12-31 前" });
    expect(t?.events[0]).toMatchObject({ label: "调整目标", by: expect.any(String) });
    expect(t?.events[0]?.text).toContain("500（2026-12-31）调整为 400（2026-12-31）");
    // The assessment goes on telling what was aimed at when it was made.
    expect(await line("适老化")).toMatchObject({ value: 500 });
    await expect(forged("update plan_adjustment set agreed = false where id = $1")).rejects.toThrow(
      /already decided/,
    );
  });

  test("评估报告：每个数有来源，台账以后变了导出前看得出；签发后导出 Word，读回来是同样的数", async () => {
    await o.as("xian", (tx) => h.house.assessments.draft(tx, id, reportId));
    const at = () => o.as("xian", (tx) => h.house.summaries.page(tx, reportId));
    const p = await at();
    expect(p).toMatchObject({
      kind: "mid",
      title: "《清溪县民政事业发展五年规划（2022—2026年）》中期评估报告",
    });
    expect([p.linked, p.findings]).toEqual([p.numbers, []]);
    expect(p.numbers).toBeGreaterThan(12);
    expect(p.figures.find((f) => f.text === "400户")?.href).toBe(`/plans/${planId}/assessments/${id}`);
    await expect(
      o.as("xian", (tx) =>
        h.house.assessments.say(tx, id, {
          ...{ id: newId(), targetId: "", why: "再补一句原因", measures: "再补一句措施" },
        }),
      ),
    ).rejects.toThrow("已经起草");
    // Evidence that is given later for a day before the assessment moves a figure: it is found, not printed.
    const late = { id: newId(), targetId: await target("助餐点"), asOf: "2024-06-30", value: 13 };
    h.clock.set("2024-07-12");
    await o.as("zhen", (tx) =>
      h.house.plans.giveEvidence(tx, planId, { ...late, words: "补报一个助餐点。", files: [] }),
    );
    await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, late.id));
    const moved = await at();
    expect(moved.findings.map((f) => f.kind)).toContain("changed");
    const sign = (version: number) => o.as("shenpi", (tx) => h.house.summaries.sign(tx, reportId, version));
    await expect(sign(1)).rejects.toThrow("没有核对");
    const fresh = await o.as("xian", (tx) => h.house.summaries.refresh(tx, reportId, { version: 1 }));
    expect(fresh.findings).toEqual([]);
    await sign(2);
    const { bytes, name } = await o.as("xian", (tx) => h.house.summaries.download(tx, reportId));
    expect(name).toContain("中期评估报告.docx");
    const text = await textOf(bytes);
    expect(text).toContain("由500户调整为400户");
    const read = readText(text).quantities.map((q) => `${q.value}${q.unit}`);
    for (const shown of ["13个", "500户", "150户", "30%", "400户"]) expect(read).toContain(shown);
  });
});
