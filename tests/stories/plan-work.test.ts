/** A plan carried out: given out in steps, split into years, run as a campaign; and what the indicators say of it. */
import { contract } from "@wuxin/contract";
import type { Values } from "@wuxin/declare";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { newId, residentIdWithCheck } from "@wuxin/kernel";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice, PNG } from "./office.ts";

const PLAN = `清溪县民政局2024年工作计划
一、办好民生实事
1.适老化改造。年内完成200户特殊困难老年人家庭适老化改造。
2.助餐服务。新增4个老年助餐点。`;
const FIVE = `清溪县“十四五”民政事业发展规划（2021—2025年）
一、养老服务
1.到2025年，新增20个老年助餐点。`;
const CAMPAIGN = `清溪县民政局关于开展养老机构消防安全集中除患行动的通知
一、检查范围
1.全县养老机构逐家检查，检查养老机构不少于2家。`;

let h: TestHouse;
let o: Office;
const [planId, fiveId, campaignId] = [newId(), newId(), newId()];
beforeAll(async () => {
  h = await testHouse("2024-03-04");
  o = await openOffice(h);
  await o.as("xian", (tx) => h.house.plans.read(tx, { id: planId, text: PLAN }));
});
afterAll(() => h.close());

type Who = Parameters<Office["as"]>[0];
type Act = Parameters<TestHouse["house"]["plans"]["act"]>[2]["act"];
const page = (id = planId) => o.as("xian", (tx) => h.house.plans.page(tx, id));
const target = async (part: string, id = planId) => {
  const found = (await page(id)).rows.find((t) => t.object.includes(part));
  if (!found) throw new Error(part);
  return found;
};
const act = (who: Who, what: Act, targetId = planId, id = planId) =>
  o.as(who, (tx) => h.house.plans.act(tx, id, { id: newId(), targetId, act: what }));
const figure = async (code: string, month?: string) => {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, month ? { month } : {}));
  return rows.find((r) => r.code === code)?.value;
};
const given = (title: string, division: string | null, due = "2024-06-30"): Act => ({
  ...{ kind: "step", step: "measure", title, owner: "养老服务股", division, due },
});

