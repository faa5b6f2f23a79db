/** Completion of names, functions, choices and keys at a place; pure, so that it can be tested without a browser. */
import type { RuleNames } from "../words.ts";
import { inFormula, keysAt, namesWritten } from "./place.ts";
import { FORMULA_WORDS, KEYS, VALUES } from "./words.ts";

export interface Offer {
  readonly label: string;
  /** What stands beside it. */
  readonly detail: string;
  readonly kind: "fact" | "variable" | "parameter" | "function" | "word" | "choice" | "key";
  /** Inserted, where it is not the label. */
  readonly insert?: string;
}
export interface Offers {
  /** Where the word that is completed begins. */
  readonly from: number;
  readonly offers: readonly Offer[];
}
export interface Known {
  readonly names: RuleNames["names"];
  readonly functions: RuleNames["functions"];
}
export type RuleFile = "rules" | "parameters" | "examples";

const KIND = { fact: "事实", variable: "算出的", parameter: "标准" } as const;
const TYPE: Readonly<Record<string, string>> = {
  ...{ money: "金额", integer: "整数", number: "数", boolean: "是否", text: "文字", date: "日期" },
};

export function offersAt(file: RuleFile, text: string, at: number, known: Known): Offers | null {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const word = /[\p{L}\p{N}_]*$/u.exec(line)?.[0] ?? "";
  const from = at - word.length;
  const keys = keysAt(text, at);
  if (file === "examples") return offers(from, examples(keys, known));
  if (file === "rules" && inFormula(keys)) return formula(line, from, text, known);
  const key = keys.at(-1);
  const isValue = key !== undefined && new RegExp(`${quoted(key)}:\\s*\\S*$`, "u").test(line);
  if (isValue && VALUES[key])
    return offers(
      from,
      VALUES[key].map(([label, detail]) => ({ label, detail, kind: "choice" })),
    );
  const depth = keys.length > 0 && (/^\s+\S*$/u.test(line) || /[{,]\s*\S*$/u.test(line));
  if (file === "rules" && depth)
    return offers(
      from,
      KEYS.map(([label, detail]) => ({ label, detail, kind: "key", insert: `${label}: ` })),
    );
  return null;
}

const offers = (from: number, list: readonly Offer[]): Offers | null =>
  list.length > 0 ? { from, offers: list } : null;
const quoted = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function formula(line: string, from: number, text: string, known: Known): Offers | null {
  const compared = /([\p{L}\p{N}_]+)\s*(?:!?=|in\s*\()\s*(?:"[^"]*",\s*)*"([^"]*)$/u.exec(line);
  if (compared) {
    const of = known.names.find((n) => n.name === compared[1] && n.kind !== "parameter");
    const typed = compared[2] ?? "";
    return offers(
      from - (typed.length - (/[\p{L}\p{N}_]*$/u.exec(typed)?.[0].length ?? 0)),
      (of?.parts ?? []).map((label) => ({ label, detail: `${of?.name}的一种`, kind: "choice" })),
    );
  }
  const path = /([\p{L}_][\p{L}\p{N}_]*)(?:\[[^\]]*\])?\.[\p{L}\p{N}_]*$/u.exec(line)?.[1];
  if (path !== undefined) {
    const parameter = known.names.find((n) => n.name === path && n.kind === "parameter");
    if (parameter)
      return offers(
        from,
        parameter.parts.map((label) => ({ label, detail: `${path}的一档`, kind: "parameter" })),
      );
    const entity = path === "家庭" ? "家庭" : "成员";
    return offers(from, known.names.filter((n) => n.entity === entity).map(named));
  }
  const listed = new Set(known.names.map((n) => n.name));
  return offers(from, [
    ...known.names.map(named),
    ...[...new Set(namesWritten(text))]
      .filter((n) => !listed.has(n))
      .map((label) => ({ label, detail: "刚写的", kind: "variable" as const })),
    ...known.functions.map((f) => ({
      label: f.name,
      detail: f.does,
      kind: "function" as const,
      insert: f.use,
    })),
    ...FORMULA_WORDS.map(([label, detail]) => ({ label, detail, kind: "word" as const })),
  ]);
}

function named(n: Known["names"][number]): Offer {
  const what = [KIND[n.kind], n.entity, TYPE[n.type], n.unit].filter(Boolean).join(" · ");
  return { label: n.name, detail: what, kind: n.kind };
}

/** In an example: facts where they are given, what is computed where it is expected. */
function examples(keys: readonly string[], known: Known): Offer[] {
  const entity = keys.includes("members") || keys.includes("member") ? "成员" : "家庭";
  const wanted = keys.includes("expect");
  if (!wanted && !keys.some((k) => k === "household" || k.startsWith("member"))) return [];
  return known.names
    .filter((n) => (wanted ? n.kind === "variable" : n.kind === "fact" && n.entity === entity))
    .map((n) => ({ ...named(n), insert: `${n.name}: ` }));
}
