import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actor, codeOf, openToyCounty, TOWN } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
});
afterAll(() => toy.close());

/** Every test has months of its own, so rosters do not meet. */
describe("making a roster", () => {
  test("says what is new, changed, unchanged and stopped against the last month; digest and order are stable", async () => {
    const [a, b, c] = [await toy.person("甲"), await toy.person("乙"), await toy.person("丙")];
    await toy.award([a], { amountFen: 50_000 });
    const changed = await toy.award([b], { amountFen: 40_000 });
    const ended = await toy.award([c], { amountFen: 30_000 });
    const first = await toy.generate("2024-09");
    expect(first).toMatchObject({
      number: "202409-01",
      title: "2024年9月发放名册",
      state: "draft",
      lines: 3,
      persons: 3,
      totalFen: 120_000,
      held: 0,
      previousTotalFen: null,
      flags: [],
    });
    expect(first.changes).toEqual([{ change: "new", label: "新增", count: 3, amountFen: 120_000 }]);

    await toy.data.owner(
      `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
       values ('430621', $1, 2, '2024-10', 45000, 1, '提标', now())`,
      [changed],
    );
    await toy.data.owner(
      "update entitlement set end_month = '2024-09', end_reason = '停发', end_kind = 'decision' where id = $1",
      [ended],
    );
    const second = await toy.generate("2024-10");
    expect(second).toMatchObject({ lines: 2, totalFen: 95_000, previousTotalFen: 120_000 });
    expect(second.changes.map((x) => [x.change, x.count, x.amountFen])).toEqual([
      ["changed", 1, 5_000],
      ["stopped", 1, -30_000],
      ["same", 1, 50_000],
    ]);
    const lines = await toy.linesOf(second.id);
    expect(lines.find((l) => l.change === "stopped")).toMatchObject({
      amountFen: 0,
      previousFen: 30_000,
      state: "stopped",
    });
    expect(lines.find((l) => l.payee === "甲")).toMatchObject({
      accountMasked: expect.stringMatching(/^\*{4}\d{4}$/),
      holderName: "甲",
      divisionName: "甲镇",
      itemTitle: "热汤",
    });
    const again = await toy.run(toy.staff.clerk, (tx, p) =>
      p.generate(tx, { id: second.id, month: "2024-10" }),
    );
    expect(again.digest).toBe(second.digest);
    await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, second.id, { reason: "重做" }));
    const remade = await toy.generate("2024-10");
    expect(remade.number).toBe("202410-02");
    expect((await toy.linesOf(remade.id)).map((l) => [l.seq, l.payee, l.amountFen])).toEqual(
      lines.map((l) => [l.seq, l.payee, l.amountFen]),
    );
    await toy.data.owner(
      "update entitlement set end_month = '2024-10', end_reason = '停发', end_kind = 'decision' where end_month is null",
    );
  });

  test("two people who generate the same month at once: one wins, the other is told", async () => {
    await toy.award([await toy.person("丁")], { fromMonth: "2024-11" });
    const results = await Promise.all([
      codeOf(toy.generate("2024-11", toy.staff.clerk)),
      codeOf(toy.generate("2024-11", toy.staff.second)),
    ]);
    expect(results.sort()).toEqual(["ok", "roster-exists"]);
    await expect(toy.generate("2024-11")).rejects.toThrow("2024年11月的发放名册（202411-01）已经生成");
  });

  test("others may not, and not for a month far away", async () => {
    expect(await codeOf(toy.generate("2024-11", toy.staff.finance))).toBe("forbidden");
    expect(await codeOf(toy.generate("2024-11", toy.staff.township))).toBe("forbidden");
    expect(await codeOf(toy.generate("2025-02"))).toBe("invalid-input");
    expect(await codeOf(toy.generate("2024-13"))).toBe("invalid-input");
  });

  test("a decision that came after the month was paid is made good once", async () => {
    const late = await openToyCounty();
    try {
      await late.award([await late.person("早")], { fromMonth: "2024-09" });
      const roster = await late.generate("2024-09");
      await late.signAll(roster.id);
      await late.send(roster.id);
      const person = await late.person("晚");
      await late.award([person], { fromMonth: "2024-09", amountFen: 20_000 });
      const next = await late.generate("2024-10");
      expect(next.changes.map((c) => [c.change, c.count, c.amountFen])).toEqual([
        ["new", 1, 20_000],
        ["backpay", 1, 20_000],
        ["same", 1, 50_000],
      ]);
      const back = await late.linesOf(next.id, { change: "backpay" });
      expect(back.map((l) => [l.payee, l.month, l.seq])).toEqual([["晚", "2024-09", 3]]);
      await late.signAll(next.id);
      await late.send(next.id);
      expect((await late.generate("2024-11")).changes.map((c) => [c.change, c.count])).toEqual([["same", 2]]);
    } finally {
      await late.close();
    }
  });
});

