/** What the use cases of rosters share: the page, the head, flags and holds of a draft. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { refreshDigest } from "./digest.ts";
import type { Files } from "./files.ts";
import * as flags from "./flag-store.ts";
import { notFound } from "./guards.ts";
import * as lines from "./lines.ts";
import { type RosterKind, rosterNumber, rosterTitle, ruleBetween } from "./model.ts";
import * as papers from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import type { Returns } from "./returns.ts";
import type { Conflict } from "./slots.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";
import { itemTitle, rosterPage } from "./views.ts";

export type Desk = ReturnType<typeof createDesk>;

export function createDesk(
  deps: PaymentsDeps,
  { lastReturn, makings }: Pick<Returns, "lastReturn"> & Pick<Files, "makings">,
) {
  const { clock, audit } = deps;
  const maxima = Object.fromEntries(
    [...deps.catalogue.items].flatMap(([code, i]) =>
      i.entitlement.plausibleMaxFen === undefined ? [] : [[code, i.entitlement.plausibleMaxFen]],
    ),
  );
  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "roster", objectId, detail });
  const tiers = Object.fromEntries(
    [...deps.catalogue.items].flatMap(([code, i]) =>
      i.entitlement.tiers ? [[code, i.entitlement.tiers]] : [],
    ),
  );
  const judging = (
    tx: Tx,
    roster: { readonly id: string; readonly month: Month },
    lineIds: readonly string[] | null,
  ): flags.Judging => ({
    ...{ rosterId: roster.id, lineIds, maxima, tiers, today: clock.today() },
    rules: deps.redFlags(tx.actor.countyCode, roster.month),
  });

  async function get(tx: Tx, id: string): Promise<store.RosterRecord> {
    const roster = await store.findRoster(tx, id);
    if (!roster) throw notFound();
    return roster;
  }

  async function view(tx: Tx, id: string) {
    const roster = await get(tx, id);
    return rosterPage(deps, tx.actor, roster, {
      byItem: await sums.byItem(tx, id),
      byChange: await sums.byChange(tx, id),
      flagCounts: await flags.flagCounts(tx, id),
      signatures: await papers.signaturesOf(tx, id),
      bankFiles: await papers.bankFilesOf(tx, id),
      returns: await papers.returnsOf(tx, id),
      lastReturn: await lastReturn(tx, id),
      makings: await makings(tx, id),
      paidEventsFen: await sums.paidEventsFen(tx, id),
      openBlocks: await flags.openBlocks(tx, id),
      toReissue: await sums.toReissue(tx, id),
      reissues: await store.reissuesOf(tx, [id]),
    });
  }

  /** Sums and content digest of a draft, after these lines changed; null: all. */
  async function settleHead(tx: Tx, id: string, lineIds: readonly string[] | null): Promise<void> {
    await sums.refreshHead(tx, id);
    await refreshDigest(tx, id, lineIds);
  }

  async function insertHead(
    tx: Tx,
    r: {
      id: string;
      month: Month;
      kind: RosterKind;
      parentId: string | null;
      previous: store.RosterRecord | undefined;
    },
  ): Promise<void> {
    await store.lockMonth(tx, r.month);
    const nth = (await store.countOfMonth(tx, r.month)) + 1;
    await store.insertRoster(tx, {
      id: r.id,
      month: r.month,
      kind: r.kind,
      number: rosterNumber(r.month, nth),
      title: rosterTitle(r.month, r.kind),
      parentId: r.parentId,
      previousId: r.previous?.id ?? null,
      previousTotalFen: r.previous?.totalFen ?? null,
      at: clock.now(),
    });
  }

  /** Flags of all lines of a draft, and what follows from them. */
  async function judge(tx: Tx, rosterId: string, at: Date): Promise<void> {
    await flags.raiseFlags(tx, judging(tx, await get(tx, rosterId), null), at);
    await holdFlagged(tx, rosterId, at);
    await settleHead(tx, rosterId, null);
  }

  /** Lines of a draft with an open blocking flag are held; gives which. */
  async function holdFlagged(tx: Tx, rosterId: string, at: Date): Promise<readonly string[]> {
    const held = await lines.holdBlocked(tx, rosterId);
    if (held.length > 0)
      await papers.recordEvents(tx, rosterId, { lineIds: held }, { kind: "held", detail: "", at });
    return held;
  }

  function doubleReason(tx: Tx, c: Conflict): string {
    const rule =
      c.article === null
        ? ruleBetween(deps.exclusions(tx.actor.countyCode, c.month), c.item, c.otherItem ?? "")
        : { slot: c.group, article: c.article };
    const why = rule ? `；${rule.slot.replace("×", "与")}不能同时领取（${rule.article}）` : "";
    if (c.otherLineId === null)
      return `${c.person} 当月的“${c.group}”类待遇已在其他县（市、区）列入发放，请与对方核实${why}`;
    const where = deps.divisionName(tx.actor.countyCode, c.otherDivision ?? "");
    return `${c.person} 当月已在名册 ${c.otherRoster} 由“${itemTitle(deps, c.otherItem ?? "")}”（${where}，领款人 ${c.otherPayee}）列入发放${why}`;
  }

  return { note, judging, get, view, settleHead, insertHead, judge, holdFlagged, doubleReason };
}
