import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, openToyCounty } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
  // soup and tea have groups of their own, yet may not be drawn together; bread and tea may.
  toy.exclude(["soup", "tea"].map((item) => ({ item, slot: "汤×茶", article: "第七条" })));
});
afterAll(() => toy.close());

test("a pair of two groups is refused, a person chooses, and the database stands behind it", async () => {
  const { clerk, second } = toy.staff;
  const [a, b, c] = [await toy.person("甲"), await toy.person("乙"), await toy.person("丙")];
  await toy.award([a, b], { item: "soup", amountFen: 80_000 });
  await toy.award([a], { item: "tea", amountFen: 30_000 });
  await toy.award([c], { item: "bread" });
  await toy.award([c], { item: "tea", amountFen: 30_000 });
  const { id } = await toy.generate("2024-10");
  const lines = await toy.linesOf(id);
  const held = lines.filter((l) => l.state === "held");
  expect(held).toHaveLength(1);
  const [loser] = held;
  expect(loser?.payee).toBe("甲");
  expect(loser?.flags[0]?.reason).toContain("汤与茶不能同时领取（第七条）");
  expect(lines.filter((l) => l.payee === "丙" && l.state === "ready")).toHaveLength(2);

  const lineId = loser?.id as string;
  const offered = await toy.run(second, (tx, p) => p.choice(tx, id, lineId));
  const other = offered.standing[0];
  expect(offered.standing).toHaveLength(1);
  expect(offered.why).toBeNull();
  expect(offered.differenceFen).toBe((loser?.amountFen ?? 0) - (other?.amountFen ?? 0));
  expect((await toy.run(clerk, (tx, p) => p.choice(tx, id, lineId))).why).toContain("须由另一人办理");
  expect(await codeOf(toy.run(clerk, (tx, p) => p.choose(tx, id, lineId, { reason: "本人选择" })))).toBe(
    "action-not-allowed",
  );

  const chosen = await toy.run(second, (tx, p) => p.choose(tx, id, lineId, { reason: "本人选择" }));
  expect(chosen.state).toBe("ready");
  const after = await toy.linesOf(id);
  expect(after.find((l) => l.id === other?.lineId)).toMatchObject({ state: "held", holdReason: "本人选择" });
  expect(toy.audited.some((e) => e.action === "roster.choose" && e.detail.includes("本人选择"))).toBe(true);
  // Chosen the other way round again.
  await toy.run(second, (tx, p) => p.choose(tx, id, other?.lineId as string, { reason: "反悔" }));
  await toy.signAll(id);
  await toy.send(id);
  // What was signed under a rule cannot lose it.
  expect(await codeOf(toy.data.db.transact(clerk, (tx) => tx.exec("delete from payment_exclusion")))).toBe(
    "WX102",
  );
  // Each person of the line holds both slots; the pair's key refuses a second one whoever inserts it.
  const slots = await toy.data.owner(
    "select exclusivity_group as slot from payment_slot where line_id = $1 and released_at is null order by 1",
    [other?.itemTitle === "热汤" ? other.lineId : lineId],
  );
  expect(new Set((slots as { slot: string }[]).map((s) => s.slot))).toEqual(new Set(["吃饭", "汤×茶"]));
});

test("another county's benefit is refused too, without saying whose", async () => {
  const one = await toy.person("丁", { idNo: "same" });
  await toy.award([one], { item: "soup", fromMonth: "2024-11" });
  const other = await toy.person("丁", { idNo: "same", county: "430121", division: "430121101" });
  await toy.award([other], { item: "tea", fromMonth: "2024-11", county: "430121" });
  await toy.generate("2024-11");
  const there = { ...toy.staff.clerk, countyCode: "430121", scope: "430121" };
  const id = newId();
  await toy.run(there, (tx, p) => p.generate(tx, { id, month: "2024-11" }));
  const [line] = await toy.run(there, async (tx, p) => (await p.listLines(tx, id)).rows);
  expect(line).toMatchObject({ state: "held" });
  expect(line?.flags[0]?.reason).toContain("已在其他县");
});

test("a pair that becomes known later holds what is paid already", async () => {
  toy.exclude([]);
  const one = await toy.person("戊");
  await toy.award([one], { item: "bread", fromMonth: "2024-12" });
  const first = await toy.generate("2024-12", undefined, "2024-12-01");
  await toy.signAll(first.id, undefined, "2024-12-01");
  await toy.send(first.id, "csv", "2024-12-01");
  toy.exclude(["bread", "tea"].map((item) => ({ item, slot: "包×茶", article: "第八条" })));
  await toy.award([one], { item: "tea", fromMonth: "2024-12", decidedOn: "2025-01-05" });
  const second = await toy.generate("2025-01", undefined, "2025-01-05");
  const late = (await toy.linesOf(second.id, { change: "backpay" })).filter((l) => l.payee === "戊");
  expect(late).toMatchObject([{ state: "held", itemTitle: "茶水", month: "2024-12" }]);
});

test("a pair of one group takes no slot beside the group's, and its article is told all the same", async () => {
  toy.exclude(["soup", "bread"].map((item) => ({ item, slot: "汤×包", article: "第九条" })));
  const one = await toy.person("己");
  await toy.award([one], { item: "soup", fromMonth: "2025-02", decidedOn: "2025-01-20" });
  await toy.award([one], { item: "bread", fromMonth: "2025-02", decidedOn: "2025-01-20" });
  const { id } = await toy.generate("2025-02", undefined, "2025-01-25");
  const [held] = await toy.linesOf(id, { state: "held", q: "己" });
  expect(held?.flags[0]?.reason).toContain("汤与包不能同时领取（第九条）");
  const slots = await toy.data.owner(
    `select s.exclusivity_group as slot from payment_slot s join roster_line l on l.id = s.line_id
     where l.roster_id = $1 and l.payee_id = $2 and s.released_at is null`,
    [id, one.id],
  );
  expect(slots).toEqual([{ slot: "吃饭" }]);
});
