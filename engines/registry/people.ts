import { DomainError, type IsoDate, isIsoDate, maskResidentId, parseResidentId, within } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { closeHousehold, endMemberships, readHouseholds, readMembers } from "./household-store.ts";
import { digests, toPerson } from "./masked.ts";
import {
  type CheckedPerson,
  checkName,
  checkPerson,
  normalizeName,
  type Person,
  type PersonInput,
  searchKeys,
} from "./model.ts";
import * as store from "./store.ts";
import type { Registry, RegistryDeps } from "./types.ts";

type People = Pick<
  Registry,
  | "ensurePerson"
  | "ensurePersons"
  | "getPerson"
  | "persons"
  | "findPersonByIdNo"
  | "idNoEndsWith"
  | "listBornBetween"
  | "recordDeath"
  | "renamePerson"
  | "setProtected"
>;

/** Why this cannot be the day of a death; null when it can. */
export function wrongDeathDay(on: IsoDate, today: IsoDate, birthDate?: IsoDate): string | null {
  if (!isIsoDate(on)) return "死亡日期应写成 2024-03-01。";
  if (on > today) return `死亡日期不能晚于今天（${today}）。`;
  if (birthDate !== undefined && on < birthDate) return `死亡日期不能早于出生日期（${birthDate}）。`;
  return null;
}

export const noPerson = () => new DomainError("not-found", "没有找到这个人，或不在您的管辖范围内。");

