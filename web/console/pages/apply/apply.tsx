import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ItemView } from "@wuxin/contract";
import { newId } from "@wuxin/kernel";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/apply.css";
import { emptyFilling, type Filling } from "../../../kit/application.ts";
import { readKept } from "../../form/kept.ts";
import { ApplyForm } from "./form.tsx";

const route = getRouteApi("/apply/$item");

/** An application made for somebody at the desk of his village or township. */
export default function ApplyRoute() {
  const { item: code } = route.useParams();
  const { draft } = route.useSearch();
  const { county, account } = useSession();
  const [fresh] = useState(newId);
  const item = useQuery(ask("getItem", { params: { county: county.code, item: code } }));
  // A draft of this page's own making need not be fetched back.
  const stored = useQuery({
    ...ask("getDraft", { params: { id: draft ?? fresh } }),
    enabled: draft !== undefined && draft !== fresh,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!may(account.role, "submitApplication"))
    return (
      <Page title="代办申请">
        <Panel>
          <Blank mark="禁" title="代办申请由村（社区）和乡镇（街道）受理">
            您可以在「办件」里查看已提交的申请。
          </Blank>
        </Panel>
      </Page>
    );
  const crumbs = (
    <>
      <Link to="/apply">代办申请</Link>
      <span>{item.data?.title}</span>
    </>
  );
  return (
    <Page title={item.data ? `代办申请 · ${item.data.title}` : "代办申请"} crumbs={crumbs} testId="apply">
      <Loaded query={item}>
        {(i) =>
          draft === undefined || draft === fresh ? (
            <ApplyForm item={i} draftId={fresh} initial={emptyFilling(i, account.role, account.scope)} />
          ) : (
            <Loaded query={stored}>
              {(d) => (
                <ApplyForm
                  key={d.id}
                  item={i}
                  draftId={d.id}
                  initial={resume(i, d, account.role, account.scope)}
                />
              )}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

/** What the tab kept is newer than what reached the server; what a draft lacks is filled with the empty form. */
function resume(
  item: ItemView,
  draft: { id: string; application: Record<string, unknown> },
  role: string,
  scope: string,
): Filling {
  const kept = readKept(`apply.${draft.id}`) as unknown as Partial<Filling> | null;
  const from = (kept ?? draft.application) as Partial<Filling>;
  const empty = emptyFilling(item, role, scope);
  return Array.isArray(from.members) && from.members.length > 0 ? { ...empty, ...from } : empty;
}
