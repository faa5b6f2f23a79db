import type { ProblemList } from "../errors.ts";
import { isWhole, multiply, type Num } from "../exact.ts";
import type { Scalar } from "../feel/ir.ts";
import { nearest } from "../feel/names.ts";
import { roundMoney } from "../rounding.ts";
import type { Parameter, ParameterVersion } from "../types.ts";
import type { Draft } from "./parameters.ts";

/** Computes derived parameters (特困 = 1.3 × 低保标准, rounded) at every date on which either side changes. */
export function resolveParameters(drafts: readonly Draft[], problems: ProblemList): Map<string, Parameter> {
  const byName = new Map(drafts.map((d) => [d.name, d]));
  const done = new Map<string, Parameter>();
  const underWay = new Set<string>();

  const resolve = (draft: Draft): Parameter | undefined => {
    const ready = done.get(draft.name);
    if (ready) return ready;
    if (underWay.has(draft.name)) {
      problems.add(
        draft.source.place(draft.node),
        `参数“${draft.name}”推算时绕回了自己`,
        "其中一个改成直接给值",
      );
      return undefined;
    }
    underWay.add(draft.name);
    const parameter = draft.derived ? derive(draft, resolve) : plain(draft);
    underWay.delete(draft.name);
    if (parameter) done.set(draft.name, parameter);
    return parameter;
  };

  const derive = (draft: Draft, find: (d: Draft) => Parameter | undefined): Parameter | undefined => {
    const place = draft.source.place(draft.node);
    const versions: ParameterVersion[] = [];
    let shape: Parameter | undefined;
    for (const [i, rule] of draft.derived!.entries()) {
      const until = draft.derived![i + 1]?.since ?? "9999-12-31";
      const base = byName.get(rule.from);
      const source = base ? find(base) : undefined;
      if (!source) {
        if (!base) {
          const near = nearest(rule.from, byName.keys());
          problems.add(
            place,
            `参数“${draft.name}”由“${rule.from}”推出，但没有这个参数`,
            near ? `是不是“${near}”？` : "先给出它的值",
          );
        }
        return undefined;
      }
      shape = source;
      const dates = new Set(source.versions.map((v) => (v.since < rule.since ? rule.since : v.since)));
      for (const since of [...dates].filter((d) => d < until).sort()) {
        const from = source.versions.findLast((v) => v.since <= since);
        if (!from) continue;
        const values = new Map<string, Scalar>();
        for (const [key, value] of from.values) {
          const amount = multiply(value as Num, rule.times);
          const rounded = rule.round ? roundMoney(amount, rule.round) : amount;
          if (draft.type === "money" && !isWhole(rounded)) {
            problems.add(place, `参数“${draft.name}”推出的金额不是整数分`, "写明取整，例如 round: up_yuan");
            return undefined;
          }
          values.set(key, rounded);
        }
        const document = rule.document ?? from.document;
        versions.push({
          since,
          values,
          unverified: from.unverified || rule.unverified,
          ...(document ? { document } : {}),
        });
      }
    }
    if (!shape) return undefined;
    const { source: _s, node: _n, derived: _d, ...rest } = draft;
    const unit = draft.unit ?? shape.unit;
    return {
      ...rest,
      by: shape.by,
      ...(shape.fields ? { fields: shape.fields } : {}),
      ...(unit ? { unit } : {}),
      versions,
    };
  };

  for (const draft of drafts) resolve(draft);
  return done;
}

function plain(draft: Draft): Parameter {
  const { source: _s, node: _n, derived: _d, ...rest } = draft;
  return rest;
}
