/** Outside parties: a department answers what was asked of it, itself; and sees nothing else of the house. */
import { Readable } from "node:stream";
import { contract } from "@wuxin/contract";
import type { Role } from "@wuxin/declare";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { addDays, newId } from "@wuxin/kernel";
import { type Actor, createWorker, type Tx } from "@wuxin/platform";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { family, idNo, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
let home: string;
const DAY = "2024-05-08";
const contacts: Record<string, { actor: Actor }> = {};

async function account(loginName: string, role: Role, party: string) {
  const id = newId();
  await o.as("xitong", (tx) =>
    h.house.access.createAccount(tx, {
      ...{ id, loginName, name: `${loginName}的人`, role, scope: "", party, password: DEMO_PASSWORD },
    }),
  );
  const { actor } = await h.house.access.login(h.house.db, {
    ...{ county: o.county, loginName, password: DEMO_PASSWORD },
  });
  contacts[loginName] = { actor };
}
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("江水根", 120_000), MARCH);
  h.clock.set(DAY);
  const [row] = await h.t.owner<{ id: string }>("select id from household");
  home = row?.id ?? "";
  await account("jiaoyu", "department_contact", "department:education");
  await account("weijian", "department_contact", "department:health");
});
afterAll(() => h.close());

const who = (loginName: string) => contacts[loginName] as { actor: Actor };
const doors = () => createHandlers(h.house, { demo: false }).handlers;
const call = (loginName: string) => ({ caller: who(loginName) }) as never;
const desk = async (loginName: string) =>
  contract.partyDesk.response.parse(await doors().partyDesk({} as never, call(loginName)));
const item = async (loginName: string, id: string) =>
  contract.getPartyItem.response.parse(
    await doors().getPartyItem({ params: { id } } as never, call(loginName)),
  );
const reply = (loginName: string, id: string, action: string, data: object, replyId = newId()) =>
  doors().replyPartyItem({ params: { id }, body: { id: replyId, action, data } } as never, call(loginName));
const measures = () => h.house.clues.measures;
const plan = async (data: object) => {
  const id = newId();
  await o.as("zhen", (tx) =>
    measures().act(tx, home, {
      ...{ id, action: "plan" },
      data: {
        kind: "school",
        service: "免学费并给助学金",
        startsOn: DAY,
        answerDueOn: addDays(DAY, 10),
        ...data,
      },
    }),
  );
  return id;
};
const measure = async (id: string) =>
  (await o.as("zhen", (tx) => measures().page(tx, home))).measures.find((m) => m.id === id);

