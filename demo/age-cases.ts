/** 高龄津贴: old people's cases, most of them drawing, one near the yearly proof of life, one past it. */
import { addDays, derivedId, type IsoDate } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { type Home, personApplication } from "./applications.ts";
import { type CaseStory, type Line, tellCase } from "./case-story.ts";
import type { InventedPerson } from "./people.ts";
import type { Scene } from "./scene.ts";

const ITEM = "age-allowance";

export interface ToldAge {
  readonly caseId: string;
  readonly personId: string;
  /** What the confirmation opened. */
  readonly entitlementId: string;
}

export function tellAge(
  scene: Scene,
  key: string,
  told: {
    readonly person: InventedPerson;
    readonly home: Home;
    readonly officer?: StaffKey;
    /** The person as registered, when an earlier case brought him. */
    readonly personId?: string;
    readonly account?: { readonly accountNo: string; readonly holderName: string };
    /** How far it went. */
    readonly until: "submit" | "check" | "confirm";
    readonly anchor: CaseStory["anchor"];
    readonly later?: (personId: string) => readonly Line[];
  },
): ToldAge {
  const { person, home, officer = "zhen" } = told;
  const caseId = scene.id(`case/${key}`);
  const personId = told.personId ?? scene.personId(caseId, person.idNo);
  const all: Line[] = [
    { action: "submit", by: officer },
    {
      action: "check",
      by: officer,
      data: (on) => ({ alive: true, on, note: "上门见到本人，户口簿、身份证已核。" }),
    },
    { action: "confirm", by: "xian", wait: 2 },
  ];
  const lines = all.slice(0, all.findIndex((l) => l.action === told.until) + 1);
  tellCase(scene.agenda, {
    key,
    caseId,
    application: personApplication(ITEM, person, home, {
      channel: "township",
      facts: { residesInCounty: true },
      ...(told.account ? { account: told.account } : {}),
    }),
    lines: [...lines, ...(told.later?.(personId) ?? [])],
    anchor: told.anchor,
  });
  const confirmId = derivedId(caseId, `${key}/2-confirm`);
  return { caseId, personId, entitlementId: derivedId(derivedId(confirmId, "decision"), "entitlement") };
}

/** The village reports a death; payment ends with the month of it. */
export const deathReported = (personId: string, from: IsoDate, daysAgo: number): Line => ({
  action: "report_death",
  by: "zhen",
  wait: { from },
  data: (on) => ({ personId, diedOn: addDays(on, -daysAgo), source: "村（社区）报告" }),
});
