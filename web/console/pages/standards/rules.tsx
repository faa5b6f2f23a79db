/** One item's rules: the formula in its own words on the left, its article on the right, examples below. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { ask, type Reply } from "../../app/api.ts";
import { SearchBox } from "../../parts/list.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { ROUND_WORDS } from "./words.ts";

const route = getRouteApi("/rules/$item");
type Rules = Reply<"getRuleSet">;
type Variable = Rules["variables"][number];

export default function RulesRoute() {
  const { item } = route.useParams();
  const query = useQuery(ask("getRuleSet", { params: { item } }));
  return <Loaded query={query}>{(r) => <View rules={r} />}</Loaded>;
}

function View({ rules: r }: { rules: Rules }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  const { name, q } = search;
  useEffect(() => {
    if (name) document.getElementById(`v-${name}`)?.scrollIntoView({ block: "center" });
  }, [name]);
  const shown = r.variables.filter(
    (v) => !q || `${v.name}${v.article ?? ""}${v.versions.map((x) => x.text).join("")}`.includes(q),
  );
  const failing = r.examples.filter((e) => !e.ok).length;
  return (
    <Page
      title={`${r.title}的认定规则`}
      testId="rules"
      crumbs={
        <>
          <Link to="/rules">认定规则</Link>
          <span>{r.title}</span>
        </>
      }
      note={
        <span className="row">
          <span className="tabular">
            版本 <code title={r.version}>{r.version.slice(0, 16)}</code>
          </span>
          <span>{r.basis.map((b) => b.title).join("、")}</span>
          <State tone={failing > 0 ? "bad" : "good"}>
            {failing > 0 ? `${failing} 个例子不对` : `${r.examples.length} 个例子全对`}
          </State>
          {r.coverage.problems.length > 0 && <State tone="warn">有月份缺值</State>}
        </span>
      }
    >
      <search className="filters" aria-label="筛选">
        <SearchBox value={q} label="按名称、条文或公式找" onChange={(text) => set({ q: text ?? "" })} />
        <span className="quiet small">
          从结论看起：
          {r.outcome.map((o) => (
            <button key={o} type="button" className="chip" onClick={() => set({ name: o, q: "" })}>
              {o}
            </button>
          ))}
        </span>
      </search>
      {r.coverage.problems.length > 0 && (
        <Panel title={`${r.coverage.from} 至 ${r.coverage.to} 缺值的月份`} testId="gaps">
          <ul className="impact-notes">
            {r.coverage.problems.map((p) => (
              <li key={p}>
                <Shape tone="warn" /> {p}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={`公式（${shown.length}）`} flush>
        {shown.length === 0 && (
          <Blank small mark="式" title="没有找到">
            换一个词看看。
          </Blank>
        )}
        <ol className="rules">
          {shown.map((v) => (
            <Rule key={v.name} variable={v} chosen={v.name === name} open={(n) => set({ name: n, q: "" })} />
          ))}
        </ol>
      </Panel>
      <Standards rules={r} />
      <Inputs rules={r} />
      <Examples rules={r} />
    </Page>
  );
}

interface RuleProps {
  variable: Variable;
  chosen: boolean;
  open: (name: string) => void;
}
function Rule({ variable: v, chosen, open }: RuleProps) {
  const now = v.versions.find((x) => x.now) ?? v.versions[0];
  const old = v.versions.filter((x) => x !== now);
  return (
    <li id={`v-${v.name}`} className={chosen ? "rule rule-chosen" : "rule"} data-testid={`rule-${v.name}`}>
      <div className="rule-left">
        <div className="row">
          <b>{v.label}</b>
          <span className="quiet small">
            {v.entity}
            {v.unit && ` · ${v.unit}`}
            {v.rounding && ` · ${ROUND_WORDS[v.rounding] ?? v.rounding}`}
          </span>
        </div>
        <pre className="formula">{now?.text.trim()}</pre>
        {v.uses.length > 0 && (
          <div className="row small">
            <span className="quiet">用到</span>
            {v.uses.map((u) =>
              u.kind === "variable" ? (
                <button key={u.name} type="button" className="chip" onClick={() => open(u.name)}>
                  {u.name}
                </button>
              ) : u.kind === "parameter" ? (
                <Link key={u.name} className="chip" to="/standards/$name" params={{ name: u.name }}>
                  标准 {u.name}
                </Link>
              ) : (
                <span key={u.name} className="quiet">
                  {u.name}
                </span>
              ),
            )}
          </div>
        )}
        {old.length > 0 && (
          <details className="small">
            <summary>别的日期的公式</summary>
            {old.map((x) => (
              <div key={x.since}>
                <span className="quiet tabular">{x.since} 起</span>
                <pre className="formula">{x.text.trim()}</pre>
              </div>
            ))}
          </details>
        )}
      </div>
      <div className="rule-right">
        <b className="small">{v.article ?? "没有注明条文"}</b>
        {v.description && <p className="quiet">{v.description}</p>}
        <p className="quiet small tabular">{now?.since} 起执行</p>
        {v.usedBy.length > 0 && (
          <div className="row small">
            <span className="quiet">被用于</span>
            {v.usedBy.map((u) => (
              <button key={u} type="button" className="chip" onClick={() => open(u)}>
                {u}
              </button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

function Standards({ rules: r }: { rules: Rules }) {
  return (
    <Panel title={`${r.month} 用的标准（${r.parameters.length}）`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label="用的标准">
        <table className="plain-table">
          <tbody>
            {r.parameters.map((p) => (
              <tr key={p.name}>
                <td>
                  <Link to="/standards/$name" params={{ name: p.name }}>
                    {p.name}
                  </Link>
                </td>
                <td className="tabular">{p.text}</td>
                <td className="quiet">
                  {p.document ?? "没有写明文件"} {p.unverified && <State tone="warn">未核实</State>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

function Inputs({ rules: r }: { rules: Rules }) {
  return (
    <Panel title={`要查明的事实（${r.inputs.length}）`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label="要查明的事实">
        <table className="plain-table">
          <tbody>
            {r.inputs.map((i) => (
              <tr key={i.name}>
                <td className="nowrap">{i.name}</td>
                <td className="nowrap quiet">{i.entity}</td>
                <td>{i.question ?? "户籍等已知，不必问"}</td>
                <td className="quiet">{i.article}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

function Examples({ rules: r }: { rules: Rules }) {
  return (
    <Panel
      title={`例子（${r.examples.length}）`}
      testId="examples"
      extra={<span className="small">按本县现行标准当场算出来的</span>}
    >
      {r.examples.length === 0 ? (
        <Blank small mark="例" title="没有写给本县的例子">
          例子写在事项的 examples.yaml，可以注明县。
        </Blank>
      ) : (
        <ul className="example-cards">
          {r.examples.map((e) => (
            <li key={e.name} className={e.ok ? "example" : "example example-bad"} data-ok={e.ok}>
              <div className="row">
                <Shape tone={e.ok ? "good" : "bad"} />
                <b>{e.name}</b>
              </div>
              {e.month && <span className="quiet small tabular">{e.month}</span>}
              {e.given.length > 0 && <p className="small">{e.given.join("；")}</p>}
              <p className="small">
                <span className="quiet">应得</span> {e.expected.join("，")}
              </p>
              {e.problems.map((p) => (
                <p key={p} className="small danger">
                  {p}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
