import type { Claim } from "./pairs.ts";
import { TASK } from "./shares.ts";
import { isStandard } from "./standards.ts";
import { type Time, within } from "./times.ts";
import type { QuantityKind, Reason } from "./types.ts";
import { isMoney, isTime } from "./units.ts";

/** 服务时长不得少于60分钟, 连续从业满3年. */
/** 所需资金, 争取上级资金, 项目总投入, 县级配套: what it costs and who pays. */
const FUNDING =
  /^资金来源|(?:所需|需)[^,。;\d]{0,6}(?:资金|经费)[约为]?$|争取[^,。;\d]{0,8}(?:资金|补助|专款|公益金)[约达]?$|^(?!.*(?:力争|确保|完成)).*(?:项目|工程)?总投[资入](?:约|为|达|估算|概算)?$|^[^,。;\d]{0,8}(?:中央|上级|[省市县区]级|本级|地方|财政)[^,。;\d]{0,8}(?:补助|配套|资金|公益金|补助资金)[约为]?$|财政[^,。;\d]{0,4}(?:安排|列支|拨付)[约为]?$/;
/** 其中县级配套3800万元, 较上年增加860万元: of the money told of before. */
const OF_FUNDS =
  /^[、,]?(?:其中|较|比|余下|其余|不足部分)|(?:补助|配套|自筹|资金|经费|公益金|债券?|财政|预算内投资|统筹|安排)[^,。;、\d]{0,4}$/;
const LEAST_TIME =
  /(?:时长|时间|年限|期限?|每[次场例])(?:不得?少于|不得?低于|至少)|(?:从业|工作|居住|缴费|服务|入职|登记|居留)已?满\d/;
const DONE =
  /(?:已(?!有.{0,4}基础上)|完成了|建成了|开展了|举办了|组织了|发放了|投入了|累计|共(?!同|享|建|治|有产权|富|性|青|产|识)|现有|目前|截至|截止|今年以来|今年来|以来|至今|同比|比上年|较上年|比去年|较去年|比[^,。]{0,6}增|较[^,。]{0,6}(?:增|降|提)|去年|荣获|获评|获得|达成|[建办设]成(?!后)|成功|运行)/;
/** In a part that looks ahead only these report something that is there already. */
const THERE =
  /(?:已(?!有.{0,4}基础上)|(?:截至|目前|以来|年来|年底|期间)[^。]{0,8}累计(?!.{0,10}(?:不少于|不低于|达|力争))|现有|在建|目前|截至|截止|今年以来|今年来|近年来|全[县区市省州]共?有|同比|比上年|较上年|比去年|较去年|去年|荣获|获评)/;
/** 会上对14家…授牌: done there and then, and no review of what was done before. */
const AT_MEETING = /^(?:会上|会议)[^,。]{0,4}(?:[对为向]|表彰|授)[^,。]{0,8}$/;
const AHEAD =
  /(?:力争|争取|力求|确保|(?<!按)计划|拟|预计|目标|(?<!切|真)实现|将(?!.{0,3}纳入)|要(?!求|闻|素|点)|努力|到20\d{2}年|年底前|月底前|月前|日前完成|前完成|前建成|年内|不少于|不低于|下一步|下步|明年|来年|达到[^,。]{0,12}以上|全覆盖)/;
const APPLIED = /(?:申请|申报|请求|报送)[^,。;]{0,16}(?:资金|补助|经费|公益金|债券|预算内)/;
export const APPLIED_FOR = "kind.applied";
const DISTRICT = /(?:辖|下辖|管辖|辖区|共辖|行政区划)/;

const STILL_TO_DO =
  /^[^,。;\d]{0,14}(?:正在|施工中|在建)[^,。;\d]{0,6},(?:预计|计划)?[^,。;]{0,6}(?:月底?|年底|日)前(?:可|能|将)?(?:全部|全面)?(?:完成|建成|竣工|交付|投用)/;
const DONE_OF_IT =
  /^[^,。;\d、]{2,20}(?:中,?)?已(?:经)?(?:全部)?(?:完成|建成|开工|竣工|办理|改造|治理|发放|开展|举办|送)[了约近达]{0,2}\d/;

const DIVISION =
  /^(?:镇|乡|街道|(?:民族)?乡|苏木|乡镇|市辖区|县级市|区公所|行政村|自然村|乡镇级合计|乡级行政区划(?:单位)?)(?:\([^()]*\))?$/;

const DEED_OR_AIM =
  /新建|新增|建设|建成|完成|开展|举办|打造|改造|培育|培训|创建|提[高升]|力争|确保|达到|实现|争取|不少于|不低于|以上|[计规]划|将|要|推[进动]|增加|扩/;

export const reports = (sentence: string) => DONE.test(sentence);

/** Words of the sentence around a claim, split so that the nearest count most. */
export interface Context {
  /** Whether the sentence as a whole reports something done; asked only when needed. */
  readonly reported: () => boolean;
  readonly clause: string;
  readonly clauseBefore: string;
  readonly object: string;
  /** What the figure before it in the sentence was: money applied for; in a part that looks ahead, there already or an aim. */
  readonly beside: "applied" | "there" | "set" | "aimed" | undefined;
  /** What stands behind the figure, over the end of its clause. */
  readonly following: string;
  readonly about: "plan" | "review";
}

