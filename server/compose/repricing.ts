/** What entitlements ask of standards and cases when a standard or a rule has changed. */
import type { Repricing } from "@wuxin/engines/entitlements";
import type { House } from "../compose.ts";

type Deps = Pick<House, "catalogue" | "counties" | "standards"> & {
  /** Made after the entitlements. */
  readonly cases: () => House["cases"];
};

export function createRepricing({ catalogue, counties, standards, cases }: Deps): Repricing {
  return {
    async cause(tx, id) {
      const s = await standards.approved(tx, id);
      if (s) {
        const items = standards
          .readers(tx.actor.countyCode, s.parameter)
          .filter((code) => catalogue.paid.has(code));
        return { ...s, kind: "standard", name: s.parameter, items };
      }
      const r = await standards.rewriting.approved(tx, id);
      return r && { ...r, kind: "rule", name: r.item, label: `${r.title}的认定规则`, items: [r.item] };
    },
    rules(code, itemCode, month, version) {
      const item = catalogue.items.get(itemCode);
      const amount = item?.outcome.amount;
      // What gives no money has nothing to be priced again.
      if (!item || amount === undefined) return undefined;
      const outcome = { eligible: item.outcome.eligible, amount };
      const sources = [counties.standards(code), ...(version ? standards.sources.earlier(code) : [])];
      for (const source of sources) {
        const set = item.ruleSet({ code, standards: source, month });
        if (version === undefined || set.version === version) return { set, outcome };
      }
      return undefined;
    },
    inputs: (tx, ids) => cases().inputsOf(tx, ids),
    entering: (tx, id, month) => standards.entering(tx, id, month),
    explain: async (tx, { item, inputs, sourceId, month, version }) =>
      inputs
        ? cases().explainInputs(tx, { item, inputs, month, version })
        : cases().explainAgain(tx, { decisionId: sourceId, month, version }),
  };
}
