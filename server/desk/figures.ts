/** Frozen figures that are to be corrected, statutory tables that are to be filled and signed. */
import { PLAIN, type Source } from "./row.ts";

export const figureSources: readonly Source[] = [
  {
    for: ["county", "leader"],
    rows: async ({ house, tx, today }) => {
      const { countyCode } = tx.actor;
      return (await house.indicators.waiting(tx))
        .filter((c) => !c.mine)
        .map((c) => ({
          ...{ ...PLAIN, kind: "figure" as const, id: c.id, itemTitle: "冻结的指标", dueOn: today },
          ...{ title: `${c.name}（${c.month}）`, todo: "确认更正", waiting: `${c.askedByName}提出` },
          divisionName: house.counties.divisionName(countyCode, c.division),
          link: `/indicators?code=${c.code}&month=${c.month}${c.division === countyCode ? "" : `&division=${c.division}`}`,
        }));
    },
  },
  {
    for: ["township", "county", "leader"],
    rows: async ({ house, tx }) =>
      (await house.statistics.waiting(tx)).map((r) => ({
        ...{ ...PLAIN, kind: "figure" as const, id: r.id, itemTitle: "统计报表" },
        title: `${r.title}（${r.periodLabel}）`,
        todo: r.state === "draft" ? "填报、签字" : "负责人签字",
        waiting: r.state === "draft" ? `${r.dueOn} 前报送` : `${r.filledByName}已签字，${r.dueOn} 前报送`,
        ...{ divisionName: r.divisionName, link: `/statistics/${r.id}`, dueOn: r.dueOn },
      })),
  },
];
