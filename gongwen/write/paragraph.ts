/** One paragraph and its runs as the main part holds them. */
import type { StyleId } from "./layout.ts";
import { xml } from "./xml.ts";

interface Extra {
  readonly tab?: string;
  readonly indent?: string;
  readonly keep?: boolean;
}

/** Elements in the order that the schema asks for. */
export const paragraph = (style: StyleId, runs: string, extra: Extra = {}) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${extra.keep ? "<w:keepNext/>" : ""}${extra.tab ?? ""}${extra.indent ?? ""}</w:pPr>${runs}</w:p>`;

export const t = (text: string) => `<w:t xml:space="preserve">${xml(text)}</w:t>`;
export const run = (text: string, as?: string) =>
  text === "" ? "" : `<w:r>${as ? `<w:rPr><w:rStyle w:val="${as}Words"/></w:rPr>` : ""}${t(text)}</w:r>`;
