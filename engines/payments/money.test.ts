/**
 * Months at random: amounts that rise and fall, also for past months, deaths told late, rosters made, thrown away, signed,
 * answered by a bank that refuses some, everything once more. Whatever the order: nobody is paid a month twice, what is
 * lacking is paid once, what was too much is asked back once. The seed is printed.
 */
import { addMonths, newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { answerCsv } from "./index.ts";
import { type Citizen, COUNTY, openToyCounty } from "./toy-county.ts";

const SEED = Number(process.env.WUXIN_SEED ?? Date.now() % 1_000_000);
const MONTHS = ["2024-06", "2024-07", "2024-08", "2024-09", "2024-10", "2024-11"];

test("money at random keeps its promises", { timeout: 120_000 }, async () => {
  console.info(`money: seed ${SEED}`);
  let state = SEED;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const toy = await openToyCounty();
  try {
    const people: { citizen: Citizen; entitlementId: string; dead: boolean }[] = [];
    for (let n = 0; n < 6; n++) {
      const citizen = await toy.person(`居民${n}`);
      const entitlementId = await toy.award([citizen], {
        ...{ item: n % 2 ? "soup" : "tea", amountFen: 30_000 + n * 1_000, fromMonth: "2024-06" },
        decidedOn: "2024-05-20",
      });
      people.push({ citizen, entitlementId, dead: false });
    }
    const change = (today: string, who: (typeof people)[number], fromMonth: string) =>
      toy.data.db.transact(systemActor(COUNTY), async (tx) => {
        const { entitlements, payments } = toy.engines(today);
        const e = await tx.one<{ caseId: string; item: string }>(
          'select case_id as "caseId", item from entitlement where id = $1',
          [who.entitlementId],
        );
        const event = {
          ...{
            caseId: e.caseId,
            decisionId: newId(),
            item: e.item,
            kind: "adjust" as const,
            householdId: null,
          },
          ...{
            applicantId: who.citizen.id,
            payeeId: who.citizen.id,
            divisionCode: `${COUNTY}101`,
            fromMonth,
          },
          ...{ amountFen: 20_000 + next(30) * 1_000, persons: 1, covered: [who.citizen.id] },
          ...{ decidedOn: today, reason: "随机" },
        };
        await entitlements.onDecision(tx, event);
        await entitlements.onDecision(tx, event); // heard again
        await payments.recoveries.onDecision(tx, event);
      });
    const die = (today: string, who: (typeof people)[number], diedOn: string) =>
      toy.data.db.transact(systemActor(COUNTY), async (tx) => {
        const { entitlements, payments } = toy.engines(today);
        await tx.exec("update person set died_on = $2, death_source = '村报告' where id = $1", [
          who.citizen.id,
          diedOn,
        ]);
        for (let twice = 0; twice < 2; twice++) {
          await entitlements.onDeath(tx, { personId: who.citizen.id, diedOn });
          await payments.onDeath(tx, { personId: who.citizen.id });
          await payments.recoveries.onDeath(tx, { personId: who.citizen.id });
        }
        who.dead = true;
      });

    for (const [n, month] of MONTHS.entries()) {
      const today = `${month}-05`;
      for (let k = next(4); k > 0; k--) {
        const who = people[next(people.length)] as (typeof people)[number];
        if (who.dead) continue;
        if (next(6) === 0 && n > 1) await die(today, who, `${addMonths(month, -1 - next(2))}-15`);
        else await change(today, who, addMonths(month, 1 - next(Math.min(3, n + 1))));
      }
      let roster = await toy.generate(month, toy.staff.clerk, today);
      if (next(3) === 0) {
        await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, roster.id, { reason: "重做" }), today);
        roster = await toy.generate(month, toy.staff.clerk, today);
      }
      await toy.signAll(roster.id, undefined, today);
      const file = await toy.send(roster.id, "csv", today);
      const refused = next(5) === 0;
      const answers = answerCsv(file, (line) =>
        refused && line.payeeName === "居民1"
          ? { outcome: "failed", failCode: "E1", failReason: "账户冻结" }
          : { outcome: "paid", bankSerial: "B", paidOn: today },
      );
      for (let twice = 0; twice < 2; twice++)
        await toy.load(roster.id, answers, "回盘.csv", undefined, today);
      const moved = (id: string) =>
        toy.data.db.transact(systemActor(COUNTY), (tx) =>
          toy.engines(today).payments.recoveries.onRosterMoved(tx, { rosterId: id }),
        );
      await moved(roster.id);
      if (refused && (await toy.pageOf(roster.id)).failed > 0) {
        const again = await toy.run(
          toy.staff.clerk,
          (tx, p) => p.reissue(tx, roster.id, { id: newId() }),
          today,
        );
        await toy.signAll(again.id, undefined, today);
        const second = await toy.send(again.id, "csv", today);
        const paid = answerCsv(second, () => ({ outcome: "paid", bankSerial: "B", paidOn: today }));
        await toy.load(again.id, paid, "回盘.csv", undefined, today);
        await moved(again.id);
      }
    }

    // A last roster makes good what the last changes left.
    const last = "2024-12";
    await toy.generate(last, toy.staff.clerk, `${last}-05`);
    const wrong = await toy.data.owner(
      `with months as (select unnest($1::text[]) as month),
       owed as (
         select e.id, m.month, case when m.month < e.from_month or m.month > coalesce(e.end_month, '9999-12') then 0
           else coalesce((select a.amount_fen from entitlement_amount a where a.entitlement_id = e.id and a.from_month <= m.month
             order by a.from_month desc, a.seq desc limit 1), 0) end as fen
         from entitlement e cross join months m),
       made as (select entitlement_id as id, month, sum(amount_fen + deducted_fen) as fen, bool_or(state = 'held') as held
                from roster_line where live and reissue_of is null and change <> 'stopped' group by 1, 2),
       paid as (select entitlement_id as id, month, sum(amount_fen + deducted_fen) as fen
                from roster_line where live and state = 'paid' group by 1, 2),
       asked as (select entitlement_id as id, month, sum(amount_fen) as fen from recovery_month group by 1, 2)
       select o.id, o.month, o.fen as owed, made.fen as made, paid.fen as paid, asked.fen as asked
       from owed o left join made using (id, month) left join paid using (id, month) left join asked using (id, month)
       where not coalesce(made.held, false) and (
         coalesce(made.fen, 0) < o.fen
         or coalesce(made.fen, 0) > greatest(o.fen, coalesce(paid.fen, 0))
         or coalesce(asked.fen, 0) < coalesce(paid.fen, 0) - o.fen)`,
      [MONTHS],
    );
    expect(wrong, `seed ${SEED}`).toEqual([]);
    const heads = await toy.data.owner(
      `select r.number from roster r
       left join lateral (
         select coalesce(sum(l.amount_fen), 0) as total, coalesce(sum(l.amount_fen) filter (where l.state = 'paid'), 0) as paid
         from roster_line l where l.roster_id = r.id and l.change <> 'stopped') s on true
       where r.state <> 'discarded' and (r.total_fen <> s.total or r.paid_fen <> s.paid)`,
    );
    expect(heads, `seed ${SEED}`).toEqual([]);
    const twice = await toy.data.owner(
      `select origin_line_id from payment_event where kind = 'paid' group by 1 having count(*) > 1`,
    );
    expect(twice, `seed ${SEED}`).toEqual([]);
  } finally {
    await toy.close();
  }
});
