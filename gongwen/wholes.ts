import { EVERYWHERE } from "./behind.ts";
import { FIGURES, left } from "./clauses.ts";
import { DEED, noun, share } from "./nouns.ts";
import { bareObject, clauseBefore, type Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";
import { isMoney } from "./units.ts";

/** What a figure is about when its own words do not say: the whole a part belongs to, the head of the paragraph. */

const HOW = /(?:按时|按期|及时)$/;
/** An attribute or a part: it says nothing without the thing that has it. */
const THIN =
  /^(?:年度完成|年内完成|提供|设计|设|概算|估算|完成|拥有|现有|平均|总|设有|共有|设置|补助|投入|支出|享受|拨款|发放|落实|配套|建成|建筑|占地)?(?:项目(?:经费|资金|投资额?)|年?产值|总?工程量|税收|年?产能|床位|总床位|床位数|总床位数|标准|资金|经费|金额|总金额|总?长度?|全长|(?:月?人均)?补差|支出|入住|环比|降幅|权重|穴位|墓穴|格位|墓位|托位|人员|面积在?|(?:总|年度)?投资额?|总投入|参与|参加|用餐|人数|户数|[人户]均|(?:覆盖|入住|开工|动工|竣工|(?:基本)?建成|整改|处置|回访|化解|探访|合格|满意|完成|办结|参与|签约|建档|报名|达标|知晓|录入|巡访|建成)率|提高幅度|增幅)$/;
/** 建成中心2个,增加床位150张: of that one thing. */
const ADDED = /^(?:新增|增加)(?:床位|墓位|墓穴|穴位|格位)$/;
/** 孤儿…基本生活最低保障标准, of which one kind is named later: 散居孤儿提高到1150元. */
const STANDARD_OF = /(?:基本生活)?(?:最低)?(?:生活)?(?:保障|养育|供养|补助|补贴|救助)*标准$/;

/** 农事服务中心完成总工程量的65%: what has got so far. */
const DOER =
  /^([^\d]{4,28}?(?:项目|工程|中心|院|馆|所|站|园))(?:已|共|累计)*完成了?(?:总|年度)?(?:工程量|投资额?|产值)的?$/;

const OWNER =
  /^的([一-龥“”]{2,24}?)(?=主体|已|正式|全面|顺利|如期|开工|完成|建成|竣工|投入|启动|封顶|进入|落地|签约|[,。;、])/;

/** What a part may belong to; of another part its whole. */
function wholeOf(words: string): string {
  const whole = words
    .replace(/^(?:整合|通过|开展|进行|组织|利用|依托)[^的]{0,8}?(?:开展|进行)/, "")
    .replace(/(?:已|正在)?(?:运行|运营|开展|进行|实施|完成)$/, "")
    // 办结率98%、满意率95%: of the same, not of each other.
    .replace(/(?<=.{4})(?:办结|满意|完成|合格|覆盖|入住|签约|建档|达标|知晓|探访|处置|整改|回访)率$/, "")
    .replace(
      /(?<=.{2})(?:月?人均补差|补差水平|补差|支出|入住|降幅|开工|动工|竣工|占地(?:面积)?|总?建筑面积)$/,
      "",
    )
    .replace(/(?<=.{4})(?:概算)?(?:总|年度)?投资额?$/, "")
    .replace(/(?<=.{2}(?:中心|院|所|站|机构))(?:设|设有|设计|设置|现有|共有)?总?床位数?$/, "");
  return THIN.test(whole) || /^该?(?:项目|工程)$/.test(whole) ? "" : whole;
}

/** 四、精简退职老职工生活补助发放情况 on a line of its own, right above. */
const HEADING =
  /(?:^|\n)((?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?[^。:,;\n\t|]{4,})\n$/;
const PART =
  /(?<=^|[。;])(?:[一二三四五六七八九十]{1,2}是|\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、])([^。:,;\d]{4,20})。|(?<=[作况设理务障])1[.、]([^。:,;\d]{4,20})。/g;
/** 2023年工作总结 above the first paragraph says nothing of a figure. */
const TITLE_LIKE = /(?:总结|计划|要点|思路|打算|安排|规划|方案|汇报|报告|通知)$/;
/** One verb without a noun says less than the heading. */
const VERB_ALONE = /^(?:年?服务|筹资|资助|救助|发放|支出|惠及|保障|补助|受益)$/;
const TOPIC_MAX = 24;
/** So far back the head of a paragraph still speaks for a figure; farther, looking would cost the square of the text. */
const FARTHEST = 1000;
/** Where the line of `to` begins; undefined when that is farther back than a head can speak for. */
function lineFrom(text: string, to: number): number | undefined {
  const seen = Math.max(0, to - FARTHEST);
  const line = text.slice(seen, to).lastIndexOf("\n");
  return line < 0 && seen > 0 ? undefined : seen + line + 1;
}

/** 一、殡葬改革。…: the words at the head of the paragraph, when the figure's own sentence names nothing. */
function topicOf(text: string, to: number, above = ""): string {
  const from = lineFrom(text, to);
  if (from === undefined) return "";
  // 二是流浪乞讨人员救助有力。累计救助…: the part that the figure stands in has a head of its own.
  const last = [...text.slice(from, to).matchAll(PART)].at(-1);
  const part = last?.[1] ?? last?.[2];
  const words =
    part ?? /^[^。:,;]{4,}(?=[。:])/.exec(text.slice(from, Math.min(to, from + TOPIC_MAX + 8)))?.[0] ?? above;
  const topic = noun(words.replace(/^[一二三四五六七八九十]+是/, "")).replace(
    /(?:(?:开展|发放|推进|完成)?(?:工作|制度|情况|任务)+|(?:规范)?有[力序效]|扩面提标|提标扩面|优化惠民|到位|扎实)$/,
    "",
  );
  return topic.length >= 2 && topic.length <= TOPIC_MAX && !/\d/.test(topic) ? topic : "";
}

/** The heading on the line right above the paragraph. */
function headingAbove(text: string, to: number): string {
  const from = lineFrom(text, to);
  const heading =
    from === undefined ? undefined : HEADING.exec(text.slice(Math.max(0, from - TOPIC_MAX - 12), from))?.[1];
  return heading === undefined || TITLE_LIKE.test(heading) ? "" : heading;
}

const GREW_EACH =
  /^(?:(?:比|较)?(?:同比|上年|去年)(?:同期)?|环比|[比较][^\d]{1,20}(?:目标|标准|水平|任务))分别(?:增长|提高|上升|增加|下降|减少|高出|低于)了?$/;
/** What the figures before one in its sentence are about: the last of them, and each of a list that was shared out. */
export interface Told {
  readonly object: string;
  readonly list: readonly string[];
  /** What 其中 parts: 五保对象, of which 集中供养 … 分散供养 …. */
  readonly whole: string;
  /** A clause without a figure stands between. */
  readonly apart: boolean;
  /** Those that stood alone, one after another. */
  readonly single: readonly string[];
}

/** Object of a claim and the pattern that found it; a part gets the whole that was named before it. */
export function objectOf(text: string, claim: Claim, told: Told | undefined): Found {
  const found = ownOrWhole(text, claim, told);
  return eachOf(text, claim, told, found) ?? found;
}

/** 每个补助, 户均, 每人每年培训: how much each gets, of the thing told of before. */
const EACH_LEAD =
  /^(?:(?:每(?:张床位|个?(?:行政村|村|社区|乡镇|站点|点|项目)|[人户床例具张名个次套家所处餐生])|[户人生床例]均)+(?:每[年月天日次])?|单[个笔次例户张])/;
const EACH_ATTRIBUTE =
  /^(?:至少|均|再|最高|一次性)*(?:(?:给予|发放)?(?:建设|运营)?(?:补助|补贴|奖补|奖励|资助|补偿|救助|减免)|保费|缴费|收费|价格|培训|检查|走访|探访|服务|增加|提高)?$/;
const SCHOOL = /^(?:本科|专科|大专|高中|中职|初中|小学|研究生)/;
const GIFT = /(?:补贴|补助|津贴|奖补|奖励|资助|生活费)$/;
const GIFT_WORD = /^(?:补贴|补助|津贴|奖补|奖励|资助)$/;
const AGE_ONLY = /^(?:每[月年人天餐次].*|[\d至-]+周?岁.*|.*[、和及且]|)$/;
const PEOPLE = /(?:老年人|老人|儿童|妇女|居民|学生|残疾人)/;
const SPENT = /(?<=.{2})(?:支出|投入|发放)?(?:资金|金额)$/;
const MORE_WORDS = /由[^由]{2,14}(?:负担|承担|统筹|安排|解决|列支)(?:每[月年人]*)?$/;
const BY_DEGREE = /^(.{1,6}?[级档类等])(?:的?每[人例户张家])?分别(?:给予)?(奖励|补助|补贴|奖补|资助)$/;

function eachOf(text: string, claim: Claim, told: Told | undefined, found: Found): Found | undefined {
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
    const head = topicOf(text, claim.subjectTo, headingAbove(text, claim.subjectTo));
    if (GIFT.test(head)) return { ...found, object: object.replace(/(?:证书)?(?:给予|发放)$/, "") + head };
  }
  // 农村低保标准594元;全年救助2.6万人: a level has no people.
  if (/^[人户]次?$/.test(unit) && /标准$/.test(object) && found.pattern === "object.same") {
    const head = topicOf(text, claim.subjectTo, headingAbove(text, claim.subjectTo));
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
  if (MORE_WORDS.test(object)) return { ...found, object: object.replace(MORE_WORDS, "") };
  const degree = BY_DEGREE.exec(object);
  if (degree) {
    const whom = clauseBefore(text, claim.subjectTo).replace(/^.*的(?=.{2})/, "");
    return { object: degree[1] + whom + degree[2], pattern: "object.shared-list" };
  }
  if (/的每[人例户张]分别/.test(object))
    return { ...found, object: object.replace(/的每[人例户张]分别/, "") };
  // 困难家庭按低保标准的2至6倍: how it is reckoned is not what it is.
  const reckoned = unit === "倍" ? /^([^按]{4,})按/.exec(object)?.[1] : undefined;
  if (reckoned) return { ...found, object: reckoned };
  const lead = EACH_LEAD.exec(object)?.[0];
  const rest = lead === undefined ? "" : object.slice(lead.length);
  if (lead === undefined || !EACH_ATTRIBUTE.test(rest)) return undefined;
  const gift = rest.replace(/^(?:至少|均|再|最高)+/, "");
  const said =
    told && !EACH_LEAD.test(told.object) ? told.object.replace(/^[\d-]+周?岁(?:及?以[上下])?/, "") : "";
  const topic = topicOf(text, claim.subjectTo, headingAbove(text, claim.subjectTo));
  const named = said || clauseBefore(text, claim.subjectTo);
  const thing = (named.length > 12 && topic) || named.replace(SPENT, "") || topic;
  return thing.length < 2
    ? undefined
    : { object: thing.endsWith(gift) ? thing : thing + gift, pattern: "object.part-of" };
}

/** How many figures the clause before holds. */
function figuresBefore(text: string, to: number): number {
  const at = to - left(text, to).length - 1;
  return text[at] === "," ? (left(text, at).match(FIGURES)?.length ?? 0) : 0;
}

function ownOrWhole(text: string, claim: Claim, told: Told | undefined): Found {
  const said = told?.object;
  const found = bareObject(text, claim, said);
  const { object } = found;
  // 甲、乙投资额分别为3、2亿元,完成年度计划的81%、95%: the second list is of the same things as the first.
  if (claim.order && claim.order.of === told?.list.length && found.pattern === "object.before") {
    const one = wholeOf(told.list[claim.order.index] as string);
    if (one) return { object: one + object, pattern: "object.shared-list" };
  }
  // 提供甲3个,开发乙2个,同比分别增长7%、32%: each of the second list is of one of the figures before.
  if (claim.order && claim.order.of > 1 && told && GREW_EACH.test(left(text, claim.subjectTo))) {
    const one = told.single.slice(-claim.order.of)[claim.order.index];
    if (one && told.single.length >= claim.order.of && new Set(told.single.slice(-claim.order.of)).size > 1)
      return { object: one, pattern: "object.same" };
  }
  // 新建4个居家养老示范点,…现4个示范点: the same once more.
  const listed = claim.order !== undefined && claim.order.of > 1;
  if (
    !listed &&
    said &&
    object.length >= 2 &&
    said.length > object.length &&
    said.endsWith(object) &&
    !/\d/.test(said)
  )
    return { object: said, pattern: "object.same" };
  if (THIN.test(object) || (ADDED.test(object) && figuresBefore(text, claim.subjectTo) === 1)) {
    // 总投资1.12亿元的康养中心完成主体: the thing that has it stands behind.
    const owner = OWNER.exec(text.slice(claim.to, claim.to + 30))?.[1];
    if (owner) return { object: owner + object, pattern: "object.part-of" };
    // 按时办结率: how it is done is part of the rate's name.
    const how = HOW.exec(left(text, claim.subjectTo).split(object)[0] ?? "")?.[0];
    if (how) return { object: how + object, pattern: "object.before" };
    // 甲、乙、丙,投资额分别为3、2、1万元: each has its own.
    const near = said && !listed && !told?.apart && !THIN.test(said);
    // 22家,其中公办6家、民办16家,总床位3180张: of all of them.
    const all = object.startsWith("总") && told?.whole;
    const named = all || (near ? said : clauseBefore(text, claim.subjectTo));
    const doer = DOER.exec(left(text, claim.subjectTo))?.[1] ?? "";
    const whole =
      (doer.length >= 4 && !EVERYWHERE.test(doer) && noun(doer)) ||
      wholeOf(named) ||
      topicOf(text, claim.subjectTo, headingAbove(text, claim.subjectTo));
    const one = claim.order && listed ? share(whole, claim.order.index, claim.order.of) : whole;
    if (one && !one.endsWith(object)) return { object: one + object, pattern: "object.part-of" };
  }
  if (object === "" || DEED.test(object) || (VERB_ALONE.test(object) && !said)) {
    const topic = topicOf(text, claim.subjectTo, headingAbove(text, claim.subjectTo));
    if (topic) return { object: topic.endsWith(object) ? topic : topic + object, pattern: "object.topic" };
  }
  if (
    claim.before === undefined &&
    /[高升调]至?到?$/.test(text.slice(Math.max(0, claim.from - 3), claim.from)) &&
    !/标准/.test(object)
  ) {
    const standard =
      STANDARD_OF.exec(clauseBefore(text, claim.subjectTo))?.[0] ?? STANDARD_OF.exec(said ?? "")?.[0];
    if (standard && object.length <= 12) return { object: object + standard, pattern: "object.part-of" };
  }
  // 高龄补贴标准分四档:80至84岁每月50元: whose, and then what of.
  if (BY_AGE.test(object) && /元/.test(claim.token.unit)) {
    const level = levelBefore(text, claim.subjectTo) || topicOf(text, claim.subjectTo);
    if (level) return { object: object + level, pattern: "object.part-of" };
  }
  // 五保对象2719人,其中集中供养973人,分散供养1746人: a part by its kind alone.
  const whole = told ? told.whole : labelBefore(text, claim.subjectTo);
  if (whole && found.pattern === "object.before" && isKind(object) && !whole.includes(object))
    return { object: object + whole, pattern: "object.part-of" };
  return found;
}

/** 3.特困供养:集中311人: what stands before the colon. */
export function labelBefore(text: string, to: number): string {
  const words =
    /(?:^|[。;\n.、)])([一-龥“”]{2,10}):[^。;:\n,]{0,12}$/.exec(text.slice(Math.max(0, to - 30), to))?.[1] ??
    "";
  return LABEL.test(words) ? "" : words;
}
const LABEL =
  /(?:内容|单位|时限|任务|目标|情况|如下|措施|要求|方面|指标|包括|其中|时间|地点|备注|做法|成效)$/;

const BY_AGE = /^[\d至-]+周?岁(?:及?以[上下])?(?:的?(?:高龄)?老年?人)?$/;
const LEVEL = /[一-龥]{2,8}(?:补贴|津贴|补助)(?:标准)?/g;
function levelBefore(text: string, to: number): string {
  const seen = text.slice(Math.max(0, to - 120), to);
  return noun([...seen.slice(seen.lastIndexOf("。") + 1).matchAll(LEVEL)].at(-1)?.[0] ?? "");
}
export const THING =
  /(?:[率金款费人员者户童象庭口所院馆站点堂园床村区镇乡县市业证校房车队会社团墓书位]|标准|机构|组织|中心|街道|项目|人次)$/;
/** 集中供养, 市本级, 省级: says which, and not what. */
const isKind = (object: string) =>
  object.length <= 6 &&
  /^[一-龥A-Za-z0-9]{2,}$/.test(object) &&
  !DEED.test(object) &&
  !/^[占比较同增已]|(?:低保|特困|低边|支出)$/.test(object) &&
  !THING.test(object);
