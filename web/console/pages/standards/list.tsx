/** Every standard of the county: what holds now, by which document, since when, and what is on its way. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ask, type Reply } from "../../app/api.ts";
import { useCounty, useSession } from "../../app/session.tsx";
import { SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";

const route = getRouteApi("/standards");
type Row = Reply<"listStandards">[number];

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

/** 动态调标: what it follows has been raised; the figure waits for a person to enter it. */
function Growth() {
  const { account } = useSession();
  const { data } = useQuery(ask("listGrowth", {}));
  if (!data || data.length === 0) return null;
  return (
    <Panel title="动态调标：按机制该调的标准" testId="growth">
      <ul className="line-list">
        {data.map((g) => (
          <li key={g.standard}>
            <div className="line-grow">
              <Link to="/standards/$name" params={{ name: g.standard }}>
                {g.label}
              </Link>
              <div>{g.told}</div>
              <div className="quiet small">
                依据：{g.document}
                {g.unverified && "（未核实，请先核对文件）"}。录入后照常预览、由另一人批准、逐户测算。
              </div>
            </div>
            {account.role === "county" && (
              <Link to="/standards/$name/new" params={{ name: g.standard }} search={{ growth: "1" }}>
                按这个数录入
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Panel>
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
