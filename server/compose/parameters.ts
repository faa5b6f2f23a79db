/** What a county's dated parameters say on a day. */
import type { Folder } from "@wuxin/declare";
import { formatYuan, type IsoDate, monthOf } from "@wuxin/kernel";
import { loadRuleSet, parameterAt, type RuleSet } from "@wuxin/policy";
import type { CountyBook } from "../county-book.ts";

export interface ParameterOn {
  readonly value: number;
  readonly text: string;
  readonly document: string | null;
  readonly since: IsoDate;
  readonly unverified: boolean;
}
export type ParametersOf = (
  countyCode: string,
  folder: Folder | undefined,
  name: string,
  date: IsoDate,
) => ParameterOn | undefined;

/** Dated parameters of a folder with the county's standards over them, as registers and indicators ask for them. */
export function parametersOf(counties: CountyBook): ParametersOf {
  const sets = new Map<string, { text: string; set: RuleSet }>();
  return (countyCode, folder, name, date) => {
    const key = `${countyCode} ${folder?.path ?? ""}`;
    const standards = counties.standards(countyCode);
    let kept = sets.get(key);
    if (kept?.text !== standards.text) {
      const parameters = [...(folder?.parameters ? [folder.parameters] : []), standards];
      const set = loadRuleSet({ name: folder?.path ?? countyCode, rules: [], parameters });
      kept = { text: standards.text, set };
      sets.set(key, kept);
    }
    const { set } = kept;
    // 孤儿基本生活标准.散居 is a part of it; 低保标准.城市 is its choice by 区域类型, which a county may not have.
    const [whole = name, ...rest] = name.split(".");
    const parameter = set.parameters.get(whole);
    const version = parameter?.versions.findLast((v) => v.since <= `${monthOf(date)}-01`);
    if (!parameter || !version) return undefined;
    if (parameter.by.length > 0 && !version.values.has(rest.join("\u0000"))) return undefined;
    const dims = Object.fromEntries(parameter.by.map((d, i) => [d, rest[i] ?? ""]));
    const asked = [whole, ...rest.slice(parameter.by.length)].join(".");
    const { value, document, since, unverified } = parameterAt(set, asked, monthOf(date), dims);
    if (typeof value !== "number") return undefined;
    return {
      value,
      text: parameter.type === "money" ? `${formatYuan(value)} 元` : String(value),
      document: document ?? null,
      since,
      unverified: unverified ?? false,
    };
  };
}
