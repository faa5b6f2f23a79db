/**
 * What the bank sends back: taken in sealed pieces, read in pieces, loaded whole or not at all. A file of any length takes
 * the memory of one piece; a crash costs the piece that was being read.
 */
import type { BankLayout } from "@wuxin/declare";
import { DomainError, newId } from "@wuxin/kernel";
import { emit, enqueue, findJob, type JobContext, type JobHandler, type Tx } from "@wuxin/platform";
import { badReturn, layoutOf, type Problem, refuseRows, sniff } from "./bank-return.ts";
import { inWords, lock, notFound, requireMoney } from "./guards.ts";
import { EFFECTS } from "./model.ts";
import * as papers from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import { takePieces } from "./return-pieces.ts";
import { besideLine, openReturn, type Reached, type ReturnReader, START, wrongRow } from "./return-reader.ts";
import { firstRows, type Part, PIECE, sheetParts, textParts } from "./return-source.ts";
import * as intakes from "./return-store.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";
import { readWhole } from "./whole.ts";

const RETURN_JOB = "return.load";
/** So many rows are told of, of which a person will mend none by hand. */
const MOST_TOLD = 200;
/** From so many rows on a join reads the roster whole: less by index, more would be quadratic. */
const MANY = 200;

export interface LoadedReturn {
  readonly id: string;
  readonly alreadyLoaded: boolean;
  readonly paid: number;
  readonly failed: number;
  readonly unknown: number;
  readonly duplicated: number;
  /** Of a loaded file: what a reader should know, such as rows that repeat what was known. */
  readonly problems: readonly Problem[];
}

export type Returns = ReturnType<typeof createReturns>;

