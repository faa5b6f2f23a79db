import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { schemaOf } from "./schema.ts";

it.each(["rules", "parameters", "examples"] as const)(
  "the committed schema of %s is the current one",
  (kind) => {
    const file = join(import.meta.dirname, "schema", `${kind}.schema.json`);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schemaOf(kind))));
  },
);

it("every key that the loader takes is described", () => {
  const rules = schemaOf("rules") as {
    patternProperties: Record<string, { anyOf: { properties?: object }[] }>;
  };
  const entry = Object.values(rules.patternProperties)[0]!.anyOf[0]!;
  for (const [key, value] of Object.entries(entry.properties!))
    expect([key, Object.keys(value as object).length]).not.toEqual([key, 0]);
});
