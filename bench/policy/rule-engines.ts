import { ZenEngine } from "@gorules/zen-engine";
import { evaluate as feelin } from "feelin";
import { Engine, type RuleProperties } from "json-rules-engine";
import type { Home, Outcome, Person } from "./objects.ts";
import type { Amounts } from "./parameters.ts";

/** The same household rules for the rule engines that a TypeScript user would pick. */

const ageOf = (p: Person, a: Amounts) => Math.floor((a.month - p.birth) / 12);

// ── json-rules-engine: conditions as rules, sums as facts that are computed when asked ──

const is = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
const fact = (name: string) => ({ fact: name });

export class JsonRules {
  private readonly home = new Engine([], { allowUndefinedFacts: false });
  private readonly person = new Engine([], { allowUndefinedFacts: false });
  private readonly amounts: Amounts;

  constructor(amounts: Amounts) {
    this.amounts = amounts;
    const property = [
      is("houses", "lessThanInclusive", 1),
      is("cars", "equal", 0),
      is("assets", "lessThan", fact("assetLimit")),
      is("counted", "greaterThan", 0),
    ];
    const rule = (type: string, params: Record<string, unknown>, all: object[]): RuleProperties => ({
      conditions: { all } as RuleProperties["conditions"],
      event: { type, params },
    });
    this.home.addRule(rule("class", { cls: 1 }, [...property, is("perCapita", "lessThan", fact("std"))]));
    this.home.addRule(
      rule("class", { cls: 2 }, [
        ...property,
        is("perCapita", "greaterThanInclusive", fact("std")),
        is("perCapita", "lessThan", fact("edge")),
      ]),
    );
    const add = (type: string, amount: number, all: object[]) =>
      this.person.addRule(rule(type, { amount }, all));
    add("living", amounts.living, [
      is("excluded", "equal", false),
      is("disability", "greaterThanInclusive", 1),
      is("cls", "in", [1, 2]),
      is("orphanBenefit", "equal", false),
    ]);
    add("care", amounts.nurse1, [is("disability", "equal", 1), is("injuryNursing", "equal", false)]);
    add("care", amounts.nurse2, [is("disability", "equal", 2), is("injuryNursing", "equal", false)]);
    add("care", 10_000, [is("elderCare", "equal", true), is("age", "greaterThanInclusive", 60)]);
    for (const [from, to, amount] of [
      [80, 90, 5000],
      [90, 95, 10_000],
      [95, 100, 20_000],
      [100, 999, 50_000],
    ] as const)
      add("oldAge", amount, [is("age", "greaterThanInclusive", from), is("age", "lessThan", to)]);
    for (const [amount, all] of [
      [30, [is("disability", "in", [1, 2])]],
      [25, [is("illness", "equal", true)]],
      [20, [is("age", "greaterThanInclusive", 70)]],
      [15, [is("age", "lessThan", 18)]],
    ] as const)
      add("percent", amount, [...all, is("excluded", "equal", false), is("cls", "equal", 1)]);
  }

  async evaluate(home: Home): Promise<Outcome> {
    const { amounts } = this;
    const std = amounts.std[home.rural ? 1 : 0];
    const counted = home.members.filter((m) => !m.excluded);
    const income = counted.reduce(
      (s, m) => s + m.wages + m.business + m.property + m.transfers + m.others - m.deductions,
      0,
    );
    const perCapita = counted.length > 0 ? Math.floor(Math.max(0, income) / counted.length) : 0;
    const { events } = await this.home.run({
      houses: home.houses,
      cars: home.cars,
      assets: home.assets,
      assetLimit: 24 * std * counted.length,
      counted: counted.length,
      perCapita,
      std,
      edge: Math.floor((std * 15) / 10),
    });
    const cls = Number(events[0]?.params?.cls ?? 0);
    let extra = 0;
    const members: Outcome["members"][number][] = [];
    for (const m of home.members) {
      const found = { living: 0, care: 0, oldAge: 0, percent: 0 };
      const run = await this.person.run({ ...m, cls, age: ageOf(m, amounts) });
      for (const e of run.events) {
        const key = e.type as keyof typeof found;
        found[key] = Math.max(found[key], Number(e.params?.amount));
      }
      extra += Math.floor((std * found.percent) / 100);
      members.push({ living: found.living, care: found.care, oldAge: found.oldAge });
    }
    return { cls, amount: cls === 1 ? (std - perCapita) * counted.length + extra : 0, members };
  }
}

// ── GoRules Zen: one expression node ──

