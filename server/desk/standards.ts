/** New standards and rules, 提标 and its papers, 物价联动. */
import { addDays } from "@wuxin/kernel";
import { PLAIN, type Source } from "./row.ts";

const APPROVES = ["county", "leader"] as const;

export const standardSources: readonly Source[] = [
  {
    for: APPROVES,
    rows: async ({ house, tx, today }) =>
      (await house.standards.toApprove(tx)).map((s) => ({
        ...{ ...PLAIN, kind: "standard" as const, id: s.id, itemTitle: "政策标准", dueOn: today },
        title: `${s.label}（${s.firstMonth} 起）`,
        ...{ todo: "批准新标准", waiting: `${s.enteredBy}送审` },
        link: `/standards/${encodeURIComponent(s.name)}/new?version=${s.id}`,
      })),
  },
  {
    for: APPROVES,
    rows: async ({ house, tx, today }) =>
      (await house.standards.rewriting.toApprove(tx)).map((r) => ({
        ...{ ...PLAIN, kind: "standard" as const, id: r.id, itemTitle: "认定规则", dueOn: today },
        title: `${r.label}（${r.firstMonth} 起）`,
        ...{ todo: "批准新规则", waiting: `${r.enteredBy}送审`, link: `/rules/versions/${r.id}` },
      })),
  },
  {
    for: APPROVES,
    rows: async ({ house, tx, today }) =>
      ((await house.entitlements.repricing?.toRelease(tx)) ?? []).map((r) => ({
        ...{ ...PLAIN, kind: "standard" as const, id: r.id, itemTitle: "提标", dueOn: today },
        title: `${r.label}（${r.firstMonth} 起）`,
        ...{ todo: "放行提标", waiting: `${r.raised ?? 0} 户增加`, link: `/raises/${r.id}` },
      })),
  },
  {
    // The township hands the papers of a raise to its households.
    for: ["township"],
    rows: async ({ house, tx, scope, today }) =>
      ((await house.entitlements.repricing?.toTell(tx, scope)) ?? []).map((r) => ({
        ...{ ...PLAIN, kind: "standard" as const, id: r.id, itemTitle: "提标", dueOn: addDays(today, 7) },
        title: `${r.label}（${r.firstMonth} 起）`,
        ...{ todo: "出具通知书，逐户送达", waiting: `还有 ${r.left} 户没有通知` },
        link: `/raises/${r.id}/notices?division=${scope}`,
      })),
  },
  {
    for: APPROVES,
    rows: async ({ house, tx, today }) =>
      ((await house.entitlements.linkage?.toConfirm(tx)) ?? []).map((r) => ({
        ...{ ...PLAIN, kind: "standard" as const, id: r.id, itemTitle: r.title, dueOn: today },
        ...{ title: `${r.month} 达到启动条件`, todo: "确认发放", waiting: `${r.enteredBy}录入` },
        link: `/linkages/${r.id}`,
      })),
  },
];
