/**
 * The scanner's fast lane, sixteen bytes an instruction: passes over rows whose key is a clean resident ID that nobody
 * watches, and stops before the first row that needs a look – a possible hit, a key that is not clean, a row that goes on
 * behind the buffer. What such a row means only the scanner says, so the two cannot disagree.
 */
import { Bytes, I32, Locals, moduleBytes, OP, SIMD, V128 } from "@wuxin/kernel/wasm";
import { bitOf, PASSED_AT, WORD_OF } from "./maybe.mjs";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const VOID = 0x40;

/** GB 11643: the weight of each of the first 17 digits; with the check digit the sum is 1 modulo 11. */
const WEIGHTS = Array.from({ length: 17 }, (_, i) => 2 ** (17 - i) % 11);

/** Code with labels by name. */
class Code extends Bytes {
  private readonly open: string[] = [];

  private inside(kind: number, label: string, body: () => void): void {
    this.raw(kind, VOID);
    this.open.push(label);
    body();
    this.open.pop();
    this.op(OP.end);
  }
  block(label: string, body: () => void): void {
    this.inside(OP.block, label, body);
  }
  again(label: string, body: () => void): void {
    this.inside(OP.loop, label, body);
  }
  if(body: () => void): void {
    this.inside(OP.if, "", body);
  }
  private depth(label: string): number {
    return this.open.length - 1 - this.open.lastIndexOf(label);
  }
  go(label: string): void {
    this.op(OP.br).unsigned(this.depth(label));
  }
  /** The flag on the stack decides. */
  goIf(label: string): void {
    this.op(OP.brIf).unsigned(this.depth(label));
  }
  byte(local: number, offset = 0): this {
    return this.get(local).op(OP.i32Load8U).at(offset);
  }
  lanes16(values: readonly number[]): this {
    return this.simd(SIMD.const).raw(...values.flatMap((v) => [v & 0xff, (v >> 8) & 0xff]));
  }
}

/**
 * `run(row, stop, limit, delimiter, keyColumn, bits, mask) → row`: rows that begin before `stop` and end before `limit`.
 * How many were passed stands at `PASSED_AT`. Reads up to 16 bytes behind `limit`.
 */
