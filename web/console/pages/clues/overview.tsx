/** 监测一览: where it was found, how it moves month by month, what became of it, which source was right. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { Go, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { PlaceMap } from "../../parts/place-map.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Funnel } from "./funnel.tsx";
import { Trend } from "./trend.tsx";

type View = Reply<"clueFunnel">;

export default function Overview() {
  const query = useQuery(ask("clueFunnel", { query: {} }));
  return (
    <Page title="监测一览" testId="clue-overview" crumbs={<Link to="/clues">线索</Link>}>
      <Loaded query={query} rows={10}>
        {(v) =>
          v.total.hits === 0 ? (
            <Blank mark="测" title="还没有线索">
              有了数据比对的预警、主动发现或群众反映，这里按地方、按月、按来源列出来。
            </Blank>
          ) : (
            <View view={v} />
          )
        }
      </Loaded>
    </Page>
  );
}

function View({ view: v }: { view: View }) {
  return (
    <>
      <div className="columns-2">
        <Places view={v} />
        <div className="side-stack">
          <Panel title="从命中到帮扶" testId="overview-funnel">
            <Funnel counts={v.total} />
            <p className="quiet small">
              {v.since} 起。{v.unverified && "级别和时限尚未由本县核定，按系统暂定的算。"}
            </p>
          </Panel>
          <Panel title="现在未办结的户，按最高级别">
            <ul className="line-list">
              {v.levels.map((l) => (
                <li key={l.level}>
                  <Go href={`/clues?level=${l.level}`} className="line-grow">
                    {l.label}
                  </Go>
                  <b className="tabular">{l.households}</b> 户
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
      <Panel title="每月发现，按级别" testId="overview-trend">
        <Trend view={v} />
      </Panel>
      <Panel title="各来源" testId="overview-sources">
        <Sources rows={v.sources} />
      </Panel>
    </>
  );
}

const MEASURES = {
  hits: "发现",
  open: "未办结",
  late: "超期未办",
} as const;
type Measure = keyof typeof MEASURES;

function Places({ view: v }: { view: View }) {
  const [measure, setMeasure] = useState<Measure>("hits");
  const value = (p: View["places"][number]) => (measure === "open" ? p.hits - p.closed : p[measure]);
  return (
    <Panel
      title="在哪里"
      testId="overview-places"
      extra={
        <Segmented
          size="small"
          value={measure}
          options={Object.entries(MEASURES).map(([k, label]) => ({ value: k, label }))}
          onChange={(k) => setMeasure(k as Measure)}
        />
      }
    >
      <PlaceMap
        title={`各地线索，${MEASURES[measure]}`}
        unit="条"
        places={v.places.map((p) => ({
          ...{ code: p.key, name: p.label, value: value(p) },
          href: `/clues?division=${p.key}&state=${measure === "hits" ? "all" : "open"}${measure === "late" ? "&late=true" : ""}`,
        }))}
      />
    </Panel>
  );
}

function Sources({ rows }: { rows: View["sources"] }) {
  return (
    <Scroll label="各来源">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">来源</th>
            <Heads of={["发现", "入户", "属实", "误报", "属实率", "每月少发（元）", "每月帮扶（元）"]} num />
          </tr>
        </thead>
        <tbody>
          {rows.map((s) => (
            <tr key={s.key}>
              <td className="nowrap">{s.label}</td>
              {[s.hits, s.checked, s.confirmed, s.false].map((n, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column keeps its place
                <td key={i} className="num tabular">
                  {n}
                </td>
              ))}
              <td className="num tabular">
                {s.confirmed + s.false === 0
                  ? "—"
                  : `${Math.round((100 * s.confirmed) / (s.confirmed + s.false))}%`}
              </td>
              <td className="num tabular">{yuan(s.savedFen)}</td>
              <td className="num tabular">{yuan(s.helpedFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
