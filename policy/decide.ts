import { DomainError, firstDay, isMonth, lastDay } from "@wuxin/kernel";
import { withinTheStack } from "./errors.ts";
import { checkedFact } from "./facts.ts";
import type { Scalar } from "./feel/ir.ts";
import {
  evaluate,
  hitRow,
  type MissingRef,
  type Outcome,
  Undetermined,
  type World,
} from "./machine/evaluate.ts";
import { firstFailed } from "./machine/failed.ts";
import { working } from "./machine/working.ts";
import { parameterVersion, pick, versionIn } from "./parameters.ts";
import { ROUNDINGS, roundMoney } from "./rounding.ts";
import type {
  DecideRequest,
  Decision,
  Facts,
  FormulaVersion,
  InputFact,
  MissingFact,
  Parameter,
  Result,
  RuleSet,
  Step,
  Use,
  Variable,
} from "./types.ts";
import { plain, valueText } from "./words.ts";

/**
 * Decides one household in one month and keeps the whole way there. Pure: the same rule set version and the same
 * request give the same decision, word for word.
 * @throws DomainError `policy-unknown-variable`, `policy-bad-fact`, `policy-no-version`, `policy-no-members`, `policy-too-deep`
 */
export const decide = (ruleSet: RuleSet, request: DecideRequest): Decision =>
  withinTheStack(ruleSet.name, () => decided(ruleSet, request));

function decided(ruleSet: RuleSet, request: DecideRequest): Decision {
  const run = new Run(ruleSet, request);
  const results: Record<string, Result> = {};
  const memberResults: Record<string, readonly Result[]> = {};
  const missing: MissingRef[] = [];
  const note = (v: Variable, outcome: Outcome): Result => {
    if (outcome instanceof Undetermined) {
      missing.push(...outcome.missing);
      return {
        known: false,
        missing: [...new Set(outcome.missing.filter((m) => m.certain).map((m) => m.name))],
      };
    }
    return { known: true, value: plain(outcome), type: v.type, text: valueText(outcome, v.type, v.unit) };
  };
  for (const name of request.wanted) {
    const parameter = ruleSet.parameters.get(name);
    if (parameter) {
      results[name] = run.standard(parameter, missing);
      continue;
    }
    const v = run.find(name);
    if (v.entity === "家庭") results[name] = note(v, run.variable(name, undefined));
    else memberResults[name] = request.members.map((_, i) => note(v, run.variable(name, i)));
  }
  return {
    version: ruleSet.version,
    month: request.month,
    results,
    memberResults,
    steps: run.steps,
    missing: run.missingFacts(missing),
  };
}

/** One run over one household: memory of what is computed, and the trace. */
export class Run implements World {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly memberCount: number;
  slots: number[] = [];
  readonly steps: Step[] = [];
  readonly ruleSet: RuleSet;
  private readonly request: DecideRequest;
  private readonly inputs: ReadonlyMap<string, InputFact>;
  private readonly memory = new Map<string, Outcome>();
  private readonly facts = new Map<string, Outcome>();
  /** What the variables under way have read so far; the last one is being computed now. */
  private readonly open: { name: string; uses: Map<string, Use> }[] = [];

  constructor(ruleSet: RuleSet, request: DecideRequest) {
    if (!isMonth(request.month)) {
      throw new DomainError("policy-bad-month", `“${request.month}”不是月份。请写成 2024-03。`, {
        field: "month",
      });
    }
    if (request.members.length === 0) {
      throw new DomainError("policy-no-members", "家庭里一个成员也没有。请至少登记申请人本人。", {
        field: "members",
      });
    }
    this.ruleSet = ruleSet;
    this.request = request;
    this.firstDay = firstDay(request.month);
    this.lastDay = lastDay(request.month);
    this.memberCount = request.members.length;
    this.inputs = new Map(ruleSet.inputs.map((i) => [i.name, i]));
  }

  unitOf(name: string): string | undefined {
    const { variables, parameters } = this.ruleSet;
    return variables.get(name)?.unit ?? this.inputs.get(name)?.unit ?? parameters.get(name)?.unit?.text;
  }

  find(name: string): Variable {
    const v = this.ruleSet.variables.get(name);
    if (v) return v;
    throw new DomainError(
      "policy-unknown-variable",
      `规则“${this.ruleSet.name}”里没有“${name}”。请检查名字。`,
    );
  }

  /** A standard asked for by name: its value for this household. */
  standard(p: Parameter, missing: MissingRef[]): Result {
    const by = p.by.map((d) => (this.inputs.has(d) ? this.fact(d, undefined) : this.variable(d, undefined)));
    const unknown = by.flatMap((b) => (b instanceof Undetermined ? b.missing : []));
    missing.push(...unknown);
    if (unknown.length > 0) return { known: false, missing: unknown.map((m) => m.name) };
    const value = pick(p, parameterVersion(p, this.request.month), by as Scalar[], undefined);
    return { known: true, value: plain(value), type: p.type, text: valueText(value, p.type, p.unit?.text) };
  }

