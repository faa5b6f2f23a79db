/** The named errors of this engine: each is a sentence for the person who meets it, with the way out. */
import type { FieldError } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

/** One reply for every wrong field of a form; `details` is the list, in the order of the form. */
export function invalidInput(fields: readonly FieldError[]): DomainError {
  const [first] = fields;
  const more = fields.length > 1 ? `（另有 ${fields.length - 1} 处，请一并改正）` : "";
  return new DomainError("invalid-input", `${first?.message ?? "填写有误，请检查。"}${more}`, {
    ...(first ? { field: first.field } : {}),
    details: { fields },
  });
}

export const notFound = (what: string): DomainError =>
  new DomainError("not-found", `没有找到这${what}，或者不在您的管辖范围内。请核对编号。`);

export const unknownItem = (code: string): DomainError =>
  new DomainError("not-found", `没有代码为“${code}”的事项，请从事项目录进入。`);

export interface Change {
  readonly label: string;
  readonly actorName: string;
  readonly role: string;
  readonly at: string;
}

/** Two people edited one case: says who did what since the page was opened. */
export function staleVersion(changes: readonly Change[]): DomainError {
  const said = changes.map((c) => `${c.actorName}（${c.role}）已于 ${c.at} 办理「${c.label}」`).join("；");
  return new DomainError(
    "stale-version",
    `您打开页面之后，${said || "这件申请有了新的变化"}。您填写的内容没有丢失，请刷新后核对，再决定是否继续。`,
    { details: { changes } },
  );
}

export const notAllowed = (label: string, reasons: readonly string[]): DomainError =>
  new DomainError("action-not-allowed", `现在不能「${label}」：${reasons.join("；")}`, {
    details: { reasons },
  });

export const notAuthorised = (names: readonly string[]): DomainError =>
  new DomainError(
    "not-authorised",
    `没有授权，不能核对（先授权、后核对）。${names.length > 0 ? `还缺 ${names.join("、")} 的签名授权。` : ""}请先取得家庭成员签字的核对授权书。`,
  );
