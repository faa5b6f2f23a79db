/** 委托核对批次: a 核对 asked by file of the province's system; sent once by two people, answered line by line. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { contract } from "@wuxin/contract";
import { newId } from "@wuxin/kernel";
import { createWorker, readTableFile, type Tx } from "@wuxin/platform";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, idNo, MARCH, type Office, openOffice, PNG } from "./office.ts";

let h: TestHouse;
let o: Office;
let mother: string;
let widow: string;
let drawing: string;
let packageId: string;
let out: string[][];
const son = newId();

async function toVerify(members: ReturnType<typeof alone>) {
  const id = await o.submit("zhen", o.form(members));
  await o.act("zhen", id, "accept");
  await o.act("zhen", id, "survey", o.survey(h.clock.today()));
  await o.act("zhen", id, "request_verification", { scope: ["银行存款"] });
  return id;
}
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  drawing = await o.award(alone("严守田", "1950-03-02"), MARCH);
  h.clock.set("2024-04-08");
  mother = await toVerify(alone("柳桂香", "1950-05-01"));
  widow = await toVerify(alone("何秀英", "1952-06-01"));
  const members = (await o.as("zhen", (tx) => h.house.matching.supporters.list(tx, mother))).members;
  const named = { id: son, ofPersonId: members[0]!.id, name: "柳小山", idNo: idNo("1978-03-03") };
  const declared = { incomeFen: 300_000, dependants: 3, supports: 1, agreedFen: null };
  await o.as("zhen", (tx) =>
    h.house.matching.supporters.name(tx, mother, {
      ...{ ...named, ...declared, relation: "赡养义务人（子女）" },
    }),
  );
});
afterAll(() => h.close());

type Who = Parameters<Office["as"]>[0];
const of = <T>(who: Who, work: (p: TestHouse["house"]["matching"]["packages"], tx: Tx) => Promise<T>) =>
  o.as(who, (tx) => work(h.house.matching.packages, tx));
const staff = (who: Who) => ({ caller: { actor: o.actor(who) } }) as never;
const page = async (id = packageId) =>
  contract.getCheckPackage.response.parse(
    await createHandlers(h.house, { demo: false }).handlers.getCheckPackage(
      { params: { id } },
      staff("xian"),
    ),
  );
const waiting = (kind: "application" | "recheck" = "application") =>
  of("xian", (p, tx) => p.waiting(tx, kind));
const numbers = async (kind?: "recheck") => (await waiting(kind)).cases.map((c) => c.applicant);
const overview = () => of("xian", (p, tx) => p.overview(tx));
async function make(cases: readonly string[], who: Who = "xian") {
  const id = newId();
  await of(who, (p, tx) => p.make(tx, { id, cases }));
  return id;
}
const send = (id: string, who: Who = "fuhe") => of(who, (p, tx) => p.send(tx, id));
const desk = async (who: Who) =>
  contract.workbench.response
    .parse(await createHandlers(h.house, { demo: false }).handlers.workbench({} as never, staff(who)))
    .groups.flatMap((g) => g.rows.map((r) => ({ ...r, group: g.key })))
    .filter((r) => r.itemTitle === "委托核对批次");
async function sign() {
  const fileId = newId();
  await o.as("zhen", (tx) => h.house.documents.saveFile(tx, { id: fileId, name: "授权书.png", bytes: PNG }));
  const signedOn = h.clock.today();
  await o.as("zhen", (tx) => h.house.matching.supporters.authorise(tx, son, { signedOn, fileId }));
}

/** The package as the partner fills it: by name and item, the day and what was found. */
const filled = (answers: Readonly<Record<string, readonly [day: string, found: string]>>, of = out) =>
  Buffer.from(
    of
      .map((r, i) => (i === 0 ? r : [...r.slice(0, 5), ...(answers[`${r[2]} ${r[4]}`] ?? ["", ""])]))
      .map((r) => r.map((c) => (c.includes(",") ? `"${c}"` : c)).join(","))
      .join("\n"),
  );
const take = (bytes: Buffer, id = newId(), of_ = packageId) =>
  of("xian", (p, tx) => p.take(tx, { id, fileName: "答复.csv", bytes }, of_));
const kept = async () =>
  (
    await h.t.owner<{ answers: number; rows: number; refusals: number }>(
      `select (select count(*)::int from check_answer where package_id is not null) as answers,
         (select count(*)::int from check_package_row where answer_id is not null) as rows,
         (select count(*)::int from check_answer_refusal) as refusals`,
    )
  )[0];

