/** A small server of another department that checks signatures and misbehaves: pages, signatures, and going on where it was cut. */
import { createHash, createHmac } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import type { FeedDefinition } from "@wuxin/declare";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FetchError } from "./ask.ts";
import { fetchPages, pagesSoFar } from "./pages.ts";
import { checkProtocol, type JsonAnswer, type Paging } from "./protocol.ts";
import { canSign, type Signing } from "./sign.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-pages-"));
const spool = path.join(folder, "430621-pages-toy");
const SECRET = "mimi-geheim";
const ROWS = Array.from({ length: 25 }, (_, n) => ({ sfzh: `号${n}`, xx: { xm: `某"${n}` }, je: n }));
const NOW = new Date("2024-05-07T06:00:00+08:00");

let server: http.Server;
let port: number;
let asked: string[] = [];
/** What goes wrong at which page; once only. */
let trouble: { page: number; how: string } | null = null;
let hash: "sha256" | "sm3" = "sha256";

function signatureFits(ask: http.IncomingMessage, url: URL, body: Buffer): boolean {
  const digest = createHash(hash).update(body).digest("hex");
  const h = ask.headers;
  const text = `${ask.method}\n${url.pathname}\n${url.search.slice(1)}\n${h["x-ts"]}\n${h["x-nonce"]}\n${digest}`;
  return (
    h["x-app"] === "wuxin-county" &&
    h["x-ts"] === String(NOW.getTime()) &&
    h["x-sign"] === createHmac(hash, SECRET).update(text).digest("hex")
  );
}

