/** A month of monitoring: lists come in, people are found, somebody judges; and a 核对 that asks first. */
import fs from "node:fs";
import { Readable } from "node:stream";
import { newId, residentIdWithCheck } from "@wuxin/kernel";
import { createWorker, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, MARCH, type MemberOf, type Office, OPINION, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
const old = alone("邹爱莲", "1948-01-01");
const rich = family("江水根", 120_000);
const quiet = family("段友生", 120_000);
let oldCase: string;
let richCase: string;

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  oldCase = await o.award(old, MARCH);
  richCase = await o.award(rich, MARCH);
  await o.award(quiet, MARCH);
  h.clock.set("2024-05-08");
});
afterAll(() => h.close());

const numberOf = (members: readonly MemberOf[], at = 0) => members[at]?.idNo ?? "";
/** Sends a file as the county does, and lets the worker run it. */
async function send(feed: string, content: string | Buffer, asOf = "2024-05-06", replaces = false) {
  const id = newId();
  const { matching } = h.house;
  await matching.save(o.county, id, Readable.from([Buffer.from(content)]));
  await o.as("xian", (tx) =>
    matching.receive(tx, { id, feed, origin: "console", fileName: `${feed}.csv`, asOf, replaces }),
  );
  await createWorker(h.t.db, h.house.jobs).runDue();
  return o.as("xian", (tx) => matching.run(tx, id));
}
const alerts = (q: Parameters<typeof h.house.matching.alerts>[1] = {}) =>
  o.as("xian", (tx) => h.house.matching.alerts(tx, { size: 100, ...q }));

