/** Outside parties: a department answers what was asked of it, itself; and sees nothing else of the house. */
import { contract } from "@wuxin/contract";
import type { Role } from "@wuxin/declare";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { addDays, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { family, MARCH, type Office, openOffice } from "./office.ts";

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
