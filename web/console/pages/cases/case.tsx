import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { CasePage } from "@wuxin/contract";
import { useState } from "react";
import { ask } from "../../app/api.ts";
import { useTitle } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/case.css";
import { ActionBar } from "./action-bar.tsx";
import { ActionDrawer } from "./action-drawer.tsx";
import { Assessment } from "./assessment.tsx";
import { FactsPanel } from "./facts.tsx";
import { CaseHead } from "./head.tsx";
import { History } from "./history.tsx";
import { Materials } from "./materials.tsx";
import { Members } from "./members.tsx";
import { Proceedings } from "./proceedings.tsx";

const route = getRouteApi("/cases/$id");

/** One page: who, what is known, what was decided and why, what happened, what may be done now. */
export default function CaseRoute() {
  const { id } = route.useParams();
  const { decision } = route.useSearch();
  const query = useQuery(ask("getCase", { params: { id } }));
  useTitle(query.data ? `${query.data.applicant.name} ${query.data.number}` : "办件");
  return (
    <Loaded query={query} rows={14}>
      {(page) => <CaseView key={page.id} page={page} decision={decision} />}
    </Loaded>
  );
}

function CaseView({ page, decision }: { page: CasePage; decision: string | undefined }) {
  const [action, setAction] = useState<string | null>(null);
  return (
    <div className="page case" data-testid="case">
      <nav className="crumbs" aria-label="位置">
        <Link to="/cases" search={{ item: page.item, open: "true" }}>
          {page.shortTitle} · 办件
        </Link>
        <span>{page.number}</span>
      </nav>
      <CaseHead page={page} />
      <div className="case-columns">
        <div className="side-stack">
          <Members page={page} />
          <FactsPanel page={page} />
          <Materials page={page} />
        </div>
        <div className="side-stack">
          <Assessment page={page} open={decision} />
          <Proceedings page={page} />
        </div>
        <History entries={page.history} />
      </div>
      <ActionBar page={page} choose={setAction} />
      {action && <ActionDrawer key={action} page={page} actionId={action} close={() => setAction(null)} />}
    </div>
  );
}
