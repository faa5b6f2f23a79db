import { left } from "./clauses.ts";
import { DEED, noun } from "./nouns.ts";
import { clauseBefore, type Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";
import { levelBefore, topicOf, topicOrHeading } from "./topics.ts";
import { isMoney } from "./units.ts";
import type { Told } from "./wholes.ts";

/** What each gets, ages without people, what is given: words that are no thing by themselves take the one told of before. */

export const THING =
  /(?:[率金款费人员者户童象庭口所院馆站点堂园床村区镇乡县市业证校房车队会社团墓书位]|标准|机构|组织|中心|街道|项目|人次)$/;
/** 集中供养, 市本级, 省级: says which, and not what. */
export const isKind = (object: string) =>
  object.length <= 6 &&
  /^[一-龥A-Za-z0-9]{2,}$/.test(object) &&
  !DEED.test(object) &&
  !/^[占比较同增已]|(?:低保|特困|低边|支出)$/.test(object) &&
  !THING.test(object);

/** 每个补助, 户均, 每人每年培训: how much each gets, of the thing told of before. */
const EACH_LEAD =
  /^(?:(?:每(?:张床位|个?(?:行政村|村|社区|乡镇|站点|点|项目)|[人户床例具张名个次套家所处餐生期])|[户人生床例]均)+(?:每[年月天日次])?|单[个笔次例户张])/;
const EACH_ATTRIBUTE =
  /^(?:至少|均|再|最高|一次性)*(?:(?:给予|发放)?(?:建设|运营)?(?:补助|补贴|奖补|奖励|资助|补偿|救助|减免)|保费|缴费|收费|价格|培训|检查|走访|探访|服务|增加|提高|面积|建筑面积|床位|占地)?$/;
const SCHOOL = /^(?:本科|专科|大专|高中|中职|初中|小学|研究生)/;
const GIFT = /(?:补贴|补助|津贴|奖补|奖励|资助|生活费)$/;
const BY_SIZE = /(?:以[上下内]|\d[一-龥]{1,3})[补奖]\d/;
const HEAD_GIFT =
  /([^。;:,\n]{2,20}?)按照?([^按。;:,\n]{1,8})(?:给予|发放)(?:一次性)?([^。;:,\n]{0,8}):[^。:\n]{0,90}$/;
function headGift(text: string, to: number): { by: string; gift: string } | undefined {
  const [, thing = "", by = "", gift = ""] = HEAD_GIFT.exec(text.slice(Math.max(0, to - 130), to)) ?? [];
  return GIFT.test(gift) ? { by: noun(thing) + by, gift: noun(thing) + gift } : undefined;
}
const GIFT_WORD = /^(?:补贴|补助|津贴|奖补|奖励|资助)$/;
const AGE_ONLY = /^(?:每[月年人天餐次].*|[\d至-]+周?岁.*|.*[、和及且]|)$/;
const PEOPLE = /(?:老年人|老人|儿童|妇女|居民|学生|残疾人)/;
const SPENT = /(?<=.{2})(?:支出|投入|发放)?(?:资金|金额)$/;
const MORE_WORDS = /由[^由]{2,14}(?:负担|承担|统筹|安排|解决|列支)(?:每[月年人]*)?$/;
const BY_DEGREE = /^(.{1,6}?[级档类等])(?:的?每[人例户张家])?分别(?:给予)?(奖励|补助|补贴|奖补|资助)$/;

export function eachOf(text: string, claim: Claim, told: Told | undefined, found: Found): Found | undefined {
  return (
    givenOf(text, claim, told, found) ?? howOf(text, claim, found) ?? shareOfEach(text, claim, told, found)
  );
}

function givenOf(text: string, claim: Claim, told: Told | undefined, found: Found): Found | undefined {
  const { object } = found;
  const { unit } = claim.token;
  // 高龄津贴。80至89周岁每月50元: an age whose people are not said is that of the allowance.
  if (/岁$/.test(unit) && AGE_ONLY.test(object)) {
    const people = PEOPLE.exec(told?.object || object)?.[0];
    const named = people ?? (levelBefore(text, claim.subjectTo) || topicOf(text, claim.subjectTo));
    return named ? { object: named, pattern: "object.topic" } : undefined;
  }
  // 取得初级、中级证书的,每月分别给予100元、200元 below 岗位津贴: what is given is the head's.
  if (/给予$|^.{2,}发放$/.test(object) && isMoney(unit)) {
    const head = topicOrHeading(text, claim.subjectTo);
    if (GIFT.test(head)) return { ...found, object: object.replace(/(?:证书)?(?:给予|发放)$/, "") + head };
  }
  // 新建助餐点按面积给予一次性建设补助:80平方米以下补2万元: by what and what, before the colon.
  const sized = left(text, claim.subjectTo) + text.slice(claim.subjectTo, claim.to + 2);
  const head = BY_SIZE.test(sized) ? headGift(text, claim.subjectTo) : undefined;
  if (head) return { object: isMoney(unit) ? head.gift : head.by, pattern: "object.topic" };
  // 农村低保标准594元;全年救助2.6万人: a level has no people.
  if (/^[人户]次?$/.test(unit) && /标准$/.test(object) && found.pattern === "object.same") {
    const head = topicOrHeading(text, claim.subjectTo);
    if (head) return { object: head, pattern: "object.topic" };
  }
  // 资助大学新生60名,本科5000元: what each kind of them gets.
  if (
    told &&
    isMoney(unit) &&
    object.length <= 4 &&
    isKind(object) &&
    /(?:生|人|员|者|童|户|孤儿|家庭|对象)$/.test(told.object)
  )
    return { object: object + told.object.replace(SCHOOL, ""), pattern: "object.part-of" };
  // 选聘儿童主任203名,每月补贴150元: theirs.
  if (
    told &&
    !/[率费金款]$|标准$/.test(told.object) &&
    GIFT_WORD.test(object) &&
    /每[月年][^,。;]{0,6}$/.test(left(text, claim.subjectTo))
  )
    return { object: told.object + object, pattern: "object.part-of" };
  // 助浴点8个,年服务6000人次: what they do.
  if (told && /^年(?:服务|接待|供餐)$/.test(object) && /(?:[点院站所堂家馆]|中心|食堂)$/.test(told.object))
    return { object: told.object + object, pattern: "object.part-of" };
  return undefined;
}

/** Off with how it is reckoned, paid and shared out. */
function howOf(text: string, claim: Claim, found: Found): Found | undefined {
  const { object } = found;
  if (MORE_WORDS.test(object)) return { ...found, object: object.replace(MORE_WORDS, "") };
  const degree = BY_DEGREE.exec(object);
  if (degree) {
    const whom = clauseBefore(text, claim.subjectTo).replace(/^.*的(?=.{2})/, "");
    return { object: degree[1] + whom + degree[2], pattern: "object.shared-list" };
  }
  if (/的每[人例户张]分别/.test(object))
    return { ...found, object: object.replace(/的每[人例户张]分别/, "") };
  // 困难家庭按低保标准的2至6倍: how it is reckoned is not what it is.
  const reckoned = claim.token.unit === "倍" ? /^([^按]{4,})按/.exec(object)?.[1] : undefined;
  if (reckoned) return { ...found, object: reckoned };
  return undefined;
}

function shareOfEach(text: string, claim: Claim, told: Told | undefined, found: Found): Found | undefined {
  const { object } = found;
  const lead = EACH_LEAD.exec(object)?.[0];
  const rest = lead === undefined ? "" : object.slice(lead.length);
  if (lead === undefined || !EACH_ATTRIBUTE.test(rest)) return undefined;
  const gift = rest.replace(/^(?:至少|均|再|最高)+/, "");
  const said =
    told && !EACH_LEAD.test(told.object) ? told.object.replace(/^[\d-]+周?岁(?:及?以[上下])?/, "") : "";
  const topic = topicOrHeading(text, claim.subjectTo);
  const named = said || clauseBefore(text, claim.subjectTo);
  const thing = (named.length > 12 && topic) || named.replace(SPENT, "") || topic;
  return thing.length < 2
    ? undefined
    : { object: thing.endsWith(gift) ? thing : thing + gift, pattern: "object.part-of" };
}
