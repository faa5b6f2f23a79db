/** One of the five systems as a band: what stands, how it moved since last month, what is late. */
import { Link } from "@tanstack/react-router";
import { figure } from "../../../kit/format.ts";
import { State, SystemMark } from "../../parts/marks.tsx";
import { Spark } from "../../parts/spark.tsx";
import type { Leader } from "./leader.tsx";

type System = Leader["systems"][number];
type Figure = System["figures"][number];
const SHOWN = 4;

export function Band({ of: s, lastMonth }: { of: System; lastMonth: string }) {
  const [jump] = s.jumps;
  return (
    <section className="panel band" data-testid={`band-${s.system}`} aria-label={`大${s.system}`}>
      <header>
        <SystemMark system={s.system} />
        <h2>大{s.system}</h2>
        {jump && (
          <p className="band-jump">
            <Link to="/indicators" search={{ code: jump.code, month: lastMonth }}>
              {lastMonth} {jump.name}变动 {jump.percent}%
            </Link>
            <span className={jump.explanation ? "quiet" : "warning"}>
              {jump.explanation ?? "还没有说明"}
              {s.jumps.length > 1 && `；共 ${s.jumps.length} 个数变动大`}
            </span>
          </p>
        )}
        {s.late > 0 ? <State tone="bad">超期 {s.late}</State> : <State tone="good">没有超期</State>}
      </header>
      {s.figures.length === 0 ? (
        <p className="quiet">还没有列入看板的指标。</p>
      ) : (
        <ul>
          {s.figures.slice(0, SHOWN).map((f) => (
            <li key={f.code}>
              <Link to="/indicators" search={{ code: f.code }}>
                {f.name}
              </Link>
              <span className="band-value">
                <b>{short(f)}</b> {unitOf(f)}
              </span>
              <Change of={f} />
              <Spark series={f.series} label={`${f.name}走势`} width={88} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** From a distance nobody reads cents: from ten thousand 元 on in 万元. */
const inWan = (f: Figure): boolean => f.unit === "元" && Math.abs(f.value ?? 0) >= 10_000;
const unitOf = (f: Figure): string => (inWan(f) ? "万元" : f.unit);
const scaled = (f: Figure, value: number | null): string =>
  inWan(f) ? figure(value === null ? null : value / 10_000, 1) : figure(value, f.decimals);
const short = (f: Figure): string => scaled(f, f.value);

/** A stock against last month's end, a rate in points; a month that runs is told beside the whole month before. */
function Change({ of: f }: { of: Figure }) {
  if (f.frozen === null) return <span className="band-change quiet">上月没有数</span>;
  if (f.kind === "flow" && !f.share)
    return (
      <span className="band-change quiet">
        本月至今，上月 {scaled(f, f.frozen)} {unitOf(f)}
      </span>
    );
  if (f.value === null) return <span className="band-change quiet">上月 {scaled(f, f.frozen)}</span>;
  const by = f.value - f.frozen;
  if (by === 0) return <span className="band-change quiet">和上月末一样</span>;
  return (
    <span className="band-change">
      比上月末 {by > 0 ? "▲ 增" : "▼ 减"} {scaled(f, Math.abs(by))}
      {f.share ? " 个百分点" : ""}
    </span>
  );
}
