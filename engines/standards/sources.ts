/**
 * The rule texts in force for each county: its standards, and the items' rules that it has rewritten. Asked by every
 * reading of rules, so they are kept in memory and never ask the database by themselves; `refresh` reads what was
 * approved, in this process or another.
 */
import type { Rewritten, RuleTexts } from "@wuxin/declare";
import type { Tx } from "@wuxin/platform";
import type { Source } from "@wuxin/policy";
import { overlay } from "./overlay.ts";
import type { StandardsDeps } from "./ports.ts";
import { rewritten } from "./rule-model.ts";
import * as ruleStore from "./rule-store.ts";
import * as store from "./store.ts";

interface Kept {
  readonly mark: string;
  readonly now: RuleTexts;
  /** Newest first; put together when asked. */
  earlier(): readonly RuleTexts[];
}

export interface Sources {
  /** The county's file until the first `refresh`. */
  of(countyCode: string): RuleTexts;
  /** As the texts stood before each approval, newest first: for replaying old decisions. */
  earlier(countyCode: string): readonly RuleTexts[];
  /** Reads what is approved in the actor's county; true when it has changed. */
  refresh(tx: Tx): Promise<boolean>;
}

type Approved = { readonly approvedAt: string | null; readonly endedAt: string | null };
type ApprovedRule = ruleStore.RuleRecord & { readonly files: Rewritten };

export function createSources(deps: Pick<StandardsDeps, "catalogue" | "file">): Sources {
  const kept = new Map<string, Kept>();

  function build(
    county: string,
    records: readonly store.StandardRecord[],
    rules: readonly ApprovedRule[],
    mark: string,
  ): Kept {
    const base = deps.file(county);
    const put = (standing: (r: Approved) => boolean): RuleTexts => {
      const own = new Map<string, Rewritten[]>();
      for (const r of rules.filter(standing)) own.set(r.item, [...(own.get(r.item) ?? []), r.files]);
      for (const list of own.values()) list.sort((a, b) => (a.from < b.from ? -1 : 1));
      const standards = overlay(base, nationalSources(deps.catalogue, own), records.filter(standing));
      return own.size > 0 ? { ...standards, rewritten: own } : standards;
    };
    let before: readonly RuleTexts[] | undefined;
    return {
      mark,
      now: put((r) => r.endedAt === null),
      earlier() {
        const moments = [...records, ...rules].flatMap((r) => [r.approvedAt, r.endedAt]);
        before ??= [...new Set(moments.filter((m) => m !== null))]
          .sort()
          .reverse()
          .map((moment) =>
            put(
              (r) =>
                r.approvedAt !== null && r.approvedAt < moment && (r.endedAt === null || r.endedAt >= moment),
            ),
          );
        return before;
      },
    };
  }

  return {
    of: (county) => kept.get(county)?.now ?? deps.file(county),
    earlier: (county) => kept.get(county)?.earlier() ?? [],
    async refresh(tx) {
      const county = tx.actor.countyCode;
      const records = await store.everApproved(tx);
      const rules = await ruleStore.everApproved(tx);
      const mark = [...records, ...rules].map((r) => `${r.id} ${r.endedAt ?? ""}`).join("\n");
      if ((kept.get(county)?.mark ?? "") === mark) return false;
      const texts = new Map(
        (
          await ruleStore.lastTexts(
            tx,
            rules.map((r) => r.id),
          )
        ).map((t) => [t.ruleId, t]),
      );
      const withFiles = rules.flatMap((r): ApprovedRule[] => {
        const text = texts.get(r.id);
        return text ? [{ ...r, files: rewritten(text, r.fromMonth) }] : [];
      });
      kept.set(county, build(county, records, withFiles, mark));
      return true;
    },
  };
}

/** Every national file, items first: a standard that the county does not name keeps its national values. */
export const nationalSources = (
  catalogue: StandardsDeps["catalogue"],
  own: RuleTexts["rewritten"],
): Source[] =>
  [...catalogue.items.values(), ...catalogue.registers.values()].flatMap((x) => {
    const parameters = own?.get(x.code)?.at(-1)?.parameters ?? x.folder.parameters;
    return parameters ? [parameters] : [];
  });
