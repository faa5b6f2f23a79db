/**
 * For `npm run verify`: every roster added up again from its lines, and its bank files read again piece by piece, so that
 * it needs no memory for the whole. Reads only.
 */
import { formatYuan } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import { contentDigest } from "./digest.ts";
import { digestNow } from "./file-digest.ts";
import * as papers from "./papers.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";

export interface Proof {
  readonly rosters: number;
  readonly lines: number;
  readonly files: number;
  readonly faults: readonly string[];
}

export async function proveRosters(tx: Tx, vault: Vault): Promise<Proof> {
  const faults: string[] = [];
  let lines = 0;
  let files = 0;
  const ids = await store.rosterIds(tx);
  for (const id of ids) {
    const r = await store.findRoster(tx, id);
    if (!r) continue;
    const s = await store.readdRoster(tx, id);
    lines += s.lines;
    if (s.lines > 0 && (await contentDigest(tx, r)) !== r.digest)
      faults.push(`名册 ${r.number}：按明细重算的摘要与名册登记的不符，明细被改过`);
    for (const [name, was, now] of [
      ["合计", r.totalFen, s.totalFen],
      ["报送", r.includedFen, s.includedFen],
      ["已付", r.paidFen, s.paidFen],
      ["流水已付", r.paidFen, s.paidEventsFen],
      ["失败", r.failedFen, s.failedFen],
      ["暂缓", r.heldFen, s.heldFen],
    ] as const)
      if (was !== now)
        faults.push(`名册 ${r.number}：${name}登记 ${formatYuan(was)} 元，加总 ${formatYuan(now)} 元`);
    const wrong = await sums.wrong(tx, id);
    if (wrong.lines + wrong.events > 0)
      faults.push(
        `名册 ${r.number}：随发随记的合计有 ${wrong.lines + wrong.events} 项与明细、资金流水重新加总的不符`,
      );
    if (s.unsignedDigests > 0)
      faults.push(`名册 ${r.number}：有 ${s.unsignedDigests} 个签字签的不是现在的内容`);
    if ((r.state === "sent" || r.state === "closed") && s.signers !== 3)
      faults.push(`名册 ${r.number}：已报送，签字的却是 ${s.signers} 人`);
    for (const fen of s.bankFilesFen)
      if (fen !== r.includedFen)
        faults.push(
          `名册 ${r.number}：银行文件 ${formatYuan(fen)} 元，应报送 ${formatYuan(r.includedFen)} 元`,
        );
    for (const f of await papers.bankFilesOf(tx, id)) {
      files++;
      if ((await digestNow(tx, vault, f.id)).digest !== f.digest)
        faults.push(`名册 ${r.number}：银行文件 ${f.name} 与生成时的摘要不符，文件被改过或缺了一段`);
    }
  }
  const doubled = await store.doubledSlots(tx);
  if (doubled > 0) faults.push(`有 ${doubled} 个名额被占了两次`);
  return { rosters: ids.length, lines, files, faults };
}