describe("nobody twice", () => {
  let toys: typeof toy;
  beforeAll(async () => {
    toys = await openToyCounty();
  });
  afterAll(() => toys.close());

  test("two benefits of one group in one month: the second is held and names the first", async () => {
    const p = await toys.person("双");
    await toys.award([p], { item: "bread", fromMonth: "2024-09" });
    await toys.award([p], { item: "soup", fromMonth: "2024-10" });
    await toys.award([p], { item: "tea", fromMonth: "2024-10" });
    const roster = await toys.generate("2024-10");
    expect(roster).toMatchObject({ lines: 3, held: 1 });
    const [held] = await toys.linesOf(roster.id, { state: "held" });
    expect(held?.flags).toEqual([
      {
        rule: "double",
        label: "重复领取同类待遇",
        severity: "block",
        reason: "双 当月已在名册 202410-01 由“面包”（甲镇，领款人 双）列入发放",
        answer: null,
      },
    ]);
    const release = (lineId: string) =>
      toys.run(toys.staff.second, (tx, e) => e.release(tx, roster.id, lineId, { reason: "已核实" }));
    expect(await codeOf(release(held?.id as string))).toBe("double-payment");

    // Choosing the other: the first is held, and its slot passes over with the release of the second.
    const bread = (await toys.linesOf(roster.id, { item: "bread" }))[0];
    await toys.run(toys.staff.clerk, (tx, e) =>
      e.hold(tx, roster.id, bread?.id as string, { reason: "改发热汤" }),
    );
    expect((await release(held?.id as string)).state).toBe("ready");
    expect((await toys.linesOf(roster.id, { item: "bread" }))[0]).toMatchObject({
      state: "held",
      flags: [{ rule: "double", reason: "当月改由“热汤”（领款人 双）列入发放", answer: null }],
    });
    expect(await codeOf(release(bread?.id as string))).toBe("double-payment");
    await toys.run(toys.staff.clerk, (tx, e) => e.discard(tx, roster.id, { reason: "试" }));
  });

  test("the database refuses a second slot to whoever tries, and gives one up only with a held or discarded line", async () => {
    const roster = await toys.generate("2024-10");
    const [line] = await toys.linesOf(roster.id, { item: "bread", state: "ready" });
    const other = (await toys.linesOf(roster.id, { item: "tea" }))[0];
    const raw = (sql: string, values: unknown[]) =>
      codeOf(toys.data.db.transact(toys.staff.clerk, (tx) => tx.exec(sql, values)));
    expect(
      await raw(
        `insert into payment_slot (county_code, line_id, person_id, person_digest, exclusivity_group, month, entitlement_id, taken_at)
         select county_code, $2, person_id, person_digest, exclusivity_group, month, entitlement_id, now()
         from payment_slot where line_id = $1 and released_at is null`,
        [line?.id, other?.id],
      ),
    ).toBe("23505");
    expect(await raw("update payment_slot set released_at = now() where line_id = $1", [line?.id])).toBe(
      "WX103",
    );
    expect(await raw("delete from payment_slot where line_id = $1", [line?.id])).toBe("42501");
    expect(await raw("delete from roster_line where id = $1", [line?.id])).toBe("42501");
    expect(await raw("update roster_line set amount_fen = 1 where id = $1", [line?.id])).toBe("42501");
    await toys.run(toys.staff.clerk, (tx, e) => e.discard(tx, roster.id, { reason: "试" }));
  });

  test("one person in two counties draws once, and the second county learns no more than that", async () => {
    const here = await toys.person("两地");
    await toys.award([here], { item: "soup", fromMonth: "2024-10" });
    const there = await toys.person("两地", { county: "441521", idNo: here.idNo });
    await toys.award([there], { item: "bread", county: "441521", fromMonth: "2024-10" });
    const roster = await toys.generate("2024-10");
    const clerk = actor("county", "海科员", "441521");
    const second = actor("county", "丰科员", "441521");
    const id = newId();
    const far = await toys.run(clerk, (tx, p) => p.generate(tx, { id, month: "2024-10" }));
    expect(far).toMatchObject({ lines: 1, held: 1 });
    const [line] = (await toys.run(clerk, (tx, p) => p.listLines(tx, far.id))).rows;
    expect(line?.flags.map((f) => f.reason)).toEqual([
      "两地 当月的“吃饭”类待遇已在其他县（市、区）列入发放，请与对方核实",
    ]);
    const release = () =>
      toys.run(second, (tx, p) => p.release(tx, far.id, line?.id as string, { reason: "已核实" }));
    expect(await codeOf(release())).toBe("double-payment");
    // When the first county gives it up, the second may pay.
    await toys.run(toys.staff.clerk, (tx, p) => p.discard(tx, roster.id, { reason: "试" }));
    expect((await release()).state).toBe("ready");
  });
});