describe("数据比对", () => {
  test("死亡名单：次日提出停发，算出多发，只留命中的行，文件删除并留痕", async () => {
    const run = await send(
      "police-deaths",
      ["身份证号码,姓名,死亡日期,户口注销日期", `${numberOf(old)},邹爱莲,2024-04-28,2024-05-02`].join("\n"),
    );
    expect(run).toMatchObject({ state: "done", rows: 1, persons: 1, alerts: 1, encoding: "UTF-8" });
    expect(run.fileDeletedAt).not.toBeNull();
    const { rows } = await alerts({ rule: "death" });
    expect(rows).toMatchObject([
      {
        person: "邹爱莲",
        level: 1,
        proposes: "stop-payment",
        actBy: "2024-05-09",
        occurredOn: "2024-04-28",
        overpaidFen: 0,
      },
    ]);
    expect(rows[0]?.reason).toBe("公安登记于 2024-04-28 死亡，目前仍在发放。");
    const page = await o.as("xian", (tx) => h.house.matching.alert(tx, rows[0]?.id ?? ""));
    expect(page.records).toEqual([[numberOf(old), "邹爱莲", "2024-04-28", "2024-05-02"]]);
    // Nothing is stopped by it.
    const { entitlementId } = await o.page("xian", oldCase);
    const benefit = await o.as("xian", (tx) => h.house.entitlements.page(tx, entitlementId ?? ""));
    expect(benefit.endMonth).toBeNull();
  });

  test("同一事实再来一次仍是一条；情况变了才是新的一条", async () => {
    const heading = "身份证号,所有人,号牌号码,品牌,估值,登记日期,状态";
    const one = `${numberOf(rich)},江水根,湘F10001,大众,80000.00,2023-05-01,正常`;
    const two = `${numberOf(rich).toLowerCase()},江水根,湘F10002,五菱,"30,000.00",2024-04-01,正常`;
    expect(await send("vehicles", [heading, one].join("\r\n"))).toMatchObject({ alerts: 1, again: 0 });
    expect(await send("vehicles", [heading, one].join("\r\n"))).toMatchObject({ alerts: 0, again: 1 });
    expect(await send("vehicles", [heading, one, two].join("\r\n"))).toMatchObject({
      alerts: 1,
      again: 0,
      rows: 2,
    });
    const { rows } = await alerts({ rule: "vehicle" });
    expect(rows.map((r) => r.reason).sort()).toEqual([
      "名下有 1 辆机动车，最高价值 80,000.00 元（关注线 60,000.00 元、2 辆）。",
      "名下有 2 辆机动车，最高价值 80,000.00 元（关注线 60,000.00 元、2 辆）。",
    ]);
  });

  test("一块车牌说两遍还是一辆车，不到两辆不预警", async () => {
    const heading = "身份证号,所有人,号牌号码,品牌,估值,登记日期,状态";
    const car = `${numberOf(quiet)},段友生,湘F30001,五菱,9000.00,2023-05-01,正常`;
    const run = await send("vehicles", [heading, car, car].join("\n"));
    expect(run).toMatchObject({ rows: 2, persons: 1, alerts: 0, again: 0 });
  });

  test("没有身份证号的火化名单按姓名和出生日期找，读音相同说得出理由，只差一个字的不算", async () => {
    const run = await send(
      "cremations",
      "逝者姓名,出生日期,火化日期,殡仪馆\n段有生,1985-01-01,2024-05-01,县殡仪馆\n段友强,1985-01-01,2024-05-01,县殡仪馆\n",
    );
    expect(run).toMatchObject({ persons: 1, alerts: 1 });
    const [found] = (await alerts({ rule: "cremation" })).rows;
    const page = await o.as("xian", (tx) => h.house.matching.alert(tx, found?.id ?? ""));
    expect(page.evidence.find((e) => e.label === "按姓名比对")?.value).toContain("读音相同");
  });

  test("名字少一个字、生日差一天的，只请人看：建议复核、随月，不提停发；有把握的行在，就不掺进来", async () => {
    const heading = "逝者姓名,出生日期,火化日期";
    const cremated = async () =>
      (await alerts({ rule: "cremation" })).rows.filter((a) => a.person === "江水根");
    await send(
      "cremations",
      [heading, "江根,1985-01-01,2024-05-02", "江水根,1985-01-02,2024-05-03"].join("\n"),
    );
    const [doubtful] = await cremated();
    expect(doubtful).toMatchObject({ proposes: "review", level: 3, actBy: null, overpaidFen: null });
    const page = await o.as("xian", (tx) => h.house.matching.alert(tx, doubtful?.id ?? ""));
    expect(page.evidence.find((e) => e.label === "按姓名比对")?.value).toMatch(
      /^姓名相同，出生日期差一天（相似度 0.84），可能是别人，请先核实/,
    );
    await send(
      "cremations",
      [
        heading,
        "江根,1985-01-01,2024-04-01",
        "江水根,1985-01-01,2024-05-04",
        "江水根,1985-01-02,2024-04-02",
      ].join("\n"),
    );
    const sure = (await cremated()).find((a) => a.id !== doubtful?.id);
    expect(sure).toMatchObject({
      proposes: "stop-payment",
      level: 1,
      actBy: "2024-05-09",
      occurredOn: "2024-05-04",
    });
  });

  test("企业名单教会系统信用代码，税务名单按代码找到人", async () => {
    const code = "91350100M000100Y43";
    await send(
      "market-entities",
      `统一社会信用代码\t法定代表人身份证号\t名称\t注册资本（万元）\t登记状态\t成立日期\n${code}\t${numberOf(rich, 1)}\t"长远	贸易"\t50\t存续\t2022-01-01\n`,
    );
    expect((await alerts({ rule: "business" })).rows).toMatchObject([{ person: "江嫂秀" }]);
    expect(
      await send("taxes", `纳税人识别号|纳税人名称|所属期|营业收入\n${code}|长远贸易|2024-04|120000\n`),
    ).toMatchObject({
      persons: 1,
      alerts: 1,
    });
  });

  test("坏文件整份退回：表头不对、表头重复、截断、一成以上坏号；数据库里什么也没有留下", async () => {
    const bad = async (text: string | Buffer) => (await send("pensions", text)).refusal ?? "";
    expect(await bad("姓名,金额\n张三,1\n")).toContain("没有“身份证号码”");
    expect(await bad("身份证号码,状态,状态,月待遇金额\n1,2,3,4\n")).toContain("出现了两次");
    const heading = "身份证号码,姓名,待遇类型,月待遇金额,起始月份,状态";
    expect(
      await bad(`${heading}\n${numberOf(quiet)},段友生,城乡居民,800,2024-01,正常\n${numberOf(rich)},江`),
    ).toContain("中断");
    expect(await bad(`${heading}\n${numberOf(quiet)},"段友生,城乡居民,800,2024-01,正常\n`)).toContain("引号");
    const rows = Array.from({ length: 9 }, () => `${numberOf(quiet)},段友生,城乡居民,800,2024-01,正常`);
    const broken = ["1.1E+17,某,城乡居民,800,2024-01,正常", "43062119850101001X,某,城乡居民,1,2024-01,正常"];
    expect(await bad([heading, ...rows, ...broken].join("\n"))).toContain("超过一成");
    const left = await h.t.owner<{ n: number }>(
      "select count(*)::int as n from feed_match where feed = 'pensions'",
    );
    expect(left[0]?.n).toBe(0);
    expect((await alerts({ rule: "pension" })).total).toBe(0);
  });

  test("核查是误报，这条规则的准确率跟着下降；属实的记下节约", async () => {
    const [first, second] = (await alerts({ rule: "vehicle" })).rows;
    const judge = (id: string, judgement: "confirmed" | "false", savedFen = 0) =>
      o.as("zhen", (tx) =>
        h.house.matching.judge(tx, id, {
          id: newId(),
          judgement,
          outcome: "上门看过。",
          savedFen,
          helpedFen: 0,
        }),
      );
    await judge(first?.id ?? "", "confirmed", 104_000);
    await h.house.as({ actor: o.actor("xian") }, (tx) =>
      h.house.matching.onClueClosed(tx, {
        clueId: newId(),
        alertIds: [second?.id ?? ""],
        judgement: "false",
        outcome: "车已过户",
      }),
    );
    await expect(judge(second?.id ?? "", "confirmed")).rejects.toMatchObject({ code: "action-not-allowed" });
    const rule = (await o.as("xian", (tx) => h.house.matching.rules(tx))).find((r) => r.code === "vehicle");
    expect(rule).toMatchObject({
      hits: 2,
      confirmed: 1,
      false: 1,
      pending: 0,
      precision: 0.5,
      savedFen: 104_000,
    });
  });

  test("应享未享：登记在册没有待遇的重度残疾人，村里收到要带什么", async () => {
    const idNo = alone("费素芬", "1970-05-05")[0]?.idNo ?? "";
    await o.as("zhen", (tx) =>
      h.house.registry.ensurePerson(tx, {
        id: newId(),
        name: "费素芬",
        idNo,
        divisionCode: o.village,
        address: "一组",
      }),
    );
    await send(
      "disability-certificates",
      `身份证号码,姓名,残疾类别,残疾等级,证件状态,有效期至\n${idNo},费素芬,肢体,一级,有效,2030-01-01\n`,
    );
    const [found] = (await o.as("cun", (tx) => h.house.matching.alerts(tx, { rule: "severe-disability" })))
      .rows;
    expect(found).toMatchObject({ person: "费素芬", proposes: "help", divisionCode: o.village });
    const page = await o.as("cun", (tx) => h.house.matching.alert(tx, found?.id ?? ""));
    expect(page.bring).toEqual(["残疾人证", "收款账户"]);
  });
});

