import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";

/** Makes the data folder if it is missing, proves that it can be written, and gives its real path. */
export function ensureDataFolder(folder: string): string {
  const wanted = path.resolve(folder);
  try {
    makeFolder(wanted);
    const probe = path.join(wanted, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
    return fs.realpathSync(wanted);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new DomainError(
      "data-folder-unwritable",
      `数据文件夹 ${wanted} 不能写入（${code}）：请改正其权限或磁盘空间，或用 WUXIN_DATA 指定另一个文件夹。 / ` +
        `The data folder ${wanted} cannot be written (${code}): mend its permissions or free space, or name another folder in WUXIN_DATA.`,
      { cause },
    );
  }
}

/** Not `recursive: true`: Node loops for ever where a parent exists and yet takes no folder (/proc). */
function makeFolder(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !fs.statSync(folder).isDirectory()) throw error;
  }
}

/** Writes a small file so that it is either wholly there or not at all, also after a power cut. */
export function writeDurably(file: string, bytes: string | Uint8Array, mode = 0o600): void {
  const fresh = `${file}.new-${process.pid}`;
  const handle = fs.openSync(fresh, "w", mode);
  try {
    fs.writeFileSync(handle, bytes);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(fresh, file);
  syncFolder(path.dirname(file));
}

/** A rename is safe only once its folder is on disk. */
export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
