import type { ActionDefinition } from "@wuxin/declare";
import { addDays, type IsoDate, newId } from "@wuxin/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaseAction, fold, isFrom, legalActions, type Outcome, rolesOf } from "./model.ts";
import { toyFlow, toyItem } from "./testing/toy-item.ts";
import { valuesOf } from "./values.ts";

const PEOPLE = [
  { role: "resident", accountId: "a-res", personId: "p1", name: "张三" },
  { role: "village", accountId: "a-vil", personId: null, name: "李村" },
  { role: "township", accountId: "a-tow1", personId: null, name: "王镇" },
  { role: "township", accountId: "a-tow2", personId: null, name: "赵镇" },
  { role: "county", accountId: "a-cou", personId: null, name: "钱县" },
  { role: "system", accountId: null, personId: null, name: "系统" },
] as const;
type Person = (typeof PEOPLE)[number];

/** A case in memory that does what the service does with a legal action, without the database. */
class Pretend {
  actions: CaseAction[] = [];
  objections: { id: string; publicityId: string }[] = [];
  today: IsoDate = "2024-03-01";
  confirmedBy = "county";

  switches() {
    return { toyConfirmedBy: this.confirmedBy, toyResultDays: 30 };
  }
  state() {
    return fold(toyFlow.initial, this.actions);
  }
  values() {
    return valuesOf({
      item: toyItem,
      state: this.state(),
      today: this.today,
      switches: this.switches(),
      objections: this.objections,
      members: { total: 2, living: 2 },
      mustSign: ["p1"],
    });
  }
  legal(who: Person) {
    return legalActions(toyFlow, this.state(), who, this.switches(), this.values());
  }
  /** False when the rules refuse it. */
  act(who: Person, id: string): boolean {
    const found = this.legal(who).find((l) => l.action.id === id);
    if (!found || found.blocked.length > 0) return false;
    this.append(who, found.action);
    return true;
  }
  append(who: Person, def: ActionDefinition) {
    const state = this.state();
    const n = this.actions.length + 1;
    const open = state.publicity.find((p) => p.code === def.effects?.unpublish && !p.takenDown);
    const outcome: Outcome = {
      ...(def.effects?.submit
        ? {
            application: {
              channel: "resident",
              agent: null,
              signers: ["p1"],
              authorisation: null,
              relative: false,
              commitments: ["proof"],
              materials: [],
              answers: {},
            },
          }
        : {}),
      ...(def.effects?.supplementNotice ? { supplement: ["proof"] } : {}),
      ...(def.effects?.publish
        ? {
            publicity: {
              id: `pub${n}`,
              code: def.effects.publish,
              fromDate: this.today,
              toDate: addDays(this.today, 7),
            },
          }
        : {}),
      ...(open ? { takenDown: [open.id] } : {}),
      ...(def.effects?.resolveObjections
        ? { objections: this.objections.filter((o) => !state.handledObjections.has(o.id)).map((o) => o.id) }
        : {}),
      ...(def.effects?.requestVerification ? { verification: { number: `v${n}` } } : {}),
      ...(def.effects?.answerVerification
        ? {
            answer: {
              number: state.verifications.at(-1)?.number ?? "",
              reportNumber: "r",
              validUntil: null,
              rows: [],
            },
          }
        : {}),
      ...(def.effects?.decide
        ? {
            decision: {
              id: `d${n}`,
              kind: def.effects.decide,
              amountFen: 1,
              fromMonth: "2024-04",
              eligible: true,
            },
          }
        : {}),
    };
    this.actions.push({
      id: newId(),
      seq: n,
      action: def.id,
      to: def.to === "=" ? state.state : def.to,
      on: this.today,
      at: `${this.today}T01:00:00.000Z`,
      actor: who,
      data: {},
      outcome,
    });
  }
}

const run = (p: Pretend, ...steps: readonly (readonly [number, string])[]) => {
  for (const [who, id] of steps) expect([id, p.act(PEOPLE[who] as Person, id)]).toEqual([id, true]);
};
const toPublicity = (p: Pretend) => run(p, [0, "submit"], [2, "accept"], [1, "survey"], [2, "opinion"]);
const blocked = (p: Pretend, who: number, id: string) =>
  p
    .legal(PEOPLE[who] as Person)
    .find((l) => l.action.id === id)
    ?.blocked.join("");

