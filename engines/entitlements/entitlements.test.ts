import { DomainError, fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseDecided, createEntitlements, type PaidMonth } from "./index.ts";

const COUNTY = "430621";
const TOWN = "430621101";
const OTHER_TOWN = "430621102";
const county: Actor = { ...systemActor(COUNTY), name: "周科员", role: "county" };
const town: Actor = { ...county, scope: TOWN, name: "孙经办", role: "township" };

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const paid: PaidMonth[] = [];
const audited: string[] = [];
function engine(today = "2024-10-15") {
  const review = { code: "look", label: "年度核查", everyMonths: 12, article: "第一条" };
  const entitlement = {
    exclusivityGroup: "吃饭",
    starts: "next-month",
    stopsAfterDeath: true,
    review,
  } as const;
  return createEntitlements({
    clock: fixedClock(today),
    catalogue: {
      items: new Map([
        [
          "soup",
          {
            title: "热汤补助",
            shortTitle: "热汤",
            subject: "household",
            entitlement: { ...entitlement, paidTo: "head" },
          },
        ],
        [
          "tea",
          {
            title: "茶水补助",
            shortTitle: "茶水",
            subject: "person",
            entitlement: { ...entitlement, paidTo: "self" },
          },
        ],
      ]),
    },
    audit: { record: async (_tx, e) => audited.push(e.action) },
    paid: {
      ofEntitlements: async (_tx, ids) => paid.filter((m) => ids.includes(m.entitlementId)),
      ofReprice: async () => ({ repriced: 0, paid: 0 }),
    },
    divisionName: (_county, code) => (code === TOWN ? "甲镇" : "乙镇"),
  });
}

let serial = 0;
async function person(tx: Tx, name: string, division = TOWN): Promise<string> {
  const id = newId();
  const idNo = `person-${serial++}`;
  await tx.exec(
    `insert into person (id, division_code, name, pinyin, initials, sex, birth_date, id_no_sealed, id_no_digest,
       id_tail_digest, address, created_at)
     values ($1, $2, $3, 'x', 'x', '女', '1950-01-01', $4, $5, $5, '一组', now())`,
    [id, division, name, data.vault.seal(idNo), data.vault.digest(idNo)],
  );
  return id;
}
async function household(names: string[], division = TOWN) {
  return data.db.transact(county, async (tx) => {
    const members: string[] = [];
    for (const name of names) members.push(await person(tx, name, division));
    const id = newId();
    await tx.exec(
      `insert into household (id, division_code, head_person_id, address, area_class, opened_on, created_at)
       values ($1, $2, $3, '一组', '农村', '2020-01-01', now())`,
      [id, division, members[0]],
    );
    return { id, members };
  });
}
function decision(h: { id: string; members: string[] }, over: Partial<CaseDecided> = {}): CaseDecided {
  return {
    caseId: h.id,
    decisionId: newId(),
    item: "soup",
    kind: "award",
    householdId: h.id,
    applicantId: h.members[0] as string,
    payeeId: h.members[0] as string,
    divisionCode: TOWN,
    areaClass: "农村",
    amountFen: 60_000,
    persons: h.members.length,
    covered: h.members,
    fromMonth: "2024-02",
    reviewMonths: 6,
    reviewClass: "C",
    decidedOn: "2024-01-20",
    reason: "符合条件",
    ...over,
  };
}
const hear = (event: CaseDecided, e = engine()) =>
  data.db.transact(systemActor(COUNTY), (tx) => e.onDecision(tx, event));
const only = async (h: { id: string }, actor = county, e = engine()) =>
  data.db.transact(actor, async (tx) => {
    const [brief] = await e.forHousehold(tx, h.id);
    return e.page(tx, brief?.id ?? newId());
  });
const owedFor = (id: string, month: string) =>
  data.db.read(
    county,
    async (tx) => (await engine().owed(tx, month)).find((o) => o.entitlementId === id)?.amountFen,
  );
const code = (p: Promise<unknown>) =>
  p.then(
    () => "ok",
    (e: unknown) => (e instanceof DomainError ? e.code : e),
  );

