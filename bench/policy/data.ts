import { createHash } from "node:crypto";
import { ColumnMemory, type TypedHouseholds, type TypedResult } from "@wuxin/policy";

/** The shared benchmark's households, from its seed: the same columns, byte for byte, as its own generator writes. */
export interface Columns {
  readonly count: number;
  readonly memory: ColumnMemory;
  readonly members: number;
  readonly start: Int32Array;
  readonly region: Uint8Array;
  readonly houses: Uint8Array;
  readonly cars: Uint8Array;
  readonly assets: Int32Array;
  readonly income: readonly Int32Array[];
  readonly deductions: Int32Array;
  /** Months since 1900-01. */
  readonly birth: Int16Array;
  readonly disability: Uint8Array;
  /** 1 serious illness, 2 orphan benefit, 4 work-injury nursing, 8 disabled-elderly care, 16 not counted. */
  readonly flags: Uint8Array;
}

/** Facts and results of a household and of a member. */
const BYTES = { household: 4 + 3 + 4 + 5, member: 6 * 4 + 2 + 1 + 1 + 3 * 4 };
const SEED = 20_240_301;
const SIZES = [0.28, 0.64, 0.84, 0.94, 0.98, 1];
const BASE = 2024 * 12 + 2;

function mulberry32(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** In memory that the columnar machine works on in place, with room for its results. */
export function households(count: number): Columns {
  const most = Math.ceil(count * 2.5) + 64;
  const memory = new ColumnMemory(count * BYTES.household + most * BYTES.member + 4096);
  const start = memory.array("Int32Array", count + 1);
  const region = memory.array("Uint8Array", count);
  const houses = memory.array("Uint8Array", count);
  const cars = memory.array("Uint8Array", count);
  const assets = memory.array("Int32Array", count);
  const income = Array.from({ length: 5 }, () => memory.array("Int32Array", most));
  const deductions = memory.array("Int32Array", most);
  const birth = memory.array("Int16Array", most);
  const disability = memory.array("Uint8Array", most);
  const flags = memory.array("Uint8Array", most);
  const [i0, i1, i2, i3, i4] = income as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const rnd = mulberry32(SEED);
  let p = 0;
  for (let h = 0; h < count; h++) {
    start[h] = p;
    const r = rnd();
    let size = 0;
    while (r >= SIZES[size]!) size++;
    size++;
    region[h] = rnd() < 0.62 ? 1 : 0;
    houses[h] = rnd() < 0.88 ? (rnd() < 0.9 ? 1 : 0) : 2;
    cars[h] = rnd() < 0.08 ? 1 : 0;
    assets[h] = rnd() < 0.9 ? (rnd() * 2_000_000) | 0 : (rnd() * 40_000_000) | 0;
    for (let j = 0; j < size; j++, p++) {
      const a = rnd();
      const age =
        size === 1
          ? 45 + rnd() * 57
          : j === 0
            ? 30 + rnd() * 60
            : a < 0.35
              ? rnd() * 18
              : a < 0.4
                ? 80 + rnd() * 24
                : 18 + rnd() * 62;
      birth[p] = BASE - Math.floor(age * 12) - 1900 * 12 - ((rnd() * 12) | 0);
      const work = age > 18 && age < 70 && rnd() < 0.45;
      i0[p] = work ? (rnd() * 180_000) | 0 : 0;
      i1[p] = rnd() < 0.25 ? (rnd() * 60_000) | 0 : 0;
      i2[p] = rnd() < 0.15 ? (rnd() * 20_000) | 0 : 0;
      i3[p] = age >= 60 ? 12_000 + ((rnd() * 40_000) | 0) : rnd() < 0.1 ? (rnd() * 30_000) | 0 : 0;
      i4[p] = rnd() < 0.05 ? (rnd() * 50_000) | 0 : 0;
      deductions[p] = rnd() < 0.2 ? (rnd() * 40_000) | 0 : 0;
      disability[p] = rnd() < 0.12 ? 1 + ((rnd() * 4) | 0) : 0;
      flags[p] =
        (rnd() < 0.07 ? 1 : 0) |
        (rnd() < 0.01 ? 2 : 0) |
        (rnd() < 0.02 ? 4 : 0) |
        (age >= 60 && rnd() < 0.1 ? 8 : 0) |
        (rnd() < 0.02 ? 16 : 0);
    }
  }
  start[count] = p;
  return {
    count,
    memory,
    members: p,
    start,
    region,
    houses,
    cars,
    assets,
    income: income.map((a) => a.subarray(0, p)),
    deductions: deductions.subarray(0, p),
    birth: birth.subarray(0, p),
    disability: disability.subarray(0, p),
    flags: flags.subarray(0, p),
  };
}

export const INCOMES = ["工资收入", "经营收入", "财产收入", "转移收入", "其他收入"] as const;
export const WANTED = ["类别", "低保金", "困难残疾人生活补贴", "护理金", "高龄津贴"] as const;
export const FLAGS = ["重病", "领孤儿津贴", "领工伤护理费", "可享失能护理", "不计入家庭"] as const;

/** The same columns under the names of the rules; nothing is copied. */
export function asTyped(c: Columns): TypedHouseholds {
  return {
    count: c.count,
    offsets: c.start,
    household: {
      区域类型: { data: c.region },
      住房套数: { data: c.houses },
      车辆数: { data: c.cars },
      资产: { data: c.assets },
    },
    members: {
      ...Object.fromEntries(INCOMES.map((name, i) => [name, { data: c.income[i]! }])),
      可扣减支出: { data: c.deductions },
      出生日期: { data: c.birth, monthsSince: "1900-01" },
      残疾等级: { data: c.disability },
      ...Object.fromEntries(FLAGS.map((name, bit) => [name, { data: c.flags, bit }])),
    },
  };
}

/** First 16 hex digits of the SHA-1 over class u8, amount, living, care and old-age i32. */
export function digest(results: Readonly<Record<string, TypedResult>>): string {
  return digestOf(WANTED.map((name) => results[name]!.data));
}

export function digestOf(arrays: readonly ArrayLike<number>[]): string {
  const hash = createHash("sha1");
  for (const [i, a] of arrays.entries()) {
    const out = i === 0 ? Uint8Array.from(a) : Int32Array.from(a);
    hash.update(new Uint8Array(out.buffer, out.byteOffset, out.byteLength));
  }
  return hash.digest("hex").slice(0, 16);
}

/** What the shared definition says must come out, by households and month. */
export const DIGESTS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  10000: { "2023-12": "a2c64ed722c7cd3d", "2024-03": "20b24633572e1163" },
  100000: { "2023-12": "1d773893404c3618", "2024-03": "3da8393477bdebcb" },
  1000000: { "2023-12": "56b3d23962f8032b", "2024-03": "7d14b40941a5dfd3" },
};
