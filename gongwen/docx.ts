import { DomainError } from "@wuxin/kernel";
import { strFromU8, unzipSync } from "fflate";
import { attribute, entities, type Numbering, numberingOf, type Styles, stylesOf } from "./numbering.ts";

/** No main part of an official document is larger; a larger one is a trap. */
const MOST_XML = 80_000_000;
const PARTS = /^word\/(?:document|numbering|styles|footnotes|endnotes)\.xml$/;

/** Paragraphs as lines, table rows as `a | b |`, automatic numbers spelled out as Word shows them, notes at the end. */
export function textOfDocx(bytes: Uint8Array): string {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, { filter: (f) => PARTS.test(f.name) && f.originalSize <= MOST_XML });
  } catch (cause) {
    throw new DomainError(
      "file-damaged",
      "Word 文件损坏，打不开。请用 Word 或 WPS 打开后另存一次，或者直接粘贴文字。",
      { cause },
    );
  }
  const part = (name: string) => {
    const found = parts[`word/${name}.xml`];
    return found ? strFromU8(found) : "";
  };
  const main = part("document");
  if (main === "")
    throw new DomainError(
      "file-not-supported",
      "这个文件里没有 Word 正文。能读 .docx、.txt 和带文字的 .pdf；表格文件请另存为 Word 或粘贴文字。",
    );
  const styles = stylesOf(part("styles"));
  const numbering = numberingOf(part("numbering"));
  const notes = ["footnotes", "endnotes"].map((n) => notesOf(part(n), styles, numbering)).join("");
  const text = new Walk(styles, numbering).text(main) + notes;
  if (text.trim() === "")
    throw new DomainError(
      "file-without-text",
      "Word 文件里没有文字（可能全是图片）。请粘贴文字，或者先做文字识别。",
    );
  return text;
}

/** Notes by the user; the separators that Word keeps among them have a type. */
function notesOf(xml: string, styles: Styles, numbering: Numbering): string {
  let out = "";
  for (const m of xml.matchAll(/<w:(?:foot|end)note\b([^>]*)>(.*?)<\/w:(?:foot|end)note>/gs)) {
    if (attribute(m[1] ?? "", "w:type")) continue;
    const words = new Walk(styles, numbering).text(m[2] ?? "").trim();
    if (words) out += `\n注：${words}\n`;
  }
  return out;
}

const TAG =
  /<(\/?)(w:(?:t|tab|br|cr|noBreakHyphen|numId|ilvl|pStyle|jc|p|tc|tr|tbl|gridSpan|del|moveFrom|vanish|rt|r|txbxContent|rPr|pPr)|mc:Fallback)(?=[\s/>])([^>]*?)(\/?)>([^<]*)/g;

interface Paragraph {
  line: string;
  numId: string | undefined;
  level: string | undefined;
  style: string | undefined;
  centred: boolean;
  /** The paragraph mark itself was deleted: it goes on with the next one. */
  joined: boolean;
}
const empty = (): Paragraph => ({
  line: "",
  numId: undefined,
  level: undefined,
  style: undefined,
  centred: false,
  joined: false,
});

/** One pass over the XML. Text boxes stand inside a paragraph; their words come behind it. */
class Walk {
  readonly #styles: Styles;
  readonly #counts = new Map<string, number>();
  readonly #numbering: Numbering;
  readonly #restarted = new Set<string>();
  #out = "";
  #paragraph = empty();
  readonly #hosts: { paragraph: Paragraph; out: string }[] = [];
  #boxes = "";
  /** Cells of the rows that are open, innermost last. */
  readonly #rows: string[][] = [];

  constructor(styles: Styles, numbering: Numbering) {
    this.#styles = styles;
    this.#numbering = numbering;
  }

