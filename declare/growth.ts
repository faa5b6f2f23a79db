/**
 * 动态调标: which standard goes with which other one, or with an index that is entered like a standard; a county's
 * `growth.yaml`. It raises nothing: what it gives is proposed, a person enters it with its document, another approves.
 */
import { DomainError, type IsoDate, isIsoDate } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { parse } from "yaml";

export const GROWTH_ROUNDINGS = [
  "up_yuan",
  "half_up_yuan",
  "up_jiao",
  "half_up_jiao",
  "half_up_fen",
] as const;
export interface GrowthRule {
  readonly standard: string;
  readonly follows: string;
  /** Which value of the one that is followed: 城市. */
  readonly of: string | null;
  /** `ratio`: as much more as the other rose. `percent`: the other says by how many percent. `times`: so many times the other. */
  readonly way: "ratio" | "percent" | "times";
  readonly times: string;
  readonly round: (typeof GROWTH_ROUNDINGS)[number];
  readonly since: IsoDate;
  readonly document: string;
  /** The document was not seen. */
  readonly unverified: boolean;
}

const KEYS = ["standard", "follows", "of", "way", "times", "round", "since", "document", "unverified"];

/** The rules as they are written; what else stands in the file would be passed over, so it may not stand there. */
function entriesOf({ file, text }: Source): unknown[] {
  const wrong = (place: string): never => {
    throw new DomainError("bad-declaration", `${file}${place}`);
  };
  let top: unknown;
  try {
    top = parse(text);
  } catch (e) {
    return wrong(
      `：写法不对，请检查缩进和标点（${e instanceof Error ? (e.message.split("\n")[0] ?? "") : ""}）。`,
    );
  }
  if (typeof top !== "object" || top === null || Array.isArray(top))
    return wrong("：最外层应写 rules:，下面一条一行。");
  for (const key of Object.keys(top))
    if (key !== "rules") wrong(` 的 ${key}：不是已知的名称，最外层只有 rules，请检查拼写。`);
  const { rules } = top as { rules?: unknown };
  return Array.isArray(rules)
    ? rules
    : wrong(" 的 rules：应是一条一行的列表；一条都没有的，请去掉这个文件。");
}

/** @throws DomainError("bad-declaration") naming file, place and mend */
export function readGrowth(source: Source): GrowthRule[] {
  const entries = entriesOf(source);
  return entries.map((value, i) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new DomainError(
        "bad-declaration",
        `${source.file} 的 rules[${i}]：应写 standard、follows、way 等几项。`,
      );
    const e = value as Record<string, unknown>;
    const wrong = (key: string, message: string): never => {
      throw new DomainError("bad-declaration", `${source.file} 的 rules[${i}].${key}：${message}`);
    };
    const text = (key: string) =>
      typeof e[key] === "string" && e[key] !== "" ? (e[key] as string) : wrong(key, "应写文字，不能空着。");
    for (const key of Object.keys(e)) if (!KEYS.includes(key)) wrong(key, "不是已知的名称，请检查拼写。");
    const way = text("way");
    if (way !== "ratio" && way !== "percent" && way !== "times")
      return wrong("way", "应写 ratio（同比例）、percent（按指数的百分数）或 times（倍数）。");
    const times = String(e.times ?? "1");
    if (!/^\d{1,4}(\.\d{1,6})?$/.test(times) || Number(times) === 0)
      wrong("times", "应是大于零的数，如 0.3。");
    if ((e.times !== undefined) !== (way === "times"))
      wrong(
        "times",
        way === "times" ? "按倍数的要写明几倍，如 0.3。" : "只有按倍数（way: times）的才写，请去掉。",
      );
    if (e.unverified !== undefined && typeof e.unverified !== "boolean")
      wrong("unverified", "应写 true 或 false。");
    const round = GROWTH_ROUNDINGS.find((r) => r === e.round);
    if (!isIsoDate(e.since)) return wrong("since", "应写起算日期，如 2024-01-01。");
    return {
      ...{ standard: text("standard"), follows: text("follows"), of: e.of === undefined ? null : text("of") },
      ...{ way, times, round: round ?? wrong("round", `应写 ${GROWTH_ROUNDINGS.join("、")} 之一。`) },
      ...{ since: e.since as IsoDate, document: text("document"), unverified: e.unverified === true },
    };
  });
}
