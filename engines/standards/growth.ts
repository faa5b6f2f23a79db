/** 动态调标: what a standard should be, now that what it follows has changed. Pure; it proposes, and people enter and approve. */
import type { GrowthRule } from "@wuxin/declare";
import { DomainError, type IsoDate } from "@wuxin/kernel";
import type { ParameterVersion } from "@wuxin/policy";
import { printed } from "./printed.ts";
import type { Shelf, Shelved } from "./shelf.ts";
import { roundingText } from "./views.ts";

export interface GrowthProposal {
  readonly standard: string;
  readonly label: string;
  readonly since: IsoDate;
  readonly values: readonly { readonly key: string[]; readonly text: string; readonly before: string }[];
  /** How it came about, in words. */
  readonly told: string;
  readonly document: string;
  readonly unverified: boolean;
}

/** Decimals as whole numbers of 10⁻⁶: no amount is ever a fraction of floating point. */
const SCALE = 1_000_000n;
function exact(text: string): bigint {
  const [whole = "0", part = ""] = text.split(".");
  return BigInt(whole) * SCALE + BigInt(part.slice(0, 6).padEnd(6, "0"));
}
const STEP: Readonly<Record<GrowthRule["round"], { readonly step: bigint; readonly up: boolean }>> = {
  up_yuan: { step: SCALE, up: true },
  half_up_yuan: { step: SCALE, up: false },
  up_jiao: { step: SCALE / 10n, up: true },
  half_up_jiao: { step: SCALE / 10n, up: false },
  half_up_fen: { step: SCALE / 100n, up: false },
};
/** num ÷ den rounded, printed in 元. */
function rounded(num: bigint, den: bigint, round: GrowthRule["round"]): bigint {
  const { step, up } = STEP[round];
  const unit = den * step;
  return (up ? (num + unit - 1n) / unit : (2n * num + unit) / (2n * unit)) * step;
}
function inDigits(value: bigint): string {
  const part = String(value % SCALE)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return part === "" ? String(value / SCALE) : `${value / SCALE}.${part}`;
}

const keyOf = (key: string): string[] => key.split("\u0000").filter((k) => k !== "");

/**
 * A rule that names what is not there, or can never come to anything, would wait for ever and say nothing.
 * @throws DomainError("bad-declaration") naming file, rule and mend
 */
export function requireKnown(shelf: Shelf, rules: readonly GrowthRule[], file: string): void {
  const seen = new Set<string>();
  const faults = rules.flatMap((r, i) => {
    const at = (key: string, text: string) => `${file} 的 rules[${i}].${key}：${text}`;
    const missing = (["standard", "follows"] as const)
      .filter((key) => !shelf.has(r[key]))
      .map((key) => at(key, `没有「${r[key]}」这项标准，请按政策标准目录里的名称改写。`));
    const twice = seen.has(r.standard)
      ? [at("standard", `「${r.standard}」前面已经写过一条，一项标准只随一项调整，请去掉一条。`)]
      : [];
    seen.add(r.standard);
    if (missing.length > 0) return [...missing, ...twice];
    const derivation = shelf.get(r.standard)?.derivation;
    return [
      ...twice,
      ...(r.standard === r.follows ? [at("follows", "不能随自己调整，请写另一项标准。")] : []),
      ...(derivation ? [at("standard", `「${r.standard}」已经按规则自动随别的标准变，不用写在这里。`)] : []),
      ...ofFault(shelf.get(r.follows), r).map((text) => at("of", text)),
    ];
  });
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
}

/** Which value is followed must be said where there are several, and must be one of them. */
function ofFault(s: Shelved | undefined, r: GrowthRule): string[] {
  const keys = [...new Set((s?.parameter.versions ?? []).flatMap((v) => [...v.values.keys()]))].map(keyOf);
  const names = [...new Set(keys.flat())];
  if (r.of === null)
    return keys.length > 1 ? [`「${r.follows}」有几个数，请写明随哪一个：${names.join("、")}。`] : [];
  if (names.includes(r.of)) return [];
  return [
    names.length > 0
      ? `「${r.follows}」没有「${r.of}」这个数，请写 ${names.join("、")} 之一。`
      : `「${r.follows}」只有一个数，请去掉 of。`,
  ];
}