test("没有签授权的进不了批次，被拒绝留痕；乡镇不能组批，也看不到批次", async () => {
  expect((await waiting()).cases).toMatchObject([
    { applicant: "柳桂香", persons: 2, lacking: ["柳小山（赡养义务人（子女））"], before: null },
    { applicant: "何秀英", persons: 1, lacking: [], before: null },
  ]);
  await expect(make([widow, mother])).rejects.toMatchObject({ code: "not-authorised" });
  const [left] = await h.t.owner<{ refused: number; packages: number }>(
    `select (select count(*)::int from audit_entry where action = 'check.refused') as refused,
       (select count(*)::int from check_package) as packages`,
  );
  expect(left).toEqual({ refused: 1, packages: 0 });
  await sign();
  await expect(make([mother], "zhen")).rejects.toMatchObject({ code: "forbidden" });
});

test("两人同时把一件办件放进两个批次，只成一个；组批的人不能自己送出，没有送出不能下载", async () => {
  const tries = await Promise.allSettled([make([mother, widow]), make([widow], "fuhe")]);
  expect(tries.map((t) => t.status).sort()).toEqual(["fulfilled", "rejected"]);
  const won = tries.find((t) => t.status === "fulfilled")!.value;
  await of("xian", (p, tx) => p.drop(tx, won));
  packageId = await make([mother, widow]);
  expect(await numbers()).toEqual([]);
  await expect(make([widow])).rejects.toThrow("在批次");
  await expect(of("xian", (p, tx) => p.file(tx, packageId))).rejects.toThrow("还没有确认送出");
  await expect(send(packageId, "xian")).rejects.toMatchObject({ code: "same-signer" });
  await expect(
    h.t.owner(
      "update check_package set sent_at = now(), sent_by = made_by, sent_by_name = '我', due_on = now()",
    ),
  ).rejects.toThrow(/check constraint/);
  expect(await desk("xian")).toEqual([]);
  expect(await desk("fuhe")).toMatchObject([{ todo: "确认送出", group: "today" }]);
  await send(packageId);
  expect(await page()).toMatchObject({
    ...{ state: "sent", stateText: "等回执", persons: 3, lines: 18, dueOn: "2024-04-22" },
    cases: [
      { persons: 2, lines: 12, answered: 0 },
      { persons: 1, lines: 6 },
    ],
  });
  await expect(of("zhen", (p, tx) => p.page(tx, packageId))).rejects.toMatchObject({ code: "not-found" });
});

test("下载的文件和摘要对得上，再下载一次还是那份；一行一人一项", async () => {
  const file = await of("fuhe", (p, tx) => p.file(tx, packageId));
  const { digest, number } = await page();
  expect(createHash("sha256").update(file.bytes).digest("hex")).toBe(digest);
  expect((await of("xian", (p, tx) => p.file(tx, packageId))).bytes.equals(file.bytes)).toBe(true);
  out = await readTableFile(file.name, file.bytes);
  expect(out[0]).toEqual(["批次号", "序号", "姓名", "公民身份号码", "核对项目", "查询日期", "查得结果"]);
  expect(out.slice(1).map((r) => r[2])).toEqual(
    ["柳桂香", "柳小山", "何秀英"].flatMap((name) => Array(6).fill(name)),
  );
  expect(out[1]?.[0]).toBe(number);
});

test("接收回执登记一次，行数和送出的对账", async () => {
  const receipt = (lines: number, on = "2024-04-09") =>
    of("xian", (p, tx) => p.receipt(tx, packageId, { on, number: "省核收〔2024〕88号", lines }));
  h.clock.set("2024-04-09");
  await expect(receipt(19)).rejects.toThrow("送出的只有 18 行");
  await expect(receipt(18, "2024-04-07")).rejects.toThrow("送出那天以后");
  await receipt(17);
  await expect(receipt(18)).rejects.toThrow("已经登记了回执");
  expect(await page()).toMatchObject({ receiptLines: 17, lines: 18, stateText: "等答复 18 行" });
});

test("不对的文件整份退回，什么也不留：不是表、缺列、别的批次、原样退回没有填", async () => {
  const before = await kept();
  const answer = { "何秀英 存款余额": ["2024-04-10", "12,000.50"] } as const;
  h.clock.set("2024-04-10");
  const other = out.map((r, i) => (i === 0 ? r : ["别县核对委〔2024〕9号", ...r.slice(1)]));
  for (const [bytes, told] of [
    [Buffer.from("这不是表"), "没有找到有「序号」「查得结果」的表头"],
    [
      filled(
        answer,
        out.map((r) => r.filter((_, i) => i !== 3)),
      ),
      "没有一行填了|缺少「公民身份号码」",
    ],
    [filled(answer, other), "不是这一批"],
    [filled({}), "没有一行填了"],
    [filled(answer, [...out, ...Array(36).fill(out.at(-6))]), "文件有 37 行，这一批只委托了 18 行"],
  ] as const)
    await expect(take(bytes)).rejects.toThrow(new RegExp(told));
  expect(await kept()).toEqual(before);
});

