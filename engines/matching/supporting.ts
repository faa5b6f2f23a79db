/** The part of a 核对 report for each supporter, and what his means come to for the member whom he must support. */
import { formatYuan, monthOf, type Scalar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type CheckItem, type Compared, createComparing, type Found, UNKNOWN } from "./comparing.ts";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import { reckon } from "./reckoning.ts";
import type { Supporter } from "./supporters.ts";

export interface SupporterPart {
  readonly name: string;
  readonly relation: string;
  /** Whom he must support. */
  readonly of: string;
  readonly items: readonly CheckItem[];
}
export interface Supporting {
  readonly parts: readonly SupporterPart[];
  /** For the household's own part of the report. */
  readonly items: readonly CheckItem[];
  readonly found: readonly Found[];
}
const yuan = (fen: number) => `${formatYuan(fen)} 元`;
const sum = (fen: readonly number[]) => fen.reduce((a, b) => a + b, 0);

export function createSupporting(deps: MatchingDeps) {
  const { clock, catalogue } = deps;
  const { look } = createComparing(deps);
  const reckonings = [...catalogue.reckonings.values()].filter((r) => r.ofSupporter);

  /** Each has signed (the caller saw to it), so he is looked for wherever in the county he is registered. */
  async function support(tx: Tx, c: CaseToCheck, supporters: readonly Supporter[]): Promise<Supporting> {
    if (supporters.length === 0) return { parts: [], items: [], found: [] };
    const looked = new Map<string, Compared>();
    for (const s of supporters)
      looked.set(
        s.id,
        await deps.wide(tx, () =>
          look(tx, {
            ...c,
            persons: [{ id: s.personId!, name: s.name }],
            declared: new Map(),
            declaredBy: new Map(),
          }),
        ),
      );
    const nameOf = (id: string) => c.persons.find((p) => p.id === id)?.name ?? "";
    const reckoned = reckonings.map((r) => oneRule(tx, c, r, supporters, looked, nameOf));
    return {
      parts: supporters.map((s) => ({
        ...{ name: s.name, relation: s.relation, of: nameOf(s.ofPersonId) },
        items: [...(looked.get(s.id)?.items ?? []), ...reckoned.flatMap((r) => r.own.get(s.id) ?? [])],
      })),
      items: reckoned.map((r) => r.item),
      found: reckoned.flatMap((r) => r.found),
    };
  }

  function oneRule(
    tx: Tx,
    c: CaseToCheck,
    r: (typeof reckonings)[number],
    supporters: readonly Supporter[],
    looked: ReadonlyMap<string, Compared>,
    nameOf: (id: string) => string,
  ) {
    const today = clock.today();
    const county = tx.actor.countyCode;
    const inputs = r.ofSupporter!;
    const incomeOf = (s: Supporter): number | null => {
      const { found, open } = looked.get(s.id)!;
      const told = found.filter((f) => inputs.sums.includes(f.fact)).map((f) => Number(f.found));
      return told.length === 0 || open.some((a) => inputs.sums.includes(a)) ? null : sum(told);
    };
    const said = new Map(
      supporters.map((s): [string, Record<string, Scalar>] => {
        const income = incomeOf(s);
        return [
          s.id,
          {
            [inputs.declared]: s.declared.incomeFen,
            ...(income === null ? {} : { [inputs.found]: income }),
            [inputs.dependants]: s.declared.dependants,
            [inputs.supports]: s.declared.supports,
            [inputs.agreed]: s.declared.agreedFen !== null,
            [inputs.agreedAmount]: s.declared.agreedFen ?? 0,
          },
        ];
      }),
    );
    const ruleSet = r.ruleSet({ code: county, standards: deps.standards(county) });
    const { people, unverified } = reckon(r, ruleSet, monthOf(today), catalogue.feeds, said, {
      [inputs.area]: c.areaClass,
    });
    const example = unverified.length > 0 ? `${unverified.join("、")}是示例值，尚未按文件核实。` : "";
    const line = (item: string, of: Partial<CheckItem>): CheckItem => ({
      ...{ item, department: "", feed: "", asOf: today, declared: null, found: UNKNOWN },
      ...{ differs: false, compared: false, of: [], note: null, ...of },
    });
    const own = new Map<string, CheckItem[]>();
    for (const p of people) {
      const s = supporters.find((x) => x.id === p.personId)!;
      const income = incomeOf(s);
      const why = p.found === null ? "名单里没有查到足以确定收入的，请入户、询问核实。" : "";
      own.set(s.id, [
        line(inputs.declared.replace("申报", ""), {
          declared: yuan(s.declared.incomeFen),
          ...(income === null ? {} : { found: yuan(income), compared: true }),
          differs: income !== null && income !== s.declared.incomeFen,
          note: `查得的是${inputs.sums.join("、")}之和。供养 ${s.declared.dependants} 人，应赡养 ${s.declared.supports} 人。`,
        }),
        line(`${r.answers}（折算）`, {
          ...(p.found === null ? {} : { found: yuan(p.found) }),
          note: [p.words && `${p.words}。`, why, example].filter(Boolean).join("") || null,
        }),
      ]);
    }
    // Who of the household is supported by whom: known only when each of his supporters is.
    const members = [...new Set(supporters.map((s) => s.ofPersonId))];
    const found = members.flatMap((personId): Found[] => {
      const his = people.filter((p) => supporters.find((s) => s.id === p.personId)?.ofPersonId === personId);
      if (his.some((p) => p.found === null)) return [];
      const from = `不共同生活的义务人 ${his.length} 人，折算，${today}`;
      return [{ personId, fact: r.answers, found: sum(his.map((p) => p.found ?? 0)), from }];
    });
    const declaredOf = (id: string) => c.declaredBy.get(id)?.get(r.answers);
    const declared = members.map(declaredOf).filter((v) => typeof v === "number");
    const item = line(`${r.answers}（折算）`, {
      declared: declared.length > 0 ? yuan(sum(declared)) : null,
      ...(found.length === members.length ? { found: yuan(sum(found.map((f) => Number(f.found)))) } : {}),
      compared: found.some((f) => typeof declaredOf(f.personId!) === "number"),
      differs: found.some((f) => {
        const d = declaredOf(f.personId!);
        return typeof d === "number" && d !== f.found;
      }),
      of: found.map((f) => ({ name: nameOf(f.personId!), value: yuan(Number(f.found)) })),
      note: `${people
        .map((p) => {
          const s = supporters.find((x) => x.id === p.personId)!;
          return `${s.name}（${nameOf(s.ofPersonId)}的${s.relation}）：${p.found === null ? "收入不能确定，请核实" : yuan(p.found)}`;
        })
        .join("；")}。采用哪个数由人决定。${example}`,
    });
    return { own, item, found };
  }

  return { support };
}
