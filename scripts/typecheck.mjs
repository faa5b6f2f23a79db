// npm run typecheck: every TypeScript project of the repository; exit code 1 when any has an error.
import "./node-version.mjs";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, run } from "./prepare.mjs";

export const PROJECTS = [
  "tsconfig.json",
  ...["tsconfig.json", "tsconfig.citizen.json", "tsconfig.field.json", "tsconfig.worker.json"].map(
    (f) => `web/${f}`,
  ),
];

/** True when the project has no type error; prints what tsc says. */
export async function typecheck(project) {
  if (!fs.existsSync(path.join(ROOT, project))) {
    console.error(`${project}: 找不到 / not found`);
    return false;
  }
  const compiler = path.join("node_modules", "typescript-native", "bin", "tsc");
  return (await run(process.execPath, [compiler, "--noEmit", "-p", project])) === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const project of PROJECTS) {
    const good = await typecheck(project);
    console.log(`${good ? "✓" : "✗"} ${project}`);
    if (!good) process.exitCode = 1;
  }
}
