/** Parts of a rules page: the standards it reads, the facts it asks, its examples run live, its months. */
import { Link } from "@tanstack/react-router";
import { Shape, State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import type { Rules } from "./words.ts";

export function Standards({ rules: r }: { rules: Rules }) {
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

export function Inputs({ rules: r }: { rules: Rules }) {
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

export function Examples({ rules: r }: { rules: Rules }) {
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

/** A square a month: whether every formula and value is there. */
export function Coverage({ rules: r }: { rules: Rules }) {
  const { months, problems, from, to } = r.coverage;
  return (
    <Panel
      title="各月是否都有规则和标准"
      testId="gaps"
      extra={
        <span className="small tabular">
          {from} 至 {to}
        </span>
      }
    >
      <ol className="coverage">
        {months.map((m) => (
          <li key={m.month} className={m.gaps > 0 ? "coverage-gap" : ""}>
            <span className="tabular small">{m.month}</span>
            <Shape tone={m.gaps > 0 ? "warn" : "good"} />
            <span className="small">{m.gaps > 0 ? `缺 ${m.gaps}` : "齐"}</span>
          </li>
        ))}
      </ol>
      {problems.length > 0 && (
        <ul className="impact-notes">
          {problems.map((p) => (
            <li key={p}>
              <Shape tone="warn" /> {p}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
