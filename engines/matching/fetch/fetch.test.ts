/** Fetching from a real server of this process: limits, refusals in words, and no way to inner machines. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { workingCalendar } from "@wuxin/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allowedUrl, type FetchHost, mayReach } from "./addresses.ts";
import type { FetchError } from "./ask.ts";
import { fetchList } from "./fetch-list.ts";
import { afterFailure, inWords, nextAfter, type Schedule } from "./schedule.ts";

let server: http.Server;
let port: number;
const seen: http.IncomingHttpHeaders[] = [];
beforeAll(async () => {
  server = http.createServer((ask, answer) => {
    seen.push(ask.headers);
    const at = ask.url ?? "";
    if (at === "/ok")
      answer
        .writeHead(200, {
          "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent("死亡_20240506.csv")}`,
        })
        .end("甲,乙\n");
    else if (at === "/big") {
      // Without a length; more than the limit.
      answer.writeHead(200);
      for (let n = 0; n < 100; n++) answer.write("x".repeat(1000));
      answer.end();
    } else if (at === "/said-big") answer.writeHead(200, { "content-length": "5000" }).end("x".repeat(5000));
    else if (at === "/silent") answer.writeHead(200).write("半");
    else if (at === "/slow") {
      answer.writeHead(200);
      const t = setInterval(() => answer.write("慢"), 20);
      answer.on("close", () => clearInterval(t));
    } else if (at === "/cut") {
      answer.writeHead(200, { "content-length": "100" }).write("半");
      setTimeout(() => answer.destroy(), 20);
    } else if (at === "/moved") answer.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    else answer.writeHead(Number(at.slice(1))).end();
  });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const host = (more: Partial<FetchHost> = {}): FetchHost => ({
  host: "127.0.0.1",
  port,
  private: true,
  plain: true,
  ...more,
});

async function get(path: string, more: Partial<FetchHost> = {}, limits = {}, secret: string | null = "秘") {
  let kept = Buffer.alloc(0);
  const came = await fetchList(
    {
      url: `http://${more.host ?? "127.0.0.1"}:${port}${path}`,
      ...{
        header: "X-Key",
        secret: secret && "Bearer geheim",
        ...{ signing: null, now: () => new Date() },
        hosts: [host(more)],
        signal: new AbortController().signal,
      },
      limits: { maxBytes: 4000, silentMs: 150, totalMs: 60_000, ...limits },
    },
    async (from) => {
      kept = await buffer(from);
    },
  ).catch((e: FetchError) => e);
  return {
    came,
    kept: kept.toString(),
    message: came instanceof Error ? came.message : "",
    again: came instanceof Error && came.again,
  };
}

test("取到的文件、名字和摘要；口令放在说好的请求头里", async () => {
  const { came, kept } = await get("/ok");
  expect(kept).toBe("甲,乙\n");
  expect(came).toMatchObject({ fileName: "死亡_20240506.csv", bytes: 8 });
  expect(seen.at(-1)?.["x-key"]).toBe("Bearer geheim");
  await get("/ok", {}, {}, null);
  expect(seen.at(-1)?.["x-key"]).toBeUndefined();
});

test("太大、没有动静、太慢、断开、拒绝：各有一句话，值得再试的才再试", async () => {
  for (const [path, sentence, again, limits] of [
    ["/big", "没有收下，请对方分开提供", false, {}],
    ["/said-big", "没有收下，请对方分开提供", false, {}],
    ["/silent", "秒没有动静", true, {}],
    ["/slow", "还没有取完", true, { totalMs: 200 }],
    ["/cut", "传到一半断开", true, {}],
    ["/moved", "不跟着走", false, {}],
    ["/401", "不认口令", false, {}],
    ["/404", "还没有这个文件", true, {}],
    ["/500", "对方答复 500", true, {}],
  ] as const) {
    const got = await get(path, {}, limits);
    expect(got.message, path).toContain(sentence);
    expect(got.again, path).toBe(again);
  }
  const closed = await fetchList(
    {
      url: "http://127.0.0.1:9/x",
      ...{ header: "X", secret: null, signing: null, now: () => new Date() },
      ...{ hosts: [host({ port: 9 })], signal: new AbortController().signal },
      limits: { maxBytes: 1, silentMs: 1000, totalMs: 1000 },
    },
    async () => {},
  ).catch((e: FetchError) => e);
  expect((closed as FetchError).message).toContain("连接被拒绝");
});

test("没有声明的主机、内部地址、明文、写在网址里的口令都不取", async () => {
  expect((await get("/ok", { private: false })).message).toContain("是内部地址");
  const hosts = [host(), { host: "ga.example.cn", port: null, private: false, plain: false }];
  for (const [url, sentence] of [
    ["http://127.0.0.1:80/x", "没有允许"],
    ["http://2130706433/x", "没有允许"],
    ["http://ga.example.cn/x", "应当用 https"],
    ["https://ga.example.cn.evil.cn/x", "没有允许"],
    ["https://a:b@ga.example.cn/x", "口令不要写在网址里"],
    ["file:///etc/passwd", "只能用 https"],
    ["随便", "写法不对"],
  ] as const)
    expect(() => allowedUrl(url, hosts), url).toThrow(sentence);
  expect(allowedUrl(`http://0x7f.1:${port}/x`, hosts).url.hostname).toBe("127.0.0.1");
  for (const a of [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "fe80::1",
    "::",
    "::ffff:7f00:1",
    "不是",
  ])
    expect(mayReach(a, true), a).toBe(false);
  for (const a of [
    "10.1.2.3",
    "127.0.0.1",
    "192.168.1.1",
    "172.31.0.1",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
  ]) {
    expect(mayReach(a, false), a).toBe(false);
    expect(mayReach(a, true), a).toBe(true);
  }
  for (const a of ["1.2.4.8", "172.32.0.1", "2400:3200::1"]) expect(mayReach(a, false), a).toBe(true);
});

test("按日历：工作日跳过节假日，每周、每月；失败以后越等越久，再等到下一次", () => {
  const working = workingCalendar([
    { year: 2024, off: ["2024-05-01", "2024-05-02", "2024-05-03"], on: ["2024-05-11"] },
  ]);
  const s = (more: Partial<Schedule>): Schedule => ({
    every: "day",
    hour: 6,
    weekday: null,
    monthDay: null,
    ...more,
  });
  const after = (schedule: Schedule, at: string) => nextAfter(schedule, new Date(at), working).toISOString();
  expect(after(s({}), "2024-05-08T05:59:00+08:00")).toBe("2024-05-07T22:00:00.000Z");
  expect(after(s({}), "2024-05-08T06:00:00+08:00")).toBe("2024-05-08T22:00:00.000Z");
  expect(after(s({ every: "workday" }), "2024-04-30T07:00:00+08:00")).toBe("2024-05-05T22:00:00.000Z");
  expect(after(s({ every: "workday" }), "2024-05-10T07:00:00+08:00")).toBe("2024-05-10T22:00:00.000Z");
  expect(after(s({ every: "week", weekday: 7 }), "2024-05-08T07:00:00+08:00")).toBe(
    "2024-05-11T22:00:00.000Z",
  );
  expect(after(s({ every: "month", monthDay: 5 }), "2024-05-08T07:00:00+08:00")).toBe(
    "2024-06-04T22:00:00.000Z",
  );
  expect(inWords(s({ every: "week", weekday: 7 }))).toBe("每周日 06:00");
  const now = new Date("2024-05-08T07:00:00+08:00");
  const waits = [1, 2, 3, 4, 5, 6].map(
    (n) => (afterFailure(s({}), n, now, working).getTime() - now.getTime()) / 60_000,
  );
  expect(waits).toEqual([5, 15, 60, 240, 23 * 60, 5]);
});
