import { DomainError } from "@wuxin/kernel";
import { type Database, systemActor, type Tx, type Vault } from "@wuxin/platform";
import { headText, sealText } from "./model.ts";
import * as store from "./store.ts";

/** One chain as the audit page and `npm run verify` report it. */
export interface ChainReport {
  readonly name: string;
  /** Rows of the chained table. */
  readonly entries: number;
  /** Written, not yet sealed; the sealer runs every second. */
  readonly unsealed: number;
  readonly ok: boolean;
  /** A sentence that names the first broken link, or null. */
  readonly firstBroken: string | null;
}

export interface ChainOptions {
  readonly vault: Vault;
  readonly spec: store.ChainSpec;
  /** Besides waiting for running transactions, a position settles no sooner than this. */
  readonly settleMs: number;
}

const BATCH = 5_000;
const START = Buffer.alloc(32);

/** Seals what is unsealed; the caller holds the county's lock. Gives the number of links added. */
export async function sealChain(tx: Tx, o: ChainOptions, moment: store.Moment): Promise<number> {
  const { vault, spec } = o;
  const before = (await store.readHead(tx, spec.name)) ?? emptyHead(moment);
  const sealed = await store.sealedSince(tx, spec.name, before.settledSeq);
  let { seq, hash } = before;
  for (let after = before.settled; ; ) {
    const rows = await store.readRows(tx, spec, after, BATCH);
    // A row that the program did not write is never made part of the chain; `verify` names it.
    const fresh = rows.filter((r) => !sealed.has(r.id) && isGenuine(vault, spec, r));
    const seals = fresh.map((r) => {
      seq++;
      hash = link(tx, o, { seq, entryId: r.id, position: r.position, entryDigest: r.digest }, hash);
      return { seq, entryId: r.id, position: r.position, digest: r.digest, hash };
    });
    if (seals.length > 0) await store.insertSeals(tx, spec.name, seals, moment.now);
    if (rows.length < BATCH) break;
    after = rows.at(-1)!.position;
  }
  // Sealed at the mark's last move, and nothing that ran then runs any more: nothing may still come before it.
  const elapsed = Date.parse(moment.now) - Date.parse(before.settlingSince);
  const due = elapsed >= o.settleMs && moment.oldest >= before.settlingUntil;
  const added = seq - before.seq;
  if (added === 0 && !(due && before.settledSeq < seq)) return 0;
  const settled = due ? before.settling : before.settled;
  await store.writeHead(tx, spec.name, {
    ...{ seq, hash, settled },
    settling: due
      ? Math.max(before.settling, await store.furthestSealed(tx, spec.name, before.settledSeq))
      : before.settling,
    settledSeq: due ? before.settlingSeq : before.settledSeq,
    settlingSeq: due ? seq : before.settlingSeq,
    settlingSince: due ? moment.now : before.settlingSince,
    settlingUntil: due ? moment.next : before.settlingUntil,
    mac: headCode(tx, o, { seq, hash, settled }),
  });
  return added;
}

const emptyHead = (moment: store.Moment): store.Head => ({
  ...{ seq: 0, hash: START, settled: 0, settling: 0, settledSeq: 0, settlingSeq: 0, mac: START },
  settlingSince: moment.now,
  settlingUntil: moment.next,
});

/** Walks one chain from its first link. Reads pages of a consistent snapshot. */
export async function verifyChain(tx: Tx, o: ChainOptions): Promise<ChainReport> {
  const { vault, spec } = o;
  const head = await store.readHead(tx, spec.name);
  const settled = head?.settled ?? 0;
  const counted = await store.countRows(tx, spec, settled);
  const report = (firstBroken: string | null): ChainReport => ({
    name: spec.name,
    entries: counted.total,
    unsealed: Math.max(0, counted.total - counted.seals),
    ok: firstBroken === null,
    firstBroken,
  });

  let previous: Buffer = START;
  let seq = 0;
  let settledLinks = 0;
  const read = (after: number) => store.readSealed(tx, spec, after, BATCH);
  for (let reading = read(0); ; ) {
    const page = await reading;
    // The database reads the next page while this one is hashed.
    const last = page.at(-1);
    if (last && page.length === BATCH) {
      reading = read(last.seq);
      // When this page is broken nobody waits for it.
      reading.catch(() => undefined);
    }
    for (const s of page) {
      seq++;
      if (s.seq !== seq) return report(`第 ${seq} 环缺失：封存记录被删除（下一条是第 ${s.seq} 环）。`);
      const wrong = s.there ? brokenEntry(s, spec, vault) : await brokenPlace(tx, s, spec);
      if (wrong) return report(`第 ${seq} 环断裂：${wrong}（记录 ${s.entryId}）。`);
      const hash = link(tx, o, s, previous);
      if (!hash.equals(s.hash)) {
        return report(`第 ${seq} 环断裂：封存记录被改动或被替换（记录 ${s.entryId}）。`);
      }
      previous = hash;
      if (s.position <= settled) settledLinks++;
    }
    if (page.length < BATCH) break;
  }

  if (head === undefined ? seq > 0 : head.seq !== seq || !head.hash.equals(previous)) {
    return report(`第 ${seq + 1} 环缺失：链尾被截断，最后登记的是第 ${head?.seq ?? 0} 环，现存 ${seq} 环。`);
  }
  if (head && !headCode(tx, o, head).equals(head.mac)) return report("链尾登记被改动。");
  // More rows than links up to the settled mark: one of them was put in afterwards.
  const inserted = counted.settled > settledLinks;
  return report(await firstStranger(tx, o, inserted ? Number.MIN_SAFE_INTEGER : settled, settled));
}

