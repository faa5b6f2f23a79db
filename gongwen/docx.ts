import { DomainError } from "@wuxin/kernel";
import { strFromU8, unzipSync } from "fflate";

/** No main part of an official document is larger; a larger one is a trap. */
const MOST_XML = 80_000_000;

/** Paragraphs as lines, table rows as `a | b |`, automatic numbers spelled out as Word shows them. */
export function textOfDocx(bytes: Uint8Array): string {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, {
      filter: (f) => /^word\/(?:document|numbering)\.xml$/.test(f.name) && f.originalSize <= MOST_XML,
    });
  } catch (cause) {
    throw new DomainError(
      "file-damaged",
      "Word 文件损坏，打不开。请用 Word 或 WPS 打开后另存一次，或者直接粘贴文字。",
      { cause },
    );
  }
  const main = parts["word/document.xml"];
  if (!main)
    throw new DomainError(
      "file-not-supported",
      "这个文件里没有 Word 正文。能读 .docx、.txt 和带文字的 .pdf；表格文件请另存为 Word 或粘贴文字。",
    );
  const numbering = parts["word/numbering.xml"];
  const text = walk(strFromU8(main), numberingOf(numbering ? strFromU8(numbering) : ""));
  if (text.trim() === "")
    throw new DomainError(
      "file-without-text",
      "Word 文件里没有文字（可能全是图片）。请粘贴文字，或者先做文字识别。",
    );
  return text;
}

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

function entities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));/g, (all, dec, hex, name) => {
    if (name) return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name as "amp"];
    const code = dec ? Number(dec) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
}
type Numbering = ReadonlyMap<string, ReadonlyMap<string, Level>>;

/** numId → level → how its number looks. */
function numberingOf(xml: string): Numbering {
  const abstracts = new Map<string, Map<string, Level>>();
  for (const m of xml.matchAll(/<w:abstractNum\b([^>]*)>(.*?)<\/w:abstractNum>/gs)) {
    const levels = new Map<string, Level>();
    for (const l of (m[2] ?? "").matchAll(/<w:lvl\b([^>]*)>(.*?)<\/w:lvl>/gs)) {
      const value = (name: string) =>
        attribute(new RegExp(`<w:${name}\\b[^>]*>`).exec(l[2] ?? "")?.[0] ?? "", "w:val");
      levels.set(attribute(l[1] ?? "", "w:ilvl") ?? "0", {
        format: value("numFmt") ?? "decimal",
        text: entities(value("lvlText") ?? ""),
        start: Number(value("start") ?? 1),
      });
    }
    abstracts.set(attribute(m[1] ?? "", "w:abstractNumId") ?? "", levels);
  }
  const numbering = new Map<string, Map<string, Level>>();
  for (const m of xml.matchAll(/<w:num\b([^>]*)>(.*?)<\/w:num>/gs)) {
    const levels = abstracts.get(/<w:abstractNumId\b[^>]*w:val="([^"]*)"/.exec(m[2] ?? "")?.[1] ?? "");
    const id = attribute(m[1] ?? "", "w:numId");
    if (levels && id) numbering.set(id, levels);
  }
  return numbering;
}

const DIGITS = "零一二三四五六七八九";
function chinese(n: number): string {
  if (n < 10) return DIGITS[n] ?? "";
  if (n < 20) return `十${n === 10 ? "" : DIGITS[n - 10]}`;
  return `${DIGITS[Math.floor(n / 10)] ?? ""}十${n % 10 === 0 ? "" : DIGITS[n % 10]}`;
}
const shown = (format: string, n: number) =>
  /chinese|ideograph|japanese/i.test(format)
    ? chinese(n)
    : format === "decimalEnclosedCircle" || format === "decimalEnclosedCircleChinese"
      ? String.fromCharCode(0x245f + n)
      : format === "bullet" || format === "none"
        ? ""
        : String(n);

function walk(xml: string, numbering: Numbering): string {
  let out = "";
  let line = "";
  let prefix = "";
  let cellDepth = 0;
  let numId: string | undefined;
  let level = "0";
  let deleted = 0;
  const counts = new Map<string, number>();
  const endParagraph = () => {
    if (numId !== undefined && line.trim() !== "") {
      const levels = numbering.get(numId);
      const own = levels?.get(level);
      if (levels && own) {
        const key = `${numId}/${level}`;
        counts.set(key, (counts.get(key) ?? own.start - 1) + 1);
        for (const k of [...counts.keys()])
          if (k.startsWith(`${numId}/`) && Number(k.split("/")[1]) > Number(level)) counts.delete(k);
        prefix = own.text.replace(/%(\d)/g, (_, d: string) => {
          const at = String(Number(d) - 1);
          return shown(levels.get(at)?.format ?? "decimal", counts.get(`${numId}/${at}`) ?? 1);
        });
      }
    }
    out += prefix + line + (cellDepth > 0 ? " " : "\n");
    line = "";
    prefix = "";
    numId = undefined;
    level = "0";
  };
  for (const m of xml.matchAll(/<(\/?)(w:[A-Za-z]+|mc:Fallback)\b([^>]*?)(\/?)>([^<]*)/g)) {
    const [, close, tag, attributes = "", selfClosing, tail = ""] = m;
    if (tag === "mc:Fallback" || tag === "w:del" || tag === "w:moveFrom") {
      if (!selfClosing) deleted += close ? -1 : 1;
      continue;
    }
    if (deleted > 0) continue;
    if (tag === "w:t" && !close) line += entities(tail);
    else if (tag === "w:tab" && !close && !/w:pos=/.test(attributes)) line += " ";
    else if ((tag === "w:br" || tag === "w:cr") && !close)
      line += /w:type="page"/.test(attributes) ? "" : "\n";
    else if (tag === "w:noBreakHyphen") line += "-";
    else if (tag === "w:numId" && !close) numId = attribute(attributes, "w:val");
    else if (tag === "w:ilvl" && !close) level = attribute(attributes, "w:val") ?? "0";
    else if (tag === "w:p" && (close || selfClosing)) endParagraph();
    else if (tag === "w:tc" && !selfClosing) {
      cellDepth += close ? -1 : 1;
      if (close) out = `${out.trimEnd()} | `;
    } else if (tag === "w:tr" && close) out = `${out.trimEnd()}\n`;
  }
  return out;
}
