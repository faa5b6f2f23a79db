/** The catalogue: everything declared under `domains/`, resolved and checked once at start. */
import { DomainError, fieldsOf, type Month } from "@wuxin/kernel";
import { loadRuleSet, type RuleSet, type Source } from "@wuxin/policy";
import type { BenefitDefinition } from "./benefit.ts";
import { type DeathListDefinition, deathListFaults } from "./death-list.ts";
import { type Departments, readDepartments } from "./departments.ts";
import { type DutyDefinition, WISHES } from "./duty.ts";
import type { Choice, ChoiceList, Field } from "./fields.ts";
import type { IndicatorDefinition, OwnedIndicator } from "./indicator.ts";
import type { DrawnFact, ItemDefinition } from "./item.ts";
import { asPaid, type LinkageDefinition, type PaidThing } from "./linkage.ts";
import { type MeasureKind, RISKS } from "./measure.ts";
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
  /** `domains/<domain>/summary.yaml`. */
  readonly summaries?: readonly Source[];
}

/** @throws DomainError("bad-declaration") with every fault, each naming file and mend */
export function resolveCatalogue(d: Declarations): Catalogue {
  const faults: string[] = [];
  const items = new Map<string, ResolvedItem>();
  for (const { definition, folder } of d.items) {
    faults.push(...checkItem(definition, folder));
    if (items.has(definition.code))
      faults.push(`${folder.path}/item.ts：事项代码 ${definition.code} 已被占用，请换一个。`);
    items.set(definition.code, withRules(definition, folder));
  }
  for (const item of items.values())
    for (const [fact, says] of Object.entries(item.drawnFacts ?? {}))
      for (const code of itemsOf(says))
        if (!items.has(code))
          faults.push(`${item.folder.path}/item.ts：事实「${fact}」要看的事项 ${code} 没有，请改正代码。`);
  const checked = new Map<string, ResolvedBenefit>();
  for (const { definition, folder } of d.benefits ?? []) {
    if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出认定规则。`);
    if (items.has(definition.code) || checked.has(definition.code))
      faults.push(`${folder.path}/benefit.ts：代码 ${definition.code} 已被占用，请换一个。`);
    checked.set(definition.code, withRules(definition, folder));
  }
  const linkages = new Map<string, ResolvedLinkage>();
  for (const { definition, folder } of d.linkages ?? []) {
    const at = `${folder.path}/linkage.ts`;
    if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出启动条件和金额。`);
    if (items.has(definition.code) || checked.has(definition.code) || linkages.has(definition.code))
      faults.push(`${at}：代码 ${definition.code} 已被占用，请换一个。`);
    for (const { item } of definition.classes)
      if (!items.has(item)) faults.push(`${at}：没有事项 ${item}，请改正代码。`);
    linkages.set(definition.code, withRules(definition, folder));
  }
  const paid = new Map<string, PaidThing>([
    ...[...items].filter(([, i]) => !i.entitlement.recognition),
    ...[...linkages].map(([c, l]) => [c, asPaid(l)] as const),
  ]);
  const departments = (county?: Source) => readDepartments(d.departments, county);
  const lists = choiceLists(d, departments());
  const registers = new Map<string, ResolvedRegister>();
  for (const { definition, folder } of d.registers) {
    faults.push(...checkRegister(definition, folder));
    if (registers.has(definition.code))
      faults.push(`${folder.path}/register.ts：台账代码 ${definition.code} 已被占用，请换一个。`);
    registers.set(definition.code, { ...withChoices(definition, lists), folder });
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
    if (indicators.has(i.code)) faults.push(`指标代码 ${i.code} 重复（${i.name}），请换一个。`);
    indicators.set(i.code, { ...i, owner: owner ?? "" });
  }
  const overlap = (county?: Source) => (d.overlap ? readOverlap(d.overlap, county) : NO_OVERLAP);
  const { benefits } = overlap();
  const redFlags = (county?: Source) => (d.redFlags ? readRedFlags(d.redFlags, county) : []);
  for (const { folder, entitlement } of [...items.values(), ...linkages.values()])
    for (const b of entitlement.benefits ?? [])
      if (!benefits.includes(b))
        faults.push(`${folder.path}：待遇“${b}”不在 domains/overlap.yaml 的 benefits 里，请登记或改正。`);
  const { feeds, signals, reckonings } = resolveWatching(d, faults);
  for (const f of feeds.values())
    for (const code of f.givenBy ?? [])
      if (!departments().has(code))
        faults.push(
          `${f.folder.path}/feed.ts：部门 ${code} 不在 domains/departments.yaml 里，请登记或改正。`,
        );
  for (const s of signals.values())
    for (const code of s.benefits ?? [])
      if (!items.has(code) && !checked.has(code))
        faults.push(`${s.folder.path}/signals.ts：预警 ${s.code} 的待遇 ${code} 没有，请改正代码。`);
  const duties = new Map<string, DutyDefinition>();
  for (const { definition, folder } of d.duties ?? []) {
    faults.push(...checkDuty(definition, folder, items));
    if (duties.has(definition.code))
      faults.push(`${folder.path}/duty.ts：职责代码 ${definition.code} 已被占用，请换一个。`);
    duties.set(definition.code, definition);
  }
  const measures = new Map<string, MeasureKind>();
  for (const kind of d.measures ?? []) {
    if (measures.has(kind.code)) faults.push(`帮扶措施代码 ${kind.code} 重复（${kind.label}），请换一个。`);
    if (!departments().has(kind.department))
      faults.push(
        `帮扶措施 ${kind.code} 的部门 ${kind.department} 不在 domains/departments.yaml 里，请登记或改正。`,
      );
    measures.set(kind.code, kind);
  }
  const deathLists = new Map((d.deathLists ?? []).map((l) => [l.code, l]));
  faults.push(...deathListFaults(d.deathLists ?? [], (code) => departments().has(code)));
  const tables = new Map<string, StatisticalTable>();
  for (const { definition, folder } of d.tables ?? []) {
    faults.push(...checkTable(definition, folder.path, indicators));
    if (tables.has(definition.code))
      faults.push(`${folder.path}/table.ts：报表代码 ${definition.code} 已被占用，请换一个。`);
    tables.set(definition.code, definition);
  }
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  const summaries = readSummaries(d.summaries ?? [], new Set(indicators.keys()));
  return {
    ...{ items, benefits: checked, linkages, paid, registers, indicators, duties, measures, tables },
    ...{ deathLists, overlap, redFlags, departments, feeds, signals, reckonings, summaries },
  };
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