function link(
  tx: Tx,
  { vault, spec }: ChainOptions,
  s: Pick<store.SealedRow, "seq" | "entryId" | "position" | "entryDigest">,
  previous: Buffer,
): Buffer {
  return vault.digest(
    sealText({
      countyCode: tx.actor.countyCode,
      chain: spec.name,
      seq: s.seq,
      entryId: s.entryId,
      position: s.position,
      entryDigest: s.entryDigest.toString("hex"),
      previous: previous.toString("hex"),
    }),
  );
}

function headCode(
  tx: Tx,
  { vault, spec }: ChainOptions,
  h: Pick<store.Head, "seq" | "hash" | "settled">,
): Buffer {
  const { countyCode } = tx.actor;
  return vault.digest(
    headText({ countyCode, chain: spec.name, seq: h.seq, hash: h.hash.toString("hex"), settled: h.settled }),
  );
}

function isGenuine(
  vault: Vault,
  spec: store.ChainSpec,
  r: { canonical: string; mac: Buffer | null },
): boolean {
  return spec.macColumn === undefined || (r.mac !== null && vault.digest(r.canonical).equals(r.mac));
}

const brokenPlace = async (tx: Tx, s: store.SealedRow, spec: store.ChainSpec): Promise<string> =>
  (await store.stands(tx, spec, s.entryId)) ? "记录的次序被改动" : "记录被删除";

function brokenEntry(s: store.SealedRow, spec: store.ChainSpec, vault: Vault): string | undefined {
  if (s.changed) return "记录内容被改动";
  if (!isGenuine(vault, spec, { canonical: s.canonical ?? "", mac: s.mac })) return "记录的校验码被改动";
  return undefined;
}

/**
 * An unsealed row at or before the settled mark, or one without a right code, was not put there by the program. The codes
 * of sealed rows are right, or the walk of the chain would have stopped at them.
 */
async function firstStranger(tx: Tx, o: ChainOptions, from: number, settled: number): Promise<string | null> {
  for (let after = from; ; ) {
    const rows = await store.readRows(tx, o.spec, after, BATCH);
    if (rows.length === 0) return null;
    const early = rows.filter((r) => r.position <= settled).map((r) => r.id);
    const known = early.length > 0 ? await store.sealedAmong(tx, o.spec.name, early) : new Set<string>();
    for (const r of rows) {
      if (known.has(r.id)) continue;
      if (!isGenuine(o.vault, o.spec, r)) {
        return `次序 ${r.position} 处的记录不是由本系统写入的（记录 ${r.id}）。`;
      }
      if (r.position <= settled) return `次序 ${r.position} 处有一条事后插入的记录（记录 ${r.id}）。`;
    }
    after = rows.at(-1)!.position;
  }
}

export async function sealAll(
  db: Database,
  countyCode: string,
  chains: readonly ChainOptions[],
): Promise<number> {
  return db.transact(systemActor(countyCode), async (tx) => {
    if (!(await store.lockChains(tx))) return 0;
    const moment = await store.readMoment(tx);
    let added = 0;
    for (const chain of chains) added += await sealChain(tx, chain, moment);
    return added;
  });
}

export async function verifyAll(
  db: Database,
  countyCode: string,
  chains: readonly ChainOptions[],
): Promise<ChainReport[]> {
  return db.read(
    systemActor(countyCode),
    async (tx) => {
      await store.useIndexes(tx);
      const reports: ChainReport[] = [];
      for (const chain of chains) reports.push(await verifyChain(tx, chain));
      return reports;
    },
    { isolation: "repeatable read" },
  );
}

const NAME = /^[a-z_][a-z0-9_]*$/;

export function checkSpec(spec: store.ChainSpec, taken: ReadonlySet<string>): void {
  const names = [
    spec.name,
    spec.table,
    spec.orderBy,
    ...(spec.macColumn === undefined ? [] : [spec.macColumn]),
  ];
  const odd = names.find((n) => !NAME.test(n));
  if (odd !== undefined || taken.has(spec.name)) {
    throw new DomainError(
      "bad-declaration",
      odd !== undefined
        ? `哈希链 ${spec.name}：“${odd}”不是表名或列名。`
        : `哈希链 ${spec.name} 登记了两次，请换一个名字。`,
    );
  }
}
