/**
 * 委托核对批次: a 核对 asked by file of a system that no line reaches. One makes the package from cases whose people have all
 * signed, another sends it; the answers are held to it line by line and stand in the reports as the lists do.
 */
import { createHash } from "node:crypto";
import { CHECK_PACKAGE_COLUMNS, type CheckPackageColumn } from "@wuxin/declare";
import { addWorkingDays, DomainError, dateInShanghai, type IsoDate } from "@wuxin/kernel";
import { readTableFile, type Tx } from "@wuxin/platform";
import { workbook } from "../documents/index.ts";
import { answerLines, type Head, judgeLines } from "./answer-lines.ts";
import type { Authorising } from "./authorising.ts";
import { createPackagePages } from "./package-pages.ts";
import * as store from "./packages-store.ts";
import type { MatchingDeps } from "./ports.ts";
import type { WithSupporters } from "./supporters.ts";

const SERIES = "{county}核对委〔{year}〕{n}号";
const MOST_CASES = 500;
const DEFAULT_WORKING_DAYS = 10;
/** A file with so many times the lines asked answers something else. */
const MOST_TIMES = 2;

export interface AnswerFile {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const refusedBecause = (message: string) => new DomainError("action-not-allowed", message);

/** @param due cases in payment that are to be checked again soon */
export function createPackages(
  deps: MatchingDeps,
  authorising: Authorising,
  due: (tx: Tx) => Promise<readonly string[]>,
) {
  const { clock, vault, audit, catalogue } = deps;
  const { caseOf, refuse } = authorising;
  const digestOf = (idNo: string) => vault.digest(`check-package ${idNo}`);

  function definition() {
    if (!catalogue.checkPackage)
      throw new DomainError("not-found", "没有写明核对批次的格式，请联系系统管理员。");
    return catalogue.checkPackage;
  }
  /** As the county's partner prints them. */
  function headOf(county: string): Head {
    const { columns } = definition();
    const own = (c: CheckPackageColumn) => deps.choice(county, `checkPackage.${c}`, clock.today());
    return Object.fromEntries(CHECK_PACKAGE_COLUMNS.map((c) => [c, String(own(c) ?? columns[c])])) as Head;
  }
  function officer(tx: Tx): void {
    if (tx.actor.scope !== tx.actor.countyCode)
      throw new DomainError("forbidden", "核对批次由县级送出和接收，请交县级经办。");
  }
  async function get(tx: Tx, id: string): Promise<store.PackageRecord> {
    const p = await store.findPackage(tx, id);
    if (!p) throw new DomainError("not-found", "没有这个核对批次或已作废，请刷新页面。");
    return p;
  }
  /** As it is once whoever else is at it has done. */
  async function held(tx: Tx, id: string): Promise<store.PackageRecord> {
    officer(tx);
    await store.holdPackage(tx, id);
    return get(tx, id);
  }
  const log = (tx: Tx, action: string, p: { id: string; number: string }, detail: string) =>
    audit.record(tx, {
      ...{ action: `check.package.${action}`, object: "check-package", objectId: p.id },
      detail: `${p.number}，${detail}`,
    });
  const pages = createPackagePages(deps, { definition, caseOf, get, due });

  async function allAskable(tx: Tx, cases: readonly string[]): Promise<boolean> {
    const askable = new Set([
      ...(await pages.askable(tx, "application")),
      ...(await pages.askable(tx, "recheck")),
    ]);
    return cases.every((id) => askable.has(id));
  }

  /** The same id again changes nothing. Errors: forbidden, invalid-input, not-found, not-authorised, action-not-allowed. */
  async function make(tx: Tx, input: { id: string; cases: readonly string[] }): Promise<void> {
    officer(tx);
    if (await store.findPackage(tx, input.id)) return;
    const ids = [...new Set(input.cases)];
    if (ids.length === 0 || ids.length > MOST_CASES)
      throw new DomainError("invalid-input", `请选 1 到 ${MOST_CASES} 件办件。`, { field: "cases" });
    // The number holds whoever makes another package at the same moment until this one is there.
    const number = await deps.nextNumber(tx, SERIES, Number(clock.today().slice(0, 4)));
    if (!(await allAskable(tx, ids)))
      throw refusedBecause("有办件不用核对，或者已经登记了核对结果，请另选办件。");
    const before = (await store.newestOf(tx, ids, clock.today())).find((k) => k.holds);
    if (before) throw refusedBecause(`有办件已经在批次 ${before.number} 里等答复，请另选办件。`);
    const cases: WithSupporters[] = [];
    for (const id of ids) {
      const c = await caseOf(tx, id);
      if (c.lacking.length > 0) await refuse(tx, c);
      cases.push(c);
    }
    const { rows, of, persons, file } = await laidOut(tx, number, cases);
    await store.insertPackage(tx, {
      ...{ id: input.id, number, persons, rows, of, fileSealed: vault.sealBytes(file), at: clock.now() },
      digest: sha256(file),
    });
    await log(tx, "make", { id: input.id, number }, `${cases.length} 件、${persons} 人、${rows.length} 行`);
  }

  /** Everybody a case asks about, its people and who must support them; who belongs to two cases is asked about once. */
  async function laidOut(tx: Tx, number: string, cases: readonly WithSupporters[]) {
    const { items } = definition();
    const names = new Map<string, string>();
    const belongs: { caseId: string; personId: string }[] = [];
    for (const c of cases) {
      const supporters = c.supporters.flatMap((s) => (s.personId ? [{ id: s.personId, name: s.name }] : []));
      const people = new Map([...c.persons, ...supporters].map((p) => [p.id, p.name]));
      for (const [personId, name] of people) {
        names.set(personId, name);
        belongs.push({ caseId: c.id, personId });
      }
    }
    const numbers = await deps.registry.idNumbers(tx, [...names.keys()], `委托核对：${number}`);
    if (numbers.size === 0) throw refusedBecause("这些办件里没有人有身份证号码，不能委托核对。");
    const asked = [...names.keys()].flatMap((personId) => {
      const idNo = numbers.get(personId);
      return idNo === undefined ? [] : items.map((i) => ({ personId, idNo, ...i }));
    });
    const head = headOf(tx.actor.countyCode);
    const cells: Record<CheckPackageColumn, (a: (typeof asked)[number], i: number) => string> = {
      number: () => number,
      line: (_, i) => String(i + 1),
      name: (a) => names.get(a.personId) ?? "",
      idNo: (a) => a.idNo,
      item: (a) => a.item,
      asOf: () => "",
      found: () => "",
    };
    const file = await workbook({
      name: "委托核对",
      head: CHECK_PACKAGE_COLUMNS.map((c) => head[c]),
      rows: asked.map((a, i) => CHECK_PACKAGE_COLUMNS.map((c) => cells[c](a, i))),
    });
    return {
      ...{ file, persons: numbers.size, of: belongs.filter((b) => numbers.has(b.personId)) },
      rows: asked.map(
        ({ idNo, personId, feed, item }, i): store.AskedRow => ({
          ...{ line: i + 1, personId, idNoDigest: digestOf(idNo), feed, item },
        }),
      ),
    };
  }

  /** By another than who made it, and only while each case still waits and every signature stands. Sent again, it is sent already. */
  async function send(tx: Tx, id: string): Promise<void> {
    const p = await held(tx, id);
    if (p.sentAt !== null) return;
    if (p.madeBy === tx.actor.accountId)
      throw new DomainError("same-signer", "要由组成批次以外的人确认送出，请换一个账号。");
    const cases = (await store.casesOf(tx, id)).map((c) => c.caseId);
    if (!(await allAskable(tx, cases)))
      throw refusedBecause("有办件已经不用核对了，请作废这份草稿，另外组成批次。");
    for (const caseId of cases) {
      const c = await caseOf(tx, caseId);
      if (c.lacking.length > 0) await refuse(tx, c);
    }
    const today = clock.today();
    const days = Number(
      deps.choice(tx.actor.countyCode, "checkPackageWorkingDays", today) ?? DEFAULT_WORKING_DAYS,
    );
    const { date: dueOn } = addWorkingDays(await deps.working(tx), today, days);
    await store.markSent(tx, id, clock.now(), dueOn);
    await log(tx, "send", p, `${p.lines} 行，${dueOn} 前答复，摘要 ${p.digest.slice(0, 16)}`);
  }
  async function drop(tx: Tx, id: string): Promise<void> {
    const p = await held(tx, id);
    if (p.sentAt !== null) throw refusedBecause("已经送出的批次不能作废，对方不再答复的请撤回。");
    await store.markEnded(tx, id, clock.now(), null);
    await log(tx, "drop", p, `${p.lines} 行`);
  }
  /** No answer is taken any more, and its cases may be asked again. */
  async function withdraw(tx: Tx, id: string, because: string): Promise<void> {
    const p = await held(tx, id);
    if (p.endedAt !== null) return;
    if (p.sentAt === null) throw refusedBecause("还没有送出，请作废草稿。");
    if (p.answered === p.lines) throw refusedBecause("已经全部答复，不用撤回。");
    await store.markEnded(tx, id, clock.now(), because);
    await log(tx, "withdraw", p, `还有 ${p.lines - p.answered} 行没有答复：${because}`);
  }
  /** The file as it goes out, always the same bytes. Errors: not-found, action-not-allowed before it is sent. */
  async function file(tx: Tx, id: string) {
    officer(tx);
    const p = await get(tx, id);
    if (p.sentAt === null) throw refusedBecause("还没有确认送出，不能下载。");
    const { sealed } = await store.fileOf(tx, id);
    await log(tx, "file", p, `${p.lines} 行`);
    return { name: `${p.number}_${p.lines}行.xlsx`, bytes: vault.openBytes(sealed) };
  }
  /** 接收回执, told once. Errors: invalid-input, action-not-allowed. */
  async function receipt(
    tx: Tx,
    id: string,
    r: { on: IsoDate; number: string; lines: number },
  ): Promise<void> {
    const p = await held(tx, id);
    if (p.sentAt === null || p.endedAt !== null) throw refusedBecause("这个批次没有在等回执。");
    if (p.receiptOn !== null) throw refusedBecause(`已经登记了回执 ${p.receiptNumber}，请刷新页面。`);
    if (r.on > clock.today() || r.on < dateInShanghai(new Date(p.sentAt)))
      throw new DomainError("invalid-input", "回执日期应在送出那天以后、今天以前。", { field: "on" });
    if (r.lines > p.lines)
      throw new DomainError("invalid-input", `送出的只有 ${p.lines} 行，请核对回执。`, { field: "lines" });
    await store.markReceipt(tx, id, r);
    await log(tx, "receipt", p, `回执 ${r.number}，接收 ${r.lines} 行，送出 ${p.lines} 行`);
  }

  /**
   * Whole or not at all; the same id again changes nothing. Lines that are not as asked are left out and told.
   * @param packageId whose answers they are to be; left out, the file itself says it
   * Errors: bad-file (nothing of it is kept), already-exists (this very file was taken), action-not-allowed.
   */
  async function take(tx: Tx, answer: AnswerFile, packageId?: string): Promise<void> {
    officer(tx);
    if (await store.hasAnswer(tx, answer.id)) return;
    const table = await readTableFile(answer.fileName, answer.bytes);
    const lines = answerLines(table, headOf(tx.actor.countyCode));
    const numbers = [...new Set(lines.map((l) => l.cell("number")))];
    const id = packageId ?? (await store.packageNumbered(tx, numbers))?.id;
    const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
    const told = numbers.slice(0, 3).join("、") || "（空）";
    if (id === undefined) throw bad(`文件里写的批次号是 ${told}，不是本县送出的批次，整份没有接收。`);
    const p = await held(tx, id);
    if (p.sentAt === null) throw refusedBecause("这个批次还没有送出，不能收答复。");
    if (p.endedAt !== null) throw refusedBecause(`批次 ${p.number} 已经撤回，不收答复。`);
    if (!numbers.includes(p.number))
      throw bad(`文件里写的批次号是 ${told}，不是这一批（${p.number}），整份没有接收。`);
    if (lines.length > MOST_TIMES * p.lines)
      throw bad(
        `文件有 ${lines.length} 行，这一批只委托了 ${p.lines} 行，整份没有接收，请核对是不是这一批的答复。`,
      );
    const { taken, refused } = judgeLines(lines, {
      ...{ nothing: definition().nothing, number: p.number, rows: await store.rowsOf(tx, id) },
      ...{ feeds: catalogue.feeds, digest: digestOf, today: clock.today() },
    });
    const isNew = await store.insertAnswer(tx, {
      ...{ id: answer.id, packageId: id, fileName: answer.fileName.slice(0, 200), at: clock.now() },
      ...{ digest: sha256(answer.bytes), lines: lines.length, refused },
    });
    if (!isNew) throw new DomainError("already-exists", "这份文件已经收过，没有再收。", { field: "file" });
    const found = taken.map((r) => ({ ...r, foundSealed: vault.seal(JSON.stringify(r.found)) }));
    await store.answerRows(tx, id, answer.id, found);
    await log(tx, "answer", p, `收到 ${lines.length} 行，接收 ${taken.length}，退回 ${refused.length}`);
  }
  /** That a file came of which nothing was taken. */
  const refused = (
    tx: Tx,
    answer: Pick<AnswerFile, "id" | "fileName"> & { readonly digest: string },
    refusal: string,
  ) =>
    store.insertRefusedAnswer(tx, {
      ...{ id: answer.id, fileName: answer.fileName.slice(0, 200), digest: answer.digest },
      ...{ refusal, at: clock.now() },
    });

  return { make, send, drop, withdraw, file, receipt, take, refused, ...pages };
}
