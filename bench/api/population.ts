/** A county of 200,000 invented residents with 20,000 entitlements in payment, written in bulk by the system's own actor. */
import {
  addDays,
  addMonths,
  derivedId,
  type IsoDate,
  monthOf,
  newId,
  residentIdWithCheck,
} from "@wuxin/kernel";
import { type Platform, systemActor, type Tx } from "@wuxin/platform";
import type { House } from "@wuxin/server";

export const COUNTY = "430621";
export const PASSWORD = "ceshi-2026-mima";
const BATCH = 1_000;

export interface Population {
  readonly residents: number;
  readonly entitlements: number;
  readonly item: string;
  readonly logins: { readonly township: readonly string[]; readonly county: readonly string[] };
}
interface Size {
  readonly residents: number;
  readonly entitlements: number;
}
interface Family {
  readonly householdId: string;
  readonly village: string;
  readonly personIds: readonly string[];
  readonly first: number;
  readonly entitled: boolean;
}

const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高";
const GIVEN = "国秀建桂志春文玉德凤明海家子雨立思永金水";
const nameOf = (k: number) =>
  `${SURNAMES[k % 20]}${GIVEN[Math.floor(k / 20) % 20]}${GIVEN[Math.floor(k / 400) % 20]}`;
/** Every k has its own number: 20,000 birth days, then the next sequence number. */
const idNoOf = (k: number) => {
  const birth = addDays("1945-01-01", k % 20_000);
  return residentIdWithCheck(
    `${COUNTY}${birth.replaceAll("-", "")}${String(100 + Math.floor(k / 20_000)).padStart(3, "0")}`,
  );
};

export async function populate(
  house: House,
  vault: Platform["vault"],
  size: Size,
  tell: (text: string) => void,
): Promise<Population> {
  const system = systemActor(COUNTY);
  const { divisions } = house.counties.get(COUNTY);
  const villages = divisions.filter((d) => d.level === "village");
  const townships = divisions.filter(
    (d) => d.level === "township" && villages.some((v) => v.parentCode === d.code),
  );
  const item = [...house.catalogue.items.values()].find((i) => i.subject === "household");
  if (!item) throw new Error("the benchmark needs an item for households");

  const township = townships
    .slice(0, 10)
    .flatMap((t, i) => [0, 1, 2, 3].map((n) => ({ login: `z${i}-${n}`, scope: t.code })));
  const county = Array.from({ length: 10 }, (_, i) => ({ login: `x-${i}`, scope: COUNTY }));
  const account = (role: "township" | "county") => (a: { login: string; scope: string }) => ({
    id: newId(),
    loginName: a.login,
    name: `压测${a.login}`,
    role,
    scope: a.scope,
    password: PASSWORD,
  });
  await house.db.transact(system, (tx) =>
    house.access.install(tx, [...township.map(account("township")), ...county.map(account("county"))]),
  );
  tell(`${township.length + county.length} accounts`);

  const today = house.clock.today();
  let made = 0;
  while (made < size.residents) {
    const families: Family[] = [];
    const end = Math.min(made + BATCH, size.residents);
    for (let k = made; k < end; ) {
      const members = Math.min(1 + ((k * 7) % 5), end - k);
      const village = villages[k % villages.length]?.code ?? COUNTY;
      const share = size.entitlements / size.residents;
      const entitled = Math.floor((k + members) * share) > Math.floor(k * share);
      families.push({
        householdId: newId(),
        village,
        personIds: Array.from({ length: members }, () => newId()),
        first: k,
        entitled,
      });
      k += members;
    }
    await house.db.transact(system, async (tx) => {
      await house.registry.ensurePersons(
        tx,
        families.flatMap((f) =>
          f.personIds.map((id, i) => ({
            id,
            name: nameOf(f.first + i),
            idNo: idNoOf(f.first + i),
            divisionCode: f.village,
            address: "解放路 1 号",
          })),
        ),
      );
      await writeFamilies(tx, vault, families, today);
      await writeEntitlements(
        tx,
        item,
        families.filter((f) => f.entitled),
        today,
      );
    });
    made = end;
    if (made % 50_000 === 0) tell(`${made} residents`);
  }
  const { n } = await house.db.read(system, (tx) =>
    tx.one<{ n: number }>("select count(*)::int as n from entitlement where county_code = app_county()"),
  );
  return {
    residents: made,
    entitlements: n,
    item: item.code,
    logins: { township: township.map((t) => t.login), county: county.map((c) => c.login) },
  };
}

