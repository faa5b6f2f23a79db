import { describe, expect, it } from "vitest";
import { MORE } from "./examples.more.ts";
import { EXAMPLES } from "./examples.ts";
import { readText } from "./read.ts";

const TITLE = { plan: "云溪县民政局2024年工作要点", review: "云溪县民政局2023年工作总结" };

describe("sentences of other counties", () => {
  it.each([...EXAMPLES, ...MORE].map((e) => [e.text, e] as const))("%s", (_, example) => {
    const source = `${TITLE[example.in]}\n一、主要工作\n1.有关事项。${example.text}\n2.其他事项。加强管理。`;
    const got = readText(source).quantities;
    const shown = got.map((q) => `${q.quote}|${q.object}`).join("  ");
    expect(got.length, shown).toBe(example.out.length);
    example.out.forEach((want, i) => {
      const q = got[i];
      expect(q).toMatchObject({
        value: want.v,
        unit: want.u,
        comparator: want.c ?? (want.max ? ">=" : "="),
        kind: want.k,
      });
      expect(q?.from ?? undefined).toBe(want.from);
      expect(q?.max ?? undefined).toBe(want.max);
      expect(q?.approx).toBe(want.approx ?? false);
      if (want.o) expect(q?.object).toContain(want.o);
      if (want.q) expect(q?.quote).toBe(want.q);
      if (want.p) expect(q?.period).toBe(want.p);
      expect(source.slice(q?.start, q?.end)).toBe(q?.quote);
      expect(q?.reasons.length).toBeGreaterThan(2);
    });
  });
});
