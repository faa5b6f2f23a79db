/** Dates and periods: what they cover, so that a quantity finds its time and no date becomes a quantity. */
export interface Time {
  readonly from: number;
  readonly to: number;
  /** Absolute period, or undefined when it needs the year of the document. */
  readonly period?: string;
  /** `06`, `Q3`, `01/09`, `year` or `last`: relative to the document's year. */
  readonly relative?: string;
  /** 2023年度…: a name of something, not the time of the sentence. */
  readonly attributive: boolean;
  /** 至今, 以来: open towards the present. */
  readonly open: boolean;
}

const Y = "(?:19|20)\\d{2}";
/** 2000张, 2024㎡: with a unit behind it, or held against something before it, four digits are no year. */
const COUNTS =
  "%.,、元人户个家张名万亿余多几所座处位件条份次场套台辆具对亩平公米只盏盒袋吨块根棵株㎡m千百床例起项支批间栋幢枚瓶箱";
const BARE_YEAR = `(?<!不?[少低小多高大]于|超过?|突破|[近约达]|[≥≤><])${Y}(?=(?:-|/)?[^\\d${COUNTS}])`;
/** A year in a title, with or without 年. */
export const YEAR_IN_TITLE = new RegExp(`((?:19|20)\\d{2})(?![\\d${COUNTS}])`, "g");
const M = "(?:1[0-2]|0?[1-9])(?!\\d)";
const D = "(?:[12]\\d|3[01]|0?[1-9])";
const PATTERN = new RegExp(
  [
    "“?(?<five>十[一二三四五六]五)”?(?<fivePart>时期|期间|末|以来)",
    `(?<ya>${Y})年?(?:度)?(?:-+|至|到)(?<yb>${Y})(?!\\d)(?:年度?)?`,
    `(?<ymA>${Y})年(?<ma>${M})月?(?:-|至|到)(?:(?<ymB>${Y})年)?(?<mb>${M})月(?:份|底|末)?`,
    `(?<y1>${Y})[-./](?<m1>${M})(?:[-./]${D}(?!\\d)(?:T?\\d{1,2}:\\d{2}(?::\\d{2})?)?)?(?![\\d%万亿元人户])`,
    `(?<y2>${Y})年(?<m2>${M})月(?:${D}[日号])?(?:份|底|末|初|上旬|中旬|下旬)?`,
    `(?<y0>${Y})年元月(?:份|底|末|初)?`,
    `(?<y3>${Y})年(?<part>第?[一二三四1-4]季度|上半年|下半年|前三季度)`,
    `(?:上个世纪|上世纪|(?:19|20)世纪)?\\d0年代[初中末]?|(?<!\\d)\\d{1,3}年(?:后|前(?!后))(?!,?[^,。;]{0,4}\\d)`,
    `(?:(?<y4>${Y})年(?:度|底|末|初|全年)?|(?<y6>${BARE_YEAR}))(?<open>至今|至现在?|以来)?`,
    `(?<![\\d.])(?<y5>\\d{2})年(?=底|末|初|度|全年|上半年|下半年|计划|工作)`,
    "(?<cn>[二一][〇零九○O0][零〇○O0一二三四五六七八九]{2})年(?:度|底|[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?",
    `(?<![\\d.个])(?<ra>${M})月?(?:-|至|到)(?<rb>${M})月(?:份|底|末)?`,
    `(?<![\\d个])(?<!(?<!(?:^|\\n)\\d{1,2})\\.)(?<m3>${M})月(?:${D}[日号](?:(?:-|至|到|、)(?:${M}月)?${D}[日号])?)?(?:份|底|末|初|上旬|中旬|下旬)?`,
    "(?<rel>第?[一二三四1-4]季度(?!度)|上半年|下半年|前三季度|今年|本年度?|去年|上年度?|上一年度?|前年|明年|来年|年底|年末|年内|全年|当年)",
    "(?<near>(?:近|最近|过去|未来|今后|(?<!提)前)(?:\\d{1,2}|[一二三四五六七八九十两]{1,2})(?:个月|年|天|周)(?:来|内)?)",
    "(?<![\\d.个数])(?<cm>[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号]|份|底|末|初|上旬|中旬|下旬))",
    `(?<clock>(?<!\\d)\\d{1,2}:\\d{2}(?::\\d{2})?(?!\\d)|\\d{1,2}时(?:\\d{1,2}分|许|至))`,
    `(?<day>(?<=每月)${D}(?:[、和]${D})+[日号]|(?<=[日号月](?:-|至|到|、|和))${D}[日号]|(?<=每月|月的)${D}[日号]|(?<=[,;。\\n])${D}日(?=[一-龥,](?!内|起))|(?<![\\d.月])${D}日(?=表示|召开|上午|下午|晚|举行|在|从|讯|电))`,
  ].join("|"),
  "g",
);

