import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { syncFolder, writeDurably } from "./data-folder.ts";
import type { Vault } from "./vault.ts";

/** Whole files by their content, sealed at rest. The same content is kept once. */
export interface FileStore {
  /** SHA-256 of the content (hex); when it returns, the file survives a power cut. */
  put(bytes: Uint8Array): Promise<string>;
  /** For what is too large to be held: written as it comes, there at its end. */
  writer(): FileWriter;
  /** Throws `file-missing`, or `file-damaged` when the stored bytes are not those that were put. */
  get(sha256: string): Promise<Buffer>;
  /** The same piece by piece, proved before the first is given. Throws as above. */
  open(sha256: string): Promise<AsyncIterable<Buffer>>;
  has(sha256: string): boolean;
  /** Removes what writers that died left unfinished: not written to for a day. Gives how many. */
  sweep(now: Date): number;
}
export interface FileWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** When it returns, the file survives a power cut. */
  end(): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** After `end` without effect. */
  drop(): void;
}
/** The first byte of a file that lies in pieces, each sealed by itself behind its length; others begin with the vault's. */
const IN_PIECES = 0xf0;
const PIECE = 1024 ** 2;
const UNFINISHED = ".new-";
const DAY_MS = 24 * 3600 * 1000;

/** A store in `folder`. Names on disk are keyed digests, so a folder listing does not betray known documents. */
export function openFileStore(folder: string, vault: Vault): FileStore {
  const placeOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing(sha256);
    const name = vault.digest(`file:${sha256}`).toString("hex");
    return path.join(folder, name.slice(0, 2), name);
  };
  /** The shelf of a file, made if it is missing. */
  const shelved = (place: string): string => {
    const shelf = path.dirname(place);
    if (!fs.existsSync(shelf)) {
      fs.mkdirSync(shelf, { recursive: true, mode: 0o700 });
      syncFolder(folder);
    }
    return place;
  };
  async function* pieces(sha256: string): AsyncGenerator<Buffer> {
    let file: fs.promises.FileHandle;
    try {
      file = await fs.promises.open(placeOf(sha256));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing(sha256);
      throw error;
    }
    try {
      const next = async (length: number) => (await file.read(Buffer.alloc(length), 0, length)).buffer;
      const first = await next(1);
      if (first[0] !== IN_PIECES) {
        yield vault.openBytes(Buffer.concat([first, await file.readFile()]));
        return;
      }
      const { size } = await file.stat();
      for (let at = 1; at < size; ) {
        const length = (await next(4)).readUInt32LE();
        at += 4 + length;
        yield vault.openBytes(await next(Math.min(length, size)));
      }
    } finally {
      await file.close();
    }
  }
  /** Every piece, and at the end a throw if they were not what was put. */
  async function* proved(sha256: string): AsyncGenerator<Buffer> {
    const hash = createHash("sha256");
    try {
      for await (const piece of pieces(sha256)) {
        hash.update(piece);
        yield piece;
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "vault-open") throw error;
      throw damaged(sha256); // To the reader it is the file that is damaged.
    }
    if (hash.digest("hex") !== sha256) throw damaged(sha256);
  }

  return {
    has: (sha256) => fs.existsSync(placeOf(sha256)),
    async put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const place = placeOf(sha256);
      if (!fs.existsSync(place)) writeDurably(shelved(place), vault.sealBytes(bytes));
      return sha256;
    },
    writer() {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const fresh = path.join(folder, `${UNFINISHED}${randomUUID()}`);
      const file = fs.openSync(fresh, "wx", 0o600);
      fs.writeSync(file, Buffer.of(IN_PIECES));
      const hash = createHash("sha256");
      let [bytes, waiting, length]: [number, Uint8Array[], number] = [0, [], 0];
      let open = true;
      const close = () => {
        if (open) fs.closeSync(file);
        open = false;
      };
      const flush = () => {
        const sealed = vault.sealBytes(Buffer.concat(waiting));
        const head = Buffer.alloc(4);
        head.writeUInt32LE(sealed.length);
        fs.writeSync(file, Buffer.concat([head, sealed]));
        [waiting, length] = [[], 0];
      };
      return {
        async write(more) {
          hash.update(more);
          bytes += more.length;
          waiting.push(more);
          length += more.length;
          if (length >= PIECE) flush();
        },
        async end() {
          if (length > 0) flush();
          fs.fsyncSync(file);
          close();
          const sha256 = hash.digest("hex");
          const place = shelved(placeOf(sha256));
          fs.renameSync(fresh, place);
          syncFolder(path.dirname(place));
          return { sha256, bytes };
        },
        drop() {
          close();
          fs.rmSync(fresh, { force: true });
        },
      };
    },
    sweep(now) {
      if (!fs.existsSync(folder)) return 0;
      const left = fs
        .readdirSync(folder)
        .filter((name) => name.startsWith(UNFINISHED))
        .map((name) => path.join(folder, name))
        // One that was renamed or dropped meanwhile is gone as well.
        .filter(
          (file) =>
            (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime()) < now.getTime() - DAY_MS,
        );
      for (const file of left) fs.rmSync(file, { force: true });
      return left.length;
    },
    async get(sha256) {
      const whole: Buffer[] = [];
      for await (const piece of proved(sha256)) whole.push(piece);
      return whole.length === 1 ? (whole[0] as Buffer) : Buffer.concat(whole);
    },
    async open(sha256) {
      for await (const _ of proved(sha256)) {
        // Only read to the end.
      }
      return proved(sha256);
    },
  };
}

function damaged(sha256: string): DomainError {
  return new DomainError("file-damaged", "文件已损坏或被改动，不能打开：请系统管理员从备份恢复。", {
    details: { sha256 },
  });
}
function missing(sha256: string): DomainError {
  return new DomainError("file-missing", "文件不存在或已被删除：请重新上传，或联系系统管理员从备份恢复。", {
    details: { sha256 },
  });
}
