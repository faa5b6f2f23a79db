import { expect, test } from "vitest";
import { decisionsOf } from "./decisions.ts";

type Facts = Parameters<typeof decisionsOf>[0];
const calm: Facts = {
  lastMonth: "2026-05",
  systems: [],
  late: { total: { cases: 0, clues: 0, visits: 0, matters: 0 }, places: [] },
  plans: { titles: [], lights: { done: 0, green: 0, yellow: 0, red: 0, unknown: 0 }, behind: [], urged: 0 },
  money: {
    ...{ year: 2026, paidFen: 0, neededFen: 0, availableFen: 0, runsOut: null, short: false },
    text: "本年没有待发月份。",
  },
  raised: [],
  waiting: [],
};
const town = (code: string, name: string, cases: number, clues: number) => ({
  ...{ code, name, cases, clues, visits: 0, matters: 0 },
});
const target: Facts["plans"]["behind"][number] = {
  ...{
    id: "t",
    planId: "p",
    planTitle: "计划",
    object: "适老化改造",
    aimText: "不少于 200 户",
    nowText: "20 户",
  },
  ...{ due: "2026-12-31", light: "red", lightText: "滞后", reason: "应完成 44%，已完成 10%。" },
  ...{ owner: null, urgedLate: false },
};

test("where nothing is wrong nothing is asked of a leader", () => {
  expect(decisionsOf(calm)).toEqual([]);
});

test("at most three, money first, what waits for a signature second; the place is the one with most", () => {
  const all = decisionsOf({
    ...calm,
    money: { ...calm.money, short: true, text: "低保 2026-07 起不足。" },
    waiting: [
      { title: "2026-06 发放名册（审批）", link: "/rosters/1" },
      { title: "新标准「城市低保标准」", link: "/standards/2" },
    ],
    plans: { ...calm.plans, behind: [target, { ...target, id: "u", object: "助餐点" }] },
    late: { ...calm.late, places: [town("430621100", "东镇", 1, 0), town("430621101", "西镇", 2, 3)] },
  });
  expect(all.map((d) => d.title)).toEqual(["资金不足", "等您签批", "目标滞后"]);
  expect(all[1]).toMatchObject({ text: "2026-06 发放名册（审批）等 2 件。", link: "/" });
  expect(all[2]?.text).toBe(
    "「适老化改造」（不少于 200 户）应完成 44%，已完成 10%。还没有定责任。另有 1 条也滞后。",
  );
  const [place] = decisionsOf({
    ...calm,
    late: { ...calm.late, places: [town("430621100", "东镇", 1, 0), town("430621101", "西镇", 2, 3)] },
  });
  expect(place).toEqual({
    ...{ title: "超期最多", text: "西镇超期 5 件（办件 2、线索 3）。" },
    link: "/cases?light=late&division=430621101",
  });
});

test("what nobody settled in time and came up stands before the targets; one opens itself, several the list", () => {
  const late = { title: "整治散埋乱葬", owner: "社会事务股", dueOn: "2026-05-10", link: "/matters/1" };
  expect(decisionsOf({ ...calm, raised: [late], plans: { ...calm.plans, behind: [target] } })[0]).toEqual({
    ...{ title: "督办逾期上报", text: "「整治散埋乱葬」期限 2026-05-10，社会事务股没有办结。" },
    link: "/matters/1",
  });
  expect(decisionsOf({ ...calm, raised: [late, { ...late, title: "二" }] })[0]).toMatchObject({
    link: "/matters",
  });
});
