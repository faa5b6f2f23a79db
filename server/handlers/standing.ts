/**
 * Where a household stands: its tier (层级), its level of warning with its history, and each aid with the reason for which it
 * is drawn, missed or was refused. What a role may not open is not told.
 */
import type { contract } from "@wuxin/contract";
import { LISTED_TIER_RANK } from "@wuxin/declare";
import { levelsOf } from "@wuxin/engines/matching";
import { monthOf } from "@wuxin/kernel";
import { asHouse, type Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import { foundOf, isDrawn, judgeAndKeep } from "../judgements.ts";
import type { Of as Chained } from "./chain.ts";

type Of = Chained & { readonly householdId: string };

const JUDGED = ["yes", "unsure", "no"];
const HOW = { yes: "missed", unsure: "unsure", no: "refused" } as const;

export async function standingOf(
  house: House,
  tx: Tx,
  of: Of,
  opens: (route: keyof typeof contract) => boolean,
) {
  const month = monthOf(house.clock.today());
  const drawn = of.benefits.filter(isDrawn(month));
  const decided = opens("getCase")
    ? await house.cases.decisionsOf(
        tx,
        of.cases.map((c) => c.id),
      )
    : [];

  const recognises = (item: string) => house.catalogue.items.get(item)?.entitlement.recognition === true;
  const tiers = drawn.flatMap((b) => {
    const tier = house.catalogue.items.get(b.item)?.tier;
    // The basis is the case that decided it.
    const link = b.caseId && opens("getCase") ? `/cases/${b.caseId}` : `/entitlements/${b.id}`;
    const because = recognises(b.item) ? b.itemTitle : `在享${b.itemTitle}`;
    return tier ? [{ ...tier, since: b.fromMonth, because, link }] : [];
  });
  if (opens("getClue"))
    for (const l of await house.clues.listedOf(tx, of.personIds))
      if (l.untilOn === null)
        tiers.push({
          ...{ title: l.class, rank: LISTED_TIER_RANK, since: monthOf(l.fromOn), link: "" },
          because: l.partner ? `${l.partner}名单互认` : "部门名单互认",
        });
  const tier = tiers.sort((a, b) => a.rank - b.rank || (a.since < b.since ? -1 : 1))[0];

  const levels = opens("getAlert") ? levelsOf(await house.matching.alertsOf(tx, of.personIds)) : [];
  const level = levels
    .map((s) => ({
      ...s,
      label: house.counties.levelName(tx.actor.countyCode, s.level),
      because: [...s.because],
    }))
    .reverse();

  const latest = new Map(decided.map((d) => [d.caseId, d]));
  const reasonOf = (d: (typeof decided)[number] | undefined) =>
    d
      ? [d.conclusion.replace(/。$/, ""), ...d.highlights.map((h) => `${h.label} ${h.text}`)]
          .filter(Boolean)
          .join("；")
      : "";
  const caseOf = new Map(of.cases.map((c) => [c.id, c]));
  const aids = drawn.map((b) => ({
    ...{ title: b.itemTitle, how: recognises(b.item) ? ("recognised" as const) : ("drawn" as const) },
    ...{ link: `/entitlements/${b.id}`, since: b.fromMonth },
    amountFen: recognises(b.item) ? null : b.amountFen,
    reason: reasonOf(b.caseId ? latest.get(b.caseId) : undefined),
  }));
  // Whoever may not open a case is not told what the facts of the household say. It is kept, so it is judged as the house sees it.
  const judged = opens("assessCase") ? await asHouse(tx, () => judgeAndKeep(house, tx, of.householdId)) : [];
  const missed = opens("listFound") ? await foundOf(house, tx, of.personIds) : [];
  const refused = [...latest.values()].filter((d) => d.kind === "refuse");
  const refusedItems = new Set(refused.map((d) => caseOf.get(d.caseId)?.item));
  return {
    tier: tier
      ? { title: tier.title, since: tier.since, because: tier.because, link: tier.link || null }
      : null,
    level,
    aids: [
      ...aids,
      ...missed.map((f) => ({
        ...{ title: f.benefits.join("、") || "救助", how: "missed" as const, link: `/clues/${f.id}` },
        ...{ amountFen: null, since: f.foundOn },
        reason: `${f.reasons.map((r) => r.reason).join("")}（${f.howLabel}）`,
      })),
      ...refused.map((d) => ({
        ...{ title: caseOf.get(d.caseId)?.itemTitle ?? "", how: "refused" as const },
        ...{ link: `/cases/${d.caseId}`, amountFen: null, since: d.on, reason: reasonOf(d) },
      })),
      ...judged
        // A decision that refused it has said so; that the facts have changed since is said beside it.
        .filter((j) => j.state === "yes" || !refusedItems.has(j.item))
        .sort((a, b) => JUDGED.indexOf(a.state) - JUDGED.indexOf(b.state))
        .map((j) => ({
          ...{ title: j.title, how: HOW[j.state], link: "", amountFen: null, since: "" },
          reason: j.state === "yes" ? `${j.reason}按登记的事实判断，还没有申请。` : j.reason,
        })),
    ],
    // Decided by rules that are no item yet: said where to go, neither judged nor counted.
    elsewhere: [...house.catalogue.benefits.values()].map((b) => ({
      title: b.title,
      what: b.guide.what,
      where: b.guide.decidedBy,
    })),
  };
}
