/**
 * Other departments and bodies (部门), one dated list: `domains/departments.yaml`, and over it a county's own `departments.yaml`.
 * What a feed, a kind of help or a register says of a department, it says by the code.
 */
import { DomainError, grouped, type IsoDate, isIsoDate } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { parse } from "yaml";

interface Named {
  readonly code: string;
  readonly since: IsoDate;
  /** Null: there is none of it from that day. */
  readonly name: string | null;
}
export interface Department {
  readonly code: string;
  readonly name: string;
}

/** In order of the list; a county's own come after those of all counties. */
export interface Departments {
  on(date: IsoDate): readonly Department[];
  /** As it was called on the day, or last before, or first after; the code where nothing is known. */
  nameOn(code: string, date: IsoDate): string;
  has(code: string): boolean;
}

/** @throws DomainError("bad-declaration") with every fault, each naming file, entry and mend */
export function readDepartments(national?: Source, county?: Source): Departments {
  const faults: string[] = [];
  const all = [national, county].flatMap((s) => (s ? readFile(s, faults) : []));
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  const byCode = grouped(all, (n) => n.code);
  // Stable: of one day the county's, which comes later, counts.
  for (const list of byCode.values()) list.sort((a, b) => a.since.localeCompare(b.since));
  const at = (code: string, date: IsoDate) => byCode.get(code)?.findLast((n) => n.since <= date);
  return {
    on: (date) =>
      [...byCode.keys()].flatMap((code) => {
        const name = at(code, date)?.name;
        return name ? [{ code, name }] : [];
      }),
    nameOn: (code, date) => {
      const named = (byCode.get(code) ?? []).filter((n) => n.name !== null);
      return (named.findLast((n) => n.since <= date) ?? named[0])?.name ?? code;
    },
    has: (code) => byCode.has(code),
  };
}

function readFile({ file, text }: Source, faults: string[]): Named[] {
  let data: unknown;
  try {
    data = parse(text);
  } catch {
    data = undefined;
  }
  if (!Array.isArray(data)) {
    faults.push(`${file}：应是一份清单，每行写 { code, since, name }，请检查缩进和冒号。`);
    return [];
  }
  return data.flatMap((entry: unknown, i) => {
    const { code, since, name } = (entry ?? {}) as Partial<Record<string, unknown>>;
    const at = `${file} 第 ${i + 1} 条`;
    if (typeof code !== "string" || !/^[a-z][a-z-]{1,39}$/.test(code))
      faults.push(`${at}：code 应为小写字母和横线，2 到 40 位。`);
    else if (typeof since !== "string" || !isIsoDate(since))
      faults.push(`${at}（${code}）：since 应为日期，如 2019-04-01。`);
    else if (name !== null && (typeof name !== "string" || name.trim() === ""))
      faults.push(`${at}（${code}）：请写 name；从这天起没有这个部门的，写 name: null。`);
    else return [{ code, since, name: name as string | null }];
    return [];
  });
}
