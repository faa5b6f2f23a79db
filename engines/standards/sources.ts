/**
 * The standards in force for each county, as a rule source. Asked by every reading of rules, so it is kept in memory and
 * never asks the database by itself; `refresh` reads what was approved, in this process or another.
 */
import type { Tx } from "@wuxin/platform";
import type { Source } from "@wuxin/policy";
import { overlay } from "./overlay.ts";
import type { StandardsDeps } from "./ports.ts";
import * as store from "./store.ts";

interface Kept {
  readonly mark: string;
  readonly now: Source;
  /** Newest first; put together when asked. */
  earlier(): readonly Source[];
}

export interface Sources {
  /** The county's file until the first `refresh`. */
  of(countyCode: string): Source;
  /** As the source stood before each approval, newest first: for replaying old decisions. */
  earlier(countyCode: string): readonly Source[];
  /** Reads what is approved in the actor's county; true when it has changed. */
  refresh(tx: Tx): Promise<boolean>;
}

export function createSources(deps: Pick<StandardsDeps, "catalogue" | "file">): Sources {
  const kept = new Map<string, Kept>();
  const national = nationalSources(deps.catalogue);

  function build(county: string, records: readonly store.StandardRecord[], mark: string): Kept {
    const base = deps.file(county);
    const at = (moment: string): Source =>
      overlay(
        base,
        national,
        records.filter(
          (r) =>
            r.approvedAt !== null && r.approvedAt < moment && (r.endedAt === null || r.endedAt >= moment),
        ),
      );
    let before: readonly Source[] | undefined;
    return {
      mark,
      now: overlay(
        base,
        national,
        records.filter((r) => r.endedAt === null),
      ),
      earlier() {
        before ??= [...new Set(records.flatMap((r) => (r.approvedAt ? [r.approvedAt] : [])))]
          .sort()
          .reverse()
          .map(at);
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
      const mark = records.map((r) => `${r.id} ${r.endedAt ?? ""}`).join("\n");
      if ((kept.get(county)?.mark ?? "") === mark) return false;
      kept.set(county, build(county, records, mark));
      return true;
    },
  };
}

/** Every national file, items first: a standard that the county does not name keeps its national values. */
export const nationalSources = (catalogue: StandardsDeps["catalogue"]): Source[] =>
  [...catalogue.items.values(), ...catalogue.registers.values()].flatMap((x) =>
    x.folder.parameters ? [x.folder.parameters] : [],
  );