async function writeFamilies(
  tx: Tx,
  vault: Platform["vault"],
  families: readonly Family[],
  today: IsoDate,
): Promise<void> {
  const now = `${today}T00:00:00Z`;
  await tx.bulkInsert(
    "household",
    [
      "county_code",
      "id",
      "division_code",
      "head_person_id",
      "address",
      "area_class",
      "opened_on",
      "created_at",
    ],
    families.map((f) => [
      COUNTY,
      f.householdId,
      f.village,
      f.personIds[0],
      "解放路 1 号",
      f.first % 3 === 0 ? "城市" : "农村",
      today,
      now,
    ]),
  );
  await tx.bulkInsert(
    "household_member",
    [
      "county_code",
      "id",
      "household_id",
      "person_id",
      "division_code",
      "relation",
      "from_date",
      "recorded_at",
    ],
    families.flatMap((f) =>
      f.personIds.map((p, i) => [
        COUNTY,
        newId(),
        f.householdId,
        p,
        f.village,
        i === 0 ? "本人" : "其他",
        today,
        now,
      ]),
    ),
  );
  await tx.bulkInsert(
    "bank_account",
    [
      "county_code",
      "id",
      "person_id",
      "division_code",
      "bank_name",
      "account_sealed",
      "account_digest",
      "holder_name",
      "since",
      "reason",
      "recorded_at",
    ],
    families
      .filter((f) => f.entitled)
      .map((f) => {
        const number = `6217${String(f.first).padStart(15, "0")}`;
        return [
          COUNTY,
          newId(),
          f.personIds[0],
          f.village,
          "示例农商银行",
          vault.seal(number),
          vault.digest(`account:${number}`),
          nameOf(f.first),
          today,
          "压测",
          now,
        ];
      }),
  );
}

async function writeEntitlements(
  tx: Tx,
  item: { readonly code: string; readonly entitlement: { readonly exclusivityGroup: string } },
  families: readonly Family[],
  today: IsoDate,
): Promise<void> {
  const now = `${today}T00:00:00Z`;
  const from = addMonths(monthOf(today), -3);
  const ids = families.map((f) => derivedId(f.householdId, "entitlement"));
  await tx.bulkInsert(
    "entitlement",
    [
      "county_code",
      "id",
      "item",
      "exclusivity_group",
      "subject_kind",
      "household_id",
      "applicant_id",
      "payee_id",
      "division_code",
      "area_class",
      "from_month",
      "review_months",
      "opened_at",
    ],
    families.map((f, i) => [
      COUNTY,
      ids[i],
      item.code,
      item.entitlement.exclusivityGroup,
      "household",
      f.householdId,
      f.personIds[0],
      f.personIds[0],
      f.village,
      "农村",
      from,
      12,
      now,
    ]),
  );
  await tx.bulkInsert(
    "entitlement_amount",
    ["county_code", "entitlement_id", "seq", "from_month", "amount_fen", "persons", "reason", "recorded_at"],
    families.map((f, i) => [
      COUNTY,
      ids[i],
      1,
      from,
      30_000 + (f.first % 500) * 100,
      f.personIds.length,
      "压测",
      now,
    ]),
  );
  await tx.bulkInsert(
    "entitlement_person",
    ["county_code", "entitlement_id", "person_id", "from_month"],
    families.flatMap((f, i) => f.personIds.map((p) => [COUNTY, ids[i], p, from])),
  );
}
