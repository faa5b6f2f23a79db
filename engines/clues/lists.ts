/**
 * Lists exchanged with another department's monitoring (防返贫), both ways: what comes is compared with the registry row by
 * row and recognised or explained; what goes names everybody who draws something or carries a class here.
 */
import {
  DomainError,
  type IsoDate,
  maskName,
  maskResidentId,
  parseResidentId,
  toHalfWidth,
} from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import type { CluesDeps } from "./ports.ts";
import { sheet } from "./sheet.ts";

export interface ListInput {
  readonly id: string;
  readonly partner: string;
  /** The class that a recognised person then carries: 防止返贫监测对象. */
  readonly class: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}
export interface ExchangedList {
  id: string;
  direction: "in" | "out";
  partner: string;
  class: string;
  fileName: string;
  total: number;
  recognised: number;
  at: string;
  byName: string;
}
const LARGEST_ROWS = 50_000;
const BOTH = "姓名、身份证号码";

/** Rows of a list, wherever its columns stand. @throws DomainError("bad-file") */
async function readRows(fileName: string, bytes: Buffer): Promise<{ name: string; idNo: string }[]> {
  const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
  const table = /\.xlsx$/i.test(fileName)
    ? ((await readXlsx(bytes)).sheets[0]?.rows ?? [])
    : parseCsv(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  const text = (v: unknown) => toHalfWidth(String(v ?? "")).trim();
  const at = table.findIndex(
    (r) => r.some((v) => /姓名/.test(text(v))) && r.some((v) => /证件?号|身份证/.test(text(v))),
  );
  if (at < 0) throw bad(`文件里没有找到「${BOTH}」两列，请检查表头。`);
  const head = (table[at] ?? []).map(text);
  const [name, idNo] = [
    head.findIndex((h) => /姓名/.test(h)),
    head.findIndex((h) => /证件?号|身份证/.test(h)),
  ];
  const rows = table
    .slice(at + 1)
    .map((r) => ({ name: text(r[name]), idNo: text(r[idNo]).replaceAll(/\s/g, "").toUpperCase() }))
    .filter((r) => r.name !== "" || r.idNo !== "");
  if (rows.length === 0) throw bad("名单里没有人，请检查文件。");
  if (rows.length > LARGEST_ROWS) throw bad(`一次最多 ${LARGEST_ROWS} 人，请分开导入。`);
  return rows;
}

export function createLists(deps: CluesDeps) {
  const { clock } = deps;
  const county = (tx: Tx) => {
    if (tx.actor.role !== "county")
      throw new DomainError("forbidden", "监测名单由县级经办人员交换，您的账号不能办理。");
  };
  const insertList = (tx: Tx, l: Omit<ExchangedList, "at" | "byName">) =>
    tx.exec(
      `insert into exchanged_list (county_code, id, direction, partner, class, file_name, total, recognised, at, by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [l.id, l.direction, l.partner, l.class, l.fileName, l.total, l.recognised, clock.now(), tx.actor.name],
    );

  /**
   * Takes a list in: every row recognised (the person then carries the class) or explained. The same id again changes
   * nothing. Who is no longer in the newest list of a partner and class loses the class today.
   * Errors: forbidden, bad-file, invalid-input, already-exists.
   */
  async function takeIn(tx: Tx, input: ListInput): Promise<{ total: number; recognised: number }> {
    county(tx);
    if (input.class.trim() === "" || input.partner.trim() === "")
      throw new DomainError("invalid-input", "请写明名单来自哪个部门、是哪一类对象。", { field: "class" });
    const rows = await readRows(input.fileName, input.bytes);
    const seen = new Set<string>();
    const read = rows.map((r, i) => {
      const id = parseResidentId(r.idNo, clock.today());
      const twice = id.ok && seen.has(id.id);
      if (id.ok) seen.add(id.id);
      return { line: i + 1, name: r.name, id, twice };
    });
    // As the registry keeps them beside the sealed number.
    const digests = read.map((r) => (r.id.ok ? deps.vault.digest(`id:${r.id.id}`) : null));
    const known = new Map(
      (
        await tx.query<{ digest: string; id: string; name: string; diedOn: IsoDate | null }>(
          `select encode(p.id_no_digest, 'hex') as digest, p.id, p.name, p.died_on as "diedOn"
           from person p where p.county_code = app_county() and p.id_no_digest = any ($1::bytea[])`,
          [digests.filter((d) => d !== null)],
        )
      ).map((p) => [p.digest, p]),
    );
    const judged = read.map((r, i) => {
      const person = digests[i] ? known.get(digests[i].toString("hex")) : undefined;
      const reason = !r.id.ok
        ? r.id.message
        : r.twice
          ? "名单里重复，只认一次。"
          : !person
            ? "人员库里没有这个号码，请乡镇（街道）核实后登记。"
            : person.name !== r.name
              ? "号码相同但姓名不一致，请双方核对。"
              : person.diedOn
                ? `已于 ${person.diedOn} 登记去世。`
                : "";
      return { ...r, digest: digests[i] ?? null, personId: person?.id ?? null, reason };
    });
    const recognised = judged.filter((r) => r.reason === "");
    try {
      await insertList(tx, {
        ...{ id: input.id, direction: "in", partner: input.partner.trim(), class: input.class.trim() },
        ...{ fileName: input.fileName.slice(0, 200), total: judged.length, recognised: recognised.length },
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
        "person_id",
        "recognised",
        "reason",
      ],
      judged.map((r) => [
        ...[tx.actor.countyCode, input.id, r.line, maskName(r.name || "？"), r.digest],
        ...[r.id.ok ? maskResidentId(r.id.id) : "", r.personId, r.reason === "", r.reason || "已认定"],
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
    await tx.exec(
      `insert into low_income_tag (county_code, person_id, class, from_on, list_id)
       select app_county(), x, $2, $3, $4 from unnest($1::uuid[]) x
       where not exists (select from low_income_tag t where t.county_code = app_county() and t.person_id = x
                         and t.class = $2 and t.until_on is null)
       on conflict (county_code, person_id, class, from_on) do update set until_on = null`,
      [ids, input.class.trim(), today, input.id],
    );
    await deps.audit.record(tx, {
      ...{ action: "clue.list-in", object: "list", objectId: input.id },
      detail: `${input.partner} ${input.class}：${judged.length} 人，认定 ${recognised.length} 人`,
    });
    return { total: judged.length, recognised: recognised.length };
  }

  /** Everybody in payment or with a class here, with full numbers, for a named department; disclosed and written down. */
  async function giveOut(tx: Tx, input: { id: string; partner: string }) {
    county(tx);
    const month = clock.today().slice(0, 7);
    const rows = await tx.query<{ personId: string; class: string }>(
      `select x.person_id as "personId", string_agg(distinct x.class, '、' order by x.class) as class from (
         select p.person_id, e.item as class from entitlement e
         join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id
         where e.county_code = app_county() and e.from_month <= $1 and (e.end_month is null or e.end_month >= $1)
           and p.from_month <= $1 and (p.end_month is null or p.end_month >= $1)
         union all
         select t.person_id, t.class from low_income_tag t where t.county_code = app_county() and t.until_on is null) x
       group by 1`,
      [month],
    );
    const ids = rows.map((r) => r.personId);
    const persons = await deps.registry.persons(tx, ids);
    const disclosed = await deps.registry.disclose(tx, ids, `向${input.partner}推送监测名单`);
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
      ...{ id: input.id, direction: "out", partner: input.partner, class: "在享和监测对象", fileName },
      ...{ total: data.length, recognised: data.length },
    });
    await deps.audit.record(tx, {
      ...{ action: "clue.list-out", object: "list", objectId: input.id },
      detail: `${input.partner}：${data.length} 人`,
    });
    return {
      name: fileName,
      bytes: await sheet("名单", [["姓名", "身份证号码", "类别", "所在地"], ...data]),
    };
  }

  const exchanged = (tx: Tx) =>
    tx.query<ExchangedList>(
      `select id, direction, partner, class, file_name as "fileName", total, recognised, at, by_name as "byName"
       from exchanged_list where county_code = app_county() order by at desc limit 50`,
    );
  /** Those that were not recognised, with the reason. */
  const unrecognised = (tx: Tx, listId: string) =>
    tx.query<{ line: number; name: string; idNoMasked: string; reason: string }>(
      `select line, name, id_no_masked as "idNoMasked", reason from exchanged_row
       where county_code = app_county() and list_id = $1 and not recognised order by line limit 500`,
      [listId],
    );
  /** Classes that these people carry now. */
  const classesOf = async (tx: Tx, persons: readonly string[]) =>
    tx.query<{ personId: string; class: string; fromOn: IsoDate }>(
      `select person_id as "personId", class, from_on as "fromOn" from low_income_tag
       where county_code = app_county() and person_id = any ($1::uuid[]) and until_on is null order by from_on`,
      [persons],
    );

  return { takeIn, giveOut, exchanged, unrecognised, classesOf };
}
