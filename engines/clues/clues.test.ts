import { newId, residentIdWithCheck } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { legalActions, next, STATES, stateLabel } from "./model.ts";
import { openToyTown, type ToyTown, VILLAGE } from "./testing.ts";

let toy: ToyTown;
beforeEach(async () => {
  toy = await openToyTown("2026-06-09");
});
afterEach(() => toy.close());

const all = () => toy.as(toy.staff.county, (tx) => toy.clues.list(tx, {})).then((l) => l.rows);
const only = async () => {
  const rows = await all();
  expect(rows).toHaveLength(1);
  return rows[0] as (typeof rows)[number];
};
const page = (who: Actor, id: string) => toy.as(who, (tx) => toy.clues.page(tx, id));
async function act(who: Actor, id: string, action: string, data = {}) {
  const { version } = await page(who, id);
  await toy.as(who, (tx) => toy.clues.act(tx, id, { id: newId(), version, action, data }));
  return page(who, id);
}
const SEEN = { on: "2026-06-10", matches: "yes", findings: "住院两次，欠费三万。" };
/** A red clue about a person, visited. */
async function visited(over = {}) {
  const person = await toy.person("甲某");
  const alert = await toy.alert({ personId: person.id, ...over });
  const { id } = await only();
  await act(toy.staff.town, id, "assign", { worker: toy.staff.worker.accountId });
  toy.setDay("2026-06-10");
  await act(toy.staff.worker, id, "visit", SEEN);
  return { person, alert, id };
}

