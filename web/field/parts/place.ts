/** Where the phone is, and how far from it something else is. Nobody outside is asked. */
import { useEffect, useState } from "preact/hooks";
import type { Place } from "../app/drafts.ts";

type Point = Pick<Place, "latitude" | "longitude">;

/** undefined: still asking; null: the phone does not say. */
export function usePlace(): Place | null | undefined {
  const [place, setPlace] = useState<Place | null>();
  useEffect(() => {
    if (!navigator.geolocation) return setPlace(null);
    let gone = false;
    navigator.geolocation.getCurrentPosition(
      ({ coords: c }) => {
        if (!gone) setPlace({ latitude: c.latitude, longitude: c.longitude, accuracyM: c.accuracy });
      },
      () => {
        if (!gone) setPlace(null);
      },
      { timeout: 8_000, maximumAge: 120_000, enableHighAccuracy: true },
    );
    return () => {
      gone = true;
    };
  }, []);
  return place;
}

const METRES_A_DEGREE = 111_320;
/** East and north of `from`, metres; flat, which is true enough within a township. */
export function offset(from: Point, to: Point): { east: number; north: number } {
  return {
    east: (to.longitude - from.longitude) * METRES_A_DEGREE * Math.cos((from.latitude * Math.PI) / 180),
    north: (to.latitude - from.latitude) * METRES_A_DEGREE,
  };
}
export function distance(from: Point, to: Point): number {
  const { east, north } = offset(from, to);
  return Math.hypot(east, north);
}
export const metres = (m: number): string =>
  m < 1000 ? `${Math.max(10, Math.round(m / 10) * 10)} 米` : `${(m / 1000).toFixed(1)} 公里`;
