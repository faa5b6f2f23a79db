/**
 * Every word on these pages comes from a catalogue. `zh.ts` is complete; a file named `<tag>.ts` adds a language for
 * all counties, `<county>.<tag>.ts` (such as `632224.bo.ts`) for one. It exports by default what it translates;
 * missing words stay Chinese. Nothing else has to be edited.
 */
import { zh } from "./zh.ts";

export type TextKey = keyof typeof zh;
export type Texts = Partial<Readonly<Record<TextKey, string>>>;

const files = import.meta.glob<{ default: Texts }>(["./*.ts", "!./index.ts", "!./zh.ts", "!./*.test.ts"]);
let translated: Texts = {};

/** Languages of a county, as file stems; `zh` first. */
export function languagesOf(county: string, paths: readonly string[] = Object.keys(files)): string[] {
  const stems = paths.map((p) => p.replace(/^\.\//, "").replace(/\.ts$/, ""));
  return ["zh", ...stems.filter((s) => !s.includes(".") || s.startsWith(`${county}.`))];
}

/** `632224.bo` → `bo`. */
export const languageOf = (stem: string): string =>
  stem === "zh" ? "zh-CN" : stem.slice(stem.lastIndexOf(".") + 1);

/** The language's own name for itself, as far as the browser knows it. */
export function languageName(stem: string): string {
  const tag = languageOf(stem);
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export async function loadLanguage(stem: string): Promise<void> {
  const load = files[`./${stem}.ts`];
  translated = load ? (await load()).default : {};
}

/** A text of the catalogue, with `{name}` filled in. */
export function t(key: TextKey, fill?: Readonly<Record<string, string | number>>): string {
  const text = translated[key] ?? zh[key];
  return fill ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole)) : text;
}
