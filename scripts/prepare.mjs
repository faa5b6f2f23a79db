// What `npm start`, `npm test` and the browser stories need before anything else: installed dependencies and built web pages. Plain JavaScript
// without dependencies, since it runs before there are any. Each step is skipped when nothing it depends on has changed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A failure told in one Chinese and one English sentence. */
export class Trouble extends Error {}

/**
 * Installs by the lock file when what is installed differs from it. `say(chinese, english)` prints progress.
 */
export async function ensureInstalled(say) {
  if (isInstalled()) return;
  say("正在安装依赖（首次约需一分钟）", "installing dependencies (about a minute the first time)");
  const code = await npm(["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"]);
  if (code !== 0) {
    throw new Trouble(
      "依赖安装失败：请检查网络（国内可设镜像：npm config set registry）与磁盘空间，再试一次；详情见上方 npm 的输出。 / " +
        "Installing the dependencies failed: check the network (or your npm registry setting) and free disk space, then try again; see npm's output above.",
    );
  }
  fs.mkdirSync(path.dirname(INSTALLED), { recursive: true });
  fs.writeFileSync(INSTALLED, wantedInstall());
}

/** Builds the front ends when their sources, the rooms they import, or the dependencies changed. */
export async function ensureBuilt(say) {
  const wanted = hashOf(
    ["web", "kernel", "policy", "declare", "contract"].flatMap((room) => sources(path.join(ROOT, room))),
    fs.readFileSync(path.join(ROOT, "package-lock.json")),
  );
  const built = PAGES.every((page) => fs.existsSync(page)) && readOr(BUILT, "") === wanted;
  if (built) return;
  say("正在构建页面", "building the web pages");
  fs.rmSync(BUILT, { force: true });
  // Vitest, which also builds by this, says NODE_ENV=test: that would build the developer's React.
  const code = await npm(["run", "--silent", "build"], { NODE_ENV: "production" });
  if (code !== 0) {
    throw new Trouble(
      "页面构建失败：详情见上方输出。 / Building the web pages failed: see the output above.",
    );
  }
  fs.writeFileSync(BUILT, wanted);
}

/** Runs a program in the repository, its output on ours; resolves with its exit code (128+n after a signal). */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
    const stop = () => child.kill("SIGTERM");
    process.on("exit", stop);
    child.once("error", (error) => {
      console.error(String(error));
      resolve(127);
    });
    child.once("close", (code, signal) => {
      process.removeListener("exit", stop);
      resolve(code ?? (signal === null ? 1 : 128 + (SIGNALS[signal] ?? 0)));
    });
  });
}

export const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

const DIST = path.join(ROOT, "web", "dist");
const PAGES = ["console", "citizen", "field"].map((name) => path.join(DIST, name, "index.html"));
const BUILT = path.join(DIST, ".built");
const INSTALLED = path.join(ROOT, "node_modules", ".wuxin", "installed");

/** The npm that runs us, when it tells where it is; so a second npm in PATH makes no difference. */
function npm(args, env) {
  const own = process.env.npm_execpath;
  if (own?.endsWith(".js")) return run(process.execPath, [own, ...args], env);
  return run("npm", args, env);
}

function wantedInstall() {
  return hashOf([path.join(ROOT, "package-lock.json")], `${process.platform} ${process.arch}`);
}

function isInstalled() {
  return readOr(INSTALLED, "") === wantedInstall() || matchesLock();
}

/** npm writes what it installed to node_modules/.package-lock.json; somebody may have run `npm ci` by hand. */
function matchesLock() {
  try {
    const wanted = JSON.parse(fs.readFileSync(path.join(ROOT, "package-lock.json"), "utf8")).packages;
    const found = JSON.parse(
      fs.readFileSync(path.join(ROOT, "node_modules", ".package-lock.json"), "utf8"),
    ).packages;
    return Object.entries(wanted).every(([place, { version, optional, link }]) => {
      if (!place.includes("node_modules/") || link) return true;
      if (found[place] === undefined) return optional === true; // of another platform
      return found[place].version === version && fs.existsSync(path.join(ROOT, place, "package.json"));
    });
  } catch {
    return false;
  }
}

function sources(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : sources(place);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [place];
  });
}

function hashOf(files, more) {
  const hash = createHash("sha256").update(more);
  for (const file of files.sort())
    hash.update(path.relative(ROOT, file)).update("\0").update(fs.readFileSync(file));
  return hash.digest("hex");
}

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
