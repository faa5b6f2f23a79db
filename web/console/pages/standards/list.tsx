/** Every standard of the county: what holds now, by which document, since when, and what is on its way. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { useCounty, useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";

const route = getRouteApi("/standards");
type Row = Reply<"listStandards">[number];
type Proposal = Reply<"listGrowth">[number];

export default function StandardList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const county = useCounty().data;
  const list = useQuery(ask("listStandards", {}));
  const set = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  const wanted = (r: Row) =>
    (!search.q || `${r.label}${r.name}${r.current?.document ?? ""}`.includes(search.q)) &&
    (search.show !== "unverified" || r.current?.unverified === true) &&
    (search.show !== "pending" || r.pending > 0);
  const chip = (show: string, label: string, count: number) => (
    <button
      type="button"
      className="chip"
      aria-pressed={search.show === show}
      onClick={() => set({ show: search.show === show ? "" : show })}
    >
      {label} {count}
    </button>
  );
  return (
    <Page
      title="政策标准"
      testId="standards"
      note={`${county?.name ?? ""}现行的金额、比例和限额。每一个数都有起始日期和文号；新标准由一人录入，另一人批准，从起始月份起执行。`}
      actions={<Link to="/rules">查看认定规则</Link>}
    >
      <Loaded query={list} rows={10}>
        {(rows) => {
          const shown = rows.filter(wanted);
          const group = (g: Row["group"]) => shown.filter((r) => r.group === g);
          return (
            <>
              <search className="filters" aria-label="筛选">
                <SearchBox value={search.q} label="按名称或文号找" onChange={(q) => set({ q: q ?? "" })} />
                <fieldset className="chips" aria-label="只看">
                  {chip("pending", "待批准", rows.filter((r) => r.pending > 0).length)}
                  {chip("unverified", "未核实文件", rows.filter((r) => r.current?.unverified).length)}
                </fieldset>
              </search>
              {shown.length === 0 && (
                <Panel>
                  <Blank mark="标" title="没有符合筛选的标准">
                    换一个词，或去掉筛选。
                  </Blank>
                </Panel>
              )}
              <Growth />
              <Group title="金额标准" rows={group("money")} />
              <Group title="比例、限额和其他规定" rows={group("other")} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** 动态调标: what it follows has been raised; the figure waits for a person to enter it, or to say no. */
function Growth() {
  const { account } = useSession();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const asked = ask("listGrowth", {});
  const { data } = useQuery(asked);
  const [refusing, setRefusing] = useState<Proposal | null>(null);
  if (!data || data.length === 0) return null;
  return (
    <Panel title="动态调标：按机制该调的标准" testId="growth">
      <ul className="line-list">
        {data.map((g) => (
          <li key={g.standard} data-testid="growth-row">
            <div className="line-grow">
              <Link to="/standards/$name" params={{ name: g.standard }}>
                {g.label}
              </Link>{" "}
              {g.refused && <State tone="neutral">不调</State>}
              <div>{g.told}</div>
              <div className="quiet small">
                {g.refused
                  ? `${g.refused.by} ${g.refused.on} 写明不调：${g.refused.reason}。算法有变时再提。`
                  : `依据：${g.document}${g.unverified ? "（未核实，请先核对文件）" : ""}。录入后照常预览、由另一人批准、逐户测算。`}
              </div>
            </div>
            {!g.refused && (
              <span className="row">
                {may(account.role, "refuseGrowth") && (
                  <Button size="small" onClick={() => setRefusing(g)} data-testid="refuse-growth">
                    不调
                  </Button>
                )}
                {account.role === "county" && (
                  <Link to="/standards/$name/new" params={{ name: g.standard }} search={{ growth: "1" }}>
                    按这个数录入
                  </Link>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {refusing && <RefuseDrawer of={refusing} close={() => setRefusing(null)} kept={keep} />}
    </Panel>
  );
  function keep(next: Proposal[]) {
    queries.setQueryData(asked.queryKey, next);
    message.success("已记下，不再提这个数。");
    setRefusing(null);
  }
}

interface RefuseProps {
  of: Proposal;
  close: () => void;
  kept: (next: Proposal[]) => void;
}
function RefuseDrawer({ of: g, close, kept }: RefuseProps) {
  const [id] = useState(newId);
  return (
    <DrawerForm
      title={`${g.label}不调`}
      verb="不调"
      intro={<p className="quiet">{g.told}</p>}
      fields={[{ name: "reason", label: "不调的理由", type: "longtext", required: true, min: 2, max: 500 }]}
      close={close}
      send={async (v) => {
        const body = { id, working: g.told, reason: String(v.reason) };
        kept(await api.refuseGrowth({ params: { name: g.standard }, body }));
      }}
    />
  );
}

function Group({ title, rows }: { title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <Panel title={title} flush>
      <ul className="standard-list">
        {rows.map((r) => (
          <li key={r.name} data-testid={`standard-${r.name}`}>
            <div className="standard-name">
              <Link to="/standards/$name" params={{ name: r.name }}>
                {r.label}
              </Link>
              {r.derived && <span className="quiet small">{r.derived}</span>}
              <span className="quiet small">
                {r.readers.length > 0
                  ? `${r.readers.map((x) => x.title).join("、")}`
                  : "还没有事项的规则用到它"}
              </span>
            </div>
            <Values row={r} />
            <div className="standard-source small">
              {r.current ? (
                <>
                  <span className="tabular">{since(r.current.since)}</span>
                  <span className="quiet">{r.current.document ?? "没有写明文件"}</span>
                </>
              ) : (
                <span className="quiet">本月没有生效的值</span>
              )}
              <span className="row">
                {r.current?.unverified && <State tone="warn">未核实</State>}
                {r.pending > 0 && <State tone="waiting">{r.pending} 版待批准</State>}
                {r.next && <State tone="active">{r.next.firstMonth} 起有新标准</State>}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export const since = (date: string): string => (date < "1990-01-01" ? "一直" : `${date} 起`);

function Values({ row }: { row: Row }) {
  const { current } = row;
  if (!current) return <div className="quiet">—</div>;
  return (
    <dl className="standard-values">
      {current.values.map((v) => (
        <div key={v.label}>
          {v.label && <dt>{v.label}</dt>}
          <dd>{v.text}</dd>
        </div>
      ))}
    </dl>
  );
}
