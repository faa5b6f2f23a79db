/** Fifty people with a session each, over HTTP. Latency is measured by the caller, from request to the last byte. */

import { Agent, request } from "node:http";
import { newId } from "@wuxin/kernel";
import { COUNTY, PASSWORD, type Population } from "./population.ts";

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
interface Sample {
  readonly kind: string;
  readonly write: boolean;
  readonly ms: number;
  readonly ok: boolean;
}
interface Plan {
  readonly users: number;
  readonly seconds: number;
  readonly month: string;
  readonly rosterId: string;
}
interface Reply {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

function send(base: string, method: string, path: string, cookie: string, body?: unknown): Promise<Reply> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const req = request(
      new URL(path, base),
      {
        method,
        agent,
        headers: {
          cookie,
          "x-wuxin": "1",
          ...(payload && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(payload),
          }),
        },
      },
      (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (c: Buffer) => chunks.push(c));
        res.on("end", () =>
          resolve({
            status: res.statusCode ?? 0,
            text: Buffer.concat(chunks).toString("utf8"),
            cookie: res.headers["set-cookie"]?.[0]?.split(";")[0],
          }),
        );
      },
    );
    req.on("error", reject);
    req.end(payload);
  });
}

class User {
  readonly base: string;
  readonly cookie: string;
  readonly county: boolean;
  persons: string[] = [];
  entitlements: string[] = [];
  draft = newId();
  constructor(base: string, cookie: string, county: boolean) {
    this.base = base;
    this.cookie = cookie;
    this.county = county;
  }
  get = (path: string) => send(this.base, "GET", path, this.cookie);
  put = (path: string, body: unknown) => send(this.base, "PUT", path, this.cookie, body);
  post = (path: string, body: unknown) => send(this.base, "POST", path, this.cookie, body);
}

const NAMES = ["王国", "李秀", "张建", "刘桂", "陈志", "杨春"];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
interface Act {
  readonly kind: string;
  readonly write: boolean;
  run(u: User, n: number, plan: Plan): Promise<Reply>;
}
const reads: readonly Act[] = [
  { kind: "workbench", write: false, run: (u) => u.get("/api/workbench") },
  { kind: "cases", write: false, run: (u, n) => u.get(`/api/cases?page=${1 + (n % 3)}`) },
  {
    kind: "search",
    write: false,
    run: (u, n) => u.get(`/api/search?q=${encodeURIComponent(pick(NAMES, n))}`),
  },
  { kind: "person", write: false, run: (u, n) => u.get(`/api/persons/${pick(u.persons, n)}`) },
  { kind: "entitlements", write: false, run: (u, n) => u.get(`/api/entitlements?page=${1 + (n % 40)}`) },
  { kind: "entitlement", write: false, run: (u, n) => u.get(`/api/entitlements/${pick(u.entitlements, n)}`) },
  { kind: "calendar", write: false, run: (u) => u.get("/api/calendar/2026") },
  {
    kind: "lines",
    write: false,
    run: (u, n, p) =>
      u.county ? u.get(`/api/rosters/${p.rosterId}/lines?page=${1 + (n % 100)}`) : u.get("/api/session"),
  },
];
const writes: readonly Act[] = [
  {
    kind: "draft",
    write: true,
    run: (u, n) =>
      u.county
        ? u.post(`/api/persons/${pick(u.persons, n)}/unmask`, { field: "idNo", reason: "压测核对" })
        : u.put(`/api/drafts/${u.draft}`, { item: "x", application: { n, text: "家庭情况".repeat(50) } }),
  },
  {
    kind: "account",
    write: true,
    run: (u, n) =>
      u.post(`/api/persons/${pick(u.persons, n)}/bank-account`, {
        id: newId(),
        bankName: "示例农商银行",
        accountNo: `6217${String(Date.now()).slice(-9)}${String(n % 1e6).padStart(6, "0")}`,
        holderName: "压测",
        reason: "压测更正",
      }),
  },
];

