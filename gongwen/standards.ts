import type { Context } from "./kinds.ts";
import type { Claim } from "./pairs.ts";
import { isMoney } from "./units.ts";

/** Levels, ceilings, thresholds, ages, shares of what is given, and measures: what is laid down, not reached. */

const STANDARD_NOUN =
  /(?:补助|补贴)(?:提高|增加|上调)?(?:到|至)|提标(?:到|至)|标准|定额|补差水平|补助水平|限额|单价|均价|价格|收费|起付线|封顶线|保障金|生活费|津贴|低保金|护理费|照料护理|护理补贴|生活补贴|高龄补贴|每人|每户|每床|每张|每例|每具|每次|一次性(?:给予|补助|奖励|建设补助|补贴)/;
const SHARE =
  /(?:报销|(?<!先行)救助|资助|补助|补贴|奖励|减免|自负|自付|分担|配套|支付|保障|提取|提留|缴费|扣除|豁免|护理)比例|(?:自付|自负|自担)(?:部分)?(?:不[低高少]于|不超过)?$|(?:(?<!缴|收)费|税|利)率(?:从|由|为|至|到)?[^,。;]{0,8}$|按(?!时|期|月|季|年)(?:照)?(?!.{0,10}(?:计算|口径|增长|同比))[^,。;]{0,14}$/;
const GIVES = /(?:给予|奖励|奖补|补助|补贴|资助|补偿|减免|再减|立减)(?:分别|各|最高|不超过|一次性){0,2}$/;
const BY_DEGREE = /(?:[级档类等]|自理|失能)[^,。;\d]{0,8}分别(?:给予|奖励|奖补|补助|补贴|资助|发放)/;
const EARNED = /收入|产值|消费|销售|募|捐|筹|营业|人均(?:生产|纯)/;
const GRANT = /救[助济]|补[助贴差]|助学|优待|慰问|奖|资助|减免/;
/** So many yuan without 万 are no level any more, but what was paid as a whole. */
const SUM = 50_000;
const ELIGIBLE = /(?:人均(?:可支配)?(?:月|年)?收入|家庭(?:总)?收入|财产|存款|资产|年龄|低于|不超过当地)/;
/** 每个乡镇…, 每个补助…, 人均…: what each is to get, however much. */
const EACH =
  /(?:每(?![年月季周天日学半])[一-龥]{1,6}|[户人生]均)(?:一次性)?(?:给予|奖励|奖补|补助|补贴|资助|补偿|安排|配套)?(?:分别|各|最高|不超过){0,2}$/;

/** 30人次以上的,每年给予…; 80平方米以下补2万元; 200人以上老年人口的自然村可…: which of them, no aim. */
const THRESHOLD =
  /^(?:的?,?(?:每[年月人户])?(?:一次性)?(?:给予|补|奖|优惠|减免)|(?:的|[^,。;的\d]{2,8}的)[^,。;\d]{2,10}(?:可|应|由|按|不得|每))/;
/** 80平方米以下补2万元: what those get. */
const BY_SIZE =
  /(?:以[上下内]|\d[一-龥]{1,3})的?,?(?:每[年月人户])?(?:一次性)?(?:给予|补|奖|补助|补贴|奖励|奖补|优惠)$/;

