/** What of the county's money waits for somebody: 付款单, 垫付, money that lies, what a look after the payment found. */
import { derivedId, formatYuan, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";

/** A period that is due has no row of its own yet: its name in this space is its id. */
const DUE = "4d9a5f10-62c1-4c0e-9a55-0e8f4b7a51c2";
/** Who drafts or confirms 资金使用公示. */
const PUBLISHES = new Set(["township", "county", "leader"]);

export async function moneyTodo(house: House, tx: Tx, role: string) {
  const { funds, payments, spotChecks, clock } = house;
  const row = { kind: "roster" as const, divisionName: "", clock: null, link: "/funds" };
  const today = clock.today();
  const confirms =
    role === "leader"
      ? [
          ...(await funds.outlaysWaiting(tx)).map((o) => ({
            ...{ ...row, id: o.id, itemTitle: "付款单", title: `${o.payee}：${o.purpose}`, dueOn: today },
            todo: o.reverses ? "确认冲正付款单" : "确认付款单",
            waiting: `${o.askedBy}登记，${formatYuan(o.amountFen)} 元`,
            link: "/funds#outlays",
          })),
          ...(await funds.overridesWaiting(tx)).map((o) => ({
            ...{ ...row, id: o.id, itemTitle: "垫付", title: `${o.source} ${o.document}`, dueOn: today },
            ...{ todo: "批准垫付", waiting: `${o.requestedBy}申请，${formatYuan(o.limitFen)} 元` },
          })),
          ...(await payments.recoveries.waiting(tx)).map((q) => ({
            ...{ ...row, id: q.id, itemTitle: "追缴", title: maskName(q.payee), dueOn: today },
            ...{ todo: `审批${q.kindLabel}`, waiting: `${q.askedBy}提出，${formatYuan(q.amountFen)} 元` },
            link: `/recoveries/${q.recoveryId}`,
          })),
        ]
      : [];
  const drawn = (await spotChecks.waiting(tx, role)).map((c) => ({
    ...{ ...row, id: c.checkId, itemTitle: "资金抽查", title: c.title, dueOn: c.rectifyBy ?? today },
    ...{ todo: c.todo, waiting: `${c.count} 户`, link: `/spot-checks/${c.checkId}?state=${c.state}` },
  }));
  // Finance is told ahead; the leader what has lain too long.
  const idle = role === "finance" || role === "leader" ? (await funds.idle(tx)).rows : [];
  // Said by whoever did not make the roster; the page tells who may.
  const findings =
    role === "county" || role === "auditor"
      ? (await payments.rechecks.open(tx)).map((f) => ({
          ...{ ...row, id: f.id, itemTitle: "发放后复查", title: `${f.month} 发放的`, dueOn: today },
          ...{
            todo: "给复查下结论",
            waiting: `${f.findings} 条`,
            link: `/money-report?month=${f.month}#findings-list`,
          },
        }))
      : [];
  const objections =
    role === "county"
      ? (await payments.objections.waiting(tx)).map((o) => ({
          ...{ ...row, id: o.id, itemTitle: "公示异议" },
          title: o.rosterTitle ? `${o.rosterTitle} · ${o.itemTitle}` : o.itemTitle,
          ...{ todo: "核查并答复异议", waiting: `${o.receivedOn} ${o.viaLabel}`, dueOn: o.dueOn },
          link: o.rosterId ? `/rosters/${o.rosterId}#objections` : "/fund-publicity#objections",
        }))
      : [];
  const use = PUBLISHES.has(role) ? await usePublicity(house, tx, row) : [];
  return [
    ...objections,
    ...confirms,
    ...use,
    ...findings,
    ...drawn,
    ...idle
      .filter((i) => role === "finance" || i.idleFen > 0)
      .map((i) => ({
        ...{
          ...row,
          id: i.accountId,
          itemTitle: "滞留资金",
          title: `${i.source} ${i.document}`,
          dueOn: i.idleOn,
        },
        todo: role === "leader" ? "督办滞留资金" : "办理滞留资金",
        waiting:
          i.idleFen > 0
            ? `到位 ${i.days} 天，滞留 ${formatYuan(i.idleFen)} 元`
            : `到位 ${i.days} 天，${i.idleOn} 起算滞留，${formatYuan(i.soonFen)} 元`,
        link: "/funds#idle",
      })),
  ];
}

/** 资金使用公示 that is to be confirmed, drafted, or was sent back. */
async function usePublicity<R extends object>(house: House, tx: Tx, row: R) {
  const { toConfirm, toDraft, returned } = await house.funds.publicity.todo(tx);
  const today = house.clock.today();
  const one = { ...row, itemTitle: "资金使用公示", link: "/fund-publicity" };
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
}
