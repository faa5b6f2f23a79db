/** What this engine needs from others, no more; the composition root gives it. */
import type { SummaryPart } from "@wuxin/declare";
import type { Documents } from "@wuxin/engines/documents";
import type { Inspection, Site } from "@wuxin/engines/registers";
import type { Clock, IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Thresholds } from "./light.ts";
import type { OpenMatter } from "./matters/service.ts";
import type { Read } from "./summary/model.ts";

/** An indicator of the catalogue. */
export interface KnownIndicator {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** The office that answers for it. */
  readonly owner: string;
  readonly kind: "stock" | "flow";
  /** A share: then the last value counts, not a sum. */
  readonly share: boolean;
}
/** Its figures over the months that end with one. */
export interface CountedIndicator {
  readonly code: string;
  readonly months: readonly { readonly month: Month; readonly value: number | null }[];
}

export interface PlansDeps {
  readonly clock: Clock;
  readonly indicators: readonly KnownIndicator[];
  /** The twelve months up to `month` of these. */
  readonly counted: (tx: Tx, codes: readonly string[], month: Month) => Promise<readonly CountedIndicator[]>;
  /** What the county's registers say was inspected on these days, oldest first. */
  readonly inspections: (tx: Tx, since: IsoDate, until: IsoDate) => Promise<readonly Inspection[]>;
  /** Places that a campaign may check. */
  readonly sites: (tx: Tx) => Promise<readonly Site[]>;
  /** What was found wrong becomes a matter on supervision, once. */
  readonly putRight: (tx: Tx, asked: PutRight) => Promise<unknown>;
  /** Which of these matters are closed, and when, wherever in the county. */
  readonly attachFiles: Documents["attachFiles"];
  readonly settled: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, IsoDate>>;
  /** What open matters wait for: a second look at what a place put right, or the check of a report. */
  readonly waitsFor: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, "复查" | "核查">>;
  readonly thresholds: (countyCode: string) => Thresholds;
  readonly divisionName: (countyCode: string, division: string) => string;
  readonly audit: {
    record(
      tx: Tx,
      entry: {
        readonly action: string;
        readonly object: string;
        readonly objectId?: string;
        readonly detail?: string;
      },
    ): Promise<unknown>;
  };
}

/** Of an entry of a register, found wrong in a campaign. */
export type PutRight = Omit<OpenMatter, "source"> & {
  readonly register: string;
  readonly entryId: string;
  readonly lineId: string;
};

/** What matters on supervision need beside. */
export interface MattersDeps extends Pick<PlansDeps, "clock" | "audit" | "divisionName" | "attachFiles"> {
  /** So many days past its day a matter goes up a level. */
  readonly raiseAfterDays: (countyCode: string, on: IsoDate) => number;
}

/** What a summary is made of, beside the plans. */
export interface SummariesDeps extends PlansDeps {
  readonly parts: readonly SummaryPart[];
  /** Months together, each frozen or counted now, as the indicators engine tells them. */
  readonly span: (
    tx: Tx,
    codes: readonly string[],
    since: Month,
    until: Month,
    division: string,
  ) => Promise<readonly SpanRead[]>;
  /** Who signs the document: the bureau by its name. */
  readonly bureau: (countyCode: string) => string;
}
export interface SpanRead extends Read {
  readonly code: string;
}

export const plansActions: Readonly<Record<string, string>> = {
  "assessment.begin": "开始规划评估",
  "assessment.read": "评估重新取数",
  "assessment.word": "说明滞后原因和措施",
  "assessment.adjust": "提出调整目标",
  "assessment.decide": "决定调整目标",
  "assessment.draft": "起草评估报告",
  "summary.begin": "起草总结",
  "summary.save": "修改总结",
  "summary.reason": "说明总结里的数",
  "summary.sign": "签发总结",
  "summary.export": "导出总结",
  "matter.open": "督办立项",
  "matter.act": "办理督办事项",
  "plan.read": "读入计划",
  "plan.event": "办理计划目标",
  "plan.evidence": "填报佐证",
  "plan.confirm": "确认佐证",
  "plan.take-back": "提出撤回佐证",
  "plan.taken-back": "决定撤回佐证",
  "plan.revoke": "提出撤销计划",
  "plan.revoked": "决定撤销计划",
};
