// npm run bench:start: cold start (empty data folder, installed and built) and warm start (the same folder again), by what
// a person waits for: from the command to the first answered request. Writes bench/results/start.json.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const PORT = 3900 + (process.pid % 90);
const RUNS = Number(process.env.RUNS || 3);

async function startOnce(dataDir) {
  const began = performance.now();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: ROOT,
    env: { ...process.env, WUXIN_DATA: dataDir, PORT: String(PORT) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.resume();
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  for (;;) {
    if (ended) throw new Error("the server ended before it answered");
    const ok = await fetch(`http://127.0.0.1:${PORT}/api/health`).then(
      (r) => r.ok,
      () => false,
    );
    if (ok) break;
    await new Promise((r) => setTimeout(r, 25));
  }
  const seconds = (performance.now() - began) / 1000;
  const gone = new Promise((r) => child.once("exit", r));
  child.kill("SIGTERM");
  await gone;
  return seconds;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const cold = [];
const warm = [];
for (let i = 0; i < RUNS; i++) {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-"));
  try {
    cold.push(await startOnce(dataDir));
    warm.push(await startOnce(dataDir));
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`run ${i + 1}: cold ${cold.at(-1).toFixed(2)} s, warm ${warm.at(-1).toFixed(2)} s`);
}
const result = {
  coldSeconds: Number(median(cold).toFixed(2)),
  warmSeconds: Number(median(warm).toFixed(2)),
  runs: RUNS,
  cold,
  warm,
  node: process.version,
  cpus: os.cpus().length,
};
fs.mkdirSync(path.join(ROOT, "bench", "results"), { recursive: true });
fs.writeFileSync(path.join(ROOT, "bench", "results", "start.json"), `${JSON.stringify(result, null, 2)}\n`);
console.log(`median: cold ${result.coldSeconds} s, warm ${result.warmSeconds} s`);