test("交办到乡镇：别的镇不能报告，报告的人不能核实，退回重做，核实以后才算完成", async () => {
  const zhen = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const { id } = await target("适老化");
  await expect(act("xian", given("入户评估", zhen, "2025-01-01"), id)).rejects.toMatchObject({
    field: "due",
  });
  await act("xian", given("入户评估", zhen), id);
  await act("xian", given("招标施工单位", null));
  const step = async (title: string) => {
    const found = (await page()).steps.find((s) => s.title === title);
    if (!found) throw new Error(title);
    return found;
  };
  const { id: visit } = await step("入户评估");
  const { id: tender } = await step("招标施工单位");
  await expect(
    act("linzhen", { kind: "step-done", step: visit, note: "已经全部评估。" }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(act("zhen", { kind: "step-done", step: tender, note: "已经招标。" })).rejects.toThrow(
    "县级股室",
  );
  await expect(act("xian", { kind: "step-checked", step: visit })).rejects.toThrow("还没有报告完成");
  await act("zhen", { kind: "step-done", step: visit, note: "评估 200 户，表已上传。" });
  await act("xian", { kind: "step-returned", step: visit, note: "少 3 户，请补上。" });
  expect(await step("入户评估")).toMatchObject({
    state: "open",
    returned: "少 3 户，请补上。",
    targetId: id,
  });
  await act("zhen", { kind: "step-done", step: visit, note: "已补 3 户。" });
  expect(await figure("measures_done_rate")).toBe(0);
  await act("xian", { kind: "step-checked", step: visit });
  expect(await step("入户评估")).toMatchObject({ state: "done", stateText: "已完成" });
  await act("xian", { kind: "step-done", step: tender, note: "合同已签。" });
  await expect(act("xian", { kind: "step-checked", step: tender })).rejects.toThrow("报告人以外");
  expect(await figure("measures_done_rate")).toBe(50);
  expect(await figure("plan_items")).toBe((await page()).items);
  expect((await page()).items).toBeGreaterThan(0);
});

test("五年规划分到各年：加起来要等于目标，写了就按写的；年度目标对应规划里的目标", async () => {
  await o.as("xian", (tx) => h.house.plans.read(tx, { id: fiveId, text: FIVE }));
  const five = await target("助餐点", fiveId);
  expect(five).toMatchObject({ yearlyBy: "line", value: 20 });
  const split = (by: "parts" | "levels", values: number[]) =>
    act("xian", { kind: "split", by, values }, five.id, fiveId);
  await expect(split("parts", [4, 4, 4, 4, 3])).rejects.toThrow("各年加起来是 19");
  await expect(split("levels", [4, 8, 12, 16, 19])).rejects.toThrow("最后一年应达到 20");
  await expect(split("parts", [10, 10])).rejects.toThrow("要分到 5 年");
  await split("parts", [2, 3, 5, 4, 6]);
  expect((await target("助餐点", fiveId)).yearly.map((y) => [y.year, y.value])).toEqual([
    [2021, 2],
    [2022, 3],
    [2023, 5],
    [2024, 4],
    [2025, 6],
  ]);
  const own = await target("助餐点");
  expect((await page()).longer.map((t) => t.id)).toEqual([five.id]);
  await expect(act("xian", { kind: "serves", into: own.id }, own.id)).rejects.toMatchObject({
    field: "into",
  });
  await act("xian", { kind: "serves", into: five.id }, own.id);
  expect(await target("助餐点")).toMatchObject({ serves: five.id });
  expect(await figure("five_year_progress")).toBe(0);
});

test("专项行动：起止日期、检查的机构、每周的数、总结；检查覆盖率由核实过的算", async () => {
  const campaign = { startsOn: "2024-03-04", endsOn: "2024-05-31" };
  const read = (days: typeof campaign) =>
    o.as("xian", (tx) => h.house.plans.read(tx, { id: campaignId, text: CAMPAIGN, campaign: days }));
  await expect(read({ startsOn: "2024-05-31", endsOn: "2024-03-04" })).rejects.toMatchObject({
    field: "endsOn",
  });
  const first = await read(campaign);
  expect(first.rows.every((t) => t.due <= "2024-05-31")).toBe(true);
  // The places come from the registers, by kind and township, and stay as they were that day.
  const divisionCode = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const site = async (name: string, kind = "养老机构") => {
    const entry = newId();
    await o.as("zhen", (tx) =>
      h.house.registers.saveEntry(tx, "service-site", entry, {
        ...{ version: 0, values: { name, kind, divisionCode } },
      }),
    );
    return entry;
  };
  const first2 = [await site("幸福敬老院"), await site("长青养老院"), await site("殡仪馆", "殡葬服务机构")];
  const launch = (more: { kinds?: string[]; divisions?: string[]; due?: string }, own = newId()) =>
    o.as("xian", (tx) =>
      h.house.plans.launch(tx, campaignId, {
        ...{ id: own, owner: "养老服务股", due: more.due ?? "2024-04-30" },
        parts: [{ register: "service-site", kinds: more.kinds }],
        divisions: more.divisions ?? [],
      }),
    );
  await expect(launch({ due: "2024-06-30" })).rejects.toMatchObject({ field: "due" });
  await expect(launch({ kinds: ["儿童福利机构"] })).rejects.toMatchObject({ field: "parts" });
  const launched = newId();
  await launch({ kinds: ["养老机构"], divisions: [divisionCode] }, launched);
  expect((await launch({ kinds: ["养老机构"] }, launched)).campaign?.scope).toBe(2);
  await expect(launch({})).rejects.toThrow("已经定了");
  await expect(
    act(
      "xian",
      { kind: "step", step: "check", title: "没有登记的", owner: "甲", division: null, due: "2024-04-30" },
      campaignId,
      campaignId,
    ),
  ).rejects.toThrow("从台账里带出");
  const late = await site("后来登记的养老院");
  expect((await page(campaignId)).campaign?.scope).toBe(2);
  const add = (entryId: string, reason: string) =>
    o.as("xian", (tx) =>
      h.house.plans.addPlace(tx, campaignId, {
        ...{ id: newId(), register: "service-site", entryId, owner: "养老服务股", due: "2024-04-30", reason },
      }),
    );
  await expect(add(late, "")).rejects.toMatchObject({ field: "reason" });
  await expect(add(first2[0] ?? "", "再加一次看看。")).rejects.toThrow("已经在检查范围里");
  const added = (await add(late, "新开业的一家。")).steps.find((s) => s.title === "后来登记的养老院");
  expect(added).toMatchObject({ reason: "新开业的一家。", href: `/registers/service-site/${late}` });
  await act("xian", { kind: "step-dropped", step: added?.id ?? "" }, campaignId, campaignId);
  const one = (await page(campaignId)).steps.find((s) => s.title === "幸福敬老院");
  h.clock.set("2024-03-13");
  await act(
    "fuhe",
    { kind: "step-done", step: one?.id ?? "", note: "灭火器过期两具，已换。" },
    campaignId,
    campaignId,
  );
  await act("xian", { kind: "step-checked", step: one?.id ?? "" }, campaignId, campaignId);
  expect((await page(campaignId)).campaign).toMatchObject({
    ...{ scope: 2, checked: 1, late: 0, report: null },
    weeks: [
      { from: "2024-03-04", done: 0, checked: 0 },
      { from: "2024-03-11", done: 1, checked: 1 },
    ],
  });
  expect(await figure("campaign_checked_rate")).toBe(50);
  await expect(act("xian", { kind: "closed", note: "完成。" }, campaignId, campaignId)).rejects.toMatchObject(
    {
      field: "note",
    },
  );
  const { draft } = (await page(campaignId)).campaign ?? { draft: "" };
  expect(draft).toContain("应检查 2 家，已检查并核实 1 家");
  expect(draft).toContain("还没有核实的：长青养老院");
  await act("shenpi", { kind: "closed", note: draft }, campaignId, campaignId);
  expect((await page(campaignId)).campaign?.report).toMatchObject({ text: draft });
  // What the safety ledger says was inspected within the days counts by itself: the page, the week and the indicator.
  const inspect = (on: string, entry = first2[1] ?? "") =>
    o.as("zhen", (tx) =>
      h.house.registers.addRow(tx, "service-site", entry, "inspections", {
        ...{ id: newId(), values: { on, result: "合格" } },
      }),
    );
  await inspect("2024-03-01");
  // Another place of the same name is another place.
  await inspect("2024-03-12", await site("长青养老院"));
  expect((await page(campaignId)).campaign?.checked).toBe(1);
  expect(await figure("campaign_checked_rate")).toBe(50);
  await inspect("2024-03-12");
  const counted = await page(campaignId);
  expect(counted.campaign).toMatchObject({ checked: 2, weeks: [{ checked: 0 }, { done: 2, checked: 2 }] });
  expect(counted.steps.map((s) => [s.title, s.stateText])).toContainEqual(["长青养老院", "已完成"]);
  expect(await figure("campaign_checked_rate")).toBe(100);
  await expect(act("xian", { kind: "closed", note: "不是专项行动。" })).rejects.toThrow("只有专项行动");
});

test("民生实事按数量、质量、时间验收：先有标准，两个人，逐镇的数，满意度；公众看到的是验收，完成率只算验收", async () => {
  h.clock.set("2024-03-13");
  const { id } = await target("适老化");
  const zhen = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const linzhen = (await o.as("linzhen", async (tx) => tx.actor.scope)).slice(0, 9);
  type Given = Parameters<TestHouse["house"]["plans"]["giveEvidence"]>[2];
  const give = async (who: Who, more: Partial<Given>) => {
    const e = {
      id: newId(),
      targetId: id,
      asOf: "2024-03-11",
      value: 10,
      words: "逐户对照标准验收。",
      files: [],
    };
    await o.as(who, (tx) => h.house.plans.giveEvidence(tx, planId, { ...e, ...more }));
    return e.id;
  };
  const confirm = (who: Who, evidence: string) =>
    o.as(who, (tx) => h.house.plans.confirmEvidence(tx, planId, evidence));
  const accept = (who: Who, division: string | null, value: number) =>
    give(who, { kind: "acceptance", division, value });

  await expect(accept("zhen", zhen, 10)).rejects.toThrow("只有民生实事");
  await act("xian", { kind: "public", shown: true }, id);
  await expect(accept("zhen", zhen, 10)).rejects.toThrow("质量标准");
  await expect(
    act("xian", { kind: "quality", text: "扶手、防滑齐全，试用合格", source: "" }, id),
  ).rejects.toMatchObject({ field: "source" });
  await act("xian", { kind: "quality", text: "扶手、防滑齐全，试用合格", source: "施工合同附件二" }, id);
  await expect(
    act("zhen", { kind: "quality", text: "做完就行", source: "口头商定" }, id),
  ).rejects.toMatchObject({
    code: "forbidden",
  });

  // Quantities go with what is given to townships.
  await expect(act("xian", { ...given("改造", zhen), quantity: 5 } as Act)).rejects.toMatchObject({
    field: "quantity",
  });
  await act("xian", { ...given("改造一批", zhen), quantity: 120 } as Act, id);
  await act("xian", { ...given("改造二批", linzhen), quantity: 80 } as Act, id);

  await expect(accept("linzhen", zhen, 10)).rejects.toMatchObject({ code: "forbidden" });
  await expect(accept("zhen", null, 10)).rejects.toMatchObject({ field: "division" });
  const first = await accept("zhen", zhen, 6);
  const second = await accept("xian", linzhen, 4);
  await expect(confirm("xian", second)).rejects.toThrow("验收单要由填报人以外的人确认");
  await confirm("xian", await give("zhen", { value: 30, asOf: "2024-03-05" }));
  expect((await target("适老化")).livelihood).toMatchObject({ accepted: 0, acceptedPercent: 0 });
  expect(await figure("livelihood_done_rate")).toBe(0);
  await confirm("xian", first);
  await confirm("shenpi", second);
  // A standard that changes later does not change what was accepted against the earlier one.
  await act("xian", { kind: "quality", text: "另加呼叫器", source: "2024 年补充协议" }, id);
  const t = await target("适老化");
  expect(t).toMatchObject({ now: 30, livelihood: { accepted: 10, acceptedPercent: 5 } });
  expect(t.livelihood.shares.map((s) => [s.given, s.accepted]).sort()).toEqual([
    [120, 6],
    [80, 4],
  ]);
  expect(t.evidence.find((e) => e.id === first)).toMatchObject({
    standard: "扶手、防滑齐全，试用合格（施工合同附件二）",
    confirmedByName: expect.any(String),
  });
  expect(await figure("livelihood_done_rate")).toBe(5);

  await expect(give("zhen", { kind: "survey", value: 12, asked: 10 })).rejects.toMatchObject({
    field: "value",
  });
  const survey = await give("zhen", { kind: "survey", value: 9, asked: 10, words: "电话回访十户。" });
  expect((await target("适老化")).livelihood.satisfaction).toBeNull();
  await confirm("xian", survey);
  const shown = await o.as("xian", (tx) => h.house.plans.publicTargets(tx));
  expect(shown.find((x) => x.id === id)).toMatchObject({
    ...{ nowText: "30 户", acceptedText: "10 户", acceptedPercent: 5 },
    quality: { text: "另加呼叫器", source: "2024 年补充协议" },
    satisfaction: { percent: 90, asked: 10, asOf: "2024-03-11" },
  });
  await expect(h.t.owner("update plan_evidence set asked = 1 where id = $1", [survey])).rejects.toThrow(
    /already confirmed|plan_evidence_of_survey/,
  );
});

test("验收错了由两个人撤回：两份都看得见，公众、逐镇的数、完成率都跟着变；没有确认的一个人就能撤", async () => {
  h.clock.set("2024-03-14");
  const { id, ...before } = await target("适老化");
  const wrong = before.evidence.find((e) => e.kind === "acceptance" && e.value === 6)?.id ?? "";
  const { plans } = h.house;
  const ask = (who: Who, evidence: string, reason = "验收时把邻村的户算进来了。") =>
    o.as(who, (tx) => plans.takeBack(tx, planId, { id: newId(), evidence, reason }));
  const decide = (who: Who, evidence: string, accept: boolean, note?: string) =>
    o.as(who, (tx) => plans.decideTakeBack(tx, planId, { evidence, accept, ...(note ? { note } : {}) }));

  await expect(ask("linzhen", wrong)).rejects.toMatchObject({ code: "forbidden" });
  await expect(ask("zhen", wrong, "错了")).rejects.toMatchObject({ field: "reason" });
  await expect(decide("xian", wrong, true)).rejects.toMatchObject({ code: "stale-version" });
  await ask("zhen", wrong);
  await expect(ask("xian", wrong)).rejects.toThrow("已经有人提出撤回");
  // Until another person agrees it counts.
  expect((await target("适老化")).livelihood).toMatchObject({ accepted: 10 });
  await expect(decide("zhen", wrong, true)).rejects.toMatchObject({ code: "forbidden" });
  await expect(decide("xian", wrong, false)).rejects.toMatchObject({ field: "note" });
  await decide("xian", wrong, false, "再核一次户数。");
  expect((await target("适老化")).evidence.find((e) => e.id === wrong)?.takeBack).toBeNull();

  await ask("xian", wrong);
  await expect(decide("xian", wrong, true)).rejects.toThrow("另一位");
  await expect(
    h.t.owner(
      `update plan_evidence_take_back set accepted = true, decided_at = now(), decided_by = asked_by, decided_by_name = 'x'
        where evidence_id = $1 and decided_at is null`,
      [wrong],
    ),
  ).rejects.toThrow("taken back by two");
  await decide("shenpi", wrong, true);
  await decide("shenpi", wrong, true);
  const t = await target("适老化");
  expect(t.livelihood).toMatchObject({ accepted: 4, acceptedPercent: 2 });
  expect(t.livelihood.shares.map((s) => [s.given, s.accepted]).sort()).toEqual([
    [120, 0],
    [80, 4],
  ]);
  expect(t.evidence.find((e) => e.id === wrong)).toMatchObject({
    ...{ value: 6, confirmedByName: expect.any(String) },
    takeBack: { reason: "验收时把邻村的户算进来了。", decidedByName: expect.any(String) },
  });
  const shown = await o.as("xian", (tx) => plans.publicTargets(tx));
  expect(shown.find((x) => x.id === id)).toMatchObject({ acceptedText: "4 户", acceptedPercent: 2 });
  expect(await figure("livelihood_done_rate")).toBe(2);
  await expect(ask("xian", wrong)).rejects.toThrow("已经撤回");

  // A figure that was reported wrongly: the one before counts again.
  const reported = t.evidence.find((e) => e.kind === "figure")?.id ?? "";
  await ask("xian", reported, "报的是开工的户数。");
  await decide("shenpi", reported, true);
  expect(await target("适老化")).toMatchObject({ now: null, light: "unknown" });

  const slip = newId();
  const e = { id: slip, targetId: id, asOf: "2024-03-13", value: 300, words: "多写了一个零。", files: [] };
  await o.as("zhen", (tx) => plans.giveEvidence(tx, planId, e));
  await ask("zhen", slip, "多写了一个零。");
  await expect(o.as("xian", (tx) => plans.confirmEvidence(tx, planId, slip))).rejects.toThrow("已经撤回");
  await expect(
    h.t.owner("update plan_evidence set confirmed_at = now() where id = $1", [slip]),
  ).rejects.toThrow("taken back");
});

test("灯、督办和民生实事成为指标：自动取数率、滞后数、按期办结率、逾期、完成率", async () => {
  const { id } = await target("适老化");
  await act("xian", { kind: "public", shown: true }, id);
  const evidence = newId();
  await o.as("zhen", (tx) =>
    h.house.plans.giveEvidence(tx, planId, {
      ...{ id: evidence, targetId: id, asOf: "2024-03-12", value: 10, words: "第一批验收单。", files: [] },
    }),
  );
  await o.as("xian", (tx) => h.house.plans.confirmEvidence(tx, planId, evidence));
  expect(await figure("livelihood_done_rate")).toBe(2);
  expect(await figure("indicator_auto_rate")).toBe(0);
  expect(await figure("targets_behind")).toBe(1);
  await act("xian", { kind: "urged", until: "2024-03-20", note: "请说明进度。" }, id);
  await act("xian", { kind: "urged", until: "2024-03-15", note: "请报施工计划。" }, id);
  h.clock.set("2024-03-18");
  expect(await figure("task_overdue")).toBe(1);
  await act("xian", { kind: "accepted" }, id);
  expect(await figure("task_overdue")).toBe(0);
  expect(await figure("task_ontime_rate")).toBe(50);
  const drilled = await o.as("xian", (tx) => h.house.indicators.drill(tx, "task_ontime_rate", {}));
  expect(drilled.total).toBe(2);
  // Next month the night keeps what the lights then are; March stays as it was.
  h.clock.set("2024-04-02");
  expect(await figure("livelihood_done_rate")).toBe(null);
  await o.as("xian", (tx) => h.house.plans.keep(tx));
  expect(await figure("livelihood_done_rate")).toBe(2);
  expect(await figure("targets_behind", "2024-03")).toBe(1);
});

test("批示、热线立项督办：反馈的人不能销号，逾期逐级上报一次，计入按期办结率和逾期数", async () => {
  const zhen = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const { matters } = h.house;
  const ids = { calls: newId(), graves: newId() };
  const open = (who: Who, id: string, more: Record<string, string>) =>
    o.as(who, (tx) =>
      matters.open(tx, {
        ...{ id, source: "hotline", sourceText: "12345 工单 20240402-017", sourceOn: "2024-04-01" },
        ...{ title: "低保申请没有人受理", demand: "查明原因，三日内受理。", owner: "社会救助股" },
        ...{ dueOn: "2024-04-05", ...more },
      }),
    );
  const act = (who: Who, id: string, kind: "reported" | "closed" | "returned" | "urged") =>
    o.as(who, (tx) => matters.act(tx, id, { id: newId(), kind, note: "情况已经写明。" }));
  await expect(open("zhen", ids.calls, { divisionCode: zhen })).rejects.toMatchObject({ code: "forbidden" });
  await expect(open("xian", ids.calls, { dueOn: "2024-04-01" })).rejects.toMatchObject({ field: "dueOn" });
  await open("xian", ids.calls, { divisionCode: zhen });
  await open("shenpi", ids.graves, { source: "instruction", sourceText: "县长批示", title: "整治散埋乱葬" });
  // A township sees its own only; nothing can be checked before it answered.
  expect((await o.as("zhen", (tx) => matters.list(tx, "open"))).map((m) => m.id)).toEqual([ids.calls]);
  await expect(act("xian", ids.calls, "closed")).rejects.toThrow("反馈以后才能核查");
  h.clock.set("2024-04-07");
  const sweep = () => o.as("xian", (tx) => matters.sweep(tx));
  expect(await sweep()).toBe(0);
  h.clock.set("2024-04-08");
  expect([await sweep(), await sweep()]).toEqual([2, 0]);
  const [calls, graves] = await o.as("shenpi", async (tx) => [
    await matters.page(tx, ids.calls),
    await matters.page(tx, ids.graves),
  ]);
  expect(calls).toMatchObject({ raisedTo: "县级股室", late: true, history: [{ by: "系统" }] });
  expect(graves).toMatchObject({ raisedTo: "局领导" });
  expect(graves?.history[0]?.text).toBe("逾期 3 天（期限 2024-04-05），上报局领导");
  expect(await o.as("shenpi", (tx) => matters.raised(tx))).toMatchObject([{ title: "整治散埋乱葬" }]);
  expect(await figure("task_overdue")).toBe(2);
  await act("zhen", ids.calls, "reported");
  await act("xian", ids.calls, "returned");
  await act("zhen", ids.calls, "reported");
  await act("xian", ids.calls, "closed");
  await act("xian", ids.graves, "reported");
  await expect(act("xian", ids.graves, "closed")).rejects.toThrow("反馈人以外的人");
  await act("shenpi", ids.graves, "closed");
  await expect(act("shenpi", ids.graves, "urged")).rejects.toThrow("超期销号");
  expect(await figure("task_overdue")).toBe(0);
  expect(await figure("task_ontime_rate")).toBe(0);
  const rows = await o.as("xian", (tx) => h.house.indicators.drill(tx, "task_ontime_rate", {}));
  expect(rows.rows.map((r) => r.note).sort()).toEqual(["低保申请没有人受理", "整治散埋乱葬"]);
  // What a target was urged for goes up as well, once.
  const { id } = await target("适老化");
  await o.as("shenpi", (tx) =>
    h.house.plans.act(tx, planId, {
      ...{ id: newId(), targetId: id, act: { kind: "urged", until: "2024-04-10", note: "请报进度。" } },
    }),
  );
  h.clock.set("2024-04-13");
  expect([await sweep(), await sweep()]).toEqual([1, 0]);
  expect((await target("适老化")).events[0]).toMatchObject({ label: "逾期上报", by: "系统" });
  await o.as("shenpi", (tx) =>
    h.house.plans.act(tx, planId, { id: newId(), targetId: id, act: { kind: "accepted" } }),
  );
});

test("制度文件、调研、部门协同、有效衔接反馈问题各有台账：没填全的说缺什么，指标由台账算", async () => {
  const town = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const save = (register: string, values: Values) =>
    o.as("xian", (tx) =>
      h.house.registers.saveEntry(tx, register, newId(), {
        version: 0,
        values: { owner: "办公室", ...values },
      }),
    );
  const paper = { kind: "工作制度", work: "制定" };
  await save("policy-document", { ...paper, name: "督查激励办法", due: "2024-12-31", stage: "起草" });
  await expect(
    save("policy-document", { ...paper, name: "重点工作评估办法", due: "2024-12-31", stage: "已印发" }),
  ).rejects.toMatchObject({ field: "issued" });
  await save("policy-document", {
    ...paper,
    name: "重点工作评估办法",
    due: "2024-12-31",
    stage: "已印发",
    issued: "2024-03-01",
  });
  // Ninety days before its validity ends a document stands on the county's desk, until what becomes of it is recorded.
  const waiting = (who: Who) => o.as(who, (tx) => h.house.registers.waiting(tx));
  const ending = async () =>
    (await waiting("xian"))
      .filter((e) => e.register === "policy-document")
      .map((e) => [e.title, e.text, e.dueOn]);
  h.clock.set("2024-04-13");
  const issued = { ...paper, name: "备用金办法", due: "2024-02-01", stage: "已印发", issued: "2024-02-01" };
  await save("policy-document", { ...issued, name: "还早的办法", validTo: "2024-07-13" });
  const ends = await save("policy-document", { ...issued, validTo: "2024-07-12" });
  expect(await ending()).toEqual([["备用金办法", "有效期将满，清理", "2024-07-12"]]);
  const clear = (version: number, values: Record<string, string>) =>
    o.as("xian", (tx) => h.house.registers.saveEntry(tx, "policy-document", ends.id, { version, values }));
  const goesOn = { cleared: "继续有效", clearedOn: "2024-04-13" };
  await expect(clear(1, goesOn)).rejects.toMatchObject({ field: "validOnTo" });
  await clear(1, { ...goesOn, validOnTo: "2024-07-01" });
  expect(await ending()).toEqual([["备用金办法", "继续有效的期限将满，再清理", "2024-07-01"]]);
  await clear(2, { ...goesOn, validOnTo: "2029-07-12" });
  expect(await ending()).toEqual([]);
  await save("research-topic", {
    ...{
      name: "村级养老互助",
      due: "2024-12-31",
      state: "已成文",
      finished: "2024-03-01",
      result: "已报县政府参阅。",
    },
  });
  const joint = await save("joint-matter", {
    ...{ name: "残疾人信息共享", parties: ["disabled-federation", "medical-insurance"], state: "进行中" },
    duty: "残联每月给名单",
  });
  // What a meeting left unsolved is put on supervision, once.
  const line = newId();
  await o.as("xian", (tx) =>
    h.house.registers.addRow(tx, "joint-matter", joint.id, "meetings", {
      ...{
        id: line,
        values: { on: "2024-04-12", present: "残联", agreed: "按月给名单", open: "没有定格式" },
      },
    }),
  );
  const supervise = () =>
    o.as("xian", (tx) =>
      h.house.matters.open(tx, {
        ...{ id: newId(), source: "register", register: "joint-matter", entryId: joint.id, lineId: line },
        ...{ sourceText: "残疾人信息共享", sourceOn: "2024-04-12", title: "定下名单格式" },
        ...{ demand: "没有定格式，请定下来。", owner: "社会事务股", dueOn: "2024-04-30" },
      }),
    );
  await supervise();
  await expect(supervise()).rejects.toThrow("已立项督办：「定下名单格式」");
  const problem = { divisionCode: town, level: "省", fedBack: "2024-02-01" };
  await save("linkage-problem", { ...problem, due: "2024-12-31", problem: "一户应纳未纳", state: "整改中" });
  // Closed by another than who gave the proof, and only after it was given; what is open stands on the township's desk.
  const told = { ...problem, due: "2024-12-31", problem: "台账与实际不符", measure: "逐户核对更正。" };
  const end = { state: "已销号", closed: "2024-03-01" };
  await expect(save("linkage-problem", { ...told, ...end })).rejects.toThrow("先到「已举证」");
  expect((await waiting("zhen")).map((e) => [e.title, e.text, e.dueOn])).toEqual([
    ["一户应纳未纳", "整改并举证", "2024-12-31"],
  ]);
  const { id } = await save("linkage-problem", { ...told, state: "已举证" });
  expect((await waiting("xian")).map((e) => [e.id, e.text])).toEqual([[id, "核查销号"]]);
  const close = (who: Who, version = 1) =>
    o.as(who, (tx) => h.house.registers.saveEntry(tx, "linkage-problem", id, { version, values: end }));
  await expect(close("xian")).rejects.toThrow("不能自己记为「已销号」");
  await expect(close("zhen")).rejects.toMatchObject({ code: "forbidden" });
  await close("fuhe");
  const asked = {
    ...{ list: "机动车登记", department: "县公安局", ground: "社会救助暂行办法第五十八条" },
    ...{ purpose: "核对家庭车辆", columns: "身份证号码、状态、估值", frequency: "每月" },
  };
  await expect(save("data-request", { ...asked, state: "已发函" })).rejects.toMatchObject({
    field: "sentNumber",
  });
  const sent = { ...asked, sentNumber: "民函〔2024〕6号", sentOn: "2024-01-05" };
  const answered = { ...sent, answerNumber: "公函〔2024〕2号", answeredOn: "2024-01-20" };
  const refused = { ...answered, list: "户籍迁移人员", state: "不同意", refusedWhy: "由省级统一提供。" };
  await save("data-request", refused);
  await save("data-request", { ...answered, state: "交付中", until: "2025-12-31", firstOn: "2024-02-01" });
  expect(await figure("shared_lists")).toBe(1);
  expect(await figure("shared_lists_agreed_rate")).toBe(50);
  expect(await figure("policy_docs_done_rate")).toBe(75);
  expect(await figure("research_done")).toBe(1);
  expect(await figure("joint_matters")).toBe(1);
  expect(await figure("linkage_rectified_rate")).toBe(50);
  // Residents read what was issued and is said to be open, and of it what is meant for them.
  const open = { ...issued, openness: "主动公开", document: "演民发〔9〕号", reading: "谁能领、怎么领。" };
  await save("policy-document", { ...open, name: "公开的办法" });
  await save("policy-document", { ...issued, name: "内部的办法", openness: "不公开" });
  const read = await o.as("xian", (tx) => h.house.registers.listPublic(tx, "policy-document"));
  expect(read.rows).toEqual([
    {
      ...{ name: "公开的办法", kind: "工作制度", document: "演民发〔9〕号", stage: "已印发" },
      ...{ issued: "2024-02-01", validTo: null, reading: "谁能领、怎么领。" },
    },
  ]);
});

test("检查清单：逐家逐项填结果，问题限期整改、进督办；每周的数和总结由此而来；有清单的只认逐项的", async () => {
  const id = newId();
  h.clock.set("2024-04-15");
  const days = { startsOn: "2024-03-04", endsOn: "2024-05-31" };
  await o.as("xian", (tx) => h.house.plans.read(tx, { id, text: CAMPAIGN, campaign: days }));
  const items = ["消防设施完好", "夜间有人值守", "食品留样"].map((text) => ({ id: newId(), text }));
  const [fire, night, food] = items.map((i) => i.id) as [string, string, string];
  const checklist = (list: { id: string; text: string }[]) =>
    act("xian", { kind: "checklist", items: list }, id, id);
  await expect(checklist([])).rejects.toMatchObject({ field: "items" });
  await checklist(items);
  await o.as("xian", (tx) =>
    h.house.plans.launch(tx, id, {
      ...{ id: newId(), owner: "养老服务股", due: "2024-04-30", divisions: [] },
      parts: [{ register: "service-site", kinds: ["养老机构"] }],
    }),
  );
  // 长青养老院 has an inspection on the ledger; a checklist asks for more.
  expect((await page(id)).campaign).toMatchObject({ checked: 0 });
  expect((await page(id)).campaign?.scope).toBeGreaterThan(2);
  const step = (await page(id)).steps.find((s) => s.title === "幸福敬老院")?.id ?? "";
  interface Result {
    item: string;
    result: "good" | "problem" | "na";
    words: string;
    due: string | null;
    photos?: string[];
  }
  const good = (item: string): Result => ({ item, result: "good", words: "", due: null });
  const bad = (due: string | null): Result => ({
    item: fire,
    result: "problem",
    words: "灭火器过期两具。",
    due,
  });
  const shoot = (name: string) =>
    o.as("zhen", (tx) => h.house.documents.saveFile(tx, { id: newId(), name, bytes: PNG }));
  const [bottle, yard, again] = [await shoot("灭火器.png"), await shoot("大院.png"), await shoot("复看.png")];
  const report = (results: Result[], who: Who = "zhen", photos: string[] = []) =>
    act(who, { kind: "step-done", step, note: "到现场逐项看过。", results, photos }, id, id);
  const opens = (who: Who, file: string) => o.as(who, (tx) => h.house.documents.readFile(tx, file));
  await expect(report([good(fire), good(night)])).rejects.toThrow("「食品留样」没有填结果");
  await expect(report([bad(null), good(night), good(food)])).rejects.toThrow("整改期限");
  await expect(report([bad("2024-03-01"), good(night), good(food)])).rejects.toThrow("今天或以后");
  const na: Result = { item: food, result: "na", words: "", due: null };
  await expect(opens("xian", bottle.id)).rejects.toMatchObject({ code: "not-found" });
  await report([{ ...bad("2024-04-22"), photos: [bottle.id] }, good(night), na], "zhen", [yard.id]);
  // Whoever sees the step sees its photographs; those of another township do not.
  expect((await opens("xian", bottle.id)).name).toBe("灭火器.png");
  await expect(opens("linzhen", yard.id)).rejects.toMatchObject({ code: "not-found" });
  expect((await page(id)).steps.find((s) => s.id === step)?.photos).toEqual([yard.id]);
  const found = async () => (await page(id)).campaign?.problems ?? [];
  expect(await found()).toMatchObject([
    {
      place: "幸福敬老院",
      item: "消防设施完好",
      words: "灭火器过期两具。",
      due: "2024-04-22",
      closedOn: null,
      photos: [bottle.id],
    },
  ]);
  await expect(checklist([...items].slice(1))).rejects.toThrow("不能改也不能去掉");
  const matterId = (await found())[0]?.matterId ?? "";
  const matter = () => o.as("zhen", (tx) => h.house.matters.page(tx, matterId));
  expect(await matter()).toMatchObject({
    title: "幸福敬老院：消防设施完好",
    dueOn: "2024-04-22",
    state: "open",
  });
  // Sent back and reported again with the same problem: it is the matter that is open already.
  await act("xian", { kind: "step-returned", step, note: "请补照片说明。" }, id, id);
  await report([{ ...bad("2024-04-24"), photos: [again.id] }, good(night), na]);
  const open = await o.as("zhen", (tx) => h.house.matters.list(tx, "open"));
  expect(open.filter((m) => m.title.startsWith("幸福敬老院"))).toHaveLength(1);
  await act("xian", { kind: "step-checked", step }, id, id);
  const settle = (who: Who, kind: "reported" | "closed") =>
    o.as(who, (tx) => h.house.matters.act(tx, matterId, { id: newId(), kind, note: "新灭火器已到位。" }));
  await settle("zhen", "reported");
  await settle("xian", "closed");
  const { campaign } = await page(id);
  expect(campaign).toMatchObject({ checked: 1, problems: [{ closedOn: "2024-04-15" }] });
  expect(campaign?.checklist.map((i) => i.counts)).toEqual([
    { good: 0, problem: 1, na: 0 },
    { good: 1, problem: 0, na: 0 },
    { good: 0, problem: 0, na: 1 },
  ]);
  expect(campaign?.weeks.at(-1)).toMatchObject({ done: 1, checked: 1, problems: 1, closed: 1 });
  expect(campaign?.draft).toContain("发现问题 1 个，已整改销号 1 个");
  expect(campaign?.draft).toContain("消防设施完好（1 家）");
});

test("机构自己的账号：看得到自己的检查和问题，交自查、带照片报告已整改；乡镇复查退回或合格，县里销号；别家的一概没有", async () => {
  const id = newId();
  h.clock.set("2024-04-15");
  const { access, db, dispatcher, documents, matters, plans } = h.house;
  const days = { startsOn: "2024-03-04", endsOn: "2024-05-31" };
  const title = "清溪县民政局养老机构夏季安全专项行动方案";
  const text = CAMPAIGN.replace(/^.*\n/, `${title}\n`);
  await o.as("xian", (tx) => plans.read(tx, { id, text, campaign: days }));
  const [fire, night] = ["消防通道畅通", "夜间有人值守"].map((words) => ({ id: newId(), text: words }));
  if (!fire || !night) throw new Error("no items");
  await act("xian", { kind: "checklist", items: [fire, night] }, id, id);
  const launched = await o.as("xian", (tx) =>
    plans.launch(tx, id, {
      ...{ id: newId(), owner: "养老服务股", due: "2024-04-30", divisions: [] },
      parts: [{ register: "service-site", kinds: ["养老机构"] }],
    }),
  );
  const entryOf = (name: string) =>
    String(
      launched.steps
        .find((s) => s.title === name)
        ?.href?.split("/")
        .at(-1),
    );
  const step = String(launched.steps.find((s) => s.title === "幸福敬老院")?.id);
  const doors = createHandlers(h.house, { demo: false }).handlers;
  // Opened after the launch: what the campaign asks of it is on its desk all the same.
  const account = async (loginName: string, place: string) => {
    const body = {
      ...{ id: newId(), loginName, name: "院长", role: "institution", scope: "", password: DEMO_PASSWORD },
      party: `institution:${entryOf(place)}`,
    };
    await doors.createAccount({ body } as never, { caller: { actor: o.actor("xitong") } } as never);
    await dispatcher.drain(o.county);
    const { actor } = await access.login(db, { county: o.county, loginName, password: DEMO_PASSWORD });
    return { caller: { actor } };
  };
  const own = await account("xingfu", "幸福敬老院");
  const other = await account("changqing", "长青养老院");
  const desk = async (who: typeof own) =>
    contract.partyDesk.response
      .parse(await doors.partyDesk({} as never, who as never))
      .rows.filter((r) => r.title === title);
  const read = async (who: typeof own, item: string) =>
    contract.getPartyItem.response.parse(
      await doors.getPartyItem({ params: { id: item } } as never, who as never),
    );
  const say = (who: typeof own, item: string, action: string, data: object) =>
    doors.replyPartyItem(
      { params: { id: item }, body: { id: newId(), action, data } } as never,
      who as never,
    );

  const [row] = await desk(own);
  expect(row).toMatchObject({ kindLabel: "专项行动", state: "waiting", dueOn: "2024-04-30" });
  const item = row?.id ?? "";
  await expect(read(other, item)).rejects.toMatchObject({ code: "not-found" });
  expect(JSON.stringify(await desk(other))).not.toContain(item);
  expect(JSON.stringify((await read(own, item)).chapters)).toContain("消防通道畅通");

  const before = await figure("campaign_checked_rate");
  // Its own check stands beside the official one and counts nowhere.
  const name = (letter: string, of: string) => `${letter}${of.replaceAll("-", "")}`;
  const said = { [name("r", fire.id)]: "problem", [name("r", night.id)]: "good" };
  await expect(say(own, item, "self-check", said)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(say(other, item, "self-check", said)).rejects.toMatchObject({ code: "not-found" });
  await say(own, item, "self-check", { ...said, [name("w", fire.id)]: "通道里停了电动车" });
  expect((await desk(own))[0]).toMatchObject({ state: "shared" });
  const stepNow = async () => (await page(id)).steps.find((s) => s.id === step);
  expect(await stepNow()).toMatchObject({ state: "open", results: [] });
  expect((await stepNow())?.told).toContain("自查：合格 1 项，问题 1 项");
  expect((await page(id)).campaign).toMatchObject({ checked: 0, problems: [] });
  expect(await figure("campaign_checked_rate")).toBe(before);
  await expect(
    act("xian", { kind: "checklist", items: [{ ...fire, text: "消防车道畅通" }, night] }, id, id),
  ).rejects.toThrow("不能改也不能去掉");

  // The township finds the same, with a day; the institution is told of it by itself.
  const result = (i: string, kind: "good" | "problem") => ({
    ...{ item: i, result: kind, words: kind === "good" ? "" : "疏散通道停放电动车。" },
    due: kind === "good" ? null : "2024-04-22",
  });
  const results = [result(fire.id, "problem"), result(night.id, "good")];
  await act("zhen", { kind: "step-done", step, note: "到现场逐项看过。", results }, id, id);
  await dispatcher.drain(o.county);
  expect((await desk(own))[0]).toMatchObject({ state: "waiting", dueOn: "2024-04-22" });
  const problems = (await page(id)).campaign?.problems ?? [];
  const matter = problems[0]?.matterId ?? "";
  const found = await read(own, item);
  expect(found.actions.map((a) => a.action)).toEqual(["rectified"]);
  expect(JSON.stringify(found.chapters)).toContain("疏散通道停放电动车。\\n限 2024-04-22 前整改：在办");

  const shoot = (photo: string) =>
    h.house.as(own.caller, (tx) => documents.saveFile(tx, { id: newId(), name: photo, bytes: PNG }));
  const right = async (words: string) => {
    const photos = [(await shoot(`${words}.png`)).id];
    await say(own, item, "rectified", { problem: matter, words, photos });
    return photos[0] ?? "";
  };
  await expect(
    say(own, item, "rectified", { problem: matter, words: "电动车已经移走", photos: [] }),
  ).rejects.toMatchObject({ code: "invalid-input" });
  await expect(
    say(own, item, "rectified", { problem: newId(), words: "电动车已经移走", photos: [] }),
  ).rejects.toMatchObject({ code: "invalid-input" });
  const photo = await right("电动车已经移走");
  expect((await desk(own))[0]).toMatchObject({ state: "shared" });
  const of = (who: Who) => o.as(who, (tx) => matters.page(tx, matter));
  expect(await of("zhen")).toMatchObject({
    ...{ state: "open", rectified: true, stateText: "机构已整改，待复查", can: ["reported", "returned"] },
    history: [{ label: "机构报告已整改", by: "幸福敬老院 院长", photos: [photo] }],
  });
  expect((await o.as("zhen", (tx) => documents.readFile(tx, photo))).name).toContain("电动车");
  await expect(o.as("linzhen", (tx) => documents.readFile(tx, photo))).rejects.toMatchObject({
    code: "not-found",
  });
  expect((await page(id)).campaign?.problems).toMatchObject([{ stateText: "待复查" }]);
  // Said once is enough, and nobody of the house says it in its place.
  await expect(right("再报一次看看")).rejects.toMatchObject({ code: "action-not-allowed" });
  await expect(
    o.as("zhen", (tx) => matters.rectified(tx, matter, { id: newId(), note: "替它报了。" })),
  ).rejects.toMatchObject({ code: "forbidden" });

  const settle = (who: Who, kind: "reported" | "returned" | "closed", note: string) =>
    o.as(who, (tx) => matters.act(tx, matter, { id: newId(), kind, note }));
  await expect(settle("xian", "closed", "材料看过了。")).rejects.toMatchObject({
    code: "action-not-allowed",
  });
  await settle("zhen", "returned", "通道里还堆着纸箱。");
  await dispatcher.drain(o.county);
  expect((await desk(own))[0]).toMatchObject({ state: "waiting", dueOn: "2024-04-22" });
  expect(JSON.stringify((await read(own, item)).chapters)).toContain("复查退回：通道里还堆着纸箱。");
  h.clock.set("2024-04-23");
  expect((await desk(own))[0]).toMatchObject({ late: true });
  expect((await of("zhen")).late).toBe(true);
  // The day alone changed how it stands: the house tells it again by itself, and only then.
  const version = async () => {
    await o.as("xian", (tx) => plans.places.retell(tx));
    await dispatcher.drain(o.county);
    return (await read(own, item)).version;
  };
  const stored = await h.t.owner<{ version: number }>("select version from party_item where id = $1", [item]);
  const retold = await version();
  expect(retold).toBe(Number(stored[0]?.version) + 1);
  expect(await version()).toBe(retold);
  await right("纸箱已经清走");
  // Two windows, both with 复查合格: the second look is told once.
  const look = () =>
    o.as("zhen", (tx) =>
      matters.act(tx, matter, { id: newId(), kind: "reported", note: "到现场看过，已畅通。", looked: true }),
    );
  await look();
  await expect(look()).rejects.toMatchObject({ code: "stale-version" });
  expect((await of("zhen")).history.filter((e) => e.label === "反馈")).toHaveLength(1);
  expect((await page(id)).campaign?.problems).toMatchObject([{ stateText: "待核查，逾期" }]);
  // The report of a township is the county's to send back.
  await expect(settle("zhen", "returned", "再看一次。")).rejects.toMatchObject({ code: "forbidden" });
  await settle("xian", "closed", "照片和现场一致。");
  await act("xian", { kind: "step-checked", step }, id, id);
  await dispatcher.drain(o.county);
  expect((await desk(own))[0]).toMatchObject({ state: "done" });
  const { actions, replies } = await read(own, item);
  expect([actions.length, replies.map((r) => r.label)]).toEqual([0, ["报告已整改", "报告已整改", "交自查"]]);
  expect((await page(id)).campaign).toMatchObject({ checked: 1, problems: [{ closedOn: "2024-04-23" }] });
  expect(await figure("campaign_checked_rate")).toBeGreaterThan(before ?? 100);
});

test("有效衔接问题涉及的户：从人员库里选，只写姓氏，进这户的救助链，逐户整改完才能销号；户数由登记的算", async () => {
  const town = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const village = async (who: Who, name: string, idNo: string) => {
    const scope = await o.as(who, async (tx) => tx.actor.scope);
    const divisionCode =
      h.house.counties
        .get("430621")
        .divisions.find((d) => d.level === "village" && d.code.startsWith(scope.slice(0, 9)))?.code ?? "";
    const [personId, householdId] = [newId(), newId()];
    const address = "解放路 18 号";
    await o.as(who, async (tx) => {
      await h.house.registry.ensurePerson(tx, { id: personId, name, idNo, divisionCode, address });
      await h.house.registry.openHousehold(tx, {
        ...{ id: householdId, headPersonId: personId, divisionCode, address, areaClass: "农村" },
        members: [{ personId, relation: "户主" }],
      });
    });
    return { householdId, personId };
  };
  const own = await village("zhen", "方小满", residentIdWithCheck("43062119500101123"));
  const second = await village("zhen", "方大雪", residentIdWithCheck("43062119510101123"));
  const far = await village("linzhen", "丁谷雨", residentIdWithCheck("43062119520101123"));
  const { registers } = h.house;
  const id = newId();
  const saveAs = (who: Who, version: number, values: Record<string, string>) =>
    o.as(who, (tx) => registers.saveEntry(tx, "linkage-problem", id, { version, values }));
  await saveAs("xian", 0, {
    ...{ problem: "两户没有按月走访", level: "省", fedBack: "2024-02-01", divisionCode: town },
    ...{ owner: "社会救助股", due: "2024-12-31", state: "整改中" },
  });
  const line = (who: Who, household: string, standing: string, on = "2024-04-10") =>
    o.as(who, (tx) =>
      registers.addRow(tx, "linkage-problem", id, "households", {
        ...{ id: newId(), values: { household, standing, on, words: "三月没有走访，已补。" } },
      }),
    );
  const before = (await figure("linkage_households")) ?? 0;
  await expect(line("xian", newId(), "待整改")).rejects.toMatchObject({ field: "household" });
  await expect(line("xian", far.householdId, "待整改")).rejects.toThrow("不在这一条的所在地");
  await expect(line("linzhen", far.householdId, "待整改")).rejects.toMatchObject({ code: "not-found" });
  await line("zhen", own.householdId, "待整改");
  const open = await line("zhen", second.householdId, "待整改");
  expect(open.tallies).toEqual([
    {
      ledger: "households",
      title: "涉及的户",
      total: 2,
      states: [{ label: "待整改", count: 2, counted: true }],
    },
  ]);
  expect(open.ledgers.households?.map((l) => l.household?.text.slice(0, 8)).sort()).toEqual([
    "方**户，1 人",
    "方**户，1 人",
  ]);
  expect(await figure("linkage_households")).toBe(before + 2);
  expect(await figure("linkage_households_open")).toBe(2);

  await saveAs("zhen", 1, { measure: "补走访。", state: "已举证" });
  const close = () => saveAs("xian", 2, { state: "已销号", closed: "2024-04-14" });
  await expect(close()).rejects.toThrow("还有 2 户没有整改");
  await line("zhen", own.householdId, "已整改", "2024-04-12");
  await line("zhen", second.householdId, "核实不涉及", "2024-04-12");
  expect((await o.as("xian", (tx) => registers.getEntry(tx, "linkage-problem", id))).tallies).toMatchObject([
    { total: 1, states: [{ label: "已整改" }, { label: "核实不涉及", counted: false }] },
  ]);
  await close();
  expect(await figure("linkage_households")).toBe(before + 1);
  expect(await figure("linkage_households_open")).toBe(0);

  // On the household's own page, to whoever may see both; the neighbouring township sees neither.
  const about = (who: Who) => o.as(who, (tx) => registers.ofHousehold(tx, own.householdId));
  expect((await about("zhen")).map((l) => [l.title, l.state, l.on])).toEqual([
    ["两户没有按月走访", "已整改", "2024-04-12"],
    ["两户没有按月走访", "待整改", "2024-04-10"],
  ]);
  expect(await about("linzhen")).toEqual([]);
});
