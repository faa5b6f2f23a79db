/** 办件, what deviates from the rules, reviews, 分户 and 合户. */
import { maskName } from "@wuxin/kernel";
import { PLAIN, type Source } from "./row.ts";

const HANDLES = ["village", "township", "county", "leader"] as const;

export const caseSources: readonly Source[] = [
  {
    for: HANDLES,
    rows: async ({ house, tx }) =>
      (await house.cases.workbenchRows(tx)).map((w) => ({ ...w, dueOn: w.clock?.dueOn ?? null })),
  },
  {
    for: HANDLES,
    rows: async ({ house, tx, today }) =>
      (await house.cases.deviations(tx)).map(({ caseId, ...d }) => ({
        ...{ ...d, kind: "case" as const, clock: null, link: `/cases/${caseId}?decision=${d.id}` },
        dueOn: today,
      })),
  },
  {
    for: ["village", "township", "county"],
    rows: async ({ house, tx }) =>
      (await house.entitlements.dueReviews(tx)).map((r) => ({
        ...{ ...PLAIN, kind: "review" as const, id: r.entitlementId, itemTitle: r.itemTitle },
        title: maskName(r.payee),
        ...{ todo: `登记${r.label}`, waiting: `应于 ${r.dueOn} 前完成`, divisionName: r.divisionName },
        ...{ link: `/entitlements/${r.entitlementId}`, dueOn: r.dueOn },
      })),
  },
  {
    for: ["county"],
    rows: async ({ house, tx, today }) =>
      ((await house.entitlements.reshaping?.toConfirm(tx)) ?? []).map((r) => ({
        ...{ ...PLAIN, kind: "review" as const, id: r.id, itemTitle: r.itemTitle, title: r.payee },
        ...{ todo: `确认${r.kindLabel}`, waiting: `${r.openedBy}提出，${r.fromMonth} 起` },
        ...{ divisionName: r.divisionName, link: `/reshapes/${r.id}`, dueOn: today },
      })),
  },
  {
    for: ["county"],
    rows: async ({ house, tx, today }) => {
      const line = { ...PLAIN, kind: "review" as const, itemTitle: "死亡登记", dueOn: today };
      return [
        ...(await house.registry.correctionsWaiting(tx)).map((c) => ({
          ...{ ...line, id: c.id, title: maskName(c.name), link: `/persons/${c.personId}` },
          ...{ todo: "确认更正死亡登记", waiting: `${c.askedByName}提出` },
          divisionName: house.counties.divisionName(tx.actor.countyCode, c.divisionCode),
        })),
        ...(await house.deathLists.toTell(tx)).map((c) => ({
          ...{ ...line, id: c.correctionId, title: maskName(c.name), link: `/persons/${c.personId}` },
          todo: "告知部门：此人没有死亡",
          waiting: `共享给过${c.departments.join("、")}`,
        })),
      ];
    },
  },
];