test("账号由系统管理员开，绑在一个部门上；没有的部门、配错的角色开不了", async () => {
  const make = (input: object) =>
    o.as("xitong", (tx) =>
      h.house.access.createAccount(tx, {
        ...{ id: newId(), loginName: "shibai", name: "试", role: "department_contact", scope: "" },
        ...{ password: DEMO_PASSWORD, ...input },
      }),
    );
  await expect(make({ party: "department:no-such" })).rejects.toThrow("本县没有这个部门或机构");
  await expect(make({})).rejects.toThrow("请选是哪个部门的联络员");
  await expect(make({ party: "department:health", scope: o.county })).rejects.toThrow("没有管辖范围");
  await expect(make({ role: "county", scope: o.county, party: "department:health" })).rejects.toThrow(
    "是本单位的账号",
  );
  await expect(
    o.as("xian", (tx) =>
      h.house.access.createAccount(tx, {
        ...{ id: newId(), loginName: "shibai", name: "试", role: "institution", scope: "" },
        ...{ party: `institution:${newId()}`, password: DEMO_PASSWORD },
      }),
    ),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test("外单位账号只进得了自己的几道门，数据库也什么都不给", async () => {
  await plan({});
  const own = Object.entries(contract).flatMap(([id, e]) =>
    typeof e.access !== "string" && (e.access as readonly string[]).includes("department_contact")
      ? [id]
      : [],
  );
  expect(own.sort()).toEqual([
    ...["deliverPartyFeed", "downloadPartyFile", "getFile", "getPartyItem", "partyDesk", "partyIdentity"],
    ...["replyPartyItem", "uploadFile"],
  ]);
  const tables = await h.t.owner<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind in ('r', 'v') and c.relnamespace = 'public'::regnamespace
       and c.relname <> 'schema_migration' order by 1`,
  );
  const seen: string[] = [];
  for (const { name } of tables) {
    const rows = await h.house.db
      .read(who("jiaoyu").actor, (tx: Tx) => tx.query(`select 1 from ${name} limit 1`))
      .catch((e: Error) => (/permission denied/.test(e.message) ? [] : Promise.reject(e)));
    if (rows.length > 0) seen.push(name);
  }
  expect(tables.length).toBeGreaterThan(100);
  expect(seen).toEqual(["account", "account_login", "party_item", "session"]);
  const accounts = await h.house.db.read(who("jiaoyu").actor, (tx) =>
    tx.query<{ name: string }>("select login_name as name from account"),
  );
  expect(accounts).toEqual([{ name: "jiaoyu" }]);
  // Nor can it be written: another party's item, one's own standing, an answer in somebody's name.
  const write = (text: string) => h.house.db.transact(who("jiaoyu").actor, (tx) => tx.exec(text));
  expect(await write("update party_item set state = 'done'")).toBe(0);
  await expect(write("update account set party = 'department:health'")).rejects.toThrow(/permission denied/);
  await expect(
    write(`insert into measure (county_code, id) values ('${o.county}', '${newId()}')`),
  ).rejects.toThrow();
});

test("教育局自己答复：看得到哪一户的姓氏和村，看全名要留痕；答完乡镇看得到，过期不能重答；别的部门没有这件事", async () => {
  const id = await plan({});
  expect(await measure(id)).toMatchObject({ department: "教育局", state: "planned" });
  expect((await desk("weijian")).rows).toEqual([]);
  const { party, rows } = await desk("jiaoyu");
  expect(party).toBe("教育局");
  const [row] = rows.filter((r) => r.state === "waiting");
  expect(row).toMatchObject({ kindLabel: "帮扶措施", dueOn: addDays(DAY, 10), late: false });
  const it = await item("jiaoyu", row?.id ?? "");
  expect(it.lines.find((l) => l.label === "哪一户")?.text).toMatch(/^江\*+，/);
  expect(JSON.stringify(it)).not.toContain("江水根");
  await expect(item("weijian", it.id)).rejects.toMatchObject({ code: "not-found" });

  const named = await doors().partyIdentity({ params: { id: it.id } } as never, call("jiaoyu"));
  expect(named[0]).toEqual({ label: "户主姓名", text: "江水根" });
  const audit = await h.t.owner<{ action: string; role: string }>(
    "select action, role from audit_entry where action like 'party.%' order by position",
  );
  expect(audit).toContainEqual({ action: "party.identity", role: "department_contact" });
  expect(audit).toContainEqual({ action: "party.read", role: "department_contact" });

  await expect(reply("jiaoyu", it.id, "answer", { result: "in-force" })).rejects.toMatchObject({
    code: "invalid-input",
  });
  const answer = {
    on: DAY,
    result: "in-force",
    document: "教助〔2024〕9号",
    amountFen: 100_000,
    each: "once",
  };
  await expect(reply("weijian", it.id, "answer", { ...answer, note: "不是我的。" })).rejects.toMatchObject({
    code: "not-found",
  });
  const once = newId();
  await reply("jiaoyu", it.id, "answer", { ...answer, note: "春季学期已到账。" }, once);
  await expect(reply("jiaoyu", it.id, "answer", { ...answer, note: "再来" })).rejects.toMatchObject({
    code: "action-not-allowed",
  });
  const after = await item("jiaoyu", it.id);
  expect(after).toMatchObject({ state: "done", replies: [{ state: "taken", label: "答复落实情况" }] });
  const answered = rows.find((r) => r.id === it.id);
  expect(answered?.title).toContain("教育资助");
  const [m] = (await o.as("zhen", (tx) => measures().page(tx, home))).measures.filter(
    (x) => x.state === "in-force",
  );
  expect(m).toMatchObject({ amountFen: 100_000, inForceOn: DAY });
  expect(m?.history[0]).toMatchObject({ by: "教育局 jiaoyu的人", label: "登记部门落实" });
});

test("凭文号代登仍然可以：部门那里变成已办结，迟到的答复说明原因", async () => {
  const id = await plan({ department: "health", service: "签约家庭医生，按月随访" });
  const [row] = (await desk("weijian")).rows;
  const m = await measure(id);
  await o.as("zhen", (tx) =>
    measures().act(tx, home, {
      ...{ id: newId(), action: "answer", of: id, version: m?.version },
      data: { on: DAY, result: "failed", document: "卫健函〔2024〕3号", note: "已搬走。" },
    }),
  );
  await h.house.dispatcher.drain(o.county);
  expect(await item("weijian", row?.id ?? "")).toMatchObject({ state: "done", actions: [] });
  // A body that is not on the county's list is written by name and has no account.
  const other = await plan({ department: "other", another: "县供销社" });
  expect(await measure(other)).toMatchObject({ department: "县供销社", departmentCode: null });
});

test("跨部门协同事项：部门看得到分工、会商和自己的问题，自己报告；没有解决的由人立项督办，部门看得到办到哪里", async () => {
  const registers = () => h.house.registers;
  const id = newId();
  const value = {
    ...{ name: "残疾人信息共享", duty: "卫健每月给名单", state: "进行中" },
    ...{ owner: "社会事务股", parties: ["health", "disabled-federation"] },
  };
  await o.as("xian", (tx) => registers().saveEntry(tx, "joint-matter", id, { version: 0, values: value }));
  await o.as("xian", (tx) =>
    registers().addRow(tx, "joint-matter", id, "meetings", {
      ...{ id: newId(), values: { on: DAY, present: "卫健局、残联", agreed: "每月五日前给名单" } },
    }),
  );
  await h.house.dispatcher.drain(o.county);
  expect((await desk("jiaoyu")).rows.map((r) => r.title)).not.toContain("残疾人信息共享");
  const row = (await desk("weijian")).rows.find((r) => r.title === "残疾人信息共享");
  const it = await item("weijian", row?.id ?? "");
  expect(it).toMatchObject({ state: "shared", kindLabel: "部门协同事项" });
  expect(JSON.stringify(it.chapters)).toContain("每月五日前给名单");
  await reply("weijian", it.id, "add", { on: DAY, progress: "四月名单已给。", open: "格式没有定" });
  const [line] =
    (await o.as("xian", (tx) => registers().getEntry(tx, "joint-matter", id))).ledgers.reports ?? [];
  expect(line?.values).toMatchObject({ department: "health", open: "格式没有定" });
  expect(JSON.stringify((await item("weijian", it.id)).chapters)).toContain("等民政局处理");
  // A person puts it on supervision; the department sees how that stands.
  await o.as("xian", (tx) =>
    h.house.matters.open(tx, {
      ...{ id: newId(), source: "register", register: "joint-matter", entryId: id, lineId: line?.id ?? "" },
      ...{ sourceText: "残疾人信息共享", sourceOn: DAY, title: "定下名单格式", demand: "五月底前定下来。" },
      ...{ owner: "社会事务股", dueOn: "2024-05-30" },
    }),
  );
  const stands = JSON.stringify((await item("weijian", it.id)).chapters);
  expect(stands).toContain("格式没有定（已立项督办，社会事务股办，限 2024-05-30：在办）");
  const given = contract.givenOf.response.parse(
    await doors().givenOf(
      { params: { register: "joint-matter", id } } as never,
      { caller: { actor: o.actor("xian") } } as never,
    ),
  );
  expect(given.given.map((g) => [g.party, g.account, g.replies.length])).toEqual([
    ["残疾人联合会", false, 0],
    ["卫生健康局", true, 1],
  ]);
  // Done with: nothing more can be said.
  await o.as("xian", (tx) =>
    registers().saveEntry(tx, "joint-matter", id, {
      ...{ version: 1, values: { ...value, state: "已办结", result: "按月交换。" } },
    }),
  );
  await h.house.dispatcher.drain(o.county);
  expect(await item("weijian", it.id)).toMatchObject({ state: "done", actions: [] });
});

test("数据共享申请连着数据源：没有申请的标出来；部门自己交文件，来件、时效、下次应交写在申请上", async () => {
  const feeds = async () =>
    contract.listFeeds.response.parse(
      await doors().listFeeds({} as never, { caller: { actor: o.actor("xian") } } as never),
    );
  const deaths = async () => (await feeds()).find((f) => f.code === "medical-deaths");
  expect((await deaths())?.ground).toBeNull();
  const id = newId();
  const asked = {
    ...{ list: "死亡医学证明", feed: "medical-deaths", department: "卫生健康局", owner: "社会救助股" },
    ...{ ground: "社会救助暂行办法第五十八条", purpose: "死亡次日提出停发", frequency: "每月" },
    ...{
      columns: "身份证号码、死亡日期",
      state: "已发函",
      sentNumber: "民函〔2024〕6号",
      sentOn: "2024-04-05",
    },
  };
  const save = (version: number, values: object) =>
    o.as("xian", (tx) =>
      h.house.registers.saveEntry(tx, "data-request", id, { version, values: { ...asked, ...values } }),
    );
  await save(0, {});
  expect((await deaths())?.ground).toMatchObject({ entryId: id, valid: false });
  // Asked, not agreed: it is known there, and no list is taken in.
  await h.house.dispatcher.drain(o.county);
  const own = async () => (await desk("weijian")).rows.find((r) => r.title === "死亡医学证明");
  const given = (await own())?.id ?? "";
  expect(await item("weijian", given)).toMatchObject({ state: "shared", feed: null });
  const list = `身份证号码,姓名,死亡日期\n${idNo("1940-01-01")},无关的人,2024-05-01\n`;
  const deliver = (loginName: string, asOf?: string) =>
    doors().deliverPartyFeed(
      { params: { id: given }, query: { id: newId(), asOf } } as never,
      {
        ...(call(loginName) as object),
        incoming: { name: "死亡.csv", stream: Readable.from([Buffer.from(list)]) },
      } as never,
    );
  await expect(deliver("weijian")).rejects.toMatchObject({ code: "action-not-allowed" });
  const answered = { answerNumber: "卫函〔2024〕2号", answeredOn: "2024-04-20", until: "2024-12-31" };
  await save(1, { ...answered, state: "交付中", firstOn: "2024-05-01" });
  expect((await deaths())?.ground).toMatchObject({ valid: true, until: "2024-12-31" });
  await h.house.dispatcher.drain(o.county);
  expect(await own()).toMatchObject({ state: "waiting" });
  // Another department's list is not its to give, nor to look at, nor to answer.
  const gone = { code: "not-found" };
  await expect(deliver("jiaoyu")).rejects.toMatchObject(gone);
  await expect(item("jiaoyu", given)).rejects.toMatchObject(gone);
  await expect(reply("jiaoyu", given, "add", {})).rejects.toMatchObject(gone);
  for (const door of ["partyIdentity", "downloadPartyFile"] as const)
    await expect(
      (async () => doors()[door]({ params: { id: given } } as never, call("jiaoyu")))(),
    ).rejects.toMatchObject(gone);
  await deliver("weijian", "2024-05-06");
  await createWorker(h.t.db, h.house.jobs).runDue();
  const it = await item("weijian", given);
  expect(it.lines.find((l) => l.label === "上次来件")?.text).toContain("数据截至 2024-05-06，1 行");
  expect(it.dueOn).toBe(addDays("2024-05-06", (await deaths())?.freshDays ?? 0));
  const [run] = await o.as("xian", (tx) => h.house.matching.runs(tx, { feed: "medical-deaths" }));
  expect(run).toMatchObject({ receivedBy: "卫生健康局 weijian的人", state: "done" });
  h.clock.set("2025-01-02");
  expect((await deaths())?.ground).toMatchObject({ valid: false });
  await expect(deliver("weijian", "2025-01-01")).rejects.toMatchObject({ code: "action-not-allowed" });
  h.clock.set(DAY);
});
