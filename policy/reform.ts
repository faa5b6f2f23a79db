import { DomainError, type Month } from "@wuxin/kernel";
import { isMap, parseDocument } from "yaml";
import { compileColumns, type TypedHouseholds, type TypedResult } from "./columns/index.ts";
import type { RuleSet, Source } from "./types.ts";

/** Rules and parameters as `loadRuleSet` takes them. */
export interface RuleSources {
  readonly name: string;
  readonly rules: readonly Source[];
  readonly parameters: readonly Source[];
}

/**
 * The same sources with a reform laid over them: dated values, formulas and tables are added to those in force or
 * replace them date by date; what is new is added. `derived` and everything without a date is replaced.
 * @throws DomainError `policy-bad-reform` when a text is not a map of names
 */
export function withReform(
  base: RuleSources,
  reform: { readonly rules?: Source; readonly parameters?: Source },
): { name: string; rules: Source[]; parameters: Source[] } {
  return {
    name: base.name,
    rules: reform.rules ? layered(base.rules, reform.rules, true) : [...base.rules],
    parameters: reform.parameters ? layered(base.parameters, reform.parameters, false) : [...base.parameters],
  };
}

type Entries = Record<string, unknown>;
const DATED = ["values", "formula", "table"];

/** For parameters a later file wins by key; a rule stands in one file only and is changed there. */
function layered(files: readonly Source[], reform: Source, inPlace: boolean): Source[] {
  const changes = mapOf(reform).toJSON() as Entries;
  const documents = files.map((f) => mapOf(f));
  const added: Entries = {};
  for (const [name, change] of Object.entries(changes)) {
    const at = documents.findLastIndex((d) => {
      const entry = d.get(name);
      return isMap(entry) && (inPlace || entry.has("values") || entry.has("derived"));
    });
    const old = at < 0 ? undefined : documents[at]!.get(name, true);
    const entry = merged(isMap(old) ? (old.toJSON() as Entries) : {}, change as Entries);
    if (inPlace && at >= 0) documents[at]!.set(name, documents[at]!.createNode(entry));
    else added[name] = entry;
  }
  const kept = inPlace
    ? files.map((f, i) => ({ file: f.file, text: documents[i]!.toString({ lineWidth: 0 }) }))
    : [...files];
  if (Object.keys(added).length === 0) return kept;
  return [...kept, { file: reform.file, text: JSON.stringify(added, null, 1) }];
}

function merged(old: Entries, change: Entries): Entries {
  const out: Entries = { ...old, ...change };
  for (const key of DATED) {
    const [a, b] = [old[key], change[key]];
    if (a && b && !Array.isArray(a) && !Array.isArray(b)) out[key] = { ...(a as Entries), ...(b as Entries) };
  }
  if (change.values) delete out.derived;
  if (change.derived) delete out.values;
  return out;
}

function mapOf(source: Source) {
  const document = parseDocument(source.text.trim() === "" ? "{}" : source.text);
  if (document.errors.length > 0 || !isMap(document.contents))
    throw new DomainError("policy-bad-reform", `${source.file} 不是“名字: 内容”的形式。请检查缩进和冒号。`);
  return document;
}

export interface ReformRequest {
  readonly month: Month;
  /** The monthly amount that is compared: a money variable of the household, or of members (then summed). */
  readonly amount: string;
  readonly households: TypedHouseholds;
  /** Township of each household. */
  readonly townships: ArrayLike<string>;
}

/** Households by what happens to them, and money per month in 分. */
export interface ReformTally {
  households: number;
  /** From nothing to something; from something to nothing. */
  enter: number;
  leave: number;
  /** More, or less, than before. */
  gain: number;
  lose: number;
  same: number;
  /** A fact is missing before or after: not in the amounts. */
  undetermined: number;
  beforeFen: number;
  afterFen: number;
  /** After − before, per month. */
  differenceFen: number;
}