function checkItem(item: ItemDefinition, folder: Folder): string[] {
  const at = `${folder.path}/flow.ts`;
  const faults: string[] = [];
  if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出认定规则。`);
  const { flow } = item;
  const states = new Set(flow.states.map((s) => s.id));
  const steps = new Set(flow.steps.map((s) => s.id));
  const actions = new Set(flow.actions.map((a) => a.id));
  const publicities = new Set(flow.publicities.map((p) => p.code));
  const documents = new Set(item.documents.map((x) => x.code));
  const need = (ok: boolean, message: string) => {
    if (!ok) faults.push(`${at}：${message}`);
  };
  need(actions.size === flow.actions.length, "动作代码有重复。");
  need(states.has(flow.initial), `初始状态 ${flow.initial} 没有定义。`);
  need(
    (item.outcome.amount === undefined) === (item.entitlement.recognition === true),
    "发钱的事项写 outcome.amount，只作认定的写 entitlement.recognition，二者择一。",
  );
  for (const s of flow.states)
    need(!s.step || steps.has(s.step), `状态 ${s.id} 的步骤 ${s.step} 没有定义，请加到 steps。`);
  for (const a of flow.actions) {
    for (const from of a.from)
      need(from === "*" || states.has(from), `动作 ${a.id} 的来源状态 ${from} 没有定义。`);
    need(a.to === "=" || states.has(a.to), `动作 ${a.id} 的去向状态 ${a.to} 没有定义。`);
    for (const x of a.differentFrom ?? [])
      need(actions.has(x), `动作 ${a.id} 的 differentFrom 指向不存在的动作 ${x}。`);
    for (const code of [a.effects?.publish, a.effects?.unpublish])
      need(!code || publicities.has(code), `动作 ${a.id} 的公示 ${code} 没有定义。`);
    for (const code of a.effects?.documents ?? [])
      need(documents.has(code), `动作 ${a.id} 的文书 ${code} 没有模板，请加到 documents。`);
    need(new Set(a.fields.map((f) => f.name)).size === a.fields.length, `动作 ${a.id} 有同名的栏目。`);
    const causes = [
      a.effects?.cause,
      ...(a.fields.find((f) => f.name === "cause")?.choices ?? []).map((x) => x.label),
    ];
    need(
      a.effects?.ownWish === undefined || causes.includes(a.effects.ownWish),
      `动作 ${a.id} 的 ownWish 不是它能选的事由。`,
    );
  }
  for (const c of flow.clocks)
    for (const x of [...c.startsAt, ...c.stopsAt])
      need(actions.has(x), `时限 ${c.key} 指向不存在的动作 ${x}。`);
  const reachable = new Set([flow.initial]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const a of flow.actions)
      if (
        a.to !== "=" &&
        !reachable.has(a.to) &&
        (a.from.includes("*") || a.from.some((f) => reachable.has(f)))
      ) {
        reachable.add(a.to);
        grown = true;
      }
  }
  for (const s of states) need(reachable.has(s), `状态 ${s} 没有任何动作能到达，请删去或补上动作。`);
  return faults;
}

function checkRegister(r: RegisterDefinition, folder: Folder): string[] {
  const at = `${folder.path}/register.ts`;
  const faults: string[] = [];
  const fields = new Set([...r.fields.map((f) => f.name), ...(r.derived ?? []).map((x) => x.name)]);
  if (fields.size !== r.fields.length + (r.derived?.length ?? 0)) faults.push(`${at}：有同名的栏目。`);
  const open = r.publicWhen ? fieldsOf(r.publicWhen) : [];
  const todos = (r.todos ?? []).flatMap((t) => [t.dueField, ...fieldsOf(t.when)]);
  const told = [r.shares?.with, ...(r.shares?.fields ?? []), ...(r.shares ? fieldsOf(r.shares.when) : [])];
  const grounds = [r.grounds?.feed, r.grounds?.until, ...(r.grounds ? fieldsOf(r.grounds.when) : [])];
  const asked = [
    r.divisionField,
    r.ownerField,
    r.closing?.field,
    r.site?.by,
    ...todos,
    ...open,
    ...told,
    ...grounds,
  ];
  const named = asked.filter((name) => name !== undefined);
  for (const name of [r.titleField, ...named, ...r.columns, ...(r.publicFields ?? [])])
    if (!fields.has(name)) faults.push(`${at}：栏目 ${name} 没有定义，请加到 fields。`);
  for (const l of r.limits ?? [])
    if (!fields.has(l.field)) faults.push(`${at}：限额 ${l.code} 的栏目 ${l.field} 没有定义。`);
  for (const code of [...(r.shares?.ledgers ?? []), ...(r.shares?.adds ? [r.shares.adds] : [])])
    if (!r.ledgers?.some((l) => l.code === code)) faults.push(`${at}：共享给部门的登记簿 ${code} 没有定义。`);
  for (const l of r.ledgers ?? [])
    if (l.unsolved && !l.fields.some((f) => f.name === l.unsolved))
      faults.push(`${at}：「${l.title}」的 unsolved 指的栏目 ${l.unsolved} 没有定义。`);
  return faults;
}

function checkDuty(duty: DutyDefinition, folder: Folder, items: ReadonlyMap<string, unknown>): string[] {
  const at = `${folder.path}/duty.ts`;
  const faults: string[] = [];
  const names = [...(duty.card ?? []), ...duty.form].map((f) => f.name);
  if (new Set(names).size !== names.length) faults.push(`${at}：有同名的栏目。`);
  const { source } = duty;
  if ("item" in source && source.item !== undefined && !items.has(source.item))
    faults.push(`${at}：来源事项 ${source.item} 没有定义。`);
  const ownDay = ["reviews", "clues", "measures"].includes(source.from);
  if (ownDay === (duty.everyMonths !== undefined))
    faults.push(`${at}：${ownDay ? "有各自期限的来源不写" : "请写明"} everyMonths（几个月一次）。`);
  const mustAsk = (name: string, words: object, what: string) => {
    const asked = duty.form.find((f) => f.name === name)?.choices?.map((c) => c.value) ?? [];
    const known = Object.keys(words);
    if (asked.length !== known.length || !known.every((w) => asked.includes(w)))
      faults.push(`${at}：${what}的职责要问 ${name}，选项是 ${known.join("、")}。`);
  };
  if (source.from === "clues" && source.found) mustAsk("wish", WISHES, "政策找人");
  if (source.from === "measures") mustAsk("risk", RISKS, "帮扶回访");
  if (duty.settles && !names.includes(duty.settles.field))
    faults.push(`${at}：settles 的栏目 ${duty.settles.field} 没有定义。`);
  return faults;
}
