/**
 * The auditor's export: a folder of CSV files, a manifest with their digests, and a script that proves it all on another
 * machine. Written row by row from one snapshot; asked for by an auditor, made by a job, kept in the file store.
 */
import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import {
  type Database,
  enqueue,
  type FileStore,
  type JobHandler,
  systemActor,
  type Tx,
} from "@wuxin/platform";
import * as store from "./export-store.ts";
import type { FundsDeps } from "./ports.ts";
import { zipFolder } from "./zip.ts";

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

/** Writes one file; the chain links every row to all before it, so that a prefix has a digest of its own too. */
async function writeRows(tx: Tx, folder: string, file: store.ExportFile) {
  const out = fs.createWriteStream(path.join(folder, file.name));
  const whole: Hash = createHash("sha256");
  let chain = Buffer.alloc(32);
  let rows = 0;
  const put = async (text: string) => {
    whole.update(text);
    if (!out.write(text)) await new Promise<void>((done) => out.once("drain", () => done()));
  };
  let titled = false;
  for await (const page of store.rowsOf(tx, file.sql)) {
    let text = "";
    if (!titled) text += `${Object.keys(page[0] as object).join(",")}\n`;
    titled = true;
    for (const row of page) {
      const line = `${Object.values(row).map(quoted).join(",")}\n`;
      chain = createHash("sha256").update(chain).update(line).digest();
      text += line;
    }
    rows += page.length;
    await put(text);
  }
  await new Promise<void>((done, fail) => {
    out.on("error", fail);
    out.end(done);
  });
  const { name, title } = file;
  return { name, title, rows, sha256: whole.digest("hex"), chain: chain.toString("hex") };
}

/** @returns the digest of the manifest and how many rows there are */
export async function writeExport(
  deps: Pick<FundsDeps, "clock" | "audit">,
  db: Database,
  countyCode: string,
  folder: string,
): Promise<{ manifest: string; rows: number }> {
  fs.mkdirSync(folder, { recursive: true });
  const told = await db.read(
    systemActor(countyCode),
    async (tx) => {
      const files = [];
      for (const file of store.EXPORT_FILES) files.push(await writeRows(tx, folder, file));
      return { files, heads: await store.chainHeads(tx) };
    },
    { isolation: "repeatable read" },
  );
  const open = { county: countyCode, madeAt: deps.clock.now().toISOString(), ...told };
  const manifest: Manifest = { ...open, code: deps.audit.mac(covered(open)).toString("hex") };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  fs.writeFileSync(path.join(folder, MANIFEST), text);
  fs.copyFileSync(SCRIPT, path.join(folder, "check-export.mjs"));
  fs.writeFileSync(path.join(folder, "说明.txt"), README);
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
    const name = `${tx.actor.countyCode}-audit-${made.requestedAt.slice(0, 10)}.zip`;
    return { name, mediaType: "application/zip", bytes: await files.get(made.sha256) };
  }

  const job: JobHandler = async ({ job, db, step }) => {
    const { exportId } = job.input as { exportId: string };
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-export-"));
    try {
      const written = await writeExport(deps, db, job.countyCode, folder);
      const bytes = zipFolder(folder);
      const sha256 = await files.put(bytes);
      await step(async (tx) => {
        const at = clock.now();
        await store.finishExport(tx, exportId, { ...written, sha256, bytes: bytes.length, at });
        return { done: written.rows, total: written.rows };
      });
      return { rows: written.rows, sha256 };
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  };

  return { list, request, download, jobs: { [EXPORT_JOB]: job } };
}
