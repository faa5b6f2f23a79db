import type { DivisionLevel, IsoDate } from "@wuxin/kernel";
import type { Outline } from "./outline.ts";

/** A place of a county. Townships come before their villages; the county itself is the first row. */
export interface Division {
  code: string;
  name: string;
  level: DivisionLevel;
  parentCode: string;
}

export type SwitchValue = string | number | boolean;

/** One value of a choice, in force from a day until the next one begins. */
export interface DatedChoice {
  from: IsoDate;
  value: SwitchValue;
  source: string;
}

export interface CountySwitches {
  /** Day of the month when rosters are paid. `verified` false: no local document was seen, shown as 待核实. */
  payDay: { day: number; verified: boolean };
  /** Where a publicity hangs, besides the screens. */
  publicityPlaces: string[];
  /** Months between reviews by class: A no capacity and no income, B stable income, C unstable or able to work. */
  reviewMonths: { A: number; B: number; C: number };
  /** In which order money is spent by source; what is not named comes after. */
  fundSources: string[];
  /** Bank files (`banks/<code>.yaml`), the usual one first. */
  bankLayouts: string[];
  /** Longest 渐退, in months; the national ceiling is 6. */
  gradualExitMonths: number;
  /** Whether holders of a 居住证 may apply where they live. */
  acceptsResidencePermit: boolean;
  /** Whether 告知承诺 may replace papers. */
  commitmentInsteadOfProof: boolean;
  /** Dated choices that items name (`{ switch: "subsistenceConfirmedBy" }`). Read them with `switchesOn`. */
  choices: Record<string, DatedChoice[]>;
}

export interface Remedies {
  reconsideration: { organ: string; withinDays: number; source: string };
  /** `verified` false: some courts hear administrative cases for several counties; check before printing. */
  litigation: { court: string; withinMonths: number; source: string; verified: boolean };
  /** The sentence that a notice prints. */
  text: string;
}

export interface Hotline {
  name: string;
  number: string;
  source: string;
}

/** How clues are handled. No national number exists: every value is the county's, and `verified` false is shown as 待核实. */
export interface Monitoring {
  /** Day of the month on which what was collected goes to the townships. */
  dispatchDay: number;
  /** Highest first; `atOnce` goes to the township on the day it is found. */
  levels: { code: string; label: string; atOnce: boolean }[];
  /** Working days for: naming a worker, going there, judging what was found, a department's answer. */
  assignDays: number;
  visitDays: number;
  judgeDays: number;
  referralDays: number;
  /** So many working days late, the county is told. */
  escalateDays: number;
  verified: boolean;
}

/** A machine of which lists may be fetched. Neither inner addresses nor plain HTTP unless said. */
export interface FetchHost {
  host: string;
  /** Null: the usual one. */
  port: number | null;
  private: boolean;
  plain: boolean;
}

/** One county, as its folder says. */
export interface County {
  code: string;
  /** 岳阳县 */
  name: string;
  /** 湖南省岳阳市岳阳县 */
  fullName: string;
  provinceName: string;
  cityName: string;
  bureauName: string;
  /** The channel people know (救助通, 湘易办 …), where a document names it. */
  localAppName?: string;
  /** BCP 47 tags, the working language first. */
  languages: string[];
  hotlines: Hotline[];
  switches: CountySwitches;
  remedies: Remedies;
  monitoring: Monitoring;
  /** None unless the file names some. */
  fetchHosts: FetchHost[];
  divisions: Division[];
  /** In the statistical code list but not run by this county, with the reason. */
  excludedDivisions: { code: string; name: string; reason: string }[];
  /** Source and version of the division list. */
  divisionSource: string;
  /** The county's boundaries, where its folder has them. */
  outline?: Outline;
  /** The county's folder, absolute. */
  folder: string;
  /** Dated local standards with their 文号; read by `policy`. The file may be absent in a new county. */
  standardsPath: string;
}
