/** A case as a 核对 needs it: its people, who of them has not authorised, what stands recorded about the whole. */
import type { Scalar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { subjectKey } from "../facts/index.ts";
import type { CasesDeps } from "./deps.ts";
import { caseValues, mustSign, openCase, wholeSubject } from "./gather.ts";

export async function toCheck(tx: Tx, deps: CasesDeps, id: string) {
  const c = await openCase(tx, deps, id);
  const { file } = c.bundle;
  const signed = new Set(c.state.application?.signers ?? []);
  // Authorisation given on paper later counts like signatures (a field `authorised` of an action).
  const whole = caseValues(tx, deps, c).authorised === true;
  const declaredOf = (of: Parameters<typeof subjectKey>[0]) =>
    new Map([...(c.facts.get(subjectKey(of)) ?? [])].map(([name, f]): [string, Scalar] => [name, f.value]));
  return {
    ...{ id, number: file.number, item: file.item, itemTitle: c.item.title },
    ...{ applicantId: file.applicantId, applicantName: file.applicantName, divisionCode: file.divisionCode },
    persons: c.members.filter((m) => m.diedOn === null).map((m) => ({ id: m.personId, name: m.name })),
    lacking: whole
      ? []
      : mustSign(c.members, c.today)
          .filter((m) => !signed.has(m.personId))
          .map((m) => m.name),
    ...{ householdId: file.householdId, areaClass: file.areaClass },
    declared: declaredOf(wholeSubject(file)),
    declaredBy: new Map(
      c.members.map((m) => [m.personId, declaredOf({ kind: "person", id: m.personId })] as const),
    ),
  };
}
