/** Lists that nobody uploads: delivered by a department's machine with a token, or laid into a watched folder. */
import fs from "node:fs";
import path from "node:path";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { type IsoDate, newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { buildApp, createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
let app: Awaited<ReturnType<typeof buildApp>>;
let base: string;
const old = alone("邹爱莲", "1948-01-01");
const LIST = `身份证号码,姓名,死亡日期,户口注销日期\n${old[0]?.idNo},邹爱莲,2024-04-28,2024-05-02\n`;
const FEED = "police-deaths";

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(old, MARCH);
  h.clock.set("2024-05-08");
  app = await buildApp({
    ...createHandlers(h.house, { demo: false }),
    ...{ version: "0", trustProxy: false, secureCookies: false },
  });
  base = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await app.close();
  await h.close();
});

const work = () => createWorker(h.t.db, h.house.jobs).runDue();
const tokens = () => h.house.matching.tokens;
const make = (feed = FEED, expiresOn: IsoDate = "2024-12-31") =>
  o.as("xitong", (tx) => tokens().make(tx, { id: newId(), feed, expiresOn }));
async function deliver(token: string, id = newId(), feed = FEED, text = LIST) {
  const body = new FormData();
  body.append("file", new Blob([text]), "死亡2024-05-06.csv");
  const answer = await fetch(`${base}/api/deliveries/${feed}?id=${id}&asOf=2024-05-06`, {
    ...{ method: "POST", body, headers: { authorization: `Bearer ${token}`, "x-wuxin": "1" } },
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}
async function ask(token: string, id: string, feed = FEED) {
  const answer = await fetch(`${base}/api/deliveries/${feed}/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}
const alerts = async () => (await o.as("xian", (tx) => h.house.matching.alerts(tx, { size: 100 }))).rows;
const runs = () => o.as("xian", (tx) => h.house.matching.runs(tx, {}));
/** No file of a list is left where files wait. */
const waiting = () => (fs.existsSync(h.incoming) ? fs.readdirSync(h.incoming) : []);

describe("部门接口", () => {
  test("凭口令传数据，只答收没收下，不答是谁；同一编号再传不重来", async () => {
    const token = await make();
    const id = newId();
    expect(await deliver(token, id)).toMatchObject({ status: 200, said: { id, state: "waiting" } });
    await work();
    const after = await ask(token, id);
    expect(after).toMatchObject({ status: 200, said: { id, state: "done", rows: 1 } });
    expect(JSON.stringify(after.said)).not.toContain("邹爱莲");
    expect(await alerts()).toHaveLength(1);
    expect(await deliver(token, id)).toMatchObject({ status: 200, said: { state: "done" } });
    await work();
    expect(await runs()).toMatchObject([{ origin: "api", feed: FEED, state: "done" }]);
    expect((await runs())[0]?.fileDeletedAt).not.toBeNull();
    expect(waiting()).toEqual([]);
  });

  test("没有口令、别的数据源的、过期的、作废的口令都不收，什么也不留下", async () => {
    const token = await make();
    const before = (await runs()).length;
    for (const wrong of ["", "x", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`])
      expect((await deliver(wrong)).status).toBe(401);
    expect((await deliver(token, newId(), "vehicles")).status).toBe(401);
    const short = await make(FEED, "2024-05-08");
    h.clock.set("2024-05-09");
    expect((await deliver(short)).status).toBe(401);
    h.clock.set("2024-05-08");
    const list = await o.as("xitong", (tx) => tokens().list(tx));
    for (const t of list.tokens) await o.as("xitong", (tx) => tokens().revoke(tx, t.id));
    const no = await deliver(token);
    expect(no.status).toBe(401);
    expect(JSON.stringify(no.said)).toContain("口令无效、已过期、已作废");
    expect((await runs()).length).toBe(before);
    expect(waiting()).toEqual([]);
  });

  test("口令换了，接着用新口令也查得到以前传的；别的数据源的口令查不到", async () => {
    const [before, after, other] = [await make(), await make(), await make("vehicles")];
    const id = newId();
    await deliver(before, id);
    await work();
    const list = await o.as("xitong", (tx) => tokens().list(tx));
    const old = list.tokens.filter((t) => t.feed === FEED && t.state === "valid").at(-1)?.id ?? "";
    await o.as("xitong", (tx) => tokens().revoke(tx, old));
    expect((await ask(before, id)).status).toBe(401);
    expect(await ask(after, id)).toMatchObject({ status: 200, said: { id, state: "done", rows: 1 } });
    const runsThen = (await runs()).length;
    expect(await deliver(after, id)).toMatchObject({ status: 200, said: { state: "done" } });
    expect((await runs()).length).toBe(runsThen);
    expect((await ask(other, id, "vehicles")).status).toBe(404);
  });

  test("传到一半断开，半份文件当即删除；断电留下的，下次清理时删除", async () => {
    const body = new ReadableStream({
      start(c) {
        c.enqueue(
          Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n身份证`),
        );
      },
    });
    const cut = new AbortController();
    const token = await make();
    const going = fetch(`${base}/api/deliveries/${FEED}?id=${newId()}&asOf=2024-05-06`, {
      ...{ method: "POST", body, signal: cut.signal, duplex: "half" },
      headers: { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=b" },
    } as RequestInit);
    await expect.poll(waiting).toHaveLength(1);
    cut.abort();
    await expect(going).rejects.toThrow();
    await expect.poll(waiting).toEqual([]);
    const half = (name: string, minutes: number) => {
      const at = path.join(h.incoming, `${o.county}-${newId()}.${name}.part`);
      fs.writeFileSync(at, "身份证");
      const then = h.clock.now().getTime() / 1000 - minutes * 60;
      fs.utimesSync(at, then, then);
    };
    half("abandoned", 16);
    half("coming", 5);
    await h.house.matching.sweep(h.t.db, o.county);
    expect(waiting().map((f) => f.split(".")[1])).toEqual(["coming"]);
    for (const f of waiting()) fs.rmSync(path.join(h.incoming, f));
  });

  test("口令不存原文；一小时传得太多就挡下", async () => {
    const token = await make();
    const kept = JSON.stringify(await h.t.owner("select * from feed_token"));
    expect(kept).not.toContain(token.slice(-20));
    const got: number[] = [];
    for (let n = 0; n < 21; n++) got.push((await deliver(token)).status);
    expect(got.filter((s) => s === 200)).toHaveLength(20);
    expect(got.at(-1)).toBe(429);
    await work();
  });
});

test("页面上同一编号再传，不会盖掉等着比对的那份", async () => {
  const login = await fetch(`${base}/api/session`, {
    ...{ method: "POST", headers: { "content-type": "application/json", "x-wuxin": "1" } },
    body: JSON.stringify({ county: o.county, loginName: "xian", password: DEMO_PASSWORD }),
  });
  const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const id = newId();
  for (const text of [LIST, "甲,乙\n1,2\n"]) {
    const body = new FormData();
    body.append("file", new Blob([text]), "死亡.csv");
    const answer = await fetch(`${base}/api/feeds/${FEED}/files?id=${id}&asOf=2024-05-06`, {
      ...{ method: "POST", body, headers: { cookie, "x-wuxin": "1" } },
    });
    expect(answer.status).toBe(200);
  }
  await work();
  expect(await o.as("xian", (tx) => h.house.matching.run(tx, id))).toMatchObject({ state: "done", rows: 1 });
});

describe("监看文件夹", () => {
  const folder = () => path.join(path.dirname(h.incoming), "feeds", o.county, FEED);
  const collect = () => h.house.matching.collect(h.t.db, o.county);
  beforeAll(() => h.house.matching.openInbox(o.county));

  test("放齐了才取走，跑完就删并留痕；数据截至日期从文件名来", async () => {
    const before = (await runs()).length;
    fs.writeFileSync(path.join(folder(), "死亡_20240506.csv"), LIST);
    fs.writeFileSync(path.join(folder(), "还在传.csv.part"), LIST);
    await collect();
    expect((await runs()).length).toBe(before);
    fs.writeFileSync(path.join(folder(), "死亡_20240506.csv.done"), "");
    await collect();
    await work();
    expect(fs.readdirSync(folder())).toEqual(["还在传.csv.part"]);
    const [run] = await runs();
    expect(run).toMatchObject({ origin: "folder", state: "done", fileName: "死亡_20240506.csv", rows: 1 });
    expect(run?.asOf).toBe("2024-05-06");
    expect(run?.fileDeletedAt).not.toBeNull();
    expect(waiting()).toEqual([]);
    await collect();
    expect((await runs()).length).toBe(before + 1);
  });

  test("不是这个数据源的文件退回，旁边有说明", async () => {
    fs.writeFileSync(path.join(folder(), "错.csv"), "甲,乙\n1,2\n");
    fs.writeFileSync(path.join(folder(), "错.csv.done"), "");
    await collect();
    await work();
    expect((await runs())[0]).toMatchObject({ origin: "folder", state: "refused" });
    const refused = fs.readdirSync(path.join(folder(), "refused"));
    expect(refused).toHaveLength(2);
    const note = refused.find((f) => f.endsWith(".说明.txt")) ?? "";
    expect(fs.readFileSync(path.join(folder(), "refused", note), "utf8")).toContain("没有留下任何内容");
    // It lies there still: its deletion is recorded when somebody has taken it away.
    await h.house.matching.sweep(h.t.db, o.county);
    expect((await runs())[0]?.fileDeletedAt).toBeNull();
    fs.rmSync(path.join(folder(), "refused", note.replace(".说明.txt", "")));
    await h.house.matching.sweep(h.t.db, o.county);
    expect((await runs())[0]?.fileDeletedAt).not.toBeNull();
    expect(waiting()).toEqual([]);
  });

  test("文件名长到磁盘的极限，照样退回，说明在旁边", async () => {
    const name = `${"死".repeat(83)}.csv`;
    fs.writeFileSync(path.join(folder(), name), "甲,乙\n1,2\n");
    await collect();
    h.clock.set("2024-05-09");
    await collect();
    await work();
    expect((await runs())[0]).toMatchObject({ origin: "folder", state: "refused" });
    const refused = fs.readdirSync(path.join(folder(), "refused")).filter((f) => f.includes("死"));
    expect(refused).toHaveLength(2);
    expect(waiting()).toEqual([]);
  });

  test("断电时来路只写了一半：文件还在原处，别的文件照收", async () => {
    fs.writeFileSync(path.join(h.incoming, `${o.county}-${newId()}.note.part`), '{"id":');
    const before = (await runs()).length;
    fs.writeFileSync(path.join(folder(), "一半.csv"), LIST);
    fs.writeFileSync(path.join(folder(), "一半.csv.done"), "");
    await collect();
    await work();
    expect((await runs()).length).toBe(before + 1);
    for (const f of waiting()) fs.rmSync(path.join(h.incoming, f));
  });

  test("取走以后、登记以前断电：再开时接着办，不丢不重", async () => {
    const before = (await runs()).length;
    const id = newId();
    fs.mkdirSync(h.incoming, { recursive: true });
    const at = path.join(h.incoming, `${o.county}-${id}`);
    fs.writeFileSync(at, LIST);
    fs.writeFileSync(`${at}.note`, JSON.stringify({ id, feed: FEED, fileName: "断电.csv" }));
    await collect();
    await collect();
    await work();
    expect((await runs()).length).toBe(before + 1);
    expect((await runs())[0]).toMatchObject({ fileName: "断电.csv", state: "done" });
    expect(waiting()).toEqual([]);
  });
});