function zenModel(a: Amounts): object {
  const age = `floor((${a.month} - #.birth) / 12)`;
  const top = (m: string) => m.replaceAll("AGE", age);
  const percent = top(
    "(#.disability == 1 or #.disability == 2) ? 30 : (#.illness ? 25 : (AGE >= 70 ? 20 : (AGE < 18 ? 15 : 0)))",
  );
  const expressions: [string, string][] = [
    ["std", `rural ? ${a.std[1]} : ${a.std[0]}`],
    ["people", "len(filter(members, not #.excluded))"],
    [
      "income",
      "max([0, sum(map(members, #.excluded ? 0 : #.wages + #.business + #.property + #.transfers + #.others - #.deductions))])",
    ],
    ["perCapita", "$.people > 0 ? floor($.income / $.people) : 0"],
    [
      "cls",
      "($.people > 0 and houses <= 1 and cars == 0 and assets < 24 * $.std * $.people) ? ($.perCapita < $.std ? 1 : ($.perCapita < floor($.std * 15 / 10) ? 2 : 0)) : 0",
    ],
    [
      "amount",
      `$.cls == 1 ? ($.std - $.perCapita) * $.people + sum(map(members, #.excluded ? 0 : floor($.std * (${percent}) / 100))) : 0`,
    ],
    [
      "living",
      `map(members, (not #.excluded and #.disability >= 1 and ($.cls == 1 or $.cls == 2) and not #.orphanBenefit) ? ${a.living} : 0)`,
    ],
    [
      "care",
      top(
        `map(members, max([#.injuryNursing ? 0 : (#.disability == 1 ? ${a.nurse1} : (#.disability == 2 ? ${a.nurse2} : 0)), (#.elderCare and AGE >= 60) ? 10000 : 0]))`,
      ),
    ],
    [
      "oldAge",
      top(
        "map(members, AGE >= 100 ? 50000 : (AGE >= 95 ? 20000 : (AGE >= 90 ? 10000 : (AGE >= 80 ? 5000 : 0))))",
      ),
    ],
  ];
  return {
    nodes: [
      { id: "in", type: "inputNode", name: "in" },
      {
        id: "rules",
        type: "expressionNode",
        name: "rules",
        content: { expressions: expressions.map(([key, value], i) => ({ id: String(i), key, value })) },
      },
      { id: "out", type: "outputNode", name: "out" },
    ],
    edges: [
      { id: "a", type: "edge", sourceId: "in", targetId: "rules" },
      { id: "b", type: "edge", sourceId: "rules", targetId: "out" },
    ],
  };
}

interface Lists {
  readonly cls: number;
  readonly amount: number;
  readonly living: readonly number[];
  readonly care: readonly number[];
  readonly oldAge: readonly number[];
}

const outcomeOf = (r: Lists): Outcome => ({
  cls: r.cls,
  amount: r.amount,
  members: r.living.map((living, i) => ({ living, care: r.care[i]!, oldAge: r.oldAge[i]! })),
});

/** 256 households in flight, which is where it is fastest. */
export async function byZen(homes: readonly Home[], amounts: Amounts): Promise<Outcome[]> {
  const engine = new ZenEngine();
  const decision = engine.createDecision(Buffer.from(JSON.stringify(zenModel(amounts))));
  const out: Outcome[] = [];
  for (let at = 0; at < homes.length; at += 256) {
    const results = await Promise.all(homes.slice(at, at + 256).map((h) => decision.evaluate(h)));
    for (const r of results) out.push(outcomeOf(r.result as Lists));
  }
  engine.dispose();
  return out;
}

// ── feelin: one expression over many households a call, for it parses at each call ──

function feelText(a: Amounts): string {
  const age = `floor((${a.month} - m.birth) / 12)`;
  const percent = `(if m.disability in [1..2] then 30 else if m.illness then 25 else if ${age} >= 70 then 20 else if ${age} < 18 then 15 else 0)`;
  const cls =
    "if people > 0 and h.houses <= 1 and h.cars = 0 and h.assets < 24 * std * people then (if perCapita < std then 1 else if perCapita < floor(std * 15 / 10) then 2 else 0) else 0";
  return `for h in homes return {
    std: if h.rural then ${a.std[1]} else ${a.std[0]},
    people: count(h.members[excluded = false]),
    income: max(0, sum(for m in h.members return if m.excluded then 0 else m.wages + m.business + m.property + m.transfers + m.others - m.deductions)),
    perCapita: if people > 0 then floor(income / people) else 0,
    cls: ${cls},
    amount: if cls = 1 then (std - perCapita) * people + sum(for m in h.members return if m.excluded then 0 else floor(std * ${percent} / 100)) else 0,
    living: for m in h.members return if not(m.excluded) and m.disability >= 1 and cls >= 1 and not(m.orphanBenefit) then ${a.living} else 0,
    care: for m in h.members return max(if m.injuryNursing then 0 else if m.disability = 1 then ${a.nurse1} else if m.disability = 2 then ${a.nurse2} else 0, if m.elderCare and ${age} >= 60 then 10000 else 0),
    oldAge: for m in h.members return if ${age} >= 100 then 50000 else if ${age} >= 95 then 20000 else if ${age} >= 90 then 10000 else if ${age} >= 80 then 5000 else 0
  }`;
}

export function byFeelin(homes: readonly Home[], amounts: Amounts): Outcome[] {
  const text = feelText(amounts);
  const out: Outcome[] = [];
  for (let at = 0; at < homes.length; at += 500) {
    const { value } = feelin(text, { homes: homes.slice(at, at + 500) }) as { value: Lists[] };
    for (const r of value) out.push(outcomeOf(r));
  }
  return out;
}

export async function byJsonRules(homes: readonly Home[], amounts: Amounts): Promise<Outcome[]> {
  const rules = new JsonRules(amounts);
  const out: Outcome[] = [];
  for (const h of homes) out.push(await rules.evaluate(h));
  return out;
}
