/**
 * The doors of the server: one object per endpoint gives the typed handler, the typed client and OpenAPI.
 * `access` lists the roles that may call it; "public" needs no login. Scope and ownership are the database's affair.
 * A room's doors stand in `doors/`, what goes through them in the file of the same name beside this one.
 */
import type { z } from "zod";
import type * as cases from "./cases.ts";
import { assessmentsDoors } from "./doors/assessments.ts";
import { casesDoors } from "./doors/cases.ts";
import { checkPackagesDoors } from "./doors/check-packages.ts";
import { cluesDoors } from "./doors/clues.ts";
import { deathListsDoors } from "./doors/death-lists.ts";
import { fundsDoors } from "./doors/funds.ts";
import { houseDoors } from "./doors/house.ts";
import { leaderDoors } from "./doors/leader.ts";
import { ledgersDoors } from "./doors/ledgers.ts";
import { linkageDoors } from "./doors/linkage.ts";
import { matchingDoors } from "./doors/matching.ts";
import { mattersDoors } from "./doors/matters.ts";
import { measuresDoors } from "./doors/measures.ts";
import { moneyDoors } from "./doors/money.ts";
import { reportDoors } from "./doors/money-report.ts";
import { openDoors } from "./doors/open.ts";
import { partiesDoors } from "./doors/parties.ts";
import { peopleDoors } from "./doors/people.ts";
import { plansDoors } from "./doors/plans.ts";
import { rectificationsDoors } from "./doors/rectifications.ts";
import { repriceDoors } from "./doors/reprice.ts";
import { rulesDoors } from "./doors/rule-versions.ts";
import { sessionDoors } from "./doors/session.ts";
import { spotDoors } from "./doors/spot-checks.ts";
import { standardsDoors } from "./doors/standards.ts";
import { statisticsDoors } from "./doors/statistics.ts";
import { summariesDoors } from "./doors/summaries.ts";
import { visitsDoors } from "./doors/visits.ts";
import type { Endpoint } from "./endpoint.ts";
import type * as leader from "./leader.ts";
import type * as money from "./money.ts";
import type * as open from "./open.ts";
import { type RouteId, routes } from "./routes.ts";
import type * as session from "./session.ts";
import type * as visits from "./visits.ts";

export { Problem } from "./common.ts";
export type { Endpoint } from "./endpoint.ts";
export { ERRORS, type ErrorCode, statusOf } from "./errors.ts";
export { named } from "./names.ts";
export { type RouteId, routes } from "./routes.ts";
export { isWording, wording } from "./wording.ts";

export const contract = {
  ...sessionDoors,
  ...openDoors,
  ...casesDoors,
  ...peopleDoors,
  ...measuresDoors,
  ...repriceDoors,
  ...linkageDoors,
  ...moneyDoors,
  ...leaderDoors,
  ...plansDoors,
  ...assessmentsDoors,
  ...mattersDoors,
  ...summariesDoors,
  ...matchingDoors,
  ...fundsDoors,
  ...reportDoors,
  ...spotDoors,
  ...ledgersDoors,
  ...statisticsDoors,
  ...standardsDoors,
  ...rulesDoors,
  ...cluesDoors,
  ...rectificationsDoors,
  ...visitsDoors,
  ...checkPackagesDoors,
  ...deathListsDoors,
  ...partiesDoors,
  ...houseDoors,
} satisfies Record<RouteId, Endpoint>;

export type Contract = typeof contract;
type Part<E, K extends string, IO extends "in" | "out"> = E extends {
  readonly [k in K]: infer S extends z.ZodType;
}
  ? { [k in K]: IO extends "in" ? z.input<S> : z.output<S> }
  : unknown;
/** What a caller passes (`in`) and what a handler receives (`out`). */
export type Input<E, IO extends "in" | "out"> = Part<E, "params", IO> &
  Part<E, "query", IO> &
  Part<E, "body", IO>;
export type Output<E> = E extends { readonly response: infer R extends z.ZodType } ? z.output<R> : never;
export const methodOf = (r: RouteId) => routes[r][0];
export const pathOf = (r: RouteId) => routes[r][1];

export type CasePage = z.output<typeof cases.CasePage>;
export type Application = z.output<typeof cases.Application>;
export type Explanation = z.output<typeof open.Explanation>;
export type ClockView = CasePage["clocks"][number];
export type NextAction = z.output<typeof cases.NextAction>;
export type RosterPage = z.output<typeof money.RosterPage>;
export type RosterLine = z.output<typeof money.RosterLine>;
export type SessionView = z.output<typeof session.Session>;
export type ItemView = z.output<typeof open.Item>;
export type LeaderView = z.output<typeof leader.LeaderPage>;
export type WorkbenchView = z.output<typeof cases.Workbench>;
export type FieldListView = z.output<typeof visits.FieldList>;
export type FieldVisitInput = z.input<typeof visits.FieldVisit>;