  fact(name: string, member: number | undefined): Outcome {
    const key = `${name}\u0000${member ?? ""}`;
    let outcome = this.facts.get(key);
    const input = this.inputs.get(name);
    if (!input) throw new Error(`not an input: ${name}`);
    const holder: Facts = member === undefined ? this.request.household : this.request.members[member]!;
    const given = Object.hasOwn(holder, name) ? holder[name] : undefined;
    if (outcome === undefined) {
      const value = checkedFact(input, given, member);
      const askedBy = this.open.at(-1)?.name ?? name;
      outcome =
        value === undefined
          ? new Undetermined([{ name, certain: true, askedBy, ...(member === undefined ? {} : { member }) }])
          : value;
      this.facts.set(key, outcome);
    }
    this.use(key, {
      kind: "fact",
      name,
      ...(member === undefined ? {} : { member }),
      ...this.shown(outcome, input),
      ...(given?.source
        ? { source: given.source }
        : given === undefined && !(outcome instanceof Undetermined)
          ? { source: "没有登记" }
          : {}),
      ...(given?.date ? { date: given.date } : {}),
    });
    return outcome;
  }

  parameter(name: string, field: string | undefined, by: readonly Scalar[]): Scalar {
    const p = this.ruleSet.parameters.get(name);
    if (!p) throw new Error(`not a parameter: ${name}`);
    const version = parameterVersion(p, this.request.month);
    const value = pick(p, version, by, field);
    const parts = [...(field === undefined ? [] : [field]), ...by.map(String)];
    this.use(`p\u0000${name}\u0000${parts.join("\u0000")}`, {
      kind: "parameter",
      name: parts.length > 0 ? `${name}（${parts.join("，")}）` : name,
      value: plain(value),
      text: valueText(value, p.type, p.unit?.text),
      ...(version.document ? { document: version.document } : {}),
      since: version.since,
      ...(version.unverified ? { unverified: true } : {}),
      ...(version.note ? { note: version.note } : {}),
    });
    return value;
  }

  variable(name: string, member: number | undefined): Outcome {
    const v = this.find(name);
    const key = `v\u0000${name}\u0000${member ?? ""}`;
    let outcome = this.memory.get(key);
    if (outcome === undefined) {
      outcome = this.compute(v, member);
      this.memory.set(key, outcome);
    }
    this.use(key, {
      kind: "variable",
      name,
      ...(member === undefined ? {} : { member }),
      ...this.shown(outcome, v),
    });
    return outcome;
  }

  private compute(v: Variable, member: number | undefined): Outcome {
    const version = versionIn(v.versions, this.request.month);
    if (!version) {
      throw new DomainError(
        "policy-no-version",
        `“${v.name}”在 ${this.request.month} 没有生效的公式。请补上 ${this.request.month} 及以前生效的公式。`,
      );
    }
    const outer = this.slots;
    this.slots = member === undefined ? [] : [member];
    const frame = { name: v.name, uses: new Map<string, Use>() };
    this.open.push(frame);
    try {
      const raw = evaluate(version.ir, this);
      const outcome =
        v.round && !(raw instanceof Undetermined) && raw !== null ? roundMoney(raw as number, v.round) : raw;
      this.steps.push(this.step(v, version, member, outcome, frame.uses));
      return outcome;
    } finally {
      this.open.pop();
      this.slots = outer;
    }
  }

  private step(
    v: Variable,
    version: FormulaVersion,
    member: number | undefined,
    outcome: Outcome,
    uses: ReadonlyMap<string, Use>,
  ): Step {
    const unknown = outcome instanceof Undetermined;
    const failed = outcome === false ? firstFailed(version, this) : undefined;
    const row = version.ir.op === "table" && !unknown ? version.ir.rows[hitRow(version.ir, this)] : undefined;
    return {
      variable: v.name,
      entity: v.entity,
      ...(member === undefined ? {} : { member }),
      formulaText: row ? row.text : version.text,
      ...(v.reference ? { article: v.reference } : {}),
      since: version.since,
      type: v.type,
      ...(unknown ? { undetermined: true as const } : { value: plain(outcome) }),
      text: unknown ? `尚不能确定（缺：${missingNames(outcome)}）` : valueText(outcome, v.type, v.unit),
      // Putting it into words reads both sides of every condition, so that the reader sees them all; hence before `uses`.
      working: working(version, this),
      uses: [...uses.values()],
      ...(failed ? { firstFailed: failed } : {}),
      ...(v.round ? { rounding: ROUNDINGS[v.round]!.words } : {}),
    };
  }

  /** Notes that the variable being computed has read this. */
  private use(key: string, use: Use): void {
    const frame = this.open.at(-1);
    if (frame && !frame.uses.has(key)) frame.uses.set(key, use);
  }

  private shown(
    outcome: Outcome,
    of: { type: Variable["type"]; unit?: string },
  ): Pick<Use, "value" | "text"> {
    if (outcome instanceof Undetermined) return { text: "未填报" };
    return { value: plain(outcome), text: valueText(outcome, of.type, of.unit) };
  }

  missingFacts(refs: readonly MissingRef[]): MissingFact[] {
    const merged = new Map<string, MissingRef>();
    const certainFirst = [...refs.filter((r) => r.certain), ...refs.filter((r) => !r.certain)];
    for (const r of certainFirst) {
      const key = `${r.name}\u0000${r.member ?? ""}`;
      if (!merged.has(key)) merged.set(key, r);
    }
    return [...merged.values()].map((r) => {
      const input = this.inputs.get(r.name)!;
      return {
        name: r.name,
        entity: input.entity,
        ...(r.member === undefined ? {} : { member: r.member }),
        label: input.label,
        ...(input.question ? { question: input.question } : {}),
        ...(input.material ? { material: input.material } : {}),
        certain: r.certain,
        askedBy: r.askedBy,
      };
    });
  }
}

function missingNames(u: Undetermined): string {
  return [...new Set(u.missing.filter((m) => m.certain).map((m) => m.name))].join("、");
}
