/** A small house for tests: the real engines before this one, a county in Hunan, a clock that can be set. */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { addDays, type Clock, fixedClock, type IsoDate, newId, residentIdWithCheck } from "@wuxin/kernel";
import { type Actor, openFileStore, systemActor, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { createAudit } from "../../audit/index.ts";
import { createCalendar } from "../../calendar/index.ts";
import { createDocuments } from "../../documents/index.ts";
import { createFacts } from "../../facts/index.ts";
import { createRegistry } from "../../registry/index.ts";
import { type ApplicationInput, type Cases, type CasesDeps, createCases } from "../index.ts";
import { toyCatalogue, toyStandards } from "./toy-rules.ts";

export const COUNTY = "430621";
export const TOWN = "430621100";
export const OTHER_TOWN = "430621101";
export const VILLAGE = "430621100201";

const NAMES: Record<string, string> = {
  [COUNTY]: "岳阳县",
  [TOWN]: "荣家湾镇",
  [OTHER_TOWN]: "黄沙街镇",
  [VILLAGE]: "荣家湾镇友爱社区",
};

export interface House {
  readonly t: TestDatabase;
  readonly cases: Cases;
  readonly deps: CasesDeps;
  readonly switches: Record<string, string | number | boolean>;
  readonly live: Set<string>;
  /** The day, 09:00 Shanghai; each call of now() is a millisecond later, as in life. */
  today: IsoDate;
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  wait(days: number): void;
  events(kind: string): Promise<Record<string, unknown>[]>;
}

const account = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const staff = (n: number, role: string, scope: string, name: string): Actor => ({
  countyCode: COUNTY,
  scope,
  accountId: account(n),
  personId: null,
  name,
  role,
});
export const VILLAGER = staff(1, "village", VILLAGE, "李村");
export const TOWNSHIP = staff(2, "township", TOWN, "王镇");
export const TOWNSHIP2 = staff(3, "township", TOWN, "赵镇");
export const OUTSIDER = staff(4, "township", OTHER_TOWN, "孙外");
export const COUNTY_OFFICER = staff(5, "county", COUNTY, "钱县");
export const COUNTY2 = staff(6, "county", COUNTY, "周县");
export const PUBLIC: Actor = {
  countyCode: COUNTY,
  scope: "",
  accountId: null,
  personId: null,
  name: "公众",
  role: "public",
};
export const residentOf = (personId: string | null, n = 50): Actor => ({
  countyCode: COUNTY,
  scope: "",
  accountId: account(n),
  personId,
  name: "居民",
  role: "resident",
});
export const SYSTEM = systemActor(COUNTY);

export async function openHouse(): Promise<House> {
  const t = await testDatabase();
  const switches: House["switches"] = {
    toyConfirmedBy: "county",
    toyResultDays: 30,
    toyStarts: "this-month",
    gradualExitMonths: 6,
    commitmentInsteadOfProof: true,
  };
  const live = new Set<string>();
  let ticks = 0;
  const clock: Clock = {
    now: () => new Date(fixedClock(house.today).now().getTime() + ++ticks),
    today: () => house.today,
  };
  const audit = createAudit({ clock, vault: t.vault });
  const calendar = createCalendar({ clock, audit });
  const county = {
    code: COUNTY,
    name: "岳阳县",
    fullName: "湖南省岳阳市岳阳县",
    bureauName: "岳阳县民政局",
    remedies: { text: "可以在六十日内向岳阳县人民政府申请行政复议。" },
    divisions: Object.entries(NAMES).map(([code, name]) => ({
      code,
      name,
      level: code.length === 6 ? "county" : code.length === 9 ? "township" : "village",
    })),
  };
  const files = openFileStore(mkdtempSync(path.join(tmpdir(), "wuxin-cases-")), t.vault);
  const deps: CasesDeps = {
    clock,
    vault: t.vault,
    catalogue: toyCatalogue,
    counties: {
      get: () => county,
      standards: () => toyStandards,
      divisionName: (_, code) => NAMES[code] ?? code,
      switchesOn: () => switches,
    },
    calendar,
    audit,
    registry: createRegistry({ clock, vault: t.vault, audit }),
    facts: createFacts({ clock }),
    documents: createDocuments({ clock, files, audit, counties: { get: () => county } }),
    apart: (actor, work) => t.db.transact(actor, work),
    hasLive: async (_, __, ids) => new Set(ids.filter((id) => live.has(id))),
    entitlementOf: async () => null,
    staffNames: async (_, ids) =>
      new Map(
        [VILLAGER, TOWNSHIP, TOWNSHIP2, COUNTY_OFFICER]
          .filter((a) => ids.includes(a.accountId as string))
          .map((a) => [a.accountId as string, { name: a.name }]),
      ),
  };
  const house: House = {
    t,
    cases: createCases(deps),
    deps,
    switches,
    live,
    today: "2024-03-01",
    as: (actor, work) => t.db.transact(actor, work),
    wait(days) {
      house.today = addDays(house.today, days);
    },
    events: async (kind) =>
      (
        await t.owner<{ payload: Record<string, unknown> }>(
          "select payload from outbox where kind = $1 order by created_at",
          [kind],
        )
      ).map((r) => r.payload),
  };
  // A year whose holidays are known; the next is not yet published.
  await t.db.transact(SYSTEM, (tx) =>
    calendar.seed(tx, [{ year: 2024, off: ["2024-04-04", "2024-04-05"], on: ["2024-04-07"] }]),
  );
  return house;
}

let people = 0;
/** A valid ID number nobody else in the test has. */
export function idOf(birthDate: IsoDate): string {
  people++;
  return residentIdWithCheck(`${COUNTY}${birthDate.replaceAll("-", "")}${String(people).padStart(3, "0")}`);
}

type Member = Partial<ApplicationInput["members"][number]> & { readonly birthDate?: IsoDate };

/** A family of two, the wife's income 300 yuan; give what differs. */
export function application(
  change: Partial<ApplicationInput> = {},
  members: readonly Member[] = [{}, { name: "李四妹", relation: "配偶" }],
): ApplicationInput {
  const built = members.map(({ birthDate, ...m }, i) => ({
    key: `m${i}`,
    name: i === 0 ? "张三" : "李四妹",
    idNo: idOf(birthDate ?? "1960-05-01"),
    relation: i === 0 ? "本人" : "配偶",
    facts: { income: i === 0 ? 0 : 30_000, student: false },
    ...m,
  }));
  return {
    item: "toy-aid",
    divisionCode: VILLAGE,
    address: "友爱社区 3 组 12 号",
    areaClass: "农村",
    channel: "township",
    applicantKey: "m0",
    members: built,
    household: { savings: 100_000, rents: false },
    account: null,
    agent: null,
    authorised: {
      text: "同意核对家庭经济状况。",
      signers: built.map((m) => ({ key: m.key, signature: { name: m.name, fileId: null } })),
    },
    commitments: ["proof"],
    relatives: [],
    materials: [],
    ...change,
  };
}

export const file = async (house: House, app = application(), actor: Actor = TOWNSHIP): Promise<string> => {
  const id = newId();
  await house.as(actor, (tx) => house.cases.submit(tx, { id, application: app }));
  return id;
};

/** One step on the newest version. */
export async function step(
  house: House,
  actor: Actor,
  id: string,
  action: string,
  data: Record<string, unknown> = {},
) {
  const { version } = await house.t
    .owner<{ version: number }>("select version from case_file where id = $1", [id])
    .then((r) => r[0] ?? { version: 0 });
  return house.as(actor, (tx) =>
    house.cases.act(tx, id, { id: newId(), version, action, data: data as never }),
  );
}

const TWO = [
  { id: VILLAGER.accountId, name: "李村" },
  { id: TOWNSHIP.accountId, name: "王镇" },
];
export const SURVEY = { investigators: TWO, on: "2024-03-01" };

/** From filing to the opinion on the board. */
export async function toPublicity(house: House, id: string): Promise<void> {
  await step(house, TOWNSHIP, id, "accept");
  await step(house, VILLAGER, id, "survey", { ...SURVEY, on: house.today });
  await step(house, TOWNSHIP, id, "opinion", { opinion: "agree" });
}
/** To where the county (or the delegated township) decides. */
export async function toReview(house: House, id: string): Promise<void> {
  await toPublicity(house, id);
  house.wait(8);
  await step(house, TOWNSHIP, id, "finish");
}
