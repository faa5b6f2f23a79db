import { newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { afterEach, beforeEach, expect, it } from "vitest";
import { COUNTY, openToyTown, type ToyTown } from "./testing.ts";

let toy: ToyTown;
let home: string;
const second: Actor = {
  countyCode: COUNTY,
  ...{ scope: COUNTY, accountId: newId(), personId: null, name: "县里的李", role: "county" },
};
beforeEach(async () => {
  toy = await openToyTown("2026-06-09");
  home = (await toy.person("甲某")).householdId;
});
afterEach(() => toy.close());

const page = (who = toy.staff.town) => toy.as(who, (tx) => toy.clues.measures.page(tx, home));
const act = (who: Actor, action: string, data: object, over: object = {}) =>
  toy.as(who, (tx) => toy.clues.measures.act(tx, home, { id: newId(), action, data: { ...data }, ...over }));
const PLAN = { kind: "blanket", service: "送两床被子", startsOn: "2026-06-10", answerDueOn: "2026-06-12" };
async function planned(over = {}) {
  await act(toy.staff.town, "plan", { ...PLAN, ...over });
  const [m] = (await page()).measures;
  if (!m) throw new Error("nothing planned");
  return m;
}
async function inForce() {
  const m = await planned();
  const data = { on: "2026-06-09", result: "in-force", document: "柴办〔2026〕1号", note: "已送到" };
  await act(toy.staff.town, "answer", data, { of: m.id, version: 1 });
  return m;
}
const LOOK = { on: "2026-06-09", effect: "被子收到了", risk: "removed" };
const waiting = (who: Actor) =>
  toy.as(who, (tx) => toy.clues.measures.waiting(tx)).then((l) => l.map((w) => w.todo));
const due = () => toy.as(toy.staff.county, (tx) => toy.clues.measures.returnsDue(tx, 40));

it("is planned, answered with a paper, looked at, and the risk is gone when a second person says so", async () => {
  const m = await planned();
  expect(m).toMatchObject({ number: "甲县帮扶〔2026〕1号", department: "甲县柴火办", state: "planned" });
  expect(await waiting(toy.staff.town)).toEqual(["催部门落实"]);
  expect(await waiting(toy.staff.county)).toEqual([]);
  toy.setDay("2026-06-13");
  expect(await waiting(toy.staff.county)).toEqual(["催部门落实"]);
  const answer = { on: "2026-06-12", result: "in-force", document: "柴办〔2026〕1号", note: "已送到" };
  await act(toy.staff.town, "answer", answer, { of: m.id, version: 1 });
  // The toy county has set no days: thirty.
  expect(await due()).toMatchObject([{ householdId: home, dueOn: "2026-07-12", reason: "送被子" }]);
  await act(toy.staff.town, "return", { ...LOOK, on: "2026-06-13" });
  expect(await due()).toEqual([]);
  expect((await page()).risk.label).toBe("回访说风险已消除，等研判");
  const [look] = (await page()).returns;
  const removed = { decision: "removed", note: "被子够了" };
  await expect(act(toy.staff.town, "decide", removed, { of: look?.id })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await page()).actions.map((a) => a.action)).toEqual(["plan"]);
  expect((await page(second)).actions.map((a) => a.action)).toEqual(["decide", "plan"]);
  await act(second, "decide", removed, { of: look?.id });
  const now = await page();
  expect(now.risk.label).toBe("风险消除（2026-06-13）");
  expect(now.measures[0]).toMatchObject({ state: "done", closedOn: "2026-06-13", actions: [] });
  expect(now.measures[0]?.history.map((h) => h.label)).toEqual([
    "风险消除，措施结束",
    "登记部门落实",
    "制定措施",
  ]);
});

it("is not removed while a measure waits for its department or a clue is open; worse goes to the county", async () => {
  await inForce();
  const other = await planned({ kind: "fuel", amountFen: 5_000, each: "month" });
  expect(other).toMatchObject({ amountFen: 5_000, each: "month" });
  await act(toy.staff.worker, "return", LOOK);
  const of = (await page()).returns[0]?.id;
  const removed = { decision: "removed", note: "够了" };
  await expect(act(second, "decide", removed, { of })).rejects.toThrow(/2号 还没有落实/);
  await act(toy.staff.town, "stop", { note: "不用了" }, { of: other.id, version: 1 });
  await toy.alert({ householdId: home });
  await expect(act(second, "decide", removed, { of })).rejects.toThrow(/没办结的线索/);
  await act(toy.staff.town, "decide", { decision: "remains", note: "再看看" }, { of });
  expect(await due()).toMatchObject([{ dueOn: "2026-07-09" }]);
  await act(toy.staff.worker, "return", { ...LOOK, risk: "worse" });
  const worse = (await page()).returns.find((r) => r.decideDueOn)?.id;
  await act(toy.staff.town, "decide", { decision: "raised", note: "又病倒一人" }, { of: worse });
  expect(await waiting(toy.staff.county)).toEqual(["风险升级，研究新的措施"]);
  await planned();
  expect(await waiting(toy.staff.county)).toEqual([]);
});

it("refuses whom it is not for, what was seen too long ago, and days that cannot be; the same request is heard once", async () => {
  await expect(act(toy.staff.worker, "plan", PLAN)).rejects.toMatchObject({ code: "forbidden" });
  await expect(act(toy.staff.otherTown, "plan", PLAN)).rejects.toMatchObject({ code: "not-found" });
  await expect(act(toy.staff.town, "plan", { ...PLAN, endsOn: "2026-06-01" })).rejects.toThrow(
    /早于开始日期/,
  );
  await expect(act(toy.staff.worker, "return", LOOK)).rejects.toThrow(/没有要回访的措施/);
  const id = newId();
  for (const _ of [1, 2]) await act(toy.staff.town, "plan", PLAN, { id });
  expect((await page()).measures).toHaveLength(1);
  const cancel = { of: id, version: 1 };
  await act(toy.staff.town, "stop", { note: "重复了" }, cancel);
  await expect(act(toy.staff.town, "stop", { note: "重复了" }, cancel)).rejects.toMatchObject({
    code: "action-not-allowed",
  });
  const m = await inForce();
  await expect(
    act(toy.staff.town, "finish", { on: "2026-06-09", effect: "暖和" }, { of: m.id, version: 1 }),
  ).rejects.toMatchObject({ code: "stale-version" });
  await expect(act(toy.staff.town, "return", { ...LOOK, on: "2026-06-01" })).rejects.toThrow(
    /不能早于措施落实/,
  );
  // What ended is looked at all the same, until the risk is gone.
  await act(toy.staff.town, "finish", { on: "2026-06-09", effect: "暖和" }, { of: m.id, version: 2 });
  await act(toy.staff.worker, "return", { ...LOOK, risk: "remains" });
  expect(await due()).toMatchObject([{ dueOn: "2026-07-09" }]);
});
