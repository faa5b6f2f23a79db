/** Help of the departments for a household, from the plan to the second person's word; who forgets is put on supervision. */
import { contract } from "@wuxin/contract";
import { addDays, newId } from "@wuxin/kernel";
import { createHandlers, superviseReturns } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { system, type TestHouse, testHouse } from "./house.ts";
import { family, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
let home: string;
const DAY = "2024-05-08";
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("江水根", 120_000), MARCH);
  h.clock.set(DAY);
  const [row] = await h.t.owner<{ id: string }>("select id from household");
  home = row?.id ?? "";
});
afterAll(() => h.close());

const measures = () => h.house.clues.measures;
type Who = Parameters<Office["as"]>[0];
const act = (who: Who, action: string, data: object, over: object = {}) =>
  o.as(who, (tx) => measures().act(tx, home, { id: newId(), action, data: { ...data }, ...over }));
const page = () => o.as("zhen", (tx) => measures().page(tx, home));

test("部门落实以后逾期没有回访：走访清单、工作台都有，自动立为督办；村里走访一次就回访了，另一人研判消除", async () => {
  const plan = { kind: "school", service: "免学费并给助学金", amountFen: 100_000, each: "once" };
  await act("zhen", "plan", { ...plan, startsOn: DAY, answerDueOn: DAY });
  const [m] = (await page()).measures;
  const answer = { on: addDays(DAY, -34), result: "in-force", document: "教助〔2024〕5号", note: "已到账。" };
  await act("zhen", "answer", answer, { of: m?.id, version: 1 });
  const nightly = () =>
    h.house.as(system(o.county), async (tx) => {
      await h.house.duties.generate(tx);
      await superviseReturns(h.house, tx);
    });
  for (let n = 0; n < 2; n++) await nightly();
  expect(await o.as("zhen", (tx) => h.house.matters.list(tx, "open"))).toMatchObject([
    { title: "帮扶回访逾期", source: "return", householdId: home },
  ]);

  const look = { how: "door", effect: "助学金收到了，孩子在上学。", risk: "removed" };
  const { stops } = await o.as("cun", (tx) => h.house.duties.list(tx, null));
  const stop = stops.find((s) => s.subjectId === home);
  expect(stop?.tasks.map((t) => [t.title, t.reason, t.late])).toContainEqual(["帮扶回访", "教育资助", true]);
  const others = Object.fromEntries(
    (stop?.form ?? []).flatMap((f) => (f.required && f.choices?.[0] ? [[f.name, f.choices[0].value]] : [])),
  );
  const done = await o.as("cun", (tx) =>
    h.house.duties.record(tx, {
      ...{ id: newId(), deviceId: null, subjectId: home, at: h.clock.now().toISOString(), place: null },
      ...{ answers: { ...others, ...look }, card: {}, photos: [], signatureId: null },
    }),
  );
  expect(done).toMatchObject({ answered: expect.arrayContaining(["帮扶回访"]), notes: [] });
  const [seen] = (await page()).returns;
  expect(seen).toMatchObject({ riskLabel: "风险已消除", dueOn: addDays(DAY, -4), decision: null });

  // The desk of the township says so, in the shape that its page is promised.
  const { handlers } = createHandlers(h.house, { demo: false });
  const told = await o.as("zhen", async (tx) =>
    handlers.workbench({} as never, { caller: { actor: tx.actor } } as never),
  );
  const desk = contract.workbench.response.parse(told);
  expect(desk.groups.flatMap((g) => g.rows.map((r) => r.todo))).toContain("研判风险");
  await act("zhen", "decide", { decision: "removed", note: "学费有着落。" }, { of: seen?.id });
  expect((await page()).risk.label).toBe(`风险消除（${DAY}）`);
  const rows = await o.as("xian", (tx) => h.house.indicators.drill(tx, "risk_removed", { month: "2024-05" }));
  expect(rows.total).toBe(1);
});
