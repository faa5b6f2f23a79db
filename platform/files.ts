import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { syncFolder, writeDurably } from "./data-folder.ts";
import type { Vault } from "./vault.ts";

/** Whole files by their content, sealed at rest. The same content is kept once. */
export interface FileStore {
  /** SHA-256 of the content (hex); when it returns, the file survives a power cut. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws `file-missing`, or `file-damaged` when the stored bytes are not those that were put. */
  get(sha256: string): Promise<Buffer>;
  has(sha256: string): boolean;
}

/** A store in `folder`. Names on disk are keyed digests, so a folder listing does not betray known documents. */
export function openFileStore(folder: string, vault: Vault): FileStore {
  const placeOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing(sha256);
    const name = vault.digest(`file:${sha256}`).toString("hex");
    return path.join(folder, name.slice(0, 2), name);
  };
  return {
    has: (sha256) => fs.existsSync(placeOf(sha256)),
    async put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const place = placeOf(sha256);
      if (fs.existsSync(place)) return sha256;
      const shelf = path.dirname(place);
      if (!fs.existsSync(shelf)) {
        fs.mkdirSync(shelf, { recursive: true, mode: 0o700 });
        syncFolder(folder);
      }
      writeDurably(place, vault.sealBytes(bytes));
      return sha256;
    },
    async get(sha256) {
      let sealed: Buffer;
      try {
        sealed = await fs.promises.readFile(placeOf(sha256));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing(sha256);
        throw error;
      }
      let bytes: Buffer | undefined;
      try {
        bytes = vault.openBytes(sealed);
      } catch {
        // Told below: to the reader it is the file that is damaged.
      }
      if (bytes === undefined || createHash("sha256").update(bytes).digest("hex") !== sha256) {
        throw new DomainError("file-damaged", "文件已损坏或被改动，不能打开：请系统管理员从备份恢复。", {
          details: { sha256 },
        });
      }
      return bytes;
    },
  };
}

function missing(sha256: string): DomainError {
  return new DomainError("file-missing", "文件不存在或已被删除：请重新上传，或联系系统管理员从备份恢复。", {
    details: { sha256 },
  });
}