describe("the way of a clue", () => {
  it("goes to the township at once or with the month, by its level", async () => {
    await toy.alert({ level: "red" });
    await toy.alert({ level: "yellow", personId: (await toy.person("乙某")).id });
    expect((await all()).map((c) => [c.levelLabel, c.stateLabel, c.dueOn])).toEqual([
      ["红色", "待派人", "2026-06-11"],
      ["黄色", "待下发", null],
    ]);
    toy.setDay("2026-07-04");
    expect(await toy.sweep()).toMatchObject({ handedOver: 0 });
    toy.setDay("2026-07-05");
    expect(await toy.sweep()).toMatchObject({ handedOver: 1 });
    expect(await toy.sweep()).toMatchObject({ handedOver: 0 });
    expect((await all()).every((c) => c.state === "dispatched")).toBe(true);
  });

  it("joins a further signal of the same person and heeds the higher level; hearing it twice changes nothing", async () => {
    const person = await toy.person("甲某");
    const first = await toy.alert({ level: "yellow", personId: person.id });
    const second = await toy.alert({ level: "red", personId: person.id, title: "又住院" });
    await toy.as(toy.staff.county, (tx) => toy.clues.onAlert(tx, second));
    const clue = await only();
    expect([clue.levelLabel, clue.state]).toEqual(["红色", "dispatched"]);
    const p = await page(toy.staff.county, clue.id);
    expect(p.signals.map((s) => s.alertId).sort()).toEqual([first.alertId, second.alertId].sort());
    expect(p.bring).toEqual(["户口簿"]);
  });

  it("opens a case with what is known, and is closed by the decision with what it gives a month", async () => {
    const { person, alert, id } = await visited();
    await act(toy.staff.town, id, "open-case", { item: "soup" });
    expect(toy.submitted[0]).toMatchObject({
      application: { item: "soup", channel: "proactive", members: [{ name: "甲某", idNo: person.idNo }] },
    });
    const { caseId } = await page(toy.staff.town, id);
    const decision = {
      caseId: caseId ?? "",
      decisionId: newId(),
      kind: "award",
      amountFen: 30_000,
      fromMonth: "2026-07",
    };
    await toy.as(toy.staff.county, (tx) => toy.clues.onCaseDecided(tx, decision));
    await toy.as(toy.staff.county, (tx) => toy.clues.onCaseDecided(tx, decision));
    expect(await page(toy.staff.county, id)).toMatchObject({
      ...{ state: "closed", outcomeLabel: "纳入", judgementLabel: "属实", helpedFenPerMonth: 30_000 },
    });
    expect((await toy.told()).filter((e) => e.kind === "clue.closed").map((e) => e.payload)).toEqual([
      {
        ...{ clueId: id, alertIds: [alert.alertId], judgement: "confirmed", outcome: "new-case" },
        ...{ savedFenPerMonth: 0, helpedFenPerMonth: 30_000 },
      },
    ]);
  });

  it("asks for a recheck of what is drawn; the payment stands until somebody decides, then the saving is told", async () => {
    const person = await toy.person("甲某");
    const caseId = await toy.award(person);
    await toy.alert({ personId: person.id, proposes: "review", title: "名下有新车" });
    const { id } = await only();
    await act(toy.staff.town, id, "assign", { worker: toy.staff.worker.accountId });
    toy.setDay("2026-06-10");
    await act(toy.staff.worker, id, "visit", SEEN);
    const drawn = await toy.as(toy.staff.town, (tx) => toy.entitlements.forPerson(tx, person.id));
    const asked = await act(toy.staff.town, id, "open-review", {
      ...{ entitlement: drawn[0]?.id, result: "stop", note: "新车一辆，价格十万。" },
    });
    expect([asked.state, asked.caseId]).toEqual(["handling", caseId]);
    const still = await toy.as(toy.staff.town, (tx) => toy.entitlements.forPerson(tx, person.id));
    expect(still[0]?.endMonth).toBeNull();
    await toy.as(toy.staff.county, (tx) =>
      toy.clues.onCaseDecided(tx, {
        ...{ caseId, decisionId: newId(), kind: "stop", amountFen: 0, fromMonth: "2026-07" },
      }),
    );
    expect(await page(toy.staff.county, id)).toMatchObject({
      outcomeLabel: "停发",
      savedFenPerMonth: 30_000,
    });
  });

  it("is referred to another department and ends with its answer", async () => {
    const { id } = await visited();
    const sent = await act(toy.staff.town, id, "refer", { department: "医保局", note: "请核定大病救助。" });
    expect([sent.stateLabel, sent.dueOn]).toEqual(["待部门回复", "2026-07-01"]);
    const done = await act(toy.staff.town, id, "answer", {
      note: "已救助",
      outcome: "done",
      helpedFen: 50_000,
    });
    expect(done).toMatchObject({ outcomeLabel: "转介", judgementLabel: "属实", helpedFenPerMonth: 50_000 });
  });

  it("is sent back once, then judged false", async () => {
    const { id } = await visited();
    const back = await act(toy.staff.town, id, "send-back", { note: "照片看不清" });
    expect([back.stateLabel, back.returned]).toEqual(["待入户", 1]);
    await act(toy.staff.worker, id, "visit", SEEN);
    expect(await act(toy.staff.town, id, "false", { note: "同名同姓" })).toMatchObject({
      ...{ stateLabel: "已办结", outcomeLabel: "误报", judgementLabel: "误报" },
    });
  });

  it("judged away at the desk before anybody went, it is closed and the township owed no visit; what is true goes on", async () => {
    const person = await toy.person("甲某");
    const [first, second] = [
      await toy.alert({ personId: person.id }),
      await toy.alert({ personId: person.id, title: "又住院" }),
    ];
    const judged = (alertId: string, judgement: "confirmed" | "false" | "no-change") =>
      toy.as(toy.staff.county, (tx) =>
        toy.clues.onAlertJudged(tx, {
          alertId,
          title: "预警",
          judgement,
          outcome: "已打电话问过。",
          by: "王某",
        }),
      );
    await judged(first.alertId, "false");
    const { id } = await only();
    const half = await page(toy.staff.town, id);
    expect(half).toMatchObject({ state: "dispatched", dueOn: "2026-06-11", checkDueOn: "2026-06-22" });
    expect(half.history[0]?.lines.map((l) => l.text)).toEqual(["预警", "误报", "已打电话问过。", "王某"]);
    await judged(second.alertId, "no-change");
    await judged(second.alertId, "no-change");
    expect(await page(toy.staff.town, id)).toMatchObject({
      ...{ state: "closed", judgementLabel: "情况不变", version: half.version + 1, checkDueOn: null },
    });

    const other = await toy.alert({ personId: (await toy.person("乙某")).id });
    await judged(other.alertId, "confirmed");
    expect((await all()).filter((c) => c.state !== "closed")).toMatchObject([{ state: "dispatched" }]);
  });

  it("of a death registered with another day it stays for a person, told once; with the right day it is closed as true", async () => {
    const person = await toy.person("甲某");
    await toy.award(person);
    await toy.alert({ personId: person.id, rule: "died", title: "死亡注销", occurredOn: "2026-04-20" });
    await toy.as(toy.staff.town, (tx) => toy.registry.recordDeath(tx, person.id, "2026-05-10", "村里报告"));
    const heard = () => toy.as(toy.staff.county, (tx) => toy.clues.onPersonDied(tx, { personId: person.id }));
    await heard();
    await heard();
    const { id } = await only();
    const open = await page(toy.staff.town, id);
    expect(open).toMatchObject({ state: "dispatched", dueOn: "2026-06-11" });
    const told = open.history.filter((s) => s.label.startsWith("登记的死亡日期"));
    expect(told).toHaveLength(1);
    expect(told[0]?.lines.slice(0, 2).map((l) => l.text)).toEqual(["2026-05-10", "死亡注销 2026-04-20"]);
    await toy.data.owner("alter table person disable trigger person_death_guard");
    await toy.data.owner("update person set died_on = '2026-04-20' where died_on is not null");
    await heard();
    expect(await page(toy.staff.town, id)).toMatchObject({ state: "closed", judgementLabel: "属实" });
  });

  it("judged at the desk once somebody was there, it stays with the judgement beside what he saw", async () => {
    const { id, alert } = await visited();
    await toy.as(toy.staff.county, (tx) =>
      toy.clues.onAlertJudged(tx, {
        ...{ alertId: alert.alertId, title: alert.title, judgement: "false", outcome: "同名。", by: "王某" },
      }),
    );
    const now = await page(toy.staff.town, id);
    expect(now).toMatchObject({ state: "visited", stateLabel: "待研判" });
    expect(now.history[0]).toMatchObject({ label: "预警已有核查结果" });
  });

  it("late: the township is told, after three working days the county; each once", async () => {
    await toy.alert();
    toy.setDay("2026-06-12");
    expect(await toy.sweep()).toMatchObject({ escalated: 1 });
    expect(await toy.sweep()).toMatchObject({ escalated: 0 });
    expect(await toy.as(toy.staff.county, (tx) => toy.clues.waiting(tx, "county"))).toEqual([]);
    toy.setDay("2026-06-16");
    expect(await toy.sweep()).toMatchObject({ escalated: 1 });
    expect(await toy.as(toy.staff.county, (tx) => toy.clues.waiting(tx, "county"))).toMatchObject([
      { late: true, escalated: 2 },
    ]);
  });
});

