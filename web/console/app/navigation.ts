/** The five systems and their sections, made of what the server lists and what the role may open. */

import { useQuery } from "@tanstack/react-query";
import type { Role, System } from "@wuxin/declare/roles";
import { may } from "./access.ts";
import { ask } from "./api.ts";
import { useItems, useSession } from "./session.tsx";

export interface Section {
  readonly label: string;
  readonly href: string;
  readonly note?: string;
}
export interface SectionGroup {
  readonly title: string;
  readonly sections: readonly Section[];
}
const CALM = { staleTime: 10 * 60_000, retry: false } as const;

/** What the house itself needs, by role; it stands under 保障. */
function houseGroups(role: Role): SectionGroup[] {
  const money: Section[] = [];
  if (may(role, "listRosters")) money.push({ label: "发放名册", href: "/rosters" });
  if (may(role, "listOverlaps")) money.push({ label: "待遇能否同享", href: "/overlaps" });
  if (may(role, "listRedFlags")) money.push({ label: "名册预警规则", href: "/red-flags" });
  if (may(role, "listFailures")) money.push({ label: "发放失败", href: "/failures" });
  if (may(role, "getFunds")) money.push({ label: "资金台账", href: "/funds" });
  if (may(role, "getFundPublicity")) money.push({ label: "资金公示", href: "/fund-publicity" });
  if (may(role, "listReprices")) money.push({ label: "提标", href: "/raises" });
  if (may(role, "listLinkages")) money.push({ label: "物价联动", href: "/linkages" });
  if (may(role, "listRecoveries")) money.push({ label: "追缴", href: "/recoveries" });
  if (may(role, "getMoneyReport")) money.push({ label: "月度监督", href: "/money-report" });
  if (may(role, "listSpotChecks")) money.push({ label: "资金抽查", href: "/spot-checks" });
  const policy: Section[] = [];
  if (may(role, "listStandards")) policy.push({ label: "政策标准", href: "/standards" });
  if (may(role, "listRuleSets")) policy.push({ label: "认定规则", href: "/rules" });
  const watching: Section[] = [];
  if (may(role, "listAlerts")) watching.push({ label: "预警", href: "/alerts?state=pending" });
  if (may(role, "listFound")) watching.push({ label: "政策找人", href: "/found" });
  if (may(role, "listClues")) watching.push({ label: "线索", href: "/clues" });
  if (may(role, "listFieldDevices")) watching.push({ label: "走访手机", href: "/phones" });
  if (may(role, "visitBoard")) watching.push({ label: "走访", href: "/visits" });
  if (may(role, "superviseTownships")) watching.push({ label: "乡镇监管", href: "/supervision" });
  // The county's officer finds it beside the lists; the administrators see no lists.
  const fetching = may(role, "listFeedConnectors") ? [{ label: "定时获取", href: "/feed-connectors" }] : [];
  if (may(role, "listFeeds")) watching.push({ label: "数据比对", href: "/feeds" }, ...fetching);
  if (may(role, "listExchanges")) watching.push({ label: "监测名单", href: "/exchanges" });
  if (may(role, "listDeathLists")) watching.push({ label: "死亡登记共享", href: "/death-lists" });
  if (may(role, "listCheckPackages")) watching.push({ label: "委托核对批次", href: "/check-packages" });
  if (may(role, "listChecks")) watching.push({ label: "核对报告", href: "/checks" });
  const figures: Section[] = [];
  if (may(role, "leaderPage")) figures.push({ label: "领导驾驶舱", href: "/leader" });
  if (may(role, "listPlans")) figures.push({ label: "计划", href: "/plans" });
  if (may(role, "listMatters")) figures.push({ label: "督办事项", href: "/matters" });
  if (may(role, "listSummaries")) figures.push({ label: "工作总结", href: "/summaries" });
  if (may(role, "listIndicators")) figures.push({ label: "指标", href: "/indicators" });
  if (may(role, "listStatistics")) figures.push({ label: "统计报表", href: "/statistics" });
  if (may(role, "listRelativeFilings")) figures.push({ label: "近亲属备案", href: "/relatives" });
  if (may(role, "listAudit") || may(role, "verifyChains")) figures.push({ label: "审计", href: "/audit" });
  const house: Section[] = [{ label: "工作日历", href: "/calendar" }];
  if (may(role, "listAccounts")) house.push({ label: "账号", href: "/accounts" });
  if (!may(role, "listFeeds")) house.push(...fetching);
  if (may(role, "listFeedTokens")) house.push({ label: "部门接口口令", href: "/feed-tokens" });
  return [
    { title: "资金发放", sections: money },
    { title: "政策", sections: policy },
    { title: "数据与核对", sections: watching },
    { title: "统计与监督", sections: figures },
    { title: "系统", sections: house },
  ];
}

export function useSections(system: System): SectionGroup[] {
  const { account } = useSession();
  const role = account.role;
  const items = (useItems().data ?? []).filter((i) => i.system === system);
  const registers = useQuery({
    ...ask("listRegisters", {}),
    ...CALM,
    enabled: may(role, "listRegisters"),
  });
  const groups: SectionGroup[] = may(role, "listCases")
    ? items.map((item) => ({
        title: item.shortTitle,
        sections: [
          { label: "办件", href: `/cases?item=${item.code}&open=true` },
          { label: "在享待遇", href: `/entitlements?item=${item.code}&state=active` },
          ...(item.findsPeople && may(role, "listFound")
            ? [{ label: "政策找人", href: `/found?benefit=${item.code}` }]
            : []),
        ],
      }))
    : [];
  const ledgers = (registers.data ?? []).filter((r) => r.system === system);
  if (ledgers.length > 0)
    groups.push({
      title: "台账",
      sections: ledgers.map((r) => ({
        label: r.title,
        href: `/registers/${r.code}`,
        note: String(r.entries),
      })),
    });
  if (system === "保障") groups.push(...houseGroups(role));
  return groups.filter((g) => g.sections.length > 0);
}
