/** What dividing or putting together would do: both results by the rules, and why it cannot be. Writes nothing. */
import { addMonths, DomainError, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Registry } from "../registry/index.ts";
import type { SituationInputs } from "./basis.ts";
import type { Common } from "./common.ts";
import { ADULT } from "./life-model.ts";
import { sourcesAfter } from "./life-store.ts";
import { factsIn } from "./life-write.ts";
import { amountIn, coveredIn } from "./model.ts";
import type { EntitlementsDeps, ItemRules, Repricing } from "./ports.ts";
import {
  type Moving,
  merge,
  type Property,
  type ReshapeInput,
  split,
  withProperty,
} from "./reshape-model.ts";
import { ruled } from "./ruled.ts";
import * as store from "./store.ts";

export type ReshapeDeps = EntitlementsDeps & { readonly repricing: Repricing; readonly registry: Registry };

/** One household of the result. */
export interface Side {
  /** Null: opened by this. */
  readonly entitlement: store.EntitlementRecord | null;
  readonly payeeId: string;
  readonly covered: readonly string[];
  readonly beforeFen: number;
  readonly afterFen: number;
  readonly amounts: readonly { month: Month; fen: number }[];
  /** Null: it goes into the other household. */
  readonly inputs: SituationInputs | null;
  readonly rules: ItemRules | null;
}
export interface Worked {
  readonly e: store.EntitlementRecord;
  readonly other: store.EntitlementRecord | null;
  /** The rules' word for what a head is to himself. */
  readonly headRelation: string;
  readonly sides: readonly [Side, Side];
}

/** From next month, or one of the two after it. */
const AHEAD = 3;
const no = (message: string) => new DomainError("action-not-allowed", message);
const wrong = (field: string, message: string) => new DomainError("invalid-input", message, { field });

