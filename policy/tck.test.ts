import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type TckCase, tckCases, tckFolder } from "./testing/tck.ts";
import { tckTable } from "./testing/tck-table.ts";

const { folder, missing } = tckFolder(resolve(import.meta.dirname, ".."));

/** Where this room keeps to its own meaning on purpose. */
const KNOWN: Readonly<Record<string, string>> = {};

describe("the DMN TCK's cases about FEEL", () => {
  it("are there where they are expected", () => expect(missing).toBeUndefined());

  it.skipIf(!folder)(
    "agree wherever the expression is taken (skipped: ../shared is not beside this repository)",
    () => {
      const cases = tckCases(folder!);
      const differing = cases.filter(
        (c: TckCase) => c.outcome === "differs" && !(`${c.group} ${c.id}` in KNOWN),
      );
      expect(differing).toEqual([]);
      expect(cases.filter((c) => c.outcome === "agrees").length).toBeGreaterThanOrEqual(134);
    },
  );

  it.skipIf(!folder)("are counted in TCK.md (skipped: ../shared is not beside this repository)", () => {
    expect(readFileSync(join(import.meta.dirname, "TCK.md"), "utf8")).toBe(tckTable(tckCases(folder!)));
  });
});
