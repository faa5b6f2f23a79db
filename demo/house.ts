/** What the demo needs of the composed house, no more: the server's House fits it. */
import type { Access } from "@wuxin/engines/access";
import type { Cases } from "@wuxin/engines/cases";
import type { Clues } from "@wuxin/engines/clues";
import type { Documents } from "@wuxin/engines/documents";
import type { Duties } from "@wuxin/engines/duties";
import type { Entitlements } from "@wuxin/engines/entitlements";
import type { Funds, SpotChecks } from "@wuxin/engines/funds";
import type { Indicators } from "@wuxin/engines/indicators";
import type { Matching } from "@wuxin/engines/matching";
import type { DeathLists } from "@wuxin/engines/parties";
import type { Payments } from "@wuxin/engines/payments";
import type { Assessments, Matters, Plans } from "@wuxin/engines/plans";
import type { Registers } from "@wuxin/engines/registers";
import type { Registry } from "@wuxin/engines/registry";
import type { Standards } from "@wuxin/engines/standards";
import type { Clock } from "@wuxin/kernel";
import type { Database, Dispatcher, JobHandler } from "@wuxin/platform";
import type { DemoCounty } from "./accounts.ts";

export interface DemoHouse {
  readonly db: Database;
  readonly clock: Clock;
  readonly counties: { list(): readonly DemoCounty[] };
  readonly access: Pick<Access, "install" | "registerResident">;
  readonly registry: Pick<Registry, "ensurePerson" | "currentHouseholds">;
  readonly documents: Pick<Documents, "saveFile">;
  readonly cases: Pick<Cases, "submit" | "step" | "object">;
  readonly entitlements: Pick<Entitlements, "recordReview" | "list" | "change" | "repricing" | "linkage">;
  readonly payments: Pick<
    Payments,
    | ("generate" | "page" | "sign" | "exportBankFile" | "downloadBankFile" | "loadReturn")
    | ("publish" | "recoveries")
  >;
  readonly funds: Pick<
    Funds,
    "allocate" | "allot" | "page" | "askOutlay" | "decideOutlay" | "publicity" | "requestOverride"
  >;
  readonly spotChecks: Pick<SpotChecks, "draw" | "act" | "page">;
  readonly standards: Pick<Standards, "propose" | "submit" | "approve" | "sources">;
  /** What works in the background. */
  readonly jobs: Readonly<Record<string, JobHandler>>;
  readonly matters: Pick<Matters, "open" | "act">;
  readonly plans: Pick<
    Plans,
    "read" | "act" | "launch" | "giveEvidence" | "confirmEvidence" | "targetsWithProgress"
  >;
  readonly assessments: Pick<Assessments, "begin" | "say" | "propose" | "decide">;
  readonly indicators: Pick<Indicators, "freeze">;
  readonly registers: Pick<Registers, "saveEntry" | "addRow" | "addCheck">;
  readonly matching: Pick<
    Matching,
    "save" | "receive" | "finish" | "close" | "alerts" | "judge" | "checks" | "supporters" | "packages"
  >;
  readonly clues: Pick<
    Clues,
    "report" | "act" | "list" | "page" | "sweep" | "takeIn" | "rectifications" | "giveOut" | "measures"
  >;
  readonly deathLists: Pick<DeathLists, "draft" | "confirm">;
  readonly duties: Pick<Duties, "generate" | "list" | "record">;
  readonly dispatcher: Dispatcher;
}
/** The same house at another time. */
export type MakeHouse = (clock: Clock) => Promise<DemoHouse>;
