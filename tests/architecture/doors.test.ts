/** The door rules of docs/architecture.md, held to the code: which room may import which, and who may name an item. */
import fs from "node:fs";
import path from "node:path";
import { loadCatalogue } from "@wuxin/domains";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const ENGINES = [
  "calendar",
  "access",
  "audit",
  "registry",
  "facts",
  "documents",
  "parties",
  "standards",
  "registers",
  "cases",
  "entitlements",
  "payments",
  "funds",
  "matching",
  "clues",
  "duties",
  "indicators",
  "statistics",
  "plans",
];
const ROOMS = [
  "kernel",
  "policy",
  "declare",
  "domains",
  "counties",
  "platform",
  "gongwen",
  "engines",
  "contract",
  "server",
  "web",
  "demo",
];
const EVERYTHING_BUT_WEB = ROOMS.filter((r) => r !== "web");
const MAY: Record<string, readonly string[]> = {
  kernel: [],
  policy: ["kernel"],
  declare: ["kernel", "policy"],
  domains: ["kernel", "policy", "declare"],
  counties: ["kernel"],
  platform: ["kernel"],
  gongwen: ["kernel"],
  engines: ["kernel", "policy", "declare", "platform", "gongwen", "engines"],
  contract: ["kernel", "declare"],
  server: EVERYTHING_BUT_WEB,
  demo: EVERYTHING_BUT_WEB,
  web: ["kernel", "declare", "contract"],
};
/** What a room may not take from outside, either. */
const NO_PACKAGES: Record<string, RegExp> = {
  kernel: /^(?!@wuxin\/)[^.]/,
  domains: /^(pg|fastify|react|preact)/,
  engines: /^(fastify|react|preact)/,
  contract: /^node:|^pg$/,
  web: /^node:|^zod$/,
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly from: string;
}

function filesOf(room: string): string[] {
  const folder = path.join(ROOT, room);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((f) => /\.(ts|tsx|mjs)$/.test(f) && !/(^|\/)(node_modules|dist)\//.test(f))
    .map((f) => `${room}/${f}`);
}
const isTest = (file: string) => /\.test\.tsx?$|\/testing\/|\/testing\.ts$/.test(file);

function importsOf(file: string): Import[] {
  const lines = fs.readFileSync(path.join(ROOT, file), "utf8").split("\n");
  return lines.flatMap((text, i) => {
    if (/^\s*(\*|\/\/)/.test(text)) return [];
    const found = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)["']([^"']+)["']/g)];
    return found.map((m) => ({ file, line: i + 1, from: m[1] as string }));
  });
}

export function brokenDoors(room: string, imports: readonly Import[]): string[] {
  const broken: string[] = [];
  for (const { file, line, from } of imports) {
    const at = `${file}:${line}`;
    if (from.startsWith("@wuxin/")) {
      const [, target = "", sub] = from.split("/");
      // A test may use the test cluster and the rooms that it shows at work.
      if (target !== room && !MAY[room]?.includes(target) && !isTest(file))
        broken.push(`${at} → ${from}：${room} 不能引用 ${target}`);
      if (room === "engines" && target === "engines" && !isTest(file)) {
        const me = ENGINES.indexOf(file.split("/")[1] ?? "");
        const other = ENGINES.indexOf(sub ?? "");
        if (other < 0) broken.push(`${at} → ${from}：没有这个引擎`);
        else if (other >= me) broken.push(`${at} → ${from}：引擎只能引用排在前面的引擎`);
      }
    } else if (from.startsWith(".")) {
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
      if (!target.startsWith(`${room}/`)) broken.push(`${at} → ${from}：跨房间要用 @wuxin/ 的门`);
      else if (room === "engines") {
        const [me = "", other = ""] = [file.split("/")[1], target.split("/")[1]];
        if (me === other) continue;
        // A test may borrow another engine's test house.
        const door = target.endsWith("/index.ts") || (isTest(file) && target.endsWith("/testing.ts"));
        if (!door) broken.push(`${at} → ${from}：引擎之间只走 index.ts`);
        else if (!isTest(file) && ENGINES.indexOf(other) >= ENGINES.indexOf(me))
          broken.push(`${at} → ${from}：引擎只能引用排在前面的引擎`);
      }
    } else if (NO_PACKAGES[room]?.test(from) && !isTest(file))
      broken.push(`${at} → ${from}：${room} 不能引用这个包`);
  }
  return broken;
}

describe("doors", () => {
  it.each(ROOMS)("%s keeps its doors", (room) => {
    const files = filesOf(room);
    expect(files.length, `${room} has no files`).toBeGreaterThan(0);
    expect(brokenDoors(room, files.flatMap(importsOf))).toEqual([]);
  });

  it("notices what is forbidden", () => {
    const at = (file: string, from: string) =>
      brokenDoors(file.split("/")[0] as string, [{ file, line: 7, from }]);
    expect(at("kernel/a.ts", "@wuxin/policy")[0]).toContain("kernel/a.ts:7");
    expect(at("domains/x/item.ts", "@wuxin/platform")).toHaveLength(1);
    expect(at("engines/cases/a.ts", "@wuxin/engines/payments")).toHaveLength(1);
    expect(at("engines/payments/a.ts", "@wuxin/engines/cases")).toEqual([]);
    expect(at("engines/payments/a.ts", "../cases/store.ts")).toHaveLength(1);
    expect(at("web/console/a.tsx", "zod")).toHaveLength(1);
    expect(at("kernel/a.ts", "node:fs")).toHaveLength(1);
  });
});

describe("an item is one folder", () => {
  it("no engine, server or web file names an item or a register", async () => {
    const catalogue = await loadCatalogue();
    const names = [...catalogue.items.values()].flatMap((i) => [i.code, i.title, i.shortTitle]);
    names.push(...[...catalogue.registers.values()].flatMap((r) => [r.code, r.title]));
    expect(names.length).toBeGreaterThanOrEqual(8);
    const found: string[] = [];
    for (const file of ["engines", "server", "web", "contract", "declare", "platform"].flatMap(filesOf)) {
      if (isTest(file)) continue;
      const lines = fs.readFileSync(path.join(ROOT, file), "utf8").split("\n");
      lines.forEach((text, i) => {
        if (/^\s*(\*|\/\/|\/\*\*)/.test(text)) return; // a comment may give an example
        for (const name of new Set(names))
          if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text.replace(/(?<!:)\/\/.*$/, "")))
            found.push(`${file}:${i + 1} 提到了 ${name}`);
      });
    }
    expect(found).toEqual([]);
  });

  it("no domain imports another domain", () => {
    const crossing = filesOf("domains")
      .flatMap(importsOf)
      .filter((i) => i.from.startsWith("."))
      .filter((i) => {
        const target = path.posix.normalize(path.posix.join(path.posix.dirname(i.file), i.from));
        return i.file.split("/").length > 2 && target.split("/")[1] !== i.file.split("/")[1];
      });
    expect(crossing).toEqual([]);
  });
});
