/** A plan carried out: given out in steps, split into years, run as a campaign; and what the indicators say of it. */
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice } from "./office.ts";

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
  const check = (title: string): Act => ({
    ...{ kind: "step", step: "check", title, owner: "养老服务股", division: null, due: "2024-04-30" },
  });
  for (const title of ["幸福敬老院", "长青养老院"]) await act("xian", check(title), campaignId, campaignId);
  const [one] = (await page(campaignId)).steps;
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
  await expect(act("xian", { kind: "closed", note: "不是专项行动。" })).rejects.toThrow("只有专项行动");
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
  expect(await figure("livelihood_done_rate")).toBe(5);
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
  expect(await figure("livelihood_done_rate")).toBe(5);
  expect(await figure("targets_behind", "2024-03")).toBe(1);
});

test("制度文件、调研、部门协同、有效衔接反馈问题各有台账：没填全的说缺什么，指标由台账算", async () => {
  const town = (await o.as("zhen", async (tx) => tx.actor.scope)).slice(0, 9);
  const save = (register: string, values: Record<string, string>) =>
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
  await save("research-topic", {
    ...{
      name: "村级养老互助",
      due: "2024-12-31",
      state: "已成文",
      finished: "2024-03-01",
      result: "已报县政府参阅。",
    },
  });
  await save("joint-matter", {
    ...{ name: "残疾人信息共享", departments: "残联、医保局", duty: "残联每月给名单", state: "进行中" },
  });
  const problem = { divisionCode: town, level: "省", fedBack: "2024-02-01" };
  await save("linkage-problem", { ...problem, due: "2024-12-31", problem: "一户应纳未纳", state: "整改中" });
  await save("linkage-problem", {
    ...{
      ...problem,
      due: "2024-12-31",
      problem: "台账与实际不符",
      state: "已销号",
      measure: "逐户核对更正。",
      closed: "2024-03-01",
    },
  });
  expect(await figure("policy_docs_done_rate")).toBe(50);
  expect(await figure("research_done")).toBe(1);
  expect(await figure("joint_matters")).toBe(1);
  expect(await figure("linkage_rectified_rate")).toBe(50);
});
