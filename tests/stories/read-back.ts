/** A printed summary read by `gongwen`: does it say the same numbers as its sources? */
import { readText, textOf } from "@wuxin/gongwen";
import type { TestHouse } from "./house.ts";

type Page = Awaited<ReturnType<TestHouse["house"]["summaries"]["page"]>>;
export interface ReadBack {
  /** How many quantities the text has, linked or not. */
  readonly read: number;
  /** The figures in the order of the text, with their units. */
  readonly linked: readonly string[];
  /** What was lost, stands otherwise or about something else. */
  readonly wrong: readonly (readonly [name: string, text: string, about: string])[];
}

/** In the order of the text, none lost, each with its value, its unit and what it is about. */
export async function readBack(page: Page, file: Uint8Array): Promise<ReadBack> {
  const read = readText(await textOf(file)).quantities;
  const linked = page.sections
    .flatMap((s) => s.paragraphs.flatMap((x) => x.pieces))
    .flatMap((x) => (typeof x === "string" ? [] : (page.figures.find((f) => f.id === x.figure) ?? [])));
  const numbers = read.map((q) => `${q.value}${q.unit}`);
  const wrong: [string, string, string][] = [];
  let at = 0;
  for (const f of linked) {
    const n = numbers.indexOf(f.text, at);
    const about = read[n]?.object ?? "";
    const same = about.includes(f.name) || f.name.includes(about.replace(/(目标)?差?$/, ""));
    if (n < at || !(same || about === "完成率")) wrong.push([f.name, f.text, about]);
    at = Math.max(at, n + 1);
  }
  return { read: read.length, linked: linked.map((f) => f.text), wrong };
}
