/** Places and their figures: on the county's own outline, or a tile a place where there is none. */
import { figure } from "../../kit/format.ts";
import { useOutline } from "../app/session.tsx";
import "../styles/place-map.css";
import { Go } from "./page.tsx";
import { Drawing } from "./place-drawing.tsx";
import { type Shade, shadesOf } from "./shades.ts";

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly value: number | null;
  readonly href: string;
}
export interface ShownPlace extends Place {
  readonly short: string;
  readonly text: string;
  readonly shade: Shade | null;
  /** 荣家湾镇 3 条 */
  readonly told: string;
}

interface PlaceMapProps {
  readonly title: string;
  /** Townships of a county or villages of one township, in the order of the divisions. */
  readonly places: readonly Place[];
  readonly unit: string;
  readonly decimals?: number;
  /** A rate: tinted between its lowest and its highest. */
  readonly share?: boolean;
  /** False where the same figures stand beside it. */
  readonly listed?: boolean;
}

export function PlaceMap({ title, places, unit, decimals = 0, share = false, listed = true }: PlaceMapProps) {
  const outline = useOutline(places[0]?.code.slice(0, -3));
  if (outline.isPending) return <div className="place-map-wait" />;
  const shades = shadesOf(
    places.map((p) => p.value),
    { decimals, share },
  );
  const shown = places.map((p): ShownPlace => {
    const text = figure(p.value, decimals);
    const short = p.name.replace(/(居民|村民)?委员会$/, "");
    return { ...p, text, short, shade: shades.of(p.value), told: `${short} ${text} ${unit}` };
  });
  const areas = new Map(outline.data?.areas.map((a) => [a.code, a]));
  const drawn = shown.flatMap((place) => {
    const area = areas.get(place.code);
    return area ? [{ place, area }] : [];
  });
  const whole = drawn.length > 0 && drawn.length === shown.length;
  return (
    <div className="place-map" data-testid="place-map">
      {whole ? <Drawing title={title} areas={drawn} /> : <Tiles title={title} places={shown} />}
      <div className="place-legend small">
        <ul aria-label="图例">
          {shades.legend.map((l) => (
            <li key={l.text}>
              <i className={tintOf(l.shade)} />
              <span className="tabular">{l.text}</span>
            </li>
          ))}
          <li className="quiet">{unit}</li>
        </ul>
        <span className="quiet">
          {whole ? outline.data?.source : "没有本县的边界图，一格一个地方，按行政区划的顺序排。"}
        </span>
      </div>
      {whole && listed && <Listed places={shown} unit={unit} />}
    </div>
  );
}

export const tintOf = (shade: Shade | null): string => `tint tint-${shade ?? "none"}`;

function Tiles({ title, places }: { title: string; places: readonly ShownPlace[] }) {
  return (
    <ul className="tiles" aria-label={title}>
      {places.map((p) => (
        <li key={p.code} className={tintOf(p.shade)}>
          <Go href={p.href} label={p.told}>
            <span>{p.short}</span>
            <b className="tabular">{p.text}</b>
          </Go>
        </li>
      ))}
    </ul>
  );
}

/** On a phone not every name has room on the map. */
function Listed({ places, unit }: { places: readonly ShownPlace[]; unit: string }) {
  const sorted = [...places].sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return (
    <details className="place-list">
      <summary>列成表</summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">地方</th>
            <th scope="col" className="num">
              {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((p) => (
            <tr key={p.code}>
              <td>
                <Go href={p.href}>{p.name}</Go>
              </td>
              <td className="num tabular">{p.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
