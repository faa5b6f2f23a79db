import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, encode, layoutOf } from "./basis.ts";
import { type AmountRow, inForce, monthNumber, monthText, plan, type Window } from "./reprice-model.ts";

const M = (m: string) => monthNumber(m);
const window = (over: Partial<Window> = {}): Window => ({
  ...{
    first: M("2024-01"),
    last: M("2024-05"),
    end: M("2024-07"),
    now: M("2024-04"),
    open: M("2024-05"),
    lowers: false,
  },
  ...over,
});
const row = (seq: number, from: string, fen: number): AmountRow => ({ seq, from: M(from), fen, persons: 1 });
const open = { from: M("2023-06"), end: null };
const shown = (rows: readonly AmountRow[]) => rows.map((r) => [monthText(r.from), r.fen]);

describe("what a standard does to one household", () => {
  test("one new row from the standard's first month; the old one stays", () => {
    const p = plan([row(1, "2023-06", 500)], open, window(), () => 550);
    expect(shown(p.rows)).toEqual([["2024-01", 550]]);
    expect(p).toMatchObject({ outcome: "raise", before: 500, after: 550 });
  });

  test("a later decision at the old standard is raised from its own month", () => {
    const have = [row(1, "2023-06", 500), row(2, "2024-03", 400)];
    const p = plan(have, open, window(), (m) => (m < M("2024-03") ? 550 : 440));
    expect(shown(p.rows)).toEqual([
      ["2024-01", 550],
      ["2024-03", 440],
    ]);
  });

  test("what falls stays and is listed, unless asked for, and then from the first month without a roster", () => {
    expect(plan([row(1, "2023-06", 500)], open, window(), () => 450)).toMatchObject({
      ...{ outcome: "lower", rows: [], after: 500, ruled: 450 },
    });
    const asked = plan([row(1, "2023-06", 500)], open, window({ lowers: true }), () => 450);
    expect(shown(asked.rows)).toEqual([["2024-05", 450]]);
  });

  test("nobody falls out, is suspended or unknown by a run: such months stay as they are", () => {
    expect(plan([row(1, "2023-06", 500)], open, window(), () => 0)).toMatchObject({
      outcome: "leave",
      rows: [],
    });
    expect(plan([row(1, "2023-06", 500)], open, window(), () => Number.NaN)).toMatchObject({
      ...{ outcome: "unknown", rows: [] },
    });
    const suspended = [row(1, "2023-06", 500), row(2, "2024-02", 0)];
    expect(shown(plan(suspended, open, window(), () => 550).rows)).toEqual([["2024-01", 550]]);
    // 渐退: the rules are not asked.
    expect(plan([row(1, "2023-06", 500)], open, window(), () => undefined).rows).toEqual([]);
  });

  test("a month that stays as it was behind a raised one is not told as what the rules give", () => {
    const gradual = plan([row(1, "2023-06", 500)], open, window(), (m) =>
      m < M("2024-03") ? 550 : undefined,
    );
    expect(gradual.rows.map((r) => [monthText(r.from), r.fen, r.ruled])).toEqual([
      ["2024-01", 550, true],
      ["2024-03", 500, false],
    ]);
  });

  test("what was entered for a month after the last is raised from there; other months after it are not looked at", () => {
    const have = [row(1, "2023-06", 500), row(2, "2024-06", 400)];
    const p = plan(have, open, window(), (m) => (m < M("2024-06") ? 500 : 440));
    expect(shown(p.rows)).toEqual([["2024-06", 440]]);
    expect(p).toMatchObject({ outcome: "raise", before: 500, after: 500 });
    // A household that begins then; one that has nothing to do with it.
    const later = plan([row(1, "2024-07", 400)], { from: M("2024-07"), end: null }, window(), () => 440);
    expect(shown(later.rows)).toEqual([["2024-07", 440]]);
    expect(
      plan([row(1, "2023-06", 500)], open, window(), (m) => (m > M("2024-05") ? 900 : 500)).rows,
    ).toEqual([]);
  });

  test("always: months come out as they should, others are untouched, and doing it again adds nothing", () => {
    const amounts = fc.array(
      fc.record({
        from: fc.integer({ min: M("2023-06"), max: M("2024-06") }),
        fen: fc.constantFrom(0, 300, 500),
      }),
      { minLength: 1, maxLength: 5 },
    );
    const computed = fc.array(fc.constantFrom(0, 300, 400, 500, 600, Number.NaN, undefined), {
      ...{ minLength: 5, maxLength: 5 },
    });
    fc.assert(
      fc.property(amounts, computed, fc.boolean(), (list, by, lowers) => {
        const have = list.map((a, i) => ({ ...a, seq: i + 1, persons: 1 }));
        const w = window({ lowers });
        const of = (m: number) => by[m - w.first];
        const p = plan(have, open, w, of);
        const all = [...have, ...p.rows];
        for (let m = M("2023-06"); m <= w.last; m++) {
          const was = inForce(have, m)?.fen ?? 0;
          const is = inForce(all, m)?.fen ?? 0;
          const asked = of(m);
          if (m < w.first || was === 0 || asked === undefined || Number.isNaN(asked) || asked === 0)
            expect(is).toBe(was);
          else if (asked >= was || (lowers && m >= w.open)) expect(is).toBe(asked);
          else expect(is).toBe(was);
        }
        expect(plan(all, open, w, of).rows).toEqual([]);
        expect(new Set(p.rows.map((r) => r.from)).size).toBe(p.rows.length);
      }),
    );
  });
});

describe("facts kept as whole numbers", () => {
  const input = (name: string, entity: "家庭" | "成员", type: string, more: object = {}) => ({
    ...{ name, code: name, entity, type, label: name, selfCheck: false, nullable: false },
    ...more,
  });
  const layout = layoutOf([
    {
      inputs: [
        input("区域", "家庭", "text", { choices: ["城市", "农村"] }),
        input("存款", "家庭", "money", { min: 0 }),
        input("生日", "成员", "date"),
        input("残疾", "成员", "boolean"),
        input("死亡日期", "成员", "date", { nullable: true }),
      ] as never,
    },
  ]);
  const v = (value: unknown) => ({ value: value as string });

  test("come back as columns; what nobody recorded and what is known to be none are told apart", () => {
    const a = encode(layout, {
      household: { 区域: v("农村"), 存款: v(12_345) },
      members: [{ 生日: v("1950-03-01"), 残疾: v(true), 死亡日期: v(null) }, { 生日: v("2010-12-31") }],
    });
    const b = encode(layout, { household: { 区域: v("城市") }, members: [{}] });
    const c = columnsOf(layout, Int32Array.of(a.members, b.members), Buffer.concat([a.facts, b.facts]));
    expect([...c.offsets]).toEqual([0, 2, 3]);
    expect([...(c.household.区域?.data ?? [])]).toEqual([1, 0]);
    expect([...(c.household.存款?.data ?? [])]).toEqual([12_345, 0]);
    expect([...(c.household.存款?.state ?? [])]).toEqual([0, 1]);
    expect([...(c.members.生日?.data ?? [])]).toEqual([19_500_301, 20_101_231, 0]);
    expect([...(c.members.死亡日期?.state ?? [])]).toEqual([2, 1, 1]);
  });

  test("a fact that does not fit the rules makes the household one to be decided by itself", () => {
    expect(encode(layout, { household: { 区域: v("县城") }, members: [{}] }).members).toBe(0);
    expect(encode(layout, { household: { 存款: v(-1) }, members: [{}] }).members).toBe(0);
    expect(encode(layout, { household: {}, members: [] }).members).toBe(0);
  });
});
