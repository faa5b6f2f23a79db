/** The watched folder of answers, `feeds/<county>/check-answers`: a file says itself which package it answers. */
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { type Database, systemActor } from "@wuxin/platform";
import { createInbox } from "./inbox.ts";
import type { createPackages } from "./packages.ts";
import type { MatchingDeps } from "./ports.ts";

const FOLDER = ["check-answers"];

export function createAnswerInbox(deps: MatchingDeps, packages: ReturnType<typeof createPackages>) {
  const { clock } = deps;
  const waiting = `${deps.folder}-answers`;
  const inbox = createInbox(deps.inbox, waiting);
  return {
    openInbox: (countyCode: string): void => inbox.open(countyCode, FOLDER),
    /** Killed at any point it starts again: the answer's id is that of the waiting file. */
    async collect(db: Database, countyCode: string): Promise<void> {
      const actor = systemActor(countyCode);
      for (const t of inbox.take(countyCode, FOLDER, clock.today(), clock.now().getTime())) {
        const at = path.join(waiting, `${countyCode}-${t.id}`);
        // Killed before the move: the note is of a file that still lies in its folder.
        if (fs.existsSync(at)) {
          const answer = { id: t.id, fileName: t.fileName, bytes: fs.readFileSync(at) };
          try {
            await db.transact(actor, (tx) => packages.take(tx, answer));
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            await db.transact(actor, (tx) => packages.refused(tx, answer, error.message));
            inbox.refuse(countyCode, t, at, error.message);
          }
          fs.rmSync(at, { force: true });
        }
        inbox.settled(countyCode, t.id);
      }
    },
  };
}
