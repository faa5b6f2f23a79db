import { joins, type Line, MARKER, wrapWidth } from "./lines.ts";

/** The text as the grammar reads it: one canonical character for each source character that counts. */
export interface Flow {
  readonly source: string;
  readonly text: string;
  /** Source offset of each character of `text`. */
  readonly at: Int32Array;
}

const DASHES = "－—–―‐‑‒−─━﹣";
const TILDES = "～〜∼˜";
const SINGLE: Record<string, string> = {
  "｡": "。",
  "﹪": "%",
  "∶": ":",
  "〔": "[",
  "〕": "]",
  "【": "[",
  "】": "]",
  "「": "“",
  "」": "”",
  "『": "“",
  "』": "”",
  "〝": "“",
  "〞": "”",
  "•": "·",
  "・": "·",
  "‧": "·",
  "﹑": "、",
  "､": "、",
  "…": "…",
  "≧": "≥",
  "⩾": "≥",
  "≦": "≤",
  "⩽": "≤",
};
for (const c of DASHES) SINGLE[c] = "-";
for (const c of TILDES) SINGLE[c] = "~";

const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const COMMA = 44;
const POINT = 46;
const isDigit = (c: number | undefined) => c !== undefined && c >= 48 && c <= 57;
const isLatin = (c: number | undefined) => c !== undefined && ((c >= 65 && c <= 90) || (c >= 97 && c <= 122));

/** One source unit to its canonical code; 0 drops it. */
function canonical(code: number): number {
  if (code < 128) return code === 13 ? 0 : code === 11 || code === 12 ? NEWLINE : code;
  if (code >= 0xff01 && code <= 0xff5e) {
    const half = code - 0xfee0;
    return half === 126 ? 126 : half;
  }
  if (code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f) return SPACE;
  if ((code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0xad || code === 0x2060) return 0;
  if (code === 0x2028 || code === 0x2029 || code === 0x85) return NEWLINE;
  if (
    (code >= 0x2e80 && code <= 0x2fdf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe10 && code <= 0xfe19) ||
    (code >= 0xfe50 && code <= 0xfe6b)
  ) {
    // PDF fonts name radicals and compatibility forms instead of the characters; ﹐ ﹔ are small forms of , ;.
    const plain = String.fromCharCode(code).normalize("NFKC");
    return plain.length === 1 ? plain.charCodeAt(0) : code;
  }
  if (code >= 0x4e00 && code <= 0x9fff) return code;
  const single = SINGLE[String.fromCharCode(code)];
  return single === undefined ? code : single.charCodeAt(0);
}

const NUMBERED = /^\d{1,2}(?:\.\d{1,2}){1,2}$/;
/** Punctuation that a sentence has and a table row has not. */
const PROSE = /[,。;、:]/;

/**
 * Full width to half width, quotes paired, spaces that layout put in taken out, soft line ends joined.
 * Every kept character knows where it came from; nothing is invented, so a span maps back exactly.
 */
export function flowOf(source: string): Flow {
  const codes = new Uint16Array(source.length + 1);
  const at = new Int32Array(source.length + 1);
  let n = 0;
  const lines: Line[] = [];
  let quoteOpen = false;
  let lineStart = 0;
  let indent = 0;
  let leading = true;
  const closeLine = () => {
    n = ungrouped(codes, at, lineStart, squeeze(codes, at, lineStart, n));
    const text = decode(codes, lineStart, n);
    lines.push({ from: lineStart, to: n, text, indent, width: widthOf(text), marker: MARKER.test(text) });
    lineStart = n;
    indent = 0;
    leading = true;
    quoteOpen = false;
  };
  const ends: number[] = [];
  for (let i = 0; i < source.length; i++) {
    let code = canonical(source.charCodeAt(i));
    if (source.charCodeAt(i) === 13 && source.charCodeAt(i + 1) !== NEWLINE) code = NEWLINE;
    if (code === 0) continue;
    if (code === NEWLINE) {
      closeLine();
      ends.push(i);
      continue;
    }
    if (leading && (code === SPACE || code === TAB)) {
      indent += code === TAB ? 4 : source.charCodeAt(i) === 0x3000 ? 2 : 1;
      continue;
    }
    leading = false;
    if (code === 34) {
      code = quoteOpen ? 0x201d : 0x201c;
      quoteOpen = !quoteOpen;
    }
    codes[n] = code;
    at[n++] = i;
  }
  closeLine();
  ends.push(source.length);
  return assemble(source, codes, at, lines, ends);
}

/** Takes layout spaces out of one line, in place; returns the new end. Wide gaps stay as a column break. */
function squeeze(codes: Uint16Array, at: Int32Array, from: number, to: number): number {
  let spaced = false;
  for (let i = from; i < to && !spaced; i++) spaced = codes[i] === SPACE || codes[i] === TAB;
  if (!spaced) return to;
  const prose = PROSE.test(decode(codes, from, to));
  let n = from;
  for (let i = from; i < to; ) {
    const code = codes[i] as number;
    if (code !== SPACE && code !== TAB) {
      codes[n] = code;
      at[n++] = at[i] as number;
      i++;
      continue;
    }
    let j = i;
    let tab = false;
    for (; j < to && (codes[j] === SPACE || codes[j] === TAB); j++) if (codes[j] === TAB) tab = true;
    const before = n > from ? codes[n - 1] : undefined;
    const after = j < to ? codes[j] : undefined;
    if (before !== undefined && after !== undefined) {
      const column = tab || (j - i >= 3 && !prose);
      // 2.1 65岁以上老年人…: the number of an item stays apart from the figure behind it.
      const numbered = isDigit(after) && n - from <= 8 && NUMBERED.test(decode(codes, from, n));
      const apart =
        numbered || (isDigit(before) && isDigit(after) && !prose) || (isLatin(before) && isLatin(after));
      if (column || apart) {
        codes[n] = column ? TAB : SPACE;
        at[n++] = at[i] as number;
      }
    }
    i = j;
  }
  return n;
}

/** 3,126.4 → 3126.4, in place: a comma within a figure is no stop. Returns the new end. */
function ungrouped(codes: Uint16Array, at: Int32Array, from: number, to: number): number {
  if (!codes.subarray(from, to).includes(COMMA)) return to;
  let n = from;
  /** Digits of the figure since its start or its last comma; more than three before the first make no groups. */
  let run = 0;
  let grouped = false;
  for (let i = from; i < to; i++) {
    const code = codes[i] as number;
    const group =
      code === COMMA &&
      (grouped ? run === 3 : run >= 1 && run <= 3 && !(n - run > from && codes[n - run - 1] === POINT)) &&
      isDigit(codes[i + 1]) &&
      isDigit(codes[i + 2]) &&
      isDigit(codes[i + 3]) &&
      !isDigit(codes[i + 4]);
    if (group) {
      grouped = true;
      run = 0;
      continue;
    }
    run = isDigit(code) ? run + 1 : 0;
    grouped &&= isDigit(code);
    codes[n] = code;
    at[n++] = at[i] as number;
  }
  return n;
}

const decoder = new TextDecoder("utf-16le");
const decode = (codes: Uint16Array, from: number, to: number) => decoder.decode(codes.subarray(from, to));

/** Columns on paper: a Chinese character takes two. */
function widthOf(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) width += text.charCodeAt(i) < 0x2e80 ? 1 : 2;
  return width;
}

