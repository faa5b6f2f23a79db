/** Which line ends are only layout. Real documents break lines inside sentences, words and numbers. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly indent: number;
  readonly width: number;
  readonly marker: boolean;
}

/** A line that opens an item of the outline or a bullet. */
export const MARKER =
  /^(?:第[一二三四五六七八九十百]+[章节篇编部]|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:[.](?!\d)|、(?!\d))|\(\d{1,2}\)|\d{1,2}\)|[①-⑳]|--|[●◆■★◎※○▲▪·□])/;

const UNIT_START = /^[个家户人名位所座张场次条份期件万亿元%多余年月日岁周天分]/;
const CLOSED = /[。;!?:…|]$/;
const OPEN_END = /[,、(“《\-~/+]$/;
const CLOSING_START = /^[,。;:、)”》%!?]/;

export interface Logical {
  readonly marker: boolean;
  readonly comma: boolean;
  readonly table: boolean;
  readonly length: number;
}

/** True when `line` goes on with what `previous` began. */
export function joins(logical: Logical, previous: Line, line: Line, wrap: number): boolean {
  if (previous.text === "" || line.text === "") return false;
  if (line.indent > previous.indent + 1 || line.marker) return false;
  if (logical.table || /[|\t]/.test(line.text)) return false;
  if (CLOSED.test(previous.text)) return false;
  if (OPEN_END.test(previous.text) || CLOSING_START.test(line.text)) return true;
  // A date or a time of day ends there, and a year begins something new.
  if (
    /\d:\d\d$|\d-\d{1,2}$/.test(previous.text) ||
    (/\d$/.test(previous.text) && /^(?:19|20)\d\d年/.test(line.text))
  )
    return false;
  if (/\d$/.test(previous.text)) {
    const prose = logical.length > 6 || /[一-龥]/.test(previous.text);
    if (/^\d/.test(line.text)) return prose && /[一-龥%]/.test(line.text);
    if (UNIT_START.test(line.text)) return prose;
  }
  if (isWrapped(previous, wrap)) return true;
  // …新增床位300张: a figure with its unit closes an item.
  if (logical.marker && /\d[一-龥]$/.test(previous.text)) return false;
  // A short line with a marker and without an end is a heading.
  if (logical.marker && logical.length <= 35 && !/[。;]/.test(previous.text)) return false;
  return logical.comma && wrap !== LIST;
}

/** Each line is a thing of its own. */
export const LIST = -1;

/** The width at which the document was wrapped; 0 when its lines are whole paragraphs. */
export function wrapWidth(lines: readonly Line[]): number {
  const widths = lines
    .filter((l) => l.text !== "")
    .map((l) => l.width + l.indent)
    .sort((a, b) => a - b);
  if (widths.length < 6) return 0;
  const wide = widths[Math.floor(widths.length * 0.9)] as number;
  if (wide < 36 || wide > 140) return 0;
  const full = widths.filter((w) => w >= wide - 5 && w <= wide + 3).length;
  // Lines that end early without a stop are a list, one thing each, not a wrapped text.
  const early = lines.filter((l) => !l.marker && l.width > 16 && l.width + l.indent < wide - 5);
  const loose = early.filter((l) => !CLOSED.test(l.text)).length;
  if (loose > Math.max(2, full) && loose > early.length / 2) return LIST;
  return full >= widths.length * 0.3 ? wide : 0;
}

const isWrapped = (line: Line, wrap: number) => wrap > 0 && line.width + line.indent >= wrap - 5;
