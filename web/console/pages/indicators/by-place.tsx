/** One figure by place: on the map and as bars. Frozen where the month was frozen, else by the ledgers of today. */
import { useQuery } from "@tanstack/react-query";
import { figure } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { Go } from "../../parts/page.tsx";
import { PlaceMap } from "../../parts/place-map.tsx";
import { Loaded } from "../../parts/states.tsx";

type Row = Reply<"listIndicators">["rows"][number];
interface Where {
  readonly month: string;
  readonly division?: string | undefined;
}
interface PlaceFigure {
  readonly code: string;
  readonly name: string;
  readonly value: number | null;
}

/** What the ledgers say today of each place below the one looked at. */
export function PlacesNow({ row, where }: { row: Row; where: Where }) {
  const query = useQuery(
    ask("indicatorPlaces", {
      params: { code: row.code },
      query: { month: where.month, ...(where.division ? { division: where.division } : {}) },
    }),
  );
  return (
    <Loaded query={query} small>
      {(d) => <ByPlace row={row} month={where.month} places={d.places} told="按今天的台账" />}
    </Loaded>
  );
}

interface ByPlaceProps {
  readonly row: Row;
  readonly month: string;
  readonly places: readonly PlaceFigure[];
  readonly told: string;
}
export function ByPlace({ row, month, places, told }: ByPlaceProps) {
  // A map of noughts says nothing, or what nobody counted by place.
  if (places.length < 2 || places.every((p) => !p.value)) return null;
  const level = places.every((p) => p.code.length > 9) ? "各村（社区）" : "各乡镇（街道）";
  const shown = places.map((p) => ({
    ...p,
    href: `/indicators?code=${row.code}&month=${month}&division=${p.code}`,
  }));
  return (
    <section className="stack" aria-label={`${row.name}${level}`} data-testid="by-place">
      <h3>
        {level}
        <span className="quiet small">（{told}）</span>
      </h3>
      <PlaceMap
        title={`${row.name}${level}`}
        unit={row.unit}
        decimals={row.decimals}
        share={row.denominatorText !== null}
        listed={false}
        places={shown}
      />
      <Ladder row={row} places={shown} />
    </section>
  );
}

/** Places by size, longest bar first; each opens its own rows. */
function Ladder({ row, places }: { row: Row; places: readonly (PlaceFigure & { href: string })[] }) {
  const sorted = [...places].sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const top = Math.max(0, ...sorted.map((t) => t.value ?? 0));
  return (
    <ol className="ladder" aria-label={`${row.name}由多到少`} data-testid="ladder">
      {sorted.map((t) => (
        <li key={t.code}>
          <Go
            href={t.href}
            label={`${t.name} ${t.value === null ? "没有数" : figure(t.value, row.decimals)}，看是哪些行`}
          >
            {t.name}
          </Go>
          <i style={{ inlineSize: top > 0 ? `${(Math.max(0, t.value ?? 0) / top) * 100}%` : 0 }} />
          <span className="tabular">{t.value === null ? "—" : figure(t.value, row.decimals)}</span>
        </li>
      ))}
    </ol>
  );
}
