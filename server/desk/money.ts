/** What of the county's money waits for somebody. */
import { derivedId, formatYuan, maskName } from "@wuxin/kernel";
import { PLAIN, type Source } from "./row.ts";

const MONEY = { ...PLAIN, kind: "roster" as const, link: "/funds" };
/** A period that is due has no row of its own yet: its name in this space is its id. */
const DUE = "4d9a5f10-62c1-4c0e-9a55-0e8f4b7a51c2";
const CONFIRMED_AT_MOST = 50;

export const moneySources: readonly Source[] = [
  {
    for: ["county", "leader", "finance", "auditor"],
    rows: async ({ house, tx, today }) =>
      (await house.payments.toSign(tx)).map((r) => ({
        ...{ ...MONEY, id: r.id, itemTitle: "发放名册", title: r.title, dueOn: today },
        ...{ todo: `${r.stepLabel}签字`, waiting: `${r.lines} 笔`, link: `/rosters/${r.id}` },
      })),
  },
  {
    for: ["county"],
    rows: async ({ house, tx, today }) =>
      (await house.payments.recoveries.toConfirm(tx, CONFIRMED_AT_MOST)).map((r) => ({
        ...{ ...MONEY, id: r.id, itemTitle: r.itemTitle, title: maskName(r.payee), dueOn: today },
        ...{ todo: "确认追缴", waiting: r.causeLabel, divisionName: r.divisionName },
        link: `/recoveries/${r.id}`,
      })),
  },
  {
    // Whose publicity it is; the county also what a place has not answered in time.
    for: ["township", "county"],
    rows: async ({ house, tx, role }) =>
      (await house.payments.objections.waiting(tx)).map((o) => ({
        ...{ ...MONEY, id: o.id, itemTitle: "公示异议", divisionName: o.divisionName, dueOn: o.dueOn },
        title: o.rosterTitle ? `${o.rosterTitle} · ${o.itemTitle}` : o.itemTitle,
        todo: role === "county" && !o.ofCounty ? "督办或代为答复异议" : "核查并答复异议",
        waiting: `${o.receivedOn} ${o.viaLabel}`,
        link: o.rosterId ? `/rosters/${o.rosterId}#objections` : "/fund-publicity#objections",
      })),
  },
  {
    for: ["leader"],
    rows: async ({ house: { funds, payments }, tx, today }) => [
      ...(await funds.outlaysWaiting(tx)).map((o) => ({
        ...{ ...MONEY, id: o.id, itemTitle: "付款单", title: `${o.payee}：${o.purpose}`, dueOn: today },
        todo: o.reverses ? "确认冲正付款单" : "确认付款单",
        waiting: `${o.askedBy}登记，${formatYuan(o.amountFen)} 元`,
        link: "/funds#outlays",
      })),
      ...(await funds.overridesWaiting(tx)).map((o) => ({
        ...{ ...MONEY, id: o.id, itemTitle: "垫付", title: `${o.source} ${o.document}`, dueOn: today },
        ...{ todo: "批准垫付", waiting: `${o.requestedBy}申请，${formatYuan(o.limitFen)} 元` },
      })),
      ...(await payments.recoveries.waiting(tx)).map((q) => ({
        ...{ ...MONEY, id: q.id, itemTitle: "追缴", title: maskName(q.payee), dueOn: today },
        ...{ todo: `审批${q.kindLabel}`, waiting: `${q.askedBy}提出，${formatYuan(q.amountFen)} 元` },
        link: `/recoveries/${q.recoveryId}`,
      })),
    ],
  },
  {
    // Who drafts or confirms 资金使用公示.
    for: ["township", "county", "leader"],
    rows: async ({ house, tx, today }) => {
      const { toConfirm, toDraft, returned } = await house.funds.publicity.todo(tx);
      const one = { ...MONEY, itemTitle: "资金使用公示", link: "/fund-publicity" };
      return [
        ...toConfirm.map((p) => ({
          ...{ ...one, id: p.id, title: p.title, dueOn: today },
          ...{ todo: "确认公示", waiting: `${p.draftedBy}起草` },
        })),
        ...returned.map((p) => ({
          ...{ ...one, id: p.id, title: p.title, dueOn: today },
          ...{ todo: "公示被退回，改后重新起草", waiting: `${p.by}：${p.why}` },
        })),
        ...toDraft.map((d) => ({
          ...{ ...one, id: derivedId(DUE, `${d.divisionCode}/${d.period}`), title: d.title, dueOn: d.dueOn },
          ...{ todo: "起草公示", waiting: `应于 ${d.dueOn} 前公示` },
        })),
      ];
    },
  },
  {
    // Said by whoever did not make the roster; the page tells who may.
    for: ["county", "auditor"],
    rows: async ({ house, tx, today }) =>
      (await house.payments.rechecks.open(tx)).map((f) => ({
        ...{ ...MONEY, id: f.id, itemTitle: "发放后复查", title: `${f.month} 发放的`, dueOn: today },
        ...{ todo: "给复查下结论", waiting: `${f.findings} 条` },
        link: `/money-report?month=${f.month}#findings-list`,
      })),
  },
  {
    rows: async ({ house, tx, role, today }) =>
      (await house.spotChecks.waiting(tx, role)).map((c) => ({
        ...{ ...MONEY, id: c.checkId, itemTitle: "资金抽查", title: c.title, dueOn: c.rectifyBy ?? today },
        ...{ todo: c.todo, waiting: `${c.count} 户`, link: `/spot-checks/${c.checkId}?state=${c.state}` },
      })),
  },
  {
    // Finance is told ahead; the leader what has lain too long.
    for: ["finance", "leader"],
    rows: async ({ house, tx, role }) =>
      (await house.funds.idle(tx)).rows
        .filter((i) => role === "finance" || i.idleFen > 0)
        .map((i) => ({
          ...{ ...MONEY, id: i.accountId, itemTitle: "滞留资金", title: `${i.source} ${i.document}` },
          todo: role === "leader" ? "督办滞留资金" : "办理滞留资金",
          waiting:
            i.idleFen > 0
              ? `到位 ${i.days} 天，滞留 ${formatYuan(i.idleFen)} 元`
              : `到位 ${i.days} 天，${i.idleOn} 起算滞留，${formatYuan(i.soonFen)} 元`,
          ...{ dueOn: i.idleOn, link: "/funds#idle" },
        })),
  },
];
