/**
 * 一户一条救助链: everything that anybody did for a household or person, whichever desk did it, newest first. Each part
 * is shown to a role that may open its page and to no other: the contract's own doors decide.
 */
import { contract } from "@wuxin/contract";
import { DECISION_LABELS } from "@wuxin/engines/cases";
import { correctionSaid } from "@wuxin/engines/registry";
import { dateInShanghai, formatYuan, lastDay } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";

type Paid = Awaited<ReturnType<House["payments"]["months"]>>;
export interface Of {
  readonly householdId: string | null;
  readonly personIds: readonly string[];
  readonly cases: Awaited<ReturnType<House["cases"]["caseRowsForPerson"]>>;
  readonly benefits: Awaited<ReturnType<House["entitlements"]["forPerson"]>>;
  readonly paid: Paid;
}
export interface ChainEvent {
  readonly at: string;
  readonly kind:
    | "case"
    | "decision"
    | "entitlement"
    | "payment"
    | "check"
    | "alert"
    | "clue"
    | "referral"
    | "visit"
    | "recovery"
    | "list"
    | "need"
    | "measure"
    | "return"
    | "register";
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
}

const sentence = (...parts: (string | null | false | undefined)[]) => parts.filter(Boolean).join("，");

/** May this role open that page? The contract's own doors decide. */
export const opensFor =
  (tx: Tx) =>
  (route: keyof typeof contract): boolean => {
    const { access } = contract[route];
    return Array.isArray(access) && (access as readonly string[]).includes(tx.actor.role);
  };

