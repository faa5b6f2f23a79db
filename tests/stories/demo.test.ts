/** The demo as a newcomer finds it: everything in it went through the services, and it can be killed anywhere. */
import { DEMO_PASSWORD, type DemoHouse, demoAccounts, fillDemo } from "@wuxin/demo";
import { addDays, type Clock } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";

/** Filling takes seconds, but the machine may be busy. */
const LONG = 240_000;
const TODAY = "2026-11-21"; // a Saturday
const YUEYANG = "430621";

const STATES = `select item, state, count(*)::int as n from case_file where county_code = $1 group by 1, 2`;
const states = async (h: TestHouse, county: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await h.t.owner<{ item: string; state: string; n: number }>(STATES, [county])).map((r) => [
      `${r.item}/${r.state}`,
      r.n,
    ]),
  );

/** Rows of every table, to see that nothing changes. */
async function rowCounts(h: TestHouse): Promise<Record<string, number>> {
  const tables = await h.t.owner<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await h.t.owner<{ n: number }>(`select count(*)::int as n from ${name}`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
}

describe("演示数据", () => {
  let h: TestHouse;
  beforeAll(async () => {
    h = await testHouse(TODAY);
    await fillDemo(h.house, h.makeHouse);
  }, LONG);
  afterAll(() => h.close());

  test("岳阳县的低保每一种状态都有，高龄津贴从申报到停发都有", async () => {
    expect(await states(h, YUEYANG)).toEqual({
      "subsistence-allowance/submitted": 2,
      "subsistence-allowance/supplement": 1,
      "subsistence-allowance/accepted": 4,
      "subsistence-allowance/publicity": 3,
      "subsistence-allowance/rework": 1,
      "subsistence-allowance/review": 2,
      "subsistence-allowance/paying": 9,
      "subsistence-allowance/recheck": 2,
      "subsistence-allowance/recheck_decide": 1,
      "subsistence-allowance/gradual_exit": 1,
      "subsistence-allowance/refused": 2,
      "subsistence-allowance/refused_closed": 1,
      "subsistence-allowance/withdrawn": 1,
      "subsistence-allowance/terminated": 1,
      "subsistence-allowance/stopped": 1,
      "edge-family/submitted": 1,
      "edge-family/review": 1,
      "edge-family/recognised": 2,
      "rigid-expenditure/recognised": 2,
      "destitute-support/review": 1,
      "destitute-support/paying": 1,
      "disability-nursing-subsidy/submitted": 1,
      "disability-nursing-subsidy/paying": 4,
      "orphan-support/paying": 1,
      "unsupported-child-support/checked": 1,
      "age-allowance/submitted": 1,
      "age-allowance/checked": 1,
      "age-allowance/paying": 4,
      "age-allowance/stopped": 2,
    });
    const item = h.house.catalogue.items.get("subsistence-allowance");
    const shown = new Set(Object.keys(await states(h, YUEYANG)).map((k) => k.split("/")[1]));
    for (const s of item?.flow.states ?? []) if (s.id !== "draft") expect(shown).toContain(s.id);
  });

  test("其余四县各有八户低保，江汉区的由街道确认", async () => {
    for (const county of ["420103", "430121", "441521", "632224"])
      expect(await states(h, county)).toEqual({
        "subsistence-allowance/submitted": 1,
        "subsistence-allowance/supplement": 1,
        "subsistence-allowance/accepted": 1,
        "subsistence-allowance/publicity": 1,
        "subsistence-allowance/review": 1,
        "subsistence-allowance/paying": 3,
        "subsistence-allowance/refused_closed": 1,
        "age-allowance/paying": 2,
      });
    const decided = await h.t.owner<{ county_code: string; decided_by: string }>(
      `select distinct d.county_code, d.decided_by from case_decision d
       join case_file f using (county_code) where f.id = d.case_id and f.item = 'subsistence-allowance' order by 1`,
    );
    expect(decided.find((d) => d.county_code === "420103")?.decided_by).toBe("陈晓芳（乡镇审核）");
    expect(decided.find((d) => d.county_code === YUEYANG)?.decided_by).toBe("王建华（县级经办）");
  });

  test("每件事都被听到：没有搁着的消息，也没有失败的", async () => {
    const left = await h.t.owner("select kind, state, last_error from outbox where state <> 'done'");
    expect(left).toEqual([]);
  });

  test("两个月的名册各有三个人签字，合计等于明细之和，账账相符；上月有一笔失败还没补发", async () => {
    for (const { code } of h.house.counties.list()) {
      const xian = actorOf(h, code, "xian");
      const { rows } = await h.house.read(xian, (tx) => h.house.payments.list(tx));
      expect(rows.map((r) => [r.month, r.state, r.failed])).toEqual([
        ["2026-10", "sent", 1],
        ["2026-09", "closed", 0],
      ]);
      for (const r of rows) {
        const page = await h.house.as(xian, (tx) => h.house.payments.page(tx, r.id));
        const lines = await h.house.as(xian, (tx) => h.house.payments.listLines(tx, r.id, { size: 200 }));
        expect(lines.rows.reduce((sum, l) => sum + l.amountFen, 0)).toBe(page.totalFen);
        expect(page.reconciliation).toMatchObject({ agrees: true });
        expect(new Set(page.signatures.map((s) => s.by)).size).toBe(3);
        expect(page.bankFiles).toHaveLength(1);
      }
      const failures = await h.house.as(xian, (tx) => h.house.payments.failures(tx));
      expect(failures).toMatchObject([{ month: "2026-10", reason: "账号与户名不符", reissued: false }]);
    }
  });

  test("名册里有一对共用账户、一笔户名不符；当月名册还没有生成，留给第一次试用的人", async () => {
    const flags = await h.t.owner<{ rule: string; n: number }>(
      `select f.rule, count(distinct l.payee_id)::int as n from roster_flag f
       join roster_line l on l.county_code = f.county_code and l.id = f.line_id
       join roster r on r.county_code = l.county_code and r.id = l.roster_id
       where f.county_code = $1 and r.month = '2026-10' and f.rule in ('shared-account', 'holder-differs') group by 1`,
      [YUEYANG],
    );
    expect(Object.fromEntries(flags.map((f) => [f.rule, f.n]))).toEqual({
      "shared-account": 2,
      "holder-differs": 1,
    });
    const xian = actorOf(h, YUEYANG, "xian");
    const page = await h.house.as(xian, (tx) =>
      h.house.payments.generate(tx, { id: "0190a5a0-0000-7000-8000-000000000011", month: "2026-11" }),
    );
    expect(page).toMatchObject({ month: "2026-11", state: "draft", held: 0 });
  });

  test("没有一个人在一个月里、一类待遇里占两个名额", async () => {
    const doubled = await h.t.owner(
      `select person_digest, exclusivity_group, month from payment_slot where released_at is null
       group by 1, 2, 3 having count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });

  test("动态监测每一页都有东西：名单、各级预警、各状态的线索、走访、核对、名单交换", async () => {
    const xian = actorOf(h, YUEYANG, "xian");
    const { matching, clues } = h.house;
    const runs = await h.house.read(xian, (tx) => matching.runs(tx, {}));
    expect(runs.filter((r) => r.state === "done")).toHaveLength(11);
    expect(runs.flatMap((r) => (r.fall ? [[r.feed, r.fall.state]] : []))).toEqual([["pensions", "held"]]);
    expect(runs.filter((r) => r.state === "refused")).toMatchObject([{ feed: "students" }]);
    expect(runs.every((r) => r.fileDeletedAt !== null)).toBe(true);
    const { rows: alerts } = await h.house.read(xian, (tx) => matching.alerts(tx, { size: 100 }));
    expect(new Set(alerts.map((a) => a.level))).toEqual(new Set([1, 2, 3]));
    expect(alerts.find((a) => a.rule === "death")?.overpaidFen).toBeGreaterThan(0);
    const { rows } = await h.house.read(xian, (tx) => clues.list(tx, { size: 100 }));
    const states = new Set(rows.map((c) => c.state));
    for (const s of ["new", "dispatched", "assigned", "visited", "handling", "referred", "closed"])
      expect(states).toContain(s);
    expect(rows.some((c) => c.late && c.urged > 0)).toBe(true);
    const visits = await h.t.owner<{ state: string; late: boolean }>(
      "select state, due_on < $2::date as late from duty where county_code = $1",
      [YUEYANG, TODAY],
    );
    expect(visits.some((d) => d.state === "done")).toBe(true);
    expect(visits.some((d) => d.state === "open" && d.late)).toBe(true);
    const { rows: checks } = await h.house.read(xian, (tx) => matching.checks.list(tx, {}));
    expect(checks.some((c) => c.differences > 0 && c.openObjections === 1)).toBe(true);
    expect(await h.house.read(xian, (tx) => clues.exchanged(tx))).toHaveLength(2);
  });

  test("冻结一个月：全县和各乡镇的每个数都是留下的行加出来的，和按组数出来的一样；点开就是那些行，以后没有变化", async () => {
    const month = "2026-08";
    const xian = actorOf(h, YUEYANG, "xian");
    const { indicators } = h.house;
    expect(
      await h.house.as({ actor: systemActor(YUEYANG) }, (tx) => indicators.freeze(tx, month)),
    ).toBeGreaterThan(3000);
    const places = await h.t.owner<{ d: string }>(
      "select distinct division_code as d from indicator_snapshot where county_code = $1 and month = $2",
      [YUEYANG, month],
    );
    const moved: unknown[] = [];
    for (const { d: division } of places) {
      const { rows } = await h.house.read(xian, (tx) => indicators.list(tx, { month, division }));
      for (const r of rows)
        if (r.frozen?.value !== r.value) moved.push([division, r.code, r.frozen?.value, r.value]);
    }
    expect(moved).toEqual([]);
    for (const i of h.house.catalogue.indicators.values()) {
      const drill = await h.house.read(xian, (tx) => indicators.drill(tx, i.code, { month }));
      expect([i.code, drill.frozen?.changed ?? 0]).toEqual([i.code, 0]);
    }
  });

  test("动态监测和核对的指标算得出，每一个都能点开到行，行数等于指标", async () => {
    const xian = actorOf(h, YUEYANG, "xian");
    const month = "2026-11";
    const { indicators } = h.house;
    const { rows } = await h.house.read(xian, (tx) => indicators.list(tx, { month }));
    const value = new Map(rows.map((r) => [r.code, r.value]));
    const own = [...h.house.catalogue.indicators.values()].filter((i) =>
      /^(DM|MV|SA-12|SA-24|SA-25|FN-10)/.test(i.capability),
    );
    expect(own.length).toBeGreaterThan(30);
    for (const i of own) {
      const drill = await h.house.read(xian, (tx) => indicators.drill(tx, i.code, { month }));
      if ("count" in i.measure && i.kind === "flow") expect(drill.total, i.code).toBe(value.get(i.code));
      expect(drill.columns.length, i.code).toBeGreaterThan(0);
    }
    // Truth of the story: ten lists, a false one of those closed, a death paid after, one list taken in with three of four known.
    expect(value.get("match_sources")).toBe(10);
    expect(value.get("death_facts")).toBe(1);
    expect(value.get("paid_after_death")).toBe(1);
    expect(value.get("fanpin_recognised_rate")).toBe(75);
    expect(value.get("checks_done")).toBe(3);
    // Two packages, thirty lines, each with its receipt; of twenty-four answers one could not be read.
    expect(value.get("check_package_received_rate")).toBe(100);
    expect(value.get("check_answer_usable_rate")).toBe(95.83);
    expect(value.get("recheck_match_rate")).toBe(100);
    expect(value.get("discovery_reports")).toBe(2);
    for (const code of [
      "lowincome_persons",
      "tier_households",
      "warnings_level_1",
      "warnings_level_2",
      "batch_hits",
    ])
      expect(value.get(code), code).toBeGreaterThan(0);
  });

  test("工作台上有超期的办件、到期的复核和生存认证、有异议的公示", async () => {
    const zhen = actorOf(h, YUEYANG, "zhen");
    const rows = await h.house.read(zhen, (tx) => h.house.cases.workbenchRows(tx));
    expect(rows.filter((r) => r.clock?.light === "late").length).toBeGreaterThanOrEqual(1);
    expect(rows.filter((r) => r.kind === "objection")).toHaveLength(1);
    const due = await h.house.read(zhen, (tx) => h.house.entitlements.dueReviews(tx));
    const labels = due.map((d) => `${d.itemTitle} ${d.label} ${d.dueOn < TODAY ? "逾期" : "快到期"}`);
    expect(labels).toEqual(
      expect.arrayContaining([
        "高龄津贴 生存认证 逾期",
        "高龄津贴 生存认证 快到期",
        "最低生活保障 定期复核 快到期",
      ]),
    );
  });

  test("下月满八十周岁、还没有申请高龄津贴的老人在名单上", async () => {
    for (const { code } of h.house.counties.list()) {
      const zhen = actorOf(h, code, "zhen");
      const { rows, month } = await h.house.as(zhen, (tx) => h.house.cases.candidates(tx, "age-allowance"));
      expect(month).toBe("2026-12");
      expect(rows.map((r) => r.birthDate.slice(0, 7))).toEqual(["1946-12"]);
    }
  });

  test("海丰县 12 个镇里 6 个有公益性公墓，覆盖率 50%；一座经营性公墓，一笔收费超过 1.5 万元", async () => {
    const xian = actorOf(h, "441521", "xian");
    const { rows } = await h.house.read(xian, (tx) => h.house.indicators.list(tx, { month: "2026-10" }));
    const value = (code: string) => rows.find((r) => r.code === code)?.value;
    expect(value("cemetery_coverage")).toBe(50);
    expect(value("cemetery_public")).toBe(6);
    expect(value("cemetery_commercial")).toBe(1);
    expect(value("overcharges")).toBe(1);
    expect(value("grave_price_cap")).toBe(1.5);
  });

  test("三个居民登录后：一个没有办件，一个等着补材料，一个正在领取", async () => {
    const residents = demoAccounts(h.house.counties.list()).filter((a) => a.role === "resident");
    const seen = [];
    for (const a of residents.filter((r) => r.county === YUEYANG)) {
      const session = await h.house.access.login(h.house.db, {
        county: a.county,
        loginName: a.loginName,
        password: DEMO_PASSWORD,
      });
      const mine = await h.house.read(session, (tx) => h.house.cases.listMine(tx));
      seen.push(mine.map((c) => c.state));
    }
    expect(seen).toEqual([[], ["supplement"], ["paying"]]);
  });

  test("资金台账和名册、银行回盘逐册相符，余额不为负，看得到到年底够不够", async () => {
    for (const { code } of h.house.counties.list()) {
      const ledger = await h.house.as(actorOf(h, code, "shenji"), (tx) => h.house.funds.page(tx));
      expect(ledger.reconciliation).toMatchObject({ agrees: true, differences: [] });
      expect(ledger.reconciliation.ledgerFen).toBeGreaterThan(100_000);
      expect(ledger.waiting).toEqual([]);
      expect(ledger.accounts).toHaveLength(code === YUEYANG ? 7 : 5);
      expect(ledger.accounts.every((a) => a.availableFen >= 0)).toBe(true);
      expect(ledger.totals.receivedFen).toBe(code === YUEYANG ? 4_650_000 : 4_350_000);
      expect(ledger.forecast.neededFen).toBeGreaterThan(0);
      const check = await h.house.read(actorOf(h, code, "shenji"), (tx) => h.house.funds.check(tx));
      expect(check).toMatchObject({ agrees: true, faults: [] });
    }
  });

  test("岳阳县的钱：提标一次办完一次待放行，物价联动发了，追缴一笔待确认一笔在扣，名单公示，抽查进行中", async () => {
    const shenpi = actorOf(h, YUEYANG, "shenpi");
    const { entitlements, payments, spotChecks, indicators, funds } = h.house;
    const runs = await h.house.read(shenpi, async (tx) => (await entitlements.repricing?.list(tx)) ?? []);
    expect(runs.map((r) => [r.standard, r.state, r.raised, r.mine])).toEqual([
      ["重度残疾人护理补贴标准", "ready", 3, true],
      ["高龄津贴标准", "done", 6, false],
    ]);
    const { rows } = await h.house.as(shenpi, (tx) => payments.recoveries.list(tx, {}));
    expect(rows.map((r) => [r.itemTitle, r.state]).sort()).toEqual([
      ["低保", "confirmed"],
      ["高龄津贴", "proposed"],
    ]);
    const [check] = (await h.house.read(shenpi, (tx) => spotChecks.list(tx))).rows;
    expect(check).toMatchObject({ drawn: 5, waiting: 1, problems: 1, open: 2 });
    const value = async (code: string, month: string) =>
      (await h.house.read(shenpi, (tx) => indicators.list(tx, { month }))).rows.find((r) => r.code === code)
        ?.value;
    expect(await value("price_subsidy_persontimes", "2026-09")).toBeGreaterThan(10);
    expect(await value("reprice_done_rate", "2026-10")).toBe(100);
    expect(await value("publish_rate", "2026-10")).toBe(100);
    expect(await value("fund_check_problem_rate", "2026-11")).toBe(20);
    expect(await value("overpay_amount", "2026-11")).toBe(rows.reduce((n, r) => n + r.leftFen, 0) / 100);
    const published = await h.house.read(shenpi, (tx) => funds.publicity.list(tx));
    expect(published.list.map((p) => [p.decision, p.ended, p.canConfirm])).toEqual([
      [null, false, true],
      ["confirmed", false, false],
      ["confirmed", true, false],
    ]);
    expect(published.due.rows.filter((r) => r.late)).toEqual([]);
    const { forecast } = await h.house.as(shenpi, (tx) => funds.page(tx));
    expect(forecast.shortages.length).toBeGreaterThan(0);
    expect(forecast.shortages.map((s) => s.month)).not.toContain("2026-11");
  });

  test("审计和资金三条链都能核验", async () => {
    for (const { code } of h.house.counties.list()) {
      await h.house.audit.seal(h.house.db, code);
      const chains = await h.house.audit.verify(h.house.db, code);
      expect(chains.map((c) => [c.name, c.ok, c.firstBroken])).toEqual([
        ["audit", true, null],
        ["payments", true, null],
        ["funds", true, null],
      ]);
      expect(chains.every((c) => c.entries > 10 && c.unsealed === 0)).toBe(true);
    }
  });

  test("每一个决定都能用当时的事实原样重放", async () => {
    const decisions = await h.t.owner<{ id: string }>("select id from case_decision where county_code = $1", [
      YUEYANG,
    ]);
    expect(decisions.length).toBeGreaterThan(15);
    const xian = actorOf(h, YUEYANG, "xian");
    for (const d of decisions)
      expect((await h.house.as(xian, (tx) => h.house.cases.replay(tx, d.id))).same).toBe(true);
  });

  test("再启动一次，什么也不变", async () => {
    const before = await rowCounts(h);
    const told: string[] = [];
    await fillDemo(h.house, h.makeHouse, (s) => told.push(s.chinese));
    expect(told).toEqual(["演示数据已在"]);
    expect(await rowCounts(h)).toEqual(before);
  });
});

describe("填到一半被强行终止", { timeout: LONG }, () => {
  test("再启动时接着填，结果与一口气填完的一样，第二天接着填也一样", async () => {
    const whole = await testHouse(TODAY);
    const broken = await testHouse(TODAY);
    const only = (h: TestHouse): DemoHouse => ({
      ...h.house,
      counties: { list: () => h.house.counties.list().filter((c) => c.code === YUEYANG) },
    });
    try {
      await fillDemo(only(whole), whole.makeHouse);
      // Killed in the middle of a step, and between a commit and what it tells the other engines.
      const kills = [
        ["step", 3],
        ["drain", 2],
        ["step", 41],
        ["drain", 5],
        ["step", 17],
      ] as const;
      for (const [round, [where, nth]] of kills.entries()) {
        broken.clock.set(addDays(TODAY, round < 3 ? 0 : 1));
        const dying = dies(where, nth, broken.makeHouse);
        await expect(fillDemo(only(broken), dying)).rejects.toThrow("killed");
      }
      await fillDemo(only(broken), broken.makeHouse);
      expect(await states(broken, YUEYANG)).toEqual(await states(whole, YUEYANG));
      const counts = await rowCounts(whole);
      expect(await rowCounts(broken)).toEqual(counts);
      const paid =
        "select sum(amount_fen)::int as fen, count(*)::int as n from payment_event where kind = 'paid'";
      expect(await broken.t.owner(paid)).toEqual(await whole.t.owner(paid));
    } finally {
      await whole.close();
      await broken.close();
    }
  });

  test("已有自己账号的县不填演示数据", async () => {
    const h = await testHouse(TODAY);
    try {
      await h.house.db.transact(systemActor(YUEYANG), (tx) =>
        h.house.access.install(tx, [
          {
            id: "0190a5a0-0000-7000-8000-000000000001",
            loginName: "admin1",
            name: "县里自己的管理员",
            role: "system_admin",
            scope: YUEYANG,
            password: "long-enough-1",
          },
        ]),
      );
      await fillDemo(
        { ...h.house, counties: { list: () => h.house.counties.list().filter((c) => c.code === YUEYANG) } },
        h.makeHouse,
      );
      expect(await states(h, YUEYANG)).toEqual({});
    } finally {
      await h.close();
    }
  });

  test.each(["2027-01-04", "2026-10-09", "2026-12-01"])("在 %s 启动也填得满", async (today) => {
    const h = await testHouse(today);
    try {
      await fillDemo(
        { ...h.house, counties: { list: () => h.house.counties.list().filter((c) => c.code === YUEYANG) } },
        h.makeHouse,
      );
      expect(Object.values(await states(h, YUEYANG)).reduce((a, b) => a + b, 0)).toBe(55);
    } finally {
      await h.close();
    }
  });
});

/** A house that is killed in its n-th step before the commit, or after it before what it told is heard. */
function dies(where: "step" | "drain", nth: number, makeHouse: TestHouse["makeHouse"]) {
  return async (clock: Clock): Promise<DemoHouse> => {
    const house = await makeHouse(clock);
    let left = nth;
    const die = (at: typeof where) => {
      if (at === where && --left === 0) throw new Error("killed");
    };
    return {
      ...house,
      db: {
        ...house.db,
        transact: (actor, work, options) =>
          house.db.transact(
            actor,
            async (tx) => {
              const result = await work(tx);
              die("step");
              return result;
            },
            options,
          ),
      },
      dispatcher: {
        drain: async (county) => {
          die("drain");
          return house.dispatcher.drain(county);
        },
      },
    };
  };
}

function actorOf(h: TestHouse, county: string, loginName: string): { actor: Actor } {
  const found = demoAccounts(h.house.counties.list()).find(
    (a) => a.county === county && a.loginName === loginName,
  );
  if (!found) throw new Error(loginName);
  const township = h.house.counties.get(county).divisions.find((d) => d.level === "township");
  return {
    actor: {
      countyCode: county,
      scope: found.role === "township" ? (township?.code ?? "") : county,
      accountId: ACCOUNT,
      personId: null,
      name: found.name,
      role: found.role,
    },
  };
}
const ACCOUNT = "0190a5a0-0000-7000-8000-0000000000aa";
