import { DomainError, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CasePage } from "./index.ts";
import {
  application,
  COUNTY_OFFICER,
  COUNTY2,
  file,
  type House,
  idOf,
  OUTSIDER,
  openHouse,
  PUBLIC,
  residentOf,
  SURVEY,
  SYSTEM,
  step,
  TOWNSHIP,
  TOWNSHIP2,
  toPublicity,
  toReview,
  VILLAGER,
} from "./testing/house.ts";

let h: House;
beforeAll(async () => {
  h = await openHouse();
});
afterAll(() => h.t.close());
beforeEach(() => {
  h.today = "2024-03-01";
  h.switches.toyConfirmedBy = "county";
});

const fault = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error("nothing was refused");
  return error;
};
const look = (id: string, actor = TOWNSHIP) => h.as(actor, (tx) => h.cases.page(tx, id));
const clock = (p: CasePage, key: string) => p.clocks.find((c) => c.key === key);
const texts = async (id: string) =>
  (
    await h.t.owner<{ body: string[] }>("select body from document where case_id = $1 order by issued_at", [
      id,
    ])
  ).map((d) => d.body.join("\n"));

describe("从申请到发放", () => {
  it("受理、入户、核对、公示、确认：状态、时限、文书、决定和对下一引擎的通知", async () => {
    const id = await file(h);
    expect(await look(id)).toMatchObject({ state: "submitted", clocks: [] });
    let p = await step(h, TOWNSHIP, id, "accept");
    expect(clock(p, "look")).toMatchObject({ dueOn: "2024-03-06", left: 3, light: "green", limit: 3 });
    expect(clock(p, "total")).toMatchObject({ limit: 30, light: "green" });
    expect((await texts(id))[0]).toContain("30 个工作日内、最迟2024年4月15日办结");

    h.today = "2024-03-05";
    expect(clock(await look(id), "look")).toMatchObject({ left: 1, light: "yellow" });
    h.today = "2024-03-06";
    expect(clock(await look(id), "look")).toMatchObject({ left: 0, light: "red" });
    h.today = "2024-03-07";
    expect(clock(await look(id), "look")).toMatchObject({ left: -1, light: "late" });

    const wife = p.members[1]?.personId as string;
    p = await step(h, VILLAGER, id, "survey", {
      ...SURVEY,
      [`member.${wife}.income`]: 35_000,
      "household.savings": 100_000,
    });
    expect(clock(p, "look")).toMatchObject({ stoppedOn: "2024-03-07", light: "done" });
    expect(p.facts.find((f) => f.personId === wife && f.fact === "月收入")).toMatchObject({
      text: "350.00 元",
      source: "入户调查",
      others: [{ text: "300.00 元", source: "本人申报" }],
    });
    // Unchanged answers record nothing.
    expect(p.facts.find((f) => f.fact === "家庭存款")).toMatchObject({ source: "本人申报" });

    p = await step(h, TOWNSHIP, id, "request");
    expect(p.verifications[0]).toMatchObject({ number: "岳阳县核对〔2024〕1号", answeredOn: null });
    p = await step(h, COUNTY_OFFICER, id, "answer", {
      reportNumber: "核2024-17",
      validUntil: "2024-09-01",
      [`member.${wife}.income`]: 40_000,
      "household.savings": 100_000,
    });
    expect(p.verifications[0]).toMatchObject({
      reportNumber: "核2024-17",
      rows: [
        { person: "家庭", declared: "1,000.00 元", found: "1,000.00 元", differs: false },
        { person: "李四妹", fact: "月收入", declared: "350.00 元", found: "400.00 元", differs: true },
      ],
    });
    expect(p.assessment).toMatchObject({ eligible: true, amountFen: 100_000, month: "2024-04" });

    p = await step(h, TOWNSHIP, id, "opinion", { opinion: "agree" });
    expect(p).toMatchObject({ state: "publicity" });
    h.wait(8);
    await step(h, TOWNSHIP, id, "finish");
    p = await step(h, COUNTY_OFFICER, id, "confirm");
    expect(p).toMatchObject({ state: "paying", final: false });
    expect(p.decisions[0]).toMatchObject({
      kind: "award",
      label: "确认",
      amountFen: 100_000,
      fromMonth: "2024-04",
      decidedBy: "钱县",
    });
    expect(clock(p, "total")).toMatchObject({ light: "done", stoppedOn: "2024-03-15" });
    const notice = (await texts(id)).at(-1);
    expect(notice).toContain("自2024年4月起每月 1,000.00 元（大写：壹仟元整），2 人。");
    expect(notice).toContain("可以在六十日内");
    const event = (await h.events("case.decided")).find((e) => e.caseId === id);
    expect(event).toMatchObject({
      kind: "award",
      item: "toy-aid",
      amountFen: 100_000,
      persons: 2,
      fromMonth: "2024-04",
      reviewMonths: 12,
      decidedOn: "2024-03-15",
      payeeId: p.applicant.personId,
      covered: p.members.map((m) => m.personId),
    });
    expect(p.steps.map((s) => s.status)).toEqual(["done", "done", "done", "done", "done", "now"]);
    expect(p.history.map((e) => e.label).slice(0, 2)).toEqual(["确认", "公示期满"]);
  });

  it("存下的决定可以重放，逐字相同；标准换版后说不能重算，仍给出原文", async () => {
    const id = await file(h);
    await toReview(h, id);
    const p = await step(h, COUNTY_OFFICER, id, "confirm");
    const decision = p.decisions[0]?.id as string;
    const replayed = await h.as(COUNTY_OFFICER, (tx) => h.cases.replay(tx, decision));
    expect(replayed.same).toBe(true);
    expect(replayed.explanation).toEqual(p.decisions[0]?.explanation);
    const [row] = await h.t.owner<{ trace: { steps: unknown[] }; version: string }>(
      "select trace, rule_version as version from case_decision where id = $1",
      [decision],
    );
    expect(row?.trace.steps.length).toBeGreaterThan(5);
    expect(row?.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it("委托乡镇确认的县：时限二十个工作日，由乡镇另一个人确认，县里不能", async () => {
    h.switches.toyConfirmedBy = "township";
    const id = await file(h);
    await toReview(h, id);
    expect(clock(await look(id), "total")).toMatchObject({ limit: 20 });
    const county = await fault(step(h, COUNTY_OFFICER, id, "confirm"));
    expect(county.message).toContain("由乡镇（街道）经办办理");
    const self = await fault(step(h, TOWNSHIP, id, "confirm"));
    expect([self.code, self.message]).toEqual([
      "action-not-allowed",
      expect.stringContaining("须由另一个人办理"),
    ]);
    const p = await step(h, TOWNSHIP2, id, "confirm");
    expect(p.state).toBe("paying");
    const [doc] = await h.t.owner<{ issuer: string }>(
      "select issuer from document where case_id = $1 and code = 'award-notice'",
      [id],
    );
    expect(doc?.issuer).toBe("荣家湾镇人民政府");
  });

  it("补正：缺的一次告知，补齐后可以受理，不能再要", async () => {
    const id = await file(h, application({ commitments: [], household: { savings: 0, rents: true } }));
    let p = await look(id);
    expect(p.materials.filter((m) => m.missing).map((m) => m.title)).toEqual(["收入证明", "租房合同"]);
    expect(p.actions.find((a) => a.id === "accept")?.blocked.join()).toContain("还没有交齐");
    const ask = p.actions.find((a) => a.id === "ask");
    expect(ask?.initial.missing).toBe("收入证明；租房合同");
    await step(h, TOWNSHIP, id, "ask", { missing: "收入证明；租房合同", by: "2024-03-15" });
    expect((await texts(id))[0]).toContain("请在2024年3月15日前补齐：收入证明；租房合同");
    const fileId = newId();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await h.t.db.transact(TOWNSHIP, (tx) =>
      (
        h.deps.documents as unknown as {
          saveFile(tx: unknown, f: { id: string; name: string; bytes: Uint8Array }): Promise<unknown>;
        }
      ).saveFile(tx, { id: fileId, name: "proof.png", bytes: png }),
    );
    await step(h, TOWNSHIP, id, "supplement", { attachments: [fileId] });
    p = await look(id);
    expect(p.materials.filter((m) => m.missing)).toEqual([]);
    expect(p.actions.find((a) => a.id === "ask")?.blocked.join()).toContain("一次告知");
    expect((await step(h, TOWNSHIP, id, "accept")).state).toBe("accepted");
    const [stored] = await h.t.owner<{ case: string }>(
      "select case_id as case from stored_file where id = $1",
      [fileId],
    );
    expect(stored?.case).toBe(id);
  });

  it("用告知承诺补正，只替代允许替代的", async () => {
    const id = await file(h, application({ commitments: [], household: { savings: 0, rents: true } }));
    await step(h, TOWNSHIP, id, "ask", { missing: "两样", by: "2024-03-15" });
    const p = await step(h, TOWNSHIP, id, "supplement", { commitments: true });
    expect(p.materials.map((m) => [m.code, m.commitment, m.missing])).toEqual([
      ["proof", true, false],
      ["lease", false, true],
      ["id-card", false, false],
    ]);
  });
});

describe("不能确认的时候", () => {
  it("不符合条件：说出第一个不满足的条件，案子不动", async () => {
    const id = await file(h, application({}, [{ facts: { income: 200_000, student: false } }]));
    await toReview(h, id);
    const e = await fault(step(h, COUNTY_OFFICER, id, "confirm"));
    expect(e.code).toBe("not-eligible");
    expect(e.message).toContain("家庭月人均收入为 2,000.00 元");
    expect(await look(id)).toMatchObject({ state: "review", decisions: [] });
  });

  it("缺事实：列出要补的问题", async () => {
    const id = await file(h, application({}, [{ facts: { income: 0 } }]));
    await toReview(h, id);
    const e = await fault(step(h, COUNTY_OFFICER, id, "confirm"));
    expect([e.code, e.message]).toEqual(["facts-missing", expect.stringContaining("是在校学生吗？")]);
  });

  it("不予确认：通知写明算出的理由、经办人的话和救济途径；三个工作日送达，送达后时限停", async () => {
    const id = await file(h, application({}, [{ facts: { income: 200_000, student: false } }]));
    await toReview(h, id);
    let p = await step(h, COUNTY_OFFICER, id, "refuse", { reason: "收入高于标准" });
    expect(p.decisions[0]).toMatchObject({ kind: "refuse", amountFen: null, fromMonth: null });
    const text = (await texts(id)).at(-1);
    expect(text).toContain("不满足「家庭月人均收入低于互助标准」；收入高于标准。");
    expect(text).toContain("行政复议");
    expect(clock(p, "notice")).toMatchObject({ dueOn: "2024-03-13", light: "green" });
    p = await step(h, COUNTY_OFFICER, id, "deliver", { on: "2024-03-09" });
    expect(p).toMatchObject({ state: "refused_closed", final: true, assessment: null });
    expect(clock(p, "notice")).toMatchObject({ light: "done" });
    expect((await h.events("case.decided")).find((e) => e.caseId === id)).toMatchObject({ kind: "refuse" });
  });

  it("没有授权不能核对：拒绝，而且留下审计", async () => {
    const app = application();
    const [first] = app.authorised?.signers ?? [];
    const id = await file(h, { ...app, authorised: { text: "同意。", signers: first ? [first] : [] } });
    await step(h, TOWNSHIP, id, "accept");
    const e = await fault(step(h, TOWNSHIP, id, "request"));
    expect([e.code, e.message]).toEqual(["not-authorised", expect.stringContaining("李四妹")]);
    const lines = await h.t.owner<{ detail: string }>(
      "select detail from audit_entry where action = 'case.verification-refused' and object_id = $1",
      [id],
    );
    expect(lines).toEqual([{ detail: expect.stringContaining("缺 1 人授权") }]);
  });

  it("调查要两名在册人员", async () => {
    const id = await file(h);
    await step(h, TOWNSHIP, id, "accept");
    const one = await fault(
      step(h, VILLAGER, id, "survey", { ...SURVEY, investigators: SURVEY.investigators.slice(0, 1) }),
    );
    expect(one.message).toContain("至少要 2 人");
    const ghost = await fault(
      step(h, VILLAGER, id, "survey", {
        ...SURVEY,
        investigators: [SURVEY.investigators[0], { id: newId(), name: "路人" }],
      }),
    );
    expect(ghost.message).toContain("路人 不是本县在册的工作人员");
  });

  it("动作里的个人号码封存，页面上遮住", async () => {
    const id = await file(h);
    await step(h, TOWNSHIP, id, "accept");
    const p = await step(h, VILLAGER, id, "survey", { ...SURVEY, witness: "13900005678" });
    const rows = p.history[0]?.rows ?? [];
    expect(rows.find((r) => r.label === "见证人电话")?.text).toBe("139****5678");
    const [a] = await h.t.owner<{ data: string; outcome: string }>(
      "select data::text, outcome::text from case_action where case_id = $1 and action = 'survey'",
      [id],
    );
    expect(`${a?.data}${a?.outcome}`).not.toContain("13900005678");
  });
});

describe("公示与异议", () => {
  it("只公示声明的字段；期内可见，期满次日自动看不见，夜里撤下；期满前不能结束", async () => {
    const id = await file(h);
    await toPublicity(h, id);
    const mine = async () => await h.as(PUBLIC, (tx) => h.cases.publicityList(tx));
    const [notice] = (await mine()).slice(0, 1);
    expect(notice?.rows.map((r) => r.label)).toEqual(["申请人", "家庭人数", "村（社区）", "初审意见"]);
    expect(notice?.rows.map((r) => r.text)).toEqual(["张三", "2 人", "荣家湾镇友爱社区", "拟同意"]);
    expect(notice).toMatchObject({ fromDate: "2024-03-01", toDate: "2024-03-08", acceptsObjections: true });
    h.today = "2024-03-08";
    expect((await mine()).map((n) => n.id)).toContain(notice?.id);
    expect((await fault(step(h, TOWNSHIP, id, "finish"))).message).toContain("2024-03-08 期满");
    h.today = "2024-03-09";
    expect((await mine()).map((n) => n.id)).not.toContain(notice?.id);
    const late = h.as(PUBLIC, (tx) =>
      h.cases.object(tx, notice?.id as string, { id: newId(), name: "某某", phone: "", text: "情况不实。" }),
    );
    expect((await fault(late)).code).toBe("not-found");
    const swept = await h.as(SYSTEM, (tx) => h.cases.sweep(tx));
    expect(swept.takenDown).toBeGreaterThanOrEqual(1);
    expect((await h.as(SYSTEM, (tx) => h.cases.sweep(tx))).takenDown).toBe(0);
    expect((await step(h, TOWNSHIP, id, "finish")).state).toBe("review");
  });

  it("异议挡住下一步，处理后另行公示；申请人看不到异议人是谁", async () => {
    const app = application({}, [{ name: "尹一", idNo: idOf("1971-07-07") }]);
    const id = await file(h, app);
    await toPublicity(h, id);
    const notice = (await look(id)).publicity[0]?.id as string;
    const objection = { id: newId(), name: "邻居甲", phone: "13700001111", text: "他家有两辆车。" };
    for (let i = 0; i < 2; i++) await h.as(PUBLIC, (tx) => h.cases.object(tx, notice, objection));
    let p = await look(id);
    expect(p.objections).toMatchObject([{ name: "邻居甲", text: "他家有两辆车。", handled: false }]);
    const [sealed] = await h.t.owner<{ c: Buffer }>("select contact_sealed as c from objection");
    expect(sealed?.c.toString("latin1")).not.toContain("13700001111");
    h.wait(10);
    expect((await fault(step(h, TOWNSHIP, id, "finish"))).message).toContain("1 件公示异议");
    const desk = await h.as(TOWNSHIP, (tx) => h.cases.workbenchRows(tx));
    expect(desk.find((r) => r.id === id)).toMatchObject({ kind: "objection", todo: "对异议重新调查" });
    p = await step(h, TOWNSHIP, id, "reexamine", { outcome: "已重新入户核实。" });
    expect(p).toMatchObject({
      state: "rework",
      objections: [{ handled: true, outcome: "已重新入户核实。" }],
    });
    p = await step(h, TOWNSHIP, id, "opinion", { opinion: "agree" });
    expect(p.publicity.map((x) => [x.takenDown, x.objections])).toEqual([
      [true, 1],
      [false, 0],
    ]);
    const me = residentOf(p.applicant.personId, 70);
    expect((await look(id, me)).objections[0]?.name).toBe("（不公开）");
  });

  it("异议不完整时逐项说明；结果公布不收异议", async () => {
    const id = await file(h);
    await toReview(h, id);
    const p = await step(h, COUNTY_OFFICER, id, "confirm");
    const result = p.publicity.find((x) => x.title === "互助金结果公布");
    expect(result).toMatchObject({ fromDate: "2024-03-09", toDate: "2024-04-08" });
    const e = await fault(
      h.as(PUBLIC, (tx) =>
        h.cases.object(tx, result?.id as string, {
          id: newId(),
          name: "某",
          phone: "",
          text: "不同意这样办。",
        }),
      ),
    );
    expect(e.code).toBe("action-not-allowed");
    const [row] = await h.t.owner<{ rows: { label: string; text: string }[] }>(
      "select rows from publicity where id = $1",
      [result?.id],
    );
    expect(row?.rows).toEqual([
      { label: "申请人", text: "张三" },
      { label: "家庭人数", text: "2 人" },
      { label: "拟保障金额（每月）", text: "1,100.00 元" },
    ]);
  });

  it("撤回时公示一并撤下", async () => {
    const id = await file(h);
    await toPublicity(h, id);
    const p = await step(h, TOWNSHIP, id, "withdraw", { reason: "申请人不再申请" });
    expect(p.publicity.every((x) => x.takenDown)).toBe(true);
    expect(p.clocks.every((c) => c.stoppedOn === h.today)).toBe(true);
  });
});

describe("发放以后", () => {
  const awarded = async () => {
    const id = await file(h);
    await toReview(h, id);
    await step(h, COUNTY_OFFICER, id, "confirm");
    return id;
  };

  it("去世：登记到人，三个月内复核，调整后金额和人数随之改变", async () => {
    const id = await awarded();
    const before = await look(id);
    const wife = before.members[1]?.personId as string;
    h.today = "2024-05-20";
    let p = await step(h, VILLAGER, id, "death", {
      personId: wife,
      diedOn: "2024-05-18",
      source: "村（社区）报告",
    });
    expect(p.members.find((m) => m.personId === wife)).toMatchObject({
      diedOn: "2024-05-18",
      counted: false,
      notCountedWhy: "已于 2024-05-18 去世",
    });
    expect(clock(p, "afterDeath")).toMatchObject({ dueOn: "2024-08-20", left: 3, unit: "months" });
    expect(await h.events("person.died")).toEqual([
      expect.objectContaining({ personId: wife, diedOn: "2024-05-18" }),
    ]);
    const again = await fault(
      step(h, VILLAGER, id, "death", { personId: wife, diedOn: "2024-05-18", source: "村报告" }),
    );
    expect(again.code).toBe("invalid-input");
    p = await step(h, COUNTY_OFFICER, id, "adjust", { reason: "家庭成员去世" });
    expect(p.decisions[0]).toMatchObject({ kind: "adjust", amountFen: 70_000, fromMonth: "2024-06" });
    const event = (await h.events("case.decided")).findLast((e) => e.caseId === id);
    expect(event).toMatchObject({
      kind: "adjust",
      amountFen: 70_000,
      persons: 1,
      payeeId: p.applicant.personId,
    });
    expect(clock(p, "afterDeath")).toMatchObject({ light: "done" });
  });

  it("决定之后的调查重新说了算，哪怕以前有更强的来源", async () => {
    const id = await file(h);
    await step(h, TOWNSHIP, id, "accept");
    await step(h, VILLAGER, id, "survey", SURVEY);
    await step(h, TOWNSHIP, id, "request");
    await step(h, COUNTY_OFFICER, id, "answer", {
      reportNumber: "r",
      validUntil: "2024-12-31",
      "household.savings": 200_000,
    });
    await step(h, TOWNSHIP, id, "opinion", { opinion: "agree" });
    h.wait(8);
    await step(h, TOWNSHIP, id, "finish");
    await step(h, COUNTY_OFFICER, id, "confirm");
    h.today = "2024-09-02";
    const p = await step(h, TOWNSHIP, id, "recheck", { "household.savings": 2_500_000 });
    expect(p.assessment).toMatchObject({ eligible: false, month: "2024-10" });
    expect((await fault(step(h, COUNTY_OFFICER, id, "adjust", { reason: "复核后调整" }))).code).toBe(
      "not-eligible",
    );
  });

  it("渐退：照发到期满的月份；不能超过县里规定的月数；停发从次月起", async () => {
    const id = await awarded();
    h.today = "2024-09-02";
    h.switches.gradualExitMonths = 3;
    const long = await fault(step(h, COUNTY_OFFICER, id, "leave", { months: 6, reason: "就业增收渐退" }));
    expect(long).toMatchObject({ code: "invalid-input", field: "months" });
    await step(h, COUNTY_OFFICER, id, "leave", { months: 3, reason: "就业增收渐退" });
    h.switches.gradualExitMonths = 6;
    const event = (await h.events("case.decided")).findLast((e) => e.caseId === id);
    expect(event).toMatchObject({
      kind: "gradual-exit",
      amountFen: 110_000,
      fromMonth: "2024-10",
      untilMonth: "2024-12",
    });
    const p = await step(h, COUNTY2, id, "stop", { reason: "渐退期满停发" });
    expect(p).toMatchObject({ state: "stopped", final: true });
    expect(p.decisions[0]).toMatchObject({ kind: "stop", amountFen: 0, fromMonth: "2024-10" });
    expect((await texts(id)).at(-1)).toContain("自2024年10月起停发");
  });
});

describe("两人同时办、重复办、越权看", () => {
  it("旧版本被拒绝，并说谁在什么时候办了什么", async () => {
    const id = await file(h);
    await step(h, TOWNSHIP, id, "accept");
    const e = await fault(
      h.as(TOWNSHIP2, (tx) => h.cases.act(tx, id, { id: newId(), version: 1, action: "accept", data: {} })),
    );
    expect(e.code).toBe("stale-version");
    expect(e.message).toContain("王镇（乡镇（街道）经办）已于 2024-03-01 09:00 办理「受理」");
  });

  it("同一动作编号办两次，只有一次，回复相同", async () => {
    const id = await file(h);
    const request = { id: newId(), version: 1, action: "accept", data: {} };
    const a = await h.as(TOWNSHIP, (tx) => h.cases.act(tx, id, request));
    const b = await h.as(TOWNSHIP, (tx) => h.cases.act(tx, id, request));
    expect(b).toEqual(a);
    expect((await look(id)).version).toBe(2);
    const other = await file(h);
    expect((await fault(h.as(TOWNSHIP, (tx) => h.cases.act(tx, other, request)))).code).toBe(
      "already-exists",
    );
  });

  it("两人同时受理，一人成，一人得知已变", async () => {
    const id = await file(h);
    const go = (actor: typeof TOWNSHIP) =>
      h.as(actor, (tx) => h.cases.act(tx, id, { id: newId(), version: 1, action: "accept", data: {} }));
    const results = await Promise.allSettled([go(TOWNSHIP), go(TOWNSHIP2)]);
    const failed = results.filter((r) => r.status === "rejected");

    expect(failed.map((f) => (f.reason as DomainError).code)).toEqual(["stale-version"]);
  });

  it("别的乡镇看不到、办不了、查不到；应用改不了已写下的经过", async () => {
    const id = await file(h);
    expect((await fault(look(id, OUTSIDER))).code).toBe("not-found");
    expect((await fault(step(h, OUTSIDER, id, "accept"))).code).toBe("not-found");
    expect((await h.as(OUTSIDER, (tx) => h.cases.list(tx, { page: 1, size: 20 }))).total).toBe(0);
    for (const table of ["case_file", "case_action", "case_clock", "case_decision", "objection"])
      expect(await h.as(OUTSIDER, (tx) => tx.query(`select 1 from ${table}`))).toEqual([]);
    for (const sql of [
      "update case_action set to_state = 'paying'",
      "delete from case_action",
      "update case_decision set amount_fen = 1",
      "delete from case_file",
      "update case_file set applicant_name = 'x'",
    ])
      await expect(h.as(TOWNSHIP, (tx) => tx.query(sql))).rejects.toThrow("permission denied");
  });

  it("每次看办件都留下审计", async () => {
    const id = await file(h);
    await look(id, COUNTY_OFFICER);
    const lines = await h.t.owner<{ name: string }>(
      "select actor_name as name from audit_entry where action = 'case.read' and object_id = $1",
      [id],
    );
    expect(lines).toEqual([{ name: "钱县" }]);
  });

  it("没有这个动作、不在这个环节、不是这个角色，各有说明", async () => {
    const id = await file(h);
    expect((await fault(step(h, TOWNSHIP, id, "fly"))).message).toContain("没有这个动作");
    expect((await fault(step(h, COUNTY_OFFICER, id, "confirm"))).message).toContain("现在是「待受理」");
    expect((await fault(step(h, VILLAGER, id, "accept"))).message).toContain("由乡镇（街道）经办办理");
  });
});
