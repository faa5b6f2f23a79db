/** The leader's page: five systems, what is late and where, plan lights, money. Figures only; no person is named. */
import { SYSTEMS } from "@wuxin/declare";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import { decisionsOf, type Waiting } from "../decisions.ts";
import type { SomeHandlers } from "../http.ts";

const ORDER = ["red", "yellow", "unknown", "green", "done"] as const;

export function leaderHandlers(house: House): SomeHandlers<"leaderPage"> {
  const { clock, catalogue, counties, indicators, plans, funds, cases, clues, duties } = house;
  const { payments, standards, entitlements, matters } = house;

  async function late(tx: Tx) {
    const [ofCases, ofClues, ofVisits, ofMatters] = [
      await cases.lateByTownship(tx),
      await clues.lateByTownship(tx),
      await duties.lateByTownship(tx),
      await matters.lateByTownship(tx),
    ];
    const sum = (rows: readonly { divisionCode: string; late: number }[], code = "") =>
      rows.filter((r) => r.divisionCode.startsWith(code)).reduce((n, r) => n + r.late, 0);
    const of = (code?: string) => ({
      ...{ cases: sum(ofCases, code), clues: sum(ofClues, code), visits: sum(ofVisits, code) },
      matters: sum(ofMatters, code),
    });
    const bySystem = (system: string) =>
      sum(ofCases.filter((r) => catalogue.items.get(r.item)?.system === system)) +
      sum(ofVisits.filter((r) => catalogue.duties.get(r.duty)?.system === system));
    const places = counties
      .get(tx.actor.countyCode)
      .divisions.filter((d) => d.level === "township")
      .map((d) => ({ code: d.code, name: d.name, ...of(d.code) }));
    return { bySystem, late: { total: of(), places } };
  }

  async function waiting(tx: Tx): Promise<Waiting[]> {
    return [
      ...(await payments.toSign(tx)).map((r) => ({
        title: `${r.title}（${r.stepLabel}）`,
        link: `/rosters/${r.id}`,
      })),
      ...(await standards.toApprove(tx)).map((s) => ({
        title: `新标准「${s.label}」`,
        link: `/standards/${encodeURIComponent(s.name)}/new?version=${s.id}`,
      })),
      ...(await standards.rewriting.toApprove(tx)).map((r) => ({
        ...{ title: `新规则「${r.label}」`, link: `/rules/versions/${r.id}` },
      })),
      ...((await entitlements.repricing?.toRelease(tx)) ?? []).map((r) => ({
        ...{ title: `提标「${r.label}」`, link: `/raises/${r.id}` },
      })),
      ...(await plans.toDecide(tx)).map((p) => ({ title: `撤销计划「${p.title}」`, link: `/plans/${p.id}` })),
      ...((await entitlements.linkage?.toConfirm(tx)) ?? []).map((r) => ({
        ...{ title: `${r.title}（${r.month}）`, link: `/linkages/${r.id}` },
      })),
    ];
  }

  return {
    leaderPage: (_input, { caller }) =>
      house.read(caller, async (tx) => {
        const board = await indicators.board(tx);
        const where = await late(tx);
        const { plans: own, rows } = await plans.current(tx);
        const lights = { done: 0, green: 0, yellow: 0, red: 0, unknown: 0 };
        for (const t of rows) lights[t.light]++;
        const facts = {
          lastMonth: board.lastMonth,
          systems: SYSTEMS.map((system) => ({
            system,
            figures: board.figures.filter((f) => f.system === system),
            jumps: board.jumps.filter((j) => j.system === system),
            late: where.bySystem(system),
          })),
          late: where.late,
          plans: {
            titles: own.map(({ id, title }) => ({ id, title })),
            lights,
            behind: rows
              .filter((t) => t.light === "red" || t.light === "yellow" || t.urgedLate)
              .sort((a, b) => ORDER.indexOf(a.light) - ORDER.indexOf(b.light) || (a.due < b.due ? -1 : 1))
              .map((t) => ({ ...t, owner: t.owner ?? t.indicator?.owner ?? null })),
            urged: rows.filter((t) => t.urgedUntil !== null).length,
          },
          raised: await matters.raised(tx),
          money: await funds.outlook(tx),
        };
        return {
          ...{
            today: clock.today(),
            at: clock.now().toISOString(),
            month: board.month,
            frozen: board.frozen,
          },
          ...facts,
          decisions: decisionsOf({ ...facts, waiting: await waiting(tx) }),
        };
      }),
  };
}
