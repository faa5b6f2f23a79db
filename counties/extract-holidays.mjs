#!/usr/bin/env node
/**
 * Makes counties/holidays.json from the npm package `chinese-days` 1.5.7 (not a dependency: it treats years
 * without data as ordinary weeks, which we must not).
 *
 *   npm pack chinese-days@1.5.7   # in a folder outside this repository
 *   tar xzf chinese-days-1.5.7.tgz
 *   node counties/extract-holidays.mjs <folder>/package
 *
 * Add a year by naming its State Council notice below and running again with a release that has it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The notice a year rests on. A year that is not here is not taken, even if the package guesses it. */
const NOTICES = {
  2022: "国办发明电〔2021〕11号",
  2023: "国办发明电〔2022〕16号",
  2024: "国办发明电〔2023〕7号",
  2025: "国办发明电〔2024〕12号",
  2026: "国办发明电〔2025〕7号",
};

const packageDir = process.argv[2];
if (!packageDir) {
  console.error("用法：node counties/extract-holidays.mjs <chinese-days 解压后的 package 文件夹>");
  process.exit(1);
}
const { name, version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
const { holidays, workdays } = JSON.parse(
  readFileSync(join(packageDir, "dist", "chinese-days.json"), "utf8"),
);
const isWeekend = (date) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

const years = Object.entries(NOTICES).map(([year, notice]) => {
  const of = (days) =>
    Object.keys(days)
      .filter((date) => date.startsWith(year))
      .sort();
  const off = of(holidays).filter((date) => !isWeekend(date));
  const on = of(workdays).filter(isWeekend);
  if (off.length === 0) throw new Error(`${year}: not in ${name} ${version}`);
  return {
    year: Number(year),
    off,
    on,
    source: `国务院办公厅关于${year}年部分节假日安排的通知（${notice}）`,
  };
});
const lines = years.map((y) => {
  const list = (days) => `[${days.map((d) => JSON.stringify(d)).join(", ")}]`;
  return `    {\n      "year": ${y.year},\n      "off": ${list(y.off)},\n      "on": ${list(y.on)},\n      "source": ${JSON.stringify(y.source)}\n    }`;
});
writeFileSync(
  join(dirname(fileURLToPath(import.meta.url)), "holidays.json"),
  `{\n  "source": ${JSON.stringify(`${name} ${version}`)},\n  "years": [\n${lines.join(",\n")}\n  ]\n}\n`,
);
console.log(years.map((y) => `${y.year}: off ${y.off.length}, on ${y.on.length}`).join("\n"));
