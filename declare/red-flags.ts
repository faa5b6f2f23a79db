/**
 * How rosters are looked over: `domains/red-flags.yaml`, and over it a county's own `red-flags.yaml`. What a rule looks
 * for is the engine's; whether it runs, how hard, beyond which number and in which words is dated data.
 */
import { DomainError, firstDay, type IsoDate, isIsoDate, type Month } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { readYaml } from "./yaml-file.ts";

export interface RedFlag {
  /** The engine's name of it. */
  readonly rule: string;
  readonly since: IsoDate;
  readonly on: boolean;
  /** `block`: the line is held until somebody answers; `warn`: shown. */
  readonly level: "block" | "warn";
  /** Asked before the payment, of what was paid once more afterwards, or both times. */
  readonly asked: "before" | "after" | "both";
  readonly label: string;
  /** With places in braces that the engine fills in: 上月 {上月} 元. */
  readonly reason: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly article: string;
  /** The document was not seen. */
  readonly unverified: boolean;
  /** The county's own, over the national one. */
  readonly ofCounty: boolean;
}

type Inherited = Pick<RedFlag, "on" | "level" | "asked" | "label" | "reason" | "limits">;
type Written = Pick<RedFlag, "rule" | "since" | "article" | "unverified"> & {
  readonly [K in keyof Inherited]: Inherited[K] | undefined;
};

/**
 * In order of rules, then of dates. What a later entry does not say stays as it was.
 *
 * @throws DomainError("bad-declaration") with every fault, each naming file, place and mend
 */
export function readRedFlags(national: Source, county?: Source): RedFlag[] {
  const faults: string[] = [];
  const all = [
    ...readFile(national, faults).map((w) => ({ ...w, ofCounty: false, file: national.file })),
    ...(county ? readFile(county, faults).map((w) => ({ ...w, ofCounty: true, file: county.file })) : []),
  ];
  const rules = [...new Set(all.map((w) => w.rule))];
  const flags = rules.flatMap((rule) => {
    let before: Partial<RedFlag> = {};
    // Of one day the county's comes last.
    const dated = all
      .filter((w) => w.rule === rule)
      .sort((a, b) => a.since.localeCompare(b.since) || Number(a.ofCounty) - Number(b.ofCounty));
    return dated.flatMap(({ file, ...w }) => {
      const said = Object.fromEntries(Object.entries(w).filter(([, value]) => value !== undefined));
      const limits = { ...before.limits, ...w.limits };
      const flag = { on: true, asked: "before", ...before, ...said, limits } as RedFlag;
      before = flag;
      const lacking = (["label", "level", "reason"] as const).filter((k) => flag[k] === undefined);
      if (lacking.length > 0)
        faults.push(`${file} 的 ${rule}（${w.since}）：第一条要写全，缺 ${lacking.join("、")}。`);
      return lacking.length > 0 ? [] : [flag];
    });
  });
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  return flags;
}

/** The rules as of the first day of a month, one of each; those that are switched off too. */
export function redFlagsIn(flags: readonly RedFlag[], month: Month): RedFlag[] {
  const inForce = new Map<string, RedFlag>();
  for (const flag of flags) if (flag.since <= firstDay(month)) inForce.set(flag.rule, flag);
  return [...inForce.values()];
}

const KEYS = ["rule", "since", "on", "level", "asked", "label", "reason", "limits", "article", "unverified"];

function readFile(source: Source, faults: string[]): Written[] {
  const top: { rules?: unknown } = readYaml(source, (m) => faults.push(`${source.file}：${m}`)) ?? {};
  const entries: unknown[] = Array.isArray(top.rules) ? top.rules : [];
  for (const key of Object.keys(top))
    if (key !== "rules") faults.push(`${source.file} 的 ${key}：不是已知的名称，只能写 rules。`);
  const dates = new Set<string>();
  return entries.flatMap((value, i) => {
    const e = (value ?? {}) as Record<string, unknown>;
    const found: string[] = [];
    const at = (key: string, message: string) =>
      found.push(`${source.file} 的 rules[${i}]${key && `.${key}`}：${message}`);
    for (const key of Object.keys(e)) if (!KEYS.includes(key)) at(key, "不是已知的名称，请检查拼写。");
    const text = (key: string, needed: boolean): string | undefined => {
      const v = e[key];
      if (v === undefined && !needed) return undefined;
      if (typeof v === "string" && v.trim() !== "") return v.trim();
      at(key, "应写文字，不能空着。");
      return undefined;
    };
    const flag = (key: string): boolean | undefined => {
      const v = e[key];
      if (v === undefined || typeof v === "boolean") return v;
      at(key, "应写 true 或 false。");
      return undefined;
    };
    const rule = text("rule", true) ?? "";
    const article = text("article", true) ?? "";
    if (!isIsoDate(e.since)) at("since", "应写起算日期，如 2021-07-01。");
    if (dates.has(`${rule} ${String(e.since)}`)) at("since", "同一规则同一天写了两次，请删去一条。");
    dates.add(`${rule} ${String(e.since)}`);
    if (e.level !== undefined && e.level !== "block" && e.level !== "warn")
      at("level", "应写 block（拦截）或 warn（提醒）。");
    if (e.asked !== undefined && !["before", "after", "both"].includes(String(e.asked)))
      at("asked", "应写 before（发放前）、after（发放后复查）或 both（前后都问）。");
    const limits = e.limits as Record<string, number> | undefined;
    if (limits !== undefined && !Object.values(limits).every((n) => Number.isSafeInteger(n) && n >= 0))
      at("limits", "应写不小于零的整数。");
    const written = {
      ...{ rule, since: e.since as IsoDate, article, unverified: flag("unverified") ?? false },
      ...{ on: flag("on"), level: e.level as RedFlag["level"], limits },
      asked: e.asked as RedFlag["asked"] | undefined,
      ...{ label: text("label", false), reason: text("reason", false) },
    };
    faults.push(...found);
    return found.length > 0 ? [] : [written];
  });
}
