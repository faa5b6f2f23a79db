import { after, GENERIC, VERB_ONLY } from "./behind.ts";
import { FIGURE, left } from "./clauses.ts";
import { phrase, share } from "./nouns.ts";
import type { Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";
import { isMoney } from "./units.ts";

/** What money is for, or a share is of: the words behind the figure. */

/** 对护理员给予2000元一次性奖补. */
const GIVEN_TO = /(?:^|[对向给为的])([^对向给为的\d,]{2,10})(?:给予|发放|奖励|予以)$/;
const GRANT = /^([一-龥]{0,6}(?:补助|补贴|奖励|奖补|资助|补偿|津贴|慰问金|助学金))(?=[,。;、\n]|$)/;
const GIFT = /^的?(?:标准)?(?:给予|予以|发放)(补助|补贴|奖励|资助|补偿|奖补)/;
const FOR_WHOM = /(?:^|[,。;])[对给](?:[^,。;]*的)?([^,。;的]{2,14}),[^,。;]*$/;
const GIVEN =
  /^的?(?:标准)?(?:给予|予以|发放)([一-龥]{0,10}?(?:补助|补贴|奖励|资助|补偿|津贴))(?![一-龥]*\d)/;
/** 按10%的比例抽查. */
const SHARED = /^的?比例([一-龥]{2,12}?)(?=[,。;、\n]|$)/;
const PAID = /^(?:增发|发放|给予|计发|补助)([一-龥]{3,14}?)(?=[,。;、\n]|$)/;
const BUYS = new RegExp(
  `^,?(?:用于|支持|资助|为|先后)?(?:(?:新建|改建|扩建|改扩建|改造|建设|建成|打造|购置|采购|新增)(?:和|、|了)?)+${FIGURE.source}`,
);
const BUILT = /^(?:的?标准)?(?:配建|补建|配套建设|配置|配备|建设)([一-龥]{2,14}?)(?=[,。;、\n]|$)/;
const FUND = /^[一-龥]{0,10}?(?:资金|经费|专款|公益金)(?![一-龥]*\d)/;

/** 考入高校的,一次性资助5000元: given to whom the clause before tells of. */
const GIFT_ALONE =
  /^(?:每[人户]?[年月]?|一次性|分别|再|各|可|给予|予以)*(资助|奖励|补助|奖补|补贴|救助|给予|发放)(?:分别|各|最高)?$/;
function givenWhom(text: string, claim: Claim): string {
  const clause = left(text, claim.from);
  const gift = GIFT_ALONE.exec(clause)?.[1];
  const at = claim.from - clause.length - 1;
  if (!gift || text[at] !== "," || text[at - 1] !== "的") return "";
  const whom = phrase(left(text, at - 1)).replace(/^(?:新|首次|成功)?(?:获得|取得|对|为)/, "");
  return whom.length < 2 || /\d/.test(whom)
    ? ""
    : (claim.order ? share(whom, claim.order.index, claim.order.of) : whom) + gift;
}

export function paidObject(text: string, claim: Claim, front: string): Found | undefined {
  const { token } = claim;
  const whom = isMoney(token.unit) ? givenWhom(text, claim) : "";
  if (whom) return { object: whom, pattern: "object.after-amount" };
  // 按照低保标准的30%增发生活补助: what is paid by that share.
  const paid =
    token.unit === "%" && /按照?[^\d]*的$/.test(left(text, claim.from))
      ? PAID.exec(text.slice(claim.to, claim.to + 20))?.[1]
      : undefined;
  if (paid) return { object: paid, pattern: "object.after" };
  // 民政部争取2.96亿元财政资金: who got it is not what it is.
  const fund =
    isMoney(token.unit) && !claim.before ? FUND.exec(text.slice(token.to, token.to + 16))?.[0] : undefined;
  const ofThat = token.unit === "%" ? SHARED.exec(text.slice(claim.to, claim.to + 24))?.[1] : undefined;
  if (ofThat) return { object: ofThat, pattern: "object.after" };
  if (fund && !/\/|标准|补贴|补助/.test(token.unit + front))
    return {
      object: fund.length <= 2 && front.length <= 8 ? front + fund : fund,
      pattern: "object.after-amount",
    };
  // 按每张床位1万元给予建设补助; 每百户不少于30平方米标准配建养老用房: what it is given for, what is built by it.
  if (front === "" || /每[一-龥]|、$/.test(front)) {
    const given = (isMoney(token.unit) ? GIVEN : BUILT).exec(text.slice(token.to, token.to + 40))?.[1];
    if (given && given.length >= 3) return { object: given, pattern: "object.after" };
  }
  // 对困难家庭,按照户均5000元的标准给予补助: to whom it is given.
  const gift = isMoney(token.unit) ? GIFT.exec(text.slice(token.to, token.to + 12))?.[1] : undefined;
  if (gift) {
    const receiver = FOR_WHOM.exec(text.slice(Math.max(0, claim.from - 40), claim.from))?.[1];
    if (receiver) return { object: receiver + gift, pattern: "object.after-amount" };
  }
  const grant = isMoney(token.unit) ? GRANT.exec(text.slice(token.to, token.to + 16))?.[1] : undefined;
  if (grant) {
    const receiver = GIVEN_TO.exec(left(text, claim.from))?.[1];
    if (receiver) return { object: receiver + grant, pattern: "object.after-amount" };
  }
  // 筹资400万元新建和改建4所福利中心: the money is for what is built with it.
  if (isMoney(token.unit) && (front === "" || GENERIC.test(front))) {
    const use = BUYS.exec(text.slice(token.to, token.to + 24))?.[0];
    const built = use ? after(text, token.to + use.length, "") : "";
    if (built.length >= 2 && !VERB_ONLY.test(built)) return { object: built, pattern: "object.after-amount" };
  }
  return undefined;
}
