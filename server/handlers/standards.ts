/** Dated standards and the rules that read them. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listStandards"
  | "listGrowth"
  | "refuseGrowth"
  | "getStandard"
  | "previewStandard"
  | "proposeStandard"
  | "submitStandard"
  | "approveStandard"
  | "withdrawStandard"
  | "explainStandardChange"
  | "listRuleSets"
  | "getRuleSet"
  | "beginRules"
  | "checkRules"
  | "getRuleVersion"
  | "saveRules"
  | "tryRules"
  | "explainRuleChange"
  | "submitRules"
  | "returnRules"
  | "approveRules"
  | "withdrawRules";

export function standardHandlers(house: House): SomeHandlers<Ids> {
  const { standards } = house;
  const { rewriting } = standards;
  /** After a step that changes what is in force: here it holds before the reply. */
  const moved = async (caller: Parameters<House["as"]>[0], id: string) =>
    house.read(caller, async (tx) => {
      await standards.sources.refresh(tx);
      return rewriting.page(tx, id);
    });
  return {
    listGrowth: (_input, { caller }) => house.read(caller, (tx) => standards.growth(tx)),
    refuseGrowth: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await standards.refuseGrowth(tx, params.name, body);
        return standards.growth(tx);
      }),
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
    explainStandardChange: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => standards.explain(tx, params.name, body)),
    getRuleSet: ({ params }, { caller }) =>
      house.read(caller, async (tx) => ({
        ...standards.rules.get(caller.actor.countyCode, params.item),
        history: await rewriting.history(tx, params.item),
      })),
    beginRules: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => rewriting.begin(tx, params.item, body)),
    checkRules: async ({ params, body }, { caller }) =>
      rewriting.check(caller.actor.countyCode, params.item, body),
    getRuleVersion: ({ params }, { caller }) => house.read(caller, (tx) => rewriting.page(tx, params.id)),
    saveRules: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => rewriting.save(tx, params.id, body)),
    async tryRules({ params }, { caller }) {
      const prepared = await house.as(caller, (tx) => rewriting.prepareTrial(tx, params.id));
      return (await prepared.run()).view;
    },
    explainRuleChange: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => rewriting.explain(tx, params.id, body)),
    async submitRules({ params }, { caller }) {
      // Tried anew: what is submitted is what was found, not what a page says was found.
      const prepared = await house.as(caller, (tx) => rewriting.prepareTrial(tx, params.id));
      const { tried } = await prepared.run();
      return house.as(caller, (tx) => rewriting.submit(tx, params.id, tried));
    },
    returnRules: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => rewriting.giveBack(tx, params.id, body.reason)),
    async approveRules({ params, body }, { caller }) {
      await house.as(caller, (tx) => rewriting.approve(tx, params.id, body.reason || null));
      return moved(caller, params.id);
    },
    async withdrawRules({ params, body }, { caller }) {
      await house.as(caller, (tx) => rewriting.withdraw(tx, params.id, body.reason));
      return moved(caller, params.id);
    },
  };
}
