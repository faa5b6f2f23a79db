import { addMonths, DomainError, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCases } from "./index.ts";
import { fold, isFrom } from "./model.ts";
import { findBundle } from "./store.ts";
import {
  application,
  COUNTY_OFFICER,
  file,
  type House,
  idOf,
  OUTSIDER,
  openHouse,
  PUBLIC,
  SURVEY,
  SYSTEM,
  step,
  TOWNSHIP,
  TOWNSHIP2,
  toPublicity,
  toReview,
  VILLAGER,
} from "./testing/house.ts";
import { toyFlow, toyItem } from "./testing/toy-item.ts";
import { toyCatalogue } from "./testing/toy-rules.ts";

let h: House;
beforeAll(async () => {
  h = await openHouse();
});
afterAll(() => h.t.close());

const fault = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error("nothing was refused");
  return error;
};
const list = (q: object = {}, actor: Actor = TOWNSHIP) =>
  h.as(actor, (tx) => h.cases.list(tx, { page: 1, size: 20, ...q }));

describe("办件列表", () => {
  it("按状态计数，按编号、姓名、身份证号查，姓名遮住，分页不重不漏", async () => {
    const idNo = idOf("1955-06-06");
    const named = await file(h, application({}, [{ name: "欧阳天", idNo }]));
    for (let i = 0; i < 5; i++) await file(h);
    const accepted = await file(h);
    await step(h, TOWNSHIP, accepted, "accept");
    const all = await list({ size: 3 });
    expect(all.total).toBe(7);
    expect(all.states).toEqual([
      { state: "submitted", label: "待受理", count: 6 },
      { state: "accepted", label: "调查中", count: 1 },
    ]);
    const pages = await Promise.all([1, 2, 3].map((page) => list({ page, size: 3 })));
    const ids = pages.flatMap((p) => p.rows.map((r) => r.id));
    expect(new Set(ids).size).toBe(7);
    expect((await list({ q: "欧阳" })).rows).toMatchObject([
      { id: named, applicantMasked: "欧**", clock: null },
    ]);
    expect((await list({ q: idNo })).rows.map((r) => r.id)).toEqual([named]);
    expect((await list({ q: `${idOf("1955-06-07")}` })).total).toBe(0);
    const { number } = (await list({ q: "欧阳" })).rows[0] ?? {};
    expect((await list({ q: number })).rows.map((r) => r.id)).toEqual([named]);
    expect((await list({ q: "%" })).total).toBe(0);
    expect((await list({ state: "accepted" })).rows[0]).toMatchObject({
      id: accepted,
      clock: { key: "look", light: "green" },
    });
    expect((await list({ item: "toy-longevity" })).total).toBe(0);
    expect((await list({ division: "430621100" })).total).toBe(7);
    expect((await fault(list({ division: "x" }))).code).toBe("invalid-input");
    const persons = (await h.as(TOWNSHIP, (tx) => h.cases.page(tx, named))).members;
    const mine = await h.as(TOWNSHIP, (tx) => h.cases.caseRowsForPerson(tx, persons[0]?.personId as string));
    expect(mine.map((r) => r.id)).toEqual([named]);
  });

  it("黄灯、红灯由数据库筛，超期排最前；工作台按时限排，只有我能办的", async () => {
    h.today = "2024-03-01";
    const late = await file(h);
    await step(h, TOWNSHIP, late, "accept");
    h.today = "2024-03-06";
    const soon = await file(h);
    await step(h, TOWNSHIP, soon, "accept");
    h.today = "2024-03-08";
    expect((await list({ light: "red" })).rows.map((r) => r.id)).toContain(late);
    expect((await list({ light: "red" })).rows[0]?.clock?.light).toBe("late");
    expect((await list({ light: "yellow" })).rows.map((r) => r.id)).not.toContain(late);
    h.today = "2024-03-11";
    expect((await list({ light: "red" })).rows.map((r) => r.id)).toContain(soon);
    const desk = await h.as(TOWNSHIP, (tx) => h.cases.workbenchRows(tx));
    const dues = desk.flatMap((r) => r.clock?.dueOn ?? []);
    expect(dues).toEqual([...dues].sort());
    expect(desk[0]?.clock?.light).toBe("late");
    expect(desk.find((r) => r.id === late)).toMatchObject({
      todo: "登记入户调查",
      divisionName: "荣家湾镇友爱社区",
      link: `/cases/${late}`,
    });
    const county = await h.as(COUNTY_OFFICER, (tx) => h.cases.workbenchRows(tx));
    expect(county.map((r) => r.id)).not.toContain(late);
    await step(h, VILLAGER, soon, "survey", { ...SURVEY, on: "2024-03-11" });
    await step(h, TOWNSHIP, soon, "opinion", { opinion: "agree" });
    const waiting = await h.as(TOWNSHIP, (tx) => h.cases.workbenchRows(tx));
    // While the notice hangs there is nothing to do.
    expect(waiting.map((r) => r.id)).not.toContain(soon);
    expect(await h.as(OUTSIDER, (tx) => h.cases.workbenchRows(tx))).toEqual([]);
  });
});

