import { DomainError, firstDay, type IsoDate, type Month } from "@wuxin/kernel";
import type { Scalar } from "./feel/ir.ts";
import type { Parameter, ParameterVersion, PlainValue, RuleSet } from "./types.ts";
import { plain } from "./words.ts";

/** The version in force on the first day of the month: a value that starts in the middle of a month holds from the next. */
export function versionIn<V extends { readonly since: IsoDate }>(
  versions: readonly V[],
  month: Month,
): V | undefined {
  const day = firstDay(month);
  return versions.findLast((v) => v.since <= day);
}

export function parameterVersion(p: Parameter, month: Month): ParameterVersion {
  const version = versionIn(p.versions, month);
  if (version) return version;
  throw new DomainError(
    "policy-no-version",
    `参数“${p.name}”在 ${month} 没有生效的值。请在 ${p.file} 补上 ${month} 及以前生效的值。`,
  );
}

/**
 * A parameter's value in a month. `dims` names the choice of each dimension (`{ 区域类型: "城市" }`); a part is asked
 * as `高龄津贴标准.八十`. Money in 分.
 * @throws DomainError `policy-unknown-parameter`, `policy-no-version`, `policy-bad-dimension`
 */
export function parameterAt(
  ruleSet: Pick<RuleSet, "parameters">,
  name: string,
  month: Month,
  dims: Readonly<Record<string, string>> = {},
): { value: PlainValue; document?: string; since: IsoDate; unverified?: boolean } {
  const [head, field] = name.split(".");
  const p = ruleSet.parameters.get(head ?? "");
  if (!p) throw new DomainError("policy-unknown-parameter", `没有参数“${name}”。请检查名字。`);
  const version = parameterVersion(p, month);
  const value = pick(
    p,
    version,
    p.by.map((d) => dims[d] ?? ""),
    field,
  );
  return {
    value: plain(value),
    since: version.since,
    ...(version.document ? { document: version.document } : {}),
    ...(version.unverified ? { unverified: true } : {}),
  };
}

export function pick(
  p: Parameter,
  version: ParameterVersion,
  by: readonly Scalar[],
  field: string | undefined,
): Scalar {
  const key = [...by.map(String), ...(field === undefined ? [] : [field])].join("\u0000");
  const value = version.values.get(key);
  if (value !== undefined) return value;
  const options = [...version.values.keys()].map((k) => k.replaceAll("\u0000", "·")).join("、");
  throw new DomainError(
    "policy-bad-dimension",
    `参数“${p.name}”没有“${key.replaceAll("\u0000", "·")}”这一档。可选：${options}。`,
  );
}
