/** Rings of an outline: area, crossings, fewer points without gaps between neighbours, and where a name goes. Pure. */
export type Point = readonly [x: number, y: number];
/** The last point is the first again. */
export type Ring = readonly Point[];

const edges = (ring: Ring): [Point, Point][] => ring.slice(1).map((p, i) => [ring[i] as Point, p]);

export const areaOf = (ring: Ring): number =>
  Math.abs(edges(ring).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;

const side = (a: Point, b: Point, p: Point): number =>
  Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));

/** A point near which the ring crosses itself. Edges are swept from west to east, so that a survey costs no square. */
export function crossing(ring: Ring): Point | undefined {
  const all = edges(ring).map(([a, b], n) => ({
    a,
    b,
    n,
    west: Math.min(a[0], b[0]),
    east: Math.max(a[0], b[0]),
  }));
  const sorted = [...all].sort((s, t) => s.west - t.west);
  let open: typeof all = [];
  for (const s of sorted) {
    open = open.filter((t) => t.east >= s.west);
    for (const t of open) {
      const apart = Math.abs(s.n - t.n);
      if (apart <= 1 || apart === all.length - 1) continue; // neighbours share a point
      if (side(s.a, s.b, t.a) * side(s.a, s.b, t.b) < 0 && side(t.a, t.b, s.a) * side(t.a, t.b, s.b) < 0)
        return s.a;
    }
    open.push(s);
  }
  return undefined;
}

/** How far, in units of the grid, a border may move. */
const TOLERANCE = 1.2;

/**
 * Fewer points. A border between two places is one line for both: rings are cut where the neighbours change, each piece
 * is thinned once, whichever way round it is walked, so that no gap opens.
 */
export function simplified(shapes: ReadonlyMap<string, readonly Ring[]>): Map<string, Ring[]> {
  const key = (p: Point) => `${p[0]},${p[1]}`;
  const clean = new Map(
    [...shapes].map(([code, rings]) => [
      code,
      rings.map((r) => r.filter((p, i) => i === 0 || key(p) !== key(r[i - 1] as Point))),
    ]),
  );
  /** The points next to each point, in all rings: more than two of them, and borders meet there. */
  const next = new Map<string, Set<string>>();
  const beside = (p: Point, q: Point) => {
    const own = next.get(key(p)) ?? new Set<string>();
    next.set(key(p), own.add(key(q)));
  };
  for (const rings of clean.values())
    for (const ring of rings)
      for (const [a, b] of edges(ring)) {
        beside(a, b);
        beside(b, a);
      }
  const junction = (p: Point) => (next.get(key(p))?.size ?? 0) > 2;
  return new Map([...clean].map(([code, rings]) => [code, rings.map((ring) => thinRing(ring, junction))]));
}

function thinRing(ring: Ring, junction: (p: Point) => boolean): Ring {
  const open = ring.slice(0, -1);
  if (open.length < 4) return ring;
  const at = open.findIndex(junction);
  // A ring that meets nobody, or one neighbour all round: cut where every ring of these points is cut alike.
  const least = open.reduce((m, p, i) => (before(p, open[m] as Point) ? i : m), 0);
  const start = at < 0 ? least : at;
  const turned = [...open.slice(start), ...open.slice(0, start), open[start] as Point];
  const far = at < 0 ? furthest(turned) : -1;
  const out: Point[] = [turned[0] as Point];
  let from = 0;
  for (let i = 1; i < turned.length; i++)
    if (i === turned.length - 1 || i === far || junction(turned[i] as Point)) {
      out.push(...thinPiece(turned.slice(from, i + 1)).slice(1));
      from = i;
    }
  return out.length >= 4 ? out : ring;
}

const before = (p: Point, q: Point): boolean => p[0] < q[0] || (p[0] === q[0] && p[1] < q[1]);

function furthest(ring: Ring): number {
  const [x, y] = ring[0] as Point;
  return ring.reduce((m, p, i) => {
    const q = ring[m] as Point;
    const [d, e] = [Math.hypot(p[0] - x, p[1] - y), Math.hypot(q[0] - x, q[1] - y)];
    return d > e || (d === e && before(p, q)) ? i : m;
  }, 0);
}

/** Douglas and Peucker's way, always from the same end. */
function thinPiece(piece: readonly Point[]): Point[] {
  const [a, b] = [piece[0] as Point, piece.at(-1) as Point];
  if (before(b, a)) return thinPiece([...piece].reverse()).reverse();
  const keep = new Set([0, piece.length - 1]);
  const stack: [number, number][] = [[0, piece.length - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    let [worst, at] = [TOLERANCE, -1];
    for (let i = from + 1; i < to; i++) {
      const d = distance(piece[i] as Point, piece[from] as Point, piece[to] as Point);
      if (d > worst) [worst, at] = [d, i];
    }
    if (at < 0) continue;
    keep.add(at);
    stack.push([from, at], [at, to]);
  }
  return piece.filter((_, i) => keep.has(i));
}

function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = Math.hypot(dx, dy);
  if (long === 0) return Math.hypot(p[0] - a[0], p[1] - a[1]);
  return Math.abs(dx * (p[1] - a[1]) - dy * (p[0] - a[0])) / long;
}

const LINES = 24;
/** The middle of the widest stretch inside, with room above and below: a name wants width more than height. */
export function labelOf(rings: readonly Ring[]): { x: number; y: number; width: number } {
  const ys = rings.flatMap((r) => r.map((p) => p[1]));
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  let best = { x: 0, y: 0, width: -1, worth: -1 };
  for (let n = 1; n < LINES; n++) {
    const y = top + ((bottom - top) * n) / LINES + 0.01; // never exactly on a point of the grid
    const cuts = rings
      .flatMap((r) => edges(r))
      .filter(([a, b]) => a[1] > y !== b[1] > y)
      .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [left, right] = [cuts[i] as number, cuts[i + 1] as number];
      const width = right - left;
      const worth = Math.min(width, 1.3 * Math.min(y - top, bottom - y));
      if (worth > best.worth) best = { x: (left + right) / 2, y, width, worth };
    }
  }
  return { x: Math.round(best.x), y: Math.round(best.y), width: Math.round(best.width) };
}
