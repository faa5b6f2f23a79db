import { defineDuty } from "@wuxin/declare";
import { dateInShanghai, newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COUNTY, openToyTown, TOWN, type ToyTown, VILLAGE } from "../clues/testing.ts";
import { createDuties, type Duties, type VisitInput } from "./index.ts";
import { merge, periodOf } from "./model.ts";

const talk = { name: "findings", label: "看到的情况", type: "text" as const, required: true };
const matches = {
  ...{ name: "matches", label: "与线索一样吗", type: "choice" as const, required: true },
  choices: [
    { value: "yes", label: "属实" },
    { value: "no", label: "不属实" },
  ],
};
const base = {
  system: "救助" as const,
  capability: "X",
  basis: [],
  method: "visit" as const,
  role: "village" as const,
};
const duties = [
  defineDuty({
    ...{ ...base, code: "call-on", title: "看望独居老人", everyMonths: 1 },
    source: {
      ...{ from: "persons", bornOnOrBeforeYearsAgo: 60 },
      groups: [
        { name: "腿脚不便", when: { field: "card.legs", is: "bad" } },
        {
          name: "独居",
          when: {
            all: [
              { field: "members", is: 1 },
              { field: "age", atLeast: 70 },
            ],
          },
        },
      ],
    },
    card: [
      { name: "legs", label: "腿脚", type: "choice", choices: [{ value: "bad", label: "不便" }] },
      { name: "friend", label: "常来往的人", type: "text", personal: true },
    ],
    form: [talk],
  }),
  defineDuty({
    ...{ ...base, code: "look", title: "看看还领不领", source: { from: "reviews", withinDays: 400 } },
    form: [
      talk,
      {
        name: "changed",
        label: "有变化吗",
        type: "choice",
        required: true,
        choices: [
          { value: "none", label: "没有" },
          { value: "some", label: "有" },
        ],
      },
    ],
    settles: { field: "changed", goesOn: "none" },
  }),
  defineDuty({
    ...{ ...base, code: "tend", title: "看谁在照料", everyMonths: 1, form: [talk] },
    source: { from: "entitlements", item: "soup", when: { field: "fact.住处", is: "家里" } },
  }),
  defineDuty({
    ...{ ...base, code: "sign", title: "签照料协议", everyMonths: 1, form: [talk] },
    source: {
      ...{ from: "entitlements", item: "soup", when: { field: "fact.住处", is: "家里" } },
      groups: [
        { name: "没有协议", when: { field: "card.until", known: false } },
        { name: "协议过期", when: { field: "card.until.daysLeft", atMost: -1 } },
        { name: "协议快到期", when: { field: "card.until.daysLeft", atMost: 30 } },
      ],
    },
    card: [{ name: "until", label: "协议到哪天", type: "date", allowFuture: true }],
  }),
  defineDuty({
    ...{ ...base, code: "clue", title: "查线索", source: { from: "clues" } },
    form: [matches, talk],
  }),
];

let toy: ToyTown;
let engine: Duties;
beforeEach(async () => {
  toy = await openToyTown("2026-06-09");
  engine = createDuties({
    ...{ clock: toy.clock, vault: toy.vault, audit: toy.audit, registry: toy.registry, facts: toy.facts },
    ...{ entitlements: toy.entitlements, clues: toy.clues },
    catalogue: { duties: new Map(duties.map((d) => [d.code, d])) },
    endSessions: toy.access.endSessions,
    attach: async () => {},
    divisionName: (_, code) => (code === TOWN ? "东镇" : code),
  });
});
afterEach(() => toy.close());

const generate = () => toy.as(systemActor(COUNTY), (tx) => engine.generate(tx));
const list = () => toy.as(toy.staff.worker, (tx) => engine.list(tx, null)).then((l) => l.stops);
const visit = (subjectId: string, over: Partial<VisitInput> = {}) => {
  const input: VisitInput = {
    ...{ id: newId(), deviceId: null, subjectId, at: toy.clock.now().toISOString(), place: null },
    ...{ answers: { findings: "都好" }, card: {}, photos: [], signatureId: null },
    ...over,
  };
  return toy.as(toy.staff.worker, (tx) => engine.record(tx, input));
};

