/** One standard as its page shows it: time line, what a new version must give, history, which formulas read it. */
import type { Actor } from "@wuxin/platform";
import type { RuleSet } from "@wuxin/policy";
import { keysOf, unitsOf } from "./entering.ts";
import type { RuledItem } from "./ports.ts";
import type { Shelved } from "./shelf.ts";
import type { StandardRecord, StepRecord } from "./store.ts";
import { proposalView, ROUNDINGS, rowView, type VersionView } from "./views.ts";

interface Known {
  readonly versions: readonly VersionView[];
  /** Of this standard, oldest first. */
  readonly records: readonly StandardRecord[];
  readonly steps: readonly StepRecord[];
  /** The items whose rules read it. */
  readonly sets: readonly { readonly item: RuledItem; readonly set: RuleSet }[];
  readonly actor: Actor;
}

export function standardPage(s: Shelved, k: Known) {
  const { parameter: p } = s;
  const pending = k.records.filter((r) => r.state === "draft" || r.state === "submitted").length;
  return {
    ...rowView(s, k.versions, pending),
    reference: p.reference ?? null,
    lastReview: p.lastReview ?? null,
    versions: k.versions,
    shape: {
      keys: keysOf(p).map((key) => ({ key, label: key.join(" · ") })),
      units: unitsOf(p),
      choices: p.type === "text" ? [...(p.choices ?? [])] : null,
      multiple: s.derivation,
      roundings: s.derivation ? ROUNDINGS : [],
    },
    history: k.records.toReversed().map((r) => proposalView(r, k.steps, p, k.actor)),
    usedBy: k.sets.flatMap(({ item, set }) =>
      [...set.variables.values()].flatMap((v) => {
        const last = v.versions.at(-1);
        if (!last?.uses.some((u) => u.split(".")[0] === p.name)) return [];
        return [
          {
            item: item.code,
            itemTitle: item.title,
            variable: v.name,
            formula: last.text,
            article: v.reference ?? null,
          },
        ];
      }),
    ),
    canPropose: k.actor.role === "county",
  };
}
