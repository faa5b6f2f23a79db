/** A file from its arrival to its deletion: received, scanned outside any transaction, stored whole or not at all. */
import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ResolvedFeed } from "@wuxin/declare";
import { DomainError, type IsoDate, isIsoDate, isUuid, monthOf, newId } from "@wuxin/kernel";
import { type Database, enqueue, findJob, type JobHandler, systemActor, type Tx } from "@wuxin/platform";
import { createInbox } from "./inbox.ts";
import { keepFound } from "./keeping.ts";
import { type Origin, wholeLists } from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import { createScanners, type Scanners } from "./scan/threads.ts";
import { intoFile } from "./scan/unpack.ts";
import { type Scanned, scanFeed, type Watched } from "./scan-feed.ts";
import * as store from "./store.ts";

export interface Received {
  readonly id: string;
  readonly feed: string;
  readonly origin: Origin;
  readonly fileName: string;
  readonly asOf?: IsoDate | undefined;
  /** It corrects the list of its day and takes its place; else it is another part of it. */
  readonly replaces?: boolean | undefined;
}

export const RUN_JOB = "feed.run";
/** A file that never became a run is kept this long; one still coming in, this long after its last byte. */
const KEPT_MS = 86_400_000;
const ABANDONED_MS = 15 * 60_000;

export type Runs = ReturnType<typeof createRuns>;

