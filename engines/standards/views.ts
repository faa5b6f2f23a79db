/** Standards → the shapes that the contract promises. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import type { Parameter, ParameterVersion } from "@wuxin/policy";
import { firstMonth, refusal, STATE_LABELS, STEP_LABELS } from "./model.ts";
import { figureOf, inWords, printed } from "./printed.ts";
import type { Shelved } from "./shelf.ts";
import type { StandardRecord, StepRecord } from "./store.ts";

export interface ValueView {
  readonly key: string[];
  readonly label: string;
  readonly text: string;
  /** Digits in the standard's own unit, to begin a form with. */
  readonly printed: string;
  /** 分 for money; null where it is no number. */
  readonly figure: number | null;
}
export interface VersionView {
  readonly since: IsoDate;
  readonly firstMonth: Month;
  /** The last month it holds; null when nothing follows. */
  readonly until: IsoDate | null;
  readonly values: ValueView[];
  readonly document: string | null;
  readonly note: string | null;
  readonly unverified: boolean;
  readonly origin: "national" | "county" | "officer";
  readonly state: "past" | "now" | "next";
}

const ROUND_WORDS: Record<string, string> = {
  up_yuan: "不足一元的进到元",
  down_yuan: "舍去不足一元的部分",
  half_up_yuan: "四舍五入到元",
  up_jiao: "不足一角的进到角",
  half_up_jiao: "四舍五入到角",
  half_up_fen: "四舍五入到分",
  down_fen: "舍去不足一分的部分",
  up_fen: "不足一分的进到分",
};
export const ROUNDINGS = Object.keys(ROUND_WORDS);
export const roundingText = (round: string): string => ROUND_WORDS[round] ?? round;
export const multipleText = (m: { from: string; times: string; round: string | null }): string =>
  `${m.from} × ${m.times}${m.round ? `，${ROUND_WORDS[m.round] ?? m.round}` : ""}`;

const keyOf = (key: string): string[] => key.split("\u0000").filter((k) => k !== "");

export function versionViews(s: Shelved, officerDates: ReadonlySet<string>, month: Month): VersionView[] {
  const { parameter: p } = s;
  const now = p.versions.findLast((v) => firstMonth(v.since) <= month);
  return p.versions.map((v, i) => ({
    since: v.since,
    firstMonth: firstMonth(v.since),
    until: p.versions[i + 1]?.since ?? null,
    values: [...v.values].map(([key, value]) => valueView(p, keyOf(key), value)),
    document: v.document ?? null,
    note: v.note ?? null,
    unverified: v.unverified,
    origin: officerDates.has(v.since)
      ? "officer"
      : s.countyDates.has(v.since) || s.countyDates.has("*")
        ? "county"
        : s.derivation
          ? "county"
          : "national",
    state: v === now ? "now" : firstMonth(v.since) > month ? "next" : "past",
  }));
}

function valueView(
  p: Parameter,
  key: string[],
  value: ParameterVersion["values"] extends ReadonlyMap<string, infer V> ? V : never,
): ValueView {
  return {
    key,
    label: key.join(" · "),
    text: inWords(p, value),
    printed: printed(p, value),
    figure: figureOf(p, value),
  };
}

export function rowView(s: Shelved, versions: readonly VersionView[], pending: number) {
  const { parameter: p } = s;
  return {
    name: p.name,
    label: p.label,
    type: p.type,
    unit: p.unit?.text ?? null,
    group: p.type === "money" ? ("money" as const) : ("other" as const),
    current: versions.find((v) => v.state === "now") ?? null,
    next: versions.find((v) => v.state === "next") ?? null,
    pending,
    derived: s.derivation ? multipleText(s.derivation) : null,
    readers: [...s.readers],
  };
}

export function proposalView(
  r: StandardRecord,
  steps: readonly StepRecord[],
  p: Parameter | undefined,
  actor: Actor,
) {
  const why = (move: "submit" | "approve" | "withdraw") => refusal(move, r, actor);
  return {
    id: r.id,
    parameter: r.parameter,
    since: r.since,
    firstMonth: firstMonth(r.since),
    form: r.form,
    values: r.values.map((v) => ({ ...v, key: [...v.key], label: v.key.join(" · ") })),
    multiple: r.multiple,
    text: r.multiple
      ? multipleText(r.multiple)
      : r.values
          .map((v) => {
            const word = v.text === "true" ? "是" : v.text === "false" ? "否" : v.text;
            return `${v.key.length > 0 ? `${v.key.join(" · ")} ` : ""}${word} ${v.unit ?? p?.unit?.text ?? ""}`.trim();
          })
          .join("，"),
    document: r.document,
    note: r.note,
    corrects: r.corrects,
    state: r.state,
    stateLabel: STATE_LABELS[r.state],
    enteredBy: r.enteredByName,
    enteredAt: r.enteredAt,
    steps: steps
      .filter((s) => s.standardId === r.id)
      .map((s) => ({ step: s.step, label: STEP_LABELS[s.step], by: s.by, at: s.at, reason: s.reason })),
    can: {
      submit: why("submit") === null,
      approve: why("approve") === null,
      withdraw: why("withdraw") === null,
    },
    /** Why the person who looks may not approve; null when he may or there is nothing to approve. */
    whyNotApprove: r.state === "submitted" ? why("approve") : null,
  };
}