test("数据库里没有明文的姓名和号码：预警、线索、留下的行、事件、日志", async () => {
  await h.house.dispatcher.drain(o.county);
  const { rows } = await o.as("xian", (tx) => h.house.clues.list(tx, { q: "邹爱莲" }));
  expect(rows).toMatchObject([{ reason: "公安登记于 2024-04-28 死亡，目前仍在发放。", state: "dispatched" }]);
  let raw = "";
  const tables = [
    "feed_run",
    "feed_match",
    "alert",
    "alert_judgement",
    "clue",
    "clue_signal",
    "clue_action",
    "outbox",
  ];
  for (const table of tables) {
    const all = await h.t.owner<{ text: string }>(`select t::text as text from ${table} t`);
    expect(all.length, table).toBeGreaterThan(0);
    raw += all.map((r) => r.text).join("\n");
  }
  for (const word of [
    "邹爱莲",
    "江水根",
    "段友生",
    "段有生",
    "费素芬",
    numberOf(old),
    numberOf(rich),
    "湘F1000",
    "上门看过",
  ])
    expect(raw, word).not.toContain(word);
});

describe("核对", () => {
  test("有授权的出编号报告：申报和查得并列，差异看得见；异议由另一人复查，出新报告", async () => {
    const { checks } = h.house.matching;
    const id = newId();
    await o.as("zhen", (tx) => checks.make(tx, { id, caseId: richCase }));
    const page = await o.as("zhen", (tx) => checks.page(tx, id));
    expect(page.number).toMatch(/核对报〔2024〕1号/);
    expect(page.validUntil).toBe("2024-11-30");
    const cars = page.items.find((i) => i.item === "正常机动车数");
    expect(cars).toMatchObject({
      declared: "0",
      found: "2",
      differs: true,
      of: [{ name: "江水根", value: "2" }],
    });
    expect(page.items.find((i) => i.item === "存款余额")).toMatchObject({
      ...{ found: "不能确定", differs: false, note: "还没有收到这份数据，本项没有核对。" },
    });
    await o.as("zhen", (tx) => checks.object(tx, id, { id: newId(), reason: "面包车已过户给亲戚。" }));
    const again = newId();
    await expect(
      o.as("zhen", (tx) => checks.answer(tx, id, { id: newId(), answer: "自己答复自己。" })),
    ).rejects.toMatchObject({ code: "same-signer" });
    await o.as("xian", (tx) => checks.answer(tx, id, { id: again, answer: "交警仍登记在本人名下。" }));
    expect(await o.as("xian", (tx) => checks.page(tx, id))).toMatchObject({
      openObjections: 0,
      replacedBy: expect.stringContaining("2号"),
    });
    expect(await o.as("xian", (tx) => checks.page(tx, again))).toMatchObject({
      purpose: "objection",
      replaces: id,
    });
  });

  test("在享对象批量核对：每件一份，重来一次不重出", async () => {
    const id = newId();
    const { checks } = h.house.matching;
    expect(await o.as("xian", (tx) => checks.batch(tx, { id, everybody: true }))).toMatchObject({
      checked: 3,
      refused: [],
    });
    expect(await o.as("xian", (tx) => checks.batch(tx, { id, everybody: true }))).toMatchObject({
      checked: 0,
    });
  });

  test("在享核对查得与申报不一致的，提出复核、成一条线索；同样的差异再核对仍是这一条；待遇不动", async () => {
    const doubts = async () =>
      (await o.as("xian", (tx) => h.house.matching.alerts(tx, { rule: "declared-beside-found" }))).rows;
    const [doubt, ...others] = (await doubts()).filter((a) => a.person === "江水根");
    expect(others).toEqual([]);
    expect(doubt).toMatchObject({ proposes: "review", state: "pending", seen: 1 });
    expect(doubt?.reason).toContain("正常机动车数：申报 0，查得 2");
    const { rows: clues } = await o.as("xian", (tx) => h.house.clues.list(tx, { q: "江水根" }));
    expect(clues.some((c) => c.title === doubt?.title || c.proposesLabel === "复核")).toBe(true);
    await o.as("xian", (tx) => h.house.matching.checks.batch(tx, { id: newId(), everybody: true }));
    expect((await doubts()).find((a) => a.person === "江水根")).toMatchObject({ id: doubt?.id, seen: 2 });
    const { entitlementId } = await o.page("xian", richCase);
    const page = await o.as("xian", (tx) => h.house.entitlements.page(tx, entitlementId ?? ""));
    expect(page.endMonth).toBeNull();
  });

  test("登记核对结果：报告的查得带进表单，与申报并列；采用别的数要写明理由，另一人复核后才能提意见", async () => {
    const owner = family("汪有车", 100_000);
    const caseId = await o.submit("zhen", o.form(owner));
    const car = `${owner[0]?.idNo},汪有车,湘F7777,大众,80000.00,2023-05-01,正常`;
    await send("vehicles", ["身份证号,所有人,号牌号码,品牌,估值,登记日期,状态", car].join("\n"));
    const [worker, wife] = [numberOf(owner), numberOf(owner, 1)];
    await send(
      "insurance-contributions",
      [
        "身份证号码,月缴费基数,缴费状态,参保身份",
        `${worker},4308,正常缴费,单位职工`,
        `${wife},4308,正常缴费,灵活就业`,
      ].join("\n"),
    );
    await send(
      "wage-taxes",
      [
        "身份证号码,所得项目,本期收入,所属期起,所属期止",
        `${worker},工资薪金,3600,2024-02-01,2024-04-30`,
      ].join("\n"),
    );
    const shop = `91350100M000100Y43,${wife},汪嫂小卖部,1,存续`;
    await send(
      "market-entities",
      ["统一社会信用代码,法定代表人身份证号,名称,注册资本,登记状态", shop].join("\n"),
    );
    await send("pensions", ["身份证号码,待遇类型,月待遇金额,状态", `${wife},城乡居民,183,正常`].join("\n"));
    await o.act("zhen", caseId, "accept");
    await o.act("zhen", caseId, "survey", o.survey(h.clock.today()));
    await o.act("zhen", caseId, "request_verification", { scope: ["车辆船舶"] });
    const checkId = newId();
    await o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id: checkId, caseId }));
    const { number } = await o.as("zhen", (tx) => h.house.matching.checks.page(tx, checkId));
    const step = (await o.page("xian", caseId)).actions.find((a) => a.id === "answer_verification");
    expect(step?.initial).toMatchObject({ reportNumber: number, "household.vehicles": 1 });
    expect(step?.fields.find((f) => f.name === "household.vehicles")?.help).toMatch(
      /查得 1 辆（公安局交警大队，截至 .*）；现记 0 辆/,
    );
    // Wages as the tax office has them, a self-insured base is none; an insurance of residents is split; a shop without returns stays open.
    const filled = (name: string) =>
      Object.entries(step?.initial ?? {}).flatMap(([k, v]) => (k.endsWith(`.${name}`) ? [v] : []));
    expect(filled("wage").slice(0, 2)).toEqual([120_000, 0]);
    expect(filled("pension").slice(0, 2)).toEqual([0, 6_000]);
    expect(filled("basicPension").slice(0, 2)).toEqual([0, 12_300]);
    const { items } = await o.as("zhen", (tx) => h.house.matching.checks.page(tx, checkId));
    expect(items.find((i) => i.item === "工资性收入（折算）")).toMatchObject({
      ...{ declared: "1,000.00 元", found: "1,200.00 元", differs: true },
      note: expect.stringContaining(
        "汪有车：个税申报，个税申报工资 3,600.00 元（2024-02-01 至 2024-04-30），社保月缴费基数 4,308.00 元。",
      ),
    });
    expect(items.find((i) => i.item === "经营净收入（折算）")).toMatchObject({
      ...{ found: "不能确定", differs: false, note: expect.stringContaining("缺 申报营业收入，请入户核实") },
    });
    const answer = { ...step?.initial, summary: "名下查得一辆车，申报没有。", "household.vehicles": 0 };
    await expect(o.act("xian", caseId, "answer_verification", answer)).rejects.toThrow("家庭机动车辆数");
    const page = await o.act("xian", caseId, "answer_verification", {
      ...answer,
      difference: "该车上月已报废，交警尚未注销，采用 0 辆，附报废证明。",
    });
    expect(page.verifications[0]?.rows.find((r) => r.differs)).toMatchObject({
      ...{ declared: "0 辆", found: "1 辆", adopted: "0 辆" },
    });

    await expect(o.act("zhen", caseId, "opinion", OPINION)).rejects.toThrow("另一人");
    await expect(o.act("xian", caseId, "confirm_adopted", { note: "同意。" })).rejects.toThrow("另一个人");
    const confirmed = await o.act("zhen", caseId, "confirm_adopted", { note: "看过报废证明，同意。" });
    expect(confirmed.verifications[0]).toMatchObject({
      unconfirmed: false,
      confirmedBy: o.ref("zhen").name,
    });
    expect((await o.act("zhen", caseId, "opinion", OPINION)).stateLabel).toBe("公示中");
  });

  test("名单里没有查到不是查得为零：存款、工资一样写「名单中没有查到」；名单来了以后才授权的，不能确定", async () => {
    const checked = async (caseId: string) => {
      const id = newId();
      await o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id, caseId }));
      const { items } = await o.as("zhen", (tx) => h.house.matching.checks.page(tx, id));
      const figures = (await o.as("zhen", (tx) => h.house.matching.checks.findings(tx, caseId)))?.rows;
      return { of: (item: string) => items.find((i) => i.item === item), figures };
    };
    const silent = await o.submit("zhen", o.form(family("柳无存", 100_000)));
    const other = residentIdWithCheck("43010119500101001");
    await send("bank-deposits", `身份证号码,姓名,余额\n${other},某某,500`);
    await send(
      "wage-taxes",
      `身份证号码,所得项目,本期收入,所属期起,所属期止\n${other},工资薪金,1,2024-04-01,2024-04-30`,
    );
    await send(
      "insurance-contributions",
      `身份证号码,月缴费基数,缴费状态,参保身份\n${other},1,正常缴费,单位职工`,
    );
    await send("housing-fund", `身份证号码,月缴存额,账户余额,账户状态\n${other},1,1,正常`);
    const first = await checked(silent);
    for (const item of ["存款余额", "工资性收入（折算）"])
      expect(first.of(item), item).toMatchObject({ found: "名单中没有查到", differs: false });
    expect(first.figures?.some((f) => ["金融资产", "工资性收入"].includes(f.fact))).toBe(false);

    h.clock.set("2024-05-09");
    const late = await checked(await o.submit("zhen", o.form(family("祝后签", 100_000))));
    for (const item of ["存款余额", "工资性收入（折算）"])
      expect(late.of(item), item).toMatchObject({
        ...{ found: "不能确定", differs: false },
        note: expect.stringContaining("祝后签"),
      });
  });

  test("县里没有写明间隔的类别不当作一年：点名，不核对", async () => {
    await h.t.owner("update entitlement set review_class = 'D' where county_code = $1 and case_id = $2", [
      o.county,
      richCase,
    ]);
    const done = await o.as("xian", (tx) =>
      h.house.matching.checks.batch(tx, { id: newId(), everybody: false }),
    );
    expect(done).toMatchObject({ checked: 0, unstated: ["D"] });
    await h.t.owner("update entitlement set review_class = 'A' where county_code = $1 and case_id = $2", [
      o.county,
      richCase,
    ]);
  });

  test("每月自动核对一次：没到间隔的不核对，满一年的核对，同一个月再排只有一次", async () => {
    const { checks } = h.house.matching;
    const sweep = async () => {
      await h.t.db.transact(systemActor(o.county), (tx) => checks.enqueueRechecks(tx));
      await createWorker(h.t.db, h.house.jobs).runDue();
      const { rows } = await o.as("xian", (tx) => checks.list(tx, {}));
      return rows.filter((c) => c.madeByName === systemActor(o.county).name);
    };
    expect(await sweep()).toHaveLength(0);
    h.clock.set("2025-05-09");
    const made = await sweep();
    expect(made).toHaveLength(3);
    expect(made.every((c) => c.purpose === "recheck" && c.number.includes("2025"))).toBe(true);
    expect(await sweep()).toHaveLength(3);
  });

  test("没有授权：拒绝，并留在审计里", async () => {
    const caseId = newId();
    const { authorised: _, ...form } = o.form(family("毛建设", 100_000));
    await o.as("zhen", (tx) =>
      h.house.cases.submit(tx, { id: caseId, application: { ...form, authorised: null } }),
    );
    await expect(
      o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id: newId(), caseId })),
    ).rejects.toMatchObject({ code: "not-authorised" });
    const trail = await h.t.owner<{ n: number }>(
      "select count(*)::int as n from audit_entry where action = 'check.refused'",
    );
    expect(trail[0]?.n).toBe(1);
  });
});

