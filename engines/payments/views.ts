/** Records → the shapes that the contract promises. */
import { type IsoDate, maskAccount } from "@wuxin/kernel";
import type { Actor, Vault } from "@wuxin/platform";
import type { Files } from "./files.ts";
import type { FlagRecord } from "./flag-store.ts";
import type { LineRecord } from "./lines.ts";
import {
  CHANGES,
  type Change,
  LINE_STATES,
  MAKER_RELEASES_NOTHING,
  mayDiscard,
  openOf,
  ROSTER_STATES,
  reconcile,
  type Signature,
  STEPS,
  whyNotSign,
} from "./model.ts";
import type { BankFileRecord, ReturnRecord } from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import type { Returns } from "./returns.ts";
import type { FailureRecord } from "./settled.ts";
import type { ReissueHead, RosterRecord } from "./store.ts";

type Deps = Pick<PaymentsDeps, "catalogue" | "divisionName" | "vault" | "layouts" | "redFlags">;

export const itemTitle = (deps: Pick<Deps, "catalogue">, item: string): string =>
  deps.catalogue.items.get(item)?.shortTitle ?? item;

export function rosterRow(r: RosterRecord, reissues: readonly ReissueHead[] = []) {
  return {
    id: r.id,
    number: r.number,
    month: r.month,
    kind: r.kind,
    title: r.title,
    state: r.state,
    stateLabel: ROSTER_STATES[r.state],
    lines: r.lines,
    persons: r.persons,
    totalFen: r.totalFen,
    held: r.held,
    paid: r.paid,
    failed: r.failed,
    unknown: r.unknown,
    open: openOf(
      r,
      reissues.filter((c) => c.parentId === r.id),
    ),
  };
}

/** The order in which an officer looks at them. */
const CHANGE_ORDER: readonly Change[] = [
  "new",
  "changed",
  "stopped",
  "backpay",
  "recovery",
  "reissue",
  "same",
];

export interface PageParts {
  readonly byItem: readonly { item: string; lines: number; persons: number; totalFen: number }[];
  readonly byChange: readonly { change: Change; count: number; amountFen: number }[];
  readonly flagCounts: readonly { rule: string; severity: "block" | "warn"; count: number; open: number }[];
  readonly signatures: readonly Signature[];
  readonly bankFiles: readonly BankFileRecord[];
  readonly returns: readonly ReturnRecord[];
  /** Bank files on their way, or stopped. */
  readonly makings: Awaited<ReturnType<Files["makings"]>>;
  /** A return on its way, or refused. */
  readonly lastReturn: Awaited<ReturnType<Returns["lastReturn"]>>;
  readonly paidEventsFen: number;
  readonly openBlocks: number;
  /** Lines that a reissue would take. */
  readonly toReissue: number;
  /** Of this roster, not discarded. */
  readonly reissues: readonly ReissueHead[];
}

/** Whether this person may let a held line of the roster go; why not, for who could but for this. */
export function releaseOf(actor: Actor, r: Pick<RosterRecord, "state" | "generatedBy">) {
  const open = r.state === "draft" || r.state === "sent" || r.state === "closed";
  const money = actor.scope === actor.countyCode && actor.accountId !== null;
  const could = open && money && (actor.role === "county" || actor.role === "leader");
  const maker = r.generatedBy === actor.accountId;
  return { release: could && !maker, whyNotRelease: could && maker ? MAKER_RELEASES_NOTHING : null };
}

