/** The outline itself, in the pixels there are, so that letters keep their size and a name stands only where it fits. */
import { useEffect, useRef, useState } from "react";
import type { Reply } from "../app/api.ts";
import { Go } from "./page.tsx";
import { type ShownPlace, tintOf } from "./place-map.tsx";

type Area = NonNullable<Reply<"getOutline">>["areas"][number];
interface Drawn {
  readonly place: ShownPlace;
  readonly area: Area;
}
const MARGIN = 3;

/** Letters on the map are as wide as high; digits a little more than half. */
function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, letter: 12 });
  useEffect(() => {
    const frame = ref.current;
    if (!frame) return;
    const seen = new ResizeObserver(() => {
      const letter = Number.parseFloat(getComputedStyle(frame).fontSize);
      setSize({ width: frame.clientWidth, height: frame.clientHeight, letter });
    });
    seen.observe(frame);
    return () => seen.disconnect();
  }, []);
  return { ref, size };
}

export function Drawing({ title, areas }: { title: string; areas: readonly Drawn[] }) {
  const { ref, size } = useSize();
  const edge = (i: number, of: (...all: number[]) => number) =>
    of(...areas.map(({ area }) => area.box[i] ?? 0));
  const [left, top] = [edge(0, Math.min), edge(1, Math.min)];
  const [wide, high] = [edge(2, Math.max) - left, edge(3, Math.max) - top];
  const scale = Math.max(0, Math.min((size.width - 2 * MARGIN) / wide, (size.height - 2 * MARGIN) / high));
  const at = (x: number, from: number, room: number, all: number) =>
    (x - from) * scale + (room - all * scale) / 2;
  const x = (of: number) => at(of, left, size.width, wide);
  const y = (of: number) => at(of, top, size.height, high);
  return (
    <div
      className="place-drawing"
      ref={ref}
      style={{ "--ratio": `${wide} / ${high}` } as React.CSSProperties}
    >
      {scale > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a drawing has no element of its own for a group of links
        <svg width={size.width} height={size.height} role="group" aria-label={title}>
          {areas.map(({ place, area }) => (
            <Go key={place.code} href={place.href} label={place.told}>
              <title>{place.told}</title>
              <path
                d={area.path}
                className={tintOf(place.shade)}
                transform={`translate(${x(0)} ${y(0)}) scale(${scale})`}
              />
            </Go>
          ))}
          {/* Above every place. */}
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: letters take no focus, and the links are read aloud with them already */}
          <g aria-hidden="true">
            {areas.map(({ place, area }) => (
              <Name
                key={place.code}
                place={place}
                x={x(area.label.x)}
                y={y(area.label.y)}
                room={area.label.width * scale}
                letter={size.letter}
              />
            ))}
          </g>
        </svg>
      )}
    </div>
  );
}

interface NameProps {
  readonly place: ShownPlace;
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly letter: number;
}
function Name({ place, x, y, room, letter }: NameProps) {
  // A name stands whole or not at all: the list below has them all.
  // A place where there is something may write over its border.
  const named = (place.short.length + 1) * letter <= room * (place.shade ? 1.5 : 1);
  return (
    <text x={x} y={y} className={place.shade === 3 ? "on-dark" : undefined}>
      {named && (
        <tspan x={x} dy="-0.15em">
          {place.short}
        </tspan>
      )}
      <tspan x={x} dy={named ? "1.2em" : "0.4em"} className="place-value">
        {place.text}
      </tspan>
    </text>
  );
}
