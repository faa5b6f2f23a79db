import { type Clock, DomainError } from "@wuxin/kernel";
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
  readonly clock: Clock;
  readonly spec: store.ChainSpec;
  /** A row may be committed this long after its position was given out (a transaction lives two minutes at most). */
  readonly settleMs: number;
}

const BATCH = 5_000;
const START = Buffer.alloc(32);

/** Seals what is unsealed; the caller holds the county's lock. Gives the number of links added. */
export async function sealChain(tx: Tx, o: ChainOptions): Promise<number> {
  const { vault, clock, spec } = o;
  const countyCode = tx.actor.countyCode;
  const now = clock.now();
  const found = await store.readHead(tx, spec.name);
  let head: store.Head = found ?? {
    seq: 0,
    hash: START,
    settled: 0,
    settling: 0,
    settlingSince: now.toISOString(),
    mac: START,
  };
  let added = 0;
  for (;;) {
    const rows = await store.readUnsealed(tx, spec, head.settled, BATCH);
    // A row that the program did not write is never made part of the chain; `verify` names it.
    const genuine = rows.filter((r) => isGenuine(vault, spec, r));
    let { seq, hash } = head;
    const seals = genuine.map((r) => {
      seq++;
      const text = sealText({
        countyCode,
        chain: spec.name,
        seq,
        entryId: r.id,
        position: r.position,
        entryDigest: r.digest.toString("hex"),
        previous: hash.toString("hex"),
      });
      hash = vault.digest(text);
      return { seq, entryId: r.id, position: r.position, digest: r.digest, hash };
    });
    if (seals.length > 0) await store.insertSeals(tx, spec.name, seals, now);
    added += seals.length;
    // What was sealed at the mark's last move, at least `settleMs` ago, is settled now: nothing may come before it.
    const due = now.getTime() - Date.parse(head.settlingSince) >= o.settleMs;
    const last = due ? await store.lastSealedPosition(tx, spec.name) : head.settling;
    if (seals.length > 0 || last > head.settling || (due && head.settling > head.settled)) {
      const settled = due ? head.settling : head.settled;
      head = {
        seq,
        hash,
        settled,
        settling: last,
        settlingSince: due ? now.toISOString() : head.settlingSince,
        mac: vault.digest(
          headText({ countyCode, chain: spec.name, seq, hash: hash.toString("hex"), settled }),
        ),
      };
      await store.writeHead(tx, spec.name, head);
    }
    if (seals.length < BATCH) return added;
  }
}

/** Walks one chain from its first link. Reads pages of a consistent snapshot. */
export async function verifyChain(tx: Tx, o: ChainOptions): Promise<ChainReport> {
  const { vault, spec } = o;
  const countyCode = tx.actor.countyCode;
  const { total, unsealed, first, firstId } = await store.countUnsealed(tx, spec);
  const report = (firstBroken: string | null): ChainReport => ({
    name: spec.name,
    entries: total,
    unsealed,
    ok: firstBroken === null,
    firstBroken,
  });

  let previous: Buffer = START;
  let seq = 0;
  for (;;) {
    const page = await store.readSealed(tx, spec, seq, BATCH);
    for (const s of page) {
      seq++;
      if (s.seq !== seq) return report(`第 ${seq} 环缺失：封存记录被删除（下一条是第 ${s.seq} 环）。`);
      const wrong = brokenLink(s, spec, vault);
      if (wrong) return report(`第 ${seq} 环断裂：${wrong}（记录 ${s.entryId}）。`);
      const hash = vault.digest(
        sealText({
          countyCode,
          chain: spec.name,
          seq,
          entryId: s.entryId,
          position: s.position,
          entryDigest: s.entryDigest.toString("hex"),
          previous: previous.toString("hex"),
        }),
      );
      if (!hash.equals(s.hash))
        return report(`第 ${seq} 环断裂：封存记录被改动或被替换（记录 ${s.entryId}）。`);
      previous = hash;
    }
    if (page.length < BATCH) break;
  }

  const head = await store.readHead(tx, spec.name);
  if (head === undefined ? seq > 0 : head.seq !== seq || !head.hash.equals(previous)) {
    return report(`第 ${seq + 1} 环缺失：链尾被截断，最后登记的是第 ${head?.seq ?? 0} 环，现存 ${seq} 环。`);
  }
  if (head) {
    const mac = vault.digest(
      headText({ countyCode, chain: spec.name, seq, hash: head.hash.toString("hex"), settled: head.settled }),
    );
    if (!mac.equals(head.mac)) return report("链尾登记被改动。");
  }
  const stranger = await firstStranger(tx, o, head?.settled ?? 0, first, firstId);
  return report(stranger);
}

function isGenuine(
  vault: Vault,
  spec: store.ChainSpec,
  r: { canonical: string; mac: Buffer | null },
): boolean {
  return spec.macColumn === undefined || (r.mac !== null && vault.digest(r.canonical).equals(r.mac));
}

function brokenLink(s: store.SealedRow, spec: store.ChainSpec, vault: Vault): string | undefined {
  if (s.canonical === null || s.digest === null) return "记录被删除";
  if (!s.digest.equals(s.entryDigest)) return "记录内容被改动";
  if (s.actualPosition !== s.position) return "记录的次序被改动";
  if (!isGenuine(vault, spec, { canonical: s.canonical, mac: s.mac })) return "记录的校验码被改动";
  return undefined;
}

/** An unsealed row at or before the settled mark, or one without a right code, was not put there by the program. */
async function firstStranger(
  tx: Tx,
  o: ChainOptions,
  settled: number,
  first: number | null,
  firstId: string | null,
): Promise<string | null> {
  if (first !== null && first <= settled) {
    return `次序 ${first} 处有一条事后插入的记录（记录 ${firstId}）。`;
  }
  if (o.spec.macColumn === undefined) return null;
  let after = settled;
  for (;;) {
    const rows = await store.readUnsealed(tx, o.spec, after, BATCH);
    const wrong = rows.find((r) => !isGenuine(o.vault, o.spec, r));
    if (wrong) return `次序 ${wrong.position} 处的记录不是由本系统写入的（记录 ${wrong.id}）。`;
    if (rows.length < BATCH) return null;
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
    let added = 0;
    for (const chain of chains) added += await sealChain(tx, chain);
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
