/** The named errors of this engine: each is a sentence for the person who meets it, with the way out. */
import { type FieldError, ROLES, type Role } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

/** One reply for every wrong field; `details.fields` is the list, in the order of the form. */
export function invalidInput(fields: readonly FieldError[]): DomainError {
  const [first] = fields;
  const more = fields.length > 1 ? `（另有 ${fields.length - 1} 处，请一并改正）` : "";
  return new DomainError("invalid-input", `${first?.message ?? "填写有误，请检查。"}${more}`, {
    ...(first ? { field: first.field } : {}),
    details: { fields },
  });
}

export const unknownRegister = (code: string): DomainError =>
  new DomainError("not-found", `没有代码为“${code}”的台账，请从台账目录进入。`);

export const notImported = (title: string): DomainError =>
  new DomainError("action-not-allowed", `《${title}》不能用文件导入，请逐条登记。`);

export const unknownLedger = (title: string, code: string): DomainError =>
  new DomainError("not-found", `《${title}》下没有代码为“${code}”的登记簿，请刷新页面。`);

export const entryNotFound = (title: string): DomainError =>
  new DomainError("not-found", `《${title}》里没有这一条，或者它不在您的管辖范围内。请核对编号。`);

/** The id is taken by something else: by an entry with other content, or by one outside the actor's sight. */
export const alreadyExists = (what: string): DomainError =>
  new DomainError("already-exists", `${what}的编号已被占用，内容与本次不同。请刷新页面后重新登记。`);

export const staleVersion = (by: string, at: string, labels: readonly string[]): DomainError =>
  new DomainError(
    "stale-version",
    `您打开页面之后，${by} 已于 ${at} 修改了${labels.length > 0 ? `「${labels.join("」「")}」` : "这一条"}。您填写的内容没有丢失，请刷新后核对，再决定是否保存。`,
    { details: { by, at, labels } },
  );

export const notYetProved = (field: string, is: string, after: string): DomainError =>
  new DomainError("invalid-input", `先到「${after}」，由另一个人核查以后才能记为「${is}」。`, { field });

export const householdsOpen = (field: string, is: string, households: number): DomainError =>
  new DomainError(
    "invalid-input",
    `还有 ${households} 户没有整改，不能记为「${is}」。请先在这一条里逐户登记整改情况，或写明核实以后不涉及。`,
    { field },
  );

export const ownProof = (is: string, after: string): DomainError =>
  new DomainError("forbidden", `记为「${after}」的人不能自己记为「${is}」，请由另一个人核查办理。`);

export const forbidden = (what: string, by: readonly Role[]): DomainError =>
  new DomainError(
    "forbidden",
    `您的角色不能${what}。可以办理的角色：${by.map((r) => ROLES[r]).join("、")}。`,
  );

export const retired = (title: string): DomainError =>
  new DomainError("action-not-allowed", `《${title}》的这一条已经停用，不能再登记。如需继续，请先恢复。`);

export const badFilter = (problem: string): DomainError =>
  new DomainError("invalid-input", `筛选条件${problem}请清空筛选后重新选择。`, { field: "filter" });
