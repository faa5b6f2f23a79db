import { DomainError } from "@wuxin/kernel";
import {
  type Block,
  type Column,
  documentNumber,
  longDate,
  numbered,
  type OfficialDocument,
} from "./model.ts";

/** What a line of the document is; the layout of each is in `paragraphs.ts`. */
export type LineStyle =
  | "copy"
  | "secrecy"
  | "urgency"
  | "masthead"
  | "number"
  | "title"
  | "addressee"
  | "heading1"
  | "heading2"
  | "heading3"
  | "body"
  | "caption"
  | "attachment"
  | "attachmentMore"
  | "issuer"
  | "date"
  | "note"
  | "annexMark"
  | "blank"
  | "imprint";

/** One piece of a line in one typeface. */
export interface Piece {
  readonly text: string;
  /** Typeface other than the line's: the heading that opens a paragraph. */
  readonly as?: "heading1" | "heading2" | "heading3";
}

export type Line =
  | { readonly kind: "line"; readonly style: LineStyle; readonly pieces: readonly Piece[] }
  /** Number on the left, signer on the right; or printed by … on …. */
  | {
      readonly kind: "pair";
      readonly style: "signed" | "printed";
      readonly left: string;
      readonly right: string;
    }
  | {
      readonly kind: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    };

/** The document in lines, in the order of the page. Both the file and its plain text come from here. */
export function linesOf(document: OfficialDocument): Line[] {
  const title = clean(document.title);
  if (title === "") throw new DomainError("document-without-title", "公文没有标题。请先写标题再生成。");
  const lines: Line[] = [];
  const put = (style: LineStyle, ...pieces: Piece[]) => lines.push({ kind: "line", style, pieces });
  const text = (style: LineStyle, words: string) => put(style, { text: words });
  const { head, imprint } = document;
  if (head) {
    if (head.copy) text("copy", head.copy);
    if (head.secrecy) text("secrecy", head.secrecy);
    if (head.urgency) text("urgency", head.urgency);
    text("masthead", clean(head.masthead));
    const number = documentNumber(head.number);
    if (head.signer)
      lines.push({ kind: "pair", style: "signed", left: number, right: `签发人：${clean(head.signer)}` });
    else text("number", number);
    put("blank");
  }
  for (const part of title.split("\n")) text("title", part);
  put("blank");
  if (document.addressee) text("addressee", `${clean(document.addressee).replace(/[:：]$/, "")}：`);
  blocks(document.body, lines);
  const names = document.annexes?.map((a) => a.title.replaceAll("\n", "")) ?? document.attachments ?? [];
  if (names.length > 0) {
    put("blank");
    names.forEach((name, i) => {
      const number = names.length > 1 ? `${i + 1}.` : "";
      text(i === 0 ? "attachment" : "attachmentMore", `${i === 0 ? "附件：" : ""}${number}${clean(name)}`);
    });
  }
  if (document.issuer || document.date) put("blank");
  if (document.issuer) text("issuer", clean(document.issuer));
  if (document.date) text("date", longDate(document.date));
  if (document.note) text("note", `（${clean(document.note)}）`);
  document.annexes?.forEach((annex, i, all) => {
    text("annexMark", all.length > 1 ? `附件${i + 1}` : "附件");
    put("blank");
    for (const part of clean(annex.title).split("\n")) text("title", part);
    put("blank");
    blocks(annex.body, lines);
  });
  if (imprint) {
    if (imprint.copiedTo) text("imprint", `抄送：${clean(imprint.copiedTo).replace(/。$/, "")}。`);
    lines.push({
      kind: "pair",
      style: "printed",
      left: clean(imprint.printedBy),
      right: `${longDate(imprint.printedOn)}印发`,
    });
  }
  return lines;
}

function blocks(list: readonly Block[], lines: Line[]): void {
  const mark = numbered();
  for (const block of list) {
    if (block.kind === "table") {
      if (block.caption)
        lines.push({ kind: "line", style: "caption", pieces: [{ text: clean(block.caption) }] });
      if (block.columns.length === 0)
        throw new DomainError("table-without-columns", "表格没有列。请至少给出一列的列名。");
      lines.push({
        kind: "table",
        columns: block.columns.map(tidy),
        rows: block.rows.map((r) => r.map(cell)),
      });
    } else if (block.kind === "paragraph")
      for (const part of clean(block.text).split("\n"))
        lines.push({ kind: "line", style: "body", pieces: [{ text: part }] });
    else {
      const as = FACE[block.level];
      const heading = `${mark(block.level)}${clean(block.heading).replaceAll("\n", "")}`;
      if (block.text === undefined || clean(block.text) === "")
        lines.push({ kind: "line", style: as, pieces: [{ text: heading }] });
      else {
        const [first = "", ...more] = clean(block.text).split("\n");
        const stop = /[。；：！？]$/.test(heading) ? "" : "。";
        lines.push({ kind: "line", style: "body", pieces: [{ text: heading + stop, as }, { text: first }] });
        for (const part of more) lines.push({ kind: "line", style: "body", pieces: [{ text: part }] });
      }
    }
  }
}

const FACE = { 1: "heading1", 2: "heading2", 3: "heading3", 4: "heading3" } as const;
const tidy = (c: Column): Column => ({ ...c, title: cell(c.title) });
/** A cell is one line: a bar would read as the edge of the next one. */
const cell = (words: string) => clean(words).replace(/\n+/g, "").replaceAll("|", "｜");

/** Without characters that XML forbids; spaces at the ends of lines and empty lines go. */
function clean(words: string): string {
  return words
    .replace(/\r\n?/g, "\n")
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .split("\n")
    .map((l) => l.trim())
    .filter((l) => l !== "")
    .join("\n");
}

/** The text as `textOf` gives it back from the file: what the figures are checked against before it is signed. */
export function textOfDocument(document: OfficialDocument): string {
  let out = "";
  for (const line of linesOf(document)) {
    if (line.kind === "line")
      out += `${line.pieces.map((p) => p.text).join("")}${line.style === "imprint" ? " |" : ""}\n`;
    else if (line.kind === "pair")
      out += `${line.left} ${line.right}${line.style === "printed" ? " |" : ""}\n`;
    else
      for (const row of [line.columns.map((c) => c.title), ...line.rows])
        out += `${line.columns.map((_, k) => (row[k] ? `${row[k]} |` : "|")).join(" ")}\n`;
  }
  return out;
}
