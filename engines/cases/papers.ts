/**
 * What stands for each {{placeholder}} of a document. The words are fixed here and checked at start: a template that names
 * another stops the start, so that no notice goes out with a hole in it.
 */
import type { ActionDefinition, Catalogue, ItemDefinition, Values } from "@wuxin/declare";
import {
  DomainError,
  formatDateChinese,
  formatMonthChinese,
  formatYuan,
  type IsoDate,
  upperYuan,
} from "@wuxin/kernel";
import type { Assessment } from "./assessment.ts";
import type { ClockView } from "./clocks.ts";
import { failedStep, failedWords } from "./explain.ts";
import type { Questions } from "./questions.ts";
import { fieldText } from "./text.ts";

const ALWAYS = [
  "applicant",
  "itemTitle",
  "caseNumber",
  "number",
  "address",
  "members",
  "issuer",
  "date",
  "county",
  "remedy",
  "reasons",
  "facts",
  "missing",
];
/** Known only where the rules were asked. */
const DECIDED = ["amount", "amountUpper", "persons", "fromMonth", "untilMonth", "explanation"];

export interface PaperContext {
  readonly item: ItemDefinition;
  readonly action: ActionDefinition;
  readonly applicant: string;
  readonly caseNumber: string;
  readonly address: string;
  readonly memberCount: number;
  readonly issuer: string;
  readonly countyName: string;
  readonly remedy: string;
  readonly today: IsoDate;
  readonly data: Values;
  readonly questions: Questions;
  readonly clocks: readonly ClockView[];
  /** Facts that this action recorded, in words. */
  readonly recorded: readonly string[];
  readonly missing: string;
  readonly assessment: Assessment | null;
  readonly decision: {
    readonly amountFen: number | null;
    readonly persons: number | null;
    readonly fromMonth: string | null;
    readonly untilMonth: string | null;
  } | null;
}

/** Text for every word that the action's templates may use; absent things are said, not left blank. */
export function paperValues(c: PaperContext): Record<string, string> {
  const none = "（无）";
  const values: Record<string, string> = {
    applicant: c.applicant,
    itemTitle: c.item.title,
    caseNumber: c.caseNumber,
    address: c.address,
    members: String(c.memberCount),
    issuer: c.issuer,
    county: c.countyName,
    date: formatDateChinese(c.today),
    remedy: c.remedy,
    reasons: reasons(c) || none,
    facts: c.recorded.join("；") || "与申报一致",
    missing: c.missing || none,
  };
  for (const clock of c.clocks) {
    values[`${clock.key}Limit`] = String(clock.limit);
    values[`${clock.key}Due`] = formatDateChinese(clock.dueOn);
  }
  for (const def of c.item.flow.clocks) {
    // A county's choice may name no limit: the notice then says so rather than a number that is not law here.
    values[`${def.key}Limit`] ??= "规定的";
    values[`${def.key}Due`] ??= "规定期限内";
  }
  for (const f of c.questions.fields) {
    const text = f.type === "date" ? dateText(c.data[f.name]) : fieldText(f, c.data[f.name]);
    values[`answer.${f.name}`] = text || none;
    values[f.name] ??= text || none;
  }
  if (c.decision || c.assessment) {
    const amountFen = c.decision?.amountFen ?? c.assessment?.amountFen ?? null;
    values.amount = amountFen === null ? none : formatYuan(amountFen);
    values.amountUpper = amountFen === null ? none : upperYuan(amountFen);
    values.persons = String(c.decision?.persons ?? c.assessment?.persons ?? c.memberCount);
    values.fromMonth = c.decision?.fromMonth ? formatMonthChinese(c.decision.fromMonth) : none;
    values.untilMonth = c.decision?.untilMonth ? formatMonthChinese(c.decision.untilMonth) : none;
    values.explanation = c.assessment ? shortExplanation(c.assessment) : none;
  }
  return values;
}

const dateText = (v: unknown): string => (typeof v === "string" && v ? formatDateChinese(v) : "");

/** What the rules found against it, and the officer's own words. */
export function reasons(c: Pick<PaperContext, "item" | "assessment" | "data">): string {
  const step = c.assessment?.eligible === false ? failedStep(c.item, c.assessment.decision) : undefined;
  const words = c.data.reason ?? c.data.note;
  return [step ? failedWords(step) : "", typeof words === "string" ? words.trim() : ""]
    .filter((t) => t !== "")
    .map((t) => t.replace(/[。；]+$/, ""))
    .join("；")
    .concat("。")
    .replace(/^。$/, "");
}

function shortExplanation({ explanation }: Assessment): string {
  const parts = explanation.highlights.map((h) => `${h.label} ${h.text}`);
  return `${explanation.conclusion}${parts.length > 0 ? `其中：${parts.join("；")}。` : ""}`;
}

/** @throws DomainError("bad-declaration") listing every template word that nobody fills */
export function checkPapers(catalogue: Catalogue): void {
  const faults: string[] = [];
  for (const item of catalogue.items.values())
    for (const action of item.flow.actions)
      for (const code of action.effects?.documents ?? []) {
        const template = item.documents.find((d) => d.code === code);
        const known = new Set([
          ...ALWAYS,
          ...(action.effects?.decide ? DECIDED : []),
          ...action.fields.flatMap((f) => [f.name, `answer.${f.name}`]),
          ...item.flow.clocks.flatMap((k) => [`${k.key}Limit`, `${k.key}Due`]),
        ]);
        for (const line of template?.body ?? [])
          for (const [, word] of line.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g))
            if (word !== undefined && !known.has(word))
              faults.push(
                `${item.folder.path}：文书「${template?.title}」在动作「${action.label}」里没有 {{${word}}} 可填。可用：${[...known].join("、")}。`,
              );
      }
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
}
