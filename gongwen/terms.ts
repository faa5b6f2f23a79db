import { after } from "./behind.ts";
import { left, right } from "./clauses.ts";
import type { Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";

/** What a length of time is of: the deed that is due, barred or early, the term that is given. */

const DUE =
  /^((?:响应|答复|办结|回复|反馈|到场|处置|审批|办理|完成|审核|受理|发放)(?:到位)?)(?=[,。;、\n]|$)/;
const DUE_DONE = /(?:响应|答复|办结|回复|反馈|到场|处置|审批|办理|完成|审核|受理|发放)(?:到位)?$/;
/** 3年内不得再次申报. */
const BARRED = /^(?:不得|不予|禁止)[一-龥]{2,10}/;

/** `said` is what the figure before was about, where the clause names nothing of its own. */
export function termObject(
  text: string,
  claim: Claim,
  ahead: string,
  said: string | undefined,
): Found | undefined {
  const { token } = claim;
  // 提前1年实现城乡低保统筹, 连续5年荣获优秀: how long is said of the deed behind it.
  if (/(?:提前|连续)$/.test(left(text, claim.subjectTo))) {
    const deed = right(text, token.to);
    if (deed.length >= 4 && !/\d/.test(deed)) return { object: deed, pattern: "object.deed" };
  }
  // 给予6个月渐退期: it is that term.
  const term = /(?:给予|享受|设置?|设立)$/.test(left(text, claim.from)) ? after(text, token.to, "") : "";
  if (/期$/.test(term)) return { object: term, pattern: "object.after" };
  const barred = BARRED.exec(text.slice(claim.to, claim.to + 12))?.[0];
  if (barred) return { object: barred, pattern: "object.deed" };
  // 接诉后2小时内响应、3个工作日内办结: each limit is of the deed behind it.
  const due = DUE.exec(text.slice(claim.to, claim.to + 6))?.[1];
  const what = said ? said.replace(DUE_DONE, "") : ahead.replace(/后$/, "");
  return due && what.length + due.length >= 4 ? { object: what + due, pattern: "object.deed" } : undefined;
}
