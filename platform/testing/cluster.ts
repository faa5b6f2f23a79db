import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../embedded.ts";
import { type MigrateOptions, migrate } from "../migrate.ts";
import { ensureRoles, withClient } from "../roles.ts";
import { withLogin } from "../urls.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser address of the run's server. */
    wuxinServer: string;
    /** The migrated template that test files clone. */
    wuxinTemplate: string;
    /** Migrations that did not apply, with the reason: only outside WUXIN_TEST_STRICT. */
    wuxinBroken: readonly { file: string; reason: string }[];
  }
}

/**
 * vitest globalSetup: one throw-away server per run (no fsync), and a migrated template database on it.
 * WUXIN_TEST_DATABASE_URL (a superuser) uses that server instead; WUXIN_TEST_POSTGRES names a folder of other server
 * programs, e.g. those of PostgreSQL 15; WUXIN_TEST_BEFORE=0080 leaves out migrations from that number on.
 * A migration that is being written breaks only its own engine's tests and the stories; under WUXIN_TEST_STRICT
 * (`npm test`) it breaks the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `wuxin_template_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const broken: { file: string; reason: string }[] = [];
  const onFailed: MigrateOptions["onFailed"] = (error, { file }) =>
    broken.push({ file, reason: error.message });
  try {
    await withClient(server.url, (client) => client.query(`create database ${template}`));
    const templateUrl = withLogin(server.url, { database: template });
    await ensureRoles(templateUrl, server.appPassword);
    const before = process.env.WUXIN_TEST_BEFORE;
    await migrate(templateUrl, {
      ...(before === undefined ? {} : { before }),
      ...(process.env.WUXIN_TEST_STRICT ? {} : { onFailed }),
    });
  } catch (error) {
    await server.close();
    throw error;
  }
  project.provide("wuxinServer", server.url);
  project.provide("wuxinTemplate", template);
  project.provide("wuxinBroken", broken);
  return async () => {
    if (server.kept) await withClient(server.url, (client) => client.query(`drop database ${template}`));
    await server.close();
  };
}

async function openServer() {
  const given = process.env.WUXIN_TEST_DATABASE_URL;
  if (given !== undefined && given !== "") {
    return { url: given, kept: true, appPassword: TEST_PASSWORD, close: async () => {} };
  }
  removeAbandoned();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${FOLDERS}${process.pid}-`));
  const binDir = process.env.WUXIN_TEST_POSTGRES;
  const server = await startEmbedded(folder, { durable: false, ...(binDir ? { binDir } : {}) });
  return {
    url: server.url("postgres", "postgres"),
    kept: false,
    appPassword: TEST_PASSWORD,
    close: async () => {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

const FOLDERS = "wuxin-test-";

/** A run that was killed could not remove its folder. */
function removeAbandoned(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = new RegExp(`^${FOLDERS}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") {
        fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
      }
    }
  }
}

/** Of throw-away databases only. */
export const TEST_PASSWORD = "wuxin-test";
