/**
 * Once a month the rules of items that find people are asked of the registry: whoever they hold for and who neither draws
 * nor has asked becomes a clue, like one whom a list found, but with no list and no alert behind it. Found once, never again.
 */
import { derivedId, formatYuan, monthOf } from "@wuxin/kernel";
import { enqueue, type JobHandler, type Tx } from "@wuxin/platform";
import { REGISTRY } from "./model.ts";
import type { AlertRaised, CluesDeps, Entitled } from "./ports.ts";

const FIND_JOB = "clues.find";
const PIECE = 100;
/** A month of a county is one job, whoever asks for it. */
const NAMESPACE = "6d7a3f52-90c1-4a52-8a0e-5a5b1d4f2c17";

export function createFinding(deps: CluesDeps, onAlert: (tx: Tx, a: AlertRaised) => Promise<void>) {
  const { clock } = deps;

  const asAlert = (tx: Tx, e: Entitled): AlertRaised => ({
    alertId: derivedId(e.personId, `entitled ${e.benefit}`),
    ...{ countyCode: tx.actor.countyCode, feed: REGISTRY, feedTitle: "规则主动发现" },
    ...{ rule: e.benefit, ruleVersion: e.month },
    level: Number(deps.choice(tx.actor.countyCode, "alertLevel.missed", clock.today()) ?? 3),
    ...{ personId: e.personId, householdId: null, divisionCode: tx.actor.countyCode },
    title: `到了能享受${deps.benefitTitle(e.benefit)}的时候，还没有享受`,
    reason: `按登记的信息，${e.month} 符合「${deps.benefitTitle(e.benefit)}」的条件${
      e.amountFen === null ? "，有几项要问过本人才能确定" : `，预计每月 ${formatYuan(e.amountFen)} 元`
    }；现在没有享受，也没有在办的申请。`,
    evidence: [
      { label: "出生日期", value: `${e.birthDate}，${e.month} 满 ${e.age} 岁` },
      { label: "数据", value: "本系统登记的人员信息和在享待遇" },
    ],
    ...{ proposes: "help", occurredOn: clock.today(), bring: e.bring },
  });

  const enqueueFinding = (tx: Tx) => {
    const month = monthOf(clock.today());
    return enqueue(tx, FIND_JOB, { month }, { id: derivedId(NAMESPACE, `${tx.actor.countyCode} ${month}`) });
  };
  /** A hundred people a piece; killed, it goes on with who is missing. */
  const job: JobHandler = async ({ actor, db, step }) => {
    const found = await db.transact(actor, (tx) => deps.entitledByRules(tx));
    for (let from = 0; from < found.length; from += PIECE)
      await step(async (tx) => {
        for (const e of found.slice(from, from + PIECE)) await onAlert(tx, asAlert(tx, e));
        return { done: Math.min(found.length, from + PIECE), total: found.length };
      });
    return { found: found.length };
  };
  return { enqueueFinding, jobs: { [FIND_JOB]: job } };
}