/** The value that is followed, in a version. */
function followed(s: Shelved, v: ParameterVersion | undefined, of: string | null): string | null {
  const value = v && [...v.values].find(([key]) => of === null || keyOf(key).includes(of))?.[1];
  return value === undefined || value === null || typeof value === "string" || typeof value === "boolean"
    ? null
    : printed(s.parameter, value);
}

/**
 * Every standard that stands behind what it follows: the other was changed after it was last set. Never less than what holds.
 * `waiting`: standards of which a version is on its way.
 */
export function growthOf(
  shelf: Shelf,
  rules: readonly GrowthRule[],
  waiting: ReadonlySet<string>,
  today: IsoDate,
): GrowthProposal[] {
  return rules.flatMap((r): GrowthProposal[] => {
    const [own, other] = [shelf.get(r.standard), shelf.get(r.follows)];
    const last = own?.parameter.versions.at(-1);
    if (!own || !other || !last || own.derivation || waiting.has(r.standard) || r.since > today) return [];
    const newer = other.parameter.versions.findLast((v) => v.since > last.since && v.since >= r.since);
    if (!newer) return [];
    const older = other.parameter.versions.findLast((v) => v.since <= last.since);
    const [now, then] = [followed(other, newer, r.of), followed(other, older, r.of)];
    if (now === null || (r.way === "ratio" && (then === null || exact(then) === 0n))) return [];
    const values = [...last.values].flatMap(([key, value]) => {
      if (value === null || typeof value === "string" || typeof value === "boolean") return [];
      const before = printed(own.parameter, value);
      const wanted =
        r.way === "ratio"
          ? rounded(exact(before) * exact(now), exact(then ?? "0"), r.round)
          : r.way === "percent"
            ? rounded(exact(before) * (100n * SCALE + exact(now)), 100n * SCALE, r.round)
            : rounded(exact(now) * exact(r.times), SCALE, r.round);
      return [{ key: keyOf(key), before, text: inDigits(wanted), more: wanted > exact(before) }];
    });
    // Kept as it is where the computation gives less: a mechanism of growth lowers nothing.
    if (values.length === 0 || !values.some((v) => v.more)) return [];
    const name = `${other.parameter.label}${r.of ? `（${r.of}）` : ""}`;
    const unit = other.parameter.unit?.text ?? "";
    const why =
      r.way === "ratio"
        ? `${name}从 ${then} 调整到 ${now} ${unit}（${newer.since} 起${newer.document ? `，${newer.document}` : ""}），同比例调整`
        : r.way === "percent"
          ? `${name}为 ${now}%（${newer.since} 起），按它提高`
          : `${name}为 ${now} ${unit}（${newer.since} 起），按它的 ${r.times} 倍`;
    const sums = values.map((v) => {
      const sum =
        r.way === "ratio"
          ? `${v.before} × ${now} ÷ ${then}`
          : r.way === "percent"
            ? `${v.before} ×（1 + ${now}%）`
            : `${now} × ${r.times}`;
      return `${v.key.length > 0 ? `${v.key.join(" · ")} ` : ""}${sum}，${roundingText(r.round)}，为 ${v.text} ${own.parameter.unit?.text ?? ""}`;
    });
    return [
      {
        ...{ standard: r.standard, label: own.parameter.label, since: newer.since },
        values: values.map(({ key, before, text, more }) => ({ key, before, text: more ? text : before })),
        told: `${why}：${sums.join("；")}。`,
        ...{ document: r.document, unverified: r.unverified },
      },
    ];
  });
}
