import { after, EVERYWHERE, GENERIC, VERB_ONLY } from "./behind.ts";
import { FIGURE, FIGURES, lastFigure, left } from "./clauses.ts";
import { before, DEED_WORD, LEAD, noun, phrase, plainTrail, share } from "./nouns.ts";
import { paidObject } from "./paid.ts";
import type { Claim } from "./pairs.ts";
import { bracketed, shareObject, TASK } from "./shares.ts";
import { termObject } from "./terms.ts";
import { isClassifier, isMoney, isTime } from "./units.ts";

/** What a figure is about, by the structure of its clause: the noun after a classifier, else the words before. */

/** 4至5个: where the range begins. */
const RANGE_START = /\d+(?:\.\d+)?[至到~-]$/;
const EARLIER_FIGURE = new RegExp(`${FIGURE.source}(?!$)`);
/** 城乡低保严格按照“分类施保”的原则, 通过…: how it is done. */
const MANNER =
  /(?:按照|坚持|根据|围绕|遵循|本着|严格).*(?:原则|要求|精神|部署|理念|方针|规定|思路|模式|机制)$|^(?:为|为了|通过|依托|根据|按照|围绕|结合|利用)[^\d]*$/;
/** 进展情况:已建成8处: says what follows, not what it is about. */
const HEADS =
  /^(?:目标任务|工作目标|年度目标|进展情况|完成情况|工作进展|推进情况|实施情况|办理情况|目前进展|建设内容|主要内容|实施内容|完成时限|责任单位)$/;
/** (市妇联牵头,6月底前完成60%): who answers for it. */
const LEADS = /(?:牵头|负责|配合)$/;
/** 6月底前主体封顶, 已竣工: how far the thing told of before it is. */
const STAGE =
  /^(?:\d{1,2}月[底末]?前|年底前|年内|已|预计)[一-龥]{0,2}(?:封顶|完工|竣工|开工|动工|投用|投入使用)$/;
/** 乡里每人每月增加50元: who pays. */
const PAYER = /^(?:村集体|[省市县区乡镇村]里|(?:[省市县区乡镇]级?)?财政|中央|上级)$/;
/** 是去年的1.6倍, 较年初净增: said of what stands before. */
const COMPARES = /^(?:是|相当于|较|同比|环比)(?=.{2})[^,]*(?:年|月|季|期|初|末|底)/;
/** 13个已完工,5个正在施工: how far, not what. */
const TELLS = /^(?:已|正在|预计|均|全部|陆续)/;
/** 记者近日从市民政局获悉: who says it. */
const REPORTER = /(?:讯|电|记者|通讯员|获悉|了解|介绍|表示|显示)$/;