describe("who is on the list", () => {
  it("those whom a group names, once a month; what no longer holds is dropped, nothing is made twice", async () => {
    const alone = await toy.person("独某", "1950-01-01");
    await toy.person("壮某", "1990-01-01");
    expect(await generate()).toBe(1);
    expect(await generate()).toBe(0);
    expect((await list()).map((s) => [s.title, s.tasks[0]?.reason, s.dueOn, s.people[0]?.phone])).toEqual([
      ["独某", "独居", "2026-06-30", "15400000011"],
    ]);
    await visit(alone.householdId);
    expect(await list()).toEqual([]);
    toy.setDay("2026-07-01");
    expect(await generate()).toBe(1);
    await toy.as(systemActor(COUNTY), (tx) => toy.registry.recordDeath(tx, alone.id, "2026-06-30", "村报告"));
    await generate();
    expect(await list()).toEqual([]);
  });

  it("those who draw something, where a fact about them asks for it", async () => {
    const [home, away] = [await toy.person("在家", "1990-01-01"), await toy.person("在院", "1990-01-01")];
    for (const [person, value] of [
      [home, "家里"],
      [away, "院里"],
    ] as const) {
      await toy.award(person);
      await toy.as(systemActor(COUNTY), (tx) =>
        toy.facts.record(tx, [
          {
            ...{ id: newId(), subject: { kind: "person", id: person.id }, name: "住处", value },
            ...{ source: "入户调查", validFrom: "2026-03-01" },
          },
        ]),
      );
    }
    await generate();
    expect((await list()).filter((s) => s.tasks.some((t) => t.code === "tend")).map((s) => s.title)).toEqual([
      "在家",
    ]);
    // What the card says of a day is asked again each night: why changes, what was done keeps up with it, who is in no group is let be.
    const why = async () =>
      (await list()).flatMap((s) => s.tasks.filter((t) => t.code === "sign").map((t) => t.reason));
    let base = 0;
    const until = async (value: string) => {
      const changes = { until: { value, base: base++ } };
      const of = { subjectId: home.householdId, divisionCode: VILLAGE };
      await toy.as(toy.staff.town, (tx) => engine.changeCard(tx, of, changes));
      await generate();
      return why();
    };
    expect(await why()).toEqual(["没有协议"]);
    expect(await until("2026-06-08")).toEqual(["协议过期"]);
    expect(await until("2026-07-09")).toEqual(["协议快到期"]);
    expect(await until("2026-07-10")).toEqual([]);
    toy.setDay("2026-07-01");
    await generate();
    await visit(home.householdId, { answers: { findings: "都好", changed: "none" } });
    expect(await until("2026-06-30")).toEqual([]);
    const kept = await toy.data.owner("select reason, state from duty where duty = 'sign' order by period");
    expect(kept).toEqual([
      { reason: "协议快到期", state: "void" },
      { reason: "协议过期", state: "done" },
    ]);
  });

  it("periods of several months begin where everybody's do", () => {
    expect(periodOf(3, "2026-06-09")).toEqual({ period: "2026-04", dueOn: "2026-06-30" });
    expect(periodOf(12, "2026-06-09")).toEqual({ period: "2026-01", dueOn: "2026-12-31" });
  });
});

describe("a long list", () => {
  it("comes by pages, what is due first, each stop once; what is beyond the page is counted", async () => {
    const { id } = await toy.person("独某", "1950-01-01");
    // Somebody whom a clue alone asks for, due before all others, and one that nobody asks for any more.
    const sick = await toy.person("病某", "1990-01-01");
    await toy.alert({ personId: sick.id, householdId: sick.householdId });
    const [clue] = (await toy.as(toy.staff.town, (tx) => toy.clues.list(tx, {}))).rows;
    await toy.as(toy.staff.town, (tx) =>
      toy.clues.act(tx, clue?.id ?? "", {
        ...{ id: newId(), version: 2, action: "assign", data: { worker: toy.staff.worker.accountId ?? "" } },
      }),
    );
    await toy.data.owner(
      `insert into duty (county_code, id, duty, subject_id, person_id, division_code, period, reason, opened_on, due_on, state)
       select $1, gen_random_uuid(), case when n = 651 then 'given-up' else 'call-on' end, gen_random_uuid(), $2, $3,
         n::text, '独居', '2026-06-01', date '2026-06-20' + n % 40, 'open' from generate_series(1, 651) n`,
      [COUNTY, id, VILLAGE],
    );
    const pages = [await toy.as(toy.staff.worker, (tx) => engine.list(tx, null))];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
      pages.push(await toy.as(toy.staff.worker, (tx) => engine.list(tx, null, { after: next as string })));
    expect(pages.map((p) => [p.stops.length, p.total])).toEqual([
      [300, 651],
      [300, 651],
      [51, 651],
    ]);
    const stops = pages.flatMap((p) => p.stops);
    expect(stops[0]?.tasks[0]?.id).toBe(clue?.id);
    expect(new Set(stops.map((s) => s.subjectId)).size).toBe(651);
    const days = stops.map((s) => s.dueOn ?? "");
    expect(days).toEqual([...days].sort());
    const board = await toy.as(toy.staff.town, (tx) =>
      engine.board(tx, { division: TOWN, dueBy: "2026-06-20", skip: 10, limit: 5 }),
    );
    // 16 of the duties are due on the first day; the clue is due before.
    expect([board.total, board.rows.length, board.rows.every((r) => r.dueOn === "2026-06-20")]).toEqual([
      ...[17, 5, true],
    ]);
    await expect(toy.as(toy.staff.worker, (tx) => engine.list(tx, null, { after: "x" }))).rejects.toThrow(
      "重新取清单",
    );
  });
});

