/**
 * A list given as pages of JSON, written down page by page as a file of our own headings. Cut off, it goes on at the page it
 * had reached; a page told twice, or rows that do not come to the total, are noticed, and nothing of it is taken in.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import type http from "node:http";
import { Readable } from "node:stream";
import { type Ask, gone, later, type Reach, reaching } from "./ask.ts";
import type { Fetched } from "./fetch-list.ts";
import type { JsonAnswer } from "./protocol.ts";
import { type Credentials, headersFor } from "./sign.ts";

export interface PagesWanted extends Reach, Credentials {
  readonly url: string;
  readonly json: JsonAnswer;
  readonly headings: readonly string[];
  readonly fileName: string;
  /** Where the pages wait; `<spool>.state` says how far they came. */
  readonly spool: string;
}
interface Progress {
  /** What was asked for; asked otherwise, it begins anew. */
  readonly of: string;
  readonly next: string;
  readonly pages: readonly string[];
  readonly rows: number;
  readonly total: number | null;
  readonly bytes: number;
}
const PAGE_BYTES = 64e6;
const MAX_PAGES = 100_000;

/** @throws FetchError */
export async function fetchPages(
  w: PagesWanted,
  keep: (from: Readable) => Promise<unknown>,
): Promise<Fetched> {
  const { paging } = w.json;
  const of = createHash("sha256")
    .update(JSON.stringify([w.url, w.json, w.headings, w.signing]))
    .digest("hex");
  let at = resumed(w.spool, of) ?? {
    ...{ of, next: paging?.kind === "page" ? String(paging.first) : "", pages: [], rows: 0, total: null },
    bytes: write(w.spool, 0, [w.headings]),
  };
  await reaching(w.url, w, async (url, ask) => {
    for (let over = false; !over; ) {
      const number = at.pages.length + 1;
      const page = read(await one(url, ask, w, at.next, number), w.json, number);
      if (at.total !== null && page.total !== at.total) {
        dropPages(w.spool);
        throw later(`总数从 ${at.total} 变成 ${page.total}，对方正在换数据，已取的不要了，从头再取。`);
      }
      const digest = createHash("sha256").update(JSON.stringify(page.rows)).digest("base64url").slice(0, 22);
      const twin = page.rows.length === 0 ? -1 : at.pages.indexOf(digest);
      if (twin >= 0)
        throw later(`第 ${number} 页和第 ${twin + 1} 页一模一样，对方的分页不对，没有收下，请联系对方。`);
      const cells = page.rows.map((row) => w.headings.map((h) => cell(row, w.json.columns[h] ?? h, number)));
      const bytes = write(w.spool, at.bytes, cells);
      if (bytes > w.limits.maxBytes) throw gone("内容太大，没有收下，请对方分开提供。");
      const rows = at.rows + page.rows.length;
      const total = page.total;
      over =
        !paging ||
        page.rows.length === 0 ||
        (total !== null && rows >= total) ||
        (paging.kind === "cursor" && page.next === "");
      if (paging?.kind === "cursor" && !over && page.next === at.next)
        throw later(`第 ${number} 页给的下一页还是它自己，对方的分页不对，没有收下。`);
      if (number >= MAX_PAGES) throw gone(`取了 ${MAX_PAGES} 页还没有完，没有收下，请把每页行数调大。`);
      const next = paging?.kind === "page" ? String(Number(at.next) + 1) : page.next;
      at = { of, next, pages: [...at.pages, digest], rows, total, bytes };
      // An ended list is asked for anew next time, whatever becomes of it.
      if (!over) save(w.spool, at);
    }
  });
  if (at.total !== null && at.rows !== at.total) {
    dropPages(w.spool);
    throw later(`对方说共 ${at.total} 行，取到 ${at.rows} 行，缺页或者重复，没有收下，从头再取。`);
  }
  const hash = createHash("sha256");
  await keep(
    Readable.from(
      (async function* () {
        for await (const piece of fs.createReadStream(w.spool, { end: at.bytes - 1 })) {
          hash.update(piece as Buffer);
          yield piece;
        }
      })(),
    ),
  );
  dropPages(w.spool);
  return { fileName: w.fileName, bytes: at.bytes, digest: hash.digest() };
}

