/**
 * Files to the bank: written from the signed lines in sealed pieces, sent whole. A file of any length takes the memory of
 * one piece; a crash costs the piece that was being written.
 */

import { createHash, type Hash } from "node:crypto";
import type { BankLayout } from "@wuxin/declare";
import { DomainError, newId } from "@wuxin/kernel";
import { emit, enqueue, findJob, type JobContext, type JobHandler, type Tx } from "@wuxin/platform";
import { type BankRow, bankFile, type FileHead, mediaType, type Place, START } from "./bank-file.ts";
import * as making from "./bank-file-store.ts";
import { contentDigest } from "./digest.ts";
import { digestNow } from "./file-digest.ts";
import * as flags from "./flag-store.ts";
import { inWords, lock, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import { ROSTER_STATES } from "./model.ts";
import * as papers from "./papers.ts";
import { documentKey, type PaymentsDeps } from "./ports.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";
import { itemTitle } from "./views.ts";

const FILE_JOB = "bank-file.write";
const PAGE = 5_000;

/** Where a file stands; head and papers are those of its beginning, however long it takes. */
interface Written {
  readonly head: FileHead;
  readonly papers: readonly (readonly [string, readonly string[]])[];
  readonly place: Place;
  /** The last line in it. */
  readonly seq: number;
  readonly pieces: number;
  readonly whole: boolean;
}

export type Files = ReturnType<typeof createFiles>;

export function createFiles(deps: PaymentsDeps) {
  const { clock, vault, audit } = deps;
  const pageSize = deps.filePage ?? PAGE;

  function layoutNamed(countyCode: string, code: string): BankLayout {
    const layout = deps.layouts(countyCode).find((l) => l.code === code);
    if (!layout)
      throw new DomainError("not-found", "本县没有登记这种银行文件格式，请改选一种。", { field: "format" });
    return layout;
  }

  // ── asked for ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The roster, if this file of it is still to be made by this person. */
  async function toMake(tx: Tx, rosterId: string, format: string): Promise<store.RosterRecord | undefined> {
    requireMoney(tx, "生成银行文件", ["county", "finance"]);
    layoutNamed(tx.actor.countyCode, format);
    const roster = await lock(tx, rosterId);
    await mustSend(tx, roster);
    const made = (await papers.bankFilesOf(tx, rosterId)).some((f) => f.format === format);
    return made ? undefined : roster;
  }
  async function mustSend(tx: Tx, roster: store.RosterRecord): Promise<void> {
    if (!["approved", "sent", "closed"].includes(roster.state))
      throw new DomainError(
        "action-not-allowed",
        `名册现在是“${ROSTER_STATES[roster.state]}”，制表、复核、审批三人签字后才能生成银行文件。`,
      );
    const blocks = roster.state === "approved" ? await flags.openBlocks(tx, roster.id) : 0;
    if (blocks > 0)
      throw new DomainError(
        "flags-open",
        `审批后又发现 ${blocks} 笔须拦截的风险（如死亡），不能报送；请作废名册后重新生成。`,
      );
  }

  /**
   * A file that is at hand when this ends, in the caller's transaction: for who has no worker. From then on the lines of
   * an approved roster are 'sent'. A second call makes no second file; `id` is made by the caller.
   * Errors: forbidden, not-found, action-not-allowed, flags-open, roster-changed, bad-bank-value.
   */
  async function makeBankFile(
    tx: Tx,
    rosterId: string,
    input: { id: string; format: string },
  ): Promise<void> {
    const roster = await toMake(tx, rosterId, input.format);
    if (!roster) return;
    const hash = createHash("sha256");
    let at = await begin(tx, roster);
    while (!at.whole) at = await writePart(tx, { ...input, rosterId }, at, hash);
    await finish(
      tx,
      { ...input, rosterId, person: { id: tx.actor.accountId ?? "", name: tx.actor.name } },
      at,
      hash,
    );
  }

  /** Of any length, written by a worker. Asked for again it goes on; what failed starts anew. Errors: as above. */
  async function askBankFile(tx: Tx, rosterId: string, input: { id: string; format: string }): Promise<void> {
    if (!(await toMake(tx, rosterId, input.format))) return;
    const known = (await making.makingsOf(tx, rosterId)).find((m) => m.format === input.format);
    const job = known && (await findJob(tx, known.jobId));
    if (job && job.state !== "failed" && job.state !== "cancelled") return;
    const jobId = known ? newId() : input.id;
    if (known) await making.setJob(tx, known.id, jobId);
    else await making.insertMaking(tx, { ...input, rosterId, jobId, at: clock.now() });
    await enqueue(tx, FILE_JOB, { fileId: known?.id ?? input.id }, { id: jobId });
  }

  /** How far the files are that were asked for and are not there. */
  async function makings(tx: Tx, rosterId: string) {
    const told = [];
    for (const m of await making.makingsOf(tx, rosterId)) {
      const job = await findJob(tx, m.jobId);
      const stopped = job?.state === "failed" || job?.state === "cancelled";
      told.push({
        ...{ id: m.id, format: m.format, state: stopped ? ("stopped" as const) : ("waiting" as const) },
        ...{ done: job?.done ?? 0, total: job?.total ?? null },
        refusal: stopped ? (job.error ?? "生成已取消，请重新生成。") : null,
      });
    }
    return told;
  }
  /** For the page that waits. Errors: forbidden. */
  async function bankFileMakings(tx: Tx, rosterId: string) {
    requireMoney(tx, "查看银行文件", ["county", "finance"]);
    return makings(tx, rosterId);
  }

  /** What was written of files that will not be sent. */
  async function forget(tx: Tx, rosterId: string): Promise<void> {
    for (const m of await making.makingsOf(tx, rosterId)) await making.dropPieces(tx, m.id);
  }

  // ── written ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async function begin(tx: Tx, roster: store.RosterRecord): Promise<Written> {
    const papersOf = await deps.fundDocuments(tx, roster.id, await sums.included(tx, roster.id));
    return {
      head: {
        ...{ batchNo: roster.number, lines: roster.includedLines, totalFen: roster.includedFen },
        ...{ today: clock.today().replaceAll("-", ""), rosterDigest: roster.digest },
      },
      papers: [...papersOf],
      ...{ place: START, seq: 0, pieces: 0, whole: false },
    };
  }

  type Of = Pick<making.MakingRecord, "id" | "rosterId" | "format">;
  /** The next lines, with their full numbers as the bank needs them. */
  async function writePart(tx: Tx, of: Of, at: Written, hash: Hash): Promise<Written> {
    const file = bankFile(layoutNamed(tx.actor.countyCode, of.format), at.head);
    const papersOf = new Map(at.papers);
    const page = await lines.includedLines(tx, of.rosterId, at.seq, pageSize);
    const begun = at.pieces === 0 ? file.begin() : { bytes: NOTHING, place: at.place };
    const more = file.rows(
      page.map((l): BankRow => bankRow(l, at.head.batchNo, papersOf)),
      begun.place,
    );
    const whole = page.length < pageSize;
    const bytes = Buffer.concat([begun.bytes, more.bytes, whole ? file.end(more.place) : NOTHING]);
    await making.insertPiece(tx, of.id, at.pieces, vault.sealBytes(bytes));
    hash.update(bytes);
    return {
      ...at,
      ...{ place: more.place, seq: page.at(-1)?.seq ?? at.seq, pieces: at.pieces + 1, whole },
    };
  }
  const bankRow = (
    l: lines.IncludedLine,
    batchNo: string,
    papersOf: ReadonlyMap<string, readonly string[]>,
  ): BankRow => ({
    batchNo,
    seq: l.seq,
    subsidyCode: l.item,
    subsidyName: itemTitle(deps, l.item),
    fundDocNo: papersOf.get(documentKey(l))?.join("、") ?? "",
    period: l.month,
    division12: l.divisionCode.padEnd(12, "0"),
    payeeName: l.payeeName,
    idNo: vault.open(l.idNoSealed),
    relation: l.relation,
    cardNo: l.accountSealed ? vault.open(l.accountSealed) : "",
    bankCode: l.bankName ?? "",
    accountName: l.holderName ?? "",
    amountFen: l.amountFen,
    basisId: l.id,
  });

  /** All of it is written: judged once more under the roster's lock, and sent. */
  async function finish(tx: Tx, of: Of & { person: papers.Person }, at: Written, hash: Hash): Promise<void> {
    const roster = await lock(tx, of.rosterId);
    await mustSend(tx, roster);
    if ((await contentDigest(tx, roster)) !== roster.digest)
      throw new DomainError(
        "roster-changed",
        "名册明细与签字时的摘要不一致，不能报送。请告知系统管理员核查。",
      );
    if (at.place.lines !== roster.includedLines || at.place.totalFen !== roster.includedFen)
      throw new DomainError(
        "roster-changed",
        "银行文件的笔数或金额与名册不符，不能报送。请告知系统管理员核查。",
      );
    const layout = layoutNamed(tx.actor.countyCode, of.format);
    const digest = hash.digest("hex");
    const now = clock.now();
    await making.insertBankFile(tx, {
      id: of.id,
      rosterId: roster.id,
      format: of.format,
      name: `${tx.actor.countyCode}-${roster.number}${layout.code === layout.extension ? "" : `-${layout.code}`}.${layout.extension}`,
      lines: at.place.lines,
      totalFen: at.place.totalFen,
      digest,
      by: of.person,
      at: now,
    });
    if (roster.state === "approved") {
      await store.setState(tx, roster.id, "sent", now);
      await lines.markSent(tx, roster.id);
      const event = { kind: "sent" as const, detail: roster.number, at: now, by: of.person };
      await papers.recordEvents(tx, roster.id, { state: "sent" }, event);
      await sums.refreshHead(tx, roster.id);
      await emit(tx, "roster.moved", { rosterId: roster.id });
    }
    const asked = tx.actor.accountId === of.person.id ? "" : `${of.person.name}申请，`;
    await audit.record(tx, {
      action: "bank-file.export",
      object: "roster",
      objectId: roster.id,
      detail: `${layout.name}，${at.place.lines} 笔，${asked}摘要 ${digest.slice(0, 12)}`,
    });
  }
  const finishInWords = inWords(finish);

  /** Whoever was killed in the midst of it: the next goes on after the last piece that was kept. */
  const job: JobHandler = async (context) => {
    const { fileId } = context.job.input as { fileId: string };
    const asked = await context.db.read(context.actor, (tx) => making.findMaking(tx, fileId));
    if (!asked) return { made: false };
    try {
      return await writeInParts(context, asked);
    } catch (error) {
      // What a person must mend: nothing of the file is kept, and the job says why.
      if (error instanceof DomainError)
        await context.step(async (tx) => {
          await making.dropPieces(tx, asked.id);
          return { done: 0 };
        });
      throw error;
    }
  };
  async function writeInParts({ job, db, actor, step }: JobContext, asked: making.MakingRecord) {
    let at = job.checkpoint as Written | null;
    // Discarded meanwhile: what was written of it is gone, and that is no damage.
    await db.read(actor, async (tx) => {
      const roster = await store.findRoster(tx, asked.rosterId);
      if (roster) await mustSend(tx, roster);
    });
    const hash = createHash("sha256");
    for (let no = 0; no < (at?.pieces ?? 0); no++)
      hash.update(vault.openBytes(await db.read(actor, (tx) => pieceOf(tx, asked.id, no))));
    let made = false;
    while (!made)
      await step(async (tx) => {
        if ((await papers.bankFilesOf(tx, asked.rosterId)).some((f) => f.format === asked.format)) {
          made = true; // by somebody who had no worker
          return { done: 0 };
        }
        if (!at) {
          await making.dropPieces(tx, asked.id);
          const roster = await lock(tx, asked.rosterId);
          await mustSend(tx, roster);
          at = await begin(tx, roster);
        } else if (!at.whole) at = await writePart(tx, asked, at, hash);
        else {
          const person = { id: asked.byId, name: asked.by };
          await finishInWords(tx, { ...asked, person }, at, hash);
          made = true;
        }
        return { done: at.place.lines, total: at.head.lines, checkpoint: at };
      });
    return { made };
  }

  // ── fetched ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async function pieceOf(tx: Tx, fileId: string, no: number): Promise<Buffer> {
    const sealed = await making.piece(tx, fileId, no);
    if (!sealed) throw damaged();
    return sealed;
  }

  /**
   * What a download needs: proved to be the bytes that were made, and in the trail; the bytes are fetched by
   * `bankFilePiece`, one after the other. Errors: forbidden, not-found, file-damaged.
   */
  async function openBankFile(tx: Tx, fileId: string) {
    requireMoney(tx, "下载银行文件", ["county", "finance"]);
    const file = await papers.findBankFile(tx, fileId);
    if (!file) throw new DomainError("not-found", "没有找到这份银行文件。");
    const { digest, pieces } = await digestNow(tx, vault, fileId);
    if (digest !== file.digest) throw damaged();
    await audit.record(tx, {
      action: "bank-file.download",
      object: "roster",
      objectId: file.rosterId,
      detail: `${file.name}，${file.lines} 笔`,
    });
    const type = mediaType(layoutNamed(tx.actor.countyCode, file.format));
    return { name: file.name, mediaType: type, pieces };
  }
  /** Undefined behind the last. Errors: forbidden. */
  async function bankFilePiece(tx: Tx, fileId: string, no: number): Promise<Buffer | undefined> {
    requireMoney(tx, "下载银行文件", ["county", "finance"]);
    const sealed = await making.piece(tx, fileId, no);
    return sealed && vault.openBytes(sealed);
  }
  /** The whole of it, for who has memory for it. */
  async function downloadBankFile(tx: Tx, fileId: string) {
    const { pieces, ...file } = await openBankFile(tx, fileId);
    const bytes: Buffer[] = [];
    for (let no = 0; no < pieces; no++) bytes.push((await bankFilePiece(tx, fileId, no)) ?? NOTHING);
    return { ...file, bytes: Buffer.concat(bytes) };
  }

  return {
    makeBankFile: inWords(makeBankFile),
    askBankFile,
    makings,
    forget,
    bankFileMakings,
    openBankFile,
    bankFilePiece,
    downloadBankFile,
    jobs: { [FILE_JOB]: job },
  };
}
const NOTHING = Buffer.alloc(0);
const damaged = () =>
  new DomainError("file-damaged", "银行文件与生成时的摘要不一致，不能使用。请告知系统管理员。");
