import type { Token } from "./tokens.ts";

/** Units that the writer left out, from the words around. */
const PERSON =
  /(?:人|人口|员|者|儿童|老人|学生|对象|患者|群众|职工|党员|孤儿|妇女|居民|村民|干部|志愿者|低保)$/;
const HOUSEHOLD = /(?:家庭|户|农户)$/;
const MONEY =
  /(?:资金|经费|金额|投资|投入|收入|支出|补助|补贴|善款|捐款|款物|销售额|销量|总额|拨付|下拨|募集|筹集|救助金|保障金|公益金|预算|债券|价值|补助金|奖金|产值)/;
const BUILD =
  /(?:新建|建设|建成|完成|改造|新增|改扩建|培训|救助|服务|帮扶|走访|慰问|开展|举办|打造|创建|培育|设立|设置|发放|评选|整治|排查|检查|资助|探访|惠及|覆盖)$/;
const NOT_NOUN =
  /^(?:号|热线|平台|大|届|级|字|线|路|室|楼|栋|和|及|、|与|,|。|;|:|\)|\n|-|\/|分|秒|时|\||\t|的)/;

/** Gives the token a unit; false when the numeral is no quantity after all. */
export function supplyUnit(text: string, token: Token): boolean {
  if (token.unit) return true;
  const before = (
    text
      .slice(Math.max(0, token.from - 24), token.from)
      .split(/[,。;:!?\n|、]/)
      .at(-1) ?? ""
  ).replace(/(?:将|预计|已|为|是|共|共计|合计|的|了|稳定在|保持在|控制在|提高到|增加到|达到?|至|在)+$/, "");
  const behind = text.slice(token.to, token.to + 24).split(/[,。;:!?\n|()、]/)[0] ?? "";
  const noun = behind.replace(/^(?:余|多)/, "");
  const supply = (unit: string, why: string) => {
    token.unit = unit;
    token.reasons.push({ pattern: "unit.supplied", why });
    return true;
  };
  if (token.multiplier) {
    // 4.85万低收入高龄老人: the noun behind counts more than a word for money inside it.
    const people =
      PERSON.test(noun) ||
      PERSON.test(
        noun.slice(0, 14).replace(/(?:发放|提供|开展|参加|全部|纳入|的|安度|度过|享受|受益|得到).*$/, ""),
      );
    if (
      (MONEY.test(before.slice(-12)) && !people) ||
      new RegExp(`${MONEY.source}$`).test(before) ||
      /[一-龥]{2}(?:金|费|款)$/.test(before) ||
      (MONEY.test(noun.slice(0, 8)) && !people)
    )
      return supply("元", "说的是钱，省略了「元」");
    if (people) return supply("人", "说的是人，省略了「人」");
    if (HOUSEHOLD.test(noun)) return supply("户", "说的是家庭，省略了「户」");
    // 60岁以上老年人将突破12万: with nothing behind it, the noun before.
    if (noun === "" && PERSON.test(before)) return supply("人", "说的是人，省略了「人」");
    token.reasons.push({ pattern: "unit.unknown", why: "原文没有单位" });
    return true;
  }
  if (/率$|占比$|比例$|比重$/.test(before))
    return Number(token.decimal) <= 100 && supply("%", "率，省略了百分号");
  if (/人数$/.test(before)) return supply("人", "人数");
  if (/人次数?$/.test(before)) return supply("人次", "人次");
  if (/户数$/.test(before)) return supply("户", "户数");
  if (/次数$/.test(before)) return supply("次", "次数");
  if (/床位数?$/.test(before)) return supply("张", "床位");
  if (/满意度$|得分$|分值$/.test(before)) return supply("分", "满意度或得分");
  if (/(?:个|总|数|家|站点|场|件)数$|数量$|总量$/.test(before)) return supply("个", "个数");
  if (/(?:金额|总额|资金|经费|投入|标准)$/.test(before) && token.comparator !== "=")
    return supply("元", "金额");
  if (
    BUILD.test(before) &&
    /^[一-龥“]{2}/.test(noun) &&
    !NOT_NOUN.test(noun) &&
    !/^\d{4,}$/.test(token.decimal)
  ) {
    return supply(
      HOUSEHOLD.test(noun) ? "户" : PERSON.test(noun) ? "人" : "个",
      "动词后面直接是数和名词，省略了量词",
    );
  }
  return false;
}
