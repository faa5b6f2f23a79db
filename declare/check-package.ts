/**
 * 委托核对批次 (`domains/<domain>/check-package.yaml`): how a 核对 is asked by file of a system that no line reaches. A county
 * whose partner prints other headings says so in its own choices (`checkPackage.<column>`).
 */
import type { Source } from "@wuxin/policy";
import type { ResolvedFeed, ResolvedReckoning } from "./watching.ts";
import { readYaml } from "./yaml-file.ts";

export const CHECK_PACKAGE_COLUMNS = ["number", "line", "name", "idNo", "item", "asOf", "found"] as const;
export type CheckPackageColumn = (typeof CHECK_PACKAGE_COLUMNS)[number];
export interface CheckPackageDefinition {
  /** As one calls who is asked. */
  readonly partner: string;
  /** The layout is not from the partner's own paper. */
  readonly unverified: boolean;
  readonly columns: Readonly<Record<CheckPackageColumn, string>>;
  /** What the partner writes where it looked and nothing was. */
  readonly nothing: string;
  /** Facts of feeds that serve verification; each belongs to one feed. */
  readonly items: readonly { readonly item: string; readonly feed: string }[];
}

/** Adds its faults, each naming the mend; undefined where it cannot be read. */
export function readCheckPackage(
  source: Source,
  feeds: ReadonlyMap<string, ResolvedFeed>,
  reckonings: ReadonlyMap<string, ResolvedReckoning>,
  faults: string[],
): CheckPackageDefinition | undefined {
  const fault = (message: string) => faults.push(`${source.file}：${message}`);
  const data = readYaml(source, fault);
  if (!data) return undefined;
  const columns = (data.columns ?? {}) as Record<CheckPackageColumn, string>;
  for (const c of CHECK_PACKAGE_COLUMNS)
    if (typeof columns[c] !== "string" || columns[c] === "") fault(`columns 缺 ${c}，请写这一列的名称。`);
  for (const name of ["partner", "nothing"])
    if (typeof data[name] !== "string" || data[name] === "") fault(`缺 ${name}，请写上。`);
  const taken = new Set([...reckonings.values()].flatMap((r) => r.takes));
  const items = (Array.isArray(data.items) ? data.items : []).map((item) => {
    const feed = [...feeds.values()].find(
      (f) => f.use.includes("verification") && f.facts.some((x) => x.name === item),
    );
    if (!feed) fault(`items 里的「${item}」不是核对用的数据源的事实，请改正。`);
    if (taken.has(String(item))) fault(`items 里的「${item}」是折算用的，请去掉。`);
    return { item: String(item), feed: feed?.code ?? "" };
  });
  if (items.length === 0) fault("缺 items，请至少写一项。");
  return {
    ...{ partner: String(data.partner), nothing: String(data.nothing), columns, items },
    unverified: data.unverified === true,
  };
}