describe("one visit", () => {
  it("answers every duty and clue of the household, the review of what it draws too", async () => {
    const person = await toy.person("独某", "1950-01-01");
    await toy.award(person);
    await toy.alert({ personId: person.id });
    const [clue] = (await toy.as(toy.staff.town, (tx) => toy.clues.list(tx, {}))).rows;
    await toy.as(toy.staff.town, (tx) =>
      toy.clues.act(tx, clue?.id ?? "", {
        ...{ id: newId(), version: 2, action: "assign", data: { worker: toy.staff.worker.accountId ?? "" } },
      }),
    );
    await generate();
    const [stop] = await list();
    expect(stop?.tasks.map((t) => t.title).sort()).toEqual(
      ["医疗自付 6 万元", "看望独居老人", "看看还领不领"].sort(),
    );
    expect(stop?.form.map((f) => f.name)).toEqual(["findings", "changed", "matches"]);
    await expect(visit(person.householdId)).rejects.toThrow("有变化吗");
    const id = newId();
    const answers = { findings: "住院欠费", changed: "some", matches: "yes" };
    const done = await visit(person.householdId, { id, answers });
    expect(done.answered).toHaveLength(3);
    expect((await visit(person.householdId, { id, answers })).notes).toEqual(["这次走访已经收到过。"]);
    expect(await list()).toEqual([]);
    const seen = await toy.as(toy.staff.town, (tx) => toy.clues.page(tx, clue?.id ?? ""));
    expect(seen.state).toBe("visited");
    const [row] = await toy.data.owner<{ result: string }>(
      "select result from entitlement_review where done_on is not null",
    );
    expect(row?.result).toBe("recheck");
    const told = await toy.as(toy.staff.town, (tx) => engine.page(tx, id));
    expect(told.lines).toContainEqual({ label: "看到的情况", text: "住院欠费" });
  });

  it("is kept when somebody else was faster, and says so", async () => {
    const person = await toy.person("独某", "1950-01-01");
    await generate();
    await visit(person.householdId);
    expect((await visit(person.householdId)).notes[0]).toContain("已由别人办完");
    expect(await toy.as(toy.staff.town, (tx) => engine.recent(tx))).toHaveLength(2);
  });

  it("answers are not readable in the database", async () => {
    const person = await toy.person("独某", "1950-01-01");
    await generate();
    await visit(person.householdId, {
      answers: { findings: "SECRET-ILLNESS" },
      card: { friend: { value: "SECRET-FRIEND", base: 0 } },
    });
    const rows = await toy.data.owner<{ t: string }>(
      "select encode(answers_sealed, 'escape') as t from visit union all select encode(value_sealed, 'escape') from card_field",
    );
    expect(rows).toHaveLength(2);
    expect(rows.every((r) => !r.t.includes("SECRET"))).toBe(true);
  });
});

describe("the place", () => {
  it("of the last visit stands on the next list", async () => {
    const { householdId } = await toy.person("独某", "1950-01-01");
    await generate();
    expect((await list())[0]?.place).toBeNull();
    await visit(householdId, { place: { latitude: 29.1, longitude: 113.1, accuracyM: 12 } });
    toy.setDay("2026-07-01");
    await generate();
    expect((await list())[0]?.place).toEqual({ latitude: 29.1, longitude: 113.1, onDate: "2026-06-09" });
  });
});

