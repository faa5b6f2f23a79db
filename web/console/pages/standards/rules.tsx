/** One item's rules: the formula in its own words on the left, its article on the right, examples below. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { may } from "../../app/access.ts";
import { ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { BeginRules, RuleHistory, Waiting } from "./rule-history.tsx";
import { Coverage, Examples, Inputs, Standards } from "./rule-parts.tsx";
import { Picture } from "./rule-picture.tsx";
import { ROUND_WORDS, type Rules } from "./words.ts";

const route = getRouteApi("/rules/$item");
type Variable = Rules["variables"][number];

export default function RulesRoute() {
  const { item } = route.useParams();
  const query = useQuery(ask("getRuleSet", { params: { item } }));
  return <Loaded query={query}>{(r) => <View rules={r} />}</Loaded>;
}

function View({ rules: r }: { rules: Rules }) {
  const { account } = useSession();
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
          {r.rewritten && <State tone="active">本县改写</State>}
        </span>
      }
      actions={may(account.role, "beginRules") && <BeginRules item={r.item} />}
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
      <Waiting rules={r} />
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
      <Examples rules={r} />
      <Picture rules={r} chosen={name} open={(n) => set({ name: n, q: "" })} />
      <Standards rules={r} />
      <Inputs rules={r} />
      <Coverage rules={r} />
      <RuleHistory rules={r} />
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
