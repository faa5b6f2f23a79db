/** What follows an award: a death, a job, a look at the means, an end (57号第三十至三十三条; 2022 年兜底保障通知一、五). */
import { type Month, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, MARCH, monthRoster, type Office, openOffice, PNG, paidOn } from "./office.ts";

let h: TestHouse;
let o: Office;
let lone: string; // 一位老人
let mourning: string; // 将有人去世的一家
let working: string; // 将找到工作的一家
let rich: string; // 将不再符合的一家
let steady: string; // 没有变化的一家
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  lone = await o.award(alone("邹爱莲", "1948-01-01"), MARCH);
  mourning = await o.award(family("熊世昌", 120_000), MARCH);
  working = await o.award(family("白和平", 120_000), MARCH);
  rich = await o.award(family("江水根", 120_000), MARCH);
  steady = await o.award(family("段友生", 120_000), MARCH);
});
afterAll(() => h.close());

const benefit = async (caseId: string) => {
  const { entitlementId } = await o.page("xian", caseId);
  return o.as("zhen", (tx) => h.house.entitlements.page(tx, entitlementId ?? ""));
};
/** One month: made, signed, paid. */
async function pay(month: string) {
  h.clock.set(`${month}-08`);
  const { id } = await monthRoster(o, month);
  await o.signAll(id);
  const bytes = await o.bankAnswers(id, () => paidOn(`${month}-08`));
  await o.as("caiwu", (tx) =>
    h.house.payments.loadReturn(tx, id, { id: newId(), fileName: "回盘.csv", bytes }),
  );
  const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { size: 200 }));
  return Object.fromEntries(rows.map((r) => [r.payee, `${r.change} ${r.amountFen} ${r.stateLabel}`]));
}
async function recheck(caseId: string, on: string, suggest: string, facts: Record<string, number> = {}) {
  h.clock.set(on);
  await o.act("zhen", caseId, "recheck_survey", o.survey(on, facts));
  return o.act("zhen", caseId, "recheck_opinion", { suggest, reason: "按复核入户所见提出意见。" });
}

