/** One visit: what was found, with pictures, signature, place and time. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { dateTime } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/people.css";

const route = getRouteApi("/visits/$id");

export default function VisitRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getVisit", { params: { id } }));
  return <Loaded query={query}>{(visit) => <View visit={visit} />}</Loaded>;
}

function View({ visit: v }: { visit: Reply<"getVisit"> }) {
  return (
    <Page
      title={v.title}
      testId="visit"
      crumbs={<Link to="/visits">走访</Link>}
      note={`${v.divisionName} · ${v.by} · ${dateTime(v.at)}`}
    >
      <div className="columns-2">
        <div className="side-stack">
          <Panel title="看到的情况" testId="visit-findings">
            {v.lines.length === 0 ? (
              <Blank small mark="访" title="没有填写情况" />
            ) : (
              <dl className="fact-list">
                {v.lines.map((l) => (
                  <div key={l.label}>
                    <dt>{l.label}</dt>
                    <dd>{l.text}</dd>
                  </div>
                ))}
              </dl>
            )}
          </Panel>
          <Panel title="现场照片" testId="visit-photos">
            {v.photos.length === 0 ? <p className="quiet">没有拍照。</p> : <Photos ids={v.photos} />}
          </Panel>
        </div>
        <div className="side-stack">
          <Panel title="时间和地点">
            <Facts
              rows={[
                ["到户", dateTime(v.at)],
                ["收到", dateTime(v.receivedAt)],
                ["位置", v.place ? placeOf(v.place) : "手机没有给出位置"],
              ]}
            />
          </Panel>
          <Panel title="签名" testId="visit-signature">
            {v.signatureId ? (
              <img
                className="visit-signature"
                src={urlOf("getFile", { id: v.signatureId })}
                alt="被走访人的签名"
              />
            ) : (
              <p className="quiet">没有签名。</p>
            )}
          </Panel>
          <Panel title="这次办了什么" testId="visit-answered">
            <ul className="line-list">
              {v.answered.map((a) => (
                <li key={a}>{a}</li>
              ))}
            </ul>
            {v.answered.length === 0 && <p className="quiet">补充走访，没有到期的任务。</p>}
            <p className="row">
              {v.householdId && (
                <Link to="/households/$id" params={{ id: v.householdId }}>
                  看这一户的救助链
                </Link>
              )}
              {v.personId && (
                <Link to="/persons/$id" params={{ id: v.personId }}>
                  看这个人
                </Link>
              )}
            </p>
          </Panel>
        </div>
      </div>
    </Page>
  );
}

const placeOf = (p: { latitude: number; longitude: number; accuracyM: number }) =>
  `北纬 ${p.latitude.toFixed(5)}，东经 ${p.longitude.toFixed(5)}，误差约 ${Math.round(p.accuracyM)} 米`;