describe("the card", () => {
  it("two edits of different fields meet; of one field both are kept and a person chooses", async () => {
    const person = await toy.person("独某", "1950-01-01");
    const subjectId = person.householdId;
    await generate();
    await toy.as(toy.staff.town, (tx) =>
      engine.changeCard(tx, { subjectId, divisionCode: VILLAGE }, { friend: { value: "王婶", base: 0 } }),
    );
    const done = await visit(subjectId, {
      card: { friend: { value: "李叔", base: 0 }, legs: { value: "bad", base: 0 } },
    });
    expect([done.merged, done.conflicts]).toEqual([["腿脚"], ["常来往的人"]]);
    const [conflict] = await toy.as(toy.staff.town, (tx) => engine.conflicts(tx));
    expect([conflict?.mine.text, conflict?.theirs.text]).toEqual(["李叔", "王婶"]);
    const friend = () =>
      toy.as(toy.staff.town, (tx) => engine.card(tx, subjectId)).then((c) => c.values.friend?.value);
    expect(await friend()).toBe("王婶");
    await toy.as(toy.staff.town, (tx) => engine.resolve(tx, conflict?.id ?? "", "mine"));
    expect(await friend()).toBe("李叔");
    await expect(
      toy.as(toy.staff.town, (tx) => engine.resolve(tx, conflict?.id ?? "", "theirs")),
    ).rejects.toThrow("已经有人处理");
  });

  it("refuses a value that is none, and lets one be taken off", async () => {
    const { householdId } = await toy.person("独某", "1950-01-01");
    await generate();
    const change = (value: string, base: number) => visit(householdId, { card: { legs: { value, base } } });
    await expect(change("wings", 0)).rejects.toThrow("「腿脚」请从给出的选项里选");
    expect((await change("bad", 0)).merged).toEqual(["腿脚"]);
    expect((await change("", 1)).merged).toEqual(["腿脚"]);
  });

  it("takes a visit of a phone whose clock is a day and more ahead, by the time at which it came, and says so", async () => {
    const { householdId } = await toy.person("快某", "1950-01-01");
    await generate();
    const ahead = new Date(toy.clock.now().getTime() + 30 * 3600_000).toISOString();
    const done = await visit(householdId, { at: ahead });
    expect(done.answered).toEqual(["看望独居老人"]);
    expect(done.notes.join("")).toContain("自动设置日期和时间");
    const [row] = await toy.data.owner<{ at: Date }>("select at from visit where id = $1", [done.id]);
    expect(dateInShanghai(new Date(row?.at ?? 0))).toBe("2026-06-09");
  });

  it("merges by what was seen: the same value is no conflict, an old base is", () => {
    expect(merge(1, "a", { version: 2, value: "a" })).toBe("same");
    expect(merge(2, "b", { version: 2, value: "a" })).toBe("write");
    expect(merge(1, "b", { version: 2, value: "a" })).toBe("conflict");
    expect(merge(0, "b", undefined)).toBe("write");
    expect(merge(0, null, undefined)).toBe("same");
  });
});

describe("a phone", () => {
  it("gets the same key each day, no other account does, and once cut off nobody: the key is gone and sessions end", async () => {
    const id = newId();
    const ask = (who = toy.staff.worker) => toy.as(who, (tx) => engine.deviceKey(tx, { id, label: "手机" }));
    const { key } = await ask();
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    expect((await ask()).key).toBe(key);
    await expect(ask(toy.staff.town)).rejects.toThrow("还没有登记给您");
    await toy.as(systemActor(COUNTY), (tx) => toy.access.openSession(tx, toy.staff.worker.accountId ?? ""));
    await toy.as(toy.staff.town, (tx) => engine.revokeDevice(tx, id, "手机丢失"));
    await expect(ask()).rejects.toThrow("已被停用");
    expect(await toy.as(systemActor(COUNTY), (tx) => engine.deviceStanding(tx, id))).toEqual({
      revoked: true,
    });
    expect(await toy.as(systemActor(COUNTY), (tx) => engine.deviceStanding(tx, newId()))).toEqual({
      revoked: false,
    });
    const [cut] = await toy.as(toy.staff.town, (tx) => engine.devices(tx));
    expect(cut).toMatchObject({ revokeReason: "手机丢失", canRevoke: false });
    await expect(toy.as(toy.staff.worker, (tx) => engine.list(tx, id))).rejects.toThrow("已被停用");
    const [row] = await toy.data.owner<{ sealed: Buffer }>("select key_sealed as sealed from field_device");
    expect(toy.vault.open(row?.sealed ?? Buffer.alloc(0))).toBe("");
    expect(await toy.data.owner("select from session")).toHaveLength(0);
  });
});
