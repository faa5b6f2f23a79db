/** 死亡登记共享. */
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "listDeathLists"
  | "getDeathList"
  | "draftDeathList"
  | "confirmDeathList"
  | "dropDeathList"
  | "handleDifference";

export function deathListHandlers(house: House): SomeHandlers<Ids> {
  const { deathLists } = house;
  const page = (caller: Caller, id: string) => house.read(caller, (tx) => deathLists.page(tx, id));
  const all = (caller: Caller) => house.read(caller, (tx) => deathLists.overview(tx));
  return {
    listDeathLists: (_input, { caller }) => all(caller),
    getDeathList: ({ params }, { caller }) => page(caller, params.id),
    async draftDeathList({ body }, { caller }) {
      await house.as(caller, (tx) => deathLists.draft(tx, body));
      return page(caller, body.id);
    },
    async confirmDeathList({ params }, { caller }) {
      await house.as(caller, (tx) => deathLists.confirm(tx, params.id));
      return page(caller, params.id);
    },
    async dropDeathList({ params }, { caller }) {
      await house.as(caller, (tx) => deathLists.drop(tx, params.id));
      return all(caller);
    },
    async handleDifference({ params, body }, { caller }) {
      await house.as(caller, (tx) => deathLists.handle(tx, params.id, body.line, body.note));
      return page(caller, params.id);
    },
  };
}