beforeAll(async () => {
  server = http.createServer(async (ask, answer) => {
    const url = new URL(ask.url ?? "", "http://x");
    const body = await buffer(ask);
    if (url.pathname === "/signed" && !signatureFits(ask, url, body)) {
      answer.writeHead(401).end();
      return;
    }
    const params: Record<string, unknown> =
      ask.method === "POST" ? JSON.parse(body.toString()) : Object.fromEntries(url.searchParams);
    const size = Number(params.size);
    const page = params.cursor === undefined ? Number(params.page ?? 1) : Number(params.cursor) / size + 1;
    asked.push(`${ask.method} ${page}`);
    const wrong = trouble?.page === page ? trouble.how : "";
    if (wrong !== "") trouble = null;
    const from = (page - 1 - (wrong === "repeated" ? 1 : 0)) * size;
    const list = ROWS.slice(from, from + size - (wrong === "short" ? 1 : 0));
    const whole = JSON.stringify({
      data: {
        list,
        total: ROWS.length + (wrong === "changed" ? 1 : 0),
        next: from + size < 25 ? from + size : null,
      },
    });
    if (wrong === "500") answer.writeHead(500).end();
    else if (wrong === "moved") answer.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    else if (wrong === "silent") answer.writeHead(200).write("{");
    else if (wrong === "cut") answer.writeHead(200).end(whole.slice(0, 40));
    else if (wrong === "fault") answer.writeHead(200).end(JSON.stringify({ code: 500, msg: "维护中" }));
    else answer.writeHead(200).end(whole);
  });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = [];
  trouble = null;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const PAGING: Paging = {
  ...{ kind: "page", at: "page", size: "size", rows: 10, first: 1, next: null, total: "data.total" },
};
const signing = (algorithm: Signing["algorithm"]): Signing => ({
  ...{
    algorithm,
    canonical: "{method}\\n{path}\\n{query}\\n{timestamp}\\n{nonce}\\n{digest}",
    encoding: "hex",
  },
  ...{ keyId: "wuxin-county", time: "ms" },
  headers: { signature: "X-Sign", timestamp: "X-Ts", nonce: "X-Nonce", digest: null, key: "X-App" },
});
async function get(
  json: Partial<JsonAnswer> = {},
  more: { path?: string; signing?: Signing; secret?: string } = {},
) {
  let kept = "";
  const came = await fetchPages(
    {
      url: `http://127.0.0.1:${port}${more.path ?? "/list"}`,
      json: {
        ...{ method: "GET", rows: "data.list", paging: PAGING, ...json },
        columns: { 身份证号码: "sfzh", 姓名: "xx.xm", ...json.columns },
      },
      ...{ headings: ["身份证号码", "姓名", "je"], fileName: "toy_20240507.csv", spool },
      ...{ header: "X-Key", secret: more.secret ?? SECRET, signing: more.signing ?? null, now: () => NOW },
      hosts: [{ host: "127.0.0.1", port, private: true, plain: true }],
      limits: { maxBytes: 1e6, silentMs: 150, totalMs: 60_000 },
      signal: new AbortController().signal,
    },
    async (from) => {
      kept = (await buffer(from)).toString();
    },
  ).catch((e: FetchError) => e);
  const failed = came instanceof Error;
  return { kept, message: failed ? came.message : "", again: failed && came.again };
}
const WHOLE = `身份证号码,姓名,je\n${ROWS.map((r) => `${r.sfzh},"某""${r.je}",${r.je}\n`).join("")}`;

test("按页码、按游标，GET、POST：一行不多一行不少，写成我们的表头；取完不留下", async () => {
  const cursor: Paging = { ...PAGING, kind: "cursor", at: "cursor", next: "data.next", total: null };
  for (const json of [
    {},
    { method: "POST" as const },
    { paging: cursor },
    // Without a total only an empty page is the end.
    { paging: { ...PAGING, total: null } },
  ]) {
    asked = [];
    expect((await get(json)).kept).toBe(WHOLE);
    expect(asked.length).toBe(json.paging?.kind === "page" ? 4 : 3);
    expect(fs.readdirSync(folder)).toEqual([]);
  }
});

test("签名请求：HMAC-SHA256 和国密 HMAC-SM3，对方逐项验签；密钥不对不再试", async () => {
  for (const algorithm of ["hmac-sha256", "hmac-sm3"] as const) {
    hash = algorithm === "hmac-sm3" ? "sm3" : "sha256";
    if (!canSign(algorithm)) continue; // this Node's OpenSSL has no SM3
    for (const method of ["GET", "POST"] as const)
      expect((await get({ method }, { path: "/signed", signing: signing(algorithm) })).kept).toBe(WHOLE);
    expect(await get({}, { path: "/signed", signing: signing(algorithm), secret: "别的" })).toMatchObject({
      again: false,
      message: expect.stringContaining("不认口令（401）"),
    });
  }
  hash = "sha256";
});

test("断在第二页：写明原因，下次从断的那页接着取，前面的不再问；换了要求就从头", async () => {
  for (const [how, sentence, again] of [
    ["500", "对方答复 500", true],
    ["silent", "秒没有动静", true],
    ["cut", "第 2 页没有传完，或者不是 JSON", true],
    ["fault", "第 2 页的「data.list」里没有行", true],
    ["moved", "不跟着走", false],
    ["repeated", "第 2 页和第 1 页一模一样", true],
  ] as const) {
    trouble = { page: 2, how };
    expect(await get(), how).toMatchObject({ kept: "", message: expect.stringContaining(sentence), again });
    expect(pagesSoFar(spool)).toBe(1);
    asked = [];
    expect((await get()).kept, how).toBe(WHOLE);
    expect(asked, how).toEqual(["GET 2", "GET 3"]);
  }
  trouble = { page: 3, how: "500" };
  await get();
  asked = [];
  expect((await get({ paging: { ...PAGING, rows: 5 } })).kept).toBe(WHOLE);
  expect(asked[0]).toBe("GET 1");
});

test("丢了一行、总数中途变了：都不收，从头再取", async () => {
  for (const [page, how, sentence] of [
    [2, "short", "共 25 行，取到 24 行"],
    [2, "changed", "总数从 25 变成 26"],
  ] as const) {
    trouble = { page, how };
    expect(await get(), how).toMatchObject({
      kept: "",
      message: expect.stringContaining(sentence),
      again: true,
    });
    expect(fs.readdirSync(folder)).toEqual([]);
  }
});

test("声明写错了当场说：栏目不认识、没有密钥、签名里没有时间、游标没有位置", () => {
  const feed = { title: "玩具名单", columns: [{ label: "身份证号码" }] } as unknown as FeedDefinition;
  const json = { method: "GET", rows: "", columns: {}, paging: null } as const;
  const s = signing("hmac-sha256");
  for (const [protocol, secret, sentence] of [
    [{ json: { ...json, columns: { 性别: "xb" } }, signing: null }, true, "「性别」不是"],
    [
      { json: { ...json, paging: { ...PAGING, kind: "cursor" as const } }, signing: null },
      true,
      "下一页游标的位置",
    ],
    [{ json, signing: s }, false, "要有密钥"],
    [{ json, signing: { ...s, canonical: "{method}{body}" } }, true, "{body} 不认识"],
    [{ json, signing: { ...s, canonical: "{method}" } }, true, "要有 {timestamp}"],
  ] as const)
    expect(() => checkProtocol(protocol, feed, secret), sentence).toThrow(sentence);
});
