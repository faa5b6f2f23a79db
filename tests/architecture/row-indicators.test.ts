/** Every indicator that the capability list names for a row that works is in the catalogue, or stands there in parts. */
import fs from "node:fs";
import path from "node:path";
import { loadCatalogue } from "@wuxin/domains";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const ROOT = path.resolve(import.meta.dirname, "../..");
const LIST = path.resolve(ROOT, "../shared/mission/capabilities.json");
interface Row {
  readonly id: string;
  readonly indicators: readonly { readonly key: string; readonly name: string }[];
}
/** One name in the list, several figures in the catalogue. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  std_tekun: ["std_tekun_urban", "std_tekun_rural"],
  warnings_by_level: ["warnings_level_1", "warnings_level_2", "warnings_level_3"],
};

describe("indicators of the rows that work", () => {
  it("are all in the catalogue", async ({ skip }) => {
    if (!fs.existsSync(LIST)) skip("the capability list is not beside this clone");
    const states = parse(fs.readFileSync(path.join(ROOT, "docs/capabilities.yaml"), "utf8")) as Record<
      string,
      { readonly state: string }
    >;
    const { indicators } = await loadCatalogue();
    const rows = (JSON.parse(fs.readFileSync(LIST, "utf8")) as Row[]).filter(
      (r) => states[r.id]?.state === "works",
    );
    const missing = rows.flatMap((r) =>
      r.indicators
        .flatMap((i) => PARTS[i.key] ?? [i.key])
        .filter((code) => !indicators.has(code))
        .map((code) => `${r.id} ${code}`),
    );
    expect(missing).toEqual([]);
    expect(rows.flatMap((r) => r.indicators).length).toBeGreaterThan(50);
  });
});
