/** docs/capabilities.yaml tells the truth: every row is listed once, and the places and tests that it names exist. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const ROOT = path.resolve(import.meta.dirname, "../..");
interface Row {
  readonly state: "works" | "partly" | "absent";
  readonly where?: readonly string[];
  readonly tests?: readonly string[];
  readonly missing?: string;
}
const rows = parse(fs.readFileSync(path.join(ROOT, "docs/capabilities.yaml"), "utf8")) as Record<string, Row>;
const built = Object.entries(rows).filter(([, r]) => r.state !== "absent");

describe("capabilities", () => {
  it("lists 246 rows in 20 domains, each with a known state", () => {
    expect(Object.keys(rows)).toHaveLength(246);
    expect(new Set(Object.keys(rows).map((id) => id.slice(0, 2))).size).toBe(20);
    expect(
      Object.entries(rows).filter(
        ([id, r]) => !/^[A-Z]{2}-\d\d$/.test(id) || !["works", "partly", "absent"].includes(r.state),
      ),
    ).toEqual([]);
  });

  it("agrees with the capability list when it lies beside the project", ({ skip }) => {
    const list = path.resolve(ROOT, "../shared/mission/capabilities.json");
    if (!fs.existsSync(list)) skip("the capability list is not beside this clone: row ids were not compared");
    const ids = (JSON.parse(fs.readFileSync(list, "utf8")) as { id: string }[]).map((r) => r.id);
    expect(Object.keys(rows)).toEqual(ids);
  });

  it.each(built)("%s names places and tests that exist", (_id, row) => {
    expect(row.where?.length ?? 0).toBeGreaterThan(0);
    for (const place of row.where ?? []) expect(fs.existsSync(path.join(ROOT, place)), place).toBe(true);
    if (row.state === "works")
      expect(row.tests?.length ?? 0, "a row that works has a story test").toBeGreaterThan(0);
    if (row.state === "partly")
      expect(row.missing, "a row that works partly says what is missing").toBeTruthy();
    for (const test of row.tests ?? []) {
      const [file = "", title = ""] = test.split(" › ");
      const text = fs.existsSync(path.join(ROOT, file))
        ? fs.readFileSync(path.join(ROOT, file), "utf8")
        : undefined;
      expect(text, file).toBeDefined();
      expect(text, `${file} has no test titled «${title}»`).toContain(title);
      expect(title, "name the test: file › title").not.toBe("");
    }
  });
});
