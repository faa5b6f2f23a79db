/** The watched folder of answers, `feeds/<county>/check-answers`: a file says itself which package it answers. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import { DomainError } from "@wuxin/kernel";
import { type Database, systemActor } from "@wuxin/platform";
import { createInbox } from "./inbox.ts";
import type { createPackages } from "./packages.ts";
import type { MatchingDeps } from "./ports.ts";

const FOLDER = ["check-answers"];
/** As of what the page takes. */
const MOST_BYTES = 20 * 1024 * 1024;

async function digestOf(place: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(fs.createReadStream(place), hash);
  return hash.digest("hex");
}

export function createAnswerInbox(deps: MatchingDeps, packages: ReturnType<typeof createPackages>) {
  const inbox = createInbox(deps.inbox, `${deps.folder}-answers`, deps.clock);
  return {
    openInbox: (countyCode: string): void => inbox.open(countyCode, FOLDER),
    /** Killed at any point it starts again: the answer's id is that of the waiting file. */
    async collect(db: Database, countyCode: string): Promise<void> {
      const actor = systemActor(countyCode);
      await inbox.collect(countyCode, FOLDER, async (t, at) => {
        try {
          if (fs.statSync(at).size > MOST_BYTES)
            throw new DomainError("bad-file", "文件超过 20 MB，不像是一个批次的答复，整份没有接收。");
          const bytes = fs.readFileSync(at);
          await db.transact(actor, (tx) => packages.take(tx, { id: t.id, fileName: t.fileName, bytes }));
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          const refused = { id: t.id, fileName: t.fileName, digest: await digestOf(at) };
          await db.transact(actor, (tx) => packages.refused(tx, refused, error.message));
          inbox.refuse(countyCode, t, at, error.message);
        }
        fs.rmSync(at, { force: true });
      });
    },
  };
}