test("部分答复逐行收：好的收下，不对的按行退回写明原因；同一份不收两次，同一个编号重传不变", async () => {
  const changed = out.map((r) => [...r]);
  const at = (name: string, item: string) => changed.find((r) => r[2] === name && r[4] === item)!;
  at("柳桂香", "住宅套数")[3] = at("何秀英", "住宅套数")[3]!;
  at("柳桂香", "商业用房数")[3] = "430621195005010000";
  at("柳小山", "存款余额")[1] = "999";
  const bytes = filled(
    {
      "何秀英 存款余额": ["2024/4/10", "12,000.50"],
      "何秀英 住宅套数": ["2024-04-10", "无"],
      "何秀英 商业用房数": ["2024-04-10", "一间"],
      "何秀英 正常机动车数": ["2024-04-11", "0"],
      "柳桂香 住宅套数": ["2024-04-10", "1"],
      "柳桂香 商业用房数": ["2024-04-10", "1"],
      "柳小山 存款余额": ["2024-04-10", "1"],
    },
    changed,
  );
  const id = newId();
  await take(bytes, id);
  await take(bytes, id);
  await expect(take(bytes)).rejects.toMatchObject({ code: "already-exists" });
  // A thousands comma that nobody quoted makes one cell too many: it is not read as twelve yuan.
  const cut = Buffer.from(
    filled({ "柳小山 存款余额": ["2024-04-10", "12,000"] })
      .toString()
      .replaceAll('"', ""),
  );
  await take(cut);
  expect((await page()).answers[1]).toMatchObject({
    accepted: 0,
    refused: [{ reason: "查询日期或查得结果看不懂" }],
  });
  expect(await kept()).toEqual({ answers: 2, rows: 2, refusals: 6 });
  const p = await page();
  expect(p).toMatchObject({ answered: 2, refused: 6, open: 16, stateText: "等答复 16 行" });
  expect(p.answers[0]?.refused.map((r) => r.reason)).toEqual([
    "号码和委托的人对不上",
    "身份证号码有错",
    "批次号或序号不是这一批的",
    "查询日期或查得结果看不懂",
    "查询日期或查得结果看不懂",
  ]);
  expect(p.rows.filter((r) => r.found)).toMatchObject([
    { nameMasked: "何**", item: "存款余额", asOf: "2024-04-10", found: "12,000.50 元" },
    { item: "住宅套数", found: "无" },
  ]);
  await take(filled({ "何秀英 存款余额": ["2024-04-10", "1"], "何秀英 正常机动车数": ["2024-04-10", "1"] }));
  expect((await page()).answers[2]).toMatchObject({ accepted: 1, refused: [{ reason: "这一行已经答复过" }] });
});

test("放进约定的文件夹一样收；不是本县批次的退回文件夹、写明原因，页面上看得到", async () => {
  const inbox = path.join(path.dirname(h.incoming), "feeds", o.county, "check-answers");
  h.house.matching.openInbox(o.county);
  const lay = (name: string, bytes: Buffer) => {
    fs.writeFileSync(path.join(inbox, name), bytes);
    fs.writeFileSync(path.join(inbox, `${name}.done`), "");
  };
  const rest: Record<string, readonly [string, string]> = Object.fromEntries(
    out
      .slice(1)
      .filter((r) => r[2] !== "何秀英" && r[4] !== "存款余额")
      .map((r) => [`${r[2]} ${r[4]}`, ["2024-04-10", "无"] as const]),
  );
  lay("回复.csv", filled({ ...rest, "柳桂香 存款余额": ["2024-04-10", "30000"] }));
  lay(
    "错的.csv",
    filled(
      rest,
      out.map((r, i) => (i === 0 ? r : ["别县核对委〔2024〕9号", ...r.slice(1)])),
    ),
  );
  lay("太大.csv", Buffer.alloc(20 * 1024 * 1024 + 1, "。"));
  await h.house.matching.collect(h.t.db, o.county);
  await h.house.matching.collect(h.t.db, o.county);
  expect(fs.readdirSync(inbox)).toEqual(["refused"]);
  const refused = fs.readdirSync(path.join(inbox, "refused"));
  const note = refused.find((f) => f.endsWith("错的.csv.说明.txt"))!;
  expect(fs.readFileSync(path.join(inbox, "refused", note), "utf8")).toContain("不是本县送出的批次");
  expect((await overview()).refused.map((r) => r.refusal)).toContainEqual(
    expect.stringContaining("超过 20 MB"),
  );
  expect((await overview()).refused.filter((r) => r.fileName !== "太大.csv")).toMatchObject([
    { fileName: "错的.csv", receivedByName: "系统", refusal: expect.stringContaining("不是本县送出的批次") },
  ]);
  expect(fs.readdirSync(`${h.incoming}-answers`)).toEqual([]);
  expect(await page()).toMatchObject({ answered: 14, cases: [{ answered: 11 }, { answered: 3 }] });
});

