/** 死亡登记共享: what this county knows of deaths goes back to the departments, once, by two people; what differs comes back. */
import { contract } from "@wuxin/contract";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
const contacts: Record<string, { actor: Actor }> = {};

async function contact(loginName: string, party: string) {
  await o.as("xitong", (tx) =>
    h.house.access.createAccount(tx, {
      ...{ id: newId(), loginName, name: `${loginName}的人`, role: "department_contact", scope: "", party },
      password: DEMO_PASSWORD,
    }),
  );
  const { actor } = await h.house.access.login(h.house.db, {
    ...{ county: o.county, loginName, password: DEMO_PASSWORD },
  });
  contacts[loginName] = { actor };
}
const dies = (personId: string, on: string) =>
  o.as("xian", (tx) => h.house.registry.recordDeath(tx, personId, on, "火化登记"));

let people: string[] = [];
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("江水根", 120_000), MARCH);
  await o.award(alone("严守田", "1950-03-02"), MARCH);
  h.clock.set("2024-05-13");
  people = (await h.t.owner<{ id: string }>("select id from person order by name, id")).map((p) => p.id);
  await contact("weijian", "department:health");
  await contact("gongan", "department:police");
});
afterAll(() => h.close());

type Who = Parameters<Office["as"]>[0];
const lists = () => h.house.deathLists;
const doors = () => createHandlers(h.house, { demo: false }).handlers;
const as = (login: string) => ({ caller: contacts[login] }) as never;
const staff = (who: Who) => ({ caller: { actor: o.actor(who) } }) as never;
const overview = () => o.as("xian", (tx) => lists().overview(tx));
const waiting = async (code: string) => (await overview()).kinds.find((k) => k.code === code)?.waiting;
const desk = async (login: string) =>
  contract.partyDesk.response.parse(await doors().partyDesk({} as never, as(login))).rows;
const reply = (login: string, id: string, data: object) =>
  doors().replyPartyItem(
    { params: { id }, body: { id: newId(), action: "receive", data } } as never,
    as(login),
  );
const todo = async (who: Who) =>
  contract.workbench.response
    .parse(await doors().workbench({} as never, staff(who)))
    .groups.flatMap((g) => g.rows)
    .filter((r) => r.itemTitle === "死亡登记共享")
    .map((r) => [r.todo, r.waiting]);

test("登记了死亡才有可共享的；起草的人不能确认，数据库也不收；别的角色进不来", async () => {
  const id = newId();
  const draft = (who: Who) => o.as(who, (tx) => lists().draft(tx, { id, code: "deaths-health" }));
  await expect(draft("xian")).rejects.toThrow("没有新登记的死亡");
  await dies(people[0] ?? "", "2024-05-02");
  await dies(people[1] ?? "", "2024-05-06");
  expect(await waiting("deaths-health")).toBe(2);
  expect(await todo("xian")).toContainEqual(["起草共享名单", "还没共享的 2 人"]);
  await expect(draft("zhen")).rejects.toMatchObject({ code: "forbidden" });
  await draft("xian");
  await draft("xian");
  expect((await overview()).lists).toMatchObject([
    { id, persons: 2, state: "draft", departmentName: "卫生健康局" },
  ]);
  await expect(
    o.as("xian", (tx) => lists().draft(tx, { id: newId(), code: "deaths-health" })),
  ).rejects.toThrow("已经有一份草稿");
  await expect(o.as("xian", (tx) => lists().confirm(tx, id))).rejects.toThrow("起草人以外的人");
  await expect(
    h.t.owner(
      "update death_list set confirmed_at = now(), confirmed_by = drafted_by, confirmed_by_name = '甲'",
    ),
  ).rejects.toThrow("death_list_check");
  expect(await todo("xian")).not.toContainEqual(["确认共享", expect.anything()]);
  expect((await todo("fuhe")).map(([what]) => what)).toContain("确认共享");
  expect(await desk("weijian")).toEqual([]);
  // Thrown away, it gave nothing: both wait again.
  await o.as("xian", (tx) => lists().drop(tx, id));
  expect(await waiting("deaths-health")).toBe(2);
});

test("两个人同时起草：一份成，另一个得到一句话", async () => {
  const ids = { xian: newId(), fuhe: newId() };
  const both = await Promise.allSettled(
    (["xian", "fuhe"] as const).map((who) =>
      o.as(who, (tx) => lists().draft(tx, { id: ids[who], code: "deaths-police" })),
    ),
  );
  expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((b) => b.status === "rejected")).toMatchObject({
    reason: { code: "action-not-allowed", message: expect.stringContaining("已经有一份草稿") },
  });
  const [made] = (await overview()).lists;
  await o.as("xian", (tx) => lists().drop(tx, made?.id ?? ""));
});

