/** What this engine needs from others, no more, and who may do what with a table. */
import type { Catalogue } from "@wuxin/declare";
import type { Indicators } from "@wuxin/engines/indicators";
import type { RegistersDeps } from "@wuxin/engines/registers";
import { type Clock, DomainError, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ReturnHead } from "./store.ts";

export interface StatisticsDeps {
  readonly clock: Clock;
  readonly catalogue: Pick<Catalogue, "tables">;
  readonly indicators: Pick<Indicators, "span">;
  readonly divisions: RegistersDeps["divisions"];
  /** From how many per cent against a year before a cell has to be explained (county switch). */
  readonly jumpPercent: (countyCode: string, on: IsoDate) => number;
  readonly audit: {
    record(
      tx: Tx,
      entry: { action: string; object: string; objectId?: string; detail?: string },
    ): Promise<unknown>;
  };
}

/** What the actions of this engine are called on the audit page. */
export const statisticsActions: Readonly<Record<string, string>> = {
  "statistics.open": "填报统计报表",
  "statistics.correct": "更正统计报表的数",
  "statistics.code": "填写统计报表的代码",
  "statistics.explain": "说明统计报表的变动",
  "statistics.fill": "填报人签字",
  "statistics.giveBack": "退回统计报表",
  "statistics.seal": "负责人签字并封存",
  "statistics.export": "导出统计报表",
};

export function placeName(deps: StatisticsDeps, tx: Tx, division: string): string {
  const place = deps.divisions(tx.actor.countyCode).find((d) => d.code === division);
  if (!place || place.level === "village")
    throw new DomainError("invalid-input", "统计报表按县和乡镇（街道）填报，请从列表里选择。", {
      field: "division",
    });
  return place.name;
}

/** Codes hold for all tables of the county. */
export const entersCodes = ({ actor }: Tx): boolean =>
  actor.accountId !== null && actor.scope === actor.countyCode && ["county", "leader"].includes(actor.role);

export interface Signing {
  readonly fills: boolean;
  readonly seals: boolean;
  /** The caller gave the first signature. */
  readonly sameHand: boolean;
}
/** The county's office fills the county's table, a township its own; a leader signs for the county. */
export function signing(tx: Tx, r: Pick<ReturnHead, "division" | "filledBy">): Signing {
  const { role, scope, accountId } = tx.actor;
  const own = accountId !== null && scope === r.division;
  const county = r.division === tx.actor.countyCode;
  const fills = own && (county ? ["county", "leader"].includes(role) : role === "township");
  const seals = accountId !== null && (county ? own && role === "leader" : fills || role === "leader");
  return { fills, seals: seals && r.filledBy !== accountId, sameHand: r.filledBy === accountId };
}
