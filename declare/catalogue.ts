/** The catalogue: everything declared under `domains/`, resolved and checked once at start. */
import { DomainError, type Month } from "@wuxin/kernel";
import { loadRuleSet, type RuleSet, type Source } from "@wuxin/policy";
import type { BenefitDefinition } from "./benefit.ts";
import { type CheckPackageDefinition, readCheckPackage } from "./check-package.ts";
import { type DeathListDefinition, deathListFaults } from "./death-list.ts";
import { type Departments, readDepartments } from "./departments.ts";
import type { DutyDefinition } from "./duty.ts";
import { checkDuty, checkItem, checkRegister, keep } from "./faults.ts";
import type { Choice, ChoiceList, Field } from "./fields.ts";
import type { IndicatorDefinition, OwnedIndicator } from "./indicator.ts";
import type { DrawnFact, ItemDefinition } from "./item.ts";
import { asPaid, type LinkageDefinition, type PaidThing } from "./linkage.ts";
import type { MeasureKind } from "./measure.ts";
import { NO_OVERLAP, type Overlap, readOverlap } from "./overlap.ts";
import { domainOf, readOwners } from "./owners.ts";
import { type RedFlag, readRedFlags } from "./red-flags.ts";
import type { RegisterDefinition } from "./register.ts";
import { checkTable, type StatisticalTable } from "./statistics.ts";
import { readSummaries, type SummaryPart } from "./summary.ts";
import {
  type ResolvedFeed,
  type ResolvedReckoning,
  type ResolvedSignal,
  resolveWatching,
  type WatchingDeclarations,
} from "./watching.ts";

/** What lies beside a declaration: `rules.yaml` and `parameters.yaml`, when the folder has them. */
export interface Folder {
  readonly path: string; // relative to the repository, for messages
  readonly rules?: Source;
  readonly parameters?: Source;
  readonly examples?: Source;
}

/** A county's texts: its dated standards and, by item, the item's own files as the county has rewritten them. */
export interface RuleTexts extends Source {
  /** Oldest first. */
  readonly rewritten?: ReadonlyMap<string, readonly Rewritten[]>;
}
/** In force from a month on, in the place of the files beside the declaration. */
export interface Rewritten extends Pick<Folder, "rules" | "parameters" | "examples"> {
  readonly from: Month;
}

export interface ResolvedItem extends ItemDefinition {
  readonly folder: Folder;
  /**
   * The item's rules of a month, with the county's dated standards laid over the national ones. Kept by text.
   * Not `month` of today but the month that is decided about: earlier months keep the text that they had.
   */
  ruleSet(county: { readonly code: string; readonly standards: RuleTexts; readonly month: Month }): RuleSet;
}

/** Rules without an item: checked by residents, not applied for here. */
export interface ResolvedBenefit extends BenefitDefinition {
  readonly folder: Folder;
  ruleSet: ResolvedItem["ruleSet"];
}

/** A subsidy that follows from items, with the rules of its trigger. */
export interface ResolvedLinkage extends LinkageDefinition {
  readonly folder: Folder;
  ruleSet: ResolvedItem["ruleSet"];
}

/** The files of an item that hold in a month. */
export function filesIn(item: Pick<ResolvedItem, "code" | "folder">, texts: RuleTexts, month: Month): Folder {
  const own = texts.rewritten?.get(item.code)?.findLast((r) => r.from <= month);
  return own ? { path: item.folder.path, ...own } : item.folder;
}

export interface ResolvedRegister extends RegisterDefinition {
  readonly folder: Folder;
}

export interface Catalogue {
  readonly feeds: ReadonlyMap<string, ResolvedFeed>;
  readonly signals: ReadonlyMap<string, ResolvedSignal>;
  readonly reckonings: ReadonlyMap<string, ResolvedReckoning>;
  readonly items: ReadonlyMap<string, ResolvedItem>;
  readonly benefits: ReadonlyMap<string, ResolvedBenefit>;
  readonly linkages: ReadonlyMap<string, ResolvedLinkage>;
  /** Whatever a roster may have a line of: the items and the linkages. */
  readonly paid: ReadonlyMap<string, PaidThing>;
  readonly registers: ReadonlyMap<string, ResolvedRegister>;
  readonly indicators: ReadonlyMap<string, OwnedIndicator>;
  readonly duties: ReadonlyMap<string, DutyDefinition>;
  readonly measures: ReadonlyMap<string, MeasureKind>;
  readonly deathLists: ReadonlyMap<string, DeathListDefinition>;
  readonly tables: ReadonlyMap<string, StatisticalTable>;
  /** Which benefits may be drawn together, with a county's own rules over the national ones. */
  overlap(county?: Source): Overlap;
  /** How rosters are looked over, with a county's own entries over the national ones. */
  redFlags(county?: Source): readonly RedFlag[];
  /** Other departments, with a county's own names over the national ones. */
  departments(county?: Source): Departments;
  /** How a 核对 is asked of a system that no line reaches; undefined where no domain says. */
  readonly checkPackage: CheckPackageDefinition | undefined;
  /** How each domain tells its year, in the order of the summary. */
  readonly summaries: readonly SummaryPart[];
}

