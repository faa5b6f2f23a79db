/** What is looked at in every place of a campaign, and what was found there, item by item. Pure. */
import { derivedId, type IsoDate } from "@wuxin/kernel";
import type { PlanEvent } from "./model.ts";

export interface CheckItem {
  readonly id: string;
  readonly text: string;
}
export const RESULTS = { good: "合格", problem: "问题", na: "不适用" } as const;
export type ResultKind = keyof typeof RESULTS;
export interface ItemResult {
  readonly item: string;
  readonly result: ResultKind;
  /** Of a problem: what it is, and by when it is to be put right. */
  readonly words: string;
  readonly due: IsoDate | null;
  /** Of a problem: what was seen. */
  readonly photos?: readonly string[] | undefined;
}
/** What a place says of itself. It is told beside the check, and counts nowhere. */
export type SelfResult = Pick<ItemResult, "item" | "result" | "words">;
export interface KeptResult extends ItemResult {
  /** Of a problem: the matter on supervision that it became, or already was. */
  readonly matter: string | null;
}

/** The last that a person wrote down. */
export const checklistOf = (events: readonly PlanEvent[]): readonly CheckItem[] =>
  (events.findLast((e) => e.kind === "checklist")?.data.items as readonly CheckItem[] | undefined) ?? [];
export const resultsIn = (e: PlanEvent): readonly KeptResult[] =>
  (e.data.results as readonly KeptResult[] | undefined) ?? [];
export const selfResultsIn = (e: PlanEvent): readonly SelfResult[] =>
  (e.data.answers as readonly SelfResult[] | undefined) ?? [];

/** @returns what is wrong with it, as a sentence; null when it may replace the checklist before */
export function checklistFault(
  before: readonly CheckItem[],
  next: readonly CheckItem[],
  used: boolean,
): string | null {
  if (next.length === 0) return "请至少写一项检查内容。";
  if (
    new Set(next.map((i) => i.id)).size !== next.length ||
    new Set(next.map((i) => i.text)).size !== next.length
  )
    return "检查内容有重复的，请合并。";
  const short = next.find((i) => i.text.length < 2);
  if (short) return "每项检查内容至少写 2 个字。";
  const changed = before.find((b) => !next.some((n) => n.id === b.id && n.text === b.text));
  return used && changed ? `已经有机构按清单填了结果，「${changed.text}」不能改也不能去掉，只能增加。` : null;
}

/** @returns what is wrong with what was found, and the field; null when every item has its answer */
export function resultsFault(
  items: readonly CheckItem[],
  results: readonly ItemResult[],
  today: IsoDate,
): { readonly item: string; readonly message: string } | null {
  for (const i of items) {
    const r = results.find((x) => x.item === i.id);
    if (!r) return { item: i.id, message: `「${i.text}」没有填结果，请选合格、问题或不适用。` };
    if (r.result !== "problem") continue;
    if (r.words.trim().length < 4)
      return { item: i.id, message: `请写明「${i.text}」是什么问题（至少 4 个字）。` };
    if (r.due === null || r.due < today)
      return { item: i.id, message: `请写明「${i.text}」的整改期限，今天或以后。` };
  }
  return null;
}

export interface Problem {
  /** The matter on supervision that it is. */
  readonly matterId: string;
  readonly step: string;
  readonly item: string;
  readonly words: string;
  readonly photos: readonly string[];
  readonly due: IsoDate;
  readonly on: IsoDate;
}
/** Every problem that a report brought up, in order; what was reported again while its matter was open is the same one. */
export function problemsIn(events: readonly PlanEvent[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const e of events) {
    const [step, on] = [String(e.data.step), String(e.data.on)];
    for (const { item, words, due, matter, photos = [] } of resultsIn(e))
      if (matter && due !== null && !found.has(matter))
        found.set(matter, { matterId: matter, step, item, words, photos, due, on });
  }
  return [...found.values()];
}
/** The last matter of the item in that place, or a new one once that is closed. */
export function matterFor(
  step: string,
  item: string,
  problems: readonly Problem[],
  settled: ReadonlyMap<string, IsoDate>,
): string {
  const before = problems.filter((p) => p.step === step && p.item === item);
  const last = before.at(-1);
  return last && !settled.has(last.matterId)
    ? last.matterId
    : derivedId(step, `problem:${item}:${before.length}`);
}
