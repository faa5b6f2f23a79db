/**
 * Lists exchanged with another department's monitoring (防返贫), both ways: what comes is compared with the registry row by
 * row and recognised or explained; what goes names everybody who draws something or carries a class here.
 */
import { workbook } from "@wuxin/engines/documents";
import { DomainError, type IsoDate, maskName, maskResidentId } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { readList } from "./list-file.ts";
import type { CluesDeps } from "./ports.ts";

export interface ListInput {
  readonly id: string;
  readonly partner: string;
  /** The class that a recognised person then carries: 防止返贫监测对象. */
  readonly class: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}
interface Registered {
  readonly digest: string;
  readonly id: string;
  readonly name: string;
  readonly diedOn: IsoDate | null;
}
const TWICE = "名单里重复，只认一次。";
const UNKNOWN = "人员库里没有这个号码，请乡镇（街道）核实后登记。";

/** Empty: he is whom the list means. */
function whyNot(person: Registered | undefined, sameName: boolean): string {
  if (!person) return UNKNOWN;
  if (!sameName) return "号码相同但姓名不一致，请双方核对。";
  return person.diedOn ? `已于 ${person.diedOn} 登记去世。` : "";
}
export interface ExchangedList {
  id: string;
  direction: "in" | "out";
  partner: string;
  class: string;
  fileName: string;
  total: number;
  recognised: number;
  /** On what ground it was given; null of a list that came. */
  basis: string | null;
  at: string;
  byName: string;
}
export function createLists(deps: CluesDeps) {
  const { clock } = deps;
  const nameOf = (name: string) => deps.vault.digest(`list name ${name}`);
  const county = (tx: Tx) => {
    if (tx.actor.role !== "county")
      throw new DomainError("forbidden", "监测名单由县级经办人员交换，您的账号不能办理。");
  };
  const insertList = (tx: Tx, l: Omit<ExchangedList, "at" | "byName">) =>
    tx.exec(
      `insert into exchanged_list (county_code, id, direction, partner, class, file_name, total, recognised, basis, at, by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[l.id, l.direction, l.partner, l.class, l.fileName, l.total, l.recognised, l.basis],
        ...[clock.now(), tx.actor.name],
      ],
    );

  /** Who carries these numbers, by the digest that the registry keeps beside the sealed number. */
  const registered = async (tx: Tx, digests: readonly Buffer[]): Promise<ReadonlyMap<string, Registered>> =>
    new Map(
      (
        await tx.query<Registered>(
          `select encode(p.id_no_digest, 'hex') as digest, p.id, p.name, p.died_on as "diedOn"
           from person p where p.county_code = app_county() and p.id_no_digest = any ($1::bytea[])`,
          [digests],
        )
      ).map((p) => [p.digest, p]),
    );

  /** Recognised people carry the class from today, unless they do already. */
  const tag = (tx: Tx, personIds: readonly (string | null)[], kind: string, listId: string) =>
    tx.exec(
      `insert into low_income_tag (county_code, person_id, class, from_on, list_id)
       select app_county(), x, $2, $3, $4 from unnest($1::uuid[]) x
       where not exists (select from low_income_tag t where t.county_code = app_county() and t.person_id = x
                         and t.class = $2 and t.until_on is null)
       on conflict (county_code, person_id, class, from_on) do update set until_on = null`,
      [personIds, kind, clock.today(), listId],
    );

  /**
   * Takes a list in: every row recognised (the person then carries the class) or explained. The same id again changes
   * nothing. Who is no longer in the newest list of a partner and class loses the class today.
   * Errors: forbidden, bad-file, invalid-input, already-exists.
   */
  async function takeIn(
    tx: Tx,
    input: ListInput,
  ): Promise<{ id: string; total: number; recognised: number }> {
    county(tx);
    if (input.class.trim() === "" || input.partner.trim() === "")
      throw new DomainError("invalid-input", "请写明名单来自哪个部门、是哪一类对象。", { field: "class" });
    const read = await readList(input.fileName, input.bytes, clock.today());
    // As the registry keeps them beside the sealed number.
    const digests = read.map((r) => (r.id.ok ? deps.vault.digest(`id:${r.id.id}`) : null));
    const known = await registered(
      tx,
      digests.filter((d) => d !== null),
    );
    const judged = read.map((r, i) => {
      const person = digests[i] ? known.get(digests[i].toString("hex")) : undefined;
      const reason = !r.id.ok
        ? r.id.message
        : r.twice
          ? TWICE
          : whyNot(person, person !== undefined && person.name === r.name);
      return { ...r, digest: digests[i] ?? null, personId: person?.id ?? null, reason };
    });
    const recognised = judged.filter((r) => r.reason === "");
    try {
      await insertList(tx, {
        ...{ id: input.id, direction: "in", partner: input.partner.trim(), class: input.class.trim() },
        ...{ fileName: input.fileName.slice(0, 200), total: judged.length, recognised: recognised.length },
        basis: null,
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError("already-exists", "这份名单已经导入过。");
      throw error;
    }
    await tx.bulkInsert(
      "exchanged_row",
      [
        "county_code",
        "list_id",
        "line",
        "name",
        "id_no_digest",
        "id_no_masked",
        "name_digest",
        "person_id",
        "recognised",
        "reason",
      ],
      judged.map((r) => [
        ...[tx.actor.countyCode, input.id, r.line, maskName(r.name || "？"), r.digest],
        ...[
          r.id.ok ? maskResidentId(r.id.id) : "",
          nameOf(r.name),
          r.personId,
          r.reason === "",
          r.reason || "已认定",
        ],
      ]),
    );
    const ids = recognised.map((r) => r.personId);
    const today = clock.today();
    await tx.exec(
      `update low_income_tag t set until_on = $3 from exchanged_list l
       where t.county_code = app_county() and t.class = $1 and t.until_on is null and not t.person_id = any ($2::uuid[])
         and l.county_code = t.county_code and l.id = t.list_id and l.partner = $4`,
      [input.class.trim(), ids, today, input.partner.trim()],
    );
    await tag(tx, ids, input.class.trim(), input.id);
    await deps.audit.record(tx, {
      ...{ action: "clue.list-in", object: "list", objectId: input.id },
      detail: `${input.partner} ${input.class}：${judged.length} 人，认定 ${recognised.length} 人`,
    });
    return { id: input.id, total: judged.length, recognised: recognised.length };
  }

  /**
   * Everybody of low income here, by what he draws or by a list that came, with full numbers, for a named department;
   * disclosed and written down. A benefit that says nothing of hardship puts nobody on it (个人信息保护法第六条).
   */
  async function giveOut(tx: Tx, input: { id: string; partner: string; basis: string }) {
    county(tx);
    const basis = input.basis.trim();
    const month = clock.today().slice(0, 7);
    const tiered = [...deps.items].flatMap(([code, item]) => (item.tier ? [code] : []));
    const rows = await tx.query<{ personId: string; class: string }>(
      `select x.person_id as "personId", string_agg(distinct x.class, '、' order by x.class) as class from (
         select p.person_id, e.item as class from entitlement e
         join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id
         where e.county_code = app_county() and e.item = any ($2)
           and e.from_month <= $1 and (e.end_month is null or e.end_month >= $1)
           and p.from_month <= $1 and (p.end_month is null or p.end_month >= $1)
         union all
         select t.person_id, t.class from low_income_tag t where t.county_code = app_county() and t.until_on is null) x
       group by 1`,
      [month, tiered],
    );
    const ids = rows.map((r) => r.personId);
    const persons = await deps.registry.persons(tx, ids);
    const disclosed = await deps.registry.disclose(tx, ids, `向${input.partner}推送监测名单，依据 ${basis}`);
    const titles = (codes: string) =>
      codes
        .split("、")
        .map((c) => deps.items.get(c)?.shortTitle ?? c)
        .join("、");
    const data = rows.flatMap((r) => {
      const p = persons.get(r.personId);
      if (!p || p.diedOn !== null) return [];
      const place = deps.divisionName(tx.actor.countyCode, p.divisionCode);
      return [[p.name, disclosed.get(r.personId)?.idNo ?? "", titles(r.class), place]];
    });
    const fileName = `监测名单${clock.today()}.xlsx`;
    await insertList(tx, {
      ...{ id: input.id, direction: "out", partner: input.partner, class: "低收入人口", fileName },
      ...{ total: data.length, recognised: data.length, basis },
    });
    await deps.audit.record(tx, {
      ...{ action: "clue.list-out", object: "list", objectId: input.id },
      detail: `${input.partner}：${data.length} 人，依据 ${basis}`,
    });
    return {
      name: fileName,
      bytes: await workbook({
        name: "名单",
        head: ["姓名", "身份证号码", "类别", "所在地"],
        rows: data,
        below: [
          `提供给：${input.partner}；依据：${basis}；${clock.today()} ${tx.actor.name} 导出，共 ${data.length} 人。`,
        ],
      }),
    };
  }

  const exchanged = (tx: Tx) =>
    tx.query<ExchangedList>(
      `select id, direction, partner, class, file_name as "fileName", total, recognised, basis, at, by_name as "byName"
       from exchanged_list where county_code = app_county() order by at desc limit 50`,
    );
  const getList = async (tx: Tx, id: string) => {
    const list = await tx.maybe<{ class: string; partner: string; direction: string }>(
      "select class, partner, direction from exchanged_list where county_code = app_county() and id = $1 for update",
      [id],
    );
    if (list?.direction !== "in") throw new DomainError("not-found", "没有找到这份收到的名单，请刷新页面。");
    return list;
  };
  /** Those that were not recognised, with the reason and what was done about it. */
  const unrecognised = async (tx: Tx, listId: string) =>
    (
      await tx.query<{
        line: number;
        name: string;
        idNoMasked: string;
        reason: string;
        note: Buffer | null;
        handledOn: IsoDate | null;
        handledByName: string | null;
      }>(
        `select line, name, id_no_masked as "idNoMasked", reason, handled_note_sealed as note, handled_on as "handledOn",
           handled_by_name as "handledByName"
         from exchanged_row where county_code = app_county() and list_id = $1 and not recognised order by line limit 500`,
        [listId],
      )
    ).map(({ note, ...r }) => ({ ...r, handledNote: note ? deps.vault.open(note) : null }));

  /** Looks once more for those whom the registry did not know when the list came. Errors: forbidden, not-found. */
  async function recogniseAgain(tx: Tx, listId: string): Promise<{ recognised: number }> {
    county(tx);
    const list = await getList(tx, listId);
    const rows = await tx.query<{ line: number; name: Buffer; digest: Buffer }>(
      `select line, name_digest as name, id_no_digest as digest from exchanged_row
       where county_code = app_county() and list_id = $1 and not recognised and id_no_digest is not null
         and name_digest is not null and reason <> $2`,
      [listId, TWICE],
    );
    const known = await registered(
      tx,
      rows.map((r) => r.digest),
    );
    const found: string[] = [];
    for (const r of rows) {
      const person = known.get(r.digest.toString("hex"));
      if (!person) continue;
      const why = whyNot(person, nameOf(person.name).equals(r.name));
      await tx.exec(
        `update exchanged_row set recognised = $3, reason = $4, person_id = $5
         where county_code = app_county() and list_id = $1 and line = $2`,
        [listId, r.line, why === "", why || "已认定", person.id],
      );
      if (why === "") found.push(person.id);
    }
    if (found.length > 0) {
      await tx.exec(
        "update exchanged_list set recognised = recognised + $2 where county_code = app_county() and id = $1",
        [listId, found.length],
      );
      await tag(tx, found, list.class, listId);
    }
    await deps.audit.record(tx, {
      ...{ action: "clue.list-again", object: "list", objectId: listId },
      detail: `${list.partner} ${list.class}：又认定 ${found.length} 人`,
    });
    return { recognised: found.length };
  }

  /** What was done about a row that stays unrecognised. Errors: forbidden, not-found, invalid-input. */
  async function handle(tx: Tx, listId: string, line: number, note: string): Promise<void> {
    county(tx);
    if (note.trim().length < 2)
      throw new DomainError("invalid-input", "请写明怎样处理的。", { field: "note" });
    await getList(tx, listId);
    const done = await tx.exec(
      `update exchanged_row set handled_note_sealed = $3, handled_on = $4, handled_by_name = $5
       where county_code = app_county() and list_id = $1 and line = $2 and not recognised`,
      [listId, line, deps.vault.seal(note.trim()), clock.today(), tx.actor.name],
    );
    if (done === 0) throw new DomainError("not-found", "这一行已经认定，或不在名单里，请刷新页面。");
    await deps.audit.record(tx, {
      ...{ action: "clue.list-handle", object: "list", objectId: listId },
      detail: `第 ${line} 行`,
    });
  }

  /** Lists on which these people stand or stood, oldest first. Which department gave them is the county's to see. */
  const listedOf = async (tx: Tx, persons: readonly string[]) =>
    tx.query<{ personId: string; class: string; fromOn: IsoDate; untilOn: IsoDate | null; partner: string }>(
      `select t.person_id as "personId", t.class, t.from_on as "fromOn", t.until_on as "untilOn",
         coalesce(l.partner, '') as partner
       from low_income_tag t
       left join exchanged_list l on l.county_code = t.county_code and l.id = t.list_id
       where t.county_code = app_county() and t.person_id = any ($1::uuid[]) order by t.from_on, t.class`,
      [persons],
    );

  return { takeIn, giveOut, exchanged, unrecognised, recogniseAgain, handleUnrecognised: handle, listedOf };
}