describe("a decision becomes an entitlement", () => {
  test("an award opens it once, however often the event arrives", async () => {
    const h = await household(["钱大", "钱二", "钱三"]);
    const event = decision(h);
    await hear(event);
    await hear(event);
    const page = await only(h);
    expect(page).toMatchObject({
      itemTitle: "热汤补助",
      payee: "钱大",
      divisionName: "甲镇",
      persons: 3,
      amountFen: 60_000,
      fromMonth: "2024-02",
      endMonth: null,
      state: "active",
      reviewDueOn: "2024-07-20",
      reviewLabel: "年度核查",
      canReview: true,
    });
    expect(page.amounts).toHaveLength(1);
    expect(await owedFor(page.id, "2024-01")).toBeUndefined();
    expect(await owedFor(page.id, "2024-02")).toBe(60_000);
  });

  test("a refusal opens nothing; an unknown item, nobody covered and a stop of nothing are refused", async () => {
    const h = await household(["赵大"]);
    await hear(decision(h, { kind: "refuse" }));
    expect(await code(only(h))).toBe("not-found");
    expect(await code(hear(decision(h, { item: "cake" })))).toBe("not-found");
    expect(await code(hear(decision(h, { covered: [] })))).toBe("bad-decision");
    expect(await code(hear(decision(h, { kind: "stop" })))).toBe("not-found");
  });

  test("an adjustment counts from its month; the old months keep their amount and their members", async () => {
    const h = await household(["李大", "李二", "李三"]);
    await hear(decision(h));
    const kept = h.members.slice(0, 2);
    await hear(
      decision(h, {
        kind: "adjust",
        fromMonth: "2024-06",
        amountFen: 45_000,
        persons: 2,
        covered: kept,
        decidedOn: "2024-05-10",
      }),
    );
    const page = await only(h);
    expect(await owedFor(page.id, "2024-05")).toBe(60_000);
    expect(await owedFor(page.id, "2024-06")).toBe(45_000);
    expect(page.covered.map((c) => [c.name, c.endMonth])).toEqual([
      ["李大", null],
      ["李二", null],
      ["李三", "2024-05"],
    ]);
    expect(page.persons).toBe(2);
    expect(page.reviewDueOn).toBe("2024-11-10");
  });

  test("渐退 pays to its last month; a stop ends with the month before; both give way to a new award", async () => {
    const h = await household(["吴大"]);
    await hear(decision(h));
    await hear(
      decision(h, {
        kind: "gradual-exit",
        fromMonth: "2024-09",
        untilMonth: "2025-02",
        decidedOn: "2024-08-20",
      }),
    );
    const page = await only(h);
    expect(page).toMatchObject({ endMonth: "2025-02", state: "active", reviewDueOn: null });
    expect(await owedFor(page.id, "2025-02")).toBe(60_000);
    expect(await owedFor(page.id, "2025-03")).toBeUndefined();

    await hear(
      decision(h, { kind: "stop", fromMonth: "2024-12", decidedOn: "2024-11-02", reason: "收入超过标准" }),
    );
    expect(await owedFor(page.id, "2024-11")).toBe(60_000);
    expect(await owedFor(page.id, "2024-12")).toBeUndefined();

    await hear(
      decision(h, { caseId: newId(), fromMonth: "2024-12", amountFen: 30_000, decidedOn: "2024-11-20" }),
    );
    const owed = await data.db.read(county, async (tx) =>
      (await engine().forHousehold(tx, h.id)).map((e) => [e.amountFen, e.fromMonth, e.endMonth]),
    );
    expect(owed).toEqual([
      [30_000, "2024-12", null],
      [60_000, "2024-02", "2024-11"],
    ]);
  });
});

describe("a death", () => {
  test("of the only one covered stops the month after, and what was paid for later months is told", async () => {
    const h = await household(["郑大"]);
    await hear(decision(h, { item: "tea", householdId: null }));
    const page = await data.db.transact(county, async (tx) => {
      const [brief] = await engine().forPerson(tx, h.members[0] as string);
      return engine().page(tx, brief?.id as string);
    });
    for (const month of ["2024-06", "2024-07", "2024-08"])
      paid.push({
        entitlementId: page.id,
        month,
        amountFen: 60_000,
        paid: month !== "2024-08",
        result: "",
        rosterId: newId(),
      });
    const died = { personId: h.members[0] as string, diedOn: "2024-06-03" };
    const tell = () => data.db.transact(systemActor(COUNTY), (tx) => engine().onDeath(tx, died));
    const first = await tell();
    expect(first).toEqual({
      stopped: [{ entitlementId: page.id, itemTitle: "茶水补助", lastMonth: "2024-06" }],
      reviewing: [],
      overpaidFen: 60_000,
    });
    expect(await tell()).toEqual(first);
    expect(await owedFor(page.id, "2024-06")).toBe(60_000);
    expect(await owedFor(page.id, "2024-07")).toBeUndefined();
    const after = await data.db.transact(county, (tx) => engine().page(tx, page.id));
    expect(after.amounts).toHaveLength(2);
    expect(after).toMatchObject({ state: "ended", reviewDueOn: null, canReview: false });
  });

  test("who died before the first month and is told of afterwards: the others go on, and are reviewed", async () => {
    const h = await household(["甲", "乙"]);
    await hear(decision(h, { fromMonth: "2024-02" }));
    const outcome = await data.db.transact(systemActor(COUNTY), (tx) =>
      engine().onDeath(tx, { personId: h.members[1] as string, diedOn: "2023-11-15" }),
    );
    expect(outcome).toMatchObject({ stopped: [], overpaidFen: 0 });
    expect(outcome.reviewing).toHaveLength(1);
    const owed = await data.db.read(county, (tx) =>
      tx.query("select amount_fen as fen from entitlement_owed('2024-03') where household_id = $1", [h.id]),
    );
    expect(owed).toEqual([{ fen: 60_000 }]);
  });

  test("of one of several ends that person's coverage and opens a review within three months", async () => {
    const h = await household(["王大", "王二"]);
    await hear(decision(h));
    const died = { personId: h.members[1] as string, diedOn: "2024-11-30" };
    await data.db.transact(systemActor(COUNTY), (tx) => engine().onDeath(tx, died));
    await data.db.transact(systemActor(COUNTY), (tx) => engine().onDeath(tx, died));
    const page = await only(h);
    expect(page.covered.map((c) => c.endMonth)).toEqual([null, "2024-11"]);
    expect(await owedFor(page.id, "2024-12")).toBe(60_000);
    expect(page.reviews.filter((r) => r.kind === "death").map((r) => [r.dueOn, r.doneOn])).toEqual([
      ["2025-02-28", null],
    ]);
  });
});

