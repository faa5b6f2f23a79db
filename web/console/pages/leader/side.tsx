/** Plan lights, money, and where things are late. */
import { Link } from "@tanstack/react-router";
import { figure } from "../../../kit/format.ts";
import { Go, Panel } from "../../parts/page.tsx";
import { PlaceMap } from "../../parts/place-map.tsx";
import { Blank } from "../../parts/states.tsx";
import { LIGHTS, LightMark } from "../plans/light.tsx";
import type { Leader } from "./leader.tsx";

const BEHIND = 3;

export function Lights({ of: p }: { of: Leader["plans"] }) {
  const all = LIGHTS.reduce((n, l) => n + (p.lights[l] ?? 0), 0);
  return (
    <Panel title="计划的灯" testId="leader-lights" extra={<Link to="/plans">全部计划</Link>}>
      {all === 0 ? (
        <Blank mark="标" title="今年还没有读入计划" small>
          在「计划」里读入年度计划，目标和灯就列在这里。
        </Blank>
      ) : (
        <>
          <div className="lights-row">
            {LIGHTS.map((l) => (
              <LightMark key={l} light={l} count={p.lights[l] ?? 0} />
            ))}
          </div>
          <ul className="behind">
            {p.behind.slice(0, BEHIND).map((t) => (
              <li key={t.id}>
                <LightMark light={t.light} />
                <Link to="/plans/$id" params={{ id: t.planId }} search={{ target: t.id }}>
                  {t.object}
                </Link>
                <span className="quiet">
                  {t.nowText} / {t.aimText} · {t.due} 前 · {t.owner ?? "责任未定"}
                  {t.urgedLate && " · 督办已过期"}
                </span>
              </li>
            ))}
          </ul>
          {p.behind.length > BEHIND && (
            <p className="quiet">还有 {p.behind.length - BEHIND} 条滞后或偏慢。</p>
          )}
        </>
      )}
    </Panel>
  );
}

const wan = (fen: number): string => figure(fen / 1_000_000, 1);

export function Money({ of: m }: { of: Leader["money"] }) {
  const facts = [
    ["今年已发", m.paidFen],
    ["年底前还需", m.neededFen],
    ["账上可用", m.availableFen],
  ] as const;
  return (
    <Panel title="资金" testId="leader-money" extra={<Link to="/funds">资金台账</Link>}>
      <dl className="leader-money">
        {facts.map(([label, fen]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{wan(fen)}</b> 万元
            </dd>
          </div>
        ))}
        <div>
          <dt>用到</dt>
          <dd className={m.short ? "danger" : undefined}>
            <b>{m.runsOut ?? "三年以上"}</b>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

type Place = Leader["late"]["places"][number];
const KINDS = [
  { key: "cases", label: "办件", link: (d: string) => `/cases?light=late${d && `&division=${d}`}` },
  { key: "clues", label: "线索", link: (d: string) => `/clues?late=true${d && `&division=${d}`}` },
  { key: "visits", label: "走访", link: (d: string) => `/visits?show=late${d && `&division=${d}`}` },
  { key: "matters", label: "督办", link: () => "/matters" },
] as const;

export function Places({ of: late }: { of: Leader["late"] }) {
  const sum = (p: Pick<Place, (typeof KINDS)[number]["key"]>) => KINDS.reduce((n, k) => n + p[k.key], 0);
  /** A place opens the list in which most of its late ones stand. */
  const hrefOf = (p: Place) => {
    const most = KINDS.reduce((a, b) => (p[b.key] > p[a.key] ? b : a));
    return most.link(p.code);
  };
  return (
    <Panel
      title="哪里超期"
      testId="leader-late"
      id="leader-late"
      extra={
        <span className="row tabular">
          {KINDS.map((k) => (
            <Go key={k.key} href={k.link("")}>
              {k.label} {late.total[k.key]}
            </Go>
          ))}
        </span>
      }
    >
      {sum(late.total) === 0 ? (
        <Blank mark="准" title="没有超期的" small>
          办件、线索、走访、督办都在时限以内。
        </Blank>
      ) : (
        <PlaceMap
          title="各地超期的办件、线索、走访和督办"
          unit="件超期"
          places={late.places.map((p) => ({ code: p.code, name: p.name, value: sum(p), href: hrefOf(p) }))}
        />
      )}
    </Panel>
  );
}
