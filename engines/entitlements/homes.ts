/**
 * Households changed in the registry by hand, as far as what their people draw allows: somebody leaves, another head, the
 * household lives elsewhere. What is drawn is changed where it is drawn (成员减少, 转移, 分户), with its amount before one's eyes.
 */
import { ageOn, DomainError, type IsoDate, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Registry } from "../registry/index.ts";
import type { Common } from "./common.ts";
import { ADULT } from "./life-model.ts";
import * as life from "./life-store.ts";
import { tellMoved } from "./moving.ts";
import type { EntitlementsDeps } from "./ports.ts";
import { sharedBy } from "./queries.ts";

export type HomeChange =
  | {
      readonly kind: "member-out";
      readonly personId: string;
      readonly on: IsoDate;
      readonly reason: string;
    }
  | {
      readonly kind: "head";
      readonly headPersonId: string;
      /** How each of the others relates to the new head. */
      readonly relations: readonly { readonly personId: string; readonly relation: string }[];
    }
  | {
      readonly kind: "move";
      readonly divisionCode: string;
      readonly areaClass: "城市" | "农村";
      readonly address: string;
      readonly reason: string;
    };

const CHANGERS: ReadonlySet<string> = new Set(["township", "county"]);
const no = (message: string) => new DomainError("action-not-allowed", message);

export function createHomes(
  { clock }: Pick<EntitlementsDeps, "clock">,
  registry: Registry,
  { itemOf }: Pick<Common, "itemOf">,
) {
  const titles = (rows: readonly { readonly item: string }[]) =>
    [...new Set(rows.map((r) => itemOf(r.item).title))].join("、");

  async function out(tx: Tx, householdId: string, input: Extract<HomeChange, { kind: "member-out" }>) {
    const { personId, on, reason } = input;
    const shared = await sharedBy(tx, personId, monthOf(clock.today()));
    if (shared.length > 0)
      throw no(`他还算在这户的「${titles(shared)}」里。请先在那项待遇里办成员减少，再从户里迁出。`);
    const [asked] = await life.askedTogether(tx, personId, householdId);
    if (asked) throw no(`这户正在办的 ${asked.number} 里算着他。请先办结或撤回，再从户里迁出。`);
    await registry.removeMember(tx, { householdId, personId, on, reason });
  }

  async function move(tx: Tx, householdId: string, input: Extract<HomeChange, { kind: "move" }>) {
    const { divisionCode, areaClass, address, reason } = input;
    const before = await registry.getHousehold(tx, householdId);
    if (divisionCode.slice(0, 9) !== before.divisionCode.slice(0, 9) && tx.actor.role !== "county")
      throw new DomainError("forbidden", "迁到另一个乡镇（街道）的，由县级经办在这一页办理。");
    const personIds = before.members.filter((m) => m.toDate === null).map((m) => m.personId);
    const drawn = await life.leftBehind(
      tx,
      null,
      personIds,
      { divisionCode, areaClass },
      monthOf(clock.today()),
    );
    if (drawn.length > 0)
      throw no(
        `这户在享「${titles(drawn)}」。请打开那项待遇办「转移」，家庭和办件一起转，金额照新住地重算。`,
      );
    await registry.moveHousehold(tx, { householdId, divisionCode, areaClass, address, reason });
    await tellMoved(tx, { householdId, personIds, divisionCode, areaClass, address });
  }

  /** 民法典第十七条、第十八条: whoever is not of age does not act for a household in which somebody is. */
  async function head(tx: Tx, householdId: string, input: Extract<HomeChange, { kind: "head" }>) {
    const { headPersonId, relations } = input;
    const today = clock.today();
    const household = await registry.getHousehold(tx, householdId);
    const here = household.members.filter((m) => m.toDate === null && m.diedOn === null);
    const grown = here.filter((m) => ageOn(m.birthDate, today) >= ADULT);
    const chosen = here.find((m) => m.personId === headPersonId);
    if (chosen && grown.length > 0 && !grown.includes(chosen))
      throw new DomainError(
        "invalid-input",
        `「${chosen.name}」未满 ${ADULT} 周岁，户里有成年人的不作户主（民法典第十七条、第十八条），请选${grown.map((m) => m.name).join("或")}。`,
        { field: "headPersonId" },
      );
    await registry.changeHead(tx, { householdId, headPersonId, relations });
  }

  /** Errors: forbidden, not-found, invalid-input, action-not-allowed with the way out. */
  return async function changeHome(tx: Tx, householdId: string, input: HomeChange): Promise<void> {
    if (!CHANGERS.has(tx.actor.role))
      throw new DomainError("forbidden", "家庭变更由乡镇（街道）或县级经办办理。");
    if (input.kind === "member-out") return out(tx, householdId, input);
    if (input.kind === "move") return move(tx, householdId, input);
    return head(tx, householdId, input);
  };
}