describe("批准以后", () => {
  test("4 月五户照发", async () => {
    expect(await pay("2024-04")).toEqual({
      邹爱莲: "new 84000 已发放",
      熊世昌: "new 104000 已发放",
      白和平: "new 104000 已发放",
      江水根: "new 104000 已发放",
      段友生: "new 104000 已发放",
    });
  });

  test("独居老人去世：当月照发，次月起停发；登记晚了，多发的金额算得出来", async () => {
    const personId = (await o.page("zhen", lone)).applicant.personId;
    expect((await pay("2024-05")).邹爱莲).toBe("same 84000 已发放");
    h.clock.set("2024-05-20");
    const register = (diedOn: string) =>
      o.as("cun", async (tx) => {
        await h.house.registry.recordDeath(tx, personId, diedOn, "村里报告、火化证明");
        return h.house.entitlements.onDeath(tx, { personId, diedOn });
      });
    await expect(register("2024-06-01")).rejects.toMatchObject({ code: "invalid-input", field: "diedOn" });
    // She died in April; May was paid before anybody reported it.
    expect(await register("2024-04-28")).toMatchObject({
      stopped: [{ itemTitle: "最低生活保障", lastMonth: "2024-04" }],
      overpaidFen: 84_000,
    });
    expect(await benefit(lone)).toMatchObject({ endMonth: "2024-04", state: "ended" });
    expect(await register("2024-04-28")).toMatchObject({ overpaidFen: 84_000 });
    await expect(register("2024-04-27")).rejects.toMatchObject({ code: "already-exists" });
    // The money ended by itself; the case by a person, in one step, and gives no month back.
    const closed = await o.act("xian", lone, "close_after_death");
    expect(closed).toMatchObject({ state: "stopped" });
    expect(await benefit(lone)).toMatchObject({ endMonth: "2024-04", state: "ended" });
  });

  test("家里一个人去世：不取消全家，三个月内复核；复核期间照常发放", async () => {
    const page = await o.page("zhen", mourning);
    const mother = page.members[1]?.personId ?? "";
    h.clock.set("2024-05-13");
    const reported = await o.act("zhen", mourning, "report_death", {
      personId: mother,
      diedOn: "2024-05-10",
      source: "村（社区）报告",
    });
    expect(reported.stateLabel).toBe("复核中");
    expect(reported.members[1]?.diedOn).toBe("2024-05-10");
    expect(reported.clocks.find((c) => c.key === "deathRecheck")).toMatchObject({
      unit: "months",
      dueOn: "2024-08-13",
      left: 3,
    });
    const e = await benefit(mourning);
    expect(e).toMatchObject({ endMonth: null, amountFen: 104_000 });
    expect(e.reviews.find((r) => r.kind === "death")).toMatchObject({ dueOn: "2024-08-10", doneOn: null });
  });

  test("复核后按两个人调整，下个月起发新的金额", async () => {
    const waiting = await recheck(mourning, "2024-05-15", "减发");
    // Two people: 1,400 − 1,200 and 140 for the child.
    expect(waiting).toMatchObject({ stateLabel: "复核待定", assessment: { amountFen: 34_000, persons: 2 } });
    await expect(o.act("zhen", mourning, "adjust", { reason: "本人提的意见" })).rejects.toThrow(
      "由县级股室经办办理",
    );
    const page = await o.act("xian", mourning, "adjust", {
      reason: "家庭人口减少一人，按现有人口重新计算。",
    });
    expect(page.stateLabel).toBe("在享");
    expect(page.decisions[0]).toMatchObject({ label: "调整", amountFen: 34_000, fromMonth: "2024-06" });
    expect(page.clocks.find((c) => c.key === "deathRecheck")?.stoppedOn).toBe("2024-05-15");
    const e = await benefit(mourning);
    expect(e.amounts.map((a) => [a.fromMonth, a.amountFen])).toEqual(
      expect.arrayContaining([
        ["2024-04", 104_000],
        ["2024-06", 34_000],
      ]),
    );
  });

  test("找到工作、收入超过标准：渐退最长六个月，照原来的钱发", async () => {
    h.clock.set("2024-05-16");
    await o.act("zhen", working, "report_change", {
      kind: "就业",
      on: "2024-05-06",
      detail: "到县里电子厂上班，签了一年合同。",
    });
    const father = (await o.page("zhen", working)).members[0]?.personId;
    const waiting = await recheck(working, "2024-05-17", "渐退", { [`member.${father}.wage`]: 320_000 });
    expect(waiting.assessment).toMatchObject({ eligible: false });
    await expect(o.act("xian", working, "continue")).rejects.toThrow("已不符合条件，请选择渐退或停发");
    const give = (months: number) =>
      o.act("xian", working, "exit_gradually", { months, reason: "就业增收，给予渐退期。" });
    await expect(give(7)).rejects.toThrow("不能大于 6");
    const page = await give(3);
    expect(page.stateLabel).toBe("渐退期");
    expect(page.decisions[0]).toMatchObject({ label: "渐退", amountFen: 104_000, fromMonth: "2024-06" });
    expect(await benefit(working)).toMatchObject({ endMonth: "2024-08", amountFen: 104_000 });
  });

  test("复核发现不再符合：停发要有事由和理由，从下个月起不发", async () => {
    h.clock.set("2024-05-20");
    await o.act("zhen", rich, "start_recheck", { kind: "定期" });
    const father = (await o.page("zhen", rich)).members[0]?.personId;
    await recheck(rich, "2024-05-21", "停发", { [`member.${father}.wage`]: 600_000 });
    await expect(o.act("xian", rich, "stop", { cause: "收入超过标准" })).rejects.toThrow("请填写「理由」");
    const page = await o.act("xian", rich, "stop", {
      cause: "收入超过标准",
      reason: "人均收入两千元，高于标准。",
    });
    expect(page).toMatchObject({ stateLabel: "已停发", final: true });
    const notice = page.documents.find((d) => d.code === "stop-notice");
    const text = (await o.as("xian", (tx) => h.house.documents.get(tx, notice?.id ?? ""))).paragraphs.join(
      "",
    );
    expect(text).toContain("自2024年6月起停止发放");
    expect(text).toContain("行政复议");
    expect(await benefit(rich)).toMatchObject({ endMonth: "2024-05" });
  });

  test("6 月名册：去世的、停发的写明停发，减的按新数，渐退的照旧", async () => {
    expect(await pay("2024-06")).toEqual({
      邹爱莲: "stopped 0 停发",
      熊世昌: "changed 34000 已发放",
      白和平: "same 104000 已发放",
      江水根: "stopped 0 停发",
      段友生: "same 104000 已发放",
    });
    // The list of cases says what is drawn this month, not what was decided once.
    const { rows } = await o.as("xian", (tx) => h.house.cases.list(tx, { page: 1, size: 20 }));
    const drawn = (id: string) => rows.find((r) => r.id === id);
    expect(drawn(mourning)).toMatchObject({ drawnFen: 34_000, drawnNote: null });
    expect(drawn(working)).toMatchObject({ drawnFen: 104_000, drawnNote: "到 2024-08" });
    expect(drawn(rich)).toMatchObject({ drawnFen: 0, drawnNote: "发到 2024-05" });
    expect(drawn(lone)).toMatchObject({ drawnFen: 0, drawnNote: expect.stringContaining("发到 2024-0") });
  });

  test("定期复核：没有变化的继续，下一次复核自动排好", async () => {
    expect(await benefit(steady)).toMatchObject({ reviewDueOn: "2024-09-22" });
    h.clock.set("2024-09-10");
    const due = await o.as("zhen", (tx) => h.house.entitlements.dueReviews(tx));
    expect(due.map((d) => [d.payee, d.label, d.dueOn])).toContainEqual(["段友生", "定期复核", "2024-09-22"]);
    await o.act("zhen", steady, "start_recheck", { kind: "定期" });
    await expect(
      o.act("zhen", steady, "recheck_opinion", { suggest: "继续", reason: "没有变化。" }),
    ).rejects.toThrow("要有入户或新的核对结果作依据");
    await recheck(steady, "2024-09-11", "继续");
    const page = await o.act("xian", steady, "continue");
    expect(page.stateLabel).toBe("在享");
    const e = await benefit(steady);
    expect(e).toMatchObject({ amountFen: 104_000, reviewDueOn: "2025-03-11" });
    expect(e.reviews.filter((r) => r.doneOn !== null)).toMatchObject([{ doneOn: "2024-09-11" }]);
  });

  test("渐退期满不再发：9 月名册写明停发，县里登记期满", async () => {
    const september = await pay("2024-09");
    expect(september).toEqual({
      熊世昌: "same 34000 已发放",
      白和平: "stopped 0 停发",
      段友生: "same 104000 已发放",
    });
    h.clock.set("2024-09-12");
    const page = await o.act("xian", working, "end_gradual_exit", {
      cause: "渐退期满",
      reason: "渐退三个月已满，停止发放。",
    });
    expect(page.stateLabel).toBe("已停发");
    expect(await benefit(working)).toMatchObject({ endMonth: "2024-08" });
  });

  test("退出按原因分，各类相加等于退出人数；家里少一个人的算成员减少", async () => {
    const left = async (month: Month) => {
      const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month }));
      const of = rows.filter((r) => /^dibao_(exit|left)_/.test(r.code) && r.value !== 0);
      return Object.fromEntries(of.map((r) => [r.code.replace("dibao_", ""), r.value]));
    };
    expect(await left("2024-04")).toEqual({ exit_persons: 1, exit_households: 1, exit_death: 1 });
    expect(await left("2024-05")).toEqual({
      ...{ exit_persons: 3, exit_households: 1, exit_income: 3, left_persons: 1 },
    });
    expect(await left("2024-08")).toEqual({ exit_persons: 3, exit_households: 1, exit_gradual: 3 });
    const drilled = await o.as("xian", (tx) =>
      h.house.indicators.drill(tx, "dibao_left_persons", { month: "2024-05" }),
    );
    expect(drilled.rows).toMatchObject([{ cause: "死亡", end: "2024-05" }]);
  });

  test("村里上门复核建议停发：钱不会自己停，但名册把这一笔拦下，等人作决定", async () => {
    h.clock.set("2024-10-08");
    const e = await benefit(steady);
    await o.as("cun", (tx) =>
      h.house.entitlements.recordReview(tx, e.id, {
        id: newId(),
        result: "stop",
        method: "home-visit",
        on: "2024-10-08",
        note: "户主已随子女迁往外省。",
      }),
    );
    expect(await benefit(steady)).toMatchObject({ endMonth: null, amountFen: 104_000 });
    const { page, id } = await monthRoster(o, "2024-10");
    expect(page.held).toBe(1);
    const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { q: "段友生" }));
    expect(rows).toMatchObject([
      {
        stateLabel: "暂缓",
        flags: expect.arrayContaining([
          expect.objectContaining({ label: "复核建议停发", severity: "block" }),
        ]),
      },
    ]);
  });

  test("偏离测算的决定：办的时候就说明，标出来，局领导复看；退回的回到作出决定的人手里", async () => {
    const father = (await o.page("zhen", steady)).members[0]?.personId;
    h.clock.set("2024-10-09");
    await o.act("zhen", steady, "start_recheck", { kind: "预警" });
    // 4,200 − 900 and the child's supplement: it would be more.
    await recheck(steady, "2024-10-10", "继续", { [`member.${father}.wage`]: 90_000 });
    await expect(o.act("xian", steady, "continue")).rejects.toThrow("金额不变须写明理由");
    const waiting = await o.page("xian", steady);
    const stop = waiting.actions.find((a) => a.id === "stop");
    expect(stop?.confirm).toContain("仍符合条件，每月 1,340.00 元。这样决定与测算不一致，会标为“偏离”");
    const page = await o.act("xian", steady, "stop", { cause: "其他", reason: "邻居反映有别的收入。" });
    const decisionId = page.decisions[0]?.id ?? "";
    expect(page.decisions[0]).toMatchObject({ deviates: true, review: null, mayReview: false });

    const listed = (who: "shenji" | "shenpi") =>
      o.as(who, (tx) => h.house.cases.list(tx, { page: 1, size: 20, deviates: true }));
    for (const who of ["shenji", "shenpi"] as const)
      expect((await listed(who)).rows).toMatchObject([{ id: steady, deviates: true }]);
    const desk = (who: "shenpi" | "xian" | "zhen") => o.as(who, (tx) => h.house.cases.deviations(tx));
    expect(await desk("xian")).toEqual([]);
    expect(await desk("shenpi")).toMatchObject([{ id: decisionId, todo: "复看偏离测算的决定" }]);

    const review = (who: "shenpi" | "xian" | "fuhe", note: string) =>
      o.as(who, (tx) => h.house.cases.reviewDeviation(tx, decisionId, { result: "redo", note }));
    await expect(review("xian", "没有问题")).rejects.toMatchObject({ code: "forbidden" });
    await review("shenpi", "反映没有查实");
    await review("shenpi", "反映没有查实"); // pressed twice
    await expect(review("shenpi", "改了主意")).rejects.toMatchObject({ code: "already-reviewed" });
    expect(await desk("shenpi")).toEqual([]);
    expect(await desk("zhen")).toEqual([]);
    expect(await desk("xian")).toMatchObject([{ id: decisionId, todo: "重新办理偏离测算的决定" }]);
    expect((await o.page("zhen", steady)).decisions[0]).toMatchObject({
      review: { result: "redo", by: o.ref("shenpi").name },
    });
    const insert = `insert into case_deviation_review (county_code, decision_id, result, note, reviewed_at, reviewed_by, reviewed_by_name)
      select county_code, id, 'accepted', '自己看', now(), app_account(), '我' from case_decision where not deviates limit 1`;
    await expect(o.as("shenpi", (tx) => tx.exec(insert))).rejects.toThrow("row-level security");
  });

  test("自己书面要求退出的，没有偏离什么；没有申请书办不了", async () => {
    await o.act("zhen", mourning, "start_recheck", { kind: "预警" });
    await recheck(mourning, "2024-10-11", "继续");
    const gone = { cause: "主动退出", reason: "儿女接去外地同住，不再领取。" };
    await expect(o.act("xian", mourning, "stop", gone)).rejects.toMatchObject({
      details: { fields: [{ field: "request", message: expect.stringContaining("退出申请书") }] },
    });
    const waiting = (await o.page("xian", mourning)).actions.find((a) => a.id === "stop");
    expect(waiting?.confirm).toContain("主动退出、附本人书面申请的除外");
    const paper = newId();
    await o.as("xian", (tx) =>
      h.house.documents.saveFile(tx, { id: paper, name: "退出申请书.png", bytes: PNG }),
    );
    const page = await o.act("xian", mourning, "stop", { ...gone, request: [paper] });
    expect(page.decisions[0]).toMatchObject({ kind: "stop", deviates: false });
    expect(await o.as("shenpi", (tx) => h.house.cases.deviations(tx))).toEqual([]);
  });
});