describe("who may", () => {
  it("a step out of turn, by another role or from an old page is refused with a sentence", async () => {
    await toy.alert();
    const { id } = await only();
    const seen = await page(toy.staff.town, id);
    await expect(act(toy.staff.town, id, "false", { note: "不去了" })).rejects.toThrow("待派人");
    await expect(act(toy.staff.worker, id, "assign", {})).rejects.toThrow("乡镇（街道）或县级");
    await act(toy.staff.town, id, "urge", { note: "快去" });
    const old = { id: newId(), version: seen.version, action: "urge", data: { note: "再催" } };
    await expect(toy.as(toy.staff.town, (tx) => toy.clues.act(tx, id, old))).rejects.toThrow("东镇的刘");
    await expect(page(toy.staff.otherTown, id)).rejects.toThrow("没有找到");
    await expect(
      act(toy.staff.town, id, "assign", { worker: toy.staff.otherTown.accountId }),
    ).rejects.toThrow();
  });

  it("a state has a way on for somebody, and a closed clue has only the county's second look", () => {
    const assigned = { state: "assigned", source: "alert" } as const;
    expect(stateLabel({ ...assigned, proposes: "help" })).toBe("待联系");
    expect(stateLabel({ ...assigned, proposes: "review" })).toBe("待入户");
    for (const state of Object.keys(STATES) as (keyof typeof STATES)[]) {
      const moves = ["village", "township", "county", "system"].flatMap((r) =>
        legalActions(state, r).filter((a) => next(state, a, r) !== state),
      );
      expect(moves.length > 0, state).toBe(state !== "closed");
    }
    expect(legalActions("closed", "county")).toEqual(["recheck"]);
  });

  it("actions are never changed or removed", async () => {
    await toy.alert();
    for (const sql of ["update clue_action set by_name = 'x'", "delete from clue_action", "delete from clue"])
      await expect(toy.as(toy.staff.county, (tx) => tx.exec(sql))).rejects.toThrow("permission denied");
  });
});

