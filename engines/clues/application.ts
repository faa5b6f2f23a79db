/** An application for somebody whom a clue brought, with what the registry knows; the rest is asked in the case. */
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ApplicationInput } from "../cases/index.ts";
import type { CluesDeps } from "./ports.ts";
import type { Clue } from "./sealed.ts";

export async function proactiveApplication(
  tx: Tx,
  deps: CluesDeps,
  c: Clue,
  itemCode: string,
): Promise<ApplicationInput> {
  const item = deps.items.get(itemCode);
  if (!item) throw new DomainError("invalid-input", "没有这个事项，请重新选择。", { field: "item" });
  if (c.personId === null && c.householdId === null)
    throw new DomainError(
      "facts-missing",
      "还没有登记这个人的身份证号码，不能直接发起办件：请在「代办申请」里为他填申请，再回到这条线索办结。",
    );
  const household = c.householdId ? await deps.registry.getHousehold(tx, c.householdId) : undefined;
  const head = c.personId ?? household?.headPersonId ?? "";
  const [first = "本人"] = item.form.relations;
  const other = item.form.relations.at(-1) ?? first;
  const living = household?.members.filter((m) => m.toDate === null && m.diedOn === null) ?? [];
  // A household applies through its head; a person for himself.
  const applicant = item.subject === "household" && household ? household.headPersonId : head;
  const ids = item.subject === "household" && living.length > 0 ? living.map((m) => m.personId) : [applicant];
  const disclosed = await deps.registry.disclose(tx, ids, `线索 ${c.number}：发起「${item.shortTitle}」办件`);
  const persons = await deps.registry.persons(tx, ids);
  const relations = new Map(living.map((m) => [m.personId, m.relation]));
  const village = deps.divisionName(tx.actor.countyCode, c.divisionCode);
  const address = household?.address ?? persons.get(applicant)?.address ?? c.address;
  return {
    item: itemCode,
    divisionCode: household?.divisionCode ?? persons.get(applicant)?.divisionCode ?? c.divisionCode,
    address: address.trim().length < 2 ? village : address,
    areaClass: household?.areaClass ?? (/(社区|居委会|街道)$/.test(village) ? "城市" : "农村"),
    channel: "proactive",
    applicantKey: applicant,
    members: ids.map((id) => {
      const known = relations.get(id) ?? other;
      const relation = item.form.relations.includes(known) && known !== first ? known : other;
      return {
        ...{ key: id, name: persons.get(id)?.name ?? "", idNo: disclosed.get(id)?.idNo ?? "" },
        ...{ relation: id === applicant ? first : relation, facts: {} },
      };
    }),
    household: {},
    account: null,
    agent: null,
    authorised: null,
    commitments: [],
    relatives: [],
    materials: [],
  };
}
