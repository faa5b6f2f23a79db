/** Dated standards and the rules that read them. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listStandards"
  | "getStandard"
  | "previewStandard"
  | "proposeStandard"
  | "submitStandard"
  | "approveStandard"
  | "withdrawStandard"
  | "listRuleSets"
  | "getRuleSet";

export function standardHandlers(house: House): SomeHandlers<Ids> {
  const { standards } = house;
  return {
    listStandards: (_input, { caller }) => house.read(caller, (tx) => standards.list(tx)),
    getStandard: ({ params }, { caller }) => house.read(caller, (tx) => standards.page(tx, params.name)),
    async previewStandard({ params, body }, { caller }) {
      // The rules run after the transaction: no connection waits for them.
      const prepared = await house.as(caller, (tx) => standards.preparePreview(tx, params.name, body));
      return prepared.run();
    },
    proposeStandard: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => standards.propose(tx, params.name, body)),
    submitStandard: ({ params }, { caller }) => house.as(caller, (tx) => standards.submit(tx, params.id)),
    async approveStandard({ params, body }, { caller }) {
      const name = await house.as(caller, (tx) => standards.approve(tx, params.id, body.reason || null));
      return house.read(caller, async (tx) => {
        // Another process may have heard of it first; here it holds before the reply.
        await standards.sources.refresh(tx);
        return standards.page(tx, name);
      });
    },
    withdrawStandard: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => standards.withdraw(tx, params.id, body.reason)),
    listRuleSets: async (_input, { caller }) => standards.rules.list(caller.actor.countyCode),
    getRuleSet: async ({ params }, { caller }) => standards.rules.get(caller.actor.countyCode, params.item),
  };
}
