/** What may be written at a place of a rules file that is not a formula. */

export const KEYS: readonly (readonly [key: string, means: string])[] = [
  ["entity", "家庭的，还是每个成员的"],
  ["type", "金额、整数、数、是否、文字、日期"],
  ["unit", "单位：元/月、元、人、岁…"],
  ["reference", "依据的条文，写进每一份决定"],
  ["description", "说明"],
  ["formula", "公式：从哪天起，怎么算"],
  ["table", "表：每种情形恰好一行"],
  ["round", "除不尽时怎么取整"],
  ["choices", "只能是这几种"],
  ["input", "由人填报"],
  ["question", "怎么问"],
  ["self_check", "政策自测里问"],
  ["when", "什么情况下才问"],
  ["unrecorded", "没有登记时按什么算"],
  ["assume", "自测没问时按什么算"],
  ["min", "最小"],
  ["max", "最大"],
  ["material", "证明材料"],
  ["help", "填写说明"],
  ["nullable", "可以是“空”"],
  ["label", "页面上的叫法"],
  ["code", "英文代号"],
];

export const VALUES: Readonly<Record<string, readonly (readonly [value: string, means: string])[]>> = {
  entity: [
    ["家庭", "整户一个"],
    ["成员", "每人一个"],
  ],
  type: [
    ["money", "金额"],
    ["integer", "整数"],
    ["number", "数"],
    ["boolean", "是否"],
    ["text", "文字"],
    ["date", "日期"],
  ],
  input: [["true", "由人填报"]],
  self_check: [["true", "自测里问"]],
  nullable: [["true", "可以是“空”"]],
  round: [
    ["half_up_fen", "四舍五入到分"],
    ["up_fen", "进到分"],
    ["down_fen", "舍到分"],
    ["half_up_jiao", "四舍五入到角"],
    ["up_jiao", "进到角"],
    ["half_up_yuan", "四舍五入到元"],
    ["up_yuan", "进到元"],
    ["down_yuan", "舍到元"],
  ],
  unit: [
    ["元/月", ""],
    ["元", ""],
    ["人", ""],
    ["岁", ""],
    ["月", ""],
    ["%", ""],
  ],
};

/** Words of a formula that are neither names nor functions. */
export const FORMULA_WORDS: readonly (readonly [word: string, means: string])[] = [
  ["if 条件 then 甲 else 乙", "符合条件是甲，否则是乙"],
  ["and", "而且"],
  ["or", "或者"],
  ["in", "在范围里：年龄 in [60..80)"],
  ["some 人 in 成员 satisfies 人.", "只要有一个人"],
  ["every 人 in 成员 satisfies 人.", "每个人都"],
  ["本月", "算的那个月"],
  ["本月初", "那个月的第一天"],
  ["本月末", "那个月的最后一天"],
  ["成员", "这户的成员"],
  ["家庭", "这户"],
];