export function createReshapeWork(deps: ReshapeDeps, common: Common) {
  const { clock, repricing, registry } = deps;

  /** The name that the rules give to somebody's relation to the head, what they know, and what the head himself is. */
  function relationOf(county: string, item: string, month: Month, inputs: SituationInputs) {
    const facts = Object.entries(common.itemOf(item).registryFacts ?? {});
    const name = facts.find(([, kind]) => kind === "relation")?.[0];
    const input = repricing.rules(county, item, month)?.set.inputs.find((i) => i.name === name);
    const own = name === undefined ? undefined : inputs.members[0]?.[name]?.value;
    const choices = (input?.choices ?? []).filter((c) => c !== own);
    return { name, choices, own: typeof own === "string" ? own : "" };
  }

  /** One that is drawn, with the facts in force; or why it cannot be divided or put together. */
  async function standing(tx: Tx, id: string, fromMonth: Month) {
    const e = await common.get(tx, id);
    if (e.subjectKind !== "household")
      throw no(`「${common.itemOf(e.item).title}」按人享受，不用分户、合户。`);
    if (e.recognition) throw no("认定没有金额可分，分开过的另一户请重新申请认定。");
    if (e.endMonth !== null) throw no(`这一户发至 ${e.endMonth} 停止，不能分户、合户。`);
    if (e.fromMonth >= fromMonth) throw no(`这一户 ${e.fromMonth} 起才开始发，请从以后的月份起。`);
    const amounts = await store.amountsOf(tx, id);
    const beforeFen = amountIn(amounts, fromMonth);
    if (beforeFen === 0) throw no("这一户暂停发放，请先恢复再办。");
    const facts = await factsIn(tx, repricing, id, fromMonth);
    if (facts?.frozen) throw no("这一户在渐退期，金额不随人口变动，期满停发；需要的请在办件里重新认定。");
    if (!facts?.inputs.persons?.length)
      throw new DomainError("facts-missing", "没有留存这一户每个人的事实，请在办件里复核后作调整决定。");
    const later = amounts.filter((a) => a.fromMonth > fromMonth);
    // Later months that a standard raised are computed anew below; what a person confirmed for later rests on other facts.
    const [fixed] = await sourcesAfter(tx, id, fromMonth);
    const stops = later.find((a) => a.amountFen === 0);
    const since = fixed?.fromMonth ?? stops?.fromMonth;
    if (since) throw no(`${since} 起已有一次确认了的变动，请从那个月或以后起。`);
    const coverage = await store.coverageOf(tx, id);
    const covered = coveredIn(coverage, fromMonth);
    const gone = facts.inputs.persons.find(
      (p) => !covered.includes(p.personId) && coverage.some((c) => c.personId === p.personId),
    );
    if (gone) throw no(`「${gone.name}」已经不是保障对象，金额里还算着，请先办「成员减少」或在办件里复核。`);
    const listed = (await deps.paid.ofEntitlements(tx, [id])).find((m) => m.month >= fromMonth);
    if (listed)
      throw no(
        `${listed.month} 的名册里已经有这一户。请从以后的月份起，或先作废那份名册，免得一个月发两次。`,
      );
    return { e, beforeFen, covered, inputs: facts.inputs, later: later.map((a) => a.fromMonth) };
  }

  function checkPeople(
    people: readonly Moving[],
    covered: readonly string[],
    choices: readonly string[],
    headId: string | null,
  ) {
    if (people.length === 0) throw wrong("people", "请选择哪些人过去。");
    if (new Set(people.map((p) => p.personId)).size < people.length)
      throw wrong("people", "同一个人选了两次。");
    for (const p of people) {
      if (!covered.includes(p.personId)) throw wrong("people", "选的人里有的不在保障对象里，请刷新页面。");
      if (p.personId !== headId && choices.length > 0 && !choices.includes(p.relation))
        throw wrong("people", `请给每个人选与户主的关系：${choices.join("、")}。`);
    }
  }

  /** Facts of a household that are sums or numbers of things. */
  const propertyFacts = (county: string, item: string, month: Month) =>
    (repricing.rules(county, item, month)?.set.inputs ?? []).filter(
      (i) => i.entity === "家庭" && (i.type === "money" || i.type === "integer"),
    );

  function computed(
    tx: Tx,
    item: string,
    given: SituationInputs,
    property: Property,
    from: Month,
    /** Months in which an amount begins that was entered before. */
    later: readonly Month[],
    which: string,
  ) {
    const rules = (month: Month) => repricing.rules(tx.actor.countyCode, item, month);
    const known = propertyFacts(tx.actor.countyCode, item, from);
    for (const [name, value] of Object.entries(property)) {
      const fact = known.find((i) => i.name === name);
      if (!fact || !Number.isSafeInteger(value) || value < (fact.min ?? 0) || value > (fact.max ?? Infinity))
        throw wrong("facts", `${which}的「${name}」填得不对，请核对。`);
    }
    const inputs = withProperty(given, property);
    const amounts: { month: Month; fen: number }[] = [];
    const next = addMonths(from, 1);
    const last = later.reduce((a, b) => (a > b ? a : b), next);
    for (let month = from; month <= last; month = addMonths(month, 1)) {
      const set = rules(month);
      const fen = set ? ruled(set, inputs, month) : Number.NaN;
      if (Number.isNaN(fen))
        throw new DomainError("facts-missing", `留存的事实算不出${which}的金额，请在办件里复核后作决定。`);
      if (fen === 0)
        throw new DomainError(
          "not-eligible",
          `按规则，${which} ${month} 起不符合条件。停发要作决定、写明理由并送达，请在办件里复核；只是少了几个人的，用「成员减少」。`,
        );
      if (amounts.at(-1)?.fen !== fen || later.includes(month)) amounts.push({ month, fen });
    }
    return { amounts, afterFen: amounts[0]?.fen ?? 0, inputs, rules: rules(from) ?? null };
  }

  /** Both households as they will be. Errors: action-not-allowed, invalid-input, facts-missing, not-eligible. */
  async function workOut(tx: Tx, id: string, input: ReshapeInput): Promise<Worked> {
    const { fromMonth, people } = input;
    const next = addMonths(monthOf(clock.today()), 1);
    const last = addMonths(next, AHEAD - 1);
    if (fromMonth < next || fromMonth > last)
      throw wrong("fromMonth", `起始月份应在 ${next} 到 ${last} 之间；已经过去的月份用「成员减少」和追缴。`);
    if (input.reason.trim().length < 2) throw wrong("reason", "请写明事由和依据。");
    const { e, beforeFen, covered, inputs, later } = await standing(tx, id, fromMonth);
    const relation = relationOf(tx.actor.countyCode, e.item, fromMonth, inputs);
    if (input.kind === "split") {
      checkPeople(people, covered, relation.choices, input.headId);
      const leaving = new Set(people.map((p) => p.personId));
      if (leaving.has(e.applicantId) || leaving.has(e.payeeId))
        throw wrong("people", "申请人（领取人）留在原户，请改选分出去的人。");
      if (!leaving.has(input.headId)) throw wrong("headId", "新户的户主要从分出去的人里选。");
      await mustBeAdult(tx, e, input.headId);
      const moving = people.map((p) => (p.personId === input.headId ? { ...p, relation: relation.own } : p));
      const { stay, leave } = split(inputs, moving, input.headId, relation.name);
      if (leave.persons?.length !== people.length)
        throw new DomainError("facts-missing", "分出去的人里有的没有留存事实，请在办件里复核后作决定。");
      return {
        ...{ e, other: null, headRelation: relation.own },
        sides: [
          {
            ...{ entitlement: e, payeeId: e.payeeId, beforeFen },
            covered: covered.filter((p) => !leaving.has(p)),
            ...computed(tx, e.item, stay, input.facts.first, fromMonth, later, "留下的一户"),
          },
          {
            ...{ entitlement: null, payeeId: input.headId, beforeFen: 0, covered: [...leaving] },
            ...computed(tx, e.item, leave, input.facts.second, fromMonth, later, "分出去的一户"),
          },
        ],
      };
    }
    if (input.otherId === id) throw wrong("otherId", "请选另一户。");
    const b = await standing(tx, input.otherId, fromMonth);
    if (b.e.item !== e.item) throw wrong("otherId", "两户享受的不是同一个事项，不能合户。");
    checkPeople(people, b.covered, relation.choices, null);
    if (people.length < b.covered.length) throw wrong("people", "并入的一户里每个人都要选与户主的关系。");
    const added = propertyFacts(tx.actor.countyCode, e.item, fromMonth).map((i) => i.name);
    const both = merge(inputs, b.inputs, people, relation.name, added);
    return {
      ...{ e, other: b.e, headRelation: relation.own },
      sides: [
        {
          ...{ entitlement: e, payeeId: e.payeeId, beforeFen, covered: [...covered, ...b.covered] },
          ...computed(tx, e.item, both, input.facts.first, fromMonth, later, "合并后的一户"),
        },
        {
          ...{ entitlement: b.e, payeeId: b.e.payeeId, beforeFen: b.beforeFen, afterFen: 0, covered: [] },
          ...{ amounts: [{ month: fromMonth, fen: 0 }], inputs: null, rules: null },
        },
      ],
    };
  }

  async function mustBeAdult(tx: Tx, e: store.EntitlementRecord, headId: string) {
    const household = e.householdId ? await registry.getHousehold(tx, e.householdId) : undefined;
    const head = household?.members.find((m) => m.personId === headId && m.toDate === null);
    if (!household || !head) throw wrong("headId", "新户主现在不在这一户的户籍登记里，请先更正户籍登记。");
    if (household.headPersonId === headId)
      throw wrong("headId", "户籍登记的户主留在原户，请改选分出去的人。");
    const comes = `${Number(head.birthDate.slice(0, 4)) + ADULT}${head.birthDate.slice(4)}`;
    if (comes > clock.today())
      throw wrong(
        "headId",
        `「${head.name}」未满 ${ADULT} 周岁，不能作户主；由监护人申请的，请在办件里办理。`,
      );
  }

  return { standing, relationOf, propertyFacts, workOut };
}
