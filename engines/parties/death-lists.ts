/**
 * 死亡登记共享: the deaths that this county has on record, given back to the departments that need them. One drafts, another
 * gives; the department fetches the file on its own desk, says how many it received and which lines differ; what differs is
 * looked into here. Who was given once is not given again.
 */
import {
  DEATH_COLUMNS,
  type DeathColumn,
  type DeathListDefinition,
  type Field,
  type Values,
} from "@wuxin/declare";
import { addMonths, type Clock, DomainError, type IsoDate, maskName, monthOf } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx, type Vault } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import { workbook } from "../documents/index.ts";
import type { Registry } from "../registry/index.ts";
import * as store from "./death-store.ts";
import { department } from "./model.ts";
import type { PartyKind } from "./service.ts";

export interface DeathListsDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly audit: Pick<Audit, "record">;
  readonly registry: Pick<Registry, "persons" | "disclose">;
  readonly lists: ReadonlyMap<string, DeathListDefinition>;
  readonly divisionName: (countyCode: string, division: string) => string;
  /** As the department is called today. */
  readonly departmentName: (countyCode: string, code: string) => string;
}
export type DeathLists = ReturnType<typeof createDeathLists>;

export const deathListActions: Readonly<Record<string, string>> = {
  "death-list.draft": "起草死亡登记共享名单",
  "death-list.confirm": "确认共享死亡登记",
  "death-list.drop": "作废共享名单草稿",
  "death-list.handle": "办理退回的差异",
};
const LISTED = 200;
const RECEIPT: readonly Field[] = [
  { name: "received", label: "收到多少人", type: "integer", required: true, min: 0, max: 1_000_000 },
  {
    ...{ name: "differs", label: "有出入的，一行一人", type: "longtext", max: 4000 },
    help: "先写名单里的序号，再写哪里不一样，例如：3 我局登记的死亡日期是 2026-03-02。没有出入的不填。",
  },
  { name: "note", label: "说明", type: "longtext", max: 1000 },
];

/** `3 日期不同` → [3, "日期不同"]. Errors: invalid-input naming the line that cannot be read. */
export function differencesIn(text: string): [number, string][] {
  return text
    .split("\n")
    .map((l) => l.trim())
    .filter((l) => l !== "")
    .map((l) => {
      const [, line = "", words = ""] = /^(\d{1,7})[\s、.．:：,，]+(.{2,})$/.exec(l.normalize("NFKC")) ?? [];
      if (words === "")
        throw new DomainError(
          "invalid-input",
          `「${l.slice(0, 30)}」看不懂，请先写序号，空一格，再写哪里不一样。`,
          { field: "differs" },
        );
      return [Number(line), words.slice(0, 500)];
    });
}

