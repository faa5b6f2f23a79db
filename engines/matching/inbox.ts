/**
 * The watched folders, one per county and feed: what is laid there is taken when it is complete, run and deleted; what was
 * refused goes to `refused` with its report in words. A note beside the waiting file says where it came from, so that a
 * crash between the move and the run loses nothing.
 */
import fs from "node:fs";
import path from "node:path";
import { type Clock, type IsoDate, isIsoDate, newId } from "@wuxin/kernel";

/** A file that did not change for so long is complete; with `name.done` beside it, at once. */
export const STILL_MS = 10_000;
const UNFINISHED = /^[.~]|\.(part|tmp|partial|crdownload|filepart|done|note)$/i;
const REFUSED = "refused";
/** In the name of a file: it corrects the list of its day and takes its place. */
const CORRECTED = "更正";

export interface Taken {
  readonly id: string;
  readonly feed: string;
  readonly fileName: string;
  readonly asOf?: IsoDate;
  readonly replaces?: boolean;
}

/** 20240430 or 2024-04-30 in the name of a file is the day as of which it speaks. */
export function dayInName(name: string, today: IsoDate): IsoDate | undefined {
  for (const m of name.matchAll(/(?<!\d)(20\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)(?!\d)/g)) {
    const day = `${m[1]}-${m[2]}-${m[3]}`;
    if (isIsoDate(day) && day <= today) return day;
  }
  return undefined;
}

/** @param folder where files wait for their run; on the same disk, so that taking a file is one rename */
export function createInbox(root: string, folder: string, clock: Clock) {
  const placeOf = (countyCode: string, feed: string) => path.join(root, countyCode, feed);
  const noteOf = (countyCode: string, id: string) => path.join(folder, `${countyCode}-${id}.note`);
  /** A file's name may fill what a disk allows; ours in front of it and the report's behind must still fit. */
  const refusedAt = (countyCode: string, run: Taken) =>
    path.join(
      ...[placeOf(countyCode, run.feed), REFUSED],
      `${run.id.slice(-8)}-${path.basename(run.fileName).slice(-60)}`,
    );
  const seen = new Map<string, { size: number; mtimeMs: number; since: number }>();

  function complete(at: string, now: number): boolean {
    const { size, mtimeMs } = fs.statSync(at);
    if (fs.existsSync(`${at}.done`)) return true;
    const was = seen.get(at);
    if (!was || was.size !== size || was.mtimeMs !== mtimeMs) {
      seen.set(at, { size, mtimeMs, since: now });
      return false;
    }
    return now - was.since >= STILL_MS;
  }

  const waitingAt = (countyCode: string, id: string) => path.join(folder, `${countyCode}-${id}`);

  /** Moves what is complete among the waiting files. Gives their notes, also those that a crash left. */
  function take(countyCode: string, feeds: Iterable<string>): Taken[] {
    const now = clock.now().getTime();
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const feed of feeds) {
      const from = placeOf(countyCode, feed);
      if (!fs.existsSync(from)) continue;
      for (const f of fs.readdirSync(from, { withFileTypes: true })) {
        const at = path.join(from, f.name);
        if (!f.isFile() || UNFINISHED.test(f.name) || !complete(at, now)) continue;
        seen.delete(at);
        const id = newId();
        const asOf = dayInName(f.name, clock.today());
        const replaces = f.name.includes(CORRECTED);
        const taken: Taken = {
          id,
          feed,
          fileName: f.name,
          ...(asOf && { asOf }),
          ...(replaces && { replaces }),
        };
        // Renamed when whole: half a note, left by a crash, would be read for ever.
        const note = noteOf(countyCode, id);
        fs.writeFileSync(`${note}.part`, JSON.stringify(taken), { mode: 0o600, flush: true });
        fs.renameSync(`${note}.part`, note);
        fs.renameSync(at, waitingAt(countyCode, id));
        if (fs.existsSync(`${at}.done`)) fs.rmSync(`${at}.done`);
      }
    }
    return fs
      .readdirSync(folder)
      .filter((f) => f.startsWith(`${countyCode}-`) && f.endsWith(".note"))
      .map((f) => JSON.parse(fs.readFileSync(path.join(folder, f), "utf8")) as Taken);
  }

  return {
    /** Makes the folders, so that whoever delivers sees where. */
    open(countyCode: string, feeds: Iterable<string>): void {
      for (const feed of feeds) fs.mkdirSync(placeOf(countyCode, feed), { recursive: true, mode: 0o700 });
    },
    /**
     * Takes what lies complete in these folders, one file after another.
     * @param receive killed in it, it is called again with the same id; `at` is where the file waits
     */
    async collect(
      countyCode: string,
      feeds: Iterable<string>,
      receive: (taken: Taken, at: string) => Promise<void>,
    ): Promise<void> {
      for (const t of take(countyCode, feeds)) {
        const at = waitingAt(countyCode, t.id);
        // Killed before the move: the note is of a file that still lies in its folder.
        if (fs.existsSync(at)) await receive(t, at);
        fs.rmSync(noteOf(countyCode, t.id), { force: true });
      }
    },
    /** The file back to whoever laid it there, with the reason; once only, whatever a crash interrupted. */
    refuse(countyCode: string, run: Taken, waiting: string, reason: string): void {
      if (!fs.existsSync(waiting)) return;
      const name = refusedAt(countyCode, run);
      fs.mkdirSync(path.dirname(name), { recursive: true, mode: 0o700 });
      fs.writeFileSync(
        `${name}.说明.txt`,
        `文件：${run.fileName}\n结果：整份未接收，数据库里没有留下任何内容。\n原因：${reason}\n\n请改正后放回上一级文件夹；本文件夹里的这份文件请自行删除，删除后系统会记录。\n`,
        { mode: 0o600 },
      );
      fs.renameSync(waiting, name);
    },
    /** A refused file that still lies in its folder. */
    keeps: (countyCode: string, run: Taken): boolean => fs.existsSync(refusedAt(countyCode, run)),
  };
}