export function kindOf(
  claim: Claim,
  c: Context,
  periodYear: number | undefined,
  year: number | null,
): { kind: QuantityKind; reason: Reason } {
  const { token } = claim;
  const say = (kind: QuantityKind, pattern: string, why: string) => ({ kind, reason: { pattern, why } });
  if (isStandard(claim, c)) return say("standard", "kind.standard", "发放水平、门槛、比例、年龄或规格");
  const applied = APPLIED.test(c.clause) || (c.beside === "applied" && OF_FUNDS.test(c.clauseBefore));
  if (isMoney(token.unit) && applied) return say("other", APPLIED_FOR, "申请的资金");
  // 所需资金1.5亿元, 项目总投入230万元: what a plan costs and who pays is nothing to be reached.
  if (c.about === "plan" && isMoney(token.unit) && token.comparator !== ">=" && FUNDING.test(c.clauseBefore))
    return say("other", APPLIED_FOR, "方案自身的资金安排");
  // 服务13万小时 is work done, no duration.
  if (isTime(token.unit) && !token.multiplier) {
    if (
      token.comparator === "<=" ||
      /按照?$/.test(c.clauseBefore) ||
      LEAST_TIME.test(c.clause) ||
      (token.comparator === ">=" && /小时|分钟/.test(token.unit)) ||
      // 连续2个月不合格的暂停运营: which of them.
      (/连续$/.test(c.clauseBefore) && /^[^,。;\d]{1,10}的[一-龥,]/.test(c.following)) ||
      /公示(?:期|时间)?[为满]?\d|时限|期限|内(?:办结|完成|答复|反馈|受理)|压缩|缩短/.test(c.clause)
    )
      return say("standard", "kind.standard", "时限");
    return say("other", "kind.other", "一段时间，不是限期");
  }
  if (
    (DISTRICT.test(c.clause) && /^[个镇乡村社街县]/.test(token.unit)) ||
    (token.unit === "个" && DIVISION.test(c.object))
  )
    return say("other", "kind.other", "行政区划的个数");
  // 由现有的35家增至60家: 现有 is said of the 35.
  const outside = claim.before ? c.clauseBefore : c.clause;
  // 火化率达到45%,比上年提高5个百分点: what is to be reached, in another way.
  const again = c.beside === "aimed" && /^(?:比|较|同比)/.test(c.clauseBefore);
  const done = c.about === "review" || (THERE.test(outside) && !again);
  // “…计划”, 《…规划》 are names, they look nowhere.
  const words = c.clause.replace(/“[^”]*”|《[^》]*》/g, "");
  const ahead = AHEAD.test(words);
  const behind = c.clause.slice(c.clauseBefore.length + (claim.to - claim.from));
  // 400户改造正在施工,9月底前完成.
  if (STILL_TO_DO.test(c.following)) return say("target", "kind.target", "后面说何时完成");
  if (/^[^,。;\d]{0,14}的?基础上/.test(behind)) return say("result", "kind.result", "说的是已有的基础");
  // 年初市下达安居工程230户: an assigned quota.
  if (!isMoney(token.unit) && token.unit !== "%" && /下达[^,。;\d]*$/.test(c.clauseBefore))
    return say("target", "kind.target", "上级下达的任务数");
  // 2个…机构建设已完成1个: the first is what was to be done.
  if (token.comparator === "=" && DONE_OF_IT.test(behind))
    return say("target", "kind.target", "后面说已完成多少，前面是任务数");
  if (
    token.unit !== "%" &&
    token.comparator !== ">" &&
    (TASK.test(c.object) ||
      /(?<![高低多少]于)(?:目标值|指标值|计划数|任务数)[为是]?$/.test(c.clauseBefore) ||
      /^的?(?:目标|任务)(?!全部|均|已|圆满|完成)/.test(behind))
  )
    return say("target", "kind.target", "任务数");
  if (
    AT_MEETING.test(c.clauseBefore) ||
    /^(?:参加|出席|列席)了?(?:本次|此次)?(?:会议|座谈|大会)/.test(c.following)
  )
    return say("result", "kind.at-meeting", "会上当场做的");
  if (c.about === "plan") {
    const past = periodYear !== undefined && year !== null && periodYear < year;
    if (past && !ahead) return say("result", "kind.result", "计划中提到的往年数字");
    if (done && !ahead) return say("result", "kind.result", "计划中说明已有的数字");
    // 全市共有设施1650个,床位5.1万张: beside what is there already, without a deed of its own.
    if (c.beside === "there" && !DEED_OR_AIM.test(c.clauseBefore + behind))
      return say("result", "kind.result", "与前面已有的数字并列");
    return say("target", "kind.target", ahead ? "有「力争、确保、达到」一类的话" : "在面向今后的部分");
  }
  // 计划种植37.7万亩,其中水稻29万亩
  if (c.beside === "set" && /^其中/.test(c.clauseBefore))
    return say("target", "kind.target", "任务数的一部分");
  const future = periodYear !== undefined && year !== null && periodYear > year;
  if (
    /(?:力争|(?<!按|占|完成.{0,8})计划(?!总?投资)|拟|任务(?:是|为)|下一步|下步|预计|(?<!不)可(?:全部|全面|基本)?(?:实现|完成|建成|竣工|交付|投用)|前(?:可|将|能|全面|全部|基本)*(?:完成|建成|投入|竣工|交付|投用|运营))/.test(
      words,
    ) ||
    (future && (ahead || !c.reported()))
  )
    return say("target", "kind.target", "回顾中说到还要完成的数字");
  return say("result", "kind.result", "在回顾的部分");
}