test("车卖了，新的全量名单里没有：核对不再说有车，预警标明，是否属实仍由人核查；名单突然少了三成以上，等人问过才作废旧的", async () => {
  const found = async (item: string) => {
    const id = newId();
    await o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id, caseId: richCase }));
    return (await o.as("zhen", (tx) => h.house.matching.checks.page(tx, id))).items.find(
      (i) => i.item === item,
    )?.found;
  };
  const gone = async () =>
    (await alerts({ rule: "vehicle" })).rows.filter((a) => a.person === "江水根").map((a) => a.goneAsOf);
  const heading = "身份证号,所有人,号牌号码,品牌,估值,登记日期,状态";
  const own = `${numberOf(rich)},江水根,湘F10001,大众,80000.00,2023-05-01,正常`;
  const other = `${residentIdWithCheck("43010119500101001")},某某,湘F20002,大众,1.00,2022-05-01,正常`;
  const others = (rows: number) => Array.from({ length: rows }, () => other);
  const { fall } = await send("vehicles", [heading, own, ...others(4)].join("\n"), "2025-05-08");
  expect(fall).toBeNull();
  // The day's list came in two parts: the second does not end what the first told.
  await send("vehicles", [heading, ...others(5)].join("\n"), "2025-05-08");
  expect(await found("正常机动车数")).toBe("1");
  expect(await gone()).toContain(null);
  // Six rows where there were ten: held, until the day's other file makes it whole.
  const part = await send("vehicles", [heading, ...others(6)].join("\n"), "2025-05-09");
  expect(part).toMatchObject({ state: "done", fall: { state: "held", from: 10 } });
  // The same file again is no second part; the list waits on the county's desk, once.
  const again = await send("vehicles", [heading, ...others(6)].join("\n"), "2025-05-09");
  expect(again.fall).toMatchObject({ state: "held" });
  const waiting = await o.as("xian", (tx) => h.house.matching.heldLists(tx));
  expect(waiting).toMatchObject([{ id: part.id, title: "机动车登记", asOf: "2025-05-09", from: 10 }]);
  expect(await found("正常机动车数")).toBe("1");
  expect(await gone()).toContain(null);
  expect((await send("vehicles", [heading, ...others(2)].join("\n"), "2025-05-09")).fall).toBeNull();
  expect(await o.as("xian", (tx) => h.house.matching.heldLists(tx))).toEqual([]);
  expect(await found("正常机动车数")).toBe("名单中没有查到");
  expect(await gone()).toEqual(["2025-05-09", "2025-05-09"]);

  h.clock.set("2025-05-13");
  // A list that stays short is asked about: not whole, it ends nothing; whole, it does.
  const judge = (id: string, whole: boolean) =>
    o.as("xian", (tx) => h.house.matching.judgeFall(tx, id, { whole, reason: "已打电话问过车管所" }));
  const held = async (asOf: string) => {
    const run = await send("vehicles", [heading, ...others(2)].join("\n"), asOf);
    expect(run.fall).toMatchObject({ state: "held", from: 10, by: null });
    return run.id;
  };
  const whole = await send("vehicles", [heading, own, ...others(9)].join("\n"), "2025-05-10");
  await expect(judge(whole.id, true)).rejects.toMatchObject({ code: "action-not-allowed" });
  const first = await held("2025-05-11");
  await judge(first, false);
  await judge(first, false);
  expect(await found("正常机动车数")).toBe("1");
  await expect(judge(first, true)).rejects.toMatchObject({ code: "action-not-allowed" });
  const second = await held("2025-05-12");
  expect(await found("正常机动车数")).toBe("1");
  await judge(second, true);
  expect(await found("正常机动车数")).toBe("名单中没有查到");
  expect((await o.as("xian", (tx) => h.house.matching.run(tx, second))).fall).toMatchObject({
    ...{ state: "whole", reason: "已打电话问过车管所" },
  });
});

