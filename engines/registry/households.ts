import { DomainError, type IsoDate, isIsoDate, newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as store from "./household-store.ts";
import { toMember } from "./masked.ts";
import { checkDivision, checkMembers, type Household } from "./model.ts";
import { movePersons, readPersons } from "./store.ts";
import type { OpenHousehold, Registry, RegistryDeps } from "./types.ts";

type Households = Pick<
  Registry,
  | "openHousehold"
  | "getHousehold"
  | "households"
  | "currentHouseholds"
  | "addMember"
  | "removeMember"
  | "changeHead"
  | "moveHousehold"
  | "movePerson"
>;

export const noHousehold = () => new DomainError("not-found", "没有找到这个家庭，或不在您的管辖范围内。");
const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });

export function createHouseholds({ clock, vault, audit }: RegistryDeps): Households {
  async function households(tx: Tx, ids: readonly string[]): Promise<Map<string, Household>> {
    if (ids.length === 0) return new Map();
    const wanted = [...new Set(ids)];
    const rows = await store.readHouseholds(tx, wanted);
    const members = await store.readMembers(tx, wanted);
    const byHousehold = new Map<string, store.MemberRow[]>(rows.map((h) => [h.id, []]));
    for (const m of members) byHousehold.get(m.householdId)?.push(m);
    return new Map(
      rows.map((h) => {
        const all = byHousehold.get(h.id) ?? [];
        const head = all.filter((m) => m.personId === h.headPersonId);
        const others = all.filter((m) => m.personId !== h.headPersonId);
        const household: Household = {
          ...h,
          headName: head[0]?.name ?? "",
          members: [...head, ...others].map((m) => toMember(vault, m)),
        };
        return [h.id, household];
      }),
    );
  }

  async function getHousehold(tx: Tx, id: string): Promise<Household> {
    const found = (await households(tx, [id])).get(id);
    if (!found) throw noHousehold();
    return found;
  }

  async function openOne(tx: Tx, id: string): Promise<Household> {
    const household = await getHousehold(tx, id);
    if (household.closedOn !== null)
      throw bad("householdId", `这个家庭已于 ${household.closedOn} 注销，不能再变更。`);
    return household;
  }

  function dayOf(on: IsoDate | undefined): IsoDate {
    const day = on ?? clock.today();
    if (!isIsoDate(day)) throw bad("on", "日期应写成 2024-03-01。");
    if (day > clock.today()) throw bad("on", `日期不能晚于今天（${clock.today()}）。`);
    return day;
  }

  /** Puts people into a household and moves them to its place. */
  async function takeIn(
    tx: Tx,
    h: { id: string; divisionCode: string },
    members: OpenHousehold["members"],
    on: IsoDate,
  ): Promise<void> {
    const ids = members.map((m) => m.personId);
    const seen = new Map((await readPersons(tx, ids)).map((p) => [p.id, p]));
    const called = (i: number) => seen.get(ids[i]!)?.name ?? members[i]?.name ?? `第 ${i + 1} 位成员`;
    members.forEach((m, i) => {
      const died = seen.get(m.personId)?.diedOn;
      if (died) throw bad(`members.${i}.name`, `“${called(i)}”已于 ${died} 去世，不能列为家庭成员。`);
    });
    const rows = members.map((m) => ({ id: newId(), personId: m.personId, relation: m.relation.trim() }));
    const taken = await store.insertMembers(tx, h, rows, on, clock.now());
    const elsewhere = ids.findIndex((id) => !taken.has(id));
    if (elsewhere !== -1) {
      throw new DomainError(
        "member-elsewhere",
        `“${called(elsewhere)}”现在是另一个家庭的成员，一个人同时只能在一户。请先由原户所在乡镇（街道）在那户的家庭页办「家庭变更」迁出，或从本户成员中删去。`,
        { field: `members.${elsewhere}.idNo`, details: { personId: ids[elsewhere] } },
      );
    }
    const stranger = ids.findIndex((id) => !seen.has(id));
    if (stranger !== -1) {
      throw new DomainError("not-found", `没有找到“${called(stranger)}”的登记，或不在您的管辖范围内。`, {
        field: `members.${stranger}.idNo`,
      });
    }
    await movePersons(tx, ids, h.divisionCode);
  }

  return {
    households,
    getHousehold,
    async currentHouseholds(tx, personIds) {
      return personIds.length === 0 ? new Map() : store.currentHouseholds(tx, personIds);
    },

    async openHousehold(tx, input) {
      checkMembers(input.headPersonId, input.members);
      checkDivision(input.divisionCode, tx.actor.countyCode);
      if (input.areaClass !== "城市" && input.areaClass !== "农村")
        throw bad("areaClass", "请选择城市或农村。");
      const address = input.address.trim();
      if (address.length > 200) throw bad("address", "地址最长 200 个字，请精简。");
      const on = dayOf(input.on);
      const head = input.members.find((m) => m.personId === input.headPersonId)!;
      const row = {
        id: input.id,
        headPersonId: input.headPersonId,
        divisionCode: input.divisionCode,
        address,
        areaClass: input.areaClass,
        openedOn: on,
      };
      if (!(await store.insertHousehold(tx, row, clock.now()))) {
        // Ids are made by the caller: the same request again gives the household that the first one opened.
        const before = (await households(tx, [input.id])).get(input.id);
        if (before?.headPersonId === head.personId) return before;
        throw new DomainError("already-exists", "家庭编号已被占用，请刷新页面后重新提交。");
      }
      await takeIn(tx, row, input.members, on);
      await audit.record(tx, {
        action: "household.open",
        object: "household",
        objectId: input.id,
        detail: `${input.members.length} 人`,
      });
      return getHousehold(tx, input.id);
    },

    async addMember(tx, { householdId, personId, relation, on }) {
      const household = await openOne(tx, householdId);
      if (household.members.some((m) => m.personId === personId && m.toDate === null)) return household;
      if (relation.trim() === "") throw bad("relation", "请填写与户主的关系。");
      await takeIn(tx, household, [{ personId, relation }], dayOf(on));
      await audit.record(tx, {
        action: "household.member-in",
        object: "household",
        objectId: householdId,
        detail: `${personId}，${relation.trim()}`,
      });
      return getHousehold(tx, householdId);
    },

    async removeMember(tx, { householdId, personId, on, reason }) {
      const household = await openOne(tx, householdId);
      const current = household.members.filter((m) => m.toDate === null);
      const leaving = current.find((m) => m.personId === personId);
      if (!leaving) throw new DomainError("not-found", "此人现在不是这个家庭的成员，请刷新页面。");
      if (reason.trim() === "") throw bad("reason", "请写明迁出原因。");
      const last = current.length === 1;
      if (household.headPersonId === personId && !last) {
        throw bad("personId", `“${leaving.name}”是户主。请先变更户主，再办理迁出。`);
      }
      const day = dayOf(on);
      await store.endMemberships(tx, householdId, [personId], day, reason.trim());
      if (last) await store.closeHousehold(tx, householdId, day);
      await audit.record(tx, {
        action: "household.member-out",
        object: "household",
        objectId: householdId,
        detail: `${personId}，${reason.trim()}${last ? "，家庭注销" : ""}`,
      });
      return getHousehold(tx, householdId);
    },

    async changeHead(tx, { householdId, headPersonId, relations }) {
      const household = await openOne(tx, householdId);
      const current = household.members.filter((m) => m.toDate === null);
      const head = current.find((m) => m.personId === headPersonId);
      if (!head) throw bad("headPersonId", "新户主应是现在的家庭成员，请从成员中选择。");
      if (head.diedOn !== null) throw bad("headPersonId", `“${head.name}”已去世，不能作为户主。`);
      const before = current.find((m) => m.personId === household.headPersonId);
      if (before && before.personId !== headPersonId && before.diedOn !== null) {
        await store.endMemberships(tx, householdId, [before.personId], before.diedOn, "死亡");
      }
      const others = relations.filter((r) => r.personId !== headPersonId);
      const all = [...others, { personId: headPersonId, relation: "户主" }];
      await store.setHead(tx, householdId, headPersonId, all);
      await audit.record(tx, {
        action: "household.head",
        object: "household",
        objectId: householdId,
        detail: `${household.headPersonId} → ${headPersonId}`,
      });
      return getHousehold(tx, householdId);
    },

    async moveHousehold(tx, { householdId, divisionCode, address, areaClass, reason }) {
      const household = await openOne(tx, householdId);
      checkDivision(divisionCode, tx.actor.countyCode);
      await store.moveHousehold(tx, householdId, { divisionCode, address: address.trim(), areaClass });
      const here = household.members.filter((m) => m.toDate === null).map((m) => m.personId);
      await movePersons(tx, here, divisionCode);
      await audit.record(tx, {
        action: "household.move",
        object: "household",
        objectId: householdId,
        detail: `${household.divisionCode} → ${divisionCode}${reason ? `，${reason.trim()}` : ""}`,
      });
      return getHousehold(tx, householdId);
    },

    async movePerson(tx, { personId, divisionCode, address }) {
      checkDivision(divisionCode, tx.actor.countyCode);
      if ((await store.currentHouseholds(tx, [personId])).size > 0)
        throw bad("divisionCode", "他和家人登记在一起，请按家庭办理迁移。");
      await movePersons(tx, [personId], divisionCode, address?.trim());
      await audit.record(tx, {
        ...{ action: "person.move", object: "person", objectId: personId, detail: `→ ${divisionCode}` },
      });
    },
  };
}
