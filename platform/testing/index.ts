import { randomBytes } from "node:crypto";
import path from "node:path";
import { expect, inject } from "vitest";
import { connect, type Database } from "../database.ts";
import { APP_ROLE, withClient } from "../roles.ts";
import { withLogin } from "../urls.ts";
import { createVault, type Vault } from "../vault.ts";
import { TEST_PASSWORD } from "./cluster.ts";

export { type KillableServer, openKillableServer } from "./killable.ts";

/** A database of this test file alone. */
export interface TestDatabase {
  /** As the application sees it: under row-level security. */
  readonly db: Database;
  /** Superuser of the same database: for looking behind the curtain and for tampering. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Fixed keys: the same digest in every run. */
  readonly vault: Vault;
  /** One statement as superuser, past every policy. */
  owner<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Clones the migrated template (about 50 ms), or another one of the run. Close it in `afterAll`. */
export async function testDatabase(template = inject("wuxinTemplate")): Promise<TestDatabase> {
  refuseBroken();
  const server = inject("wuxinServer");
  const name = `wuxin_test_${randomBytes(6).toString("hex")}`;
  await withClient(server, (client) => client.query(`create database ${name} template ${template}`));
  const ownerUrl = withLogin(server, { database: name });
  const appUrl = withLogin(ownerUrl, { user: APP_ROLE, password: TEST_PASSWORD });
  const db = connect(appUrl);
  return {
    db,
    ownerUrl,
    appUrl,
    vault: createVault(Buffer.alloc(64, 7)),
    owner: (text, values) =>
      withClient(ownerUrl, async (client) => (await client.query(text, values as unknown[])).rows),
    close: async () => {
      await db.close();
      await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Stories need every migration; an engine's tests need their own, and are warned of the others. */
function refuseBroken(): void {
  const room = roomOf(expect.getState().testPath ?? "");
  for (const { file, reason } of inject("wuxinBroken")) {
    const stories = !room.startsWith("engines/") && room !== "platform";
    if (stories || roomOf(file) === room) throw new Error(reason);
    console.warn(`left out: ${reason}`);
  }
}

/** `engines/cases`, `platform`, `server` … */
function roomOf(file: string): string {
  const [room = "", engine = ""] = path
    .relative(path.resolve(import.meta.dirname, "..", ".."), file)
    .split(path.sep);
  return room === "engines" ? `${room}/${engine}` : room;
}