export function passingModule(): Uint8Array<ArrayBuffer> {
  const [row, stop, limit, delimiter, keyColumn, bits, mask] = [0, 1, 2, 3, 4, 5, 6] as const;
  const locals = new Locals(7);
  const [q, left, b, last, sum, first, second, hash, passed] = Array.from({ length: 9 }, () =>
    locals.add(I32),
  ) as [number, number, number, number, number, number, number, number, number];
  const [digits, even, odd, fours, lf, cr, quote] = Array.from({ length: 7 }, () => locals.add(V128)) as [
    ...[number, number, number, number, number, number, number],
  ];
  const c = new Code();
  const splat = (byte: number, local: number) => c.int(byte).simd(SIMD.i8x16Splat).set(local);
  const is = (byte: number) => c.get(b).int(byte).op(OP.i32Eq);
  /** Sixteen bytes at `q`, which of them are one of these. */
  const which = (...vectors: number[]) => {
    vectors.forEach((v, n) => {
      c.get(q).simd(SIMD.load).at(0).get(v).simd(SIMD.i8x16Eq);
      if (n > 0) c.simd(SIMD.or);
    });
    c.simd(SIMD.i8x16Bitmask);
  };
  /** Moves `q` to the next of these; leaves when it is behind the limit. */
  const find = (label: string, ...vectors: number[]) => {
    c.again(label, () => {
      which(...vectors);
      c.tee(b).op(OP.i32Eqz);
      c.if(() => {
        c.get(q).int(16).op(OP.i32Add).tee(q).get(limit).op(OP.i32LtU);
        c.goIf(label);
        c.go("leave");
      });
    });
    c.get(q, b).op(OP.i32Ctz).op(OP.i32Add).tee(q).get(limit).op(OP.i32GeU);
    c.goIf("leave");
  };

  splat(LF, lf);
  splat(CR, cr);
  splat(QUOTE, quote);
  c.block("leave", () => {
    c.again("row", () => {
      c.get(row).set(q).get(keyColumn).set(left);
      c.block("key", () => {
        c.again("field", () => {
          c.get(left).op(OP.i32Eqz);
          c.goIf("key");
          c.byte(q).set(b);
          is(LF);
          is(CR).op(OP.i32Or);
          is(QUOTE).op(OP.i32Or);
          c.get(q, limit).op(OP.i32GeU).op(OP.i32Or);
          c.goIf("leave");
          c.get(left, b, delimiter).op(OP.i32Eq).op(OP.i32Sub).set(left);
          c.get(q).int(1).op(OP.i32Add).set(q);
          c.go("field");
        });
      });
      // Behind the key, and one more for the row's end.
      c.get(q).int(20).op(OP.i32Add).get(limit).op(OP.i32GtU);
      c.goIf("leave");
      c.get(q).simd(SIMD.load).at(0);
      c.int(48).simd(SIMD.i8x16Splat).simd(SIMD.xor).tee(digits);
      c.int(9).simd(SIMD.i8x16Splat).simd(SIMD.i8x16GtU).simd(SIMD.anyTrue);
      c.byte(q, 16).int(48).op(OP.i32Xor).tee(last).int(9).op(OP.i32GtU).op(OP.i32Or);
      c.goIf("leave");
      c.byte(q, 18).set(b);
      is(LF);
      is(CR).op(OP.i32Or);
      c.get(b, delimiter).op(OP.i32Eq).op(OP.i32Or).op(OP.i32Eqz);
      c.goIf("leave");
      // The check digit: 0–9, x or X.
      c.byte(q, 17).int(48).op(OP.i32Xor).set(b);
      c.get(b).int(10).op(OP.i32LtU).op(OP.i32Eqz);
      c.if(() => {
        c.get(b)
          .int(32)
          .op(OP.i32Or)
          .int(("x".charCodeAt(0) ^ 48) | 32)
          .op(OP.i32Ne);
        c.goIf("leave");
        c.int(10).set(b);
      });
      c.get(digits).lanes16(new Array(8).fill(0xff)).simd(SIMD.and).set(even);
      c.get(digits).int(8).simd(SIMD.i16x8ShrU).set(odd);
      c.get(even)
        .lanes16(WEIGHTS.filter((_, i) => i < 16 && i % 2 === 0))
        .simd(SIMD.i32x4DotI16x8S);
      c.get(odd)
        .lanes16(WEIGHTS.filter((_, i) => i < 16 && i % 2 === 1))
        .simd(SIMD.i32x4DotI16x8S);
      c.simd(SIMD.i32x4Add).set(fours);
      c.get(b, last).int(WEIGHTS[16]!).op(OP.i32Mul).op(OP.i32Add);
      for (let lane = 0; lane < 4; lane++) c.get(fours).simd(SIMD.i32x4ExtractLane).raw(lane).op(OP.i32Add);
      c.tee(sum).int(11).op(OP.i32RemU).int(1).op(OP.i32Ne);
      c.goIf("leave");
      // Pairs of digits, then fours, then eights.
      c.get(even).lanes16(new Array(8).fill(10)).simd(SIMD.i16x8Mul).get(odd).simd(SIMD.i16x8Add);
      c.lanes16([100, 1, 100, 1, 100, 1, 100, 1]).simd(SIMD.i32x4DotI16x8S).set(fours);
      const eight = (lane: number, to: number) => {
        c.get(fours).simd(SIMD.i32x4ExtractLane).raw(lane).int(10_000).op(OP.i32Mul);
        c.get(fours)
          .simd(SIMD.i32x4ExtractLane)
          .raw(lane + 1)
          .op(OP.i32Add)
          .set(to);
      };
      eight(0, first);
      eight(2, second);
      // As `bitOf` and `WORD_OF` in maybe.mjs.
      c.get(first).int(bitOf.FIRST).op(OP.i32Mul);
      c.get(second).int(bitOf.SECOND).op(OP.i32Mul).op(OP.i32Xor);
      c.get(last).int(bitOf.LAST).op(OP.i32Mul).op(OP.i32Xor).tee(hash);
      c.get(hash).int(15).op(OP.i32ShrU).op(OP.i32Xor).set(hash);
      c.get(hash).int(WORD_OF.SHIFT).op(OP.i32ShrU).get(mask).op(OP.i32And);
      c.int(2).op(OP.i32Shl).get(bits).op(OP.i32Add).op(OP.i32Load).at(0).set(sum);
      for (const shift of [0, 5]) {
        c.get(sum, hash);
        if (shift > 0) c.int(shift).op(OP.i32ShrU);
        c.int(31).op(OP.i32And).op(OP.i32ShrU).int(1).op(OP.i32And);
        if (shift > 0) c.op(OP.i32And);
      }
      c.goIf("leave");
      c.get(q).int(18).op(OP.i32Add).set(q);
      c.block("end", () => {
        c.again("seek", () => {
          find("16", lf, cr, quote);
          c.byte(q).tee(b).int(QUOTE).op(OP.i32Ne);
          c.goIf("end");
          // Only behind a delimiter does a quote open a field; inside, two of them are one.
          c.get(q).int(1).op(OP.i32Sub).op(OP.i32Load8U).at(0).get(delimiter).op(OP.i32Eq);
          c.if(() => {
            c.again("inside", () => {
              c.get(q).int(1).op(OP.i32Add).set(q);
              find("close", quote);
              c.get(q).int(1).op(OP.i32Add).set(q);
              c.byte(q).int(QUOTE).op(OP.i32Eq);
              c.goIf("inside");
            });
            c.go("seek");
          });
          c.get(q).int(1).op(OP.i32Add).set(q);
          c.go("seek");
        });
      });
      // A carriage return takes the line feed behind it along; one at the very end of the buffer waits for it.
      c.get(q).int(1).op(OP.i32Add).set(q);
      is(CR);
      c.if(() => {
        c.get(q, limit).op(OP.i32GeU);
        c.goIf("leave");
        c.get(q).byte(q).int(LF).op(OP.i32Eq).op(OP.i32Add).set(q);
      });
      c.get(passed).int(1).op(OP.i32Add).set(passed);
      c.get(q).tee(row).get(stop).op(OP.i32LtU);
      c.goIf("row");
    });
  });
  c.int(0).get(passed).op(OP.i32Store).at(PASSED_AT);
  c.get(row);
  return moduleBytes(locals, c, false);
}
