/** The lexicon of units. A unit is what may stand after a numeral; the longest match wins. */

/** Classifiers of things that one can count on the spot; also after Chinese numerals. */
export const CONCRETE = [
  ..."家所名位户座张间栋幢处场辆台套件起例亩人口具只本幅部份批次篇期元枚棵株块盏袋瓶桶箱盒架艘扇".split(""),
  "人次",
  "户次",
  "万元",
  "亿元",
  "平方米",
  "公里",
  "个月",
];

/** Counted, but after a Chinese numeral more often an enumeration than a count. */
export const LOOSE = [
  ..."双头羽匹尾顶束封粒个项条类种对支组班节门堂讲轮遍宗笔则句页册卷面片款档根颗顿餐趟车".split(""),
];

const MEASURES = [
  "美元",
  "港元",
  "欧元",
  "千瓦时",
  "千瓦",
  "兆瓦",
  "个百分点",
  "百分点",
  "平方公里",
  "平方千米",
  "平方米",
  "立方米",
  "平米",
  "㎡",
  "m²",
  "m2",
  "公里",
  "千米",
  "km",
  "公顷",
  "公斤",
  "千克",
  "kg",
  "kW",
  "米",
  "吨",
  "斤",
  "厘米",
  "个工作日",
  "工作日",
  "个自然日",
  "个小时",
  "小时",
  "分钟",
  "课时",
  "学时",
  "个季度",
  "个月",
  "个年度",
  "周岁",
  "岁",
  "天",
  "日",
  "周",
  "年",
  "倍",
  "成",
  "分",
  "%",
  "‰",
];

/** Nouns that do without a classifier: 2镇, 12村, 3床. */
const BARE = [
  "村(社区)",
  "镇(街道)",
  "乡(镇)",
  "乡镇(街道)",
  "乡镇",
  "镇街",
  "街道",
  "社区",
  "镇",
  "乡",
  "村",
  "县",
  "床",
  "网格",
];

const PEOPLE = [
  "人次",
  "轮次",
  "余人次",
  "名次",
  "户次",
  "件次",
  "家次",
  "场次",
  "批次",
  "班次",
  "车次",
  "台次",
  "台套",
  "辆次",
  "例次",
  "人天",
  "人份",
  "户人",
  "张床位",
  "张床",
  "个床位",
  "个床",
];

const MONEY = ["元"];

const PARTS: ReadonlySet<string> = new Set(["元", "万元", "亿元", "亩", "平方米", "公里", "个月", "人天"]);
const WHOLE: ReadonlySet<string> = new Set(
  [...CONCRETE, ...LOOSE, ...BARE, ...PEOPLE].filter((u) => !PARTS.has(u)),
);
/** Persons, households, beds, places, times: there is no part of one. Money, areas, shares and 万人 have parts. */
export const isWhole = (unit: string): boolean => WHOLE.has(unit);

const sorted = (list: readonly string[]) =>
  [...new Set(list)].sort((a, b) => b.length - a.length).map((u) => u.replace(/[()[\].*+?]/g, "\\$&"));

/** Any unit, sticky. `张床位` is 张 with its noun: see tokens. */
export const UNIT = new RegExp(
  `(?:${sorted([
    ...PEOPLE.filter((u) => !/床|户人/.test(u)),
    ...MEASURES,
    ...MONEY,
    ...CONCRETE,
    ...LOOSE,
    ...BARE,
  ])
    .filter((u) => u !== "万元" && u !== "亿元")
    .join("|")})`,
  "y",
);

/** What follows 元: /人/月, ·月, 每人每月. Sticky. */
export const RATE_TAIL =
  /[/·]人[·]?[月年](?![底初末中内度])|(?:[/·](?:人|月|年|日|天|次|户|床位|床|具|张|例|小时|平方米|㎡|个|家|名|位|生|学年|学期|季|季度|课时)){1,3}|每人每(?:月|年|天|日)|每月每人/y;

export const isMoney = (unit: string) => /元(?:\/|$)/.test(unit);
/** Countable things: the noun usually follows. */
export const isClassifier = (unit: string) =>
  unit.length === 1 && !"元%‰年天日周分度岁倍成米吨斤升人".includes(unit) && !BARE.includes(unit);
export const isTime = (unit: string) =>
  /^(?:年|天|日|周|个月|个工作日|工作日|个自然日|个小时|小时|分钟|个季度|个年度)$/.test(unit);

/** 元/人/月 → 元/月; the person is dropped, the time stays. */
export function tidyRate(tail: string): string {
  const time = /月/.test(tail) ? "月" : /年/.test(tail) ? "年" : /[天日]/.test(tail) ? "日" : "";
  if (time) return `/${time}`;
  const other = tail.replace(/·/g, "/").replace(/\/(?:人|名|位)(?=\/|$)/g, "");
  return other;
}

/** 每人每月, 月人均, 每月 … before an amount. */
export const PER =
  /(?:(?<=[为是按到至达,、(准])人[年月]|每[人名位户]{1,2}每?[月年天日]|每[月年]每[人户]|[月年]人均|人均每[月年]|每[人月年户床例具次天日名位张个])(?:均|分别)?$/;

export const perUnit = (per: string): string =>
  /月/.test(per)
    ? "/月"
    : /季度/.test(per)
      ? "/季度"
      : /年/.test(per)
        ? "/年"
        : /[天日]/.test(per)
          ? "/日"
          : "";
