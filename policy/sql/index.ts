import { DomainError, isMonth, type Month } from "@wuxin/kernel";
import type { FactColumn } from "../columns/facts.ts";
import { MOST_MEMBERS } from "../columns/loop.mjs";
import { Lowering } from "../columns/lower.ts";
import { isConst, type Node, NotColumnar } from "../columns/nodes.ts";
import type { Val } from "../columns/values.ts";
import type { Entity } from "../feel/names.ts";
import type { InputFact, RuleSet, Variable } from "../types.ts";
import { asBoolean, asNumber, inPlace, inside, sqlOf, type Written } from "./expressions.ts";

/** Where the facts of one entity stand. A fact's column is its `code`, unless `columns` names another. */
export interface SqlTable {
  /** `schema.table` or `table`. */
  readonly table: string;
  readonly id: string;
  readonly columns?: Readonly<Record<string, string>>;
}

export interface SqlRequest {
  readonly month: Month;
  readonly wanted: readonly string[];
  readonly households: SqlTable;
  /** `household` is the column that points to the household's `id`. */
  readonly members: SqlTable & { readonly household: string };
}

export interface SqlMachine {
  readonly version: string;
  /** One row per household: `id`, `exact`, and the wanted variables of the household. */
  readonly households?: string;
  /** One row per member: `id`, `household`, `exact`, and the wanted variables of members. */
  readonly members?: string;
}

/**
 * The rules of one month as PostgreSQL queries over tables of facts: money as bigint in 分, boolean, text, date. A null
 * cell is “nobody recorded it”; for a nullable fact the boolean column `<column>_none` says “known to have none”. Each
 * result has a column `<name>` and, where it may be, `<name>·state`: 0 known, 1 undetermined, 2 null. Where `exact` is
 * false (values beyond the safe integers or the declared bounds, more than 32 members) `decide` has to answer.
 * @throws DomainError `policy-bad-month`, `policy-unknown-variable`, `policy-not-columnar`
 */
