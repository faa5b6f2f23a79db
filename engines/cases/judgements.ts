/**
 * What was judged of a household, kept: a row from the day it was first so until the day it was not, with the version of the
 * rules.
 */
import { newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CasesDeps } from "./deps.ts";
import type { Judged } from "./judging.ts";

interface Row {
  id: string;
  item: string;
  state: Judged["state"];
  personIds: string[];
  version: string;
  reasonSealed: Buffer;
}

/** The same again changes nothing; what is no longer asked of the household (drawn, applied for) ends. */
export async function keepJudgements(
  tx: Tx,
  deps: Pick<CasesDeps, "clock" | "vault">,
  of: { readonly id: string; readonly divisionCode: string },
  judged: readonly Judged[],
): Promise<void> {
  const today = deps.clock.today();
  const open = await tx.query<Row>(
    `select id, item, state, person_ids as "personIds", rule_version as version, reason_sealed as "reasonSealed"
     from household_judgement where county_code = app_county() and household_id = $1 and until_on is null for update`,
    [of.id],
  );
  const before = new Map(open.map((r) => [r.item, r]));
  const same = (r: Row | undefined, j: Judged) =>
    r !== undefined &&
    r.state === j.state &&
    r.version === j.version &&
    r.personIds.join() === j.personIds.join() &&
    deps.vault.open(r.reasonSealed) === j.reason;
  const changed = judged.filter((j) => !same(before.get(j.item), j));
  const now = new Set(judged.map((j) => j.item));
  const ended = open.filter((r) => !now.has(r.item) || changed.some((j) => j.item === r.item));
  await tx.exec(
    "update household_judgement set until_on = $2 where county_code = app_county() and id = any ($1::uuid[])",
    [ended.map((r) => r.id), today],
  );
  await tx.bulkInsert(
    "household_judgement",
    [
      ...["county_code", "id", "household_id", "division_code", "item", "state", "person_ids"],
      ...["reason_sealed", "rule_version", "since_on"],
    ],
    changed.map((j) => [
      ...[tx.actor.countyCode, newId(), of.id, of.divisionCode, j.item, j.state, j.personIds],
      ...[deps.vault.seal(j.reason), j.version, today],
    ]),
  );
  await tx.exec(
    `insert into household_judged (county_code, household_id, division_code, judged_at) values (app_county(), $1, $2, $3)
     on conflict (county_code, household_id) do update set judged_at = excluded.judged_at, division_code = excluded.division_code`,
    [of.id, of.divisionCode, deps.clock.now()],
  );
}