export function createDeathLists(deps: DeathListsDeps) {
  const { clock, vault, audit } = deps;
  const words = (sealed: Buffer | null) => (sealed ? vault.open(sealed) : null);

  function definition(code: string): DeathListDefinition {
    const d = deps.lists.get(code);
    if (!d) throw new DomainError("not-found", "没有这种共享名单，请从页面上选。");
    return d;
  }
  function officer(tx: Tx): void {
    if (tx.actor.scope !== tx.actor.countyCode || !["county", "leader"].includes(tx.actor.role))
      throw new DomainError("forbidden", "死亡登记由县级经办人员共享，您的账号不能办理。");
  }
  async function get(tx: Tx, id: string): Promise<store.ListRecord> {
    const l = await store.find(tx, id);
    if (!l) throw new DomainError("not-found", "没有这份名单或已作废，请刷新页面。");
    return l;
  }
  const drafted = () => new DomainError("action-not-allowed", "已经有一份草稿，请先确认或作废那一份。");
  const log = (tx: Tx, action: string, l: Pick<store.ListRecord, "id" | "department">, detail: string) =>
    audit.record(tx, {
      ...{ action: `death-list.${action}`, object: "death-list", objectId: l.id },
      detail: `${deps.departmentName(tx.actor.countyCode, l.department)}：${detail}`,
    });
  const headOf = (tx: Tx, l: store.ListRecord) => {
    const { draftedBy, noteSealed, ...head } = l;
    const draft = l.confirmedAt === null;
    const mine = draftedBy === tx.actor.accountId;
    return {
      ...head,
      departmentName: deps.departmentName(tx.actor.countyCode, l.department),
      note: words(noteSealed),
      state: draft ? ("draft" as const) : l.receivedAt ? ("received" as const) : ("given" as const),
      stateText: draft ? "待确认" : l.receivedAt ? (l.open > 0 ? "有差异待办" : "已回执") : "已共享，等回执",
      can: { confirm: draft && !mine, drop: draft },
    };
  };

  /** Every list that is declared, who waits to be given, until when; and those that were made. */
  async function overview(tx: Tx) {
    const today = clock.today();
    const made = await store.lists(tx, LISTED);
    const given = await store.lastGiven(tx);
    const kinds = [];
    for (const d of deps.lists.values()) {
      const waiting = await store.countNotGiven(tx, d.department, today);
      kinds.push({
        ...{ code: d.code, department: d.department, purpose: d.purpose, basis: d.basis, waiting },
        departmentName: deps.departmentName(tx.actor.countyCode, d.department),
        columns: d.columns.map((c) => DEATH_COLUMNS[c]),
        dueOn: waiting > 0 ? dueOn(today, d, given.get(d.code)) : null,
        drafted: made.some((l) => l.code === d.code && l.confirmedAt === null),
      });
    }
    return { kinds, lists: made.map((l) => headOf(tx, l)) };
  }

  /** Puts everybody on a list who is on record and was not given yet. The same id again is the same draft. */
  async function draft(tx: Tx, r: { readonly id: string; readonly code: string }): Promise<void> {
    officer(tx);
    const d = definition(r.code);
    if (await store.find(tx, r.id)) return;
    const standing = async () =>
      (await store.unsettled(tx)).some((l) => l.code === d.code && l.confirmedAt === null);
    if (await standing()) throw drafted();
    const until = clock.today();
    const persons = await store
      .draft(tx, { id: r.id, code: d.code, department: d.department, untilOn: until }, clock.now())
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, "death_list_one_draft")) throw error;
        throw drafted();
      });
    // Another's draft may have been made since it was looked for, with everybody on it.
    if (persons === 0)
      throw (await standing())
        ? drafted()
        : new DomainError("action-not-allowed", "没有新登记的死亡要共享给这个部门。");
    await log(tx, "draft", { id: r.id, department: d.department }, `截至 ${until}，${persons} 人`);
  }
  /** By another than who drafted it; then it lies on the department's desk. */
  async function confirm(tx: Tx, id: string): Promise<void> {
    officer(tx);
    await store.hold(tx, id);
    const l = await get(tx, id);
    if (l.confirmedAt !== null) return;
    if (l.draftedBy === tx.actor.accountId)
      throw new DomainError("forbidden", "要由起草人以外的人确认，请换一个账号。");
    if ((await store.overtaken(tx, id)) > 0)
      throw new DomainError("stale-version", "起草以后有死亡登记更正了，请作废这份，重新起草。");
    await store.confirm(tx, id, clock.now());
    await log(tx, "confirm", l, `${l.persons} 人，依据：${definition(l.code).basis}`);
    await emit(tx, "death-list.moved", { listId: id });
  }
  async function drop(tx: Tx, id: string): Promise<void> {
    officer(tx);
    await store.hold(tx, id);
    const l = await get(tx, id);
    if (l.confirmedAt !== null)
      throw new DomainError("action-not-allowed", "已经共享出去的不能作废；有错的等对方回执以后逐行办理。");
    await store.drop(tx, id, clock.now());
    await log(tx, "drop", l, `${l.persons} 人`);
  }
  /** Row by row, masked. Error: not-found. */
  async function page(tx: Tx, id: string) {
    const l = await get(tx, id);
    const rows = await store.rows(tx, id);
    const persons = await deps.registry.persons(
      tx,
      rows.map((r) => r.personId),
    );
    const d = deps.lists.get(l.code);
    return {
      ...headOf(tx, l),
      ...{ purpose: d?.purpose ?? "", basis: d?.basis ?? "" },
      rows: rows.map((r) => {
        const p = persons.get(r.personId);
        return {
          ...{ line: r.line, personId: r.personId, diedOn: r.diedOn, source: r.source },
          nameMasked: maskName(p?.name ?? ""),
          place: p ? deps.divisionName(tx.actor.countyCode, p.divisionCode) : "",
          differs: words(r.differsSealed),
          handled: words(r.handledSealed),
          ...{ handledOn: r.handledOn, handledBy: r.handledByName },
        };
      }),
    };
  }
  /** What was done about a line that the department says is otherwise. Errors: invalid-input, action-not-allowed. */
  async function handle(tx: Tx, id: string, line: number, note: string): Promise<void> {
    officer(tx);
    if (note.trim().length < 4)
      throw new DomainError("invalid-input", "请写明核对的结果（至少 4 个字）。", { field: "note" });
    const l = await get(tx, id);
    if ((await store.handle(tx, id, line, vault.seal(note.trim()), clock.today())) === 0)
      throw new DomainError("action-not-allowed", "这一行没有差异或已经办理，请刷新页面。");
    await log(tx, "handle", l, `第 ${line} 行`);
    await emit(tx, "death-list.moved", { listId: id });
  }

  /** What a person of the county has to do about it. Who waits to be given is counted only where the day has come. */
  async function waiting(tx: Tx) {
    const today = clock.today();
    const lists = (await store.unsettled(tx)).map((l) => headOf(tx, l));
    const given = await store.lastGiven(tx);
    const toDraft = [];
    for (const d of deps.lists.values()) {
      const due = dueOn(today, d, given.get(d.code));
      if (due > today || lists.some((l) => l.code === d.code && l.state === "draft")) continue;
      const persons = await store.countNotGiven(tx, d.department, today);
      const departmentName = deps.departmentName(tx.actor.countyCode, d.department);
      if (persons > 0) toDraft.push({ code: d.code, departmentName, waiting: persons, dueOn: due });
    }
    return {
      toConfirm: lists.filter((l) => l.can.confirm),
      differing: lists.filter((l) => l.open > 0),
      toDraft,
    };
  }

  const kind: PartyKind = {
    label: "死亡登记共享",
    async tell(tx, id) {
      const l = await store.find(tx, id);
      const d = l && deps.lists.get(l.code);
      if (!l || !d || l.confirmedAt === null) return undefined;
      const columns = d.columns.map((c) => DEATH_COLUMNS[c]).join("、");
      return {
        title: `截至 ${l.untilOn} 登记的死亡 ${l.persons} 人`,
        ...{ divisionCode: tx.actor.countyCode, state: l.receivedAt ? "done" : "waiting", dueOn: null },
        ...{ purpose: d.purpose, basis: d.basis },
        lines: [
          { label: "人数", text: `${l.persons} 人` },
          { label: "栏目", text: columns },
          ...(l.received === null
            ? []
            : [{ label: "回执", text: `收到 ${l.received} 人，有出入 ${l.differing} 人` }]),
          ...(l.differing > l.open ? [{ label: "民政局已核对", text: `${l.differing - l.open} 人` }] : []),
        ],
        actions: l.receivedAt ? [] : [{ action: "receive", label: "回执", fields: RECEIPT }],
        file: "下载名单",
      };
    },
    async take(tx, item, reply) {
      const l = await get(tx, item.subjectId);
      if (l.receivedAt !== null) throw new DomainError("action-not-allowed", "这份名单已经回执过了。");
      const { received, differs, note } = reply.data as Values & { received: number };
      for (const [line, text] of differencesIn(String(differs ?? "")))
        if ((await store.differ(tx, l.id, line, vault.seal(text))) === 0)
          throw new DomainError("invalid-input", `名单里没有第 ${line} 行，请核对序号。`, {
            field: "differs",
          });
      await store.receive(tx, l.id, received, note ? vault.seal(String(note)) : null, clock.now());
    },
    async file(tx, id) {
      const l = await get(tx, id);
      const d = definition(l.code);
      const rows = await store.rows(tx, id);
      const ids = rows.map((r) => r.personId);
      const persons = await deps.registry.persons(tx, ids);
      const numbers = d.columns.includes("idNo")
        ? await deps.registry.disclose(tx, ids, `共享死亡登记：${d.purpose}，依据 ${d.basis}`)
        : new Map<string, { idNo: string }>();
      const cell: Record<DeathColumn, (r: store.RowRecord) => string> = {
        name: (r) => persons.get(r.personId)?.name ?? "",
        idNo: (r) => numbers.get(r.personId)?.idNo ?? "",
        diedOn: (r) => r.diedOn,
        source: (r) => r.source,
        place: (r) => deps.divisionName(tx.actor.countyCode, persons.get(r.personId)?.divisionCode ?? ""),
      };
      return {
        name: `死亡登记${l.untilOn}.xlsx`,
        bytes: await workbook({
          name: "名单",
          head: ["序号", ...d.columns.map((c) => DEATH_COLUMNS[c])],
          rows: rows.map((r) => [String(r.line), ...d.columns.map((c) => cell[c](r))]),
          below: [`用途：${d.purpose}；依据：${d.basis}；共 ${rows.length} 人，只用于上述用途。`],
        }),
      };
    },
  };
  const toTell = async (tx: Tx) =>
    (await store.toTell(tx)).map((t) => ({
      ...t,
      departments: t.departments.map((d) => deps.departmentName(tx.actor.countyCode, d)),
    }));
  /** Who has it. */
  const parties = async (tx: Tx, id: string) => {
    const l = await store.find(tx, id);
    return l ? [department(l.department)] : [];
  };

  return { overview, draft, confirm, drop, page, handle, waiting, kind, parties, toTell };
}

/** The day of the month after the last list, or of this month before there was one. */
function dueOn(today: IsoDate, d: DeathListDefinition, last: IsoDate | undefined): IsoDate {
  const givenThisMonth = last !== undefined && monthOf(last) === monthOf(today);
  return `${givenThisMonth ? addMonths(monthOf(today), 1) : monthOf(today)}-${String(d.dueDay).padStart(2, "0")}`;
}