const two = (m: string) => m.padStart(2, "0");
const QUARTER: Record<string, string> = { 一: "Q1", 二: "Q2", 三: "Q3", 四: "Q4" };
function partOf(word: string): string {
  if (word.startsWith("上半")) return "01/06";
  if (word.startsWith("下半")) return "07/12";
  if (word.startsWith("前三")) return "01/09";
  const n = word.replace(/第|季度/g, "");
  return QUARTER[n] ?? `Q${n}`;
}
/** `06` of 2024 → 2024-06; `01/09` → 2024-01/2024-09. */
export function within(year: number | string, part: string): string {
  if (part === "year") return String(year);
  if (part === "last") return String(Number(year) - 1);
  if (part === "next") return String(Number(year) + 1);
  return part
    .split("/")
    .map((p) => `${year}-${p}`)
    .join("/");
}

export function timesOf(text: string): Time[] {
  const found: Time[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const g = match.groups as Record<string, string | undefined>;
    const from = match.index;
    const to = from + match[0].length;
    let period: string | undefined;
    let relative: string | undefined;
    if (g.five) {
      const first = 2006 + 5 * "一二三四五六".indexOf(g.five[1] as string);
      period = g.fivePart === "末" ? String(first + 4) : `${first}/${first + 4}`;
    } else if (g.ya && g.yb) period = `${g.ya}/${g.yb}`;
    else if (g.ymA && g.ma && g.mb) period = `${g.ymA}-${two(g.ma)}/${g.ymB ?? g.ymA}-${two(g.mb)}`;
    else if (g.y1 && g.m1) period = `${g.y1}-${two(g.m1)}`;
    else if (g.y2 && g.m2) period = `${g.y2}-${two(g.m2)}`;
    else if (g.y0) period = `${g.y0}-01`;
    else if (g.y3 && g.part) period = within(g.y3, partOf(g.part));
    else if (g.y4 ?? g.y6) period = g.y4 ?? g.y6;
    else if (g.y5) period = `20${g.y5}`;
    else if (g.cn)
      period = [...g.cn].map((c) => "〇一二三四五六七八九".indexOf("零○O0".includes(c) ? "〇" : c)).join("");
    else if (g.ra && g.rb) relative = `${two(g.ra)}/${two(g.rb)}`;
    else if (g.m3) relative = two(g.m3);
    else if (g.rel)
      relative = /季度|半年/.test(g.rel)
        ? partOf(g.rel)
        : /去年|上年|上一年/.test(g.rel)
          ? "last"
          : /明年|来年/.test(g.rel)
            ? "next"
            : "year";
    found.push({
      from,
      to,
      ...(period === undefined ? {} : { period }),
      ...(relative === undefined ? {} : { relative }),
      attributive: /年度$/.test(match[0]) && /[一-龥“]/.test(text[to] ?? ""),
      open: g.open !== undefined || /^(?:至今|至现|以来)/.test(text.slice(to, to + 2)),
    });
  }
  return found;
}
