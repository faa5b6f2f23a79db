/** Matters on supervision. What came from a register is looked up there first, so that it is seen by whoever opens it. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids = "listMatters" | "getMatter" | "openMatter" | "actOnMatter" | "mattersOfEntry";

export function matterHandlers(house: House): SomeHandlers<Ids> {
  const { matters, registers } = house;
  return {
    listMatters: ({ query }, { caller }) =>
      house.read(caller, async (tx) => ({
        rows: await matters.list(tx, query.show ?? "open"),
        targets: query.show === "closed" ? [] : await matters.urgedTargets(tx),
        raiseAfterDays: matters.raiseAfterDays(tx),
      })),
    getMatter: ({ params }, { caller }) => house.read(caller, (tx) => matters.page(tx, params.id)),
    openMatter: ({ body }, { caller }) =>
      house.as(caller, async (tx) => {
        if (body.register && body.entryId) await registers.getEntry(tx, body.register, body.entryId);
        return matters.open(tx, body);
      }),
    actOnMatter: ({ params, body }, { caller }) => house.as(caller, (tx) => matters.act(tx, params.id, body)),
    mattersOfEntry: ({ params }, { caller }) =>
      house.read(caller, async (tx) => ({ rows: await matters.ofEntry(tx, params.id) })),
  };
}