export interface Declarations extends WatchingDeclarations {
  readonly items: readonly { readonly definition: ItemDefinition; readonly folder: Folder }[];
  readonly benefits?: readonly { readonly definition: BenefitDefinition; readonly folder: Folder }[];
  readonly linkages?: readonly { readonly definition: LinkageDefinition; readonly folder: Folder }[];
  readonly registers: readonly { readonly definition: RegisterDefinition; readonly folder: Folder }[];
  /** Of whole domains, with the domain's folder; registers bring their own. */
  readonly indicators: readonly { readonly definition: IndicatorDefinition; readonly domain: string }[];
  /** `domains/owners.yaml`. */
  readonly owners?: Source | undefined;
  readonly duties?: readonly { readonly definition: DutyDefinition; readonly folder: Folder }[];
  readonly measures?: readonly MeasureKind[];
  readonly deathLists?: readonly DeathListDefinition[];
  readonly tables?: readonly { readonly definition: StatisticalTable; readonly folder: Folder }[];
  /** `domains/overlap.yaml`. */
  readonly overlap?: Source | undefined;
  /** `domains/red-flags.yaml`. */
  readonly redFlags?: Source | undefined;
  /** `domains/departments.yaml`. */
  readonly departments?: Source | undefined;
  /** `domains/<domain>/check-package.yaml`. */
  readonly checkPackage?: Source | undefined;
  /** `domains/<domain>/summary.yaml`. */
  readonly summaries?: readonly Source[];
}

/** @throws DomainError("bad-declaration") with every fault, each naming file and mend */
export function resolveCatalogue(d: Declarations): Catalogue {
  const faults: string[] = [];
  const departments = (county?: Source) => readDepartments(d.departments, county);
  const overlap = (county?: Source) => (d.overlap ? readOverlap(d.overlap, county) : NO_OVERLAP);
  const redFlags = (county?: Source) => (d.redFlags ? readRedFlags(d.redFlags, county) : []);
  const granted = resolveGranted(d, faults);
  const watching = resolveWatching(d, faults);
  const counted = resolveCounted(d, departments(), faults);

  const duties = new Map<string, DutyDefinition>();
  for (const { definition, folder } of d.duties ?? []) {
    faults.push(...checkDuty(definition, folder, granted.items));
    keep(duties, definition.code, definition, `${folder.path}/duty.ts`, faults);
  }
  const measures = new Map<string, MeasureKind>();
  for (const kind of d.measures ?? [])
    keep(measures, kind.code, kind, `measures.ts 帮扶措施「${kind.label}」`, faults);
  const deathLists = new Map((d.deathLists ?? []).map((l) => [l.code, l]));
  faults.push(...deathListFaults(d.deathLists ?? [], (code) => departments().has(code)));

  const { feeds, reckonings } = watching;
  const checkPackage = d.checkPackage && readCheckPackage(d.checkPackage, feeds, reckonings, faults);

  const all = { ...granted, ...watching, ...counted, duties, measures, deathLists, checkPackage };
  faults.push(...namesOfOthers(all, overlap().benefits, departments()));
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  const summaries = readSummaries(d.summaries ?? [], new Set(counted.indicators.keys()));
  return { ...all, overlap, redFlags, departments, summaries };
}

/** What people apply for, check and draw. */
function resolveGranted(d: Declarations, faults: string[]) {
  const items = new Map<string, ResolvedItem>();
  for (const { definition, folder } of d.items) {
    faults.push(...checkItem(definition, folder));
    keep(items, definition.code, withRules(definition, folder), `${folder.path}/item.ts`, faults);
  }
  const benefits = new Map<string, ResolvedBenefit>();
  for (const { definition, folder } of d.benefits ?? []) {
    if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出认定规则。`);
    const at = `${folder.path}/benefit.ts`;
    keep(benefits, definition.code, withRules(definition, folder), at, faults, items);
  }
  const linkages = new Map<string, ResolvedLinkage>();
  for (const { definition, folder } of d.linkages ?? []) {
    if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出启动条件和金额。`);
    const at = `${folder.path}/linkage.ts`;
    keep(linkages, definition.code, withRules(definition, folder), at, faults, items, benefits);
  }
  const paid = new Map<string, PaidThing>([
    ...[...items].filter(([, i]) => !i.entitlement.recognition),
    ...[...linkages].map(([c, l]) => [c, asPaid(l)] as const),
  ]);
  return { items, benefits, linkages, paid };
}

