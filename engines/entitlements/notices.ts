/**
 * 告知: an amount that no decision of a case gave (of a run, of a change, of households divided or put together) is told to the
 * household. The paper is made when an officer asks for it, once an amount; of a run once a household, a township's page at a
 * time.
 */
import type { DocumentTemplate } from "@wuxin/declare";
import {
  addMonths,
  DomainError,
  dateInShanghai,
  derivedId,
  formatDateChinese,
  formatMonthChinese,
  formatYuan,
  monthOf,
  upperYuan,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Explanation } from "../cases/index.ts";
import type { Documents, PrintedDocument } from "../documents/index.ts";
import type { Common } from "./common.ts";
import type { EntitlementsDeps } from "./ports.ts";
import { households } from "./reprice-store.ts";
import * as store from "./store.ts";

/** What the papers are made with. */
export interface NoticePapers {
  readonly issue: Documents["issue"];
  templates(item: string): readonly DocumentTemplate[];
  /** How to object, as this county says it; and who signs. */
  county(code: string): { readonly bureauName: string; readonly remedies: { readonly text: string } };
}

const SENDERS: ReadonlySet<string> = new Set(["township", "county"]);
const WORDS: ReadonlySet<string> = new Set(
  "applicant itemTitle amount amountUpper before persons fromMonth reasons backpay explanation remedy issuer date".split(
    " ",
  ),
);

/**
 * What one paper tells: the amount, or, of a run, all that it changed for the household – from which month, what it was before,
 * how it went on. The number of the last amount stands for the paper.
 */
export function toldBy(amounts: readonly store.AmountRecord[], seq: number) {
  const asked = amounts.find((x) => x.seq === seq);
  if (!asked) return undefined;
  const rows =
    asked.repriceId === null
      ? [asked]
      : amounts
          .filter((x) => x.repriceId === asked.repriceId)
          .sort((x, y) => (x.fromMonth < y.fromMonth ? -1 : 1));
  const [first = asked, last = asked] = [rows[0], rows.at(-1)];
  const before = amounts
    .filter((x) => x.seq < first.seq && x.fromMonth <= first.fromMonth && !rows.includes(x))
    .reduce<store.AmountRecord | undefined>(
      (a, x) => (a === undefined || x.fromMonth >= a.fromMonth ? x : a),
      undefined,
    );
  return { rows, first, last, beforeFen: before?.amountFen ?? 0 };
}

/** Past months, in words: how the amount went on within a run, and that the difference comes by itself. */
function backpayWords({ rows, last, beforeFen }: NonNullable<ReturnType<typeof toldBy>>): string[] {
  const steps = rows
    .map((r, i) => {
      const next = rows[i + 1];
      const until = next ? `至${formatMonthChinese(addMonths(next.fromMonth, -1))}` : "起";
      return `${formatMonthChinese(r.fromMonth)}${until}每月 ${formatYuan(r.amountFen)} 元`;
    })
    .join("，");
  const late = rows.some(
    (r) => r.fromMonth <= monthOf(dateInShanghai(new Date(r.recordedAt))) && r.amountFen > beforeFen,
  );
  return [
    ...(rows.length > 1 ? [`各月分别是：${steps}。`] : []),
    ...(late && last.repriceId !== null
      ? ["已经发过的月份少发的差额，随下一次名册补发到同一账户，每个月只补一次。"]
      : []),
  ];
}

/** The template of an amount of this item, or none: a decision has told it already, or the item declares no such paper. */
export function templateOf(
  deps: Pick<EntitlementsDeps, "notices" | "catalogue">,
  e: Pick<store.EntitlementRecord, "item" | "endKind">,
  a: Pick<store.AmountRecord, "decisionId" | "amountFen" | "basisId">,
): DocumentTemplate | undefined {
  const declared = deps.catalogue.items.get(e.item)?.entitlement.notices;
  if (!deps.notices || !declared || a.decisionId !== null) return undefined;
  const code =
    a.basisId !== null
      ? declared.changed
      : a.amountFen === 0 && e.endKind === "merged"
        ? declared.merged
        : undefined;
  return code === undefined ? undefined : deps.notices.templates(e.item).find((d) => d.code === code);
}