describe("flags", () => {
  let toys: typeof toy;
  beforeAll(async () => {
    toys = await openToyCounty();
  });
  afterAll(() => toys.close());

  test("every rule finds what it is for; blocked lines are held", async () => {
    const p = {
      dead: await toys.person("亡"),
      rich: await toys.person("多"),
      poor: await toys.person("无", { account: null }),
      sharedA: await toys.person("共一", { account: "6217001" }),
      sharedB: await toys.person("共二", { account: "6217001" }),
      other: await toys.person("代"),
      kin: await toys.person("亲"),
      late: await toys.person("迟"),
      stop: await toys.person("停"),
      jump: await toys.person("跳"),
      child: await toys.person("童"),
    };
    const of: Record<string, string> = {};
    for (const [key, person] of Object.entries(p))
      if (key !== "child")
        of[key] = await toys.award(key === "other" ? [person, p.child] : [person], {
          amountFen: key === "rich" ? 100_001 : 20_000,
          decidedOn: key === "late" ? "2023-08-01" : "2024-08-20",
        });
    const september = await toys.generate("2024-09");
    expect(september.held).toBe(2); // rich, poor
    const sql = (text: string, values: unknown[]) => toys.data.owner(text, values);
    await sql("update person set died_on = '2024-09-30', death_source = '村报' where id = $1", [p.dead.id]);
    await toys.data.db.transact(toys.staff.clerk, (tx) =>
      toys.setAccount(tx, p.other, "6217999", TOWN, "别人"),
    );
    await sql("delete from entitlement_person where entitlement_id = $1 and person_id = $2", [
      of.other,
      p.other.id,
    ]);
    await sql(
      `insert into relative_filing (county_code, id, division_code, case_id, case_number, applicant_id, staff_name, unit, relation, filed_on, recorded_at)
       select '430621', $2, division_code, case_id, 'x', applicant_id, '钱主任', '甲村', '兄弟', '2024-08-01', now() from entitlement where id = $1`,
      [of.kin, newId()],
    );
    await toys.data.db.transact({ ...toys.staff.township }, (tx) =>
      toys.engines("2024-10-02").entitlements.recordReview(tx, of.stop as string, {
        id: newId(),
        result: "stop",
        method: "home-visit",
        on: "2024-10-01",
        note: "已外迁",
      }),
    );
    await sql(
      `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
       values ('430621', $1, 2, '2024-10', 30001, 1, '提标', now())`,
      [of.jump],
    );
    const roster = await toys.generate("2024-10");
    const found = (await toys.linesOf(roster.id)).flatMap((l) =>
      l.flags.map((f) => `${l.payee} ${f.severity} ${f.rule}：${f.reason} [${l.state}]`),
    );
    expect(found.sort()).toEqual(
      [
        "亡 block dead：亡（2024-09-30 死亡） 死亡后仍列入 2024-10 名册 [held]",
        "多 block over-standard：每人每月 1000.01 元，超出上限 1000.00 元 [held]",
        "无 block no-account：领款人没有登记收款账户 [held]",
        "共一 warn shared-account：该账户同时收 2 人的款 [ready]",
        "共二 warn shared-account：该账户同时收 2 人的款 [ready]",
        "代 warn holder-differs：领款人 代，账户户名 别人 [ready]",
        "代 warn payee-not-covered：领款人 代 不在当月保障对象中 [ready]",
        "亲 warn relative：与 甲村 钱主任 是兄弟关系 [ready]",
        "迟 warn review-overdue：年度核查应于 2024-08-01 前完成 [ready]",
        "停 block review-stop：2024-10-01 复核建议停发，尚未作出决定 [held]",
        "跳 warn jump：上月 200.00 元，本月 300.01 元 [ready]",
      ].sort(),
    );
    expect(roster.flags.find((f) => f.rule === "over-standard")).toMatchObject({
      severity: "block",
      count: 1,
      open: 1,
    });
    expect(roster.totalFen).toBe(20_000 * 8 + 100_001 + 30_001);
  });

  test("a county moves a limit from a month on, switches a rule off and says it in its own words; a tier that changed is told", async () => {
    const toys2 = await openToyCounty();
    toys2.ownFlags(`rules:
      - { rule: jump, since: 2024-10-01, limits: { percent: 10 }, level: block, reason: "从 {上月} 变到 {本月}", article: 甲县〔2024〕1号 }
      - { rule: shared-account, since: 2024-10-01, on: false, article: 甲县〔2024〕1号 }`);
    const [a, b] = [
      await toys2.person("甲", { account: "6217002" }),
      await toys2.person("乙", { account: "6217002" }),
    ];
    const first = await toys2.award([a], { amountFen: 20_000 });
    await toys2.award([b], { item: "tea", amountFen: 10_000 });
    const taste = (value: string, at: string) =>
      toys2.data.owner(
        `insert into fact (county_code, id, subject_kind, subject_id, name, value, source, source_rank, valid_from, recorded_at, recorded_by_name)
         values ('430621', $1, 'person', $2, '口味', to_jsonb($3::text), 'form', 10, '2024-08-01', $4, '周科员')`,
        [newId(), b.id, value, at],
      );
    await taste("浓", "2024-08-01");
    const september = await toys2.generate("2024-09");
    expect(september.flags.map((f) => [f.rule, f.count])).toEqual([["shared-account", 2]]);
    await taste("淡", "2024-10-20");
    await toys2.data.owner(
      `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
       values ('430621', $1, 2, '2024-10', 22001, 1, '提标', now())`,
      [first],
    );
    const october = await toys2.generate("2024-10");
    const flags = (await toys2.linesOf(october.id)).flatMap((l) =>
      l.flags.map((f) => `${f.rule} ${l.state} ${f.reason}`),
    );
    expect(flags.sort()).toEqual([
      "jump held 从 200.00 变到 220.01",
      "tier-mismatch ready 口味登记为“淡”，待遇按“浓”发放",
    ]);
    await toys2.close();
  });

  test("a release needs a reason, another person than the maker, and what must be mended to be mended", async () => {
    const roster = (await toys.run(toys.staff.clerk, (tx, p) => p.list(tx))).rows[0];
    const id = roster?.id as string;
    const lineOf = async (payee: string) => (await toys.linesOf(id, { q: payee }))[0]?.id as string;
    const release = async (payee: string, who = toys.staff.second) => {
      const lineId = await lineOf(payee);
      return toys.run(who, (tx, p) => p.release(tx, id, lineId, { reason: "已逐一核实" }));
    };
    expect(await codeOf(release("多", toys.staff.clerk))).toBe("same-signer");
    // So it is not offered to him, and he is told why; to another it is.
    expect(await toys.pageOf(id)).toMatchObject({
      ...{ can: { hold: true, release: false }, whyNotRelease: expect.stringContaining("另一人放行") },
    });
    expect(await toys.pageOf(id, toys.staff.second)).toMatchObject({
      can: { release: true },
      whyNotRelease: null,
    });
    expect(await codeOf(release("多", toys.staff.finance))).toBe("forbidden");
    expect(await release("多")).toMatchObject({
      state: "ready",
      flags: [{ rule: "over-standard", answer: "已逐一核实" }],
    });
    await expect(release("亡")).rejects.toThrow("死亡次月起不得发放");
    await expect(release("无")).rejects.toThrow("请先为领款人登记收款账户");
    const { id: poor } = (
      await toys.data.owner<{ id: string }>("select id from person where name = '无'")
    )[0] as { id: string };
    // Into an account that two others of this roster are paid into, one of whom has changed his since.
    const { id: second } = (
      await toys.data.owner<{ id: string }>("select id from person where name = '共二'")
    )[0] as { id: string };
    await toys.data.db.transact(toys.staff.clerk, async (tx) => {
      await toys.setAccount(tx, { id: second, name: "共二", idNo: "" }, "62178888");
      await toys.setAccount(tx, { id: poor, name: "无", idNo: "" }, "6217001");
    });
    expect(await release("无")).toMatchObject({
      ...{ state: "ready", accountMasked: "****7001" },
      flags: [{ rule: "no-account" }, { rule: "shared-account", reason: "该账户同时收 3 人的款" }],
    });
    expect(await codeOf(release("无"))).toBe("action-not-allowed");
  });

  test("a death heard while the roster is open holds the line; after a signature it stops the next one", async () => {
    const roster = (await toys.run(toys.staff.clerk, (tx, p) => p.list(tx))).rows[0];
    const id = roster?.id as string;
    const dies = async (name: string, on: string) => {
      const [row] = await toys.data.owner<{ id: string }>(
        "update person set died_on = $2, death_source = '村报' where name = $1 returning id",
        [name, on],
      );
      await toys.run(toys.staff.clerk, (tx, p) => p.onDeath(tx, { personId: row?.id as string }));
    };
    const before = await toys.pageOf(id);
    await dies("共一", "2024-09-29");
    expect((await toys.linesOf(id, { q: "共一" }))[0]?.state).toBe("held");
    const after = await toys.pageOf(id);
    expect(after.digest).not.toBe(before.digest);
    expect(
      await codeOf(
        toys.run(toys.staff.clerk, (tx, p) => p.sign(tx, id, { step: "maker", digest: before.digest })),
      ),
    ).toBe("roster-changed");
    await toys.run(toys.staff.clerk, (tx, p) => p.sign(tx, id, { step: "maker", digest: after.digest }));
    await dies("共二", "2024-09-29");
    const sign = toys.run(toys.staff.second, (tx, p) =>
      p.sign(tx, id, { step: "checker", digest: after.digest }),
    );
    await expect(sign).rejects.toMatchObject({ code: "flags-open" });
    expect((await toys.pageOf(id, toys.staff.second)).signatures[1]).toMatchObject({
      canSign: false,
      why: expect.stringContaining("签字后又发现 1 笔"),
    });
  });
});