describe("凭编号查进度", () => {
  it("编号和身份证后六位都对才查得到；不露姓名", async () => {
    const idNo = idOf("1958-08-08");
    const id = await file(h, application({}, [{ name: "段子", idNo }]));
    const { number } = await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id));
    const ask = (n: string, idTail: string) => h.as(PUBLIC, (tx) => h.cases.track(tx, { number: n, idTail }));
    const found = await ask(` ${number} `, idNo.slice(-6).toLowerCase());
    expect(found).toMatchObject({ number, stateLabel: "待受理", clock: null });
    expect(found.steps[1]).toMatchObject({ label: "受理", status: "now" });
    expect(JSON.stringify(found)).not.toContain("段子");
    const wrong = await fault(ask(number, "000000"));
    expect((await fault(ask("岳阳县互助〔2024〕999号", idNo.slice(-6)))).message).toBe(wrong.message);
  });
});

describe("夜间自动办理", () => {
  it("逾期未补正由系统视为撤回；再跑一次什么也不多做", async () => {
    h.today = "2024-03-01";
    const id = await file(h, application({ commitments: [] }));
    await step(h, TOWNSHIP, id, "ask", { missing: "收入证明", by: "2024-03-15" });
    h.today = "2024-03-31";
    const early = await h.as(SYSTEM, (tx) => h.cases.sweep(tx));
    expect(early.actions).toBe(0);
    h.today = "2024-04-01";
    expect((await h.as(SYSTEM, (tx) => h.cases.sweep(tx))).actions).toBe(1);
    expect((await h.as(SYSTEM, (tx) => h.cases.sweep(tx))).actions).toBe(0);
    const p = await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id));
    expect(p).toMatchObject({ state: "withdrawn", final: true });
    expect(p.history[0]).toMatchObject({ actorName: "系统", role: "系统", label: "逾期未补正，视为撤回" });
    expect((await fault(h.as(TOWNSHIP, (tx) => h.cases.sweep(tx)))).code).toBe("forbidden");
  });

  it("一件办不下去，不耽误别的，原因留在审计里", async () => {
    h.today = "2024-03-01";
    const ids = [
      await file(h, application({ commitments: [] })),
      await file(h, application({ commitments: [] })),
    ];
    for (const id of ids) await step(h, TOWNSHIP, id, "ask", { missing: "收入证明", by: "2024-03-15" });
    await h.t.owner("update case_action set seq = 9 where case_id = $1 and seq = 2", [ids[0]]);
    h.today = "2024-04-02";
    const swept = await h.as(SYSTEM, (tx) => h.cases.sweep(tx));
    expect(swept).toMatchObject({ actions: 1, failed: 1 });
    const lines = await h.t.owner<{ detail: string }>(
      "select detail from audit_entry where action = 'case.sweep-failed' and object_id = $1",
      [ids[0]],
    );
    expect(lines).toEqual([{ detail: expect.stringContaining("第 2 步缺失") }]);
    await h.t.owner("update case_action set seq = 2 where case_id = $1 and seq = 9", [ids[0]]);
    expect((await h.as(SYSTEM, (tx) => h.cases.sweep(tx))).actions).toBe(1);
  });

  it("后来公布的放假安排推迟到期日", async () => {
    h.today = "2024-12-27";
    const id = await file(h);
    await step(h, TOWNSHIP, id, "accept");
    const due = async () =>
      (await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id))).clocks.find((c) => c.key === "look");
    expect(await due()).toMatchObject({ dueOn: "2025-01-01", unpublishedYears: [2025] });
    await h.as(SYSTEM, (tx) =>
      (h.deps.calendar as unknown as { seed(tx: Tx, t: unknown): Promise<unknown> }).seed(tx, [
        { year: 2025, off: ["2025-01-01"], on: [] },
      ]),
    );
    await h.as(SYSTEM, (tx) => h.cases.redateClocks(tx));
    expect(await due()).toMatchObject({ dueOn: "2025-01-02", unpublishedYears: [] });
    const [row] = await h.t.owner<{ due: string }>(
      "select due_on::text as due from case_file where id = $1",
      [id],
    );
    expect(row?.due).toBe("2025-01-02");
  });
});