describe("what lies in the tables", () => {
  it("holds no name, number, phone or address in plain text; a reported name is found by its exact words", async () => {
    const { id, person } = await visited({
      reason: "甲某住院两次，欠费三万。",
      evidence: [{ label: "按姓名比对", value: "甲某，读音相同" }],
    });
    await act(toy.staff.town, id, "send-back", { note: "甲某的儿子甲强要问到" });
    await toy.as(toy.staff.worker, (tx) =>
      toy.clues.report(tx, {
        ...{ id: newId(), source: "worker", sourceName: "", level: "yellow", proposes: "help" },
        ...{ personId: null, name: "老张头", phone: "15400000099", address: "村口第三家" },
        ...{ divisionCode: VILLAGE, title: "老张头断炊", reason: "老张头几天没生火。" },
        occurredOn: "2026-06-10",
      }),
    );
    let raw = "";
    for (const table of ["clue", "clue_signal", "clue_action", "outbox", "audit_entry"])
      for (const row of await toy.data.owner<{ all: string }>(`select t::text as all from ${table} t`))
        raw += `${row.all}\n`;
    expect(raw).toContain(id);
    for (const word of ["甲某", "甲强", person.idNo, "老张头", "15400000099", "村口", "住院", "断炊"])
      expect(raw, word).not.toContain(word);
    const found = (q: string) => toy.as(toy.staff.county, (tx) => toy.clues.list(tx, { q }));
    expect((await found("老张头")).rows).toMatchObject([{ title: "老张头断炊", nameMasked: "老**" }]);
    expect((await found("甲某")).rows).toMatchObject([{ reason: "甲某住院两次，欠费三万。" }]);
    expect((await found("老李")).total).toBe(0);
  });
});

describe("reports and supervision", () => {
  it("a worker reports somebody nobody knows, and sees what became of it", async () => {
    const report = {
      ...{
        id: newId(),
        source: "worker" as const,
        sourceName: "",
        level: "yellow",
        proposes: "help" as const,
      },
      ...{ personId: null, name: "老张", phone: "15400000099", address: "村口", divisionCode: VILLAGE },
      ...{ title: "独自在家，几天没生火", reason: "", occurredOn: "2026-06-09" },
    };
    await toy.as(toy.staff.worker, (tx) => toy.clues.report(tx, report));
    await toy.as(toy.staff.worker, (tx) => toy.clues.report(tx, report));
    expect(await toy.as(toy.staff.worker, (tx) => toy.clues.reported(tx))).toMatchObject([
      { title: "独自在家，几天没生火", stateLabel: "待下发" },
    ]);
    const [row] = await toy.data.owner<{ sealed: string }>("select phone_sealed::text as sealed from clue");
    expect(row?.sealed).not.toContain("15400000099");
  });

  it("the month of a township: handed over, on time, returned, second looks agreed, one score", async () => {
    const { id } = await visited();
    await act(toy.staff.town, id, "no-change", { note: "已恢复" });
    await act(toy.staff.county, id, "recheck", { result: "agrees", note: "抽查一致" });
    await toy.alert({ personId: (await toy.person("丙某")).id });
    toy.setDay("2026-06-30");
    const rows = await toy.as(toy.staff.county, (tx) => toy.clues.supervision(tx, "2026-06"));
    expect(
      rows.map((r) => [r.divisionName, r.dispatched, r.due, r.onTime, r.late, r.agreed, r.score]),
    ).toEqual([
      ["东镇", 2, 2, 1, 1, 1, 75],
      ["西镇", 0, 0, 0, 0, 0, null],
    ]);
    const f = await toy.as(toy.staff.county, (tx) => toy.clues.funnel(tx));
    expect(f.total).toMatchObject({ hits: 2, dispatched: 2, checked: 1, closed: 1, noChange: 1 });
    expect(f.sources).toMatchObject([{ label: "医保", hits: 2 }]);
  });
});

