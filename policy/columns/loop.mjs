// Plain JavaScript, so that worker threads load it as it is.

/** Households per block: what one pass leaves for the next stays in the nearest cache. */
export const CHUNK = 512;

/** Larger households take the row machine: ranges of sums are computed for this many members. */
export const MOST_MEMBERS = 32;

/** Members that a block has room for; blocks with more are halved. */
export const MOST_IN_BLOCK = CHUNK * 4;

/** Rows beyond the last that four at a time may touch. */
export const PADDING = 16;

const PAGE = 65_536;

/** This thread's own memory, for columns that lie elsewhere: one for all programs, as large as the largest needs. */
let own;

function ownMemory(bytes) {
  const pages = Math.ceil(bytes / PAGE);
  own ??= new WebAssembly.Memory({ initial: pages });
  const missing = pages - own.buffer.byteLength / PAGE;
  if (missing > 0) own.grow(missing);
  return own;
}

/** Compiled code over a memory, kept as long as both. */
const instances = new WeakMap();

function instance(module, memory) {
  const known = instances.get(module) ?? new WeakMap();
  instances.set(module, known);
  let run = known.get(memory);
  if (!run) {
    run = new WebAssembly.Instance(module, { env: { memory } }).exports.run;
    known.set(memory, run);
  }
  return run;
}

/**
 * A program bound to its columns: a function of a range of at most `CHUNK` households, negative where a guard tripped.
 * Columns and results that lie in the program's memory (`at`) are worked on where they are, others are copied by blocks.
 */
export function loopOf(bound) {
  const { module, offsets, members, scratch, scratchBytes, inputs, outputs } = bound;
  const memory = bound.memory ?? ownMemory(scratch + scratchBytes);
  const run = instance(module, memory);
  const { buffer } = memory;
  const table = new Int32Array(buffer, scratch, 1 + outputs.length + inputs.length);
  const place = (x, length) => new x.array.constructor(buffer, scratch + x.place, length);
  const copied = inputs
    .filter((x) => x.at === undefined)
    .map((x) => ({ ...x, view: place(x, (x.member ? MOST_IN_BLOCK : CHUNK + 1) + PADDING / 2) }));
  const moved = outputs
    .filter((x) => x.at === undefined)
    .map((x) => ({ ...x, view: place(x, x.member ? MOST_IN_BLOCK : CHUNK) }));
  const direct = [...inputs, ...outputs].filter((x) => x.at !== undefined);
  for (const x of inputs) table[x.entry] = scratch + x.place;
  for (const x of outputs) table[x.entry] = 0;

  const block = (from, to) => {
    const first = offsets[from];
    const many = offsets[to] - first;
    if (!(first >= 0 && many > 0 && first + many <= members)) return -1;
    if (many > MOST_IN_BLOCK) {
      if (to - from === 1) return -1;
      const middle = from + ((to - from) >> 1);
      return block(from, middle) < 0 ? -1 : block(middle, to);
    }
    for (let i = 0; i < direct.length; i++) {
      const x = direct[i];
      table[x.entry] = x.at + (x.member ? first : from) * x.bytes;
    }
    for (let i = 0; i < copied.length; i++) {
      const x = copied[i];
      x.view.set(x.member ? x.array.subarray(first, first + many) : x.array.subarray(from, to + x.more));
    }
    if (run(scratch, to - from, many, first) < 0) return -1;
    for (let i = 0; i < moved.length; i++) {
      const x = moved[i];
      if (x.member) x.array.set(x.view.subarray(0, many), first);
      else x.array.set(x.view.subarray(0, to - from), from);
    }
    return 0;
  };
  return block;
}
