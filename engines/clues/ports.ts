/** What this engine needs from others, no more; the composition root gives it. */
import type { Field } from "@wuxin/declare";
import type { Clock, IsoDate, Month } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import type { Calendar } from "../calendar/index.ts";
import type { Cases } from "../cases/index.ts";
import type { Documents } from "../documents/index.ts";
import type { Entitlements } from "../entitlements/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Asking } from "./measure-model.ts";
import type { Judgement, Monitoring, Proposal } from "./model.ts";

export interface CluesDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, "seal" | "open" | "digest">;
  readonly audit: Pick<Audit, "record" | "describe">;
  readonly calendar: Pick<Calendar, "working">;
  readonly documents: Pick<Documents, "nextNumber" | "saveFile" | "attachFiles">;
  readonly registry: Pick<
    Registry,
    "getPerson" | "persons" | "households" | "getHousehold" | "disclose" | "findPersonByIdNo" | "recordDeath"
  >;
  readonly cases: Pick<Cases, "submit">;
  readonly entitlements: Pick<
    Entitlements,
    "recordReview" | "forPerson" | "forHousehold" | "page" | "leaving"
  >;
  /** Items that a household may be entered for. */
  readonly items: ReadonlyMap<
    string,
    {
      readonly shortTitle: string;
      readonly subject: "household" | "person";
      /** Whoever draws it is of low income. */
      readonly tier?: { readonly title: string };
      readonly form: { readonly relations: readonly string[] };
    }
  >;
  readonly monitoring: (countyCode: string) => Monitoring;
  /** A dated choice of the county; undefined where it has not chosen. */
  readonly choice: (countyCode: string, name: string, on: IsoDate) => string | number | boolean | undefined;
  readonly divisions: (
    countyCode: string,
  ) => readonly { readonly code: string; readonly name: string; readonly level: string }[];
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
  /** Workers who may be sent somewhere. */
  readonly staff: (
    tx: Tx,
  ) => Promise<
    readonly { readonly id: string; readonly name: string; readonly role: string; readonly scope: string }[]
  >;
  /** Alerts of this rule say that the person has died: a recorded death confirms them. */
  readonly tellsDeath: (rule: string) => boolean;
  /** And its day is that of the death, not of what followed. */
  readonly tellsDeathDay: (rule: string) => boolean;
  /** Alerts of this rule say why the person is no longer counted in a household that goes on drawing. */
  readonly leaves: (rule: string) => "died" | "jailed" | undefined;
  /** What is asked at the door, as data. */
  readonly findings: readonly Field[];
  /** And of somebody who was found entitled; asks `wish`. */
  readonly contact: readonly Field[];
  /** Kinds of help that departments give, and what is asked when one looks again. */
  readonly measures: Asking;
  /** The county's departments today, by their code. */
  readonly departments: (countyCode: string) => readonly { readonly code: string; readonly name: string }[];
  /** What each rule says that whom it found may be entitled to: codes of items and of benefits without one. */
  readonly entitles: ReadonlyMap<string, readonly string[]>;
  readonly benefitTitle: (code: string) => string;
  /** Whom the rules of items hold for, who neither draws nor has asked; for a whole county. */
  readonly entitledByRules: (tx: Tx) => Promise<readonly Entitled[]>;
}

/** Somebody for whom the rules of an item hold. */
export interface Entitled {
  readonly personId: string;
  /** The item's code. */
  readonly benefit: string;
  readonly month: Month;
  readonly birthDate: IsoDate;
  readonly age: number;
  /** Null: something has to be asked first. */
  readonly amountFen: number | null;
  readonly bring: readonly string[];
}

/** An alert, as the room that raised it tells it. */
export interface AlertRaised {
  readonly alertId: string;
  readonly countyCode: string;
  readonly feed: string;
  readonly feedTitle: string;
  readonly rule: string;
  readonly ruleVersion: string | number;
  readonly level: string | number;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly divisionCode: string;
  readonly title: string;
  readonly reason: string;
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
  readonly proposes: Proposal;
  readonly occurredOn: IsoDate;
  readonly bring: readonly string[];
}

/** What somebody at the desk said of an alert. */
export interface AlertJudged {
  readonly alertId: string;
  readonly title: string;
  readonly judgement: Judgement;
  readonly outcome: string;
  readonly by: string;
}

/** What the actions of this engine are called on the audit page. */
export const cluesActions: Readonly<Record<string, string>> = {
  "clue.open": "登记线索",
  "clue.read": "查看线索",
  "clue.act": "办理线索",
  "clue.sample": "抽取抽查名单",
  "clue.track": "凭编号查求助进度",
  "rectification.act": "办理整改通知单",
  "measure.act": "办理帮扶措施",
  "clue.supervise": "查看乡镇监管月报",
  "clue.found": "查看政策找人名单",
  "clue.list-in": "接收监测名单",
  "clue.list-out": "导出监测名单",
  "clue.list-again": "重新认定监测名单",
  "clue.list-handle": "登记没有认定的处理结果",
};