describe("three signatures", () => {
  test("by three different people, in order, over what they saw; then nothing changes", async () => {
    const toys = await openToyCounty();
    try {
      await toys.award([await toys.person("甲")], { fromMonth: "2024-10" });
      await toys.award([await toys.person("乙")], { fromMonth: "2024-10" });
      const { id, digest } = await toys.generate("2024-10");
      const { clerk, second, leader, finance } = toys.staff;
      const sign = (who: typeof clerk, step: "maker" | "checker" | "approver", d = digest) =>
        toys.run(who, (tx, p) => p.sign(tx, id, { step, digest: d }));
      expect(await codeOf(sign(second, "checker"))).toBe("action-not-allowed");
      expect(await codeOf(sign(leader, "maker"))).toBe("forbidden");
      expect(await codeOf(sign(clerk, "maker", "0".repeat(64)))).toBe("roster-changed");
      expect((await sign(clerk, "maker")).state).toBe("made");
      expect((await sign(clerk, "maker")).state).toBe("made"); // the same request again
      expect(await codeOf(sign(clerk, "checker"))).toBe("same-signer");
      const [line] = await toys.linesOf(id);
      const lineId = line?.id as string;
      expect(await codeOf(toys.run(clerk, (tx, p) => p.hold(tx, id, lineId, { reason: "想改" })))).toBe(
        "action-not-allowed",
      );
      expect((await sign(leader, "checker")).state).toBe("checked");
      expect(await codeOf(sign(leader, "approver"))).toBe("same-signer");
      expect(
        await codeOf(toys.run(finance, (tx, p) => p.exportBankFile(tx, id, { id: newId(), format: "csv" }))),
      ).toBe("action-not-allowed");
      const deputy = actor("leader", "副局长");
      expect((await sign(deputy, "approver")).signatures.map((s) => s.by)).toEqual([
        "周科员",
        "郑局长",
        "副局长",
      ]);

      // The database holds against the application itself.
      const raw = (sql: string) => codeOf(toys.data.db.transact(clerk, (tx) => tx.exec(sql)));
      expect(await raw("update roster_line set included = false where state = 'ready'")).toBe("WX102");
      expect(await raw("update roster_line set holder_name = '别人'")).toBe("WX102");
      expect(await raw("update roster set total_fen = 1")).toBe("WX102");
      expect(await raw("update roster set state = 'closed'")).toBe("WX101");
      expect(await raw("delete from roster_signature")).toBe("42501");
      // Whoever tampers as superuser is found out before the money goes.
      await toys.data.owner("alter table roster_line disable trigger roster_line_guard");
      await toys.data.owner("update roster_line set holder_name = '别人' where id = $1", [lineId]);
      expect(
        await codeOf(toys.run(finance, (tx, p) => p.exportBankFile(tx, id, { id: newId(), format: "csv" }))),
      ).toBe("roster-changed");
    } finally {
      await toys.close();
    }
  });

  test("the same account cannot sign twice even past the service", async () => {
    const toys = await openToyCounty();
    try {
      await toys.award([await toys.person("甲")], { fromMonth: "2024-10" });
      const { id, digest } = await toys.generate("2024-10");
      const { clerk } = toys.staff;
      await toys.run(clerk, (tx, p) => p.sign(tx, id, { step: "maker", digest }));
      const raw = toys.data.db.transact(clerk, (tx) =>
        tx.exec(
          `insert into roster_signature (county_code, roster_id, step, account_id, name, digest, signed_at)
           values (app_county(), $1, 'checker', app_account(), 'x', $2, now())`,
          [id, digest],
        ),
      );
      await expect(raw).rejects.toMatchObject({ code: "23505", constraint: "roster_signature_person_once" });
    } finally {
      await toys.close();
    }
  });
});