export function rosterPage(deps: Deps, actor: Actor, r: RosterRecord, p: PageParts) {
  const money = actor.scope === actor.countyCode && actor.accountId !== null;
  const may = (...roles: string[]) => money && roles.includes(actor.role);
  const sent = r.state === "sent" || r.state === "closed";
  const mayRelease = releaseOf(actor, r);
  return {
    ...rosterRow(r, p.reissues),
    digest: r.digest,
    byItem: p.byItem.map((x) => ({ ...x, itemTitle: itemTitle(deps, x.item) })),
    changes: CHANGE_ORDER.flatMap((change) => {
      const x = p.byChange.find((c) => c.change === change);
      return x ? [{ change, label: CHANGES[change], count: x.count, amountFen: x.amountFen }] : [];
    }),
    previousTotalFen: r.previousTotalFen,
    flags: deps.redFlags(actor.countyCode, r.month).flatMap((rule) => {
      const x = p.flagCounts.find((c) => c.rule === rule.rule);
      return x
        ? [{ rule: rule.rule, label: rule.label, severity: x.severity, count: x.count, open: x.open }]
        : [];
    }),
    signatures: STEPS.map((rule) => {
      const signed = p.signatures.find((s) => s.step === rule.step);
      const refusal = whyNotSign(r, rule, p.signatures, actor, p.openBlocks);
      return {
        step: rule.step,
        label: rule.label,
        by: signed?.name ?? null,
        at: signed?.at ?? null,
        canSign: refusal === null && money,
        why: signed ? null : (refusal?.message ?? null),
      };
    }),
    layouts: deps.layouts(actor.countyCode).map((l) => ({
      ...{ code: l.code, name: l.name },
      made: p.bankFiles.some((f) => f.format === l.code),
    })),
    bankFiles: p.bankFiles.map(({ id, format, lines, totalFen, digest, createdAt, by }) => ({
      id,
      format,
      formatName: deps.layouts(actor.countyCode).find((l) => l.code === format)?.name ?? format,
      lines,
      totalFen,
      digest,
      createdAt,
      by,
    })),
    fileMakings: [...p.makings],
    returns: [...p.returns],
    lastReturn: p.lastReturn,
    reconciliation: reconcile({
      rosterFen: r.totalFen,
      paidEventsFen: p.paidEventsFen,
      paidFen: r.paidFen,
      failedFen: r.failedFen,
      pendingFen: r.pendingFen,
      heldFen: r.heldFen,
      includedFen: r.includedFen,
      bankFilesFen: p.bankFiles.map((f) => f.totalFen),
    }),
    can: {
      hold: r.state === "draft" && may("county"),
      release: mayRelease.release,
      discard: mayDiscard(r.state) && may("county"),
      exportFile: (r.state === "approved" || sent) && p.openBlocks === 0 && may("county", "finance"),
      loadReturn: sent && may("county", "finance"),
      reissue: sent && p.toReissue > 0 && may("county"),
    },
    whyNotRelease: mayRelease.whyNotRelease,
  };
}

export function rosterLine(deps: Deps, countyCode: string, l: LineRecord, flags: readonly FlagRecord[]) {
  const labels = new Map(deps.redFlags(countyCode, l.month).map((r) => [r.rule, r.label]));
  return {
    id: l.id,
    seq: l.seq,
    item: l.item,
    itemTitle: itemTitle(deps, l.item),
    payee: l.payeeName,
    payeeId: l.payeeId,
    persons: l.persons,
    divisionName: deps.divisionName(countyCode, l.divisionCode),
    month: l.month,
    change: l.change,
    amountFen: l.amountFen,
    previousFen: l.previousFen,
    accountMasked: masked(deps.vault, l.accountSealed),
    holderName: l.holderName ?? "",
    state: l.state,
    stateLabel: l.state === "ready" && !l.included ? "已放行，待补发" : LINE_STATES[l.state],
    failReason: l.failReason || null,
    holdReason: l.holdReason,
    flags: flags
      .filter((f) => f.lineId === l.id)
      .map((f) => ({
        rule: f.rule,
        label: labels.get(f.rule) ?? f.rule,
        severity: f.severity,
        reason: f.reason,
        answer: f.answer,
      })),
    entitlementId: l.entitlementId,
  };
}

export const masked = (vault: Vault, sealed: Uint8Array | null): string =>
  sealed === null ? "" : maskAccount(vault.open(sealed));

export function failure(deps: Deps, countyCode: string, f: FailureRecord) {
  return {
    lineId: f.lineId,
    rosterId: f.rosterId,
    month: f.month,
    itemTitle: itemTitle(deps, f.item),
    payee: f.payee,
    payeeId: f.payeeId,
    divisionName: deps.divisionName(countyCode, f.divisionCode),
    amountFen: f.amountFen,
    reason: f.reason,
    accountMasked: masked(deps.vault, f.accountSealed),
    accountChangedSince: f.accountChangedSince,
    reissued: f.reissued,
    failedOn: f.failedOn as IsoDate,
  };
}