test("同一天的名单更正了：只有原来那份说到的预警撤回，线索办结；别的名单也说到的、核查过的不变；再说到是新的一条", async () => {
  h.clock.set("2025-05-14");
  const heading = "身份证号,所有人,号牌号码,品牌,估值,登记日期,状态";
  const car = (of: readonly MemberOf[], plate: string) =>
    `${numberOf(of)},某某,${plate},大众,90000.00,2023-05-01,正常`;
  const other = `${residentIdWithCheck("43010119500101001")},某某,湘F20002,大众,1.00,2022-05-01,正常`;
  const list = (rows: number, ...cars: string[]) =>
    [heading, ...cars, ...Array.from({ length: rows }, () => other)].join("\n");
  const about = async (name: string) =>
    (await alerts({ rule: "vehicle" })).rows.filter((a) => a.person === name);
  const clue = () => o.as("xian", (tx) => h.house.clues.ofAlert(tx, first?.id ?? ""));
  const before = await about("江水根");

  const wrong = await send("vehicles", list(9, car(old, "湘F30009"), car(rich, "湘F10009")), "2025-05-13");
  expect(wrong).toMatchObject({ alerts: 2, replacedBy: null, withdrawn: null });
  const [first] = await about("邹爱莲");
  await h.house.dispatcher.drain(o.county);
  expect(await clue()).toMatchObject({ stateLabel: "待下发" });
  const mine = (await about("江水根")).find((a) => !before.some((b) => b.id === a.id));
  const judgement = {
    id: newId(),
    judgement: "confirmed" as const,
    outcome: "车在院里",
    savedFen: 0,
    helpedFen: 0,
  };
  await o.as("xian", (tx) => h.house.matching.judge(tx, mine?.id ?? "", judgement));

  // Too short against what it corrects: nothing is withdrawn before somebody has asked.
  const short = await send("vehicles", list(3), "2025-05-13", true);
  expect(short).toMatchObject({ withdrawn: null, fall: { state: "held", from: 11 } });
  expect((await about("邹爱莲"))[0]?.state).toBe("pending");

  const right = await send("vehicles", list(10), "2025-05-13", true);
  expect(right).toMatchObject({ alerts: 0, withdrawn: 1, fall: null });
  const runs = await o.as("xian", (tx) => h.house.matching.runs(tx, { feed: "vehicles" }));
  expect(
    runs
      .filter((r) => r.replacedBy === "vehicles.csv")
      .map((r) => r.id)
      .sort(),
  ).toEqual([wrong.id, short.id].sort());
  expect(await about("邹爱莲")).toMatchObject([
    { id: first?.id, state: "withdrawn", stateLabel: "名单已更正" },
  ]);
  expect((await about("江水根")).find((a) => a.id === mine?.id)?.state).toBe("confirmed");
  await h.house.dispatcher.drain(o.county);
  expect(await clue()).toMatchObject({ stateLabel: "已办结" });
  await expect(
    o.as("xian", (tx) => h.house.matching.judge(tx, first?.id ?? "", { ...judgement, id: newId() })),
  ).rejects.toMatchObject({ message: expect.stringContaining("已经更正") });

  expect(await send("vehicles", list(10, car(old, "湘F30009")), "2025-05-14")).toMatchObject({ alerts: 1 });
  expect((await about("邹爱莲")).map((a) => a.state).sort()).toEqual(["pending", "withdrawn"]);
  // Its own correction says it too: one list, and what that one drops is withdrawn again.
  await send("vehicles", list(10, car(old, "湘F30009")), "2025-05-14", true);
  await send("vehicles", list(10), "2025-05-14", true);
  expect((await about("邹爱莲")).map((a) => a.state)).toEqual(["withdrawn", "withdrawn"]);
  const rule = (await o.as("xian", (tx) => h.house.matching.rules(tx))).find((r) => r.code === "vehicle");
  for (const [state, n] of Object.entries({ ...rule, "no-change": rule?.noChange }))
    if (["pending", "confirmed", "false", "no-change", "withdrawn"].includes(state))
      expect((await alerts({ rule: "vehicle", state: state as "pending" })).total).toBe(n);
});

test("夫妻共有的一套房，两个人名下各说一次，核对只算一套", async () => {
  const heading = "身份证号,权利人,不动产权证号,坐落,面积,用途,登记日期";
  const house = (at: number, cert: string, use: string) =>
    `${numberOf(rich, at)},江家,${cert},某村,98,${use},2023-05-01`;
  const list = [
    heading,
    house(0, "湘2023第1号", "住宅"),
    house(1, "湘2023第1号", "住宅"),
    house(1, "湘2023第2号", "商铺"),
  ];
  await send("real-estate", list.join("\n"), h.clock.today());
  const id = newId();
  await o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id, caseId: richCase }));
  const { items } = await o.as("zhen", (tx) => h.house.matching.checks.page(tx, id));
  expect(items.find((i) => i.item === "住宅套数")).toMatchObject({
    ...{ found: "1", differs: false },
    of: [{ value: "1" }, { value: "1" }],
    note: "几个人共有的只算一次，少算 1。",
  });
  expect(items.find((i) => i.item === "商业用房数")).toMatchObject({ found: "1", note: null });
});

test("等候比对的文件夹是空的：没有文件留下", () => {
  expect(fs.readdirSync(h.incoming)).toEqual([]);
});
