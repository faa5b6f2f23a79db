/** Summaries: drafted from figures, edited by people, checked, signed, printed. On the caller's transaction. */
import { writeDocument } from "@wuxin/gongwen";
import { DomainError, isMonth, isUuid } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { reasoned } from "../may.ts";
import type { SummariesDeps } from "../ports.ts";
import { check, counted } from "./check.ts";
import { documentOf, type Printed } from "./document.ts";
import { draftOf } from "./draft.ts";
import { type Edit, edited, inserted, refreshed } from "./edit.ts";
import { type Content, codesIn, type Figure, type Period, periodOf, spanWords } from "./model.ts";
import { dayOf, monthsTo, plansOn, readsOf, valuesNow } from "./sources.ts";
import * as store from "./store.ts";
import { pageOf, type SummaryBrief, type SummaryPage } from "./views.ts";

export type Summaries = ReturnType<typeof createSummaries>;

export interface InsertFigure {
  /** Of the figure, made by the caller. */
  readonly id: string;
  readonly version: number;
  readonly paragraph: string;
  readonly code: string;
  /** Left out: the whole county. */
  readonly division?: string | undefined;
  readonly since: string;
  readonly until: string;
}

const WRITES = new Set(["county", "leader"]);

export function createSummaries(deps: SummariesDeps) {
  const { clock, audit } = deps;
  const now = () => clock.now().toISOString();

  function who(tx: Tx, what: string, roles: ReadonlySet<string> = WRITES): { id: string; name: string } {
    const { accountId, name, role } = tx.actor;
    if (accountId === null || !roles.has(role))
      throw new DomainError(
        "forbidden",
        roles.has("county")
          ? `${what}由县级股室和局领导办理，您的账号不能办理。`
          : `${what}由局领导办理，您的账号不能办理。`,
      );
    return { id: accountId, name };
  }
  async function get(tx: Tx, id: string) {
    const summary = isUuid(id) ? await store.find(tx, id) : undefined;
    if (!summary) throw new DomainError("not-found", "没有这份总结，请从总结列表进入。");
    const versions = await store.versions(tx, id);
    const [newest] = versions;
    const content = newest && (await store.content(tx, id, newest.version));
    if (!newest || !content) throw new DomainError("not-found", "没有这份总结，请从总结列表进入。");
    return { summary, versions, newest, content, period: store.periodIn(summary) };
  }
  type Got = Awaited<ReturnType<typeof get>>;
  const printedAs = (tx: Tx): Printed => ({
    issuer: deps.bureau(tx.actor.countyCode),
    date: clock.today(),
  });
  const log = (tx: Tx, action: string, id: string, detail: string) =>
    audit.record(tx, { action: `summary.${action}`, object: "summary", objectId: id, detail });

  /** A draft of a half year or a year. Errors: forbidden, invalid-input for a period that has not begun. */
  async function begin(
    tx: Tx,
    r: { readonly id: string; readonly kind: "half" | "year"; readonly year: number },
  ): Promise<SummaryPage> {
    const actor = who(tx, "起草总结");
    if (await store.find(tx, r.id)) return page(tx, r.id);
    const today = clock.today();
    if (r.year > Number(today.slice(0, 4)))
      throw new DomainError("invalid-input", "这一年还没有到，不能起草总结。", { field: "year" });
    const period = periodOf(r.kind, r.year);
    const until = monthsTo(period, today);
    const on = dayOf(period, today);
    const codes = [
      ...new Set(deps.parts.flatMap((p) => p.paragraphs.flatMap((x) => x.sentences.flatMap(codesIn)))),
    ];
    const { content, missing } = draftOf({
      ...{ id: r.id, period: until, division: tx.actor.countyCode, parts: deps.parts, on },
      title: `${deps.bureau(tx.actor.countyCode)}${r.year}年${r.kind === "half" ? "上半年" : ""}工作总结`,
      reads: await readsOf(tx, deps, codes, until),
      plans: await plansOn(tx, deps, r.year, on),
    });
    await store.insert(tx, { ...r, missing, at: now() }, actor);
    await store.insertVersion(
      tx,
      r.id,
      { version: 1, content, at: now(), ...counted(content, printedAs(tx)) },
      actor,
    );
    await log(tx, "begin", r.id, content.title);
    return page(tx, r.id);
  }

  async function next(
    tx: Tx,
    { summary, newest }: Got,
    content: Content,
    actor: { id: string; name: string },
  ) {
    const version = newest.version + 1;
    const v = { version, content, at: now(), ...counted(content, printedAs(tx)) };
    if (!(await store.insertVersion(tx, summary.id, v, actor)))
      throw new DomainError("stale-version", "刚才有人改过这份总结，请刷新后再改。");
    await log(tx, "save", summary.id, `${content.title}：第 ${version} 版`);
    return page(tx, summary.id);
  }
  function current(got: Got, version: number): void {
    if (got.newest.version !== version)
      throw new DomainError("stale-version", "刚才有人改过这份总结，请刷新后再改。");
  }

  /** The words as a person left them; the figures are those that are there. */
  async function save(tx: Tx, id: string, edit: Edit & { readonly version: number }): Promise<SummaryPage> {
    const actor = who(tx, "修改总结");
    const got = await get(tx, id);
    current(got, edit.version);
    return next(tx, got, edited(got.content, edit), actor);
  }

  /** A new figure: which indicator, of where and when. Its value is read, and read again whenever the summary is looked at. */
  async function insert(tx: Tx, id: string, r: InsertFigure): Promise<SummaryPage> {
    const actor = who(tx, "修改总结");
    const got = await get(tx, id);
    if (got.content.figures[r.id]) return page(tx, id);
    current(got, r.version);
    const { since, until } = r;
    const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
    const known = deps.indicators.find((i) => i.code === r.code);
    if (!known) throw bad("code", "没有这个指标，请从列表里选。");
    const { countyCode } = tx.actor;
    const division = r.division ?? countyCode;
    if (!division.startsWith(countyCode) || deps.divisionName(countyCode, division) === division)
      throw bad("division", "请从列表里选本县的乡镇（街道）。");
    const last = clock.today().slice(0, 7);
    if (!isMonth(since) || !isMonth(until) || since > until || until > last)
      throw bad("until", `时段应从早到晚，最晚到 ${last}。`);
    const read = (await readsOf(tx, deps, [r.code], { since, until }, division)).now.get(r.code);
    if (!read || read.value === null)
      throw bad("code", `「${known.name}」在 ${since} 至 ${until} 没有数，请换指标、区划或时段。`);
    const months = read.months.map(({ month, version }) => ({ month, version }));
    const source = {
      ...({ from: "indicator", of: "value" } as const),
      ...{ code: r.code, name: read.name, since, until, division, months },
    };
    const figure: Figure = { id: r.id, value: read.value, unit: read.unit, source };
    const place = division === countyCode ? "" : deps.divisionName(countyCode, division);
    const words = `${place}${spanWords(since, until, known.kind)}${read.name}`;
    return next(tx, got, inserted(got.content, { paragraph: r.paragraph, figure, words }), actor);
  }

  /** Reads the figures again: those named, or all whose source says something else. */
  async function refresh(
    tx: Tx,
    id: string,
    r: { readonly version: number; readonly figures?: readonly string[] | undefined },
  ): Promise<SummaryPage> {
    const actor = who(tx, "更新总结里的数");
    const got = await get(tx, id);
    current(got, r.version);
    const told = await told_(tx, got.content, got.period);
    const content = refreshed(got.content, told, r.figures);
    if (content === got.content)
      throw new DomainError("action-not-allowed", "每个数都和来源一样，不用更新。");
    return next(tx, got, content, actor);
  }
  const told_ = (tx: Tx, content: Content, period: Period) =>
    valuesNow(tx, deps, Object.values(content.figures), period);

  /** Why a number without source, or another than its source's, stands as it does. */
  async function explain(
    tx: Tx,
    id: string,
    r: { readonly id: string; readonly key: string; readonly reason: string },
  ): Promise<SummaryPage> {
    const actor = who(tx, "说明总结里的数");
    const before = await page(tx, id);
    const finding = before.findings.find((f) => f.key === r.key);
    if (!finding) throw new DomainError("not-found", "这一条已经不在待核对的里面，请刷新页面。");
    // A reason beside it would leave 【请写明…】 in what is signed and printed.
    if (finding.kind === "to-write") throw new DomainError("action-not-allowed", finding.text);
    const reason = reasoned(r.reason, "reason", "请写明理由（至少 4 个字）。");
    await store.insertReason(tx, id, { ...r, reason, at: now() }, actor);
    await log(tx, "reason", id, reason);
    return page(tx, id);
  }

  /** By a leader who did not write the version. Errors: forbidden, action-not-allowed while something is open. */
  async function sign(tx: Tx, id: string, version: number): Promise<SummaryPage> {
    const actor = who(tx, "签发总结", new Set(["leader"]));
    const got = await get(tx, id);
    current(got, version);
    if (got.newest.signedAt !== null) return page(tx, id);
    if (got.newest.savedBy === actor.id)
      throw new DomainError("forbidden", "最后一版是您自己改的，请由另一位局领导签发。");
    settled(await page(tx, id), "签发");
    await store.insertSignature(tx, id, { version, savedBy: got.newest.savedBy, at: now() }, actor);
    await log(tx, "sign", id, `${got.content.title}：第 ${version} 版`);
    return page(tx, id);
  }
  function settled(p: SummaryPage, what: string): void {
    const open = p.findings.filter((f) => f.reason === null);
    if (open.length > 0)
      throw new DomainError(
        "action-not-allowed",
        `还有 ${open.length} 处没有核对：${open[0]?.text ?? ""}请更新、写明理由或改好文字后再${what}。`,
      );
  }

  /** The signed version as a Word file, every number read from its source once more. */
  async function download(tx: Tx, id: string): Promise<{ name: string; bytes: Uint8Array }> {
    who(tx, "导出总结");
    const got = await get(tx, id);
    if (got.newest.signedAt === null)
      throw new DomainError("action-not-allowed", "最后一版还没有签发，请局领导签发后再导出。");
    settled(await page(tx, id), "导出");
    await log(tx, "export", id, `${got.content.title}：第 ${got.newest.version} 版`);
    return {
      name: `${got.content.title}.docx`,
      bytes: writeDocument(documentOf(got.content, printedAs(tx))),
    };
  }

  async function page(tx: Tx, id: string): Promise<SummaryPage> {
    const got = await get(tx, id);
    const told = await told_(tx, got.content, got.period);
    const values = new Map([...told].map(([k, f]: [string, Figure | null]) => [k, f?.value ?? null]));
    const checked = check(got.content, printedAs(tx), told, await store.reasons(tx, id));
    const divisionName = (division: string) => deps.divisionName(tx.actor.countyCode, division);
    return pageOf({ ...got, checked, values, indicators: deps.indicators, actor: tx.actor, divisionName });
  }

  async function list(tx: Tx): Promise<SummaryBrief[]> {
    const briefs: SummaryBrief[] = [];
    for (const s of await store.list(tx)) {
      const [newest] = await store.versions(tx, s.id);
      const content = newest && (await store.content(tx, s.id, newest.version));
      if (newest && content)
        briefs.push({
          ...{ id: s.id, kind: s.kind, year: s.year, title: content.title, version: newest.version },
          ...{ savedAt: newest.savedAt, savedByName: newest.savedByName },
          ...{ signedAt: newest.signedAt, signedByName: newest.signedByName },
        });
    }
    return briefs;
  }

  return { begin, save, insert, refresh, explain, sign, download, page, list };
}
