/**
 * A WebAssembly module with one function over an imported memory, written byte by byte: the few instructions that the
 * policy's columns and the scanner of feeds need, no tool and no dependency.
 */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;
export type ValueKind = typeof I32 | typeof F64 | typeof V128;

/** Instructions on numbers and control. */
export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  return: 0x0f,
  select: 0x1b,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  i32Load: 0x28,
  f64Load: 0x2b,
  i32Load8S: 0x2c,
  i32Load8U: 0x2d,
  i32Load16S: 0x2e,
  i32Load16U: 0x2f,
  i32Store: 0x36,
  f64Store: 0x39,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32LtS: 0x48,
  i32LtU: 0x49,
  i32GtU: 0x4b,
  i32GeU: 0x4f,
  i32Ctz: 0x68,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32RemU: 0x70,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  i32Shl: 0x74,
  i32ShrU: 0x76,
  f64Min: 0xa4,
  f64Max: 0xa5,
  f64ConvertI32U: 0xb8,
} as const;

/** Instructions on sixteen bytes, eight 16-bit or four 32-bit whole numbers, or two doubles, at once. */
export const SIMD = {
  load: 0x00,
  load8x8S: 0x01,
  load8x8U: 0x02,
  load16x4S: 0x03,
  load16x4U: 0x04,
  load32Splat: 0x09,
  load64Splat: 0x0a,
  store: 0x0b,
  const: 0x0c,
  shuffle: 0x0d,
  i8x16Splat: 0x0f,
  i32x4Splat: 0x11,
  f64x2Splat: 0x14,
  i32x4ExtractLane: 0x1b,
  i8x16Eq: 0x23,
  i8x16GtU: 0x28,
  i32x4Eq: 0x37,
  i32x4LtS: 0x39,
  i32x4GtU: 0x3c,
  f64x2Eq: 0x47,
  f64x2Lt: 0x49,
  f64x2Le: 0x4b,
  f64x2Ge: 0x4c,
  not: 0x4d,
  and: 0x4e,
  andnot: 0x4f,
  or: 0x50,
  xor: 0x51,
  bitselect: 0x52,
  anyTrue: 0x53,
  load32Lane: 0x56,
  load64Lane: 0x57,
  store32Lane: 0x5a,
  i8x16Bitmask: 0x64,
  i8x16NarrowI16x8U: 0x66,
  f32x4Trunc: 0x69,
  f64x2Floor: 0x75,
  f64x2Trunc: 0x7a,
  i16x8NarrowI32x4S: 0x85,
  i16x8ShrU: 0x8d,
  i16x8Add: 0x8e,
  i16x8Mul: 0x95,
  i32x4Abs: 0xa0,
  i32x4Neg: 0xa1,
  i32x4ExtendLowI16x8S: 0xa7,
  i32x4ExtendLowI16x8U: 0xa9,
  i32x4Shl: 0xab,
  i32x4ShrS: 0xac,
  i32x4ShrU: 0xad,
  i32x4Add: 0xae,
  i32x4Sub: 0xb1,
  i32x4Mul: 0xb5,
  i32x4MinS: 0xb6,
  i32x4MinU: 0xb7,
  i32x4MaxS: 0xb8,
  i32x4MaxU: 0xb9,
  i32x4DotI16x8S: 0xba,
  i64x2ExtendLowI32x4S: 0xc7,
  i64x2ExtendHighI32x4S: 0xc8,
  f32x4Add: 0xe4,
  f32x4Div: 0xe7,
  f64x2Add: 0xf0,
  f64x2Sub: 0xf1,
  f64x2Mul: 0xf2,
  f64x2Div: 0xf3,
  f64x2Pmin: 0xf6,
  f64x2Pmax: 0xf7,
  f32x4ConvertI32x4S: 0xfa,
  f64x2ConvertLowI32x4S: 0xfe,
  f64x2ConvertLowI32x4U: 0xff,
} as const;

