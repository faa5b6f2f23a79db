/**
 * 转移 reaches the people, too: the household with everybody in it, or one person alone, and the case, which goes on there
 * (ADR 70).
 */
import { DomainError, type Month, monthOf } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import type { Household } from "../registry/index.ts";
import type { Common } from "./common.ts";
import type { ChangeInput } from "./life-model.ts";
import * as life from "./life-store.ts";
import { coveredIn } from "./model.ts";
import type { EntitlementsDeps } from "./ports.ts";
import { sharedBy } from "./queries.ts";
import * as store from "./store.ts";

type Transfer = Extract<ChangeInput, { kind: "transfer" }>;
/** The outbox event `people.moved`: who lives elsewhere now. What is open about them goes along. */
export interface PeopleMoved {
  /** Null: moved by hand with nothing that is drawn, or divided, or put together. */
  readonly entitlementId: string | null;
  readonly caseId: string | null;
  /** Null: they have no household, or one person left it. */
  readonly householdId: string | null;
  readonly personIds: readonly string[];
  readonly divisionCode: string;
  /** Null: as it was. */
  readonly areaClass: string | null;
  readonly address: string | null;
}
const NOT_SAID = { entitlementId: null, caseId: null, areaClass: null, address: null };
/** @param who what is not said of them is null */
export const tellMoved = (tx: Tx, who: Omit<PeopleMoved, keyof typeof NOT_SAID> & Partial<PeopleMoved>) =>
  emit(tx, "people.moved", { ...NOT_SAID, ...who } satisfies PeopleMoved);

/** Who goes. */
interface Party {
  /** The household that moves, or that the one person leaves; undefined: he has none. */
  readonly home: Household | undefined;
  readonly personIds: readonly string[];
  readonly alone: boolean;
}

const livingIn = (home: Household | undefined) =>
  home?.members.filter((m) => m.toDate === null && m.diedOn === null).map((m) => m.personId) ?? [];

export function createMoving(
  { registry, clock, divisionName }: Pick<EntitlementsDeps, "registry" | "clock" | "divisionName">,
  { itemOf }: Pick<Common, "itemOf">,
) {
  const titles = (rows: readonly { readonly item: string; readonly payee?: string }[]) =>
    rows.map((r) => `${itemOf(r.item).title}${r.payee ? `（${r.payee}）` : ""}`).join("、");

  /** The household of a benefit, or of whoever it is for; none that is closed. */
  async function homeOf(tx: Tx, e: store.EntitlementRecord, person: string): Promise<Household | undefined> {
    const id = e.householdId ?? (await registry?.currentHouseholds(tx, [person]))?.get(person);
    const home = id ? (await registry?.households(tx, [id]))?.get(id) : undefined;
    return home?.closedOn === null ? home : undefined;
  }
  async function personOf(tx: Tx, e: store.EntitlementRecord): Promise<string> {
    const now = monthOf(clock.today());
    const month: Month = e.fromMonth > now ? e.fromMonth : now;
    return coveredIn(await store.coverageOf(tx, e.id), month)[0] ?? e.applicantId;
  }

  /** Errors: invalid-input `alone` where it is not said, action-not-allowed where he cannot leave by himself. */
  async function party(tx: Tx, e: store.EntitlementRecord, to: Transfer): Promise<Party> {
    const person = await personOf(tx, e);
    const home = await homeOf(tx, e, person);
    const here = livingIn(home);
    if (e.subjectKind === "household" || here.length < 2)
      return { home, personIds: here.length > 0 ? here : [person], alone: false };
    if (to.alone === undefined)
      throw new DomainError("invalid-input", "他和家人登记在一起，请选全家一起迁，还是只他一个人迁走。", {
        field: "alone",
      });
    if (!to.alone) return { home, personIds: here, alone: false };
    const shared = await sharedBy(tx, person, monthOf(clock.today()));
    if (shared.length > 0)
      throw new DomainError(
        "action-not-allowed",
        `他还是这户「${titles(shared)}」的保障对象。请先在那项待遇里办成员减少（离开家庭），再单独转移；全家都搬走的，选全家一起迁。`,
      );
    if (home?.headPersonId === person)
      throw new DomainError(
        "action-not-allowed",
        "他是户主，不能单独迁走：全家都搬走的，选全家一起迁；家里人留下的，请先在家庭页的「家庭变更」里变更户主。",
      );
    return { home, personIds: [person], alone: true };
  }

  return {
    /** Of a benefit that goes by persons: how many others he is registered with, so that it is to be said who moves. */
    async others(tx: Tx, e: store.EntitlementRecord): Promise<number> {
      if (e.subjectKind === "household") return 0;
      return Math.max(0, livingIn(await homeOf(tx, e, await personOf(tx, e))).length - 1);
    },

    /** What goes along, and what else these people draw that stays behind until it is moved as well. Errors: as `move`. */
    async told(tx: Tx, e: store.EntitlementRecord, to: Transfer): Promise<string> {
      const { home, personIds, alone } = await party(tx, e, to);
      const others = await life.leftBehind(tx, e.id, personIds, to, monthOf(clock.today()));
      const place = divisionName(tx.actor.countyCode, to.divisionCode);
      const who = alone
        ? "他从这户迁出，本人"
        : personIds.length > 1
          ? `全家 ${personIds.length} 人`
          : "本人";
      const what =
        home?.divisionCode === to.divisionCode && !alone
          ? `${who}已经登记在${place}，这项待遇和办件转过去。`
          : `${who}的登记、办件、没做完的走访和线索一起转到${place}。`;
      return others.length > 0 ? `${what}还有${titles(others)}没有转，请接着转。` : what;
    },

    /** Errors: invalid-input, action-not-allowed. */
    async move(tx: Tx, e: store.EntitlementRecord, to: Transfer): Promise<void> {
      const { home, personIds, alone } = await party(tx, e, to);
      const { divisionCode } = to;
      await life.move(tx, e.id, to);
      // Another place without a new address: the old one is wrong there.
      const address = to.address || (divisionCode === e.divisionCode ? null : "");
      if (home && alone) {
        const [personId = ""] = personIds;
        await registry?.removeMember(tx, { householdId: home.id, personId, reason: "迁出" });
        await registry?.movePerson(tx, { personId, divisionCode, address: address ?? undefined });
      } else if (home) {
        const areaClass = to.areaClass === "城市" || to.areaClass === "农村" ? to.areaClass : home.areaClass;
        const there = home.divisionCode === divisionCode;
        // Moved before, with another benefit of theirs: what was written then stands.
        if (!there || home.areaClass !== areaClass || to.address)
          await registry?.moveHousehold(tx, {
            ...{ householdId: home.id, divisionCode, areaClass },
            address: to.address || (there ? home.address : ""),
          });
      } else
        for (const personId of personIds)
          await registry?.movePerson(tx, { personId, divisionCode, address: address ?? undefined });
      const householdId = alone ? null : (home?.id ?? null);
      await tellMoved(tx, {
        ...{ entitlementId: e.id, caseId: e.caseId, householdId, personIds },
        ...{ divisionCode, areaClass: to.areaClass, address },
      });
    },
  };
}