/** @throws DomainError("bad-declaration") naming what is declared and cannot be printed */
export function checkNotices({ notices, catalogue }: Pick<EntitlementsDeps, "notices" | "catalogue">): void {
  if (!notices) return;
  for (const [code, item] of catalogue.items)
    for (const name of Object.values(item.entitlement.notices ?? {})) {
      const template = notices.templates(code).find((d) => d.code === name);
      const holes = (template?.body ?? []).flatMap((line) =>
        [...line.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((m) => m[1] ?? ""),
      );
      const unknown = holes.filter((w) => !WORDS.has(w));
      if (template && unknown.length === 0) continue;
      throw new DomainError(
        "bad-declaration",
        template
          ? `事项「${item.title}」的变动通知书「${template.title}」里没有 {{${unknown.join("}}、{{")}}} 可填。可用：${[...WORDS].join("、")}。`
          : `事项「${item.title}」声明的变动通知书「${name}」不在它的文书里，请在 documents 里补上。`,
      );
    }
}

export function createNotices(
  deps: EntitlementsDeps,
  common: Common,
  explain: (tx: Tx, entitlementId: string, seq: number) => Promise<Explanation | null>,
) {
  checkNotices(deps);
  /** Asked for again it is the same paper. Errors: forbidden, not-found, action-not-allowed. */
  async function issue(tx: Tx, entitlementId: string, seq: number): Promise<PrintedDocument> {
    if (!SENDERS.has(tx.actor.role) || tx.actor.accountId === null)
      throw new DomainError("forbidden", "通知书由乡镇（街道）或县级经办出具。");
    const e = await common.get(tx, entitlementId);
    const what = toldBy(await store.amountsOf(tx, entitlementId), seq);
    if (!what) throw new DomainError("not-found", "没有找到这个金额，请刷新页面。");
    const { first, last: a } = what;
    // A run may leave its last months as they were (渐退): the paper tells what it changed.
    const changed = what.rows.findLast((r) => r.basisId !== null) ?? a;
    const template = templateOf(deps, e, changed);
    if (!template || !deps.notices)
      throw new DomainError(
        "action-not-allowed",
        "这个金额随办件的决定告知，或这个事项没有变动通知书；请到办件里看文书。",
      );
    const { title } = common.itemOf(e.item);
    const county = deps.notices.county(tx.actor.countyCode);
    const told = changed.basisId === null ? null : await explain(tx, entitlementId, changed.seq);
    const highlights = told?.highlights.map((h) => `${h.label} ${h.text}`) ?? [];
    const payee = (await store.coverageOf(tx, e.id)).find((c) => c.personId === e.payeeId)?.name ?? "";
    const paper = await deps.notices.issue(tx, {
      ...{ id: derivedId(e.id, `notice:${a.seq}`), template, addressee: payee },
      ...{ caseId: e.caseId, divisionCode: e.divisionCode, applicantId: e.payeeId },
      values: {
        ...{ applicant: payee, itemTitle: title, persons: String(a.persons), reasons: a.reason },
        ...{ amount: formatYuan(a.amountFen), amountUpper: upperYuan(a.amountFen) },
        fromMonth: formatMonthChinese(first.fromMonth),
        before: what.beforeFen > 0 ? `原来每月 ${formatYuan(what.beforeFen)} 元，` : "",
        backpay: backpayWords(what),
        explanation: told
          ? `${told.conclusion}${highlights.length > 0 ? `其中：${highlights.join("；")}。` : ""}`
          : "（无）",
        ...{ remedy: county.remedies.text, issuer: county.bureauName },
        date: formatDateChinese(deps.clock.today()),
      },
    });
    await store.addNotice(tx, {
      ...{ entitlementId: e.id, seq: a.seq, documentId: paper.id, number: paper.number },
      ...{ repriceId: a.repriceId, divisionCode: e.divisionCode, issuedOn: paper.issuedOn },
    });
    return paper;
  }

  /** Of a township's page of a run: each household's paper, to be printed together. Whoever has one gets the same. */
  async function issueOfRun(tx: Tx, runId: string, q: { division: string; page: number; size: number }) {
    const { rows, total } = await households(tx, { ...q, id: runId, kind: "raised" });
    const papers: PrintedDocument[] = [];
    for (const h of rows) {
      const hasPaper = deps.catalogue.items.get(h.item)?.entitlement.notices !== undefined;
      if (h.seq !== null && hasPaper) papers.push(await issue(tx, h.entitlementId, h.seq));
    }
    return { papers, total };
  }
  return { issue, issueOfRun };
}