export function toSql(ruleSet: RuleSet, request: SqlRequest): SqlMachine {
  if (!isMonth(request.month))
    throw new DomainError("policy-bad-month", `“${request.month}”不是月份。请写成 2024-03。`);
  const variables = request.wanted.map((name) => {
    const v = ruleSet.variables.get(name);
    if (v) return v;
    throw new DomainError("policy-unknown-variable", `规则“${ruleSet.name}”里没有“${name}”。请检查名字。`);
  });
  const of = (entity: Entity) => {
    const wanted = variables.filter((v) => v.entity === entity);
    return wanted.length > 0 ? new Query(ruleSet, request, entity, wanted).text() : undefined;
  };
  const households = of("家庭");
  const members = of("成员");
  return {
    version: ruleSet.version,
    ...(households ? { households } : {}),
    ...(members ? { members } : {}),
  };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const table = (name: string) => name.split(".").map(quoted).join(".");

/** What an expression written in full may weigh before it gets a column of its own. */
const LONGEST = 150;

interface Pass {
  readonly phase: number;
  /** Values that later passes, or the result, read. */
  readonly needs: Map<Node, string>;
}

class Query {
  private readonly request: SqlRequest;
  private readonly ruleSet: RuleSet;
  private readonly lowering: Lowering;
  private readonly results: { v: Variable; value: Val }[];
  private readonly passes = new Map<number, Pass>();
  private readonly guards: readonly Node[];
  private readonly last: number;
  /** The first pass reads facts of the household. */
  private ownerRead = false;
  private readonly wantedSums = new Map<number, Map<string, string>>();

  constructor(ruleSet: RuleSet, request: SqlRequest, entity: Entity, wanted: readonly Variable[]) {
    this.ruleSet = ruleSet;
    this.request = request;
    const shapes = new Map(ruleSet.inputs.map((i) => [i, shapeInSql(i)]));
    this.lowering = new Lowering(ruleSet, request.month, (input) => shapes.get(input));
    this.results = wanted.map((v) => ({ v, value: this.lowering.variable(v) }));
    this.guards = this.lowering.g.guards;
    const nodes = [
      ...this.results.flatMap(({ value: { n, d, unknown, none } }) => [n, d, unknown, none]),
      ...this.guards,
    ];
    const member = entity === "成员";
    let last = Math.max(...nodes.map((n) => n.phase), member ? 0 : 1);
    if ((last % 2 === 0) !== member) last++;
    this.last = last;
  }

  text(): string {
    // Last pass first: it says what it reads of the ones before.
    const ctes: string[] = [];
    const body = this.select(this.last, this.outputs(this.last));
    for (let phase = this.last - 1; phase >= 0; phase--) {
      const sql = this.select(phase, (write) =>
        [...this.pass(phase).needs].map(([n, name]) => `${asNumber(write(n))} as ${name}`),
      );
      ctes.unshift(`p${phase} as materialized (\n${sql}\n)`);
    }
    return ctes.length > 0 ? `with ${ctes.join(",\n")}\n${body}` : body;
  }

  /** Wanted values, and `exact`: no guard tripped in this row or in what it stands on. */
  private outputs(phase: number): (write: (n: Node) => Written) => string[] {
    return (write) => {
      const columns = this.results.flatMap(({ v, value }) => {
        const { g } = this.lowering;
        const state = g.add(value.unknown, g.add(value.none, value.none));
        const shown = this.shown(v, value, write);
        if (isConst(state) && state.lo === 0) return [`${shown} as ${quoted(v.name)}`];
        const s = asNumber(write(state));
        return [
          `case when ${s} = 0 then ${shown} end as ${quoted(v.name)}`,
          `(${s})::int as ${quoted(`${v.name}·state`)}`,
        ];
      });
      return [`${this.exact(phase, write)} as exact`, ...columns];
    };
  }

  private shown(v: Variable, value: Val, write: (n: Node) => Written): string {
    const written = write(value.n);
    if (v.type === "boolean") return asBoolean(written);
    const n = asNumber(written);
    switch (v.type) {
      case "date":
        return `make_date((${n} / 10000)::int, (${n} / 100 % 100)::int, (${n} % 100)::int)`;
      case "text":
        return `(array[${this.lowering.words.map(text).join(", ")}]::text[])[(${n})::int + 1]`;
      case "number": {
        const d = asNumber(write(value.d));
        return d === "1" ? `(${n})::numeric` : `(${n})::numeric / (${d})`;
      }
      default:
        if (!isConst(value.d) || value.d.lo !== 1) throw new NotColumnar(`“${v.name}”没有取整`);
        return `(${n})::bigint`;
    }
  }

  private exact(phase: number, write: (n: Node) => Written): string {
    const own = this.guards.filter((g) => g.phase === phase).map((g) => this.trips(g, write));
    if (phase === 0) return own.length > 0 ? `not (${own.join(" or ")})` : "true";
    const before = phase % 2 === 1 ? `fine and many between 1 and ${MOST_MEMBERS}` : "fine";
    return own.length > 0 ? `${before} and not (${own.join(" or ")})` : before;
  }

  private trips(g: Node, write: (n: Node) => Written): string {
    const a = g.args[0]!;
    if (g.op === "guard") return `(${asBoolean(write(a))})`;
    const fits = inside(a, g, `(${asNumber(write(a))})`);
    return fits ? `not (${fits})` : "false";
  }

  private pass(phase: number): Pass {
    let pass = this.passes.get(phase);
    if (!pass) {
      pass = { phase, needs: new Map() };
      this.passes.set(phase, pass);
    }
    return pass;
  }

  private need(phase: number, n: Node): string {
    const { needs } = this.pass(phase);
    const name = needs.get(n) ?? `v${n.id}`;
    needs.set(n, name);
    return name;
  }

  /** One pass: its rows, and layers of columns for what is used more than once. */
  private select(phase: number, columns: (write: (n: Node) => Written) => string[]): string {
    const layers = new Layers((n) => this.leaf(n, phase));
    const final = phase === this.last;
    const listed = columns((n) => layers.write(n));
    const exact = final ? "" : `${this.exact(phase, (n) => layers.write(n))} as exact`;
    const member = phase % 2 === 0;
    const keys = member ? ["id", "household"] : ["id"];
    const shown = [...keys, ...(exact ? [exact] : []), ...listed];
    return layers.wrap(shown, this.rows(phase, layers.leaves));
  }

  /** The rows a pass starts from, with the values it finds there. */
  private rows(phase: number, leaves: ReadonlyMap<string, string>): string {
    const { households, members } = this.request;
    const columns = [...leaves].map(([name, sql]) => `${sql} as ${name}`);
    const h = `${table(households.table)} t`;
    const m = `${table(members.table)} t`;
    const list = (keys: string[]) => [...keys, ...columns].join(", ");
    if (phase === 0) {
      const join = this.ownerRead
        ? ` join ${table(households.table)} o on o.${quoted(households.id)} = t.${quoted(members.household)}`
        : "";
      return `select ${list([`t.${quoted(members.id)} as id`, `t.${quoted(members.household)} as household`])} from ${m}${join}`;
    }
    if (phase % 2 === 1) {
      const before = phase > 1 ? ` join p${phase - 2} b on b.id = t.${quoted(households.id)}` : "";
      const sums = [...this.sums(phase)].map(([name, sql]) => `${sql} as ${name}`);
      const grouped = `select household, count(*) as n, bool_and(exact) as exact${sums.map((s) => `, ${s}`).join("")} from p${phase - 1} group by household`;
      const keys = [
        `t.${quoted(households.id)} as id`,
        "coalesce(a.n, 0) as many",
        "coalesce(a.exact, false) as fine",
      ];
      return `select ${list(keys)} from ${h}${before} left join (${grouped}) a on a.household = t.${quoted(households.id)}`;
    }
    return `select ${list([`t.${quoted(members.id)} as id`, `t.${quoted(members.household)} as household`, "m.exact and h.exact as fine"])} from ${m} join p${phase - 2} m on m.id = t.${quoted(members.id)} join p${phase - 1} h on h.id = t.${quoted(members.household)}`;
  }

  private sums(phase: number): ReadonlyMap<string, string> {
    return this.wantedSums.get(phase) ?? new Map();
  }

  /** A value that the rows of the pass bring along; undefined where it is computed. */
  private leaf(n: Node, phase: number): string | undefined {
    const input = (column: string) => {
      const name = column.endsWith("?") ? column.slice(0, -1) : column;
      return { fact: this.ruleSet.inputs.find((i) => i.name === name)!, state: column.endsWith("?") };
    };
    switch (n.op) {
      case "load": {
        const { fact, state } = input(String(n.attr));
        return this.fact(fact, state, "t");
      }
      case "loadOwn": {
        if (phase > 0) return `m.${this.need(phase - 2, n)}`;
        const { fact, state } = input(String(n.attr));
        this.ownerRead = true;
        return this.fact(fact, state, "o");
      }
      case "count":
        return "coalesce(a.n, 0)";
      case "segSum":
      case "segMin":
      case "segMax":
        return this.summed(n, phase);
      case "own":
        return `h.${this.need(phase - 1, n.args[0]!)}`;
      default:
        if (n.phase >= phase || n.phase < 0) return undefined;
        return `${phase % 2 === 0 ? "m" : "b"}.${this.need(phase - 2, n)}`;
    }
  }

  private summed(n: Node, phase: number): string {
    // A sum of an earlier pass is kept there and handed on.
    if (n.phase < phase) return `b.${this.need(phase - 2, n)}`;
    const [a, keep] = n.args as [Node, Node | undefined];
    const name = `s${n.id}`;
    const sums = this.wantedSums.get(phase) ?? new Map<string, string>();
    this.wantedSums.set(phase, sums);
    const value = isConst(a) ? String(a.lo) : this.need(phase - 1, a);
    if (n.op === "segSum") sums.set(name, `sum(${value})`);
    else {
      const kept = !keep || isConst(keep) ? "" : ` filter (where ${this.need(phase - 1, keep)} = 1)`;
      sums.set(name, `${n.op === "segMin" ? "min" : "max"}(${value})${kept}`);
    }
    return `coalesce(a.${name}, 0)::bigint`;
  }

  /** A fact's cell as the machine's number. */
  private fact(input: InputFact, state: boolean, alias: string): string {
    const tableOf = input.entity === "家庭" ? this.request.households : this.request.members;
    const name = tableOf.columns?.[input.name] ?? input.code;
    const cell = `${alias}.${quoted(name)}`;
    if (state) {
      const none = input.nullable ? ` when ${alias}.${quoted(`${name}_none`)} then 2` : "";
      return `case${none} when ${cell} is null then 1 else 0 end`;
    }
    switch (input.type) {
      case "boolean":
        return `coalesce(${cell}, false)::int`;
      case "text": {
        const choices = (input.choices ?? []).map((c, i) => ` when ${text(c)} then ${i}`).join("");
        return `case coalesce(${cell}, ${text(input.choices?.[0] ?? "")})${choices} else 255 end`;
      }
      case "date":
        return `coalesce(to_char(${cell}, 'YYYYMMDD')::bigint, 0)`;
      case "number":
        return `coalesce((${cell} * 1000000)::bigint, 0)`;
      default:
        return `coalesce(${cell}, 0)::bigint`;
    }
  }
}

/** Every fact may be missing in a table; bounds are checked where they are declared. */
function shapeInSql(input: InputFact): FactColumn {
  const state = new Uint8Array(0);
  if (input.type === "boolean") return { data: new Uint8Array(0), state };
  if (input.type === "text") return { data: new Uint8Array(0), state };
  if (input.type === "number") return { data: new Float64Array(0), state, per: 1_000_000 };
  return { data: new Float64Array(0), state };
}

/** Columns computed from columns: `select …, expression as v12 from (…) offset 0`, so that nothing is computed twice. */
class Layers {
  readonly leaves = new Map<string, string>();
  private readonly leaf: (n: Node) => string | undefined;
  private readonly written = new Map<Node, Written & { level: number }>();
  private readonly levels: string[][] = [];

  constructor(leaf: (n: Node) => string | undefined) {
    this.leaf = leaf;
  }

  write(n: Node): Written {
    return this.at(n);
  }

  private at(n: Node): Written & { level: number } {
    const old = this.written.get(n);
    if (old) return old;
    const leaf = isConst(n) ? undefined : this.leaf(n);
    let result: Written & { level: number };
    if (leaf !== undefined) {
      const name = `${inPlace(n) ? "v" : "l"}${n.id}`;
      this.leaves.set(name, leaf);
      result = { sql: name, boolean: false, level: 0 };
    } else {
      let level = 0;
      const own = sqlOf(n, (x) => {
        const w = this.at(x);
        level = Math.max(level, w.level);
        return w;
      });
      result = { ...own, level };
      if (own.sql.length > LONGEST) {
        const columns = this.levels[level] ?? [];
        this.levels[level] = columns;
        columns.push(`${own.sql} as c${n.id}`);
        result = { sql: `c${n.id}`, boolean: own.boolean, level: level + 1 };
      }
    }
    this.written.set(n, result);
    return result;
  }

  wrap(columns: readonly string[], rows: string): string {
    let from = rows;
    for (const level of this.levels) {
      from = `select *, ${level.join(", ")} from (${from}) as l offset 0`;
    }
    return `select ${columns.join(", ")} from (${from}) as r`;
  }
}
