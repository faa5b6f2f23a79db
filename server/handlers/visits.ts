/** Duties and visits, on the console and on the phones that carry lists. */
import { addDays, monthOf } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "visitBoard"
  | "getVisit"
  | "resolveCard"
  | "getCard"
  | "changeCard"
  | "listFieldDevices"
  | "fieldStanding"
  | "revokeFieldDevice"
  | "fieldKey"
  | "fieldList"
  | "fieldVisit";

export function visitHandlers(house: House): SomeHandlers<Ids> {
  const { duties, clues, registry, counties, clock } = house;
  return {
    visitBoard: ({ query }, { caller }) =>
      house.read(caller, async (tx) => {
        const month = query.month ?? monthOf(clock.today());
        const { page, size, division, late } = query;
        const { rows, total } = await duties.board(tx, {
          ...{ division, skip: (page - 1) * size, limit: size },
          dueBy: late ? addDays(clock.today(), -1) : undefined,
        });
        return {
          ...{ stops: rows, total },
          recent: await duties.recent(tx, query),
          conflicts: await duties.conflicts(tx),
          progress: await duties.progress(tx, month),
          month,
        };
      }),
    getVisit: ({ params }, { caller }) => house.as(caller, (tx) => duties.page(tx, params.id)),
    async resolveCard({ params, body }, { caller }) {
      await house.as(caller, (tx) => duties.resolve(tx, params.id, body.keep));
      return { ok: true };
    },
    getCard: ({ params }, { caller }) => house.read(caller, (tx) => duties.card(tx, params.subject)),
    changeCard: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        const household = (await registry.households(tx, [params.subject])).get(params.subject);
        const divisionCode =
          household?.divisionCode ?? (await registry.getPerson(tx, params.subject)).divisionCode;
        await duties.changeCard(tx, { subjectId: params.subject, divisionCode }, body.changes);
        return duties.card(tx, params.subject);
      }),
    listFieldDevices: (_input, { caller }) => house.read(caller, (tx) => duties.devices(tx)),
    fieldStanding({ params, query }) {
      const { code } = counties.get(query.county);
      return house.read({ actor: systemActor(code) }, (tx) => duties.deviceStanding(tx, params.id));
    },
    async revokeFieldDevice({ params, body }, { caller }) {
      await house.as(caller, (tx) => duties.revokeDevice(tx, params.id, body.reason));
      return { ok: true };
    },
    fieldKey: ({ body }, { caller }) => house.as(caller, (tx) => duties.deviceKey(tx, body)),
    fieldList: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const { scope, role } = caller.actor;
        const grid = role === "grid";
        return {
          applies: !grid,
          ...(await duties.list(tx, query.device, query)),
          reported: (await clues.reported(tx)).map(({ id, title, stateLabel, outcomeLabel }) => ({
            ...{ id, title },
            stateLabel: outcomeLabel ?? stateLabel,
          })),
          conflicts: grid ? [] : await duties.conflicts(tx),
          divisions: counties
            .get(caller.actor.countyCode)
            .divisions.filter((d) => d.code.startsWith(scope) && d.level !== "county")
            .map((d) => ({ code: d.code, name: d.name })),
        };
      }),
    fieldVisit: ({ body }, { caller }) => house.as(caller, (tx) => duties.record(tx, body)),
  };
}
