/** Files to and from the bank: made, fetched, loaded. Their bytes lie sealed in the database, with the rest of the money. */
import type { BankLayout } from "@wuxin/declare";
import { DomainError, isIsoDate } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { type BankRow, type MadeFile, mediaType, openBankFile, sha256 } from "./bank-file.ts";
import {
  badReturn,
  layoutOf,
  type Problem,
  type ReturnRow,
  readReturn,
  refuseRows,
  sniff,
} from "./bank-return.ts";
import * as flags from "./flag-store.ts";
import { inWords, lock, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import { effectOf, ROSTER_STATES } from "./model.ts";
import * as papers from "./papers.ts";
import { documentKey, type PaymentsDeps } from "./ports.ts";
import * as settled from "./settled.ts";
import * as store from "./store.ts";
import { itemTitle } from "./views.ts";

const PAGE = 5_000;
const MOST_BYTES = 400 * 1024 * 1024;

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

export function createFiles<View>(deps: PaymentsDeps, view: (tx: Tx, rosterId: string) => Promise<View>) {
  const { clock, vault, audit } = deps;

  function layoutNamed(tx: Tx, code: string): BankLayout {
    const layout = deps.layouts(tx.actor.countyCode).find((l) => l.code === code);
    if (!layout)
      throw new DomainError("not-found", "本县没有登记这种银行文件格式，请改选一种。", { field: "format" });
    return layout;
  }

  /** The lines with their full numbers, as the bank needs them; page by page. */
  async function writeFile(tx: Tx, roster: store.RosterRecord, layout: BankLayout): Promise<MadeFile> {
    const file = openBankFile(layout, {
      ...{ batchNo: roster.number, lines: roster.includedLines, totalFen: roster.includedFen },
      ...{ today: clock.today().replaceAll("-", ""), rosterDigest: roster.digest },
    });
    const papersOf = await deps.fundDocuments(tx, roster.id, await lines.includedSums(tx, roster.id));
    for (let after = 0; ; ) {
      const page = await lines.includedLines(tx, roster.id, after, PAGE);
      file.add(
        page.map(
          (l): BankRow => ({
            batchNo: roster.number,
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
          }),
        ),
      );
      const last = page.at(-1);
      if (!last || page.length < PAGE) return file.close();
      after = last.seq;
    }
  }

  /**
   * Makes the file of an approved roster; from then on its lines are 'sent'. A second call gives the same file.
   * `fileId` is made by the caller. Errors: forbidden, action-not-allowed, flags-open, roster-changed.
   */
  async function exportBankFile(
    tx: Tx,
    rosterId: string,
    input: { id: string; format: string },
  ): Promise<View> {
    requireMoney(tx, "生成银行文件", ["county", "finance"]);
    const layout = layoutNamed(tx, input.format);
    const roster = await lock(tx, rosterId);
    if (!["approved", "sent", "closed"].includes(roster.state))
      throw new DomainError(
        "action-not-allowed",
        `名册现在是“${ROSTER_STATES[roster.state]}”，制表、复核、审批三人签字后才能生成银行文件。`,
      );
    const known = (await papers.bankFilesOf(tx, rosterId)).find((f) => f.format === input.format);
    if (known) return view(tx, rosterId);
    const at = clock.now();
    if (roster.state === "approved") {
      const blocks = await flags.openBlocks(tx, rosterId);
      if (blocks > 0)
        throw new DomainError(
          "flags-open",
          `审批后又发现 ${blocks} 笔须拦截的风险（如死亡），不能报送；请作废名册后重新生成。`,
        );
    }
    if ((await store.contentDigest(tx, roster)) !== roster.digest)
      throw new DomainError(
        "roster-changed",
        "名册明细与签字时的摘要不一致，不能报送。请告知系统管理员核查。",
      );
    const file = await writeFile(tx, roster, layout);
    if (file.control.lines !== roster.includedLines || file.control.totalFen !== roster.includedFen)
      throw new DomainError(
        "roster-changed",
        "银行文件的笔数或金额与名册不符，不能报送。请告知系统管理员核查。",
      );
    await papers.insertBankFile(tx, {
      id: input.id,
      rosterId,
      format: input.format,
      name: `${tx.actor.countyCode}-${roster.number}${layout.code === layout.extension ? "" : `-${layout.code}`}.${layout.extension}`,
      lines: file.control.lines,
      totalFen: file.control.totalFen,
      digest: file.digest,
      sealed: vault.sealBytes(file.bytes),
      at,
    });
    if (roster.state === "approved") {
      await store.setState(tx, rosterId, "sent", at);
      await lines.markSent(tx, rosterId);
      await papers.recordEvents(tx, rosterId, { state: "sent" }, { kind: "sent", detail: roster.number, at });
      await store.refreshSums(tx, rosterId);
      await emit(tx, "roster.moved", { rosterId });
    }
    await audit.record(tx, {
      action: "bank-file.export",
      object: "roster",
      objectId: rosterId,
      detail: `${layout.name}，${file.control.lines} 笔，摘要 ${file.digest.slice(0, 12)}`,
    });
    return view(tx, rosterId);
  }

  /** The bytes, proved to be those that were made. Every download is in the trail. Errors: forbidden, not-found, file-damaged. */
  async function downloadBankFile(
    tx: Tx,
    fileId: string,
  ): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
    requireMoney(tx, "下载银行文件", ["county", "finance"]);
    const file = await papers.findBankFile(tx, fileId);
    if (!file) throw new DomainError("not-found", "没有找到这份银行文件。");
    const bytes = vault.openBytes(file.sealed);
    if (sha256(bytes) !== file.digest)
      throw new DomainError("file-damaged", "银行文件与生成时的摘要不一致，不能使用。请告知系统管理员。");
    await audit.record(tx, {
      action: "bank-file.download",
      object: "roster",
      objectId: file.rosterId,
      detail: `${file.name}，${file.lines} 笔`,
    });
    return { name: file.name, mediaType: mediaType(layoutNamed(tx, file.format)), bytes };
  }

  /**
   * Loads what the bank sent back: all of it or nothing. The same file again changes nothing (`alreadyLoaded`), another
   * file that repeats known rows counts them as `duplicated`. Returns of one roster are loaded one after the other.
   * Errors: forbidden, not-found, action-not-allowed, bad-return-file (details.problems: row, message).
   */
  async function loadReturn(
    tx: Tx,
    rosterId: string,
    input: { id: string; fileName: string; bytes: Uint8Array },
  ): Promise<LoadedReturn> {
    requireMoney(tx, "装载回盘", ["county", "finance"]);
    if (input.bytes.length > MOST_BYTES)
      throw new DomainError("file-too-large", "回盘文件超过 400 MB，请与银行核对。", { field: "file" });
    const digest = sha256(input.bytes);
    const roster = await lock(tx, rosterId);
    const known = await papers.findReturn(tx, rosterId, digest);
    if (known) {
      const { id, paid, failed, unknown, duplicated } = known;
      return { id, alreadyLoaded: true, paid, failed, unknown, duplicated, problems: [] };
    }
    if (roster.state !== "sent" && roster.state !== "closed")
      throw new DomainError("action-not-allowed", "名册还没有报送银行，不能装载回盘。");
    const kind = sniff(input.fileName, input.bytes);
    const made = new Set((await papers.bankFilesOf(tx, rosterId)).map((f) => f.format));
    const layouts = deps.layouts(tx.actor.countyCode);
    // A file with titles is known by them; without, the bank answers as it was asked.
    const layout = layoutOf([...layouts.filter((l) => made.has(l.code)), ...layouts], kind, input.bytes);
    const read = await readReturn(layout, kind, input.bytes);
    const { answers, counts, notes, problems } = await match(tx, roster, read.rows);
    const all = [...read.problems, ...problems].sort((a, b) => a.row - b.row);
    if (all.length > 0) throw refuseRows(all);
    const at = clock.now();
    await papers.insertReturn(tx, {
      id: input.id,
      rosterId,
      fileName: input.fileName.slice(0, 200),
      digest,
      layout: layout.code,
      sealed: vault.sealBytes(input.bytes),
      at,
      ...counts,
    });
    for (let from = 0; from < answers.length; from += PAGE)
      await settled.settle(tx, rosterId, input.id, answers.slice(from, from + PAGE), at);
    await store.refreshSums(tx, rosterId);
    await store.closeOrReopen(tx, rosterId);
    await emit(tx, "roster.moved", { rosterId });
    await audit.record(tx, {
      action: "bank-return.load",
      object: "roster",
      objectId: rosterId,
      detail: `成功 ${counts.paid}，失败 ${counts.failed}，未知 ${counts.unknown}，重复 ${counts.duplicated}，摘要 ${digest.slice(0, 12)}`,
    });
    return { id: input.id, alreadyLoaded: false, ...counts, problems: notes };
  }

  async function match(tx: Tx, roster: store.RosterRecord, rows: readonly ReturnRow[]) {
    const problems: Problem[] = [];
    const notes: Problem[] = [];
    const answers: settled.Settled[] = [];
    const counts = { paid: 0, failed: 0, unknown: 0, duplicated: 0 };
    const seen = new Map<string, number>();
    const foreign = rows.filter((r) => r.batchNo !== "" && r.batchNo !== roster.number);
    if (rows.length > 0 && foreign.length === rows.length)
      throw badReturn(
        `这是批次“${foreign[0]?.batchNo.slice(0, 30)}”的回盘，不是名册 ${roster.number} 的，请到对应的名册里装载。`,
      );
    for (let from = 0; from < rows.length; from += PAGE) {
      const part = rows.slice(from, from + PAGE);
      const found = await settled.linesNamed(
        tx,
        roster.id,
        part.flatMap((r) => r.lineId ?? []),
        part.flatMap((r) => r.seq ?? []),
      );
      const byName = new Map(found.flatMap((l) => [[l.id, l] as const, [String(l.seq), l] as const]));
      for (const r of part) {
        const bad = (message: string) => problems.push({ row: r.row, message });
        const line = byName.get(r.lineId ?? String(r.seq));
        const twin = line && seen.get(line.id);
        if (line) seen.set(line.id, r.row);
        if (r.batchNo !== "" && r.batchNo !== roster.number)
          bad(`批次号“${r.batchNo.slice(0, 30)}”不是本名册的 ${roster.number}。`);
        else if (!line) bad(`${r.lineId === null ? "序号" : "依据编号"}不在这份名册里。`);
        else if (twin !== undefined) bad(`与第 ${twin} 行是同一笔，重复出现。`);
        else if (line.amountFen !== r.amountFen)
          bad(`金额 ${r.amountFen} 分与报送的 ${line.amountFen} 分不一致。`);
        else if (r.cardNo !== "" && line.accountSealed && vault.open(line.accountSealed) !== r.cardNo)
          bad("账号与报送的不一致。");
        else if (r.paidOn !== null && (!isIsoDate(r.paidOn) || r.paidOn > clock.today()))
          bad(`入账日期 ${r.paidOn} 晚于今天。`);
        else {
          const effect = effectOf(line.state, r.outcome);
          if (typeof effect === "object") bad(effect.problem);
          else {
            counts[effect]++;
            if (effect === "duplicated")
              notes.push({ row: r.row, message: "该笔结果此前已登记，没有重复入账。" });
            else
              answers.push({
                lineId: line.id,
                outcome: effect,
                failCode: effect === "paid" ? "" : r.failCode,
                failReason: effect === "failed" ? r.failReason || "银行未写原因" : r.failReason,
                bankSerial: r.bankSerial,
                settledOn: r.paidOn ?? (effect === "failed" ? clock.today() : null),
              });
          }
        }
      }
    }
    return { answers, counts, notes: notes.slice(0, 200), problems };
  }

  return { exportBankFile: inWords(exportBankFile), downloadBankFile, loadReturn: inWords(loadReturn) };
}