export function createReturns(deps: PaymentsDeps) {
  const { clock, vault, audit } = deps;

  // ── taken ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Takes a file in and looks at its beginning; says what it is already when it has come before. The caller reads it.
   * Errors: forbidden, not-found, action-not-allowed, bad-return-file, file-too-large.
   */
  async function take(
    tx: Tx,
    rosterId: string,
    input: { id: string; fileName: string },
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<{ known: papers.ReturnRecord } | { intake: intakes.IntakeRecord; fresh: boolean }> {
    requireMoney(tx, "装载回盘", ["county", "finance"]);
    const roster = await store.findRoster(tx, rosterId);
    if (!roster) throw notFound();
    if (roster.state !== "sent" && roster.state !== "closed")
      throw new DomainError("action-not-allowed", "名册还没有报送银行，不能装载回盘。");
    // The same request once more is the same file, whatever comes with it.
    const same = await intakes.findIntake(tx, input.id);
    if (same) {
      if (same.rosterId !== rosterId)
        throw new DomainError("already-exists", "这个编号已用于另一份回盘，请刷新页面后重试。");
      for await (const chunk of source) void chunk;
      const loaded = await papers.findReturn(tx, rosterId, same.digest);
      return loaded ? { known: loaded } : { intake: same, fresh: false };
    }
    const { first, ...file } = await takePieces(source, (no, piece) =>
      intakes.insertPiece(tx, input.id, no, vault.sealBytes(piece)),
    );
    const known = await papers.findReturn(tx, rosterId, file.digest);
    const waits = known ? undefined : await intakes.waitingIntake(tx, rosterId, file.digest);
    if (known || waits) await intakes.dropPieces(tx, input.id);
    if (known) return { known };
    if (waits) return { intake: waits, fresh: false };
    const kind = sniff(input.fileName, first);
    const made = new Set((await papers.bankFilesOf(tx, rosterId)).map((f) => f.format));
    const layouts = deps.layouts(tx.actor.countyCode);
    const text = kind === "text";
    const line = text ? new TextDecoder(file.encoding).decode(first).split("\n", 1)[0] : "";
    // A file with titles is known by them; without, the bank answers as it was asked.
    const layout = layoutOf([...layouts.filter((l) => made.has(l.code)), ...layouts], kind, line ?? "");
    if (text) reader(roster.number, layout, await firstRows(layout, file.encoding, file.bytes, first));
    await intakes.insertIntake(tx, {
      ...{ id: input.id, rosterId, fileName: input.fileName.slice(0, 200), digest: file.digest },
      ...{ bytes: file.bytes, kind, layout: layout.code, jobId: input.id, at: clock.now() },
      ...(text ? { encoding: file.encoding, newlines: file.newlines } : { encoding: null, newlines: null }),
    });
    return { intake: await found(tx, input.id), fresh: true };
  }
  async function found(tx: Tx, id: string): Promise<intakes.IntakeRecord> {
    const intake = await intakes.findIntake(tx, id);
    if (!intake) throw new DomainError("not-found", "没有找到这份回盘，或不在您的管辖范围内。");
    return intake;
  }

  // ── read ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  const reader = (rosterNumber: string, layout: BankLayout, first: Part["rows"]): ReturnReader =>
    openReturn(layout, { rosterNumber, today: clock.today() }, first);

  type Fetch = (from: number, to: number) => Promise<{ sealed: Buffer }[]>;
  /** The parts of a file from a place on, and who reads them. */
  async function open(
    intake: intakes.IntakeRecord,
    rosterNumber: string,
    county: string,
    fetch: Fetch,
    from: Reached,
  ) {
    const layout = deps.layouts(county).find((l) => l.code === intake.layout);
    if (!layout) throw badReturn("本县不再登记这种回盘格式，请系统管理员核对银行格式。");
    const bytesFrom = async (offset: number, length: number): Promise<Buffer> => {
      const no = Math.floor(offset / PIECE);
      const sealed = await fetch(no, Math.floor((offset + length - 1) / PIECE));
      return Buffer.concat(sealed.map((p) => vault.openBytes(p.sealed))).subarray(
        offset - no * PIECE,
        offset - no * PIECE + length,
      );
    };
    if (intake.encoding !== null) {
      const first = await firstRows(layout, intake.encoding, intake.bytes, await bytesFrom(0, PIECE));
      const parts = textParts(layout, intake.encoding, intake.bytes, bytesFrom, from, deps.returnPart);
      return { reader: reader(rosterNumber, layout, first), parts };
    }
    const whole = await bytesFrom(0, intake.bytes);
    for await (const part of sheetParts(whole, START))
      return { reader: reader(rosterNumber, layout, part.rows), parts: sheetParts(whole, from) };
    throw badReturn("文件打不开，可能已损坏，请重新从银行下载回盘文件。");
  }

  /** One part beside its lines, kept until the whole is judged. */
  async function stage(tx: Tx, intake: intakes.IntakeRecord, from: Reached, r: ReturnReader, part: Part) {
    if (from.row === 0) await intakes.dropRows(tx, intake.id);
    const { rows, problems, reached } = r.read(from, part);
    const lines = await intakes.linesNamed(
      tx,
      intake.rosterId,
      rows.flatMap((x) => x.lineId ?? []),
      rows.flatMap((x) => x.seq ?? []),
    );
    const byName = new Map(lines.flatMap((l) => [[l.id, l] as const, [String(l.seq), l] as const]));
    await intakes.stageRows(tx, intake.id, [
      ...problems.map(wrongRow),
      ...rows.map((x) => besideLine(x, byName.get(x.lineId ?? String(x.seq)), vault.open, clock.today())),
    ]);
    return reached;
  }

  // ── loaded ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** All of it or, with `bad-return-file`, nothing. Returns of one roster are loaded one after the other. */
  async function load(tx: Tx, intake: intakes.IntakeRecord, rows: number): Promise<LoadedReturn> {
    const roster = await lock(tx, intake.rosterId);
    const whole = <T>(work: () => Promise<T>): Promise<T> => (rows > MANY ? readWhole(tx, work) : work());
    await store.roomForSets(tx);
    const { problems, ...counts } = await whole(() => intakes.judge(tx, intake.id, EFFECTS));
    const told =
      problems + counts.duplicated > 0
        ? await whole(() => intakes.told(tx, intake.id, EFFECTS, MOST_TOLD))
        : [];
    if (problems > 0) throw refuseRows(told.flatMap(inWord), problems);
    const at = clock.now();
    await papers.insertReturn(tx, { ...intake, ...counts, at });
    await whole(() => intakes.recordSettled(tx, intake, EFFECTS, at));
    await whole(() => intakes.settle(tx, intake, EFFECTS));
    const notes = told.map((t) => ({ row: t.row, message: "该笔结果此前已登记，没有重复入账。" }));
    await intakes.endIntake(tx, intake.id, "loaded", { ...counts, problems: notes }, at);
    await intakes.dropRows(tx, intake.id);
    await sums.refreshHead(tx, roster.id);
    await sums.closeOrReopen(tx, roster.id);
    await emit(tx, "roster.moved", { rosterId: roster.id });
    await audit.record(tx, {
      ...{ action: "bank-return.load", object: "roster", objectId: roster.id },
      detail: `成功 ${counts.paid}，失败 ${counts.failed}，未知 ${counts.unknown}，重复 ${counts.duplicated}，${intake.by}上传，摘要 ${intake.digest.slice(0, 12)}`,
    });
    return { id: intake.id, alreadyLoaded: false, ...counts, problems: notes };
  }
  const already = ({ id, paid, failed, unknown, duplicated }: papers.ReturnRecord): LoadedReturn => ({
    ...{ id, alreadyLoaded: true, paid, failed, unknown, duplicated, problems: [] },
  });

  /**
   * A file that is at hand, in the caller's transaction: for who has no worker. The same file again changes nothing
   * (`alreadyLoaded`), another that repeats known rows counts them as `duplicated`.
   * Errors: forbidden, not-found, action-not-allowed, bad-return-file (details.problems: row, message).
   */
  async function loadReturn(
    tx: Tx,
    rosterId: string,
    input: { id: string; fileName: string; bytes: Uint8Array },
  ): Promise<LoadedReturn> {
    await lock(tx, rosterId);
    const taken = await take(tx, rosterId, input, [input.bytes]);
    if ("known" in taken) return already(taken.known);
    const { intake } = taken;
    const roster = await store.findRoster(tx, rosterId);
    const fetch: Fetch = (from, to) => intakes.pieces(tx, intake.id, from, to);
    const file = await open(intake, roster?.number ?? "", tx.actor.countyCode, fetch, START);
    let reached = START;
    for await (const part of file.parts) reached = await stage(tx, intake, reached, file.reader, part);
    return load(tx, intake, reached.row);
  }

  /** A file on its way, of any length: taken in now, loaded by a worker. The same file again goes on where it stopped. */
  async function receiveReturn(
    tx: Tx,
    rosterId: string,
    input: { id: string; fileName: string },
    source: AsyncIterable<Uint8Array>,
  ) {
    const taken = await take(tx, rosterId, input, source);
    if ("known" in taken)
      return {
        ...already(taken.known),
        ...{ fileName: input.fileName, state: "loaded" as const },
        ...NOT_READ,
      };
    const { intake, fresh } = taken;
    const stopped = !fresh && (await findJob(tx, intake.jobId))?.state === "failed";
    const jobId = stopped ? newId() : intake.jobId;
    if (stopped) await intakes.setJob(tx, intake.id, jobId);
    if (fresh || stopped) await enqueue(tx, RETURN_JOB, { returnId: intake.id }, { id: jobId });
    if (fresh)
      await audit.record(tx, {
        ...{ action: "bank-return.receive", object: "roster", objectId: rosterId },
        detail: `${intake.fileName}，摘要 ${intake.digest.slice(0, 12)}`,
      });
    return view(tx, { ...intake, jobId });
  }

  /** How far a file is, for the page that waits for it. Errors: forbidden, not-found. */
  async function returnIntake(tx: Tx, id: string) {
    requireMoney(tx, "查看回盘装载", ["county", "finance"]);
    return view(tx, await found(tx, id));
  }

  async function view(tx: Tx, intake: intakes.IntakeRecord) {
    const job = intake.state === "waiting" ? await findJob(tx, intake.jobId) : undefined;
    const report = intake.report as Partial<LoadedReturn> & { refusal?: string };
    const stopped = job?.state === "failed";
    return {
      ...{ id: intake.id, fileName: intake.fileName, alreadyLoaded: false },
      state: stopped ? ("stopped" as const) : intake.state,
      ...{ rows: job?.done ?? null, total: job?.total ?? intake.newlines },
      ...{ paid: 0, failed: 0, unknown: 0, duplicated: 0, problems: [], ...report },
      refusal: stopped
        ? "装载多次中断，一笔也没有入账。请把同一个文件再上传一次，从断处接着装载。"
        : (report.refusal ?? null),
    };
  }

  /** Whoever was killed in the midst of it: the next goes on after the last part that was kept. */
  const job: JobHandler = async (context) => {
    const { returnId } = context.job.input as { returnId: string };
    const intake = await context.db.read(context.actor, (tx) => found(tx, returnId));
    if (intake.state !== "waiting") return { state: intake.state };
    try {
      return await loadInParts(context, intake);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "bad-return-file") throw error;
      const { problems = [] } = (error.details ?? {}) as { problems?: readonly Problem[] };
      await context.step(async (tx) => {
        await intakes.endIntake(tx, intake.id, "refused", { refusal: error.message, problems }, clock.now());
        await intakes.dropRows(tx, intake.id);
        await intakes.dropPieces(tx, intake.id);
        return { done: 0 };
      });
      return { refusal: error.message };
    }
  };
  async function loadInParts({ job, db, actor, step }: JobContext, intake: intakes.IntakeRecord) {
    let { reached, whole } = (job.checkpoint ?? { reached: START, whole: false }) as Checkpoint;
    const roster = await db.read(actor, (tx) => store.findRoster(tx, intake.rosterId));
    if (!whole) {
      const fetch: Fetch = (from, to) => db.read(actor, (tx) => intakes.pieces(tx, intake.id, from, to));
      const file = await open(intake, roster?.number ?? "", actor.countyCode, fetch, reached);
      for await (const part of file.parts) {
        let next = reached;
        await step(async (tx) => {
          next = await stage(tx, intake, reached, file.reader, part);
          whole = part.last;
          return { done: next.row, checkpoint: { reached: next, whole } satisfies Checkpoint };
        });
        reached = next;
      }
    }
    let loaded: LoadedReturn | undefined;
    await step(async (tx) => {
      loaded = await loadAll(tx, intake, reached.row);
      return { done: reached.row, total: reached.row };
    });
    return loaded;
  }
  const loadAll = inWords(load);

  return {
    loadReturn: inWords(loadReturn),
    receiveReturn,
    returnIntake,
    lastReturn,
    jobs: { [RETURN_JOB]: job },
  };

  /** The last file of a roster, unless it was loaded: then it stands among the returns. */
  async function lastReturn(tx: Tx, rosterId: string) {
    const intake = await intakes.lastIntake(tx, rosterId);
    return intake && intake.state !== "loaded" ? view(tx, intake) : null;
  }
}

interface Checkpoint {
  readonly reached: Reached;
  /** The last part is kept as well. */
  readonly whole: boolean;
}
const NOT_READ = { rows: null, total: null, refusal: null };
const inWord = (t: { row: number; message: string | null }): Problem[] =>
  t.message === null ? [] : [{ row: t.row, message: t.message }];
