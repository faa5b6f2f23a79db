import { EVERYWHERE } from "./behind.ts";
import { FIGURES, left } from "./clauses.ts";
import { eachOf, isKind } from "./each.ts";
import { DEED, noun, share } from "./nouns.ts";
import { bareObject, clauseBefore, type Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";
import { labelBefore, levelBefore, topicOf, topicOrHeading } from "./topics.ts";

/** What a figure is about when its own words do not say: the whole a part belongs to, the head of the paragraph. */

const HOW = /(?:按时|按期|及时)$/;
/** An attribute or a part: it says nothing without the thing that has it. */
const THIN =
  /^(?:年度完成|年内完成|提供|设计|设|概算|估算|完成|拥有|现有|平均|总|设有|共有|设置|补助|投入|支出|享受|拨款|发放|落实|配套|建成|建筑|占地)?(?:项目(?:经费|资金|投资额?)|年?产值|总?工程量|税收|年?产能|床位|总床位|床位数|总床位数|标准|资金|经费|金额|总金额|总?长度?|全长|(?:月?人均)?补差|支出|入住|参训|发证|获证|用时|环比|降幅|权重|穴位|墓穴|格位|墓位|托位|人员|面积在?|(?:总|年度)?投资额?|总投入|参与|参加|用餐|人数|户数|[人户]均|(?:覆盖|入住|开工|动工|竣工|(?:基本)?建成|整改|处置|回访|化解|探访|合格|满意|完成|办结|参与|签约|建档|报名|达标|知晓|录入|巡访|建成)率|提高幅度|增幅)$/;
/** 建成中心2个,增加床位150张: of that one thing. */
const ADDED = /^(?:新增|增加)(?:床位|墓位|墓穴|穴位|格位)$/;
/** 孤儿…基本生活最低保障标准, of which one kind is named later: 散居孤儿提高到1150元. */
const STANDARD_OF = /(?:基本生活)?(?:最低)?(?:生活)?(?:保障|养育|供养|补助|补贴|救助)*标准$/;

/** 农事服务中心完成总工程量的65%: what has got so far. */
const DOER =
  /^([^\d]{4,28}?(?:项目|工程|中心|院|馆|所|站|园))(?:已|共|累计)*完成了?(?:总|年度)?(?:工程量|投资额?|产值)的?$/;

const OWNER =
  /^的(?:\d+[个家所处座项])?([一-龥“”]{2,24}?)(?=建设[,。;]|主体|已|正式|全面|顺利|如期|开工|完成|建成|竣工|投入|启动|封顶|进入|落地|签约|[,。;、])/;

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

/** One verb without a noun says less than the heading. */
const VERB_ALONE = /^(?:年?服务|筹资|资助|救助|发放|支出|惠及|保障|补助|受益)$/;
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
      topicOrHeading(text, claim.subjectTo);
    const one = claim.order && listed ? share(whole, claim.order.index, claim.order.of) : whole;
    if (one && !one.endsWith(object)) return { object: one + object, pattern: "object.part-of" };
  }
  if (object === "" || DEED.test(object) || (VERB_ALONE.test(object) && !said)) {
    const topic = topicOrHeading(text, claim.subjectTo);
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
  // 高龄补贴标准分四档:80至84岁每月50元, 一类924元: whose, and then what of.
  if ((BY_AGE.test(object) || BY_CLASS.test(object)) && /元/.test(claim.token.unit)) {
    const level = levelBefore(text, claim.subjectTo) || topicOf(text, claim.subjectTo);
    if (level) return { object: object + level, pattern: "object.part-of" };
  }
  // 五保对象2719人,其中集中供养973人,分散供养1746人: a part by its kind alone.
  const whole = told ? told.whole : labelBefore(text, claim.subjectTo);
  if (whole && found.pattern === "object.before" && isKind(object) && !whole.includes(object))
    return { object: object + whole, pattern: "object.part-of" };
  return found;
}

const BY_CLASS = /^[一二三四五甲乙丙丁A-E][类档等]$/;
const BY_AGE = /^[\d至-]+周?岁(?:及?以[上下])?(?:的?(?:高龄)?老年?人)?$/;