describe("lists exchanged", () => {
  it("recognises row by row, explains the rest, and ends the class of who is no longer listed", async () => {
    const [a, b] = [await toy.person("甲某"), await toy.person("乙某")];
    const csv = (rows: string[][]) =>
      Buffer.from(`\uFEFF防返贫监测名单\n姓名,身份证号码\n${rows.map((r) => r.join(",")).join("\n")}\n`);
    const strangers = Array.from({ length: 8 }, (_, i) => [
      "戊某",
      residentIdWithCheck(`4306211997010${i + 1}903`),
    ]);
    const take = (bytes: Buffer) =>
      toy.as(toy.staff.county, (tx) =>
        toy.clues.takeIn(tx, {
          id: newId(),
          partner: "乡村振兴局",
          class: "防返贫对象",
          fileName: "名单.csv",
          bytes,
        }),
      );
    expect(
      await take(
        csv([
          ["甲某", a.idNo],
          ["乙谋", b.idNo],
          ["丙某", "43062119600101999X"],
          ["甲某", a.idNo.toLowerCase()],
          ...strangers,
        ]),
      ),
    ).toMatchObject({ total: 12, recognised: 1 });
    const [list] = await toy.as(toy.staff.county, (tx) => toy.clues.exchanged(tx));
    const rest = await toy.as(toy.staff.county, (tx) => toy.clues.unrecognised(tx, list?.id ?? ""));
    expect(rest.map((r) => r.reason.slice(0, 8))).toHaveLength(11);
    expect(rest[0]?.reason).toContain("姓名不一致");
    // More than one in ten wrong: the whole list goes back, row by row, and nothing of it is kept.
    await expect(take(csv([["丙某", "43062119600101999X"], ...strangers.slice(0, 4)]))).rejects.toThrow(
      "第 1 人",
    );
    expect(await toy.as(toy.staff.county, (tx) => toy.clues.exchanged(tx))).toHaveLength(1);
    // Registered meanwhile, he is recognised without asking for the list again; what is left is answered in words.
    const met = await toy.person("戊某", "1997-01-01");
    const again = () => toy.as(toy.staff.county, (tx) => toy.clues.recogniseAgain(tx, list?.id ?? ""));
    expect(await again()).toEqual({ recognised: 1 });
    expect(await again()).toEqual({ recognised: 0 });
    const handle = (line: number) =>
      toy.as(toy.staff.county, (tx) =>
        toy.clues.handleUnrecognised(tx, list?.id ?? "", line, "户籍在外县，已回复对方。"),
      );
    await handle(6);
    await expect(handle(5)).rejects.toMatchObject({ code: "not-found" });
    const left = await toy.as(toy.staff.county, (tx) => toy.clues.unrecognised(tx, list?.id ?? ""));
    expect(left.find((r) => r.line === 6)).toMatchObject({ handledNote: "户籍在外县，已回复对方。" });
    expect(await toy.as(toy.staff.county, (tx) => toy.clues.listedOf(tx, [met.id]))).toHaveLength(1);
    const classes = async () =>
      (await toy.as(toy.staff.town, (tx) => toy.clues.listedOf(tx, [a.id, b.id]))).filter((l) => !l.untilOn);
    expect((await classes()).map((c) => c.personId)).toEqual([a.id]);
    toy.setDay("2026-07-01");
    await take(csv([["乙某", b.idNo]]));
    expect((await classes()).map((c) => c.personId)).toEqual([b.id]);
    await expect(take(Buffer.from("名字,号码\n甲,1"))).rejects.toThrow("姓名、身份证号码");
    await expect(
      toy.as(toy.staff.town, (tx) =>
        toy.clues.giveOut(tx, { id: newId(), partner: "乡村振兴局", basis: "国办发〔2023〕39号" }),
      ),
    ).rejects.toThrow("县级");
    // What he draws says nothing of hardship: it is nobody's business there.
    await toy.award(met);
    const out = await toy.as(toy.staff.county, (tx) =>
      toy.clues.giveOut(tx, { id: newId(), partner: "乡村振兴局", basis: "国办发〔2023〕39号" }),
    );
    expect(out.bytes.subarray(0, 2).toString()).toBe("PK");
    const [given] = await toy.as(toy.staff.county, (tx) => toy.clues.exchanged(tx));
    expect(given).toMatchObject({ direction: "out", class: "低收入人口", total: 1 });
  });
});