export function createRuns(deps: MatchingDeps) {
  const { clock, catalogue, audit } = deps;
  let scanners: Scanners | undefined;
  const inbox = createInbox(deps.inbox, deps.folder, clock);

  function feedOf(code: string): ResolvedFeed {
    const feed = catalogue.feeds.get(code);
    if (!feed) throw new DomainError("not-found", "没有这个数据源，请刷新页面后重新选择。");
    return feed;
  }
  const placeOf = (countyCode: string, id: string) => {
    if (!/^\d{6}$/.test(countyCode) || !isUuid(id)) throw new DomainError("not-found", "没有这次接收。");
    return path.join(deps.folder, `${countyCode}-${id.toLowerCase()}`);
  };

  /** Writes what is sent to disk as it comes: a file of any size takes no memory. */
  async function save(countyCode: string, id: string, source: Readable): Promise<number> {
    const place = placeOf(countyCode, id);
    fs.mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
    // A name of its own: the same upload tried again while the first hangs must not write into it.
    const part = `${place}.${newId().slice(-12)}.part`;
    try {
      await pipeline(source, intoFile(part));
      fs.renameSync(part, place);
    } finally {
      fs.rmSync(part, { force: true });
    }
    return fs.statSync(place).size;
  }

  /** The saved file becomes a run that waits for a worker. The same id again changes nothing. */
  async function receive(tx: Tx, r: Received): Promise<void> {
    const feed = feedOf(r.feed);
    const place = placeOf(tx.actor.countyCode, r.id);
    if (tx.actor.scope !== tx.actor.countyCode)
      throw new DomainError("forbidden", "部门数据由县级接收，请交县级经办上传。");
    const known = await store.findRun(tx, r.id);
    if (known) {
      if (known.feed !== r.feed) throw new DomainError("already-exists", "这个编号已用于另一份文件。");
      return;
    }
    const asOf = r.asOf ?? clock.today();
    if (!isIsoDate(asOf) || asOf > clock.today())
      throw new DomainError("invalid-input", "数据截至日期应为今天或以前的日期。", { field: "asOf" });
    if (!fs.existsSync(place)) throw new DomainError("bad-file", "没有收到文件，请重新上传。");
    await store.insertRun(tx, {
      ...{
        id: r.id,
        feed: r.feed,
        origin: r.origin,
        fileName: path.basename(r.fileName).slice(0, 200),
        asOf,
      },
      ...{ replaces: r.replaces === true, fileBytes: fs.statSync(place).size, at: clock.now() },
    });
    await enqueue(tx, RUN_JOB, { runId: r.id }, { id: r.id });
    await audit.record(tx, {
      ...{ action: "feed.receive", object: "feed", objectId: r.id },
      detail: `${feed.department}《${feed.title}》，${path.basename(r.fileName).slice(0, 100)}${r.replaces ? "，更正当天的名单" : ""}`,
    });
  }

  async function watchList(tx: Tx, feed: ResolvedFeed): Promise<Watched[]> {
    const people = await store.watched(
      tx,
      monthOf(clock.today()),
      feed.authorisedOnly === true,
      clock.today(),
    );
    if (feed.key.kind === "resident-id") {
      const numbers = await deps.registry.idNumbers(
        tx,
        people.map((p) => p.id),
        `数据比对：${feed.department}《${feed.title}》`,
      );
      return people.flatMap((p) => {
        const idNo = numbers.get(p.id);
        return idNo === undefined ? [] : [{ ...p, idNo }];
      });
    }
    if (feed.key.kind === "name-birth") return people;
    const codes = new Map<string, string[]>();
    for (const { code, personId } of await store.codesOf(tx, wholeLists(catalogue.feeds.values())))
      codes.set(personId, [...(codes.get(personId) ?? []), code]);
    return people.map((p) => ({ ...p, codes: codes.get(p.id) ?? [] }));
  }

  function deleteFile(countyCode: string, id: string): void {
    const name = path.basename(placeOf(countyCode, id));
    if (!fs.existsSync(deps.folder)) return;
    for (const f of fs.readdirSync(deps.folder))
      if (f.startsWith(name) && !f.endsWith(".note")) fs.rmSync(path.join(deps.folder, f), { force: true });
  }
  async function forget(db: Database, countyCode: string, id: string): Promise<void> {
    const run = await db.read(systemActor(countyCode), (tx) => store.findRun(tx, id));
    if (run?.state === "refused" && run.origin === "folder") {
      inbox.refuse(countyCode, run, placeOf(countyCode, id), String(run.report.refusal));
      deleteFile(countyCode, id);
      if (inbox.keeps(countyCode, run)) return;
    }
    deleteFile(countyCode, id);
    await db.transact(systemActor(countyCode), async (tx) => {
      if ((await store.markDeleted(tx, id, clock.now())) > 0)
        await audit.record(tx, {
          action: "feed.delete",
          object: "feed",
          objectId: id,
          detail: "比对结束，原文件已删除",
        });
    });
  }

  /** From the file to what is kept of it. Killed at any point it starts again; ended it only makes sure that the file is gone. */
  async function carryOut(
    db: Database,
    countyCode: string,
    runId: string,
    commit: (work: (tx: Tx) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const run = await db.read(systemActor(countyCode), (tx) => store.findRun(tx, runId));
    if (!run) return;
    if (run.state === "waiting") {
      const feed = feedOf(run.feed);
      const watch = await db.transact(systemActor(countyCode), (tx) => watchList(tx, feed));
      let found: Scanned | DomainError;
      try {
        const place = placeOf(countyCode, runId);
        if (!fs.existsSync(place)) throw new DomainError("bad-file", "文件已不在服务器上，请重新上传。");
        scanners ??= createScanners(deps.threads ?? 2);
        found = await scanFeed(scanners, place, feed, watch);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        found = error;
      }
      await commit(async (tx) => {
        if (found instanceof DomainError)
          await store.endRun(tx, runId, "refused", { refusal: found.message }, clock.now());
        else await keepFound(tx, deps, run, feed, watch, found);
      });
    }
    await forget(db, countyCode, runId);
  }
  /** Runs whose work failed too often: told as failed, so that nobody waits for them. */
  const givenUp = (db: Database, countyCode: string): Promise<string[]> =>
    db.transact(systemActor(countyCode), async (tx) => {
      const over: string[] = [];
      for (const { id } of await store.waiting(tx)) {
        if ((await findJob(tx, id))?.state !== "failed") continue;
        const refusal =
          "比对时多次出错，没有完成，数据库里没有留下任何内容。请重新上传；再出错请联系技术人员。";
        await store.endRun(tx, id, "failed", { refusal }, clock.now());
        over.push(id);
      }
      return over;
    });
  const job: JobHandler = async ({ job: { input, countyCode }, db, step }) => {
    await carryOut(db, countyCode, (input as { runId: string }).runId, (work) =>
      step(async (tx) => {
        await work(tx);
        return { done: 1, total: 1 };
      }),
    );
    return null;
  };

  return {
    save,
    receive,
    /** A saved file that becomes no run. */
    drop: deleteFile,
    feedOf,
    /** Makes the watched folders of a county. */
    openInbox: (countyCode: string): void => inbox.open(countyCode, catalogue.feeds.keys()),
    /** Receives whatever lies complete in the watched folders. */
    collect: (db: Database, countyCode: string): Promise<void> =>
      inbox.collect(countyCode, catalogue.feeds.keys(), (t) =>
        db.transact(systemActor(countyCode), (tx) => receive(tx, { ...t, origin: "folder" })),
      ),
    jobs: { [RUN_JOB]: job },
    /** Carries out, here and now, whatever waits in a county; their jobs then find them ended. */
    async finish(db: Database, countyCode: string): Promise<void> {
      for (const { id } of await db.read(systemActor(countyCode), (tx) => store.waiting(tx)))
        await carryOut(db, countyCode, id, (work) => db.transact(systemActor(countyCode), work));
    },
    /** Files of ended runs that a crash left behind, files that never became a run, uploads cut off by a crash. */
    async sweep(db: Database, countyCode: string): Promise<void> {
      const left = await db.read(systemActor(countyCode), (tx) => store.undeleted(tx));
      for (const { id } of left) await forget(db, countyCode, id);
      for (const id of await givenUp(db, countyCode)) await forget(db, countyCode, id);
      if (!fs.existsSync(deps.folder)) return;
      const known = new Set(
        (await db.read(systemActor(countyCode), (tx) => store.listRuns(tx, null, 1000))).map(
          (r) => `${countyCode}-${r.id}`,
        ),
      );
      for (const f of fs.readdirSync(deps.folder)) {
        if (!f.startsWith(`${countyCode}-`) || known.has(f.slice(0, 43))) continue;
        if (fs.existsSync(path.join(deps.folder, `${f.slice(0, 43)}.note`))) continue;
        const at = path.join(deps.folder, f);
        const oldest = clock.now().getTime() - (f.endsWith(".part") ? ABANDONED_MS : KEPT_MS);
        if ((fs.statSync(at, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
          fs.rmSync(at, { force: true });
      }
    },
    close: () => scanners?.close(),
  };
}