test("答复和申报并列在核对报告里，义务人的也在；比答复新的名单来了以名单为准", async () => {
  const report = async (caseId: string) => {
    const id = newId();
    await o.as("zhen", (tx) => h.house.matching.checks.make(tx, { id, caseId }));
    return o.as("zhen", (tx) => h.house.matching.checks.page(tx, id));
  };
  const of = async (caseId: string, item: string) =>
    (await report(caseId)).items.find((i) => i.item === item);
  expect(await of(widow, "存款余额")).toMatchObject({
    ...{ declared: "0.00 元", found: "12,000.50 元", differs: true, asOf: "2024-04-10" },
    note: "按省核对系统的答复。",
  });
  expect(await of(widow, "住宅套数")).toMatchObject({ found: "名单中没有查到", compared: false });
  expect(await of(widow, "商业用房数")).toMatchObject({ found: "不能确定" });
  const supporter = (await report(mother)).supporters[0]!.items;
  expect(supporter.find((i) => i.item === "正常机动车数")).toMatchObject({
    ...{ found: "名单中没有查到", asOf: "2024-04-10" },
  });
  expect(supporter.find((i) => i.item === "存款余额")).toMatchObject({ found: "不能确定" });
  h.clock.set("2024-04-12");
  const id = newId();
  const number = out.find((r) => r[2] === "何秀英")![3];
  const { matching, jobs } = h.house;
  await matching.save(
    ...[o.county, id],
    Readable.from([Buffer.from(`身份证号码,余额,查询日期\n${number},5000,2024-04-11`)]),
  );
  await o.as("xian", (tx) =>
    matching.receive(tx, {
      ...{ id, feed: "bank-deposits", origin: "console", fileName: "存款.csv", asOf: "2024-04-11" },
    }),
  );
  await createWorker(h.t.db, jobs).runDue();
  expect(await of(widow, "存款余额")).toMatchObject({
    ...{ found: "5,000.00 元", asOf: "2024-04-11", note: null },
  });
});

test("过了期限在工作台提醒，办件可以再委托；撤回写明理由，撤回的不再收答复", async () => {
  h.clock.set("2024-04-22");
  expect(await desk("xian")).toEqual([]);
  h.clock.set("2024-04-23");
  expect(await desk("xian")).toMatchObject([
    { todo: "催要答复或撤回", waiting: "逾期，等答复 4 行", group: "overdue" },
  ]);
  expect((await waiting()).cases).toMatchObject([
    { applicant: "柳桂香", before: { packageId, answered: false } },
    { applicant: "何秀英" },
  ]);
  await of("fuhe", (p, tx) => p.withdraw(tx, packageId, "省里说剩下的查不了。"));
  expect(await desk("xian")).toEqual([]);
  await expect(take(filled({ "何秀英 注册资本合计": ["2024-04-22", "无"] }))).rejects.toThrow("已经撤回");
  expect(await page()).toMatchObject({ state: "withdrawn", endedBecause: "省里说剩下的查不了。" });
  const again = await make([widow]);
  await send(again);
  const file = await of("xian", (p, tx) => p.file(tx, again));
  const rows = await readTableFile(file.name, file.bytes);
  const all = Object.fromEntries(
    rows.slice(1).map((r) => [`${r[2]} ${r[4]}`, ["2024-04-23", "无"] as const]),
  );
  await take(filled(all, rows), newId(), again);
  expect(await page(again)).toMatchObject({
    state: "answered",
    open: 0,
    can: { withdraw: false, take: false },
  });
  // Answered, it may be asked again; it stands behind whom nobody asked about.
  expect((await waiting()).cases.at(-1)).toMatchObject({ applicant: "何秀英", before: { answered: true } });
});

test("在享对象下个月底前到期的，可以先委托；没有到期的不在名单里", async () => {
  expect(await numbers("recheck")).toEqual([]);
  await expect(make([drawing])).rejects.toThrow("有办件不用核对");
  h.clock.set("2025-03-10");
  expect(await numbers("recheck")).toEqual(["严守田"]);
  const late = await make([drawing]);
  expect(await numbers("recheck")).toEqual([]);
  // Checked meanwhile, it is asked about no more.
  await o.as("xian", (tx) => h.house.matching.checks.batch(tx, { id: newId(), everybody: true }));
  await expect(send(late)).rejects.toThrow("请作废这份草稿");
});
