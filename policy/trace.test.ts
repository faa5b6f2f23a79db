import fc from "fast-check";
import { expect, it } from "vitest";
import { decide } from "./decide.ts";
import { householdsOf, typedOf } from "./testing/facts.ts";
import { toy } from "./testing/toy.ts";
import { traceColumns } from "./trace.ts";

it("a trace holds what decide's steps hold, and its words are decide's", () => {
  const ruleSet = toy();
  const wanted = ["餐补", "每餐档次", "收入说明"];
  fc.assert(
    fc.property(fc.array(householdsOf(ruleSet), { minLength: 1, maxLength: 3 }), (list) => {
      const traces = traceColumns(ruleSet, { month: "2024-03", wanted, households: typedOf(ruleSet, list) });
      for (const [h, one] of list.entries()) {
        const d = decide(ruleSet, { month: "2024-03", wanted, ...one });
        const trace = traces.at(h);
        for (const step of d.steps) {
          const same = trace.steps.find(
            (s) => traces.rules[s.rule]!.variable === step.variable && s.member === step.member,
          )!;
          const rule = traces.rules[same.rule]!;
          expect([step.variable, same.value]).toEqual([step.variable, step.value]);
          expect([rule.article, rule.since]).toEqual([step.article, step.since]);
          for (const use of step.uses) {
            const at = rule.reads.indexOf(use.name);
            if (at >= 0 && use.member === step.member) expect(same.uses[at]).toEqual(use.value);
          }
        }
        const words = traces.words(h);
        expect(words.results).toEqual(d.results);
        expect(words.missing).toEqual(d.missing);
        expect(words.steps.map((s) => s.working)).toEqual(d.steps.map((s) => s.working));
      }
    }),
    { numRuns: 60 },
  );
});
