import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import { GuidePage } from "../guide/GuidePage.tsx";
import { CountyPage } from "../home/CountyPage.tsx";
import { EventPage } from "../home/EventPage.tsx";
import { HomePage } from "../home/HomePage.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { getCounty } from "./api.ts";
import { lazy, useLoad } from "./load.tsx";
import { followLinks, match, navigate, place } from "./router.ts";
import { Shell } from "./Shell.tsx";
import { recallSession } from "./session.ts";
import { languageInUse } from "./settings.ts";
import { longKeep } from "./storage.ts";
import type { County } from "./types.ts";

/** What every page of a county gets. `params` are the parts of the address. */
export interface PageProps {
  readonly county: County;
  /** `/c/430621` */
  readonly base: string;
  readonly params: Readonly<Record<string, string>>;
}

const pages: readonly [string, ComponentType<PageProps>][] = [
  ["/c/:county", HomePage],
  ["/c/:county/event/:event", EventPage],
  ["/c/:county/item/:item", GuidePage],
  ...lazyPages({
    "/c/:county/help": () => import("../home/HelpPage.tsx").then((m) => m.HelpPage),
    "/c/:county/check/all": () => import("../check/WholeCheckPage.tsx").then((m) => m.WholeCheckPage),
    "/c/:county/check": () => import("../check/ChoosePage.tsx").then((m) => m.ChoosePage),
    "/c/:county/item/:item/check": () => import("../check/CheckPage.tsx").then((m) => m.CheckPage),
    "/c/:county/item/:item/apply": () => import("../apply/ApplyPage.tsx").then((m) => m.ApplyPage),
    "/c/:county/login": () => import("../account/LoginPage.tsx").then((m) => m.LoginPage),
    "/c/:county/signup": () => import("../account/SignupPage.tsx").then((m) => m.SignupPage),
    "/c/:county/my": () => import("../cases/MyPage.tsx").then((m) => m.MyPage),
    "/c/:county/case/:id": () => import("../cases/CasePage.tsx").then((m) => m.CasePage),
    "/c/:county/document/:id": () => import("../cases/DocumentPage.tsx").then((m) => m.DocumentPage),
    "/c/:county/track": () => import("../cases/TrackPage.tsx").then((m) => m.TrackPage),
    "/c/:county/trouble": () => import("../trouble/TroublePage.tsx").then((m) => m.TroublePage),
    "/c/:county/trouble/track": () =>
      import("../trouble/TroubleTrackPage.tsx").then((m) => m.TroubleTrackPage),
    "/c/:county/publicity": () => import("../open/PublicityPage.tsx").then((m) => m.PublicityPage),
    "/c/:county/livelihood": () => import("../open/LivelihoodPage.tsx").then((m) => m.LivelihoodPage),
    "/c/:county/ledger/:register": () => import("../open/LedgerPage.tsx").then((m) => m.LedgerPage),
  }),
];

function lazyPages(
  list: Readonly<Record<string, () => Promise<ComponentType<PageProps>>>>,
): [string, ComponentType<PageProps>][] {
  return Object.entries(list).map(([pattern, load]) => [pattern, lazy(load)]);
}

const COUNTY = "county";

export function App() {
  const here = useStore(place);
  const language = useStore(languageInUse);
  useEffect(() => {
    followLinks();
    recallSession();
  }, []);
  const code = /^\/c\/(\d{6})(?=\/|$)/.exec(here.path)?.[1];
  const remembered = longKeep.read<string>(COUNTY);
  const goHome = here.path === "/" && remembered !== undefined;
  useEffect(() => {
    if (goHome) navigate(`/c/${remembered}`, { replace: true });
  }, [goHome, remembered]);
  if (code) return <CountyApp key={language} code={code} path={here.path} />;
  return (
    <Shell key={language} county={undefined} code={undefined}>
      {goHome ? <Loading /> : here.path === "/" || here.path === "/counties" ? <CountyPage /> : <NoPage />}
    </Shell>
  );
}

function CountyApp(p: { code: string; path: string }) {
  const [county, retry] = useLoad(p.code, () => getCounty(p.code));
  const known = county.status === "ready";
  useEffect(() => {
    if (known) longKeep.write(COUNTY, p.code);
  }, [known, p.code]);
  if (county.status !== "ready")
    return (
      <Shell county={undefined} code={p.code}>
        {county.status === "loading" ? <Loading /> : <Failed problem={county.problem} retry={retry} />}
        {county.status === "failed" && county.problem.status === 404 && (
          <p class="page">
            <a href="/counties">{t("county.pick")}</a>
          </p>
        )}
      </Shell>
    );
  for (const [pattern, Found] of pages) {
    const params = match(pattern, p.path);
    if (params)
      return (
        <Shell county={county.value} code={p.code}>
          <Found key={p.path} county={county.value} base={`/c/${p.code}`} params={params} />
        </Shell>
      );
  }
  return (
    <Shell county={county.value} code={p.code}>
      <NoPage />
    </Shell>
  );
}

function NoPage() {
  return (
    <div class="page">
      <h1>{t("state.noPage")}</h1>
      <Empty title={t("state.noPageWay")}>
        <a href="/">{t("do.home")}</a>
      </Empty>
    </div>
  );
}