let given: string;
test("另一人确认以后在卫健的工作台上：下载的只有说好的栏目，看一次记一次；公安的看不到；给过的不再给", async () => {
  given = newId();
  await o.as("xian", (tx) => lists().draft(tx, { id: given, code: "deaths-health" }));
  await doors().confirmDeathList({ params: { id: given } } as never, staff("fuhe"));
  const [mine] = await desk("weijian");
  expect(mine).toMatchObject({ title: "截至 2024-05-13 登记的死亡 2 人", state: "waiting" });
  expect(await desk("gongan")).toEqual([]);
  expect(await waiting("deaths-health")).toBe(0);
  expect(await waiting("deaths-police")).toBe(2);
  const file = (await doors().downloadPartyFile({ params: { id: mine?.id } } as never, as("weijian"))) as {
    name: string;
    bytes: Buffer;
  };
  expect(file.name).toBe("死亡登记2024-05-13.xlsx");
  const { readXlsx } = await import("hucre/xlsx");
  const book = await readXlsx(file.bytes);
  const [head, ...rows] = book.sheets[0]?.rows ?? [];
  expect(head?.map(String)).toEqual(["序号", "姓名", "身份证号码", "死亡日期", "登记依据", "所在地"]);
  expect(rows.slice(0, 2).map((r) => String(r[3]))).toEqual(["2024-05-02", "2024-05-06"]);
  expect(rows.slice(0, 2).every((r) => /^\d{17}[\dX]$/.test(String(r[2])))).toBe(true);
  await expect(
    doors().downloadPartyFile({ params: { id: mine?.id } } as never, as("gongan")),
  ).rejects.toMatchObject({ code: "not-found" });
  const seen = await h.t.owner<{ n: string }>(
    "select count(*) as n from audit_entry where action in ('party.file', 'registry.disclose')",
  );
  expect(Number(seen[0]?.n)).toBeGreaterThan(0);
});

test("对方回执、逐行写差异；写错序号的不收，什么都不留；差异逐行核对，办完从工作台消失；后登记的下次再给", async () => {
  const [mine] = await desk("weijian");
  const id = mine?.id ?? "";
  await expect(reply("weijian", id, { received: 2, differs: "9 我局没有这个人" })).rejects.toThrow(
    "没有第 9 行",
  );
  await expect(reply("weijian", id, { received: 2, differs: "日期不一样" })).rejects.toThrow("看不懂");
  expect((await o.as("xian", (tx) => lists().page(tx, given))).state).toBe("given");
  await reply("weijian", id, { received: 2, differs: "２、我局登记的是 2024-05-05", note: "已入库" });
  const page = await o.as("xian", (tx) => lists().page(tx, given));
  expect(page).toMatchObject({ state: "received", received: 2, differing: 1, open: 1, note: "已入库" });
  expect(page.rows.map((r) => r.differs)).toEqual([null, "我局登记的是 2024-05-05"]);
  expect(await todo("xian")).toContainEqual(["逐行核对", "1 人"]);
  await expect(reply("weijian", id, { received: 2 })).rejects.toMatchObject({ code: "action-not-allowed" });
  const handle = (line: number) =>
    o.as("xian", (tx) => lists().handle(tx, given, line, "以火化证明为准，已告知卫健。"));
  await expect(handle(1)).rejects.toThrow("没有差异");
  await handle(2);
  await expect(handle(2)).rejects.toThrow("没有差异或已经办理");
  expect((await todo("xian")).map(([what]) => what)).not.toContain("逐行核对");
  // Known later: on the next list, alone.
  await dies(people[2] ?? "", "2024-04-20");
  h.clock.set("2024-06-03");
  expect((await overview()).kinds.find((k) => k.code === "deaths-health")).toMatchObject({
    ...{ waiting: 1, dueOn: "2024-06-10", drafted: false },
  });
  expect(await todo("xian")).toEqual([]);
  h.clock.set("2024-06-10");
  expect((await todo("xian")).sort()).toEqual([
    ["起草共享名单", "还没共享的 1 人"],
    ["起草共享名单", "还没共享的 3 人"],
    ["起草共享名单", "还没共享的 3 人"],
  ]);
});
