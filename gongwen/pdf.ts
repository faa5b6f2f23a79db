import { createRequire } from "node:module";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";

export interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

/** Lines as printed: pieces on one height make a line; a wide gap in it stays a gap; page numbers are left out. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  // Loaded only when a PDF comes: it is larger than everything else here.
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${path.join(folder, "cmaps")}/`,
    cMapPacked: true,
    standardFontDataUrl: `${path.join(folder, "standard_fonts")}/`,
    useSystemFonts: false,
    isEvalSupported: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    const pages: string[][] = [];
    for (let n = 1; n <= document.numPages; n++) {
      const page = await document.getPage(n);
      const content = await page.getTextContent();
      pages.push(linesOf(content.items.filter((i): i is typeof i & TextItem => "str" in i)));
    }
    const text = withoutRunning(pages)
      .map((lines) => lines.join("\n"))
      .join("\n");
    if (text.trim() === "")
      throw new DomainError(
        "file-without-text",
        "PDF 里没有文字，可能是扫描件。请先做文字识别，或者直接粘贴文字。",
      );
    return text;
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    if (cause instanceof Error && cause.name === "PasswordException")
      throw new DomainError("file-locked", "PDF 有密码。请去掉密码另存一份，或者直接粘贴文字。", { cause });
    throw new DomainError("file-damaged", "PDF 损坏，打不开。请重新导出一次，或者直接粘贴文字。", { cause });
  } finally {
    await task.destroy();
  }
}

const PAGE_NUMBER = /^[\s\-—–－]*\d{1,3}[\s\-—–－]*$|^第\s*\d+\s*页(?:\s*[,，]?\s*共\s*\d+\s*页)?$/;

/** The line that heads or foots most pages, but for its number, is no text: 云溪县民政局文件 第3页. */
function withoutRunning(pages: readonly string[][]): readonly string[][] {
  if (pages.length < 3) return pages;
  let rest = pages;
  for (const edge of [0, -1]) {
    const same = new Map<string, number>();
    const key = (lines: readonly string[]) => (lines.at(edge) ?? "").replace(/[\d\s]/g, "");
    for (const lines of rest) same.set(key(lines), (same.get(key(lines)) ?? 0) + 1);
    const running = (lines: readonly string[]) =>
      key(lines) !== "" && (same.get(key(lines)) ?? 0) > Math.max(2, rest.length / 2);
    rest = rest.map((lines) => (running(lines) ? (edge === 0 ? lines.slice(1) : lines.slice(0, -1)) : lines));
  }
  return rest;
}

/** Stands for a blank that parts columns only in a line that has others: 适老化改造 874户 beside 养老股. */
const NARROW = "\u0001";
const COLUMN = "   ";
const tidy = (line: string) => line.replaceAll(NARROW, line.includes(COLUMN) ? COLUMN : " ").trimEnd();

/** Pieces as they are drawn, to lines. */
export function linesOf(items: readonly TextItem[]): string[] {
  const lines: string[] = [];
  let line = "";
  let y: number | undefined;
  let right = 0;
  let size = 0;
  const flush = () => {
    if (line.trim() !== "") lines.push(tidy(line));
    line = "";
  };
  for (const item of items) {
    if (item.str === "" && !item.hasEOL) continue;
    const [x = 0, at = 0] = [item.transform[4], item.transform[5]];
    const height = item.height || size || 10;
    if (y !== undefined && Math.abs(at - y) > height * 0.6) flush();
    if (line !== "" && item.str !== "" && x - right > height * 1.5) line += COLUMN;
    // A blank as wide as this is the edge of a column, not a space between words.
    const blank = item.str.trim() === "" && line !== "";
    if (blank && item.width > height * 1.5) line += COLUMN;
    else line += blank && item.width > height * 0.35 ? NARROW : item.str;
    if (item.str !== "") {
      y = at;
      right = x + item.width;
      size = height;
    }
    if (item.hasEOL) {
      flush();
      y = undefined;
    }
  }
  flush();
  while (lines.length > 0 && PAGE_NUMBER.test(lines.at(-1) as string)) lines.pop();
  return lines;
}