describe("办件模型", () => {
  it("按法定路径走完：申请、受理、调查、公示、确认", () => {
    const p = new Pretend();
    toPublicity(p);
    expect(p.state().state).toBe("publicity");
    p.today = "2024-03-09";
    run(p, [2, "finish"], [4, "confirm"]);
    expect(p.state()).toMatchObject({ state: "paying", version: 6 });
  });

  it("公示期未满不能结束公示，也不能确认；期满次日可以", () => {
    const p = new Pretend();
    toPublicity(p);
    p.today = "2024-03-08";
    expect(blocked(p, 2, "finish")).toContain("2024-03-08 期满");
    p.today = "2024-03-09";
    expect(blocked(p, 2, "finish")).toBe("");
  });

  it("有异议未处理时下一步不能办；处理异议时撤下公示，重新公示要再满七天", () => {
    const p = new Pretend();
    toPublicity(p);
    p.objections.push({ id: "o1", publicityId: "pub4" });
    p.today = "2024-03-20";
    expect(blocked(p, 2, "finish")).toContain("1 件公示异议");
    expect(blocked(p, 2, "withdraw")).toBe("");
    run(p, [2, "reexamine"]);
    expect(p.values()["objection.open"]).toBe(0);
    run(p, [2, "opinion"]);
    expect(blocked(p, 2, "finish")).toContain("2024-03-27");
  });

  it("委托乡镇确认的县由乡镇确认，但不能由写初审意见的同一个人确认", () => {
    const p = new Pretend();
    p.confirmedBy = "township";
    toPublicity(p);
    p.today = "2024-03-09";
    run(p, [2, "finish"]);
    expect(p.legal(PEOPLE[4]).map((l) => l.action.id)).not.toContain("confirm");
    expect(blocked(p, 2, "confirm")).toContain("另一个人");
    expect(blocked(p, 3, "confirm")).toBe("");
  });

  it("县里没有规定由谁确认时，谁也不能确认", () => {
    const p = new Pretend();
    p.confirmedBy = "";
    toPublicity(p);
    p.today = "2024-03-09";
    run(p, [2, "finish"]);
    for (const who of PEOPLE) expect(p.legal(who).map((l) => l.action.id)).not.toContain("confirm");
  });

  it("补正只告知一次", () => {
    const p = new Pretend();
    run(p, [0, "submit"], [2, "ask"], [0, "supplement"]);
    expect(blocked(p, 2, "ask")).toContain("一次告知");
  });

  it("没有授权不能核对，没有请求不能登记结果", () => {
    const p = new Pretend();
    run(p, [0, "submit"], [2, "accept"]);
    expect(blocked(p, 4, "answer")).toContain("没有等待答复");
    run(p, [2, "request"]);
    expect(blocked(p, 2, "request")).toContain("还没有答复");
    run(p, [4, "answer"]);
    const bare = new Pretend();
    run(bare, [0, "submit"], [2, "accept"]);
    const [first] = bare.actions;
    if (first?.outcome.application)
      bare.actions[0] = { ...first, outcome: { application: { ...first.outcome.application, signers: [] } } };
    expect(blocked(bare, 2, "request")).toContain("先授权");
  });

  it("补正期过后系统自动办理视为撤回，别人看不到这个动作", () => {
    const p = new Pretend();
    run(p, [0, "submit"], [2, "ask"]);
    p.today = "2024-04-01";
    expect(p.legal(PEOPLE[2]).map((l) => l.action.id)).not.toContain("lapse");
    run(p, [5, "lapse"]);
    expect(p.state().state).toBe("withdrawn");
  });

  it("经过缺一步就报错，不猜", () => {
    const p = new Pretend();
    toPublicity(p);
    expect(() => fold(toyFlow.initial, [...p.actions.slice(0, 1), ...p.actions.slice(2)])).toThrow(
      "第 2 步缺失",
    );
  });
});

const move = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      who: fc.nat(PEOPLE.length - 1),
      action: fc.nat(toyFlow.actions.length - 1),
      legal: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), days: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("object" as const) }) },
);

describe("办件模型的性质", () => {
  it("任何动作序列里，只有合法动作改变状态；重放得到同一状态", () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 60 }), fc.boolean(), (moves, delegated) => {
        const p = new Pretend();
        p.confirmedBy = delegated ? "township" : "county";
        run(p, [0, "submit"]);
        for (const m of moves) {
          const before = p.state();
          if (m.kind === "wait") {
            p.today = addDays(p.today, m.days);
            expect(p.state()).toEqual(before);
            continue;
          }
          if (m.kind === "object") {
            const open = before.publicity.find((x) => !x.takenDown && p.today <= x.toDate);
            if (open && open.code === "opinion")
              p.objections.push({ id: `o${p.objections.length}`, publicityId: open.id });
            expect(p.state()).toEqual(before);
            continue;
          }
          // Half the time anything at all, half the time something that is offered, so that cases get far.
          const who = PEOPLE[m.who] as Person;
          const offered = p.legal(who).filter((l) => l.blocked.length === 0);
          const def = m.legal
            ? offered[m.action % Math.max(1, offered.length)]?.action
            : toyFlow.actions[m.action];
          if (!def) continue;
          const openObjections = Number(p.values()["objection.open"]);
          const done = p.act(who, def.id);
          const after = p.state();
          if (!done) {
            expect(after).toEqual(before);
            continue;
          }
          expect(after.version).toBe(before.version + 1);
          expect(isFrom(toyFlow, def, before.state)).toBe(true);
          expect(rolesOf(def, p.switches())).toContain(who.role);
          expect(after.state).toBe(def.to === "=" ? before.state : def.to);
          if (def.effects?.decide === "award") {
            expect(openObjections).toBe(0);
            const shown = before.publicity.findLast((x) => x.code === "opinion");
            expect(shown && p.today > shown.toDate).toBe(true);
            const wrote = before.done.get("opinion")?.last.actor.accountId;
            expect(who.accountId).not.toBe(wrote);
          }
          if (openObjections > 0 && !def.effects?.resolveObjections && after.state !== before.state)
            expect(after.state).toBe("withdrawn");
        }
        const replayed = fold(toyFlow.initial, JSON.parse(JSON.stringify(p.actions)) as CaseAction[]);
        expect(replayed.state).toBe(p.state().state);
        expect(replayed).toEqual(p.state());
      }),
      // On failure fast-check prints the seed and the shortest sequence.
      { numRuns: 300, verbose: 1 },
    );
  });
});