/** How far a list came, for the sentence about a try that broke off. */
export const pagesSoFar = (spool: string): number => progress(spool)?.pages.length ?? 0;
export function dropPages(spool: string): void {
  for (const file of [spool, `${spool}.state`]) fs.rmSync(file, { force: true });
}

const stateOf = (spool: string) => `${spool}.state`;
function progress(spool: string): Progress | undefined {
  if (!fs.existsSync(spool) || !fs.existsSync(stateOf(spool))) return undefined;
  return JSON.parse(fs.readFileSync(stateOf(spool), "utf8")) as Progress;
}
function resumed(spool: string, of: string): Progress | undefined {
  const p = progress(spool);
  return p?.of === of && fs.statSync(spool).size >= p.bytes ? p : undefined;
}
/** Renamed when whole: half a state would be worse than none. */
function save(spool: string, p: Progress): void {
  fs.writeFileSync(`${stateOf(spool)}.part`, JSON.stringify(p), { mode: 0o600, flush: true });
  fs.renameSync(`${stateOf(spool)}.part`, stateOf(spool));
}
/** Behind what was kept so far; what a broken try wrote behind it is overwritten. */
function write(spool: string, bytes: number, rows: readonly (readonly string[])[]): number {
  const text = Buffer.from(rows.map((r) => `${r.map(quoted).join(",")}\n`).join(""));
  const fd = fs.openSync(spool, bytes === 0 ? "w" : "r+", 0o600);
  try {
    fs.ftruncateSync(fd, bytes);
    fs.writeSync(fd, text, 0, text.length, bytes);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  return bytes + text.length;
}
const quoted = (v: string): string => (/[",\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);

async function one(url: URL, ask: Ask, w: PagesWanted, next: string, number: number): Promise<string> {
  const { method, paging } = w.json;
  const params: Record<string, string | number> = {};
  if (paging) {
    params[paging.size] = paging.rows;
    if (next !== "") params[paging.at] = paging.kind === "page" ? Number(next) : next;
  }
  const to = new URL(url);
  if (method === "GET") for (const [k, v] of Object.entries(params)) to.searchParams.set(k, String(v));
  // What is signed is what is sent: both in one order.
  to.searchParams.sort();
  const body = method === "POST" ? Buffer.from(JSON.stringify(params)) : null;
  const request = { url: to, method, body };
  const answer = await ask({
    ...request,
    headers: { ...headersFor(request, w), ...(body && { "content-type": "application/json" }) },
  });
  return text(answer, number);
}
async function text(answer: http.IncomingMessage, number: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer) {
    bytes += (piece as Buffer).length;
    if (bytes > PAGE_BYTES)
      throw gone(`第 ${number} 页超过 ${PAGE_BYTES / 1e6} MB，没有收下，请把每页行数调小。`);
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function at(value: unknown, path: string): unknown {
  let v = value;
  for (const name of path === "" ? [] : path.split("."))
    v = typeof v === "object" && v !== null ? (v as Record<string, unknown>)[name] : undefined;
  return v;
}
function read(said: string, json: JsonAnswer, number: number) {
  let answer: unknown;
  try {
    answer = JSON.parse(said);
  } catch {
    throw later(`第 ${number} 页没有传完，或者不是 JSON，没有收下。`);
  }
  const rows = at(answer, json.rows);
  if (!Array.isArray(rows))
    throw later(`第 ${number} 页的「${json.rows || "答复"}」里没有行，可能是对方报错，请核对接口说明。`);
  const total = json.paging?.total ? Number(at(answer, json.paging.total)) : null;
  if (total !== null && !Number.isSafeInteger(total))
    throw later(`第 ${number} 页没有给总数（${json.paging?.total}），没有收下，请核对接口说明。`);
  const next = json.paging?.next ? at(answer, json.paging.next) : "";
  return { rows: rows as unknown[], total, next: next === null || next === undefined ? "" : String(next) };
}
function cell(row: unknown, name: string, number: number): string {
  const v = at(row, name);
  if (v === null || v === undefined) return "";
  if (typeof v === "object") throw gone(`第 ${number} 页的「${name}」不是一个值，请核对对应列。`);
  return String(v);
}
