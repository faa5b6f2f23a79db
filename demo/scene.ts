/** Where a county's stories play: its villages, its staff, its people, and the day they lead up to. */
import { addMonths, derivedId, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import {
  type DemoCounty,
  type DemoDivision,
  type DemoResident,
  type DemoStaff,
  demoId,
  type ResidentKey,
  residentsOf,
  type StaffKey,
  staffOf,
  stage,
} from "./accounts.ts";
import type { Agenda } from "./agenda.ts";
import { areaOf, type Home } from "./applications.ts";
import { type Families, type Family, familiesOf } from "./families.ts";
import { type InventedPerson, type PeopleMaker, peopleOf } from "./people.ts";

export interface Told {
  readonly caseId: string;
  /** Of the n-th member. */
  readonly personId: (n: number) => string;
  readonly family: Family;
  readonly home: Home;
}

export interface Scene {
  readonly county: DemoCounty;
  readonly agenda: Agenda;
  readonly base: IsoDate;
  /** The county lets the township confirm (57号第二条). */
  readonly delegated: boolean;
  readonly people: PeopleMaker;
  readonly families: Families;
  readonly first: DemoDivision;
  readonly second: DemoDivision;
  staff(key: StaffKey): DemoStaff;
  ref(key: StaffKey): { readonly id: string; readonly name: string };
  /** A resident who has an account, as a person of the registry. */
  resident(key: ResidentKey): DemoResident & InventedPerson;
  id(name: string): string;
  /** So many months before the month of the base day. */
  month(back: number): Month;
  day(back: number, day: number): IsoDate;
  /** A home in the first township, the next village of the kind. */
  home(area?: "城市" | "农村"): Home;
  /** In the village of the village worker, or in the second township. */
  homeIn(where: "village" | "second"): Home;
  /** Every family whose case is told, by the key of its story. */
  readonly told: Map<string, Told>;
  /** Where the registry puts somebody whom an application first brought. */
  personId(caseId: string, idNo: string): string;
}

export function sceneOf(county: DemoCounty, agenda: Agenda, delegated: boolean): Scene {
  const { base } = agenda;
  const people = peopleOf(county.code, base);
  const { first, second, villages, otherVillages } = stage(county);
  const staff = new Map(staffOf(county).map((s) => [s.loginName, s]));
  const residents = new Map(
    residentsOf(county).map((r) => [r.key, { ...people.person({ age: r.age, sex: r.sex }), ...r }]),
  );
  const get = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
    const value = map.get(key);
    if (value === undefined) throw new Error(`demo: nobody is called ${String(key)}`);
    return value;
  };
  const month = (back: number) => addMonths(monthOf(base), -back);
  const turns = new Map<string, number>();
  const next = (key: string, list: readonly DemoDivision[]): DemoDivision => {
    const n = turns.get(key) ?? 0;
    turns.set(key, n + 1);
    return list[n % list.length] as DemoDivision;
  };
  const homeAt = (village: DemoDivision): Home => {
    const { random } = people;
    const areaClass = areaOf(village);
    return {
      divisionCode: village.code,
      areaClass,
      address:
        areaClass === "城市"
          ? `${random.pick(["解放路", "建设路", "人民路", "新民街", "文化路"])}${random.int(2, 180)}号${random.int(1, 6)}栋${random.int(1, 6)}0${random.int(1, 4)}室`
          : `${random.int(1, 14)}组${random.int(2, 60)}号`,
    };
  };
  return {
    county,
    agenda,
    base,
    delegated,
    people,
    families: familiesOf(people),
    first,
    second,
    staff: (key) => get(staff, key),
    ref: (key) => ({ id: get(staff, key).id, name: get(staff, key).name }),
    resident: (key) => get(residents, key),
    id: (name) => demoId(county.code, name),
    month,
    day: (back, day) => `${month(back)}-${String(day).padStart(2, "0")}`,
    home(area) {
      const fitting = villages.filter((v) => area === undefined || areaOf(v) === area);
      return homeAt(next(area ?? "any", fitting.length > 0 ? fitting : villages));
    },
    homeIn: (where) =>
      homeAt(where === "village" ? (villages[0] as DemoDivision) : next("second", otherVillages)),
    told: new Map(),
    personId: (caseId, idNo) => derivedId(caseId, `person:${idNo}`),
  };
}