export async function chainOf(house: House, tx: Tx, of: Of): Promise<ChainEvent[]> {
  const today = house.clock.today();
  const opens = opensFor(tx);
  const persons = [...of.personIds];
  const caseIds = of.cases.map((c) => c.id);
  const title = new Map(of.cases.map((c) => [c.id, c.itemTitle]));
  const events: ChainEvent[] = [];

  for (const c of of.cases)
    events.push({
      ...{ at: c.submittedOn, kind: "case", title: `申请${c.itemTitle}`, link: `/cases/${c.id}` },
      text: `${c.number}，现在：${c.stateLabel}`,
    });
  for (const d of await house.cases.decisionsOf(tx, caseIds))
    events.push({
      ...{ at: d.on, kind: "decision", link: `/cases/${d.caseId}` },
      title: `${title.get(d.caseId) ?? ""}：${DECISION_LABELS[d.kind]}`,
      text: sentence(
        d.amountFen !== null && d.amountFen > 0 && `每月 ${formatYuan(d.amountFen)} 元`,
        d.fromMonth && `${d.fromMonth} 起`,
      ),
    });
  for (const c of await house.registry.corrections(tx, persons))
    if (c.state === "confirmed" && c.decidedAt)
      events.push({
        ...{ at: dateInShanghai(new Date(c.decidedAt)), kind: "decision", title: "更正死亡登记", link: null },
        text: sentence(correctionSaid(c), c.reason),
      });
  for (const b of of.benefits)
    events.push({
      ...{ at: `${b.fromMonth}-01`, kind: "entitlement", title: `开始享受${b.itemTitle}` },
      text: b.endMonth ? `至 ${b.endMonth} 止` : "在享",
      link: `/entitlements/${b.id}`,
    });
  for (const p of of.paid)
    for (const c of p.cells)
      events.push({
        // A month that still runs has no last day to show yet.
        at: lastDay(p.month) < today ? lastDay(p.month) : today,
        ...{ kind: "payment", title: `${p.month} ${c.itemTitle}`, link: null },
        text: `${formatYuan(c.amountFen)} 元，${c.result}`,
      });
  if (opens("getRecovery"))
    for (const r of await house.payments.recoveries.ofEntitlements(
      tx,
      of.benefits.map((b) => b.id),
    ))
      events.push({
        ...{ at: dateInShanghai(new Date(r.openedAt)), kind: "recovery", link: `/recoveries/${r.id}` },
        title: `追缴${r.itemTitle}`,
        text: sentence(
          r.causeLabel,
          `${formatYuan(r.amountFen)} 元`,
          r.stateLabel,
          r.leftFen > 0 && `还有 ${formatYuan(r.leftFen)} 元`,
        ),
      });
  if (opens("getClue"))
    for (const l of await house.clues.listedOf(tx, persons)) {
      events.push({
        ...{ at: l.fromOn, kind: "list", title: `列入${l.class}`, link: null },
        text: l.partner ? `${l.partner}名单，互认` : "部门名单，互认",
      });
      if (l.untilOn)
        events.push({
          ...{ at: l.untilOn, kind: "list", title: `不再列为${l.class}`, text: "", link: null },
        });
    }
  if (opens("getCheck"))
    for (const c of await house.matching.checks.ofCases(tx, caseIds))
      events.push({
        ...{ at: c.madeOn, kind: "check", title: `核对报告 ${c.number}`, link: `/checks/${c.id}` },
        text: c.differences === 0 ? "申报与查得一致" : `${c.differences} 处与申报不同`,
      });
  if (opens("getAlert"))
    for (const a of await house.matching.alertsOf(tx, persons))
      events.push({
        ...{ at: a.raisedOn, kind: "alert", title: `预警：${a.title}`, link: `/alerts?alert=${a.id}` },
        text: sentence(a.feedTitle, a.person, a.judgedOn ? `${a.judgedOn} ${a.stateLabel}` : a.stateLabel),
      });
  if (opens("getClue"))
    for (const c of await house.clues.ofHousehold(tx, of.householdId, persons)) {
      const link = `/clues/${c.id}`;
      events.push({
        ...{ at: c.openedOn, kind: "clue", title: `线索：${c.title}`, link },
        text: sentence(
          c.sourceLabel,
          c.closedOn ? `${c.closedOn} 办结：${c.outcomeLabel}` : `现在：${c.stateLabel}`,
        ),
      });
      if (c.department)
        events.push({
          ...{
            at: c.closedOn ?? c.checkedOn ?? c.openedOn,
            kind: "referral",
            title: `转介${c.department}`,
            link,
          },
          text: c.closedOn
            ? sentence(
                c.helped ? "已帮扶" : "对方答复不符合条件",
                c.helpedFenPerMonth > 0 && `每月 ${formatYuan(c.helpedFenPerMonth)} 元`,
              )
            : "等对方回复",
        });
    }
  if (opens("getMeasures") && of.householdId) {
    const { measures, returns } = await house.clues.measures.ofHousehold(tx, of.householdId);
    for (const m of measures)
      events.push({
        ...{ at: m.inForceOn ?? dateInShanghai(new Date(m.plannedAt)), kind: "measure", link: null },
        title: `${m.department}：${m.kindLabel}`,
        text: sentence(
          m.stateLabel,
          m.amountFen !== null && `${m.each === "month" ? "每月 " : ""}${formatYuan(m.amountFen)} 元`,
          m.closedOn && `${m.closedOn} 止`,
          m.effect,
        ),
      });
    for (const r of returns)
      events.push({
        ...{ at: r.onDate, kind: "return", title: `回访：${r.riskLabel}`, link: null },
        text: sentence(r.by, r.decision && `${r.decision.on} ${r.decision.by}研判${r.decision.label}`),
      });
  }
  if (opens("getEntry") && of.householdId)
    for (const l of await house.registers.ofHousehold(tx, of.householdId))
      events.push({
        ...{
          at: l.on,
          kind: "register",
          title: l.title,
          link: `/registers/${l.register}?entry=${l.entryId}`,
        },
        text: sentence(l.registerTitle, l.state, l.by),
      });
  if (opens("getCard") && of.householdId)
    for (const n of await house.duties.assessed(tx, of.householdId))
      events.push({
        at: dateInShanghai(new Date(n.at)),
        kind: "need",
        title: n.group,
        text: n.text,
        link: null,
      });
  if (opens("getVisit")) {
    const subjects = [...persons, ...(of.householdId ? [of.householdId] : [])];
    for (const v of await house.duties.ofHousehold(tx, subjects, persons))
      events.push({
        ...{ at: v.onDate, kind: "visit", title: "走访", link: `/visits/${v.id}` },
        text: sentence(v.by, v.answered.join("、")),
      });
  }
  return events.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