export interface ReformImpact {
  readonly month: Month;
  readonly versions: { readonly before: string; readonly after: string };
  /** Per household in 分; NaN where undetermined. */
  readonly beforeFen: Float64Array;
  readonly afterFen: Float64Array;
  readonly total: ReformTally;
  readonly byTownship: ReadonlyMap<string, ReformTally>;
  /** Twelve such months. */
  readonly yearlyDifferenceFen: number;
}

/** Who enters, leaves, gains and loses in one month, and what it costs. @throws as `compileColumns` does */
export function compareReform(before: RuleSet, after: RuleSet, request: ReformRequest): ReformImpact {
  const { month, households, townships } = request;
  const beforeFen = perHousehold(before, request);
  const afterFen = perHousehold(after, request);
  const total = emptyTally();
  const byTownship = new Map<string, ReformTally>();
  for (let h = 0; h < households.count; h++) {
    const township = townships[h] ?? "";
    let tally = byTownship.get(township);
    if (!tally) {
      tally = emptyTally();
      byTownship.set(township, tally);
    }
    for (const t of [total, tally]) count(t, beforeFen[h]!, afterFen[h]!);
  }
  return {
    month,
    versions: { before: before.version, after: after.version },
    beforeFen,
    afterFen,
    total,
    byTownship,
    yearlyDifferenceFen: total.differenceFen * 12,
  };
}

/** One past month of a back-dated change: what each household is still owed (negative: was paid too much). */
export interface BackMonth {
  readonly month: Month;
  readonly differenceFen: Float64Array;
  readonly totalFen: number;
  readonly undetermined: number;
}

/** The exact difference per household and past month; facts as they were in each month. */
export function backDated(
  before: RuleSet,
  after: RuleSet,
  amount: string,
  months: readonly { readonly month: Month; readonly households: TypedHouseholds }[],
): BackMonth[] {
  return months.map(({ month, households }) => {
    const old = perHousehold(before, { month, amount, households });
    const differenceFen = perHousehold(after, { month, amount, households }).map((fen, h) => fen - old[h]!);
    const known = differenceFen.filter((d) => !Number.isNaN(d));
    return {
      month,
      differenceFen,
      totalFen: known.reduce((a, b) => a + b, 0),
      undetermined: differenceFen.length - known.length,
    };
  });
}

function perHousehold(
  ruleSet: RuleSet,
  { month, amount, households }: Pick<ReformRequest, "month" | "amount" | "households">,
): Float64Array {
  const results = compileColumns(ruleSet, { month, wanted: [amount] }).evaluate(households);
  const column = results[amount] as TypedResult;
  if (column.type !== "money")
    throw new DomainError("policy-bad-reform", `“${amount}”不是金额，不能比较。请选一个金额。`);
  const at = (i: number) => ((column.state?.[i] ?? 0) === 1 ? Number.NaN : column.data[i]!);
  if (column.entity === "家庭") return Float64Array.from({ length: households.count }, (_, h) => at(h));
  return Float64Array.from({ length: households.count }, (_, h) => {
    let sum = 0;
    for (let i = households.offsets[h]!; i < households.offsets[h + 1]!; i++) sum += at(i);
    return sum;
  });
}

function emptyTally(): ReformTally {
  return {
    households: 0,
    enter: 0,
    leave: 0,
    gain: 0,
    lose: 0,
    same: 0,
    undetermined: 0,
    beforeFen: 0,
    afterFen: 0,
    differenceFen: 0,
  };
}

function count(t: ReformTally, before: number, after: number): void {
  t.households++;
  if (Number.isNaN(before) || Number.isNaN(after)) {
    t.undetermined++;
    return;
  }
  t.beforeFen += before;
  t.afterFen += after;
  t.differenceFen += after - before;
  if (before === after) t.same++;
  else if (before === 0) t.enter++;
  else if (after === 0) t.leave++;
  else if (after > before) t.gain++;
  else t.lose++;
}
