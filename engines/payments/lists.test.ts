/** Lists of any length are read on from a row: each row once, there and back, in one order; totals are those of all. */
import { newId } from "@wuxin/kernel";
import type { Beside, Tx } from "@wuxin/platform";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Payments } from "./index.ts";
import { COUNTY, openToyCounty } from "./toy-county.ts";

type Toy = Awaited<ReturnType<typeof openToyCounty>>;
let toy: Toy;
let rosterId: string;
beforeAll(async () => {
  toy = await openToyCounty();
  for (let n = 1; n <= 11; n++)
    await toy.award([await toy.person(`户${n}`)], { item: n % 4 === 0 ? "tea" : "soup" });
  rosterId = (await toy.generate("2024-09")).id;
}, 60_000);
afterAll(() => toy.close());

type Listed = { rows: { id: string }[]; total: number; previous: string | null; next: string | null };
/** From the beginning to the end and back. */
async function walk(read: (tx: Tx, p: Payments, q: Beside) => Promise<Listed>, who = toy.staff.clerk) {
  const at = (q: Beside) => toy.run(who, (tx, p) => read(tx, p, { size: 4, ...q }));
  let stretch = await at({});
  const there = stretch.rows.map((r) => r.id);
  expect(stretch.previous).toBeNull();
  while (stretch.next !== null) {
    stretch = await at({ after: stretch.next });
    there.push(...stretch.rows.map((r) => r.id));
  }
  const back = stretch.rows.map((r) => r.id);
  while (stretch.previous !== null) {
    stretch = await at({ before: stretch.previous });
    back.unshift(...stretch.rows.map((r) => r.id));
  }
  expect(back).toEqual(there);
  expect(new Set(there).size).toBe(there.length);
  expect(stretch.total).toBe(there.length);
  return there;
}

it("lines of a roster, by kind, state, item, flag and name", async () => {
  const lines = (q: object) => walk((tx, p, beside) => p.listLines(tx, rosterId, { ...q, ...beside }));
  const all = await lines({});
  expect(all).toHaveLength(11);
  expect(await toy.linesOf(rosterId)).toMatchObject(all.map((id, i) => ({ id, seq: i + 1 })));
  expect(await lines({ change: "new" })).toEqual(all);
  expect(await lines({ change: "stopped" })).toEqual([]);
  expect(await lines({ item: "soup" })).toHaveLength(9);
  expect(await lines({ item: "tea" })).toHaveLength(2);
  expect(await lines({ q: "户1" })).toHaveLength(3);
  expect(await lines({ q: "7" })).toEqual([all[6]]);

  for (const id of [all[1], all[4], all[5], all[8], all[9]])
    await toy.run(toy.staff.clerk, (tx, p) => p.hold(tx, rosterId, id ?? "", { reason: "核对户名" }));
  expect(await lines({ state: "held" })).toEqual([all[1], all[4], all[5], all[8], all[9]]);
  expect(await lines({ state: "ready" })).toHaveLength(6);
  await toy.run(toy.staff.clerk, (tx) =>
    tx.exec(
      `insert into roster_flag (county_code, roster_id, line_id, rule, severity, reason, raised_at)
       select app_county(), $1, id, 'jump', 'warn', '增减过大', now() from roster_line where roster_id = $1 and seq > 5`,
      [rosterId],
    ),
  );
  expect(await lines({ flag: "jump" })).toEqual(all.slice(5));
  // A township counts its own.
  const own = await walk((tx, p, beside) => p.listLines(tx, rosterId, beside), toy.staff.township);
  expect(own).toEqual(all);
});

it("recoveries: what waits first, the latest first", async () => {
  await toy.run(toy.staff.clerk, (tx) =>
    tx.exec(
      `insert into recovery (county_code, id, entitlement_id, item, division_code, payee_id, cause, reason, state, amount_fen,
         opened_at, decided_by, decided_by_name, decided_at)
       select app_county(), (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000001')::uuid, e.id, e.item, e.division_code,
         e.payee_id, 'death', '死亡迟报', case n % 2 when 0 then 'proposed' else 'dismissed' end, 100 * n,
         timestamptz '2024-10-01' + (n / 3) * interval '1 day',
         case n % 2 when 1 then $1::uuid end, case n % 2 when 1 then '甲' end, case n % 2 when 1 then now() end
       from (select *, row_number() over (order by id)::int as n from entitlement where county_code = '${COUNTY}') e`,
      [newId()],
    ),
  );
  const recoveries = (q: object) =>
    walk((tx, p, beside) => p.recoveries.list(tx, { ...q, ...beside }) as Promise<Listed>);
  const number = (id: string) => Number.parseInt(id.slice(0, 8), 16);
  expect((await recoveries({})).map(number)).toEqual([10, 8, 6, 4, 2, 11, 9, 7, 5, 3, 1]);
  expect((await recoveries({ state: "dismissed" })).map(number)).toEqual([11, 9, 7, 5, 3, 1]);
  const { total, leftFen } = await toy.run(toy.staff.clerk, (tx, p) => p.recoveries.list(tx, { q: "户1" }));
  expect(total).toBe(3);
  expect(leftFen).toBeGreaterThanOrEqual(0);
  expect((await toy.run(toy.staff.clerk, (tx, p) => p.recoveries.list(tx, {}))).leftFen).toBe(3_000);
});
