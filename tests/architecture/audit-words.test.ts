/** Whatever the audit trail names has a word on the page of the auditors. */
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const sources = (room: string) =>
  fs
    .readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts") && !f.endsWith(".test.ts") && !/node_modules|testing/.test(f))
    .map((f) => fs.readFileSync(path.join(ROOT, room, f), "utf8"));

it("every object of an audit row has its word", () => {
  const page = fs.readFileSync(path.join(ROOT, "web/console/pages/house/audit.tsx"), "utf8");
  const words = new Set([...page.matchAll(/^ {2}"?([a-z-]+)"?: "/gm)].map((m) => m[1]));
  const named = [...sources("engines"), ...sources("server")].flatMap((text) =>
    [...text.matchAll(/audit\.record\(\s*tx,\s*\{(?:[^{}]|\{[^{}]*\}){0,300}?object: "([a-z-]+)"/g)].map(
      (m) => m[1],
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  expect([...new Set(named)].filter((object) => !words.has(object))).toEqual([]);
});