describe("reviews", () => {
  const review = (id: string, over: object = {}, actor = town, e = engine()) =>
    data.db.transact(actor, (tx) =>
      e.recordReview(tx, id, {
        id: newId(),
        result: "continue",
        method: "home-visit",
        on: "2024-10-14",
        note: "",
        ...over,
      }),
    );

  test("'continue' sets the next date; the same request counts once", async () => {
    const h = await household(["冯大"]);
    await hear(decision(h));
    const { id } = await only(h);
    const request = newId();
    await review(id, { id: request });
    const page = await review(id, { id: request });
    expect(page.reviews.map((r) => [r.dueOn, r.result])).toEqual([
      ["2025-04-14", null],
      ["2024-07-20", "继续享受（入户）"],
    ]);
  });

  test("'stop' changes no payment: a person decides in a case, and until then it shows", async () => {
    const h = await household(["陈大"]);
    await hear(decision(h));
    const { id } = await only(h);
    expect(await code(review(id, { result: "stop" }))).toBe("invalid-input");
    const page = await review(id, { result: "stop", note: "已搬走" });
    expect(page).toMatchObject({
      endMonth: null,
      reviewDueOn: null,
      reviewTold: "复核结论：建议停发，待作出决定",
    });
    expect(await owedFor(id, "2024-11")).toBe(60_000);
  });

  test("the future, other roles and another township are refused", async () => {
    const h = await household(["褚大"]);
    await hear(decision(h));
    const { id } = await only(h);
    expect(await code(review(id, { on: "2024-10-16" }))).toBe("invalid-input");
    expect(await code(review(id, {}, { ...county, role: "leader" }))).toBe("forbidden");
    expect(await code(review(id, {}, { ...town, scope: OTHER_TOWN }))).toBe("not-found");
  });

  test("what is due is listed earliest first", async () => {
    const due = await data.db.read(county, (tx) => engine().dueReviews(tx));
    expect(due.map((d) => d.dueOn)).toEqual([...due.map((d) => d.dueOn)].sort());
    const overdue = await data.db.read(county, (tx) =>
      engine().list(tx, { due: "true", state: "active", size: 100 }),
    );
    expect(overdue.rows.every((r) => r.reviewDueOn !== null && r.reviewDueOn <= "2024-11-14")).toBe(true);
    expect(overdue.total).toBe(overdue.rows.length);
    expect(overdue.total).toBeGreaterThan(0);
  });
});

describe("who sees", () => {
  test("another township sees neither the entitlement nor its amounts, persons or reviews, not even by SQL", async () => {
    const h = await household(["卫大"]);
    await hear(decision(h));
    const { id } = await only(h);
    const count = (actor: Actor) =>
      data.db.read(actor, async (tx) => {
        const counts: number[] = [];
        for (const table of ["amount", "person", "review", "decision"])
          counts.push(
            (
              await tx.one<{ n: number }>(
                `select count(*)::int as n from entitlement_${table} where entitlement_id = $1`,
                [id],
              )
            ).n,
          );
        return counts;
      });
    expect(await count(town)).toEqual([1, 1, 1, 1]);
    expect(await count({ ...town, scope: OTHER_TOWN })).toEqual([0, 0, 0, 0]);
    expect(await count({ ...town, scope: "" })).toEqual([0, 0, 0, 0]);
    expect(await code(only(h, { ...town, scope: OTHER_TOWN }))).toBe("not-found");
    const resident: Actor = { ...town, scope: "", role: "resident", personId: h.members[0] as string };
    expect(await count(resident)).toEqual([1, 1, 1, 1]);
  });

  test("amounts are only ever added", async () => {
    const denied = (sql: string) =>
      data.db
        .transact(county, (tx) => tx.exec(sql))
        .then(
          () => "ok",
          (e: { code: string }) => e.code,
        );
    expect(await denied("update entitlement_amount set amount_fen = 1")).toBe("42501");
    expect(await denied("delete from entitlement_amount")).toBe("42501");
    expect(await denied("update entitlement set from_month = '2020-01'")).toBe("42501");
  });
});