  text(xml: string): string {
    let hidden = 0;
    let vanish = false;
    let inRun = false;
    let inParagraphProperties = false;
    let span = 1;
    for (const m of xml.matchAll(TAG)) {
      const [, slash, tag, attributes = "", selfClosing, tail = ""] = m;
      const close = slash === "/";
      const p = this.#paragraph;
      if (tag === "w:del" && selfClosing && inParagraphProperties) p.joined = true;
      if (tag === "mc:Fallback" || tag === "w:del" || tag === "w:moveFrom" || tag === "w:rt") {
        if (!selfClosing) hidden += close ? -1 : 1;
        continue;
      }
      if (hidden > 0) continue;
      switch (tag) {
        case "w:t":
          if (!close && !vanish) p.line += entities(tail);
          break;
        case "w:tab":
          // Inside w:tabs it is a stop of the layout, not a character.
          if (!close && inRun) p.line += " ";
          break;
        case "w:br":
        case "w:cr":
          // A title is broken to look well; a page break is no line.
          if (!close && !/w:type="(?:page|column)"/.test(attributes) && !p.centred) p.line += "\n";
          break;
        case "w:noBreakHyphen":
          p.line += "-";
          break;
        case "w:numId":
          p.numId = attribute(attributes, "w:val");
          break;
        case "w:ilvl":
          p.level = attribute(attributes, "w:val");
          break;
        case "w:pStyle":
          p.style = attribute(attributes, "w:val");
          p.centred ||= this.#styles.get(p.style ?? "")?.centred ?? false;
          break;
        case "w:jc":
          p.centred = attribute(attributes, "w:val") === "center";
          break;
        case "w:pPr":
          inParagraphProperties = !close && !selfClosing;
          break;
        case "w:vanish":
          if (inRun)
            vanish = attribute(attributes, "w:val") !== "0" && attribute(attributes, "w:val") !== "false";
          break;
        case "w:r":
          inRun = !close && !selfClosing;
          vanish = false;
          break;
        case "w:txbxContent":
          if (close) this.#closeBox();
          else this.#hosts.push({ paragraph: p, out: this.#out });
          if (!close) {
            this.#paragraph = empty();
            this.#out = "";
          }
          break;
        case "w:p":
          if (selfClosing || close) this.#endParagraph();
          else if (!p.joined) this.#paragraph = { ...empty(), line: p.line };
          break;
        case "w:gridSpan":
          span = Math.min(Number(attribute(attributes, "w:val")) || 1, 64);
          break;
        case "w:tr":
          if (!close && !selfClosing) this.#rows.push([""]);
          else if (close) this.#endRow();
          break;
        case "w:tc": {
          const row = this.#rows.at(-1);
          if (close && row) {
            row.push(...Array.from({ length: span }, () => ""));
            span = 1;
          }
          break;
        }
        default:
      }
    }
    if (this.#paragraph.line !== "") this.#endParagraph();
    return this.#out;
  }

  #endParagraph(): void {
    const p = this.#paragraph;
    if (p.joined) {
      p.joined = false;
      return;
    }
    const style = this.#styles.get(p.style ?? "");
    this.#paragraph = empty();
    const boxes = this.#boxes;
    this.#boxes = "";
    // The table of contents says again what the headings say.
    const words = style?.contents ? "" : p.line;
    const number =
      words.trim() === "" ? "" : this.#number(p.numId ?? style?.numId, p.level ?? style?.level ?? "0");
    const row = this.#rows.at(-1);
    if (row) row[row.length - 1] += `${number}${words.replaceAll("\n", "")} ${boxes.replaceAll("\n", " ")}`;
    else if (!(style?.contents && p.line !== "")) this.#out += `${number}${words}\n${boxes}`;
  }

  #number(numId: string | undefined, level: string): string {
    const list = numId === undefined ? undefined : this.#numbering.get(numId);
    const own = list?.levels.get(level);
    if (!list || !own || numId === undefined) return "";
    const key = (l: string) => `${list.shared}/${l}`;
    if (list.restart.has(level) && !this.#restarted.has(`${numId}/${level}`)) {
      this.#restarted.add(`${numId}/${level}`);
      this.#counts.delete(key(level));
    }
    const first = list.restart.get(level) ?? own.start;
    this.#counts.set(key(level), (this.#counts.get(key(level)) ?? first - 1) + 1);
    for (let below = Number(level) + 1; below < 9; below++) this.#counts.delete(key(String(below)));
    const shown = own.text.replace(/%(\d)/g, (_, d: string) => {
      const at = String(Number(d) - 1);
      const other = list.levels.get(at);
      return other ? other.show(this.#counts.get(key(at)) ?? other.start) : "";
    });
    // A bare number would run into the words behind it.
    return /\d$/.test(shown) ? `${shown}. `.replace(/(\d\.\d+)\. $/, "$1 ") : shown;
  }

  #endRow(): void {
    const cells = this.#rows.pop()?.slice(0, -1) ?? [];
    const line = cells.map((c) => (c.trim() === "" ? "|" : `${c.trim().replaceAll("|", "｜")} |`)).join(" ");
    const outer = this.#rows.at(-1);
    if (outer) outer[outer.length - 1] += `${line.replaceAll("|", " ")} `;
    else this.#out += `${line}\n`;
  }

  #closeBox(): void {
    const host = this.#hosts.pop();
    if (!host) return;
    if (this.#paragraph.line !== "") this.#endParagraph();
    this.#boxes += this.#out;
    this.#out = host.out;
    this.#paragraph = host.paragraph;
  }
}