export interface Periods {
  readonly year: number | null;
  readonly plan: string | null;
  readonly summary: string | null;
}

/** The period said in the same sentence, else undefined. `times` are those of the sentence, in order. */
export function explicitPeriod(
  text: string,
  at: number,
  to: number,
  times: readonly Time[],
  base: string | null,
): { period: string; open: boolean } | undefined {
  const baseYear = base?.slice(0, 4) ?? null;
  const usable = times.filter((t) => {
    if (t.period === undefined && (t.relative === undefined || t.relative === "year" || baseYear === null))
      return false;
    // 不低于上年的1.38亿元: the time of what it is held against.
    if (/(?:低|少|高|多)于$|超过?$/.test(text.slice(Math.max(0, t.from - 3), t.from)) && text[t.to] === "的")
      return false;
    // 是“十三五”时期的1.8倍: what it is held against.
    if (
      /(?:^|[^但而正也还])(?:是|相当于)“?$/.test(text.slice(Math.max(0, t.from - 4), t.from)) &&
      /^[^,。;]{0,4}的/.test(text.slice(t.to, t.to + 5))
    )
      return false;
    if (/(?:比|较|同比|相比|与|以)(?:[^,。;]{0,2})$/.test(text.slice(Math.max(0, t.from - 4), t.from)))
      return false;
    const between = t.to <= at ? text.slice(t.to, at) : "";
    // In brackets of its own, in a name, or closed off by “…的基础上”: not the time of this figure.
    if ((between.match(/\)/g)?.length ?? 0) > (between.match(/\(/g)?.length ?? 0)) return false;
    if (/的?基础上/.test(between) || /更名|印发的?《/.test(text.slice(t.to, t.to + 8))) return false;
    // 由去年底的52%提升到91%: the time of the old value.
    if (/[由从]$/.test(text.slice(0, t.from).slice(-1)) && /^[底末初]?的/.test(text.slice(t.to, t.to + 2)))
      return false;
    if (t.attributive && /[^,。;\n]/.test(text[t.from - 1] ?? "\n")) return false;
    // 本报3月3日讯, 11月30日,记者…获悉: when it was reported.
    if (/^(?:讯|电|,?记者)/.test(text.slice(t.to, t.to + 3))) return false;
    return true;
  });
  const earlier = usable.filter((t) => t.to <= at).at(-1);
  const later = earlier
    ? undefined
    : usable.find(
        (t) =>
          t.from >= to &&
          !text.slice(to, t.from).includes(";") &&
          /^(?:[^,。;]{0,3}前|之前|以前)/.test(text.slice(t.to, t.to + 4)) &&
          // 对9家…进行改造,6月底前完成5家: the time of the five.
          (!text.slice(to, t.from).includes(",") || !/^[^,。;\n]{0,20}\d/.test(text.slice(t.to, t.to + 21))),
      );
  // 这5项10月底前完成,…这3项11月底前完成: the time said right behind counts before one of another clause.
  const close = usable.find(
    (t) =>
      t.from >= to &&
      !/[,;。\d]/.test(text.slice(to, t.from)) &&
      /^[底末初]?前/.test(text.slice(t.to, t.to + 2)),
  );
  const apart = earlier !== undefined && /[,;。]/.test(text.slice(earlier.to, at));
  // 三季度前立项5个,年底前建成3个: the whole year again.
  const again = times.some(
    (t) => t.relative === "year" && earlier !== undefined && t.from >= earlier.to && t.to <= at,
  );
  if (again && apart && baseYear) return { period: baseYear, open: false };
  const chosen = (apart ? close : undefined) ?? earlier ?? later;
  if (!chosen) return undefined;
  // 2023年 …, 6月 …: the month belongs to the year said before it.
  const said = times
    .filter((t) => t.from < chosen.from && t.period !== undefined)
    .at(-1)
    ?.period?.slice(0, 4);
  let period = chosen.period ?? within(said ?? (baseYear as string), chosen.relative as string);
  if (chosen.open && baseYear && !period.includes("/") && period.slice(0, 4) < baseYear)
    period = `${period.slice(0, 4)}/${baseYear}`;
  return { period, open: chosen.open };
}