/** Bytes with numbers in LEB128. */
export class Bytes {
  readonly data: number[] = [];

  raw(...bytes: number[]): this {
    for (const b of bytes) this.data.push(b);
    return this;
  }

  unsigned(value: number): this {
    let n = value >>> 0;
    while (n >= 0x80) {
      this.data.push((n & 0x7f) | 0x80);
      n >>>= 7;
    }
    this.data.push(n);
    return this;
  }

  signed(value: number): this {
    let n = value | 0;
    for (;;) {
      const byte = n & 0x7f;
      n >>= 7;
      if ((n === 0 && byte < 0x40) || (n === -1 && byte >= 0x40)) {
        this.data.push(byte);
        return this;
      }
      this.data.push(byte | 0x80);
    }
  }

  append(other: Bytes): this {
    for (const b of other.data) this.data.push(b);
    return this;
  }

  // ── instructions ──

  op(code: number): this {
    return this.raw(code);
  }

  simd(code: number): this {
    return this.raw(0xfd).unsigned(code);
  }

  get(...locals: number[]): this {
    for (const l of locals) this.raw(OP.get).unsigned(l);
    return this;
  }

  set(local: number): this {
    return this.raw(OP.set).unsigned(local);
  }

  tee(local: number): this {
    return this.raw(OP.tee).unsigned(local);
  }

  int(value: number): this {
    return this.raw(OP.i32Const).signed(value);
  }

  /** Where a load or store goes beyond the address on the stack; nothing is said about alignment. */
  at(offset: number): this {
    return this.raw(0).unsigned(offset);
  }

  /** `loop … while the flag on the stack at its end is set`. */
  loop(body: (code: Bytes) => void): this {
    this.raw(OP.loop, 0x40);
    body(this);
    return this.raw(OP.brIf, 0, OP.end);
  }

  /** The flag on the stack decides. */
  when(body: (code: Bytes) => void): this {
    this.raw(OP.if, 0x40);
    body(this);
    return this.raw(OP.end);
  }
}

/** Local variables of the function: parameters first. */
export class Locals {
  private readonly kinds: ValueKind[] = [];
  readonly parameters: number;

  constructor(parameters: number) {
    this.parameters = parameters;
  }

  get count(): number {
    return this.kinds.length;
  }

  add(kind: ValueKind): number {
    return this.parameters + this.kinds.push(kind) - 1;
  }

  declared(): Bytes {
    const groups: { kind: ValueKind; many: number }[] = [];
    for (const kind of this.kinds) {
      const last = groups.at(-1);
      if (last?.kind === kind) last.many++;
      else groups.push({ kind, many: 1 });
    }
    const out = new Bytes().unsigned(groups.length);
    for (const { kind, many } of groups) out.unsigned(many).raw(kind);
    return out;
  }
}

/** The module: `run(i32 …) → i32`, over `env.memory`. */
export function moduleBytes(locals: Locals, code: Bytes, shared: boolean): Uint8Array<ArrayBuffer> {
  const out = new Bytes().raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
  const section = (id: number, content: Bytes) => out.raw(id).unsigned(content.data.length).append(content);
  const name = (text: string) => {
    const bytes = [...text].map((c) => c.charCodeAt(0));
    return new Bytes().unsigned(bytes.length).raw(...bytes);
  };
  const parameters = Array.from({ length: locals.parameters }, () => I32);
  section(1, new Bytes().raw(1, 0x60, parameters.length, ...parameters, 1, I32));
  const limits = shared ? new Bytes().raw(3, 0).unsigned(65_536) : new Bytes().raw(0, 0);
  section(2, new Bytes().raw(1).append(name("env")).append(name("memory")).raw(2).append(limits));
  section(3, new Bytes().raw(1, 0));
  section(7, new Bytes().raw(1).append(name("run")).raw(0, 0));
  const body = locals.declared().append(code).raw(OP.end);
  section(10, new Bytes().raw(1).unsigned(body.data.length).append(body));
  return Uint8Array.from(out.data);
}
