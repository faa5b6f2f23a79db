#!/usr/bin/env node
/**
 * Draws counties/<code>/outline.geojson for a demonstration: invented borders around invented middles, from the code as
 * the seed. No map was looked at; nothing is where it is. A county puts its own boundaries in the same place.
 *
 *   node counties/sketch-outline.mjs 430621
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const code = process.argv[2];
if (!/^\d{6}$/.test(code ?? "")) {
  console.error("用法：node counties/sketch-outline.mjs <六位县代码>");
  process.exit(1);
}
const folder = join(dirname(fileURLToPath(import.meta.url)), code);
const { townships } = JSON.parse(readFileSync(join(folder, "divisions.json"), "utf8"));

/** mulberry32, as in the demo: the same seed draws the same county. */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const next = random(Number(code));

const CORNERS = 11;
const hull = Array.from({ length: CORNERS }, (_, n) => {
  const angle = (2 * Math.PI * n) / CORNERS;
  return [1.25 * Math.cos(angle), Math.sin(angle)];
});

/** What of a polygon is nearer to `a` than to `b`. */
function nearer(polygon, a, b) {
  const f = (p) => (p[0] - a[0]) ** 2 + (p[1] - a[1]) ** 2 - (p[0] - b[0]) ** 2 - (p[1] - b[1]) ** 2;
  return polygon.flatMap((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    const [fp, fq] = [f(p), f(q)];
    const cut = fp < 0 !== fq < 0 ? [[0, 1].map((k) => p[k] + ((q[k] - p[k]) * fp) / (fp - fq))] : [];
    return fp < 0 ? [p, ...cut] : cut;
  });
}
const cellsOf = (middles) =>
  middles.map((m) => middles.reduce((cell, other) => (other === m ? cell : nearer(cell, m, other)), hull));
const mean = (cell) => [0, 1].map((k) => cell.reduce((s, p) => s + p[k], 0) / cell.length);

let middles = townships.map(() => {
  const [r, angle] = [Math.sqrt(next()) * 0.9, 2 * Math.PI * next()];
  return [1.25 * r * Math.cos(angle), r * Math.sin(angle)];
});
for (let n = 0; n < 4; n++) middles = cellsOf(middles).map(mean);

/** The corners of two cells that meet are one corner. */
const corners = [];
const corner = (p) => {
  const same = corners.find((q) => Math.hypot(p[0] - q[0], p[1] - q[1]) < 1e-6);
  return same ?? corners[corners.push(p) - 1];
};
/** A border wanders; both who share it walk the same way. */
const walks = new Map();
function wander(a, b, depth) {
  if (depth === 0) return [];
  const bend = (next() - 0.5) * 0.26;
  const middle = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend];
  return [...wander(a, middle, depth - 1), middle, ...wander(middle, b, depth - 1)];
}
function walk(a, b) {
  const [i, j] = [corners.indexOf(a), corners.indexOf(b)];
  if (i > j) return [...walk(b, a)].reverse();
  const key = `${i} ${j}`;
  if (!walks.has(key)) walks.set(key, wander(a, b, 3));
  return walks.get(key);
}
const degrees = ([x, y]) => [Number((112 + x * 0.3).toFixed(4)), Number((30 + y * 0.26).toFixed(4))];

const features = cellsOf(middles).map((cell, n) => {
  const own = cell.map(corner).filter((p, i, all) => p !== all[(i + 1) % all.length]);
  const ring = own.flatMap((p, i) => [p, ...walk(p, own[(i + 1) % own.length])]).map(degrees);
  const geometry = { type: "Polygon", coordinates: [[...ring, ring[0]]] };
  return { type: "Feature", properties: { code: townships[n].code, name: townships[n].name }, geometry };
});
const head = {
  type: "FeatureCollection",
  source: "示意图：程序随机画出，形状和位置都不是真的",
  sketch: true,
};
const lines = features.map((f) => JSON.stringify(f)).join(",\n");
writeFileSync(
  join(folder, "outline.geojson"),
  `${JSON.stringify(head).slice(0, -1)},"features":[\n${lines}\n]}\n`,
);