export function isStandard(claim: Claim, c: Context): boolean {
  const { token } = claim;
  if (
    c.about === "plan" &&
    (/^[<>]=?$/.test(token.comparator) || token.maxDecimal) &&
    THRESHOLD.test(c.following)
  )
    return true;
  if (/岁/.test(token.unit)) return !/寿命|平均年龄|高出/.test(c.clauseBefore + c.object);
  if (isMoney(token.unit)) {
    if (/\/(?!.*亿)/.test(token.unit)) return true;
    if (c.about === "plan" && (BY_SIZE.test(c.clauseBefore) || /每[年月]给予$/.test(c.clauseBefore)))
      return true;
    if (/(?:补助|补贴|养老金|生活费|津贴)(?:提高|增加|上调)?(?:到|至)\d/.test(c.clause)) return true;
    // 每个村补助3万元, 个人最高30万元: what each gets.
    const average = c.about === "review" && /[户人]均[^,]{0,4}$/.test(c.clauseBefore);
    if (
      EACH.test(c.clauseBefore) &&
      !average &&
      !/收入|产值|消费|支出|累计|共/.test(c.clauseBefore.slice(-14))
    )
      return true;
    if (token.comparator === "<=" && c.about === "plan" && /最[高多]\d/.test(c.clause)) return true;
    // 按三级、四级、五级分别奖励5万元、10万元、20万元: by degree.
    if ((claim.order?.of ?? 1) > 1 && BY_DEGREE.test(c.clause)) return true;
    // 救助金额可达3万元: as much as one may get.
    if (c.about === "plan" && /[可能]达?$/.test(c.clauseBefore)) return true;
    // 3000元以下的由乡镇审批: which of them.
    if (/^[<>]=$/.test(token.comparator) && /^(?:的(?!目标|任务)|可?直?接?由)/.test(c.following)) return true;
    // 累计补贴最高3000元: a ceiling of what one is given.
    if (token.comparator === "<=" && !/[万亿]/.test(token.multiplier) && GIVES.test(c.clauseBefore))
      return true;
    // 储备500万元以上项目350个: which of them.
    if (/^[<>]=$/.test(token.comparator) && /^的?[一-龥]{2,10}\d/.test(c.following)) return true;
    // 户均不少于200元: what each is to get.
    if (
      c.about === "plan" &&
      /[户人]均[^,。;\d]{0,6}$/.test(c.clauseBefore) &&
      GRANT.test(c.clauseBefore + c.object + c.following.slice(0, 8))
    )
      return true;
    // 发放低保金505990元: a sum written out in full.
    if (/[万亿]/.test(token.multiplier) || Number(token.decimal) >= SUM)
      return (
        /每[人户床例具张]/.test(token.per) ||
        (GIVES.test(c.clauseBefore) && /^一次性|^[^,。;\d]{0,8}(?:补贴|奖励|奖补)/.test(c.following)) ||
        /每[人户床例具张][^,。;]{0,5}$/.test(c.clauseBefore) ||
        /(?:标准|单价|限额|额度|封顶线|起付线|(?<!临时)价格)(?!临时)[^,。;]{0,6}$/.test(c.clauseBefore) ||
        /^[^,。;]{0,4}的(?:标准|价格)/.test(c.clause.slice(c.clauseBefore.length + (claim.to - claim.from)))
      );
    const total =
      /(?:累计|共|合计|总)[^,。;]{0,12}$|(?:资金|金额|总额|经费|投入|支出|善款|款物|销售额|销量|公益金)[^,。;]{0,6}$/.test(
        c.clauseBefore,
      );
    // 复评60元, 本科5000元: so little in a plan is what each gets.
    if (c.about === "plan" && !total && !EARNED.test(c.clauseBefore + c.object)) return true;
    if (token.per !== "" || /每[人户床例具张名个][^,。;]{0,5}$/.test(c.clauseBefore)) return true;
    if (/(?:增发|加发|补发|扣减|抵扣)(?:\d+元[、和])?$/.test(c.clauseBefore)) return true;
    // 对考取证书的护理员给予2000元奖补: what each is given; of a number of them it is a sum.
    const giver = c.clauseBefore.replace(/(?:\d+元[、和])+$/, "");
    if (!total && !/\d/.test(giver.replace(/[\d-]+(?:周?岁|[年月%级])/g, "")) && GIVES.test(giver))
      return true;
    return (
      !total &&
      (STANDARD_NOUN.test(c.object) ||
        STANDARD_NOUN.test(c.clauseBefore.slice(-30)) ||
        /^[^,。;]{0,6}(?:的)?(?:标准|价格)/.test(
          c.clause.slice(c.clauseBefore.length + (claim.to - claim.from)),
        ))
    );
  }
  // 按照每人30次的标准结算: how much each gets.
  if (/^[人轮场]?次$/.test(token.unit) && /每[人户]$/.test(c.clauseBefore) && /标准/.test(c.clause))
    return true;
  if (token.unit === "倍")
    return !/增长|增加|(?:是|为|相当于)[^,。]{0,12}的$/.test(c.clauseBefore.slice(-16));
  if (
    /^(?:平方米|㎡|m²|平米)$/.test(token.unit) &&
    /(?:平方米|㎡|m²|平米)(?:以上|左右)?(?:的)?标准/.test(c.clause)
  )
    return true;
  // 人均体育场地面积达到1.8平方米: measured, not laid down.
  if (/人均[^,。;]{0,12}面积$/.test(c.clauseBefore) && /^达/.test(c.clause.slice(c.clauseBefore.length)))
    return false;
  if (/^(?:平方米|㎡|m²|平米|米)$/.test(token.unit))
    return (
      /^的/.test(c.clause.slice(c.clauseBefore.length + (claim.to - claim.from))) ||
      token.comparator !== "=" ||
      /每|面积在|人均/.test(c.clauseBefore.slice(-8))
    );
  // 入住率超过50%的,每收住一名老人补贴…: a condition of what is given.
  if (
    token.unit === "%" &&
    /^的[^。;]{0,20}(?:给予|奖励|奖补|补助|补贴|一次性|每[收新]|享受|可申请)/.test(c.following)
  )
    return true;
  if (token.unit === "%") {
    // 低保标准不低于人均消费支出的35%: how a level is laid down.
    if (/标准$/.test(c.object) && /^不[低高超][^%]{3,24}的\d/.test(c.clause.slice(c.clauseBefore.length)))
      return true;
    if (/比例[^,。]{0,8}(?:达|占|为)?|占比/.test(c.object) && !SHARE.test(c.object)) return false;
    return (
      (SHARE.test(c.clauseBefore.slice(-16)) && !/^的?(?:幅度|速度|增幅)/.test(c.following)) ||
      (/^的?(?:比例|标准)/.test(c.clause.slice(c.clauseBefore.length + (claim.to - claim.from))) &&
        !/达/.test(c.clauseBefore.slice(-4)))
    );
  }
  return ELIGIBLE.test(c.clauseBefore.slice(-12)) && isMoney(token.unit);
}
