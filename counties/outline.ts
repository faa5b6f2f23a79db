/**
 * The county's own boundaries, `<code>/outline.geojson`: one feature a division with its code, checked and made ready to
 * draw. A county that has none shows tiles instead.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Node } from "./check.ts";
import type { Division } from "./county.ts";
import { areaOf, crossing, labelOf, type Point, type Ring, simplified } from "./outline-rings.ts";

export interface OutlineArea {
  readonly code: string;
  /** An SVG path on the outline's grid, y downwards. */
  readonly path: string;
  /** Where its name goes: a point inside and how wide the place is there. */
  readonly label: { readonly x: number; readonly y: number; readonly width: number };
  /** left, top, right, bottom */
  readonly box: readonly [number, number, number, number];
}
export interface Outline {
  /** Where the boundaries come from; shown under the map. */
  readonly source: string;
  /** Drawn by a program, not surveyed: no place is where it is. */
  readonly sketch: boolean;
  readonly areas: readonly OutlineArea[];
}

/** More than a screen can show; a file this big is a survey, to be made smaller first. */
const MOST_BYTES = 20 * 1024 * 1024;
const MOST_POINTS = 400_000;
/** The county is this many units wide or high: a unit is less than a pixel of a wall screen. */
const GRID = 2000;

export const OUTLINE_FILE = "outline.geojson";

/** @throws DomainError("bad-county-file") naming the feature and the mend */
export function loadOutline(
  folder: string,
  divisions: readonly Division[],
  outside: readonly string[],
  read: (path: string, parse: (text: string) => unknown) => Node,
): Outline | undefined {
  const path = join(folder, OUTLINE_FILE);
  if (!existsSync(path)) return undefined;
  const node = read(path, statSync(path).size > MOST_BYTES ? () => ({ big: true }) : JSON.parse);
  if (!node.get("big").absent)
    node.fail("超过 20 MB", "一个县的轮廓几百 KB 就够，请先用地图软件简化（mapshaper 等）。");
  if (node.get("type").text() !== "FeatureCollection")
    node.get("type").fail("不是 FeatureCollection", "请导出成 GeoJSON 的 FeatureCollection。");
  const source = node.get("source").text();
  const sketch = node.get("sketch");

  const known = new Map(divisions.filter((d) => d.level !== "county").map((d) => [d.code, d]));
  const shapes = new Map<string, Ring[]>();
  let points = 0;
  for (const feature of node.get("features").list()) {
    const code = feature.get("properties").get("code");
    const own = code.text();
    // A map office does not know who runs a place: what is not this county's is left out of its map.
    if (outside.some((o) => own.startsWith(o))) continue;
    if (!known.has(own))
      code.fail(`（${own}）不是本县的乡镇或村`, "请对照 divisions.json 改正代码，或删去这一块。");
    if (shapes.has(own)) code.fail(`（${own}）重复`, "一个地方写一块；有几块的用 MultiPolygon。");
    const rings = ringsOf(feature.get("geometry"));
    points += rings.reduce((n, r) => n + r.length, 0);
    if (points > MOST_POINTS) node.fail(`的点超过 ${MOST_POINTS} 个`, "请先用地图软件简化。");
    shapes.set(own, rings);
  }
  complete(node, divisions, shapes);
  return { source, sketch: !sketch.absent && sketch.flag(), areas: areas(node, shapes) };
}

/** A map on which one township is missing hides its figures: all the children of a place, or none. */
function complete(node: Node, divisions: readonly Division[], shapes: ReadonlyMap<string, unknown>): void {
  const parents = new Set(divisions.filter((d) => shapes.has(d.code)).map((d) => d.parentCode));
  if (parents.size === 0) node.get("features").fail("是空的", "请写入各乡镇的边界，或删去这个文件。");
  const missing = divisions.filter((d) => parents.has(d.parentCode) && !shapes.has(d.code));
  if (missing.length > 0) {
    const names = missing.slice(0, 5).map((d) => `${d.name} ${d.code}`);
    node
      .get("features")
      .fail(
        `缺少 ${missing.length} 个地方：${names.join("、")}${missing.length > 5 ? "…" : ""}`,
        "同一级要么全有要么全无，请补上。",
      );
  }
}

function ringsOf(geometry: Node): Ring[] {
  const type = geometry.get("type").text();
  const at = geometry.get("coordinates");
  if (type === "Polygon") return at.list().map(ringOf);
  if (type === "MultiPolygon") return at.list().flatMap((p) => p.list().map(ringOf));
  return geometry.get("type").fail(`（${type}）不是面`, "请用 Polygon 或 MultiPolygon。");
}

function ringOf(node: Node): Ring {
  const ring = node.list().map((p): Point => {
    const [lon, lat] = p.list().map((n) => n.value);
    if (
      typeof lon !== "number" ||
      typeof lat !== "number" ||
      !(lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54)
    )
      return p.fail("不是中国境内的经纬度", "先经度后纬度，单位是度，如 [113.1, 29.1]；投影坐标请先转换。");
    return [lon, lat];
  });
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || ring.length < 4)
    return node.fail("不足四个点，围不成面", "一圈至少三个不同的点，末点与首点相同。");
  if (first[0] !== last[0] || first[1] !== last[1]) node.fail("没有闭合", "一圈的最后一点应与第一点相同。");
  if (areaOf(ring) === 0) node.fail("面积是零", "请检查这一圈的各点。");
  const cross = crossing(ring);
  if (cross) node.fail(`自己与自己相交（${cross[0]}, ${cross[1]} 附近）`, "请在地图软件里修复几何后再导出。");
  return ring;
}

/** Onto the grid: degrees made equally long at the county's middle, north upwards. */
function areas(node: Node, shapes: ReadonlyMap<string, Ring[]>): OutlineArea[] {
  const all = [...shapes.values()].flat(2);
  const span = (i: 0 | 1) =>
    all.reduce<[number, number]>(
      ([lo, hi], p) => [Math.min(lo, p[i]), Math.max(hi, p[i])],
      [Infinity, -Infinity],
    );
  const [[west, east], [south, north]] = [span(0), span(1)];
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = GRID / Math.max((east - west) * stretch, north - south);
  const onGrid = (ring: Ring): Ring =>
    ring.map(([lon, lat]) => [Math.round((lon - west) * stretch * scale), Math.round((north - lat) * scale)]);
  const grid = new Map([...shapes].map(([code, rings]) => [code, rings.map(onGrid)]));
  return [...simplified(grid)].map(([code, rings]) => {
    const drawn = rings.filter((r) => r.length >= 4 && areaOf(r) > 0);
    if (drawn.length === 0) return node.get("features").fail(`里 ${code} 太小，画不出来`, "请核对它的边界。");
    const along = (i: 0 | 1) => drawn.flat().map((p) => p[i]);
    const [xs, ys] = [along(0), along(1)];
    return {
      code,
      path: drawn
        .map(
          (r) =>
            `M${r
              .slice(0, -1)
              .map((p) => p.join(" "))
              .join("L")}Z`,
        )
        .join(""),
      label: labelOf(drawn),
      box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    };
  });
}
