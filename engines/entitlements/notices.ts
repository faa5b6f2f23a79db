/**
 * 告知: an amount that no decision of a case gave (of a run, of a change, of households divided or put together) is told to the
 * household. The paper is made when an officer asks for it, once an amount; a run of many thousands is told by a list.
 */
import type { DocumentTemplate } from "@wuxin/declare";
import {
  DomainError,
  derivedId,
  formatDateChinese,
  formatMonthChinese,
  formatYuan,
  upperYuan,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Explanation } from "../cases/index.ts";
import type { Documents, PrintedDocument } from "../documents/index.ts";
import type { Common } from "./common.ts";
import type { EntitlementsDeps } from "./ports.ts";
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
  "applicant itemTitle amount amountUpper persons fromMonth reasons explanation remedy issuer date".split(
    " ",
  ),
);

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
    const a = (await store.amountsOf(tx, entitlementId)).find((x) => x.seq === seq);
    if (!a) throw new DomainError("not-found", "没有找到这个金额，请刷新页面。");
    const template = templateOf(deps, e, a);
    if (!template || !deps.notices)
      throw new DomainError(
        "action-not-allowed",
        "这个金额随办件的决定告知，或这个事项没有变动通知书；请到办件里看文书。",
      );
    const { title } = common.itemOf(e.item);
    const county = deps.notices.county(tx.actor.countyCode);
    const told = a.basisId === null ? null : await explain(tx, entitlementId, seq);
    const highlights = told?.highlights.map((h) => `${h.label} ${h.text}`) ?? [];
    const payee = (await store.coverageOf(tx, e.id)).find((c) => c.personId === e.payeeId)?.name ?? "";
    return deps.notices.issue(tx, {
      ...{ id: derivedId(e.id, `notice:${seq}`), template, addressee: payee },
      ...{ caseId: e.caseId, divisionCode: e.divisionCode, applicantId: e.payeeId },
      values: {
        ...{ applicant: payee, itemTitle: title, persons: String(a.persons), reasons: a.reason },
        ...{ amount: formatYuan(a.amountFen), amountUpper: upperYuan(a.amountFen) },
        fromMonth: formatMonthChinese(a.fromMonth),
        explanation: told
          ? `${told.conclusion}${highlights.length > 0 ? `其中：${highlights.join("；")}。` : ""}`
          : "（无）",
        ...{ remedy: county.remedies.text, issuer: county.bureauName },
        date: formatDateChinese(deps.clock.today()),
      },
    });
  }
  return { issue };
}
