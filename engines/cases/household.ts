/** The household an application is for: the one that its members already form, extended, or a new one. */
import { DomainError, derivedId, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Household, Person } from "../registry/index.ts";
import type { CasesDeps } from "./deps.ts";
import type { ReadApplication } from "./intake.ts";

/**
 * A household is never cut down by an application (2022 年兜底保障通知): members on record who are not in the form are
 * asked for, and whoever joins must not be in another household.
 * Errors: member-elsewhere, invalid-input, both naming the member's field.
 */
export async function householdFor(
  tx: Tx,
  deps: CasesDeps,
  caseId: string,
  read: ReadApplication,
  persons: readonly Person[],
  applicant: Person,
): Promise<string> {
  const ids = persons.map((p) => p.id);
  const current = await deps.registry.currentHouseholds(tx, ids);
  const home = current.get(applicant.id);
  const known = home ? (await deps.registry.households(tx, [home])).get(home) : undefined;
  if (!known) {
    const opened = await deps.registry.openHousehold(tx, {
      id: derivedId(caseId, "household"),
      headPersonId: applicant.id,
      divisionCode: read.input.divisionCode,
      address: read.input.address.trim(),
      areaClass: read.input.areaClass,
      members: read.members.map((m, i) => ({
        personId: ids[i] as string,
        relation: m.relation,
        name: m.name,
      })),
    });
    return opened.id;
  }
  await extend(tx, deps, known, read, ids);
  return known.id;
}

async function extend(
  tx: Tx,
  deps: CasesDeps,
  known: Household,
  read: ReadApplication,
  ids: readonly string[],
): Promise<void> {
  const { input } = read;
  if (known.divisionCode.slice(0, 9) !== input.divisionCode.slice(0, 9))
    throw registeredElsewhere(tx, deps, known.divisionCode);
  const here = known.members.filter((m) => m.toDate === null);
  const left = here.filter((m) => m.diedOn === null && !ids.includes(m.personId));
  if (left.length > 0)
    throw new DomainError(
      "invalid-input",
      `登记的家庭成员 ${left.map((m) => maskName(m.name)).join("、")} 没有列入申请。共同生活的请补上；已经分开生活的，请先由乡镇（街道）在家庭页办「家庭变更」迁出。`,
      { field: "members" },
    );
  for (const [i, personId] of ids.entries()) {
    if (here.some((m) => m.personId === personId)) continue;
    try {
      await deps.registry.addMember(tx, {
        householdId: known.id,
        personId,
        relation: read.members[i]?.relation ?? "",
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "member-elsewhere") throw error;
      throw new DomainError(error.code, error.message, {
        field: `members.${i}.idNo`,
        details: error.details,
      });
    }
  }
  const address = input.address.trim();
  const moved =
    known.divisionCode !== input.divisionCode ||
    known.address !== address ||
    known.areaClass !== input.areaClass;
  if (moved)
    await deps.registry.moveHousehold(tx, {
      householdId: known.id,
      divisionCode: input.divisionCode,
      address,
      areaClass: input.areaClass,
    });
}

/** Who is on the books of one township applies there, so that two townships never decide about the same people. */
export function registeredElsewhere(tx: Tx, deps: CasesDeps, divisionCode: string): DomainError {
  const town = deps.counties.divisionName(tx.actor.countyCode, divisionCode.slice(0, 9));
  return new DomainError(
    "invalid-input",
    `申请人登记在${town}。请向${town}申请；已经搬迁的，${
      tx.actor.personId === null
        ? "请县级经办先迁过来：在享待遇的在待遇页办「转移」，没有在享的在家庭页办「家庭变更」。"
        : `请先联系${town}办理迁移。`
    }`,
    { field: "divisionCode" },
  );
}
