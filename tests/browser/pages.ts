/** The pages there are, by who opens them; addresses with an id are found on the lists, as people find them. */
import type { Page } from "playwright-core";
import { type BrowserHouse, settled, YUEYANG } from "./house.ts";

/** Name, who opens it, address in the console. */
export type ConsolePage = readonly [name: string, who: string, at: string];

export async function consolePages(h: BrowserHouse): Promise<ConsolePage[]> {
  const xian = await h.desk(YUEYANG, "xian");
  const first = async (list: string, link: string): Promise<string> => {
    await xian.goto(`/console${list}`);
    const href = await xian.locator(link).first().getAttribute("href");
    if (!href) throw new Error(`nothing to open on ${list}`);
    return href.replace("/console", "");
  };
  const caseOf = (state: string) =>
    first(`/cases?item=subsistence-allowance&state=${state}`, "[data-testid=case-list] tbody a");
  const review = await caseOf("review");
  await xian.goto("/console/registers/cemetery");
  await xian.getByTestId("entry-link").first().click();
  await xian.getByTestId("entry").waitFor();
  const entry = xian.url().replace(/^.*\/console/, "");
  const document = await first(review, "[data-testid=documents] a");
  const fiveYear = await first("/plans", "[data-testid=plans] tbody a:has-text('五年规划')");
  const weijian = await h.desk(YUEYANG, "weijian");
  const partyItem = ((await weijian.getByTestId("party-row").first().getAttribute("href")) ?? "").replace(
    "/console",
    "",
  );
  return [
    ["workbench-village", "cun", "/"],
    ["workbench-county", "xian", "/"],
    ["workbench-leader", "shenpi", "/"],
    ["workbench-system", "xitong", "/"],
    ["cases", "xian", "/cases"],
    ["cases-item", "xian", "/cases?item=subsistence-allowance&open=true"],
    ["cases-deviating", "xian", "/cases?deviates=true"],
    ["cases-none", "xian", "/cases?q=没有这个人"],
    ["case-review", "xian", review],
    ["case-recheck", "zhen", await caseOf("recheck_decide")],
    ["case-deviating", "shenpi", await first("/cases?deviates=true", "[data-testid=case-list] tbody a")],
    ["case-refused", "zhen", await caseOf("refused_closed")],
    ["document", "xian", document],
    ["person", "xian", await first(review, "[data-testid=applicant]")],
    ["household", "xian", await first(review, ".case-line a")],
    ["entitlements", "xian", "/entitlements"],
    ["entitlement", "xian", await first("/entitlements", "[data-testid=entitlement-list] tbody a")],
    ["apply", "zhen", "/apply"],
    ["apply-household", "zhen", "/apply/subsistence-allowance"],
    ["apply-person", "zhen", "/apply/age-allowance"],
    ["death-lists", "xian", "/death-lists"],
    ["death-list", "fuhe", await first("/death-lists", "[data-testid=death-list-row] a")],
    ["check-packages", "xian", "/check-packages"],
    ["check-package", "xian", await first("/check-packages", "[data-testid=package-row] a")],
    ["found", "cun", "/found"],
    ["rosters", "xian", "/rosters"],
    ["roster", "xian", await first("/rosters", "[data-testid=roster-list] tbody a")],
    ["failures", "caiwu", "/failures"],
    ["red-flags", "xian", "/red-flags"],
    ["overlaps", "zhen", "/overlaps"],
    ["raises", "xian", "/raises"],
    ["linkages", "xian", "/linkages"],
    ["recoveries", "zhen", "/recoveries"],
    ["recoveries-none", "xian", "/recoveries?q=没有这个人"],
    ["funds", "caiwu", "/funds"],
    ["funds-leader", "shenpi", "/funds"],
    ["fund-publicity", "zhen", "/fund-publicity"],
    ["spot-checks", "zhen", "/spot-checks"],
    ["spot-check", "xian", await first("/spot-checks", "tbody a")],
    ["register", "xian", "/registers/cemetery"],
    ["register-entry", "xian", entry],
    ["leader", "shenpi", "/leader"],
    ["plans", "shenpi", "/plans"],
    ["plan", "zhen", await first("/plans", "[data-testid=plans] tbody a")],
    ["plan-five-year", "shenpi", fiveYear],
    ["assessment", "shenpi", await first(fiveYear, "[data-testid=five-year] li a")],
    ["statistics", "xian", "/statistics"],
    ["statistics-forbidden", "cun", "/statistics"],
    ["summaries", "shenpi", "/summaries"],
    ["indicators", "shenpi", "/indicators"],
    ["indicator-rows", "shenpi", "/indicators?code=cemetery_coverage"],
    ["feeds", "xian", "/feeds"],
    ["alerts", "zhen", "/alerts"],
    ["checks", "xian", "/checks"],
    ["party-desk", "weijian", "/"],
    ["party-item", "weijian", partyItem],
    ["party-forbidden", "weijian", "/cases"],
    ["calendar", "xitong", "/calendar"],
    ["relatives", "xian", "/relatives"],
    ["audit", "shenji", "/audit"],
    ["accounts", "xitong", "/accounts"],
    ["feed-tokens", "xitong", "/feed-tokens"],
    ["feed-connectors", "xitong", "/feed-connectors"],
  ];
}

/** Name and address in the citizens' pages. */
export const CITIZEN_PAGES: readonly (readonly [name: string, at: string])[] = [
  ["counties", "/counties"],
  ["home", `/c/${YUEYANG}`],
  ["event", `/c/${YUEYANG}/event/生活困难`],
  ["event-none", `/c/${YUEYANG}/event/结婚收养`],
  ["guide", `/c/${YUEYANG}/item/subsistence-allowance`],
  ["guide-person", `/c/${YUEYANG}/item/age-allowance`],
  ["check", `/c/${YUEYANG}/check`],
  ["check-question", `/c/${YUEYANG}/item/subsistence-allowance/check`],
  ["help", `/c/${YUEYANG}/help`],
  ["track", `/c/${YUEYANG}/track`],
  ["publicity", `/c/${YUEYANG}/publicity`],
  ["ledger", `/c/${YUEYANG}/ledger/cemetery`],
  ["login", `/c/${YUEYANG}/login`],
  ["signup", `/c/${YUEYANG}/signup`],
  ["no-page", `/c/${YUEYANG}/no-such-page`],
  ["no-county", "/c/999999"],
];

/** How far the page runs over its right edge; 0 is right. */
export async function overflow(page: Page): Promise<number> {
  await settled(page);
  return Number(
    await page.evaluate(
      "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth",
    ),
  );
}