describe("政策找人", () => {
  it("按出生日期和规则列出，已享受、在办的不列；为名单中的人发起办件，缺的事实再问", async () => {
    h.today = "2024-03-10";
    const person = (name: string, birthDate: string) =>
      application({ item: "toy-longevity", household: {}, authorised: null, commitments: [] }, [
        { name, birthDate, facts: { resident: true } },
      ]);
    const ids = [
      await file(h, person("满龄一", "1934-04-30")),
      await file(h, person("早已满", "1920-01-01")),
      await file(h, person("下下月", "1934-05-01")),
      await file(h, person("在办的", "1930-01-01")),
      await file(h, person("在享的", "1930-02-01")),
    ];
    await h.t.owner("update case_file set is_open = false where id <> $1 and item = 'toy-longevity'", [
      ids[3],
    ]);
    const of = async (name: string) =>
      (await h.t.owner<{ id: string }>("select id from person where name = $1", [name]))[0]?.id as string;
    h.live.add(await of("在享的"));
    const found = await h.as(TOWNSHIP, (tx) => h.cases.candidates(tx, "toy-longevity"));
    expect(found).toMatchObject({ title: "下月满九十岁的老人", month: addMonths("2024-03", 1) });
    expect(found.rows.map((r) => [r.nameMasked, r.age, r.amountFen])).toEqual([
      ["满**", 90, 20_000],
      ["早**", 104, 20_000],
    ]);
    expect((await h.as(OUTSIDER, (tx) => h.cases.candidates(tx, "toy-longevity"))).rows).toEqual([]);
    expect((await fault(h.as(TOWNSHIP, (tx) => h.cases.candidates(tx, "toy-aid")))).code).toBe(
      "invalid-input",
    );
    h.live.clear();
  });
});

describe("政策自测", () => {
  it("不碰数据库，用同样的规则；答错的逐项指出", () => {
    h.today = "2024-03-10";
    expect(h.cases.questions("toy-aid", "430621").map((q) => [q.fact, q.entity, q.type])).toEqual([
      ["月收入", "member", "money"],
      ["在校学生", "member", "boolean"],
      ["出生日期", "member", "date"],
      ["家庭存款", "household", "money"],
    ]);
    const ask = (household: object, members: object[]) =>
      h.cases.selfCheck("toy-aid", "430621", { household, members } as never);
    const good = ask({ 家庭存款: 0 }, [{ 月收入: 10_000, 在校学生: false, 出生日期: "1960-01-01" }]);
    expect(good.explanation).toMatchObject({ eligible: true, amountFen: 60_000, month: "2024-04" });
    expect(good).toMatchObject({ bring: ["身份证号码"], howLong: "30 个工作日。" });
    const half = ask({}, [{ 月收入: 10_000, 在校学生: false }]);
    expect(half.explanation.eligible).toBeNull();
    expect(half.explanation.missing[0]?.question).toBe("家里有多少存款？");
    try {
      ask({ 家庭存款: -1 }, [{ 月收入: "多", 出生日期: "2030-01-01" }]);
      expect.unreachable();
    } catch (e) {
      expect((e as DomainError).details).toMatchObject({
        fields: [
          { field: "household.家庭存款" },
          { field: "members.0.月收入" },
          { field: "members.0.出生日期" },
        ],
      });
    }
  });
});

describe("启动时的检查", () => {
  it("文书里有没人填的空，起不来，并说出是哪份文书、哪个空", () => {
    const bad = {
      ...toyItem,
      documents: toyItem.documents.map((d) => ({ ...d, body: [...d.body, "{{nobody}} {{amount}}"] })),
      folder: { path: "toy" },
      ruleSet: () => {
        throw new Error("not asked");
      },
    };
    const catalogue = { ...toyCatalogue, items: new Map([[bad.code, bad]]) };
    expect(() => createCases({ ...h.deps, catalogue })).toThrow("{{nobody}}");
    // The amount is known where a decision is taken, and nowhere else.
    expect(() => createCases({ ...h.deps, catalogue })).toThrow(/「受理通知书」.*\{\{amount\}\}/);
  });

  it("记事实的来源不在名单里，起不来", () => {
    const bad = {
      ...toyItem,
      flow: {
        ...toyFlow,
        actions: toyFlow.actions.map((a) =>
          a.id === "survey" ? { ...a, effects: { recordFacts: "道听途说" } } : a,
        ),
      },
      folder: { path: "toy" },
      ruleSet: () => {
        throw new Error("not asked");
      },
    };
    expect(() =>
      createCases({ ...h.deps, catalogue: { ...toyCatalogue, items: new Map([[bad.code, bad]]) } }),
    ).toThrow("道听途说");
  });
});

