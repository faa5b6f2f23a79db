import type { Columns } from "./data.ts";
import type { Amounts } from "./parameters.ts";

/** The household rules as a programmer would write them: objects in, objects out. */
export interface Person {
  readonly wages: number;
  readonly business: number;
  readonly property: number;
  readonly transfers: number;
  readonly others: number;
  readonly deductions: number;
  /** Months since year 0. */
  readonly birth: number;
  readonly disability: number;
  readonly illness: boolean;
  readonly orphanBenefit: boolean;
  readonly injuryNursing: boolean;
  readonly elderCare: boolean;
  readonly excluded: boolean;
}

export interface Home {
  readonly rural: boolean;
  readonly houses: number;
  readonly cars: number;
  readonly assets: number;
  readonly members: readonly Person[];
}

export interface Outcome {
  readonly cls: number;
  readonly amount: number;
  readonly members: readonly { living: number; care: number; oldAge: number }[];
}

export function homesOf(c: Columns, count = c.count): Home[] {
  return Array.from({ length: count }, (_, h) => {
    const members: Person[] = [];
    for (let p = c.start[h]!; p < c.start[h + 1]!; p++) {
      const flags = c.flags[p]!;
      members.push({
        wages: c.income[0]![p]!,
        business: c.income[1]![p]!,
        property: c.income[2]![p]!,
        transfers: c.income[3]![p]!,
        others: c.income[4]![p]!,
        deductions: c.deductions[p]!,
        birth: c.birth[p]! + 1900 * 12,
        disability: c.disability[p]!,
        illness: (flags & 1) !== 0,
        orphanBenefit: (flags & 2) !== 0,
        injuryNursing: (flags & 4) !== 0,
        elderCare: (flags & 8) !== 0,
        excluded: (flags & 16) !== 0,
      });
    }
    return {
      rural: c.region[h] === 1,
      houses: c.houses[h]!,
      cars: c.cars[h]!,
      assets: c.assets[h]!,
      members,
    };
  });
}

function ageOf(p: Person, amounts: Amounts): number {
  return Math.floor((amounts.month - p.birth) / 12);
}

export function oldAge(age: number): number {
  if (age >= 100) return 50_000;
  if (age >= 95) return 20_000;
  if (age >= 90) return 10_000;
  return age >= 80 ? 5000 : 0;
}

export function evaluateHome(home: Home, amounts: Amounts): Outcome {
  const std = amounts.std[home.rural ? 1 : 0];
  const counted = home.members.filter((m) => !m.excluded);
  const income = Math.max(
    0,
    counted.reduce(
      (sum, m) => sum + m.wages + m.business + m.property + m.transfers + m.others - m.deductions,
      0,
    ),
  );
  const perCapita = counted.length > 0 ? Math.floor(income / counted.length) : 0;
  const property = home.houses <= 1 && home.cars === 0 && home.assets < 24 * std * counted.length;
  let cls = 0;
  if (counted.length > 0 && property) {
    if (perCapita < std) cls = 1;
    else if (perCapita < Math.floor((std * 15) / 10)) cls = 2;
  }
  let amount = 0;
  if (cls === 1) {
    amount = (std - perCapita) * counted.length;
    for (const m of counted) {
      let percent = 0;
      if (ageOf(m, amounts) >= 70) percent = 20;
      if (ageOf(m, amounts) < 18) percent = Math.max(percent, 15);
      if (m.disability === 1 || m.disability === 2) percent = Math.max(percent, 30);
      if (m.illness) percent = Math.max(percent, 25);
      amount += Math.floor((std * percent) / 100);
    }
  }
  return {
    cls,
    amount,
    members: home.members.map((m) => {
      const age = ageOf(m, amounts);
      let nursing = 0;
      if (!m.injuryNursing) {
        if (m.disability === 1) nursing = amounts.nurse1;
        else if (m.disability === 2) nursing = amounts.nurse2;
      }
      const elderCare = m.elderCare && age >= 60 ? 10_000 : 0;
      const living =
        !m.excluded && m.disability >= 1 && (cls === 1 || cls === 2) && !m.orphanBenefit ? amounts.living : 0;
      return { living, care: Math.max(nursing, elderCare), oldAge: oldAge(age) };
    }),
  };
}

/** Outcomes as the arrays that the digest is taken of. */
export function arraysOf(outcomes: readonly Outcome[]): ArrayLike<number>[] {
  const members = outcomes.flatMap((o) => o.members);
  return [
    outcomes.map((o) => o.cls),
    outcomes.map((o) => o.amount),
    members.map((m) => m.living),
    members.map((m) => m.care),
    members.map((m) => m.oldAge),
  ];
}
