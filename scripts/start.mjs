// npm start: installs, builds and serves. Ctrl-C, SIGTERM and the end of npm stop everything.
import "./node-version.mjs";
import { spawn, spawnSync } from "node:child_process";
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

// npm does not pass every signal on: when it (or the shell between us) is gone, the server must not stay behind.
const holders = [process.ppid, ...npmBehindShell()];
const watch = setInterval(() => {
  if (asked > 0 || (process.ppid === holders[0] && holders.every(lives))) return;
  asked++;
  server.kill("SIGTERM");
}, 300);

/** npm runs scripts by `sh -c`, which may stay between npm and us. */
function npmBehindShell() {
  if (process.env.npm_lifecycle_event === undefined) return [];
  const ps = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(process.ppid)], { encoding: "utf8" });
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(ps.stdout ?? "") ?? [];
  return /^(\S*\/)?(ba|da|z)?sh -c /.test(command ?? "") ? [Number(parent)] : [];
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