describe("往返次数", () => {
  it("办件页不到十次往返，列表不超过三次", async () => {
    h.today = "2024-03-01";
    const id = await file(h);
    await toPublicity(h, id);
    const count = async (actor: Actor, work: (tx: Tx) => Promise<unknown>) =>
      h.as(actor, async (tx) => {
        let n = 0;
        const counted = new Proxy(tx, {
          get(target, key) {
            const v = Reflect.get(target, key) as unknown;
            if (typeof v !== "function") return v;
            return (...args: unknown[]) => {
              n++;
              return (v as (...a: unknown[]) => unknown).apply(target, args);
            };
          },
        });
        await work(counted);
        return n;
      });
    await count(TOWNSHIP, (tx) => h.cases.page(tx, id));
    expect(await count(TOWNSHIP, (tx) => h.cases.page(tx, id))).toBeLessThan(8);
    expect(await count(TOWNSHIP, (tx) => h.cases.list(tx, { page: 1, size: 20 }))).toBeLessThanOrEqual(3);
    expect(await count(TOWNSHIP, (tx) => h.cases.workbenchRows(tx))).toBeLessThanOrEqual(4);
  });
});

describe("性质：数据库里的办件只按合法动作前进", () => {
  const PEOPLE = [VILLAGER, TOWNSHIP, TOWNSHIP2, COUNTY_OFFICER, OUTSIDER];
  it("任意的人、任意的动作、任意的版本：要么合法地前进一步，要么原样不动；重放得到同一状态", async () => {
    h.today = "2024-03-01";
    const moves = fc.array(
      fc.record({
        who: fc.nat(PEOPLE.length - 1),
        action: fc.nat(toyFlow.actions.length - 1),
        stale: fc.integer({ min: 0, max: 5 }),
        wait: fc.integer({ min: 0, max: 9 }),
        likely: fc.boolean(),
      }),
      { minLength: 10, maxLength: 25 },
    );
    const data = (id: string, today: string): Record<string, unknown> =>
      ({
        ask: { missing: "收入证明", by: today },
        survey: { ...SURVEY, on: today },
        answer: { reportNumber: "r", validUntil: today },
        opinion: { opinion: "agree" },
        deliver: { on: today },
        extend: { reason: "情况特殊复杂" },
        refuse: { reason: "不符合条件" },
        withdraw: { reason: "不再申请了" },
        adjust: { reason: "标准调整了" },
        stop: { reason: "不再符合条件" },
        leave: { months: 3, reason: "就业增收渐退" },
      })[id] as Record<string, unknown>;
    await fc.assert(
      fc.asyncProperty(moves, async (list) => {
        const id = await file(h);
        const read = async () => {
          const b = await h.as(COUNTY_OFFICER, (tx) => findBundle(tx, id, () => ({})));
          if (!b) throw new Error("lost");
          return b;
        };
        for (const m of list) {
          h.wait(m.wait);
          const before = await read();
          const actor = PEOPLE[m.who] as Actor;
          const page = m.likely
            ? await h.as(actor, (tx) => h.cases.page(tx, id)).catch(() => undefined)
            : undefined;
          const open = (page?.actions ?? []).filter((a) => a.blocked.length === 0);
          const action =
            open[m.action % Math.max(1, open.length)]?.id ?? (toyFlow.actions[m.action]?.id as string);
          const version = m.stale === 5 ? before.file.version - 1 : before.file.version;
          const done = await h
            .as(actor, (tx) =>
              h.cases.act(tx, id, {
                id: newId(),
                version,
                action,
                data: (data(action, h.today) ?? {}) as never,
              }),
            )
            .then(
              () => true,
              (e: unknown) => {
                if (e instanceof DomainError) return false;
                throw e;
              },
            );
          const after = await read();
          if (!done) {
            expect(after).toEqual(before);
            continue;
          }
          const def = toyFlow.actions.find((a) => a.id === action);
          expect(version).toBe(before.file.version);
          expect(def && isFrom(toyFlow, def, before.file.state)).toBe(true);
          expect(after.file.version).toBe(before.file.version + 1);
          expect(after.file.state).toBe(def?.to === "=" ? before.file.state : def?.to);
          expect(actor).not.toBe(OUTSIDER);
          const state = fold(toyFlow.initial, after.actions);
          expect([state.state, state.version]).toEqual([after.file.state, after.file.version]);
        }
      }),
      // The seed and the shortest sequence are printed on failure.
      { numRuns: 12, verbose: 1 },
    );
  });

  it("一路走到决定的办件，时限表与重算的一致", async () => {
    h.today = "2024-03-01";
    const id = await file(h);
    await toReview(h, id);
    await step(h, COUNTY_OFFICER, id, "confirm");
    const p = await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id));
    const stored = await h.t.owner<{ key: string; due: string; stopped: string | null }>(
      "select key, due_on::text as due, stopped_on::text as stopped from case_clock where case_id = $1 order by key",
      [id],
    );
    const shown = p.clocks.map((c) => ({ key: c.key, due: c.dueOn, stopped: c.stoppedOn }));
    expect(shown.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(stored);
  });
});