/** What is written down, the figures over it, and the tables of those. */
function resolveCounted(d: Declarations, departments: Departments, faults: string[]) {
  const lists = choiceLists(d, departments);
  const registers = new Map<string, ResolvedRegister>();
  for (const { definition, folder } of d.registers) {
    faults.push(...checkRegister(definition, folder));
    const register = { ...withChoices(definition, lists), folder };
    keep(registers, definition.code, register, `${folder.path}/register.ts`, faults);
  }
  const indicators = new Map<string, OwnedIndicator>();
  const owners = readOwners(d.owners);
  const ofRegisters = d.registers.flatMap(({ definition, folder }) =>
    (definition.indicators ?? []).map((i) => ({ definition: i, domain: domainOf(folder.path) })),
  );
  for (const { definition: i, domain } of [...d.indicators, ...ofRegisters]) {
    const owner = i.owner ?? owners.get(domain);
    if (!owner)
      faults.push(
        `指标 ${i.code}（${i.name}）没有责任科室，请在 domains/owners.yaml 里写明「${domain}」由谁负责。`,
      );
    keep(indicators, i.code, { ...i, owner: owner ?? "" }, `${domain} 指标「${i.name}」`, faults);
  }
  const tables = new Map<string, StatisticalTable>();
  for (const { definition, folder } of d.tables ?? []) {
    faults.push(...checkTable(definition, folder.path, indicators));
    keep(tables, definition.code, definition, `${folder.path}/table.ts`, faults);
  }
  return { registers, indicators, tables };
}

/** Where one declaration names another that is not there. */
function namesOfOthers(
  c: Pick<Catalogue, "items" | "benefits" | "linkages" | "feeds" | "signals" | "measures">,
  inOverlap: readonly string[],
  departments: Departments,
): string[] {
  const faults: string[] = [];
  const missing = (names: readonly string[], has: (name: string) => boolean, say: (name: string) => string) =>
    faults.push(...names.filter((name) => !has(name)).map(say));
  const item = (code: string) => c.items.has(code);
  const department = (code: string) => departments.has(code);
  for (const { folder, drawnFacts } of c.items.values())
    for (const [fact, says] of Object.entries(drawnFacts ?? {}))
      missing(
        itemsOf(says),
        item,
        (code) => `${folder.path}/item.ts：事实「${fact}」要看的事项 ${code} 没有，请改正代码。`,
      );
  for (const { folder, classes } of c.linkages.values())
    missing(
      classes.map((x) => x.item),
      item,
      (code) => `${folder.path}/linkage.ts：没有事项 ${code}，请改正代码。`,
    );
  for (const { folder, entitlement } of [...c.items.values(), ...c.linkages.values()])
    missing(
      entitlement.benefits ?? [],
      (b) => inOverlap.includes(b),
      (b) => `${folder.path}：待遇“${b}”不在 domains/overlap.yaml 的 benefits 里，请登记或改正。`,
    );
  for (const { folder, givenBy } of c.feeds.values())
    missing(
      givenBy ?? [],
      department,
      (code) => `${folder.path}/feed.ts：部门 ${code} 不在 domains/departments.yaml 里，请登记或改正。`,
    );
  for (const s of c.signals.values())
    missing(
      s.benefits ?? [],
      (code) => item(code) || c.benefits.has(code),
      (code) => `${s.folder.path}/signals.ts：预警 ${s.code} 的待遇 ${code} 没有，请改正代码。`,
    );
  for (const kind of c.measures.values())
    missing(
      [kind.department],
      department,
      (code) => `帮扶措施 ${kind.code} 的部门 ${code} 不在 domains/departments.yaml 里，请登记或改正。`,
    );
  return faults;
}

/** As they are called now by the last entry of the national list. */
function choiceLists(d: Declarations, departments: Departments): Record<ChoiceList, readonly Choice[]> {
  return {
    departments: departments.on("9999-12-31").map(({ code, name }) => ({ value: code, label: name })),
    feeds: (d.feeds ?? []).map(({ definition: f }) => ({ value: f.code, label: f.title })),
  };
}
function withChoices(
  r: RegisterDefinition,
  lists: Record<ChoiceList, readonly Choice[]>,
): RegisterDefinition {
  const filled = (fields: readonly Field[]) =>
    fields.map((f) => (f.choicesFrom ? { ...f, choices: lists[f.choicesFrom] } : f));
  return {
    ...{ ...r, fields: filled(r.fields) },
    ...(r.ledgers ? { ledgers: r.ledgers.map((l) => ({ ...l, fields: filled(l.fields) })) } : {}),
  };
}

const itemsOf = (fact: DrawnFact): readonly string[] =>
  "byItem" in fact ? Object.keys(fact.byItem) : "shareOf" in fact ? fact.shareOf : fact.drawsOneOf;

function withRules<D extends { readonly code: string }>(
  definition: D,
  folder: Folder,
): D & Pick<ResolvedItem, "folder" | "ruleSet"> {
  const sets = new Map<string, RuleSet>();
  return {
    ...definition,
    folder,
    ruleSet({ code, standards, month }) {
      const { rules, parameters } = filesIn({ code: definition.code, folder }, standards, month);
      const own = rules === folder.rules ? "" : `${rules?.text}\n${parameters?.text}`;
      const key = `${code}\n${standards.text}\n${own}`;
      let set = sets.get(key);
      if (!set) {
        set = loadRuleSet({
          name: definition.code,
          rules: rules ? [rules] : [],
          parameters: [...(parameters ? [parameters] : []), standards],
        });
        sets.set(key, set);
      }
      return set;
    },
  };
}
