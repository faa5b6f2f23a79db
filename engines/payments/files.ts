/** Files to the bank: made, fetched. Their bytes lie sealed in the database, with the rest of the money. */
import type { BankLayout } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { type BankRow, type MadeFile, mediaType, openBankFile, sha256 } from "./bank-file.ts";
import * as flags from "./flag-store.ts";
import { inWords, lock, requireMoney } from "./guards.ts";
import * as lines from "./lines.ts";
import { ROSTER_STATES } from "./model.ts";
import * as papers from "./papers.ts";
import { documentKey, type PaymentsDeps } from "./ports.ts";
import * as store from "./store.ts";
import { itemTitle } from "./views.ts";

const PAGE = 5_000;

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

  return { exportBankFile: inWords(exportBankFile), downloadBankFile };
}
