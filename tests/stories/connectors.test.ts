/** Lists that the house fetches by itself from a department's server: by the calendar, once, with failures in words. */
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, MARCH, type Office, openOffice } from "./office.ts";

const FEED = "police-deaths";
const SECRET = "Bearer tiantian-geheim-0507";
const old = alone("邹爱莲", "1948-01-01");
const late = alone("费素芬", "1950-05-05");
const list = (...rows: string[]) => `身份证号码,姓名,死亡日期,户口注销日期\n${rows.join("\n")}\n`;
const FIRST = list(`${old[0]?.idNo},邹爱莲,2024-04-28,2024-05-02`);

/** The department's server: what it gives next, and who asked. */
let give: { status: number; body: string; before?: () => Promise<unknown> };
const asked: http.IncomingHttpHeaders[] = [];
const server = http.createServer((ask, answer) => {
  asked.push({ ...ask.headers, url: ask.url ?? "" });
  void (give.before?.() ?? Promise.resolve()).then(() => answer.writeHead(give.status).end(give.body));
});

let h: TestHouse;
let o: Office;
let url: string;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/out/deaths_{date}.csv`;
  const host = { host: "127.0.0.1", private: true, plain: true };
  h = await testHouse("2024-03-01", {
    fetchHosts: [
      { ...host, port },
      { ...host, port: 9 },
    ],
  });
  o = await openOffice(h);
  await o.award(old, MARCH);
  h.clock.set(at("2024-05-06T07:00"));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await h.close();
});

const at = (local: string) => new Date(`${local}:00+08:00`);
const connectors = () => h.house.matching.connectors;
const DAILY = {
  ...({ every: "workday", hour: 6, weekday: null, monthDay: null, header: "X-Key" } as const),
  protocol: { json: null, signing: null },
};
const save = (more: Partial<Parameters<ReturnType<typeof connectors>["save"]>[2]> = {}) =>
  o.as("xitong", (tx) => connectors().save(tx, FEED, { ...DAILY, url, secret: SECRET, ...more }));
/** What the house does every few seconds, then what its worker does. */
async function go(local?: string) {
  if (local) h.clock.set(at(local));
  await connectors().run(h.t.db, o.county);
  await createWorker(h.t.db, h.house.jobs).runDue();
  const page = await o.as("xian", (tx) => connectors().list(tx));
  return { ...page.connectors[0]!, said: page.fetches.map((f) => f.words), fetches: page.fetches };
}
const runs = () => o.as("xian", (tx) => h.house.matching.runs(tx, {}));
const waiting = () => (fs.existsSync(h.incoming) ? fs.readdirSync(h.incoming) : []);

describe("定时获取", () => {
  test("到点去取，口令在请求头里；取来就比对，出预警，删文件；口令不存原文，也不再显示", async () => {
    give = { status: 200, body: FIRST };
    await save();
    expect(await go()).toMatchObject({
      state: "on",
      hasSecret: true,
      schedule: "每个工作日 06:00",
      said: [],
    });
    expect(asked).toHaveLength(0);
    const after = await go("2024-05-07T06:00");
    expect(asked).toMatchObject([{ "x-key": SECRET, url: "/out/deaths_20240507.csv" }]);
    expect(after).toMatchObject({ failures: 0, nextAt: at("2024-05-08T06:00").toISOString() });
    expect(after.last).toMatchObject({ outcome: "received", words: "取到新文件，已交去比对。" });
    const [run] = await runs();
    expect(run).toMatchObject({ origin: "connector", state: "done", asOf: "2024-05-07", alerts: 1 });
    expect(run?.receivedBy).toContain("（定时获取）");
    expect(run?.fileDeletedAt).not.toBeNull();
    expect(waiting()).toEqual([]);
    const kept = JSON.stringify([
      await h.t.owner("select * from feed_connector"),
      await h.t.owner("select * from audit_entry where action like 'feed.connector.%'"),
      after,
    ]);
    expect(kept).not.toContain("geheim");
    expect(kept).not.toContain(Buffer.from("geheim").toString("hex"));
  });

  test("同一份文件不重复比对；过了七天再比一次，因为在册的人变了", async () => {
    expect((await go("2024-05-08T06:00")).said[0]).toBe("和 2024-05-07 取到的是同一份，没有重复比对。");
    expect(await runs()).toHaveLength(1);
    expect(waiting()).toEqual([]);
    await go("2024-05-14T06:00");
    expect(await runs()).toHaveLength(2);
    expect((await runs())[0]).toMatchObject({ alerts: 0, again: 1 });
  });

  test("对方坏了：写明原因，五分钟、十五分钟后再试，好了就接着取；口令不对不再试，等下一次", async () => {
    give = { status: 500, body: "" };
    expect(await go("2024-05-15T06:00")).toMatchObject({ failures: 1 });
    expect((await go("2024-05-15T06:04")).fetches.filter((f) => f.outcome === "failed")).toHaveLength(1);
    expect(await go("2024-05-15T06:06")).toMatchObject({ failures: 2 });
    give = { status: 200, body: list(`${late[0]?.idNo},费素芬,2024-05-01,2024-05-02`) };
    const well = await go("2024-05-15T06:22");
    expect(well).toMatchObject({ failures: 0, nextAt: at("2024-05-16T06:00").toISOString() });
    expect(well.said.slice(0, 3)).toEqual([
      "取到新文件，已交去比对。",
      "对方答复 500，暂时取不到。",
      "对方答复 500，暂时取不到。",
    ]);
    give = { status: 401, body: "" };
    const refused = await go("2024-05-16T06:00");
    expect(refused).toMatchObject({ failures: 1, nextAt: at("2024-05-17T06:00").toISOString() });
    expect(refused.said[0]).toContain("对方不认口令（401）");
    expect(waiting()).toEqual([]);
  });

  test("立即获取；停用就不取，正在取的也不收；没有设置的不能取", async () => {
    give = { status: 200, body: list(`${old[0]?.idNo},邹爱莲,2024-04-29,2024-05-02`) };
    await o.as("xian", (tx) => connectors().ask(tx, FEED));
    expect((await go("2024-05-16T09:00")).last).toMatchObject({
      outcome: "received",
      askedByName: o.ref("xian").name,
    });
    const before = (await runs()).length;
    give = {
      status: 200,
      body: FIRST,
      before: () => o.as("xian", (tx) => connectors().switch(tx, FEED, false)),
    };
    await go("2024-05-17T06:00");
    expect(await go("2024-05-20T06:00")).toMatchObject({ state: "off", nextAt: null });
    expect((await runs()).length).toBe(before);
    expect(waiting()).toEqual([]);
    await expect(o.as("xian", (tx) => connectors().ask(tx, FEED))).rejects.toMatchObject({
      code: "action-not-allowed",
    });
    await expect(o.as("xian", (tx) => connectors().ask(tx, "vehicles"))).rejects.toMatchObject({
      code: "not-found",
    });
    await o.as("xian", (tx) => connectors().switch(tx, FEED, true));
    expect((await go()).nextAt).toBe(at("2024-05-21T06:00").toISOString());
  });

  test("取到一半进程没了：别的进程先不碰，过了时限再取", async () => {
    give = { status: 200, body: FIRST };
    h.clock.set(at("2024-05-21T06:00"));
    await h.t.owner(
      "update feed_connector set claim = gen_random_uuid(), claimed_until = '2024-05-21T06:31:00+08:00'",
    );
    const before = asked.length;
    expect((await go()).state).toBe("fetching");
    expect(asked.length).toBe(before);
    expect((await go("2024-05-21T06:32")).last).toMatchObject({ outcome: "received" });
  });

  test("换到别的主机，原来的口令不跟过去；没有允许的主机不收", async () => {
    await save({ url: "http://127.0.0.1:9/out.csv", secret: null });
    expect((await go()).hasSecret).toBe(false);
    await expect(save({ url: "https://169.254.169.254/latest/meta-data" })).rejects.toMatchObject({
      code: "invalid-input",
    });
    await expect(save({ secret: "两\n行" })).rejects.toMatchObject({ code: "invalid-input" });
    expect((await go("2024-05-22T06:00")).said[0]).toContain("连接被拒绝");
  });

  test("JSON 分页：断在第二页写明、接着取，取全了才比对；没有密钥的签名不收", async () => {
    const page = (n: number) => {
      const list = [
        [old, "2024-05-01"],
        [late, "2024-05-02"],
      ].map(([p, on]) => ({
        ...{ sfzh: (p as typeof old)[0]?.idNo, 姓名: "某", 死亡日期: on },
      }));
      return JSON.stringify({ data: { list: list.slice(n - 1, n), total: 2 } });
    };
    const json = {
      ...{ method: "GET" as const, rows: "data.list", columns: { 身份证号码: "sfzh" } },
      paging: {
        ...{ kind: "page" as const, at: "pageNum", size: "pageSize", rows: 1, first: 1 },
        ...{ next: null, total: "data.total" },
      },
    };
    const headers = { signature: "X-Sign", timestamp: "X-Ts", nonce: null, digest: null, key: null };
    const signing = {
      ...{ algorithm: "hmac-sha256" as const, canonical: "{timestamp}{query}", keyId: null, headers },
      ...{ encoding: "hex" as const, time: "s" as const },
    };
    await expect(save({ url, secret: null, protocol: { json, signing } })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("要有密钥"),
    });
    await save({ url, protocol: { json, signing } });
    const before = (await runs()).length;
    let broken = true;
    give = {
      ...{ status: 200, body: "" },
      before: async () => {
        const n = Number(new URL(asked.at(-1)?.url ?? "", "http://x").searchParams.get("pageNum"));
        give.status = n === 2 && broken ? 500 : 200;
        give.body = page(n);
      },
    };
    const cut = await go("2024-05-23T06:00");
    expect(cut.said[0]).toBe("对方答复 500，暂时取不到。已取到第 1 页，下次从第 2 页接着取。");
    expect(cut.protocol).toEqual({ json, signing });
    expect(await runs()).toHaveLength(before);
    broken = false;
    const first = asked.length;
    expect((await go("2024-05-23T06:06")).last).toMatchObject({ outcome: "received" });
    expect(asked.slice(first).map((a) => a["x-sign"]?.length)).toEqual([64]);
    expect(asked.at(-1)?.["x-key"]).toBeUndefined();
    expect((await runs())[0]).toMatchObject({ state: "done", rows: 2, persons: 1, asOf: "2024-05-23" });
    expect(waiting()).toEqual([]);
  });
});
