/**
 * Deaths that this county has on record, given back (共享) to the departments that need them, as `<domain>/death-lists.ts` declares:
 * to whom, what for, by which article, and which columns – no more than the purpose needs.
 */
export const DEATH_COLUMNS = {
  name: "姓名",
  idNo: "身份证号码",
  diedOn: "死亡日期",
  source: "登记依据",
  place: "所在地",
} as const;
export type DeathColumn = keyof typeof DEATH_COLUMNS;

export interface DeathListDefinition {
  readonly code: string;
  /** By the code of `departments.yaml`. */
  readonly department: string;
  readonly purpose: string;
  readonly basis: string;
  readonly columns: readonly DeathColumn[];
  /** Until which day of the next month; agreed between the two offices, no law says it. */
  readonly dueDay: number;
}

export const defineDeathLists = (lists: readonly DeathListDefinition[]): readonly DeathListDefinition[] =>
  lists;

/** @returns every fault, naming the list and the mend */
export function deathListFaults(
  lists: readonly DeathListDefinition[],
  hasDepartment: (code: string) => boolean,
): string[] {
  return lists.flatMap((l, i) => {
    const at = `death-lists.ts「${l.code}」`;
    return [
      lists.findIndex((x) => x.code === l.code) < i && `${at}：代码重复，请换一个。`,
      !hasDepartment(l.department) && `${at}：departments.yaml 里没有部门 ${l.department}，请改正代码。`,
      l.basis.trim() === "" && `${at}：请写明共享的依据（basis）。`,
      l.purpose.trim() === "" && `${at}：请写明对方用来做什么（purpose）。`,
      (!l.columns.includes("name") || !l.columns.includes("diedOn")) &&
        `${at}：columns 至少要有 name 和 diedOn。`,
      !(Number.isInteger(l.dueDay) && l.dueDay >= 1 && l.dueDay <= 28) && `${at}：dueDay 应为 1 到 28。`,
    ].filter((f) => f !== false);
  });
}
