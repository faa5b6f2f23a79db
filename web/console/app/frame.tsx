/** Rail, top bar and page. Whoever is not logged in sees the login page instead, at the same address. */

import { DesktopOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import type { SessionView } from "@wuxin/contract";
import { isOutside, SYSTEMS, type System } from "@wuxin/declare/roles";
import { useEffect, useState, useSyncExternalStore } from "react";
import { CatchError } from "../parts/catch-error.tsx";
import { SystemMark } from "../parts/marks.tsx";
import { Failed } from "../parts/states.tsx";
import "../styles/frame.css";
import "../styles/party.css";
import { ApiError, ask } from "./api.ts";
import { Login } from "./login.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { ReloginDialog } from "./relogin.tsx";
import { relogin } from "./relogin-store.ts";
import { Search } from "./search.tsx";
import { Sections } from "./sections.tsx";
import { SessionProvider, useCounty } from "./session.tsx";

const REMEMBERED = "wuxin.rail";
const readOpen = (): System | null => {
  const kept = localStorage.getItem(REMEMBERED);
  return SYSTEMS.find((s) => s === kept) ?? null;
};

/** Pages begin when the server's day is known: a form must not start from the date of a machine that is wrong. */
function Ready({ children }: { children: React.ReactNode }) {
  return useCounty().isPending ? null : children;
}

function Top({ session, children }: { session: SessionView; children?: React.ReactNode }) {
  const { account, county, demo } = session;
  return (
    <header className="top">
      <div className="top-place" data-testid="place">
        <span>
          {account.scopeName === county.name ? county.name : `${county.name} · ${account.scopeName}`}
        </span>
        {demo && <span className="demo-badge">演示数据</span>}
      </div>
      {children}
      <PersonMenu />
    </header>
  );
}

export function Frame() {
  const session = useQuery({ ...ask("getSession", {}), staleTime: Number.POSITIVE_INFINITY });
  const [open, setOpen] = useState<System | null>(() => (window.innerWidth > 760 ? readOpen() : null));
  const path = useRouterState({ select: (s) => s.location.pathname });
  // A page on a wall has neither rail nor bar.
  const wall = useRouterState({ select: (s) => (s.location.search as { wall?: string }).wall === "1" });
  const asked = useSyncExternalStore(relogin.subscribe, relogin.wanted);
  useEffect(() => {
    relogin.setSignedIn(session.data !== undefined);
  }, [session.data]);
  // On a phone the sections lie over the page: going somewhere closes them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it reacts to
  useEffect(() => {
    if (window.innerWidth <= 760) setOpen(null);
  }, [path]);

  if (session.isPending) return null;
  if (session.data === undefined) {
    const e = session.error;
    if (e instanceof ApiError && (e.problem.status === 401 || e.problem.status === 403)) return <Login />;
    return <Failed error={e} retry={() => void session.refetch()} />;
  }
  const { account } = session.data;
  if (account.role === "resident") return <Login resident />;
  const page = (
    <CatchError key={path}>
      <Ready>
        <Outlet />
      </Ready>
    </CatchError>
  );
  const toggle = (s: System) => {
    const next = open === s ? null : s;
    setOpen(next);
    if (window.innerWidth > 760) localStorage.setItem(REMEMBERED, next ?? "");
  };
  // An outside party has one desk: no systems, no search.
  const party = isOutside(account.role);
  return (
    <SessionProvider value={session.data}>
      {wall ? (
        <main className="wall-frame" id="main" tabIndex={-1}>
          {page}
        </main>
      ) : (
        <>
          <a className="skip" href="#main">
            跳到正文
          </a>
          <div className={party ? "frame party-frame" : "frame"}>
            {!party && <Rail path={path} open={open} toggle={toggle} />}
            {!party && open && <Sections system={open} close={() => toggle(open)} />}
            <Top session={session.data}>{!party && <Search />}</Top>
            <main className="main" id="main" tabIndex={-1}>
              {page}
            </main>
          </div>
        </>
      )}
      {asked && <ReloginDialog />}
    </SessionProvider>
  );
}

interface RailProps {
  path: string;
  open: System | null;
  toggle: (system: System) => void;
}
function Rail({ path, open, toggle }: RailProps) {
  const home = path.replace(/\/$/, "") === "/console" || path === "/";
  return (
    <nav className="rail" aria-label="主导航">
      <Link to="/" className="brand" aria-label="五心，回到工作台">
        五心
      </Link>
      <Link to="/" className={home ? "rail-item here" : "rail-item"}>
        <DesktopOutlined className="rail-desk" />
        工作台
      </Link>
      {SYSTEMS.map((s) => (
        <button
          key={s}
          type="button"
          className="rail-item"
          aria-expanded={open === s}
          data-testid={`rail-${s}`}
          onClick={() => toggle(s)}
        >
          <SystemMark system={s} />大{s}
        </button>
      ))}
    </nav>
  );
}