async function enter(base: string, p: Population, users: number): Promise<User[]> {
  const logins = Array.from({ length: users }, (_, i) =>
    i % 5 === 4 ? pick(p.logins.county, Math.floor(i / 5)) : pick(p.logins.township, i),
  );
  const list: User[] = [];
  for (const login of logins) {
    const reply = await send(base, "POST", "/api/session", "", {
      county: COUNTY,
      loginName: login,
      password: PASSWORD,
    });
    if (reply.status !== 200 || !reply.cookie)
      throw new Error(`login ${login}: ${reply.status} ${reply.text.slice(0, 200)}`);
    const u = new User(base, reply.cookie, login.startsWith("x"));
    const found = JSON.parse((await u.get(`/api/search?q=${encodeURIComponent("王")}`)).text) as {
      kind: string;
      id: string;
    }[];
    u.persons = found.filter((h) => h.kind === "person").map((h) => h.id);
    u.entitlements = (
      JSON.parse((await u.get("/api/entitlements?size=50")).text) as { rows: { id: string }[] }
    ).rows.map((r) => r.id);
    if (u.persons.length === 0 || u.entitlements.length === 0) throw new Error(`${login} sees nobody`);
    list.push(u);
  }
  return list;
}

async function phase(users: readonly User[], plan: Plan, seconds: number, thinkMs: number) {
  const samples: Sample[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    users.map(async (u, i) => {
      // They do not all press at the same instant.
      await new Promise((r) => setTimeout(r, (thinkMs * i) / users.length));
      for (let n = i; performance.now() < until; n++) {
        const act = n % 5 === 4 ? pick(writes, Math.floor(n / 5)) : pick(reads, n);
        const t = performance.now();
        const reply = await act.run(u, n, plan);
        const ok = reply.status === 200;
        samples.push({ kind: act.kind, write: act.write, ms: performance.now() - t, ok });
        if (!ok && samples.filter((s) => !s.ok).length < 5)
          console.error(`${act.kind}: ${reply.status} ${reply.text.slice(0, 200)}`);
        if (thinkMs > 0)
          await new Promise((r) => setTimeout(r, thinkMs * (0.5 + ((n * 7919) % 1000) / 1000)));
      }
    }),
  );
  const spent = (performance.now() - began) / 1000;
  return {
    reads: percentiles(samples.filter((s) => !s.write)),
    writes: percentiles(samples.filter((s) => s.write)),
    errors: samples.filter((s) => !s.ok).length,
    requests: samples.length,
    perSecond: Math.round(samples.length / spent),
    byKind: Object.fromEntries(
      [...new Set(samples.map((s) => s.kind))].map((k) => [
        k,
        percentiles(samples.filter((s) => s.kind === k)),
      ]),
    ),
  };
}

function percentiles(samples: readonly Sample[]): Percentiles {
  const sorted = samples.map((s) => s.ms).sort((a, b) => a - b);
  const at = (q: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export async function runUsers(
  base: string,
  population: Population,
  plan: Plan,
  tell: (text: string) => void,
) {
  const users = await enter(base, population, plan.users);
  tell(`${users.length} people logged in`);
  const officer = users.find((u) => u.county);
  if (!officer) throw new Error("no county officer among the users");
  const t = performance.now();
  const made = await officer.post("/api/rosters", { id: plan.rosterId, month: plan.month });
  const rosterSeconds = Number(((performance.now() - t) / 1000).toFixed(2));
  if (made.status !== 200) throw new Error(`roster: ${made.status} ${made.text.slice(0, 300)}`);
  const { lines, totalFen } = JSON.parse(made.text) as { lines: number; totalFen: number };
  tell(`roster of ${lines} lines in ${rosterSeconds} s`);
  await phase(users, plan, 5, 500); // warm-up, not counted
  const pauses = await phase(users, plan, plan.seconds, 500);
  tell(
    `with pauses: reads p95 ${pauses.reads.p95} ms, writes p95 ${pauses.writes.p95} ms, ${pauses.perSecond} requests/s, ${pauses.errors} errors`,
  );
  const { byKind: _, ...flat } = await phase(users, plan, Math.min(15, plan.seconds), 0);
  tell(`without pause: ${flat.perSecond} requests/s`);
  return { roster: { seconds: rosterSeconds, lines, totalFen }, pauses, flat };
}
