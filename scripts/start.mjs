// npm start: installs, builds and serves. Ctrl-C, SIGTERM and the end of npm stop everything.
import "./node-version.mjs";
import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, ensureInstalled, ROOT, SIGNALS, Trouble } from "./prepare.mjs";

const since = Date.now();
const say = (chinese, english) =>
  console.log(`[${((Date.now() - since) / 1000).toFixed(1)} s] ${chinese} / ${english}`);

let server;
let asked = 0;

// Before the server runs there is nothing to save; afterwards it is asked to finish, and a second request insists.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (server === undefined) process.exit(128 + SIGNALS[signal]);
    server.kill(asked++ === 0 ? "SIGTERM" : "SIGKILL");
  });
}

try {
  await ensureInstalled(say);
  await ensureBuilt(say);
} catch (error) {
  console.error(error instanceof Trouble ? `\n${error.message}` : error);
  process.exit(1);
}

// In a group of its own, so that Ctrl-C in the terminal reaches it once, from us; leash.mjs ends it when we are gone.
server = spawn(
  process.execPath,
  [
    ...["--enable-source-maps", "--import", "tsx"],
    ...["--import", pathToFileURL(path.join(ROOT, "scripts", "leash.mjs")).href],
    path.join(ROOT, "server", "main.ts"),
  ],
  {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
    env: { ...process.env, WUXIN_LEASH: String(process.pid), WUXIN_STARTED: String(since) },
  },
);
server.once("error", (error) => {
  console.error(error);
  process.exit(1);
});
server.once("exit", (code, signal) => {
  process.exitCode = code ?? 128 + (SIGNALS[signal] ?? 0);
  clearInterval(watch);
});

// npm does not pass SIGTERM on; when it (or the terminal) is gone, somebody else has become our parent.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid !== parent && asked === 0) {
    asked++;
    server.kill("SIGTERM");
  }
}, 300);