describe("who sees", () => {
  test("a township sees its lines by SQL, no slot, flag or event; another county sees nothing", async () => {
    const toys = await openToyCounty();
    try {
      await toys.award([await toys.person("甲")], { fromMonth: "2024-10" });
      const { id } = await toys.generate("2024-10");
      await toys.signAll(id);
      await toys.send(id);
      const count = (who: typeof toys.staff.clerk) =>
        toys.data.db.read(who, async (tx) => {
          const n: number[] = [];
          for (const t of [
            "roster",
            "roster_line",
            "payment_slot",
            "roster_signature",
            "bank_file",
            "payment_event",
          ])
            n.push((await tx.one<{ n: number }>(`select count(*)::int as n from ${t}`)).n);
          return n;
        });
      expect(await count(toys.staff.clerk)).toEqual([1, 1, 1, 3, 1, 1]);
      expect(await count(toys.staff.township)).toEqual([1, 1, 0, 0, 0, 0]);
      expect(await count({ ...toys.staff.township, scope: "430621102" })).toEqual([1, 0, 0, 0, 0, 0]);
      expect(await count(actor("county", "外县", "441521"))).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await codeOf(toys.run(actor("county", "外县", "441521"), (tx, p) => p.page(tx, id)))).toBe(
        "not-found",
      );
    } finally {
      await toys.close();
    }
  });
});
