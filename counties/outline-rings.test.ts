import { expect, test } from "vitest";
import { areaOf, crossing, labelOf, type Point, type Ring, simplified } from "./outline-rings.ts";

/** A border of many points from top to bottom, wandering about the middle. */
const border = (points: number): Point[] =>
  Array.from({ length: points + 1 }, (_, n) => [
    500 + Math.round(40 * Math.sin(n / 90) + 3 * Math.sin(n / 7)),
    Math.round((1000 * n) / points),
  ]);
const close = (ring: Point[]): Ring => [...ring, ring[0] as Point];

test("邻居之间没有缝：点少了，两边仍是同一条线，加起来还是整块", () => {
  const line = border(900);
  const west = close([[0, 1000], [0, 0], ...line]);
  const east = close([[1000, 0], [1000, 1000], ...[...line].reverse()]);
  const thin = simplified(
    new Map([
      ["west", [west]],
      ["east", [east]],
    ]),
  );
  const [a, b] = [thin.get("west")?.[0] ?? [], thin.get("east")?.[0] ?? []];
  expect(a.length).toBeLessThan(150);
  const inner = (r: Ring) => new Set(r.map(String).filter((p) => !/^(0|1000),/.test(p)));
  expect(inner(a)).toEqual(inner(b));
  expect(areaOf(a) + areaOf(b)).toBe(1_000_000);
  expect(Math.abs(areaOf(a) - areaOf(west)) / areaOf(west)).toBeLessThan(0.003);
});

test("四面被围的镇和围它的镇也没有缝，从哪一点写起都一样", () => {
  const circle = Array.from({ length: 400 }, (_, n): Point => {
    const angle = (2 * Math.PI * n) / 400;
    return [Math.round(500 + 200 * Math.cos(angle)), Math.round(500 + 200 * Math.sin(angle))];
  });
  const hole = close([...circle.slice(137), ...circle.slice(0, 137)].reverse());
  const square = close([
    [0, 0],
    [1000, 0],
    [1000, 1000],
    [0, 1000],
  ]);
  const thin = simplified(
    new Map([
      ["in", [close(circle)]],
      ["out", [square, hole]],
    ]),
  );
  const points = (r: Ring | undefined) => new Set((r ?? []).map(String));
  expect(points(thin.get("in")?.[0])).toEqual(points(thin.get("out")?.[1]));
  expect(points(thin.get("in")?.[0]).size).toBeLessThan(60);
});

test("相交找得到，挨着的边不算", () => {
  expect(
    crossing(
      close([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 9],
      ]),
    ),
  ).toBeDefined();
  expect(
    crossing(
      close([
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
      ]),
    ),
  ).toBeUndefined();
  expect(
    crossing(
      close(
        border(5000).concat([
          [0, 1000],
          [0, 0],
        ]),
      ),
    ),
  ).toBeUndefined();
});

test("名字放在凹形宽的地方，不放在缺口里", () => {
  const horseshoe = close([
    [0, 0],
    [300, 0],
    [300, 300],
    [200, 300],
    [200, 100],
    [100, 100],
    [100, 300],
    [0, 300],
  ]);
  const label = labelOf([horseshoe]);
  expect(label.width).toBe(300);
  expect(label.y).toBeLessThan(100);
});