export function createPeople({ clock, vault, audit }: RegistryDeps): People {
  const digest = digests(vault);

  function newRow(p: CheckedPerson): store.NewPerson {
    return {
      id: p.id,
      divisionCode: p.divisionCode,
      name: p.name,
      ...searchKeys(p.name),
      sex: p.sex,
      birthDate: p.birthDate,
      idNoSealed: vault.seal(p.idNo),
      idNoDigest: digest.idNo(p.idNo),
      idTailDigest: digest.idTail(p.idNo),
      phoneSealed: p.phone === null ? null : vault.seal(p.phone),
      phoneDigest: p.phone === null ? null : digest.phone(p.phone),
      address: p.address,
    };
  }

  /** Who is known already, by hex digest; a known number under another name is refused. */
  async function lookUp(tx: Tx, wanted: readonly { person: CheckedPerson; key: string }[]) {
    const rows = await store.knownPersons(
      tx,
      wanted.map((w) => Buffer.from(w.key, "hex")),
    );
    const known = new Map(rows.map((r) => [r.digest.toString("hex"), r]));
    for (const { person, key } of wanted) {
      const before = known.get(key);
      if (before && normalizeName(before.name) !== person.name) {
        throw new DomainError(
          "duplicate-person",
          `身份证号 ${maskResidentId(person.idNo)} 已登记在另一个姓名之下，与填写的“${person.name}”不一致。请核对姓名和号码；确有更名的，先由乡镇（街道）更正登记。`,
          { field: person.field("idNo") },
        );
      }
    }
    return known;
  }

  async function ensurePersons(tx: Tx, inputs: readonly PersonInput[]): Promise<Person[]> {
    if (inputs.length === 0) return [];
    const seen = new Set<string>();
    const wanted = inputs.map((input) => {
      const person = checkPerson(input, tx.actor.countyCode, clock.today());
      const key = digest.idNo(person.idNo).toString("hex");
      if (seen.has(key)) {
        throw new DomainError(
          "invalid-input",
          `身份证号 ${maskResidentId(person.idNo)} 填写了两次，请删去一位。`,
          {
            field: person.field("idNo"),
          },
        );
      }
      seen.add(key);
      return { person, key };
    });

    let known = await lookUp(tx, wanted);
    const fresh = wanted.filter((w) => !known.has(w.key));
    if (fresh.length > 0) {
      const rows = fresh.map((w) => newRow(w.person));
      const inserted = await store.insertPersons(tx, rows, clock.now());
      if (inserted < fresh.length) {
        // Somebody else entered one of them a moment ago, or an id is taken.
        known = await lookUp(tx, wanted);
        const taken = fresh.find((w) => !known.has(w.key));
        if (taken) throw new DomainError("already-exists", "人员编号已被占用，请刷新页面后重新提交。");
      }
      await audit.recordMany(
        tx,
        fresh.map((w) => ({
          action: "person.create",
          object: "person",
          objectId: known.get(w.key)?.id ?? w.person.id,
        })),
      );
    }

    const made = new Set(fresh.map((w) => w.key));
    const before = wanted.flatMap((w) => (made.has(w.key) ? [] : [{ ...w, row: known.get(w.key)! }]));
    await settle(tx, before);
    const ids = wanted.map((w) => known.get(w.key)?.id ?? w.person.id);
    const rows = new Map((await store.readPersons(tx, ids)).map((r) => [r.id, r]));
    return wanted.map(({ person }, i) => {
      const row = rows.get(ids[i]!);
      return row ? toPerson(vault, tx.actor, row) : strangerOf(person, known.get(wanted[i]!.key)!);
    });
  }

  /** Takes in known people: those of elsewhere move here if they may, contacts are brought up to date. */
  async function settle(
    tx: Tx,
    before: readonly { person: CheckedPerson; key: string; row: store.KnownPerson }[],
  ) {
    const { actor } = tx;
    for (const { person, key, row } of before) {
      const mine = within(actor.scope, row.divisionCode);
      if (mine || actor.scope === "" || !within(actor.scope, person.divisionCode)) continue;
      if (await store.claimPerson(tx, Buffer.from(key, "hex"), person.divisionCode)) {
        await audit.record(tx, {
          action: "person.move",
          object: "person",
          objectId: row.id,
          detail: `${row.divisionCode} → ${person.divisionCode}`,
        });
      }
    }
    const changes = before
      .filter(({ person }) => person.phone !== null || person.address !== "")
      .map(({ person, row }) => ({
        id: row.id,
        phoneSealed: person.phone === null ? null : vault.seal(person.phone),
        phoneDigest: person.phone === null ? null : digest.phone(person.phone),
        address: person.address === "" ? null : person.address,
      }));
    if (changes.length === 0) return;
    // An officer may correct. What a resident says about others, and what is typed at registration before anybody is
    // known, fills blanks only: else a stranger with a name and a number could put his phone in the place of theirs.
    const officer = ["village", "township", "county"].includes(actor.role);
    const self = actor.role === "resident" ? actor.personId : null;
    const changed = await store.updateContacts(tx, changes, officer ? undefined : self);
    await audit.recordMany(
      tx,
      changed.map((id) => ({ action: "person.update", object: "person", objectId: id, detail: "联系方式" })),
    );
  }

  /** Somebody of another township: no more than what was typed and that the person is known. */
  function strangerOf(p: CheckedPerson, row: store.KnownPerson): Person {
    return {
      id: row.id,
      name: p.name,
      idNoMasked: maskResidentId(p.idNo),
      idNoDigest: row.digest.toString("hex"),
      phoneMasked: null,
      sex: p.sex,
      birthDate: p.birthDate,
      divisionCode: row.divisionCode,
      address: "",
      diedOn: row.diedOn,
      protected: false,
      householdId: null,
    };
  }

  async function getPerson(tx: Tx, id: string): Promise<Person> {
    const row = await store.readPerson(tx, id);
    if (!row) throw noPerson();
    return toPerson(vault, tx.actor, row);
  }

  return {
    ensurePersons,
    async ensurePerson(tx, input) {
      const [person] = await ensurePersons(tx, [input]);
      return person!;
    },
    getPerson,

    async persons(tx, ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.readPersons(tx, [...new Set(ids)]);
      return new Map(rows.map((r) => [r.id, toPerson(vault, tx.actor, r)]));
    },

    async findPersonByIdNo(tx, idNo) {
      const parsed = parseResidentId(idNo, clock.today());
      if (!parsed.ok) return undefined;
      const row = await store.findByIdDigest(tx, digest.idNo(parsed.id));
      return row && toPerson(vault, tx.actor, row);
    },

    async idNoEndsWith(tx, personId, tail) {
      const typed = tail.normalize("NFKC").trim().toUpperCase();
      if (!/^\d{3,16}[\dX]$/.test(typed)) return false;
      const row = await store.readPerson(tx, personId);
      return row !== undefined && vault.open(row.idNoSealed).endsWith(typed);
    },

    listBornBetween: (tx, from, to, limit = 50_000) => store.listBornBetween(tx, from, to, limit),

    async recordDeath(tx, personId, diedOn, source) {
      const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
      const today = clock.today();
      const wrong = wrongDeathDay(diedOn, today);
      if (wrong !== null) throw bad("diedOn", wrong);
      if (source.trim() === "") throw bad("source", "请写明信息来源，如村（社区）报告、火化证明。");
      const person = await getPerson(tx, personId);
      const early = wrongDeathDay(diedOn, today, person.birthDate);
      if (early !== null) throw bad("diedOn", early);
      if (person.diedOn === diedOn) return false;
      if (person.diedOn !== null) {
        throw new DomainError(
          "already-exists",
          `此人已登记死亡日期 ${person.diedOn}，与填写的不同，请先核对。`,
          { field: "diedOn" },
        );
      }
      if (!(await store.recordDeath(tx, personId, diedOn, source.trim()))) {
        throw new DomainError("forbidden", "死亡由村（社区）、乡镇（街道）或县级经办登记，请向他们报告。");
      }
      if (person.householdId !== null) await leaveByDeath(tx, person.householdId, personId, diedOn);
      await audit.record(tx, {
        action: "person.death",
        object: "person",
        objectId: personId,
        detail: `死亡日期 ${diedOn}，来源：${source.trim()}`,
      });
      await emit(tx, "person.died", { personId, diedOn, householdId: person.householdId });
      return true;
    },

    async renamePerson(tx, personId, typed, reason) {
      if (!["township", "county"].includes(tx.actor.role)) {
        throw new DomainError("forbidden", "姓名由乡镇（街道）或县级经办更正，请向他们提供户口簿或身份证。");
      }
      const name = checkName(typed);
      if (reason.trim() === "") {
        throw new DomainError("invalid-input", "请写明更正姓名的原因和凭据。", { field: "reason" });
      }
      if (!(await store.rename(tx, personId, { name, ...searchKeys(name) }))) throw noPerson();
      await audit.record(tx, {
        action: "person.rename",
        object: "person",
        objectId: personId,
        detail: `更正为${name}：${reason.trim()}`,
      });
      return getPerson(tx, personId);
    },

    async setProtected(tx, personId, on, reason) {
      if (!["township", "county"].includes(tx.actor.role)) {
        throw new DomainError("forbidden", "信息保护由乡镇（街道）或县级经办设置。");
      }
      if (!(await store.setProtected(tx, personId, on))) throw noPerson();
      await audit.record(tx, {
        action: "person.protect",
        object: "person",
        objectId: personId,
        detail: `${on ? "设置" : "解除"}信息保护：${reason}`,
      });
    },
  };
}

/**
 * A death ends the membership. A head whose household goes on stays its head until `changeHead`, so that no household
 * is without one; the last member's death closes it.
 */
async function leaveByDeath(tx: Tx, householdId: string, personId: string, diedOn: string): Promise<void> {
  const [household] = await readHouseholds(tx, [householdId]);
  if (!household) return;
  const living = (await readMembers(tx, [householdId])).filter(
    (m) => m.toDate === null && m.diedOn === null && m.personId !== personId,
  );
  if (household.headPersonId === personId && living.length > 0) return;
  const everybody = living.length === 0 ? [personId, household.headPersonId] : [personId];
  await endMemberships(tx, householdId, everybody, diedOn, "死亡");
  if (living.length === 0) await closeHousehold(tx, householdId, diedOn);
}
