/**
 * A plan instead of a map: north is up, everything lies where it lies, and no map service hears of it. What was never
 * visited with a place known is listed below.
 */
import type { Place } from "../app/drafts.ts";
import type { Stop } from "../app/phone.ts";
import { distance, metres, offset } from "../parts/place.ts";
import { wayTo } from "./Contact.tsx";

interface PlanProps {
  readonly stops: readonly Stop[];
  readonly here: Place | undefined;
  readonly go: (subjectId: string) => void;
}
const SIZE = 320;
const EDGE = 28;

export function Plan({ stops, here, go }: PlanProps) {
  const placed = stops.flatMap((s) => (s.place ? [{ stop: s, place: s.place }] : []));
  const without = stops.filter((s) => !s.place);
  const [first] = placed;
  return (
    <>
      {first ? (
        <Drawing placed={placed} here={here} />
      ) : (
        <p class="card">还没有一户记过位置。走访时允许手机取位置，下次就能画出来。</p>
      )}
      <ol class="stops">
        {placed.map(({ stop }, i) => (
          <Line key={stop.subjectId} mark={String(i + 1)} stop={stop} here={here} go={go} />
        ))}
      </ol>
      {without.length > 0 && first && <h2>没有记过位置的</h2>}
      <ul class="stops">
        {without.map((s) => (
          <Line key={s.subjectId} mark="·" stop={s} here={here} go={go} />
        ))}
      </ul>
    </>
  );
}

interface LineProps extends Pick<PlanProps, "here" | "go"> {
  readonly mark: string;
  readonly stop: Stop;
}
function Line({ mark, stop, here, go }: LineProps) {
  const far = here && stop.place && metres(distance(here, stop.place));
  return (
    <li class="line-row">
      <button type="button" class="button line" onClick={() => go(stop.subjectId)}>
        <span class="mark">{mark}</span>
        <span>
          {stop.title}
          <span class="quiet small">
            {" "}
            {stop.address || stop.divisionName}
            {far && ` · 约 ${far}`}
          </span>
        </span>
      </button>
      <a class="button" href={wayTo(stop)} aria-label={`导航去${stop.title}`}>
        导航
      </a>
    </li>
  );
}

function Drawing({
  placed,
  here,
}: {
  placed: readonly { stop: Stop; place: NonNullable<Stop["place"]> }[];
  here: Place | undefined;
}) {
  const all = [...placed.map((p) => p.place), ...(here ? [here] : [])];
  const [origin] = all;
  if (!origin) return null;
  const spots = all.map((p) => offset(origin, p));
  const [west, east] = [Math.min(...spots.map((s) => s.east)), Math.max(...spots.map((s) => s.east))];
  const [south, north] = [Math.min(...spots.map((s) => s.north)), Math.max(...spots.map((s) => s.north))];
  // Two neighbours are not drawn a street apart: at least 200 m across.
  const across = Math.max(200, east - west, north - south);
  const scale = (SIZE - 2 * EDGE) / across;
  const at = (s: { east: number; north: number }) => ({
    x: SIZE / 2 + (s.east - (east + west) / 2) * scale,
    y: SIZE / 2 - (s.north - (north + south) / 2) * scale,
  });
  const bar = niceLength(across / 3);
  const mine = here && at(offset(origin, here));
  return (
    <svg
      class="plan"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`${placed.length} 户的位置，上北下南`}
      data-testid="plan"
    >
      {mine && (
        <g class="me">
          <circle cx={mine.x} cy={mine.y} r="9" />
          <text x={mine.x} y={mine.y + 26}>
            我
          </text>
        </g>
      )}
      {placed.map((p, i) => {
        const { x, y } = at(offset(origin, p.place));
        return (
          <g key={p.stop.subjectId} class="door">
            <circle cx={x} cy={y} r="14" />
            <text x={x} y={y + 5}>
              {i + 1}
            </text>
          </g>
        );
      })}
      <g class="scale">
        <path d={`M16 ${SIZE - 14}h${bar * scale}`} />
        <text x="16" y={SIZE - 22}>
          {metres(bar)}
        </text>
        <text x={SIZE - 24} y="24">
          北↑
        </text>
      </g>
    </svg>
  );
}
/** 1, 2 or 5 times a power of ten, not above. */
function niceLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((n) => n * power <= most) ?? 1) * power;
}
