/** A map of tiles: one place one square, in the order of the divisions, darker where there is more. */
import { Go } from "../../parts/page.tsx";
import "../../styles/clues.css";

interface Place {
  readonly code: string;
  readonly name: string;
  readonly value: number;
  readonly href: string;
}
/** The tints keep the number readable on them: dark text on the first three, white on the last. */
const TINTS = ["var(--paper)", "#d6e6f5", "#9cc3e6", "var(--action)"] as const;
const tint = (value: number, most: number): number =>
  value === 0 || most === 0 ? 0 : Math.min(3, Math.ceil((value / most) * 3));

export function Tiles({ places, unit }: { places: readonly Place[]; unit: string }) {
  const most = Math.max(0, ...places.map((p) => p.value));
  return (
    <ul className="tiles" data-testid="tiles">
      {places.map((p) => {
        const shade = tint(p.value, most);
        return (
          <li key={p.code} style={{ background: TINTS[shade] }} className={shade === 3 ? "tile-dark" : ""}>
            <Go href={p.href}>
              <span>{short(p.name)}</span>
              <b className="tabular">{p.value}</b>
              <span className="sr-only">{unit}</span>
            </Go>
          </li>
        );
      })}
    </ul>
  );
}
const short = (name: string) => name.replace(/(居民|村民)?委员会$/, "");
