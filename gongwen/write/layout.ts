/** The measures of GB/T 9704-2012 in twentieths of a point, and the style of every kind of line. */

const mm = (n: number) => Math.round((n * 1440) / 25.4);

export const PAGE = {
  width: mm(210),
  height: mm(297),
  top: mm(37),
  left: mm(28),
  right: mm(26),
  bottom: mm(35),
};
/** 版心 156 mm × 225 mm. */
export const CORE_WIDTH = PAGE.width - PAGE.left - PAGE.right;
/** 22 lines on a page: 12 756 / 22, rounded down so that the last one still fits. */
export const LINE = 579;
/**
 * 28 characters in a line: 156 mm holds 27.6 characters of 16 pt, so each gives up a quarter of a point.
 * As spacing of the characters, because editors disagree on character grids and agree on this.
 */
export const TIGHT = -5;
export const CHARACTER = 320 + TIGHT;
/** The page number's line ends 25.5 mm above the edge: its dash stands 7 mm below the core. */
export const FOOTER = mm(25.5);
/** 发文机关标志 begins 35 mm below the upper edge of the core. */
export const MASTHEAD_TOP = mm(35);

/** Typefaces of the standard, then what replaces each where it is not installed. */
export const FACES = {
  title: {
    name: "方正小标宋简体",
    otherwise: "方正小标宋_GBK,小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
  },
  body: {
    name: "仿宋_GB2312",
    otherwise: "仿宋,FangSong,华文仿宋,STFangsong,方正仿宋_GBK,Noto Serif CJK SC",
  },
  kai: { name: "楷体_GB2312", otherwise: "楷体,KaiTi,华文楷体,STKaiti,方正楷体_GBK,AR PL UKai CN" },
  hei: { name: "黑体", otherwise: "SimHei,方正黑体_GBK,华文黑体,Noto Sans CJK SC" },
  page: { name: "宋体", otherwise: "SimSun,华文宋体,STSong,方正书宋_GBK,Noto Serif CJK SC" },
} as const;
export type Face = keyof typeof FACES;
/** Numerals and Latin letters. */
export const LATIN = "Times New Roman";

export interface Style {
  /** As the officer sees it in the style list. */
  readonly name: string;
  readonly face: Face;
  /** Points. */
  readonly size: number;
  readonly align?: "center" | "right" | "both" | "left";
  readonly firstLine?: number;
  readonly left?: number;
  readonly hanging?: number;
  readonly right?: number;
  readonly before?: number;
  readonly line?: number | "auto";
  readonly outline?: number;
  readonly keepNext?: boolean;
  readonly red?: boolean;
  /** A red rule 4 mm below. */
  readonly rule?: boolean;
  readonly newPage?: boolean;
}

const two = { firstLine: 2 * CHARACTER };
const ATTACHMENT = 3 * CHARACTER;

export const STYLES = {
  copy: { name: "公文份号", face: "body", size: 16 },
  secrecy: { name: "公文密级", face: "hei", size: 16 },
  urgency: { name: "公文紧急程度", face: "hei", size: 16 },
  masthead: { name: "公文发文机关标志", face: "title", size: 42, align: "center", red: true, line: "auto" },
  number: { name: "公文发文字号", face: "body", size: 16, align: "center", before: 2 * LINE, rule: true },
  signed: {
    name: "公文发文字号和签发人",
    face: "body",
    size: 16,
    align: "left",
    before: 2 * LINE,
    firstLine: CHARACTER,
    rule: true,
  },
  title: { name: "公文标题", face: "title", size: 22, align: "center", keepNext: true },
  addressee: { name: "公文主送机关", face: "body", size: 16 },
  heading1: { name: "公文一级标题", face: "hei", size: 16, outline: 0, keepNext: true, ...two },
  heading2: { name: "公文二级标题", face: "kai", size: 16, outline: 1, keepNext: true, ...two },
  heading3: { name: "公文三级标题", face: "body", size: 16, outline: 2, keepNext: true, ...two },
  body: { name: "公文正文", face: "body", size: 16, ...two },
  caption: { name: "公文表题", face: "hei", size: 14, align: "center", keepNext: true },
  cell: { name: "公文表格", face: "body", size: 12, align: "left", line: 400 },
  columnHead: { name: "公文表头", face: "hei", size: 12, align: "center", line: 400 },
  // Where a table has so many columns that its numbers would not stay whole.
  cellSmall: { name: "公文小表格", face: "body", size: 9, align: "left", line: 300 },
  columnHeadSmall: { name: "公文小表头", face: "hei", size: 9, align: "center", line: 300 },
  attachment: {
    name: "公文附件说明",
    face: "body",
    size: 16,
    align: "left",
    left: 2 * CHARACTER + ATTACHMENT,
    hanging: ATTACHMENT,
  },
  attachmentMore: {
    name: "公文附件说明续",
    face: "body",
    size: 16,
    align: "left",
    left: 2 * CHARACTER + ATTACHMENT,
  },
  issuer: { name: "公文署名", face: "body", size: 16, align: "right", keepNext: true },
  date: { name: "公文成文日期", face: "body", size: 16, align: "right", right: 4 * CHARACTER },
  note: { name: "公文附注", face: "body", size: 16, ...two },
  annexMark: { name: "公文附件标志", face: "hei", size: 16, newPage: true, keepNext: true },
  blank: { name: "公文空行", face: "body", size: 16 },
  imprint: {
    name: "公文版记抄送",
    face: "body",
    size: 14,
    align: "left",
    left: 1120,
    hanging: 840,
    right: 280,
  },
  printed: { name: "公文版记印发", face: "body", size: 14, align: "left", firstLine: 280 },
  page: { name: "公文页码", face: "page", size: 14, line: "auto" },
} satisfies Record<string, Style>;
export type StyleId = keyof typeof STYLES;

/** How wide a text is in characters of the body: digits and Latin letters take half. */
export const widthIn = (text: string) =>
  [...text].reduce((w, c) => w + ((c.codePointAt(0) as number) < 0x2e80 ? 0.5 : 1), 0);