/** 8个(其中城区5个、乡镇3个); 城市低保标准…,农村…: where, of the thing before. */
const WHERE = /^(?:城区|城市|城镇|县城|农村|乡镇|街道|社区|[省市县区镇村]级)/;
const IN_BRACKET = /\((?:其中|含|包括)?[^()。]{0,40}$|,其中[一-龥]{2,4}$/;

/** The noun of the clauses before, within the sentence; “床位(已建成200张)” and “…66家，其中20家” refer back. */
export function clauseBefore(text: string, to: number): string {
  let i = to - left(text, to).length - 1;
  for (let hop = 0; hop < 3 && i > 0 && !/[。\n!?]/.test(text[i] ?? "\n"); hop++) {
    const clause = left(text, i);
    if (REPORTER.test(clause)) return "";
    if (
      MANNER.test(clause) ||
      HEADS.test(clause) ||
      LEADS.test(clause) ||
      STAGE.test(clause) ||
      COMPARES.test(clause)
    ) {
      i -= clause.length + 1;
      continue;
    }
    const figure = lastFigure(clause);
    const behind = figure ? after(text, i - clause.length + figure.index + figure[0].length, "") : "";
    const words =
      behind.length >= 2
        ? behind
        : phrase(figure ? clause.slice(0, figure.index).replace(RANGE_START, "") : clause);
    if (words.length >= 2) return words;
    i -= clause.length + 1;
  }
  return "";
}

/** The noun of the clause right before, when that clause opens a part of the sentence and holds no figure. */
function openedClause(text: string, to: number): string {
  const at = to - left(text, to).length - 1;
  if (text[at] !== ",") return "";
  const clause = left(text, at);
  if (text[at - clause.length - 1] !== ";" || /\d/.test(clause)) return "";
  const words = phrase(clause);
  return words.length >= 3 ? words : "";
}

/** 3000余人次参加安全培训. */
const TAKES_PART = /^(?:参加|参与|接受|享受)了?([一-龥“”]{2,14})$/;
/** 每季度走访不少于1次: the deed itself is counted. */
const ACT = /(?:走访|探访|巡访|巡查|检查|排查|培训|宣传|演练|体检|督导|暗访|慰问)$/;

/** 为村里送去了6000斤大米: the verb stands before, the thing behind. */
const GAVE = /[一-龥]了$/;
/** 常态化开展的有3项, 其余27项: which of those told of before. */
const WHICH = /的[共仅]?有?$/;
const REST = /^(?:其余|剩余|其他|余下)$/;
/** 全区共有5211人,享受最低生活保障: what they have is said in the next clause. */
const HAVE = /^,((?:享受|纳入|领取|参加)了?[一-龥]{3,12})(?=[,。;])/;

const PAIRED = /^[,、]?\d+(?:\.\d+)?[万亿]?[人户名件项个](?=[一-龥])/;
const MOVES =
  "退出|清退|停发|停保|调出|调入|调进|调减|减员|核减|注销|取消|变更|撤销|吊销|不予批准|批准|核准|驳回|不予受理";
const MOVED = new RegExp(`^(?:${MOVES})$`);
const MOVED_FIRST = new RegExp(`^(?:新(?:增|登记|成立)|${MOVES})`);
const MOVED_WITH = new RegExp(`^(?:新(?:增|登记|成立)|${MOVES})|(?:新增|${MOVES})$`);
const MOVED_AT_END = new RegExp(`(?:新增|减少|${MOVES})$`);
/** 低保工作, 在养老服务方面: the thing without what is only said of it. */
const WORK = /(?<=.{2})(?:工作|方面)(?:情况)?$/;
const PLACE = /^(?:[一-龥]{0,4}(?:县市区|县区|城区|市区|县市|乡镇|地区|片区)|其他县)$/;

const BUILDING = /^(?:新建|续建|改建|扩建|改扩建|在建|建成|动工|开工|竣工|维修|修复|已?完成|完成建设)$/;
const INVESTED = /(?:(?:概算|计划|完成)?(?:总|年度)?投资额?|(?:月?人均)?补差|总长度?|全长)$/;

/** 符合条件的…, 白音、乌兰等…: it describes what stands behind. */
const DESCRIBES = /的$|、[^、]{1,8}等$/;
const PER_HUNDRED = /按每[百千万][户人床]$/;
const DEGREE = /[一二三四五六七八A-E甲乙丙丁]{1,3}[级档类等](?!机构|以上)/;
const RECEIVER = /^(?:个人|企业|小微企业|单位|机构|家庭|农户|合作社|个体工商户|其他)/;

export interface Found {
  readonly object: string;
  readonly pattern: string;
}

/** Object of a claim by its own clause and what the figure before it was about. */
export function bareObject(text: string, claim: Claim, said: string | undefined): Found {
  const { token } = claim;
  const counted =
    isClassifier(token.unit) ||
    token.unit === "人" ||
    token.unit === "部门" ||
    /^[家户件]次$/.test(token.unit) ||
    (GAVE.test(left(text, claim.subjectTo)) &&
      !isMoney(token.unit) &&
      /^[斤吨米]|公[里斤]$/.test(token.unit)) ||
    (token.unit === "" && !token.multiplier);
  // 符合条件的4574名毕业生: what stands before describes what stands behind.
  const paired = /^\d+[^\d,。;]{1,2}/.exec(text.slice(token.to, token.to + 12))?.[0] ?? "";
  const described =
    counted &&
    DESCRIBES.test(left(text, claim.subjectTo)) &&
    after(text, token.to + paired.length, "") !== "";
  const ahead = described ? "" : before(text, claim.subjectTo);
  // Words behind an earlier figure of the clause may be that one's: they do not settle whose the noun behind is.
  const own = EARLIER_FIGURE.test(left(text, claim.subjectTo)) ? "" : ahead;
  // 按每万人不少于5名的要求充实: the demand is no thing.
  const behind = /^的(?:要求|标准|比例|原则)/.test(text.slice(token.to, token.to + 3))
    ? ""
    : token.to === token.unitTo || isClassifier(token.unit) || /^的/.test(text.slice(token.to, token.to + 1))
      ? after(text, token.to, own)
      : "";
  // 80周岁以上老年人: the age belongs to the people behind it.
  if (/岁$/.test(token.unit)) {
    const people = after(text, token.to, "").replace(
      /(?:不[低少高超]|优惠|补|投保|购买|参加|办理|就餐|享|免费|再减|发放|由|每[人餐次周月季年]|按|给予|提供).*$/,
      "",
    );
    if (people.length >= 2) return { object: people, pattern: "object.after" };
    const named = ahead === "" ? clauseBefore(text, claim.subjectTo) : "";
    if (named) return { object: named, pattern: "object.clause-before" };
  }
  const usable = behind !== "" && !VERB_ONLY.test(behind);
  const held = bracketed(text, claim);
  if (held.length >= 3) return { object: held, pattern: "object.before" };
  const which = said?.replace(/^.{2,}的(?=.{2})/, "").replace(/^(?:其余|剩余|其他|余下)/, "");
  if (
    which &&
    which.length <= 12 &&
    counted &&
    (REST.test(ahead) || (ahead.length >= 4 && WHICH.test(left(text, claim.subjectTo)))) &&
    !usable
  )
    return { object: REST.test(ahead) ? ahead + which : `${ahead}的${which}`, pattern: "object.part-of" };
  const have =
    behind === "" && (ahead === "" || EVERYWHERE.test(ahead))
      ? HAVE.exec(text.slice(token.to, token.to + 20))?.[1]
      : undefined;
  if (have && counted) return { object: have, pattern: "object.after" };
  const took = /^人次?$/.test(token.unit) ? TAKES_PART.exec(after(text, token.to, ""))?.[1] : undefined;
  if (took && (ahead.length < 2 || took.length > ahead.length))
    return { object: took, pattern: "object.after" };
  // 上门服务覆盖26个社区: what reaches them.
  const reach =
    counted && usable ? /^(.{3,14})覆盖$/.exec(ahead || left(text, claim.subjectTo))?.[1] : undefined;
  if (reach && !EARLIER_FIGURE.test(left(text, claim.subjectTo)))
    return { object: `${reach}覆盖${behind}`, pattern: "object.after-classifier" };
  if (counted && usable && !claim.before) return { object: behind, pattern: "object.after-classifier" };
  // 7条街区、79公里健身步道: in a list the noun of each stands behind its figure.
  const inList =
    /[、和及与]/.test(text[claim.from - 1] ?? "") && EARLIER_FIGURE.test(left(text, claim.subjectTo));
  if (usable && inList && !claim.before && !isMoney(token.unit) && token.unit !== "%")
    return { object: behind, pattern: "object.after" };
  // …240户,占全年任务…: the task of the same thing.
  const term = isTime(token.unit) ? termObject(text, claim, ahead, own === "" ? said : undefined) : undefined;
  if (term) return term;
  // 老旧小区按每百户15平方米补建: by how many, of the same.
  if (
    said &&
    PER_HUNDRED.test(left(text, claim.subjectTo)) &&
    /^补建(?=[,。;])/.test(text.slice(claim.to, claim.to + 3))
  )
    return { object: said, pattern: "object.same" };
  const shared = shareObject(text, claim, ahead, said);
  if (shared) return shared;
  // 比上年提高…, 高出全省…: said of what came before.
  const front =
    /^(?:是|为|相当于).*(?:时期|年|同期|期间|初|末)$|^(?:比|较|同比|环比|高出|高于|低于)|(?:高出|高于|低于|多出)$/.test(
      ahead,
    ) ||
    (isMoney(token.unit) && PAYER.test(ahead) && token.per !== "")
      ? ""
      : ahead;
  const given = paidObject(text, claim, front);
  if (given) return given;
  // 全市1403户2555人享受城乡低保: both are about what follows the second.
  const pair = counted && behind === "" ? PAIRED.exec(text.slice(token.to, token.to + 14))?.[0] : undefined;
  if (pair && (front === "" || EVERYWHERE.test(front))) {
    const both = noun(after(text, token.to + pair.length, ""));
    if (both.length >= 3 && !VERB_ONLY.test(both)) return { object: both, pattern: "object.after" };
  }
  // 目标值1000人: of the same thing.
  if (said && TASK.test(front) && front.length <= 5) return { object: said, pattern: "object.same" };
  // 新增276户,退出374户: another thing done with the same.
  if (said && MOVED.test(front)) {
    const whole = said.replace(MOVED_WITH, "");
    return { object: whole.length >= 2 ? front + whole : said, pattern: "object.part-of" };
  }
  // 标准为城区每人每月100元,其他县区80元: the place changes, the standard does not.
  if (said && /^元\//.test(token.unit) && PLACE.test(front) && /标准|补贴|补助|津贴/.test(said))
    return { object: said, pattern: "object.same" };
  // 一级200元、二级150元: the degree changes, the thing does not.
  if (said && !/[人户]数$/.test(said) && DEGREE.exec(front)?.[0] === front && isMoney(token.unit))
    return {
      object: DEGREE.test(said) ? said.replace(DEGREE, front) : said.replace(/标准$/, "") + front,
      pattern: "object.same",
    };
  // 创业担保贷款个人最高30万元、小微企业最高400万元: to whom, of the same.
  if (said && RECEIVER.exec(front)?.[0] === front && token.comparator === "<=" && isMoney(token.unit))
    return { object: front + said.replace(RECEIVER, ""), pattern: "object.same" };
  // 建成互助点36个,覆盖58%的行政村: how far the thing reaches.
  if (said && behind && token.unit === "%" && /覆盖$/.test(left(text, claim.from)) && !/率$/.test(said))
    return { object: `${said}覆盖${behind}`, pattern: "object.part-of" };
  if (
    said &&
    WHERE.exec(front)?.[0] === front &&
    (WHERE.test(said) || IN_BRACKET.test(text.slice(Math.max(0, claim.subjectTo - 42), claim.subjectTo)))
  )
    return { object: front + said.replace(WHERE, ""), pattern: "object.part-of" };
  // 7个(其中续建3个): what is done, of the same thing.
  const onlyDeed = said !== undefined && BUILDING.test(front);
  if (
    !onlyDeed &&
    (front.length >= 3 || (front.length === 2 && !GENERIC.test(front)) || /^[镇乡村县]$/.test(front))
  ) {
    // 开展低保年度复核,共复核8213户: the clause before says in full what is done.
    if (front.length === 2 && (claim.order?.of ?? 1) === 1) {
      const whole = clauseBefore(text, claim.subjectTo);
      if (whole.length > 3 && whole.endsWith(front))
        return { object: whole, pattern: "object.clause-before" };
    }
    const one = claim.order && claim.order.of > 1 ? share(front, claim.order.index, claim.order.of) : front;
    return { object: one, pattern: one === front ? "object.before" : "object.shared-list" };
  }
  if (usable)
    return { object: behind, pattern: isMoney(token.unit) ? "object.after-amount" : "object.after" };
  // “…床位(已建成200张)”, “,共330个”: the clause before says what is counted. 调出9户、新增3户: not what is done to it.
  if (/^每.?$/.test(front) && said) return { object: said, pattern: "object.same" };
  const clause = plainTrail(left(text, claim.subjectTo));
  const act = front === "" ? ACT.exec(clause)?.[0] : undefined;
  const counts =
    /^[轮场]?次$/.test(token.unit) ||
    (/^(?:期|人次|场|课时|学时)$/.test(token.unit) && clause.replace(LEAD, "") === act);
  if (act && counts && !said?.endsWith(act)) {
    const whole = clauseBefore(text, claim.subjectTo);
    return { object: whole.endsWith(act) ? whole : act, pattern: "object.deed" };
  }
  if ((front === "" || onlyDeed) && said && said.length >= 2) {
    // …400户;幸福食堂工程,由35家增至60家: a clause that opens after a semicolon names a thing of its own.
    const opened = openedClause(text, claim.subjectTo);
    if (opened) return { object: opened, pattern: "object.clause-before" };
    const deed = DEED_WORD.exec(left(text, claim.subjectTo))?.[0];
    // 完成适老化改造260户，已完成198户: that it is done changes nothing about the thing.
    const changed = deed !== undefined && !/完成|建成/.test(deed);
    const done = said.replace(MOVED_FIRST, "");
    if (changed && done !== said) return { object: deed + done, pattern: "object.same" };
    return { object: changed ? said.replace(DEED_WORD, deed) : said, pattern: "object.same" };
  }
  // …项目,概算投资1.2亿元,占地86亩: the project has both.
  const named = clauseBefore(text, claim.subjectTo);
  const thing = (said && INVESTED.test(named) ? said : named).replace(INVESTED, "").replace(WORK, "");
  // 低保工作:…第三季度新增19户: what is done with it is said right before the figure.
  const moved = front === "" ? MOVED_AT_END.exec(left(text, claim.subjectTo))?.[0] : undefined;
  const host = moved && !thing.startsWith(moved) ? moved + thing : thing;
  if (host) return { object: front && host !== front ? host + front : host, pattern: "object.clause-before" };
  // 共救助986人次: the verb is all there is.
  const lead = left(text, claim.subjectTo);
  const deed = (plainTrail(lead).replace(LEAD, "") || lead.replace(LEAD, "")).replace(FIGURES, "");
  return {
    object: front || (TELLS.test(behind) ? "" : behind.replace(/^(?:专项|全部)?用于/, "")) || deed,
    pattern: deed ? "object.deed" : "object.none",
  };
}
