/** Every endpoint's handler, and who stands behind a session cookie. */
import type { House } from "../compose.ts";
import type { Caller, Handlers } from "../http.ts";
import { assessmentHandlers } from "./assessments.ts";
import { caseHandlers } from "./cases.ts";
import { checkPackageHandlers } from "./check-packages.ts";
import { clueHandlers } from "./clues.ts";
import { deathListHandlers } from "./death-lists.ts";
import { deskHandlers } from "./desk.ts";
import { fundHandlers } from "./funds.ts";
import { houseHandlers } from "./house.ts";
import { leaderHandlers } from "./leader.ts";
import { ledgerHandlers } from "./ledgers.ts";
import { linkageHandlers } from "./linkage.ts";
import { matchingHandlers } from "./matching.ts";
import { matterHandlers } from "./matters.ts";
import { measureHandlers } from "./measures.ts";
import { moneyHandlers } from "./money.ts";
import { moneyReportHandlers } from "./money-report.ts";
import { openHandlers } from "./open.ts";
import { partyHandlers } from "./parties.ts";
import { peopleHandlers } from "./people.ts";
import { planHandlers } from "./plans.ts";
import { rectificationHandlers } from "./rectifications.ts";
import { repriceHandlers } from "./reprice.ts";
import { sessionHandlers } from "./session.ts";
import { standardHandlers } from "./standards.ts";
import { statisticHandlers } from "./statistics.ts";
import { summaryHandlers } from "./summaries.ts";
import { visitHandlers } from "./visits.ts";

export function createHandlers(
  house: House,
  options: { demo: boolean },
): { handlers: Handlers; whoIs(cookie: string): Promise<Caller | undefined> } {
  return {
    handlers: {
      ...sessionHandlers(house, options),
      ...openHandlers(house, options),
      ...caseHandlers(house),
      ...deskHandlers(house),
      ...peopleHandlers(house),
      ...measureHandlers(house),
      ...moneyHandlers(house),
      ...fundHandlers(house),
      ...moneyReportHandlers(house),
      ...rectificationHandlers(house),
      ...repriceHandlers(house),
      ...linkageHandlers(house),
      ...matchingHandlers(house),
      ...ledgerHandlers(house),
      ...leaderHandlers(house),
      ...statisticHandlers(house),
      ...planHandlers(house),
      ...assessmentHandlers(house),
      ...matterHandlers(house),
      ...summaryHandlers(house),
      ...standardHandlers(house),
      ...clueHandlers(house),
      ...visitHandlers(house),
      ...partyHandlers(house),
      ...checkPackageHandlers(house),
      ...deathListHandlers(house),
      ...houseHandlers(house),
    },
    async whoIs(cookie) {
      const [countyCode = "", token = ""] = cookie.split(".");
      if (!/^\d{6}$/.test(countyCode) || token === "") return undefined;
      const session = await house.access.sessionOf(house.db, countyCode, token);
      return session && { actor: session.actor, token };
    },
  };
}
