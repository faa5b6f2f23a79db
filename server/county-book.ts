/** What engines and handlers ask about counties: names, switches of today, standards as a rule source. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { bankLayoutPath, type County, getCounty, listCounties, switchesOn } from "@wuxin/counties";
import { type BankLayout, type RuleTexts, readBankLayout } from "@wuxin/declare";
import { type Clock, DomainError, type IsoDate } from "@wuxin/kernel";

export interface CountyBook {
  list(): readonly County[];
  /** @throws DomainError("unknown-county") */
  get(code: string): County;
  /** Every switch by name, as of today or a day. */
  switches(code: string): Readonly<Record<string, string | number | boolean>>;
  switchesOn(code: string, on: IsoDate): Readonly<Record<string, string | number | boolean>>;
  /**
   * The county's dated standards: its file (empty where the folder has none) with what was approved laid over it; and the
   * rules that the county has rewritten.
   */
  standards(code: string): RuleTexts;
  /** A file of the county's own over one of all counties (`overlap.yaml`, `red-flags.yaml`), if it has one. */
  own(code: string, name: string): { readonly file: string; readonly text: string } | undefined;
  /** The bank files that the county may make and read, its usual one first. */
  layouts(code: string): readonly BankLayout[];
  /** As they stood before each approval, newest first. */
  earlierStandards(code: string): readonly RuleTexts[];
  /** Name of a county, township or village; a village is named with its township. */
  divisionName(countyCode: string, code: string): string;
  /** Of an alert's level, 1 the most serious, as the county names its levels. */
  levelName(countyCode: string, level: number): string;
}

/** With the standards of the files alone; the composition root lays the approved ones over them. */
export function createCountyBook(clock: Clock): CountyBook {
  const names = new Map<string, string>();
  const standards = new Map<string, { file: string; text: string }>();
  const layouts = new Map<string, BankLayout[]>();
  for (const county of listCounties()) {
    layouts.set(county.code, county.switches.bankLayouts.map(layoutNamed));
    for (const d of county.divisions) {
      const parent = d.level === "village" ? names.get(d.parentCode) : undefined;
      names.set(d.code, parent ? `${parent}${d.name}` : d.name);
    }
    const text = existsSync(county.standardsPath) ? readFileSync(county.standardsPath, "utf8") : "";
    standards.set(county.code, { file: `counties/${county.code}/standards.yaml`, text });
  }
  return {
    list: listCounties,
    get: getCounty,
    switches: (code) => switchesOn(getCounty(code), clock.today()),
    switchesOn: (code, on) => switchesOn(getCounty(code), on),
    standards: (code) => standards.get(getCounty(code).code) as { file: string; text: string },
    own: (code, name) => {
      const file = path.join(getCounty(code).folder, name);
      return existsSync(file)
        ? { file: `counties/${code}/${name}`, text: readFileSync(file, "utf8") }
        : undefined;
    },
    layouts: (code) => layouts.get(getCounty(code).code) ?? [],
    earlierStandards: () => [],
    divisionName: (countyCode, code) =>
      names.get(code) ?? (code === countyCode ? getCounty(code).name : code),
    levelName: (countyCode, level) =>
      getCounty(countyCode).monitoring.levels[level - 1]?.label ?? `${level} 级`,
  };
}

/** @throws DomainError("bad-declaration") when there is no such layout or something in it is wrong: the start stops */
function layoutNamed(code: string): BankLayout {
  const file = bankLayoutPath(code);
  if (!existsSync(file))
    throw new DomainError(
      "bad-declaration",
      `没有银行文件格式 ${code}：请在 counties/banks/ 里写 ${code}.yaml。`,
    );
  return readBankLayout(code, { file: `counties/banks/${code}.yaml`, text: readFileSync(file, "utf8") });
}
