/**
 * Where a household stands: its tier (层级), its level of warning with its history, and each aid with the reason for which it
 * is drawn, missed or was refused. What a role may not open is not told.
 */
import type { contract } from "@wuxin/contract";
import { levelsOf } from "@wuxin/engines/matching";
import { monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Of } from "./chain.ts";

/** A tier by a list comes after every tier by a benefit. */
const BY_LIST = 90;

export async function standingOf(
  house: House,
  tx: Tx,
  of: Of,
  opens: (route: keyof typeof contract) => boolean,
) {
  const month = monthOf(house.clock.today());
  const drawn = of.benefits.filter(
    (b) => b.fromMonth <= month && (b.endMonth === null || b.endMonth > month),
  );
  const decided = opens("getCase")
    ? await house.cases.decisionsOf(
        tx,
        of.cases.map((c) => c.id),
      )
    : [];

  const tiers = drawn.flatMap((b) => {
    const tier = house.catalogue.items.get(b.item)?.tier;
    const link = `/entitlements/${b.id}`;
    return tier ? [{ ...tier, since: b.fromMonth, because: `在享${b.itemTitle}`, link }] : [];
  });
  if (opens("getClue"))
    for (const l of await house.clues.listedOf(tx, of.personIds))
      if (l.untilOn === null)
        tiers.push({
          ...{ title: l.class, rank: BY_LIST, since: monthOf(l.fromOn), link: "" },
          because: l.partner ? `${l.partner}名单互认` : "部门名单互认",
        });
  const tier = tiers.sort((a, b) => a.rank - b.rank || (a.since < b.since ? -1 : 1))[0];

  const levels = opens("getAlert") ? levelsOf(await house.matching.alertsOf(tx, of.personIds)) : [];
  const { levels: named } = house.counties.get(tx.actor.countyCode).monitoring;
  const level = levels
    .map((s) => ({ ...s, label: named[s.level - 1]?.label ?? `${s.level} 级`, because: [...s.because] }))
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
    ...{ title: b.itemTitle, how: "drawn" as const, link: `/entitlements/${b.id}` },
    ...{ amountFen: b.amountFen, since: b.fromMonth },
    reason: reasonOf(b.caseId ? latest.get(b.caseId) : undefined),
  }));
  const missed = opens("listFound")
    ? (await house.clues.found(tx, { persons: of.personIds, size: 50 })).rows.filter(
        (f) => f.state !== "closed",
      )
    : [];
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
      ...[...latest.values()]
        .filter((d) => d.kind === "refuse")
        .map((d) => ({
          ...{ title: caseOf.get(d.caseId)?.itemTitle ?? "", how: "refused" as const },
          ...{ link: `/cases/${d.caseId}`, amountFen: null, since: d.on, reason: reasonOf(d) },
        })),
    ],
  };
}
