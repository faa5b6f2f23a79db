import { left } from "./clauses.ts";
import { phrase } from "./nouns.ts";
import type { Found } from "./objects.ts";
import type { Claim } from "./pairs.ts";

/** Shares and tasks: 占全年任务的…, 完成年度计划的…, (93%). */

export const TASK =
  /(?:全年|年度)(?:目标|任务|计划)+(?:数|量)?$|^(?:年初|年度|计划)?(?:目标值|指标值|计划数|任务数)$/;
/** 占总投资的60%: of what it costs as a whole. */
const COST = /^占(?:概算|估算|计划)?总?投资(?:额|计划)?$/;
const REACHED =
  /^(?:已|共|占)*完成了?([^\d,]{0,10}?(?:全年|年度|年初|下达|预算|计划|目标)[^\d,]{0,6}?(?:任务|计划|目标|预算)?(?:数|量|总量)?)的$/;
/** 饮水工程正在施工中(93%): how far, in a bracket of its own. */
const UNDER_WAY = /(?:已|正|正在)?(?:施工|建设|进行|推进|办理|实施|完成)中?$/;
export function bracketed(text: string, claim: Claim): string {
  if (claim.token.unit !== "%" || text[claim.from - 1] !== "(" || text[claim.to] !== ")") return "";
  const clause = left(text, claim.from - 1)
    .split(/\)[、和]/)
    .at(-1) as string;
  return /\d/.test(clause) ? "" : phrase(clause).replace(UNDER_WAY, "");
}

export function shareObject(
  text: string,
  claim: Claim,
  ahead: string,
  said: string | undefined,
): Found | undefined {
  const { token } = claim;
  const task = ahead.startsWith("占") && (TASK.test(ahead) || COST.test(ahead));
  if (task && said) {
    const whole = said.replace(TASK, "").replace(/(?<=.{3})完成投资$/, "");
    return {
      object: token.unit === "%" ? `${whole}${ahead}比例` : whole + ahead.slice(1),
      pattern: "object.part-of",
    };
  }
  // 完成全年任务的184%: how much of it.
  const reached = token.unit === "%" ? REACHED.exec(left(text, claim.from))?.[1] : undefined;
  if (said && reached && (claim.order?.of ?? 1) === 1)
    return { object: `${said}${reached}完成率`, pattern: "object.part-of" };
  // 占低保对象27.2%: whose share.
  if (said && token.unit === "%" && /^占[^\d,]{3,}$/.test(ahead) && said.length + ahead.length <= 30)
    return { object: `${said}${ahead}${/比[例重]$/.test(ahead) ? "" : "比例"}`, pattern: "object.part-of" };
  return undefined;
}
