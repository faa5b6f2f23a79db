/** Lists that are fetched: where from, when, and what came of it. A county's file says which machines may be asked. */
import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { addDays, DomainError, dateInShanghai, newId } from "@wuxin/kernel";
import { type Actor, type Database, systemActor, type Tx } from "@wuxin/platform";
import * as store from "./connectors-store.ts";
import { allowedUrl, hostWords } from "./fetch/addresses.ts";
import { FetchError } from "./fetch/ask.ts";
import { type Fetched, fetchList } from "./fetch/fetch-list.ts";
import { dropPages, fetchPages, pagesSoFar } from "./fetch/pages.ts";
import { checkProtocol, type Protocol, WHOLE_FILE } from "./fetch/protocol.ts";
import { afterFailure, inWords, nextAfter, type Schedule } from "./fetch/schedule.ts";
import { dayInName } from "./inbox.ts";
import type { MatchingDeps } from "./ports.ts";
import type { Runs } from "./runs.ts";

const SILENT_MS = 30_000;
const TOTAL_MS = 30 * 60_000;
/** Held a little longer than the longest fetch: then its process is dead. */
const HOLD_MS = TOTAL_MS + 60_000;
const MAX_BYTES = 8e9;
/** The same file is compared again after so many days: the people whom the county watches have changed by then. */
const SAME_DAYS = 7;

export interface ConnectorInput extends Schedule {
  readonly url: string;
  readonly header: string;
  /** Unsaid: as it was. */
  readonly secret: string | null;
  readonly protocol: Protocol;
}

