/** 委托核对批次 as one reads them: what waits to be asked, the packages, and of one package what was asked and answered. */
import type { CheckPackageDefinition } from "@wuxin/declare";
import { maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type FoundValue, REFUSALS, type Refusal } from "./answer-lines.ts";
import type { Authorising } from "./authorising.ts";
import { inWords } from "./model.ts";
import * as store from "./packages-store.ts";
import type { MatchingDeps } from "./ports.ts";

/** Of each kind on one page; the rest follow when these are in a package. */
const LISTED = 100;
const REFUSED_LISTED = 20;
export type Waiting = "application" | "recheck";

interface Of {
  readonly definition: () => CheckPackageDefinition;
  readonly caseOf: Authorising["caseOf"];
  readonly get: (tx: Tx, id: string) => Promise<store.PackageRecord>;
  readonly due: (tx: Tx) => Promise<readonly string[]>;
}

export function createPackagePages(deps: MatchingDeps, { definition, caseOf, get, due }: Of) {
  const { clock, vault, audit, catalogue } = deps;

  function stateOf(p: store.PackageRecord) {
    const open = p.lines - p.answered;
    if (p.endedAt !== null) return { state: "withdrawn" as const, stateText: "已撤回" };
    if (p.sentAt === null) return { state: "draft" as const, stateText: "待确认送出" };
    if (open === 0) return { state: "answered" as const, stateText: "已全部答复" };
    const waits = p.receiptOn === null && p.answered === 0 ? "等回执" : `等答复 ${open} 行`;
    return p.dueOn !== null && p.dueOn < clock.today()
      ? { state: "late" as const, stateText: `逾期，${waits}` }
      : { state: "sent" as const, stateText: waits };
  }
  function view(tx: Tx, p: store.PackageRecord) {
    const { madeBy, ...rest } = p;
    const told = stateOf(p);
    const draft = told.state === "draft";
    const asking = told.state === "sent" || told.state === "late";
    const own = madeBy === tx.actor.accountId;
    return {
      ...{ ...rest, ...told, open: p.lines - p.answered },
      can: {
        ...{ send: draft && !own, drop: draft, take: asking, withdraw: asking },
        receipt: p.sentAt !== null && p.endedAt === null && p.receiptOn === null,
      },
    };
  }

  /** What is to be asked about at all: who applies, or draws by such an application and is due again. */
  const askable = async (tx: Tx, kind: Waiting): Promise<readonly string[]> =>
    kind === "application"
      ? (await store.waitingCases(tx)).map((c) => c.caseId)
      : store.thoseAsking(tx, await due(tx));
  /** Those of them that no package holds, with who has not signed. */
  async function waiting(tx: Tx, kind: Waiting) {
    const ids = await askable(tx, kind);
    const newest = new Map((await store.newestOf(tx, ids, clock.today())).map((k) => [k.caseId, k]));
    const free = ids.filter((id) => !newest.get(id)?.holds);
    // Whom nobody was asked about comes first.
    const sorted = [...free.filter((id) => !newest.has(id)), ...free.filter((id) => newest.has(id))];
    const cases = [];
    for (const caseId of sorted.slice(0, LISTED)) {
      const c = await caseOf(tx, caseId);
      const before = newest.get(caseId);
      cases.push({
        ...{
          caseId,
          number: c.number,
          itemTitle: c.itemTitle,
          applicant: c.applicantName,
          lacking: c.lacking,
        },
        ...{ persons: c.persons.length + c.supporters.length },
        divisionName: deps.divisionName(tx.actor.countyCode, c.divisionCode),
        before: before
          ? { packageId: before.packageId, number: before.number, answered: before.answered }
          : null,
      });
    }
    return { total: free.length, cases };
  }
  async function overview(tx: Tx) {
    const d = definition();
    return {
      ...{ partner: d.partner, unverified: d.unverified, items: d.items.map((i) => i.item) },
      packages: (await store.listPackages(tx, LISTED)).map((p) => view(tx, p)),
      refused: (await store.refusedAnswers(tx, REFUSED_LISTED)).map((a) => ({
        ...{ id: a.id, fileName: a.fileName, receivedAt: a.receivedAt, receivedByName: a.receivedByName },
        refusal: a.refusal ?? "",
      })),
    };
  }

  const words = (r: store.PackageRow): string | null => {
    if (!r.foundSealed) return null;
    const found = JSON.parse(vault.open(r.foundSealed)) as FoundValue;
    const feed = catalogue.feeds.get(r.feed);
    if (found === null) return definition().nothing;
    return feed ? inWords(feed, r.item, found) : String(found);
  };
  /** 对账: asked, answered, refused with why, still open. Leaves an audit line. */
  async function page(tx: Tx, id: string) {
    const d = definition();
    const p = await get(tx, id);
    const refused = await store.refusalsOf(tx, id);
    await audit.record(tx, { action: "check.read", object: "check-package", objectId: id, detail: p.number });
    return {
      ...view(tx, p),
      ...{ partner: d.partner, unverified: d.unverified, nothing: d.nothing },
      cases: (await store.casesOf(tx, id)).map(({ divisionCode, applicant, ...c }) => ({
        ...c,
        applicantMasked: maskName(applicant),
        divisionName: deps.divisionName(tx.actor.countyCode, divisionCode),
      })),
      rows: (await store.rowsOf(tx, id)).map((r) => ({
        ...{ line: r.line, item: r.item, asOf: r.asOf, nameMasked: maskName(r.name), found: words(r) },
      })),
      answers: (await store.answersOf(tx, id)).map(({ refusal: _, ...a }) => ({
        ...a,
        refused: refused
          .filter((x) => x.answerId === a.id)
          .map((x) => ({ line: x.line, reason: REFUSALS[x.reason as Refusal] })),
      })),
    };
  }
  /** For the desk: drafts that wait for another, and what was not answered in time. */
  const toDo = async (tx: Tx) =>
    (await store.openPackages(tx)).map((p) => view(tx, p)).filter((p) => p.can.send || p.state === "late");

  return { askable, waiting, overview, page, toDo };
}
