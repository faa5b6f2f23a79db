import { DomainError, isIsoDate, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as filings from "./account-store.ts";
import { digests, toPerson } from "./masked.ts";
import { type SearchKind, searchKind } from "./model.ts";
import * as store from "./store.ts";
import type { Registry, RegistryDeps, RelativeFiling } from "./types.ts";

type Pages = Pick<
  Registry,
  "search" | "personPage" | "householdPage" | "fileRelatives" | "fileRelative" | "listRelativeFilings"
>;

/** Reading of personal data by people: every one of these leaves an audit row. */
export function createPages(
  { clock, vault, audit }: RegistryDeps,
  registry: Pick<Registry, "getPerson" | "getHousehold" | "currentAccount">,
): Pages {
  const digest = digests(vault);

  async function find(tx: Tx, kind: SearchKind, limit: number): Promise<store.PersonRow[]> {
    switch (kind.by) {
      case "idNo":
        return store.searchByDigest(tx, "id_no_digest", digest.idNo(kind.idNo), limit);
      case "phone":
        return store.searchByDigest(tx, "phone_digest", digest.phone(kind.phone), limit);
      case "idTail": {
        // The last four are indexed; a longer tail is compared after opening those few.
        const rows = await store.searchByDigest(tx, "id_tail_digest", digest.idTail(kind.tail), 1_000);
        return rows.filter((r) => vault.open(r.idNoSealed).endsWith(kind.tail)).slice(0, limit);
      }
      case "name":
        return store.searchByPrefix(tx, ["name"], kind.prefix, limit);
      case "pinyin":
        return store.searchByPrefix(tx, ["pinyin", "initials"], kind.prefix, limit);
    }
  }

  async function fileRelatives(tx: Tx, list: readonly RelativeFiling[]): Promise<void> {
    if (list.length === 0) return;
    const today = clock.today();
    const rows = list.map((f, i) => {
      const bad = (field: string, message: string) =>
        new DomainError("invalid-input", message, { field: `relatives.${i}.${field}` });
      const { staffName, unit, relation } = f;
      if (staffName.trim() === "")
        throw bad("staffName", "请填写有近亲属关系的经办人员或村（社区）干部姓名。");
      if (unit.trim() === "") throw bad("unit", "请填写其工作单位。");
      if (relation.trim() === "") throw bad("relation", "请填写与申请人的关系。");
      const filedOn = f.filedOn ?? today;
      if (!isIsoDate(filedOn) || filedOn > today) throw bad("filedOn", "备案日期不能晚于今天。");
      return { ...f, staffName: staffName.trim(), unit: unit.trim(), relation: relation.trim(), filedOn };
    });
    const added = await filings.insertFilings(tx, rows, clock.now());
    if (added === 0) return;
    await audit.recordMany(
      tx,
      rows.map((r) => ({
        action: "relative.file",
        object: "case",
        objectId: r.caseId,
        detail: `${r.staffName}（${r.unit}），${r.relation}`,
      })),
    );
  }

  return {
    async search(tx, typed, limit = 20) {
      const kind = searchKind(typed, clock.today());
      const rows = kind ? await find(tx, kind, limit) : [];
      await audit.record(tx, {
        action: "person.search",
        object: "person",
        detail: `${kind ? describe(kind) : "无效条件"}，${rows.length} 条`,
      });
      return rows.map((r) => toPerson(vault, tx.actor, r));
    },

    async personPage(tx, id) {
      const person = await registry.getPerson(tx, id);
      const account = await registry.currentAccount(tx, id);
      await audit.record(tx, { action: "person.read", object: "person", objectId: id });
      return { person, account: account ?? null };
    },

    async householdPage(tx, id) {
      const household = await registry.getHousehold(tx, id);
      await audit.record(tx, { action: "household.read", object: "household", objectId: id });
      return household;
    },

    fileRelatives,
    fileRelative: (tx, filing) => fileRelatives(tx, [filing]),
    listRelativeFilings: (tx, page) => filings.readFilings(tx, page),
  };
}

/** What was searched for, without the personal data itself. */
function describe(kind: SearchKind): string {
  switch (kind.by) {
    case "idNo":
      return "身份证号";
    case "phone":
      return "手机号";
    case "idTail":
      return `身份证号末 ${kind.tail.length} 位`;
    case "name":
      return `姓名 ${maskName(kind.prefix)}`;
    case "pinyin":
      return `拼音 ${kind.prefix.slice(0, 1)}…`;
  }
}