export function createConnectors(
  deps: Pick<MatchingDeps, "clock" | "catalogue" | "vault" | "audit" | "working" | "fetchHosts" | "folder">,
  runs: Pick<Runs, "save" | "receive" | "drop">,
) {
  const { clock, catalogue, vault, audit } = deps;
  const stopping = new AbortController();
  const feedView = (code: string) => {
    const f = catalogue.feeds.get(code);
    return { feed: code, feedTitle: f?.title ?? code, department: f?.department ?? "" };
  };
  const record = (tx: Tx, action: "save" | "switch" | "ask", feed: string, detail: string) =>
    audit.record(tx, {
      ...{ action: `feed.connector.${action}`, object: "feed-connector" },
      detail: `${feedView(feed).department}《${feedView(feed).feedTitle}》：${detail}`,
    });
  async function locked(tx: Tx, feed: string): Promise<store.ConnectorRecord> {
    const c = await store.lock(tx, feed);
    if (!c) throw new DomainError("not-found", "这个数据源还没有设定时获取，请先设置。");
    return c;
  }
  const next = async (tx: Tx, s: Schedule) => nextAfter(s, clock.now(), await deps.working(tx));

  /** Where the pages of a list wait until the last has come; what is left of a broken list goes after a day with the sweep. */
  const spoolOf = (countyCode: string, feed: string) => path.join(deps.folder, `${countyCode}-pages-${feed}`);

  async function list(tx: Tx) {
    const [connectors, fetches] = [await store.list(tx), await store.fetches(tx, 50)];
    const now = clock.now().toISOString();
    return {
      hosts: deps.fetchHosts(tx.actor.countyCode).map(hostWords),
      feeds: [...catalogue.feeds.keys()].map(feedView),
      connectors: connectors.map((c) => {
        const { secretSealed, lastDigest: _, claim: __, claimedUntil, ...rest } = c;
        const fetching = claimedUntil !== null && claimedUntil > now;
        return {
          ...{ ...rest, ...feedView(c.feed), hasSecret: secretSealed !== null, schedule: inWords(c) },
          protocol: c.protocol ?? WHOLE_FILE,
          state: fetching ? ("fetching" as const) : c.nextAt ? ("on" as const) : ("off" as const),
          last: fetches.find((f) => f.feed === c.feed) ?? null,
        };
      }),
      fetches: fetches.map((f) => ({ ...f, ...feedView(f.feed) })),
    };
  }

  async function save(tx: Tx, feed: string, input: ConnectorInput): Promise<void> {
    const declared = catalogue.feeds.get(feed);
    if (!declared) throw new DomainError("not-found", "没有这个数据源，请重新选择。");
    const typed = input.url.trim();
    const { url } = allowedUrl(typed, deps.fetchHosts(tx.actor.countyCode));
    if (input.secret !== null && !/^[\x20-\x7e]{1,2000}$/.test(input.secret))
      throw new DomainError("invalid-input", "口令只能是一行英文字母、数字和符号。", { field: "secret" });
    const was = await store.lock(tx, feed);
    // A secret given for one machine is not sent to another.
    const stays = was && new URL(was.url).origin === url.origin ? was.secretSealed : null;
    const { every, hour, header, protocol } = input;
    checkProtocol(protocol, declared, input.secret !== null || stays !== null);
    dropPages(spoolOf(tx.actor.countyCode, feed));
    const schedule: Schedule = {
      ...{ every, hour, weekday: every === "week" ? (input.weekday ?? 1) : null },
      monthDay: every === "month" ? (input.monthDay ?? 1) : null,
    };
    await store.save(tx, {
      ...{ ...schedule, feed, url: typed, header },
      protocol: protocol.json || protocol.signing ? protocol : null,
      secretSealed: input.secret === null ? stays : vault.seal(input.secret),
      ...{ nextAt: await next(tx, schedule), at: clock.now() },
    });
    await record(
      tx,
      "save",
      feed,
      `${url.host}，${inWords(schedule)}${input.secret === null ? "" : "，录入口令"}`,
    );
  }

  /** Holds one that is due, fetches it, tells what came of it. False: none is due. */
  async function one(db: Database, countyCode: string): Promise<boolean> {
    const id = newId();
    const began = clock.now();
    const c = await db.transact(systemActor(countyCode), (tx) =>
      store.claim(tx, id, began, new Date(began.getTime() + HOLD_MS)),
    );
    if (!c) return false;
    const actor: Actor = {
      ...systemActor(countyCode),
      name: `${feedView(c.feed).department}（定时获取）`,
    };
    let came: Fetched | FetchError;
    try {
      came = await fetched(countyCode, id, c);
    } catch (error) {
      if (!(error instanceof FetchError || error instanceof DomainError)) {
        await db.transact(actor, (tx) => store.release(tx, id));
        if (stopping.signal.aborted) return false;
        throw error;
      }
      came = error instanceof FetchError ? error : new FetchError(error.message, false);
    }
    const kept = await db.transact(actor, (tx) => told(tx, id, began, came));
    if (!kept) runs.drop(countyCode, id);
    return true;
  }
  const fetched = (countyCode: string, id: string, c: store.ConnectorRecord): Promise<Fetched> => {
    fs.mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = fs.statfsSync(deps.folder);
    const { json, signing } = c.protocol ?? WHOLE_FILE;
    const day = clock.today().replaceAll("-", "");
    const wanted = {
      url: c.url.replaceAll("{date}", day),
      ...{ header: c.header, secret: c.secretSealed && vault.open(c.secretSealed), signing },
      now: () => clock.now(),
      hosts: deps.fetchHosts(countyCode),
      limits: { maxBytes: Math.min(MAX_BYTES, (bavail * bsize) / 2), silentMs: SILENT_MS, totalMs: TOTAL_MS },
      signal: stopping.signal,
    };
    const keep = (from: Readable) => runs.save(countyCode, id, from);
    if (!json) return fetchList(wanted, keep);
    const headings = catalogue.feeds.get(c.feed)?.columns.map((x) => x.label) ?? [];
    const spool = spoolOf(countyCode, c.feed);
    return fetchPages({ ...wanted, json, headings, spool, fileName: `${c.feed}_${day}.csv` }, keep);
  };

  function goesOn(countyCode: string, c: store.ConnectorRecord): string {
    const pages = c.protocol?.json ? pagesSoFar(spoolOf(countyCode, c.feed)) : 0;
    return pages > 0 ? `已取到第 ${pages} 页，下次从第 ${pages + 1} 页接着取。` : "";
  }

  /** True: the file became a run. Changed or switched off meanwhile, it is not taken. */
  async function told(tx: Tx, id: string, began: Date, came: Fetched | FetchError): Promise<boolean> {
    const c = await store.claimed(tx, id);
    if (!c) return false;
    const [now, working] = [clock.now(), await deps.working(tx)];
    const failed = came instanceof FetchError;
    const lastOn = c.lastReceivedAt && dateInShanghai(new Date(c.lastReceivedAt));
    const same =
      !failed &&
      c.lastDigest?.equals(came.digest) === true &&
      (lastOn ?? "") > addDays(clock.today(), -SAME_DAYS);
    const failures = failed ? c.failures + 1 : 0;
    const taken = !failed && !same;
    if (taken) {
      const asOf = dayInName(came.fileName, clock.today());
      const { feed } = c;
      await runs.receive(tx, {
        id,
        feed,
        origin: "connector",
        fileName: came.fileName,
        ...(asOf && { asOf }),
        // What is fetched of a whole list is all of it.
        replaces: deps.catalogue.feeds.get(feed)?.extent === "whole",
      });
    }
    await store.settle(tx, {
      ...{ feed: c.feed, failures },
      nextAt: failed && came.again ? afterFailure(c, failures, now, working) : nextAfter(c, now, working),
      ...{ digest: taken ? came.digest : null, at: taken ? now : null },
    });
    await store.addFetch(tx, {
      ...{ id, feed: c.feed, began, ended: now, askedByName: c.askedByName },
      outcome: failed ? "failed" : same ? "same" : "received",
      words: failed
        ? came.message + goesOn(tx.actor.countyCode, c)
        : same
          ? `和 ${lastOn} 取到的是同一份，没有重复比对。`
          : "取到新文件，已交去比对。",
      ...{ bytes: failed ? null : came.bytes, runId: taken ? id : null },
    });
    return taken;
  }

  return {
    list,
    save,
    async switch(tx: Tx, feed: string, on: boolean): Promise<void> {
      const c = await locked(tx, feed);
      if ((c.nextAt !== null) === on) return;
      await store.plan(tx, feed, on ? await next(tx, c) : null, null);
      if (!on) dropPages(spoolOf(tx.actor.countyCode, feed));
      await record(tx, "switch", feed, on ? "启用" : "停用");
    },
    /** Due at once; the next look fetches it. */
    async ask(tx: Tx, feed: string): Promise<void> {
      const c = await locked(tx, feed);
      if (c.nextAt === null) throw new DomainError("action-not-allowed", "已停用，请先启用再取。");
      await store.plan(tx, feed, clock.now(), tx.actor.name);
      await record(tx, "ask", feed, "立即获取");
    },
    /** Fetches whatever is due in a county, one after the other. */
    async run(db: Database, countyCode: string): Promise<void> {
      while (!stopping.signal.aborted && (await one(db, countyCode)));
    },
    /** Breaks off what is under way; it is fetched again after the next start. */
    stop: () => stopping.abort(),
  };
}