function assemble(
  source: string,
  codes: Uint16Array,
  at: Int32Array,
  lines: readonly Line[],
  ends: readonly number[],
): Flow {
  const out = new Uint16Array(codes.length + lines.length);
  const outAt = new Int32Array(codes.length + lines.length);
  const wrap = wrapWidth(lines);
  let n = 0;
  let logical: { marker: boolean; comma: boolean; table: boolean; length: number } | undefined;
  lines.forEach((line, k) => {
    const previous = lines[k - 1];
    const soft = previous !== undefined && logical !== undefined && joins(logical, previous, line, wrap);
    if (!soft) {
      if (k > 0) {
        out[n] = NEWLINE;
        outAt[n++] = ends[k - 1] as number;
      }
      logical = { marker: line.marker, comma: false, table: false, length: 0 };
    }
    out.set(codes.subarray(line.from, line.to), n);
    outAt.set(at.subarray(line.from, line.to), n);
    n += line.to - line.from;
    if (logical) {
      logical.comma ||= /[,。;]/.test(line.text);
      logical.table ||= /[|\t]/.test(line.text);
      logical.length += line.text.length;
    }
  });
  return { source, text: decode(out, 0, n), at: outAt.subarray(0, n) };
}

/** The source span of `text.slice(from, to)`; empty spans are not allowed. */
export function spanOf(flow: Flow, from: number, to: number): { start: number; end: number } {
  return { start: flow.at[from] as number, end: (flow.at[to - 1] as number) + 1 };
}
