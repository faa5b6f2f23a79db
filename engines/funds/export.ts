/**
 * The auditor's export: a folder of CSV files, a manifest with their digests, and a script that proves it all on another
 * machine. Written row by row from one snapshot; asked for by an auditor, made by a job, kept in the file store.
 */
import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { DomainError, dateInShanghai } from "@wuxin/kernel";
import {
  type Database,
  enqueue,
  type FileStore,
  type JobHandler,
  systemActor,
  type Tx,
  zipWriter,
} from "@wuxin/platform";
import * as store from "./export-store.ts";
import type { FundsDeps } from "./ports.ts";

export const EXPORT_JOB = "audit-export";
const SCRIPT = path.join(import.meta.dirname, "check-export.mjs");
/** How it is shown and named. */
const MANIFEST = "manifest.json";

export interface Manifest {
  readonly county: string;
  readonly madeAt: string;
  readonly files: readonly { name: string; title: string; rows: number; sha256: string; chain: string }[];
  /** The keyed chains of the system, as far as they are sealed. */
  readonly heads: readonly { chain: string; seq: number; hash: string }[];
  /** Keyed code of this system over the lines above: `npm run admin -- export --check`. */
  readonly code: string;
}

const quoted = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What the code of a manifest covers. */
const covered = (m: Omit<Manifest, "code">): string => JSON.stringify([m.county, m.madeAt, m.files, m.heads]);

/** Takes a file of the export to its end. */
export type Put = (name: string, content: AsyncIterable<string | Uint8Array>) => Promise<void>;
/** Into a folder. */
export function toFolder(folder: string): Put {
  fs.mkdirSync(folder, { recursive: true });
  return (name, content) => pipeline(content, fs.createWriteStream(path.join(folder, name)));
}
async function* only(text: string) {
  yield text;
}

/** Gives one file; the chain links every row to all before it, so that a prefix has a digest of its own too. */
async function writeRows(tx: Tx, put: Put, { name, title, sql }: store.ExportFile) {
  const whole: Hash = createHash("sha256");
  let chain = Buffer.alloc(32);
  let rows = 0;
  async function* content() {
    for await (const page of store.rowsOf(tx, sql)) {
      let text = rows === 0 ? `${Object.keys(page[0] as object).join(",")}\n` : "";
      for (const row of page) {
        const line = `${Object.values(row).map(quoted).join(",")}\n`;
        chain = createHash("sha256").update(chain).update(line).digest();
        text += line;
      }
      rows += page.length;
      whole.update(text);
      yield text;
    }
  }
  await put(name, content());
  return { name, title, rows, sha256: whole.digest("hex"), chain: chain.toString("hex") };
}

/** @returns the digest of the manifest and how many rows there are */
export async function writeExport(
  deps: Pick<FundsDeps, "clock" | "audit">,
  db: Database,
  countyCode: string,
  put: Put,
): Promise<{ manifest: string; rows: number }> {
  const told = await db.read(
    systemActor(countyCode),
    async (tx) => {
      const files = [];
      for (const file of store.EXPORT_FILES) files.push(await writeRows(tx, put, file));
      return { files, heads: await store.chainHeads(tx) };
    },
    { isolation: "repeatable read" },
  );
  const open = { county: countyCode, madeAt: deps.clock.now().toISOString(), ...told };
  const manifest: Manifest = { ...open, code: deps.audit.mac(covered(open)).toString("hex") };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await put(MANIFEST, only(text));
  await put("check-export.mjs", only(fs.readFileSync(SCRIPT, "utf8")));
  await put("说明.txt", only(README));
  return {
    manifest: createHash("sha256").update(text).digest("hex"),
    rows: told.files.reduce((n, f) => n + f.rows, 0),
  };
}
const README = `审计导出：名册、名额、签字、银行文件和回盘、发放流水、资金分录，各一个 CSV（UTF-8，首行是栏名，金额单位是分）。

校验：在任何装有 Node.js 20 以上的电脑上，解压后在这个文件夹里运行

    node check-export.mjs

它不需要联网，也不需要本系统。它逐个核对文件摘要，把每份名册的签字摘要从明细重新算一遍，把合计、借贷、余额
重新加一遍，核对同一人同一类同一月只有一个名额、同一笔钱只付一次，并核对流水与封存时的摘要。有一分钱不符就会指出来。

最后它写出清单摘要：与县里「审计」页上这份导出的清单摘要相同，才是县里当时导出的那一份。
`;

/** Whether this manifest was written by this system. */
export function isOurs(deps: Pick<FundsDeps, "audit">, text: string): boolean {
  const m = JSON.parse(text) as Manifest;
  const { code, ...open } = m;
  return deps.audit.mac(covered(open)).toString("hex") === code;
}

export type Exports = ReturnType<typeof createExports>;

export function createExports(deps: Pick<FundsDeps, "clock" | "audit"> & { readonly files: FileStore }) {
  const { clock, audit, files } = deps;

  function requireAuditor(tx: Tx, what: string): void {
    const { actor } = tx;
    if (actor.scope !== actor.countyCode || !["auditor", "audit_admin"].includes(actor.role))
      throw new DomainError("forbidden", `${what}由审计监督或审计管理员办理，您的账号不能办理。`);
  }
  const list = (tx: Tx) => store.exportsMade(tx);

  /** Puts the work into the queue. `id` is made by the caller; the same again is the same export. Errors: forbidden. */
  async function request(tx: Tx, input: { id: string }) {
    requireAuditor(tx, "审计导出");
    await store.insertExport(tx, input.id, clock.now());
    await enqueue(tx, EXPORT_JOB, { exportId: input.id }, { id: input.id });
    await audit.record(tx, { action: "audit.export", object: "export", objectId: input.id });
    return list(tx);
  }

  /** The ZIP. Every download is in the trail. Errors: forbidden, not-found. */
  async function download(tx: Tx, id: string) {
    requireAuditor(tx, "下载审计导出");
    const [made] = await store.exportsMade(tx, id);
    if (!made?.sha256) throw new DomainError("not-found", "这份导出还没有做好，请稍后再试。");
    await audit.record(tx, { action: "audit.export-download", object: "export", objectId: id });
    const name = `${tx.actor.countyCode}-audit-${dateInShanghai(new Date(made.requestedAt))}.zip`;
    return { name, mediaType: "application/zip", content: await files.open(made.sha256) };
  }

  const job: JobHandler = async ({ job, db, step }) => {
    const { exportId } = job.input as { exportId: string };
    const file = files.writer();
    try {
      const zip = zipWriter(file.write);
      const written = await writeExport(deps, db, job.countyCode, zip.add);
      await zip.end();
      const made = await file.end();
      await step(async (tx) => {
        await store.finishExport(tx, exportId, { ...written, ...made, at: clock.now() });
        return { done: written.rows, total: written.rows };
      });
      return { rows: written.rows, sha256: made.sha256 };
    } finally {
      file.drop();
    }
  };

  return { list, request, download, jobs: { [EXPORT_JOB]: job } };
}
