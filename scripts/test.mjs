// npm test: sets itself up, runs every check, goes on past a failed one, and ends with a line `N passed, N failed`.
// `npm test -- types unit` runs only the stages named. CI=true makes an absent Chromium a failure.
import "./node-version.mjs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findChromium, HOW_TO_GET_CHROMIUM } from "./chromium.mjs";
import { findOtherPostgres } from "./postgres-servers.mjs";
import { ensureBuilt, ensureInstalled, ROOT, run } from "./prepare.mjs";
import { PROJECTS, typecheck } from "./typecheck.mjs";

const since = Date.now();
const CI = process.env.CI === "true" || process.env.CI === "1";
const seconds = () => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const say = (chinese, english) => console.log(`[${seconds()}] ${chinese} / ${english}`);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const notRun = [];

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(signal, () => process.exit(code));
}

function count(name, passed, failed, skipped = 0) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(`${name}（${failed}）`);
}

/** A check without tests of its own counts as one. */
const check = (name, good) => count(name, good ? 1 : 0, good ? 0 : 1);

/** Runs one vitest project and counts its tests by vitest's own report. */
async function vitest(name, project, env = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-report-"));
  const report = path.join(folder, "report.json");
  const code = await run(
    process.execPath,
    [
      ...[path.join("node_modules", "vitest", "vitest.mjs"), "run", "--project", project],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
    { WUXIN_TEST_STRICT: "1", ...env },
  );
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  try {
    for (const file of JSON.parse(fs.readFileSync(report, "utf8")).testResults) {
      const states = file.assertionResults.map((test) => test.status);
      const failedHere = states.filter((state) => state === "failed").length;
      passed += states.filter((state) => state === "passed").length;
      // A file that does not load, or whose set-up fails, has no failed test and is a failure all the same.
      failed += failedHere > 0 || file.status !== "failed" ? failedHere : 1;
      skipped += states.filter((state) => state !== "passed" && state !== "failed").length;
    }
  } catch {
    console.error(`${name}: vitest 没有给出结果 / vitest left no report`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  // Nothing found, an unhandled error, a failed global set-up: vitest says so by its exit code only.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  if (CI && project === "browser" && skipped > 0) {
    console.error(
      `${name}: CI 中不得跳过浏览器测试（${skipped}） / browser tests must not be skipped under CI`,
    );
    failed += skipped;
  }
  count(name, passed, failed, skipped);
}

function browserFiles(folder = path.join(ROOT, "tests", "browser")) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
}

const stages = {
  async types() {
    for (const project of PROJECTS) check(`types ${project}`, await typecheck(project));
  },
  async lint() {
    const program = path.join("node_modules", "@biomejs", "biome", "bin", "biome");
    check("lint", (await run(process.execPath, [program, CI ? "ci" : "check", "."])) === 0);
  },
  async schema() {
    check("schema", (await run(process.execPath, ["--import", "tsx", "scripts/schema.ts", "--check"])) === 0);
  },
  unit: () => vitest("unit", "unit"),
  database: () => vitest("database (PostgreSQL 18, embedded)", "database"),
  async "database-other"() {
    const other = findOtherPostgres();
    if (other === undefined) {
      notRun.push(
        "数据库测试未在另一版本的 PostgreSQL 上重跑：本机没有 15–17（Debian: apt-get install postgresql-15）。 / " +
          "The database tests were not run again on another PostgreSQL: none of 15–17 is installed (Debian: apt-get install postgresql-15).",
      );
      return;
    }
    say(
      `在本机的 PostgreSQL ${other.major} 上重跑数据库测试`,
      `database tests again on PostgreSQL ${other.major}`,
    );
    await vitest(`database (PostgreSQL ${other.major})`, "database", { WUXIN_TEST_POSTGRES: other.bin });
  },
  async browser() {
    const chromium = findChromium();
    if (chromium !== undefined) return vitest("browser", "browser", { CHROMIUM_PATH: chromium });
    const files = browserFiles();
    notRun.push(
      `浏览器测试未运行（没有 Chromium）：${files.map((name) => `tests/browser/${name}`).join("、")}。获取方法——${HOW_TO_GET_CHROMIUM}`,
    );
    if (CI) check("browser: Chromium 缺失 / absent under CI", false);
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => stages[name] === undefined);
if (unknown.length > 0) {
  console.error(`没有 ${unknown.join("、")} 这一步 / no such stage; ${Object.keys(stages).join(" · ")}`);
  process.exit(2);
}

try {
  await ensureInstalled(say);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
try {
  await ensureBuilt(say);
} catch (error) {
  console.error(error.message);
  check("web build", false);
}
for (const [name, stage] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    notRun.push(`${name}：未选 / not asked for`);
    continue;
  }
  say(`${name} …`, "running");
  await stage();
}

console.log("");
for (const line of notRun) console.log(`未运行 / not run: ${line}`);
if (total.skipped > 0) console.log(`跳过 / skipped: ${total.skipped}`);
if (failures.length > 0) console.log(`失败 / failed: ${failures.join("；")}`);
console.log(`用时 / took ${seconds()}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
