/** The main job: an application for 低保 becomes money on the account. 岳阳县 in the spring of 2024, 700 元 a month in town. */
import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import {
  alone,
  FINISHED,
  family,
  MARCH,
  monthRoster,
  type Office,
  OPINION,
  openOffice,
  PNG,
  paidOn,
} from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

describe("陈建国一家三口申请低保，直到钱到账", () => {
  const members = family("陈建国", 100_000);
  const [father, mother] = members.map((m) => m.name);
  let phone: Awaited<ReturnType<Office["resident"]>>;
  let caseId: string;
  let neighbour: string;
  let rosterId: string;
  let reissueId: string;

  test("他用手机提交申请，没有收入证明，也没有签告知承诺", async () => {
    phone = await o.resident(members[0]!.name, members[0]!.idNo, "13907300001");
    h.clock.set("2024-03-04");
    caseId = await o.submit(phone, o.form(members, { channel: "resident", commitments: [] }));
    const page = await o.page(phone, caseId);
    expect(page).toMatchObject({
      number: "岳阳县低保申〔2024〕1号",
      stateLabel: "待受理",
      channel: "resident",
      submittedOn: "2024-03-04",
      assessment: null,
    });
    expect(page.members.map((m) => m.name)).toEqual([father, mother, "陈小宝"]);
    expect(page.materials.filter((m) => m.missing).map((m) => m.title)).toEqual(["收入证明或工资流水"]);
  });

  test("材料不齐不能受理，只能一次性告知", async () => {
    h.clock.set("2024-03-05");
    await expect(o.act("zhen", caseId, "accept")).rejects.toThrow("必需材料还没有交齐");
    const page = await o.act("zhen", caseId, "ask_supplement", {
      missing: "近三个月的工资流水",
      by: "2024-03-20",
    });
    expect(page.stateLabel).toBe("待补正");
    const notice = page.documents.find((d) => d.code === "supplement-notice");
    expect(notice?.number).toBe("岳阳县低保补〔2024〕1号");
    const printed = await o.as("zhen", (tx) => h.house.documents.get(tx, notice?.id ?? ""));
    expect(printed.paragraphs.join("")).toContain("近三个月的工资流水");
    expect(printed.paragraphs.join("")).toContain("2024年3月20日");
  });

  test("他拍照补上，乡镇受理；同样的缺项不能再告知第二次", async () => {
    h.clock.set("2024-03-07");
    const fileId = newId();
    await o.as(phone, (tx) =>
      h.house.documents.saveFile(tx, { id: fileId, name: "工资流水.png", bytes: PNG }),
    );
    const given = await o.act(phone, caseId, "supplement", { attachments: [fileId], note: "已补工资流水" });
    expect(given.stateLabel).toBe("待受理");
    h.clock.set("2024-03-08");
    await expect(
      o.act("zhen", caseId, "ask_supplement", { missing: "还要户口簿", by: "2024-03-20" }),
    ).rejects.toThrow("一次告知");
    const page = await o.act("zhen", caseId, "accept");
    expect(page.stateLabel).toBe("调查核对");
    // 30 working days after 8 March, across 清明 (4 and 5 April off, Sunday the 7th worked).
    expect(page.clocks.find((c) => c.key === "total")).toMatchObject({
      limit: 30,
      dueOn: "2024-04-22",
      left: 30,
      light: "green",
    });
    expect(page.clocks.find((c) => c.key === "startInvestigation")?.dueOn).toBe("2024-03-13");
  });

  test("两人入户，工资比申报多 200 元；照实登记", async () => {
    h.clock.set("2024-03-12");
    const before = await o.page("zhen", caseId);
    const survey = before.actions.find((a) => a.id === "survey");
    const wage = survey?.fields.find((f) => f.group === father && f.fact === "工资性收入");
    expect(wage?.initial).toBe(100_000);
    await expect(
      o.act("zhen", caseId, "survey", o.survey("2024-03-12", { investigators: [o.ref("zhen")] })),
    ).rejects.toThrow("至少要 2 人");
    const page = await o.act(
      "zhen",
      caseId,
      "survey",
      o.survey("2024-03-12", { [wage?.name ?? ""]: 120_000 }),
    );
    const fact = page.facts.find((f) => f.fact === "工资性收入" && f.subject === father);
    expect(fact).toMatchObject({ value: 120_000, source: "入户调查", date: "2024-03-12" });
    expect(fact?.others.map((x) => x.source)).toEqual(["本人申报"]);
    expect(page.clocks.find((c) => c.key === "startInvestigation")).toMatchObject({
      stoppedOn: "2024-03-12",
      light: "done",
    });
  });

  test("先授权后核对，核对结果与入户一致；没有核对结果不能提意见", async () => {
    const asked = await o.act("zhen", caseId, "request_verification", { scope: ["户籍", "银行存款"] });
    expect(asked.verifications).toMatchObject([{ number: "岳阳县核对〔2024〕1号", answeredOn: null }]);
    await expect(o.act("zhen", caseId, "opinion", OPINION)).rejects.toThrow("核对");
    h.clock.set("2024-03-14");
    const wage = asked.members[0]?.personId;
    const page = await o.act("xian", caseId, "answer_verification", {
      reportNumber: "岳核2024-0314",
      on: "2024-03-14",
      validUntil: "2024-09-14",
      summary: "工资流水与入户一致，无车无企业。",
      [`member.${wage}.wage`]: 120_000,
    });
    expect(page.verifications).toMatchObject([
      { answeredOn: "2024-03-14", reportNumber: "岳核2024-0314", validUntil: "2024-09-14" },
    ]);
  });

  test("初审意见公示七天，只有依法可以公示的栏目", async () => {
    h.clock.set("2024-03-15");
    const page = await o.act("zhen", caseId, "opinion", OPINION);
    expect(page.stateLabel).toBe("公示中");
    expect(page.publicity).toMatchObject([
      { fromDate: "2024-03-15", toDate: "2024-03-22", takenDown: false },
    ]);
    const visitor = { actor: { ...systemActor(o.county), name: "公众" } };
    const [notice] = await o.as(visitor, (tx) => h.house.cases.publicityList(tx));
    expect(notice?.rows).toEqual([
      { label: "申请人", text: "陈建国" },
      { label: "家庭人数", text: "3 人" },
      { label: "村（社区）", text: h.house.counties.divisionName(o.county, o.village) },
      { label: "初审意见", text: "拟同意" },
    ]);
    h.clock.set("2024-03-22");
    await expect(o.act("zhen", caseId, "finish_publicity", FINISHED)).rejects.toThrow("公示还没有满 7 天");
    h.clock.set("2024-03-23");
    expect(await o.as(visitor, (tx) => h.house.cases.publicityList(tx))).toEqual([]);
  });

  test("县里确认：每月 1,040.00 元，从 4 月起发，发出通知书", async () => {
    h.clock.set("2024-03-25");
    const review = await o.act("zhen", caseId, "finish_publicity", FINISHED);
    expect(review.stateLabel).toBe("待确认");
    expect(review.clocks.find((c) => c.key === "countyDecision")).toMatchObject({
      limit: 10,
      dueOn: "2024-04-09",
    });
    expect(review.assessment).toMatchObject({ eligible: true, amountFen: 104_000, persons: 3 });
    h.clock.set("2024-03-26");
    await expect(o.act("zhen", caseId, "confirm")).rejects.toThrow("由县级股室经办办理");
    const page = await o.act("xian", caseId, "confirm");
    expect(page.stateLabel).toBe("在享");
    expect(page.decisions).toMatchObject([
      {
        label: "确认",
        amountFen: 104_000,
        fromMonth: "2024-04",
        decidedOn: "2024-03-26",
        decidedBy: "王建华（县级经办）",
      },
    ]);
    const notice = page.documents.find((d) => d.code === "award-notice");
    const printed = await o.as(phone, (tx) => h.house.documents.get(tx, notice?.id ?? ""));
    const text = printed.paragraphs.join("");
    expect(text).toContain("每月保障金 1,040.00 元（大写：壹仟零肆拾元整）");
    expect(text).toContain("2024年4月起");
    expect(text).toContain("岳阳县人民政府申请行政复议");
    const own = await o.page(phone, caseId);
    expect(own.decisions[0]?.explanation.highlights.map((x) => x.label)).toContain("家庭月人均收入");
  });

  test("待遇从 4 月起，有劳动能力的半年后复核", async () => {
    const { entitlementId } = await o.page("xian", caseId);
    const e = await o.as("zhen", (tx) => h.house.entitlements.page(tx, entitlementId ?? ""));
    expect(e).toMatchObject({
      fromMonth: "2024-04",
      endMonth: null,
      amountFen: 104_000,
      persons: 3,
      reviewClass: "C",
      reviewDueOn: "2024-09-26",
      payee: "陈建国",
    });
    expect(e.covered.map((c) => c.name).sort()).toEqual(members.map((m) => m.name).sort());
  });

  test("4 月名册：两户两笔，三个不同的人签字", async () => {
    neighbour = await o.award(alone("孙桂香", "1950-05-05", { pension: 20_000 }), MARCH);
    h.clock.set("2024-04-08");
    await expect(
      o.as("zhen", (tx) => h.house.payments.generate(tx, { id: newId(), month: "2024-04" })),
    ).rejects.toThrow("由县级经办人员办理");
    const made = await monthRoster(o, "2024-04");
    rosterId = made.id;
    // 700 − 200 + 140 for those over seventy = 640.
    expect(made.page).toMatchObject({ lines: 2, persons: 4, totalFen: 104_000 + 64_000, held: 0 });
    expect(made.page.changes.filter((c) => c.count > 0)).toMatchObject([{ change: "new", count: 2 }]);
    await expect(monthRoster(o, "2024-04")).rejects.toThrow("已经生成，不能重复生成");
    const sign = (who: "xian" | "fuhe" | "shenpi", step: "maker" | "checker" | "approver") =>
      o.as(who, async (tx) => {
        const { digest } = await h.house.payments.page(tx, rosterId);
        return h.house.payments.sign(tx, rosterId, { step, digest });
      });
    await sign("xian", "maker");
    await expect(sign("xian", "checker")).rejects.toThrow("三个不同的人");
    await expect(sign("shenpi", "approver")).rejects.toThrow("还没有轮到");
    await sign("fuhe", "checker");
    await expect(
      o.as("caiwu", (tx) => h.house.payments.exportBankFile(tx, rosterId, { id: newId(), format: "csv" })),
    ).rejects.toThrow("三人签字后才能生成银行文件");
    expect((await sign("shenpi", "approver")).stateLabel).toBe("待报送银行");
  });

  test("银行退回一笔：账号与户名不符；同一个回盘再装一次什么也不变", async () => {
    h.clock.set("2024-04-09");
    const bytes = await o.bankAnswers(rosterId, (payee) =>
      payee === "陈建国" ? { outcome: "failed", failReason: "账号与户名不符" } : paidOn("2024-04-09"),
    );
    h.clock.set("2024-04-10");
    const load = () =>
      o.as("caiwu", (tx) =>
        h.house.payments.loadReturn(tx, rosterId, { id: newId(), fileName: "回盘.csv", bytes }),
      );
    expect(await load()).toMatchObject({ alreadyLoaded: false, paid: 1, failed: 1, unknown: 0 });
    const events = "select count(*)::int as n from payment_event";
    const [before] = await h.t.owner<{ n: number }>(events);
    expect(await load()).toMatchObject({ alreadyLoaded: true, paid: 1, failed: 1 });
    expect(await h.t.owner(events)).toEqual([before]);
    const page = await o.as("xian", (tx) => h.house.payments.page(tx, rosterId));
    expect(page.reconciliation).toMatchObject({ paidFen: 64_000, failedFen: 104_000, agrees: true });
    const failures = await o.as("zhen", (tx) => h.house.payments.failures(tx));
    expect(failures).toMatchObject([
      { payee: "陈建国", amountFen: 104_000, reason: "账号与户名不符", reissued: false },
    ]);
  });

  test("更正账户，补发名册再签三次字，钱到账；名册办结", async () => {
    const person = (await o.page("zhen", caseId)).applicant.personId;
    h.clock.set("2024-04-11");
    await o.as("zhen", (tx) =>
      h.house.registry.setBankAccount(tx, {
        id: newId(),
        personId: person,
        bankName: "农村商业银行",
        accountNo: "6217990000000000017",
        holderName: "陈建国",
        reason: "原账号录错一位",
      }),
    );
    expect(await o.as("zhen", (tx) => h.house.payments.failures(tx))).toMatchObject([
      { accountChangedSince: true },
    ]);
    reissueId = newId();
    const reissue = await o.as("xian", (tx) => h.house.payments.reissue(tx, rosterId, { id: reissueId }));
    expect(reissue).toMatchObject({ kind: "reissue", lines: 1, totalFen: 104_000 });
    await o.signAll(reissueId);
    h.clock.set("2024-04-12");
    const bytes = await o.bankAnswers(reissueId, () => paidOn("2024-04-12"));
    await o.as("caiwu", (tx) =>
      h.house.payments.loadReturn(tx, reissueId, { id: newId(), fileName: "补发回盘.csv", bytes }),
    );
    for (const id of [rosterId, reissueId]) {
      const page = await o.as("xian", (tx) => h.house.payments.page(tx, id));
      expect(page).toMatchObject({ stateLabel: "已办结", reconciliation: { agrees: true } });
    }
    const { entitlementId } = await o.page("xian", caseId);
    const months = await o.as("zhen", (tx) => h.house.payments.months(tx, [entitlementId ?? ""]));
    expect(months).toMatchObject([
      {
        month: "2024-04",
        cells: expect.arrayContaining([
          { itemTitle: expect.any(String), amountFen: 104_000, result: "补发成功" },
        ]),
      },
    ]);
  });

  test("没有人在 4 月被发两次；5 月照常一人一笔", async () => {
    const paid = await h.t.owner(
      `select l.payee_name as name, e.month, sum(e.amount_fen)::int as fen, count(*)::int as n from payment_event e
       join roster_line l on l.county_code = e.county_code and l.id = e.line_id where e.kind = 'paid' group by 1, 2 order by 1`,
    );
    expect(paid).toEqual(
      expect.arrayContaining([
        { name: "陈建国", month: "2024-04", fen: 104_000, n: 1 },
        { name: "孙桂香", month: "2024-04", fen: 64_000, n: 1 },
      ]),
    );
    expect(paid).toHaveLength(2);
    h.clock.set("2024-05-08");
    const may = await monthRoster(o, "2024-05");
    expect(may.page).toMatchObject({ lines: 2, totalFen: 168_000, previousTotalFen: 168_000 });
    expect(may.page.changes.filter((c) => c.count > 0)).toMatchObject([{ change: "same", count: 2 }]);
    expect((await o.page("xian", neighbour)).stateLabel).toBe("在享");
  });

  test("从头到尾每一步都在审计里，链条完整，决定能照原样重放", async () => {
    await h.house.audit.seal(h.house.db, o.county);
    const chains = await h.house.audit.verify(h.house.db, o.county);
    expect(chains.map((c) => [c.name, c.ok])).toEqual([
      ["audit", true],
      ["payments", true],
      ["funds", true],
    ]);
    const trail = await o.as("shenji", (tx) =>
      h.house.audit.list(tx, { page: 1, size: 100, objectId: caseId }),
    );
    const labels = new Set(trail.rows.map((r) => r.actionLabel));
    for (const label of ["提交申请", "办理一步", "查看办件"]) expect(labels).toContain(label);
    const { decisions } = await o.page("xian", caseId);
    const again = await o.as("xian", (tx) => h.house.cases.replay(tx, decisions[0]?.id ?? ""));
    expect(again.same).toBe(true);
  });
});
