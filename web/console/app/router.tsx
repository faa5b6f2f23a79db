/** Every page and the filters it keeps in its address. Pages load when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchSchemaInput,
} from "@tanstack/react-router";
import { NotFound } from "../parts/states.tsx";
import { Frame } from "./frame.tsx";

/** Filters are plain strings in the address, so that a link is a view and a person can read it. */
const keep =
  <K extends string>(...keys: K[]) =>
  (search: Record<string, unknown> & SearchSchemaInput): { [k in K]?: string } => {
    const kept: { [k in K]?: string } = {};
    for (const k of keys) if (search[k] !== undefined && search[k] !== "") kept[k] = String(search[k]);
    return kept;
  };

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const at = <const P extends string>(path: P) => ({ getParentRoute: () => root, path });

const routeTree = root.addChildren([
  createRoute({
    ...at("/"),
    component: lazyRouteComponent(() => import("../pages/home.tsx")),
  }),
  createRoute({
    ...at("/party/$id"),
    component: lazyRouteComponent(() => import("../pages/party/item.tsx")),
  }),
  createRoute({
    ...at("/leader"),
    validateSearch: keep("wall"),
    component: lazyRouteComponent(() => import("../pages/leader/leader.tsx")),
  }),
  createRoute({
    ...at("/cases"),
    validateSearch: keep("item", "state", "division", "q", "light", "mine", "open", "deviates", "page"),
    component: lazyRouteComponent(() => import("../pages/cases/list.tsx")),
  }),
  createRoute({
    ...at("/cases/$id"),
    validateSearch: keep("decision"),
    component: lazyRouteComponent(() => import("../pages/cases/case.tsx")),
  }),
  createRoute({ ...at("/apply"), component: lazyRouteComponent(() => import("../pages/apply/choose.tsx")) }),
  createRoute({
    ...at("/apply/$item"),
    validateSearch: keep("draft"),
    component: lazyRouteComponent(() => import("../pages/apply/apply.tsx")),
  }),
  createRoute({
    ...at("/persons/$id"),
    component: lazyRouteComponent(() => import("../pages/people/person.tsx")),
  }),
  createRoute({
    ...at("/households/$id"),
    component: lazyRouteComponent(() => import("../pages/people/household.tsx")),
  }),
  createRoute({
    ...at("/entitlements"),
    validateSearch: keep("item", "due", "division", "state", "q", "page"),
    component: lazyRouteComponent(() => import("../pages/entitlements/list.tsx")),
  }),
  createRoute({
    ...at("/entitlements/$id"),
    // 成员减少 as an alert has it.
    validateSearch: keep("personId", "event", "happenedOn"),
    component: lazyRouteComponent(() => import("../pages/entitlements/entitlement.tsx")),
  }),
  createRoute({
    ...at("/entitlements/$id/reshape"),
    validateSearch: keep("kind"),
    component: lazyRouteComponent(() => import("../pages/entitlements/reshape.tsx")),
  }),
  createRoute({
    ...at("/reshapes/$id"),
    component: lazyRouteComponent(() => import("../pages/entitlements/reshape-page.tsx")),
  }),
  // Where 政策找人 once had a page an item: links that somebody kept.
  createRoute({
    ...at("/candidates/$item"),
    beforeLoad: ({ params }) => {
      throw redirect({ to: "/found", search: { benefit: params.item } });
    },
  }),
  createRoute({
    ...at("/rosters"),
    validateSearch: keep("page"),
    component: lazyRouteComponent(() => import("../pages/rosters/list.tsx")),
  }),
  createRoute({
    ...at("/rosters/$id"),
    validateSearch: keep("change", "flag", "state", "item", "q", "division", "after", "before"),
    component: lazyRouteComponent(() => import("../pages/rosters/roster.tsx")),
  }),
  createRoute({
    ...at("/failures"),
    component: lazyRouteComponent(() => import("../pages/rosters/failures.tsx")),
  }),
  createRoute({
    ...at("/overlaps"),
    component: lazyRouteComponent(() => import("../pages/rosters/overlaps.tsx")),
  }),
  createRoute({
    ...at("/red-flags"),
    component: lazyRouteComponent(() => import("../pages/rosters/red-flags.tsx")),
  }),
  createRoute({
    ...at("/raises"),
    component: lazyRouteComponent(() => import("../pages/raises/list.tsx")),
  }),
  createRoute({
    ...at("/raises/$id"),
    validateSearch: keep("kind", "q", "page"),
    component: lazyRouteComponent(() => import("../pages/raises/run.tsx")),
  }),
  createRoute({
    ...at("/raises/$id/notices"),
    validateSearch: keep("division", "page"),
    component: lazyRouteComponent(() => import("../pages/raises/notices.tsx")),
  }),
  createRoute({
    ...at("/linkages"),
    component: lazyRouteComponent(() => import("../pages/linkages/list.tsx")),
  }),
  createRoute({
    ...at("/linkages/$id"),
    component: lazyRouteComponent(() => import("../pages/linkages/month.tsx")),
  }),
  createRoute({
    ...at("/recoveries"),
    validateSearch: keep("state", "q", "after", "before"),
    component: lazyRouteComponent(() => import("../pages/recoveries/list.tsx")),
  }),
  createRoute({
    ...at("/recoveries/$id"),
    component: lazyRouteComponent(() => import("../pages/recoveries/recovery.tsx")),
  }),
  createRoute({
    ...at("/money-report"),
    validateSearch: keep("month"),
    component: lazyRouteComponent(() => import("../pages/money-report/report.tsx")),
  }),
  createRoute({
    ...at("/spot-checks"),
    component: lazyRouteComponent(() => import("../pages/spot-checks/list.tsx")),
  }),
  createRoute({
    ...at("/spot-checks/$id"),
    validateSearch: keep("state"),
    component: lazyRouteComponent(() => import("../pages/spot-checks/check.tsx")),
  }),
  createRoute({
    ...at("/feeds"),
    validateSearch: keep("feed"),
    component: lazyRouteComponent(() => import("../pages/matching/feeds.tsx")),
  }),
  createRoute({
    ...at("/alerts"),
    validateSearch: keep("rule", "state", "level", "division", "page", "alert"),
    component: lazyRouteComponent(() => import("../pages/matching/alerts.tsx")),
  }),
  createRoute({
    ...at("/checks"),
    validateSearch: keep("differing", "page"),
    component: lazyRouteComponent(() => import("../pages/matching/checks.tsx")),
  }),
  createRoute({
    ...at("/checks/$id"),
    component: lazyRouteComponent(() => import("../pages/matching/check.tsx")),
  }),
  createRoute({
    ...at("/funds"),
    validateSearch: keep("year", "kind", "account", "after", "before"),
    component: lazyRouteComponent(() => import("../pages/funds/funds.tsx")),
  }),
  createRoute({
    ...at("/fund-publicity"),
    component: lazyRouteComponent(() => import("../pages/funds/publicity.tsx")),
  }),
  createRoute({
    ...at("/registers/$register"),
    validateSearch: keep("q", "sort", "division", "flagged", "filter", "page", "entry"),
    component: lazyRouteComponent(() => import("../pages/registers/register.tsx")),
  }),
  createRoute({
    ...at("/clues"),
    validateSearch: keep(
      "sample",
      "state",
      "source",
      "level",
      "division",
      "outcome",
      "month",
      "late",
      "mine",
      "q",
      "page",
    ),
    component: lazyRouteComponent(() => import("../pages/clues/list.tsx")),
  }),
  createRoute({
    ...at("/found"),
    validateSearch: keep("how", "division", "benefit", "month", "again", "q", "page"),
    component: lazyRouteComponent(() => import("../pages/clues/found.tsx")),
  }),
  createRoute({
    ...at("/exchanges"),
    validateSearch: keep("list"),
    component: lazyRouteComponent(() => import("../pages/clues/exchanges.tsx")),
  }),
  createRoute({
    ...at("/check-packages"),
    validateSearch: keep("kind"),
    component: lazyRouteComponent(() => import("../pages/check-packages/check-packages.tsx")),
  }),
  createRoute({
    ...at("/check-packages/$id"),
    component: lazyRouteComponent(() => import("../pages/check-packages/check-package.tsx")),
  }),
  createRoute({
    ...at("/death-lists"),
    component: lazyRouteComponent(() => import("../pages/death-lists/death-lists.tsx")),
  }),
  createRoute({
    ...at("/death-lists/$id"),
    component: lazyRouteComponent(() => import("../pages/death-lists/death-list.tsx")),
  }),
  createRoute({
    ...at("/phones"),
    component: lazyRouteComponent(() => import("../pages/phones/phones.tsx")),
  }),
  createRoute({
    ...at("/clues/overview"),
    component: lazyRouteComponent(() => import("../pages/clues/overview.tsx")),
  }),
  createRoute({
    ...at("/clues/$id"),
    component: lazyRouteComponent(() => import("../pages/clues/clue.tsx")),
  }),
  createRoute({
    ...at("/statistics"),
    validateSearch: keep("division"),
    component: lazyRouteComponent(() => import("../pages/statistics/returns.tsx")),
  }),
  createRoute({
    ...at("/statistics/$id"),
    component: lazyRouteComponent(() => import("../pages/statistics/return.tsx")),
  }),
  createRoute({
    ...at("/supervision"),
    validateSearch: keep("month", "page"),
    component: lazyRouteComponent(() => import("../pages/clues/supervision.tsx")),
  }),
  createRoute({
    ...at("/supervision/rectifications/$id"),
    component: lazyRouteComponent(() => import("../pages/clues/rectification.tsx")),
  }),
  createRoute({
    ...at("/visits"),
    validateSearch: keep("show", "division", "by", "month", "page"),
    component: lazyRouteComponent(() => import("../pages/visits/list.tsx")),
  }),
  createRoute({
    ...at("/visits/$id"),
    component: lazyRouteComponent(() => import("../pages/visits/visit.tsx")),
  }),
  createRoute({
    ...at("/matters"),
    validateSearch: keep("show", "register", "entry", "line", "title", "demand", "owner", "division"),
    component: lazyRouteComponent(() => import("../pages/matters/matters.tsx")),
  }),
  createRoute({
    ...at("/matters/$id"),
    component: lazyRouteComponent(() => import("../pages/matters/matter.tsx")),
  }),
  createRoute({ ...at("/plans"), component: lazyRouteComponent(() => import("../pages/plans/plans.tsx")) }),
  createRoute({
    ...at("/plans/$id"),
    validateSearch: keep("target"),
    component: lazyRouteComponent(() => import("../pages/plans/plan.tsx")),
  }),
  createRoute({
    ...at("/plans/$id/acceptances/$evidence"),
    component: lazyRouteComponent(() => import("../pages/plans/acceptance.tsx")),
  }),
  createRoute({
    ...at("/plans/$id/assessments/$assessment"),
    component: lazyRouteComponent(() => import("../pages/plans/assessment.tsx")),
  }),
  createRoute({
    ...at("/summaries"),
    component: lazyRouteComponent(() => import("../pages/summaries/list.tsx")),
  }),
  createRoute({
    ...at("/summaries/$id"),
    component: lazyRouteComponent(() => import("../pages/summaries/summary.tsx")),
  }),
  createRoute({
    ...at("/indicators"),
    validateSearch: keep("month", "division", "system", "code", "q"),
    component: lazyRouteComponent(() => import("../pages/indicators/indicators.tsx")),
  }),
  createRoute({
    ...at("/standards"),
    validateSearch: keep("q", "show"),
    component: lazyRouteComponent(() => import("../pages/standards/list.tsx")),
  }),
  createRoute({
    ...at("/standards/$name"),
    component: lazyRouteComponent(() => import("../pages/standards/standard.tsx")),
  }),
  createRoute({
    ...at("/standards/$name/new"),
    validateSearch: keep("version", "growth"),
    component: lazyRouteComponent(() => import("../pages/standards/enter.tsx")),
  }),
  createRoute({
    ...at("/rules"),
    component: lazyRouteComponent(() => import("../pages/standards/rule-sets.tsx")),
  }),
  createRoute({
    ...at("/rules/versions/$id"),
    component: lazyRouteComponent(() => import("../pages/standards/rule-version.tsx")),
  }),
  createRoute({
    ...at("/rules/$item"),
    validateSearch: keep("q", "name"),
    component: lazyRouteComponent(() => import("../pages/standards/rules.tsx")),
  }),
  createRoute({
    ...at("/calendar"),
    validateSearch: keep("year"),
    component: lazyRouteComponent(() => import("../pages/house/calendar.tsx")),
  }),
  createRoute({
    ...at("/audit"),
    validateSearch: keep("actor", "action", "from", "to", "objectId", "page"),
    component: lazyRouteComponent(() => import("../pages/house/audit.tsx")),
  }),
  createRoute({
    ...at("/accounts"),
    component: lazyRouteComponent(() => import("../pages/house/accounts.tsx")),
  }),
  createRoute({
    ...at("/feed-tokens"),
    component: lazyRouteComponent(() => import("../pages/matching/tokens.tsx")),
  }),
  createRoute({
    ...at("/feed-connectors"),
    component: lazyRouteComponent(() => import("../pages/matching/connectors.tsx")),
  }),
  createRoute({
    ...at("/relatives"),
    component: lazyRouteComponent(() => import("../pages/house/relatives.tsx")),
  }),
  createRoute({
    ...at("/documents/$id"),
    component: lazyRouteComponent(() => import("../pages/document.tsx")),
  }),
]);

export const router = createRouter({
  routeTree,
  basepath: "/console",
  defaultPreload: "intent",
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, v]) => v !== undefined && v !== "");
    return kept.length === 0 ? "" : `?${new URLSearchParams(kept.map(([k, v]) => [k, String(v)]))}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
