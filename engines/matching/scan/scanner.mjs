/**
 * The byte scanner: reads a range of a delimited file, finds each row's key, and looks at nothing else unless the key is
 * watched. Plain JavaScript because worker threads run it without a loader. Works on bytes: in GB18030 no byte of a
 * character is a comma, a quote, a tab or a line end (a `|` may be one, hence `gbPipe`), so nothing is transcoded.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { keyFromText } from "./keys.mjs";
import { BITS_AT, PASSED_AT } from "./maybe.mjs";
import { numberIn } from "./numbers.mjs";

const CHUNK = 1 << 20;
/** Room behind the data, so that the hot loop may read past the last row. */
const SLACK = 64;
/** A row longer than this is a quote that nobody closed. */
const MAX_ROW = 1 << 22;
const LF = 10;
const CR = 13;
const QUOTE = 34;
/** Between the columns and the rows that are kept; neither occurs inside a character of any encoding read here. */
export const UNIT = 0x1f;
export const RECORD = 0x1e;

/** Where a watched ID may stand: 17 digits as two integers (the check digit follows from them), open addressing. */
export function slotOf(high, low, mask) {
  const h = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  return (h ^ (h >>> 15)) & mask;
}

function findLf(bytes, words, from, limit) {
  let p = from;
  while ((p & 3) !== 0) {
    if (p >= limit) return -1;
    if (bytes[p] === LF) return p;
    p++;
  }
  const end = limit >> 2;
  let w = p >> 2;
  for (; w < end; w++) {
    const x = words[w] ^ 0x0a0a0a0a;
    if (((x - 0x01010101) & ~x & 0x80808080) !== 0) break;
  }
  for (p = w << 2; p < limit; p++) if (bytes[p] === LF) return p;
  return -1;
}

/** The first line feed or carriage return. */
function findEnd(bytes, words, from, limit) {
  let p = from;
  for (; (p & 3) !== 0; p++) {
    if (p >= limit) return -1;
    if (bytes[p] === LF || bytes[p] === CR) return p;
  }
  const end = limit >> 2;
  let w = p >> 2;
  for (; w < end; w++) {
    const x = words[w] ^ 0x0a0a0a0a;
    const y = words[w] ^ 0x0d0d0d0d;
    if ((((x - 0x01010101) & ~x) | ((y - 0x01010101) & ~y)) & 0x80808080) break;
  }
  for (p = w << 2; p < limit; p++) if (bytes[p] === LF || bytes[p] === CR) return p;
  return -1;
}

/** The byte after a field that starts at `p`: a delimiter, a line end, or `limit`; -1 inside quotes that go on. */
export function fieldEnd(bytes, p, limit, delimiter, gbPipe) {
  if (bytes[p] === QUOTE && p < limit) {
    for (let from = p + 1; ; ) {
      const q = bytes.indexOf(QUOTE, from);
      if (q < 0 || q >= limit) return -1;
      if (bytes[q + 1] === QUOTE && q + 1 < limit) from = q + 2;
      else {
        p = q + 1;
        break;
      }
    }
  }
  while (p < limit) {
    const b = bytes[p];
    if (b === delimiter || b === LF || b === CR) return p;
    p += gbPipe && b >= 0x81 ? 2 : 1;
  }
  return limit;
}

/** @param bytes of passing.ts. Compiled once, however many threads. */
export function compiled(bytes) {
  return new WebAssembly.Module(bytes);
}

/** The fast lane of one thread: the module over a memory of its own. */
export function passingOf(module) {
  const memory = new WebAssembly.Memory({ initial: 4 });
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return { memory, run };
}

/** Room for `length` bytes behind the bits in the fast lane's memory. */
function roomIn(memory, from, length) {
  const pages = Math.ceil((from + length) / 65536) - memory.buffer.byteLength / 65536;
  if (pages > 0) memory.grow(pages);
  return Buffer.from(memory.buffer, from, length);
}

/**
 * The reader of one thread. Its functions are made once, however many files and ranges are read: made anew, each would have
 * to become fast again.
 * `open(plan)`: { path, layout, table, keys }, what the next ranges are read by.
 * `scan(range)`: { from, to, guess, room? } → what was found of the rows that begin in [from, to). `guess`: `from` may be
 *   inside a row, begin at the first place that reads like rows. The caller checks that ranges meet (`first`, `next`).
 */
export function createScanner(passing) {
  // Of the file.
  let path;
  let delimiter;
  let columns;
  let keyColumn;
  let keyKind;
  let facts;
  let kept;
  let gbPipe;
  let decoder;
  let fast;
  let bitWords;
  let dataAt;
  let bytes;
  let words;
  let ids;
  let people;
  let mask;
  let textKeys;
  let starts;
  let ends;

  // Of the range that is being read.
  let fd = -1;
  let size = 0;
  let out;
  let persons;
  let values;
  let hits = 0;
  let keptBytes;
  let keptLength = 0;
  let keptEnds;
  let base = 0;
  let limit = 0;
  let eof = false;
  let hasCr = false;
  let nextQuote = -1;

  const room = (length) => (fast ? roomIn(passing.memory, dataAt, length) : Buffer.allocUnsafeSlow(length));

  function open(plan) {
    const { layout, table } = plan;
    path = plan.path;
    ({ delimiter, columns, keyColumn, keyKind, facts, kept } = layout);
    gbPipe = layout.encoding === "gb18030" && delimiter === 0x7c;
    decoder = new TextDecoder(layout.encoding);
    fast = passing !== null && keyKind === "resident-id" && !gbPipe;
    bitWords = fast ? table.maybe.byteLength / 4 : 0;
    dataAt = BITS_AT + bitWords * 4;
    bytes = room(CHUNK + SLACK);
    words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    if (fast) new Int32Array(passing.memory.buffer, BITS_AT, bitWords).set(new Int32Array(table.maybe));
    ids = table && new Int32Array(table.ids);
    people = table && new Int32Array(table.people);
    mask = table ? table.mask : 0;
    textKeys = plan.keys;
    starts = new Int32Array(columns + 1);
    ends = new Int32Array(columns + 1);
  }

  function fill(keepFrom) {
    const rest = limit - keepFrom;
    if (rest > MAX_ROW) return false;
    if (rest + (CHUNK >> 1) > bytes.length - SLACK) {
      const old = bytes;
      bytes = room((old.length - SLACK) * 2 + SLACK);
      // The fast lane's memory grows where it is, and takes its old view away.
      if (fast) bytes.copyWithin(0, keepFrom, limit);
      else old.copy(bytes, 0, keepFrom, limit);
      words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    } else bytes.copyWithin(0, keepFrom, limit);
    base += keepFrom;
    limit = rest;
    const room = bytes.length - SLACK - limit;
    const got = readSync(fd, bytes, limit, Math.min(room, CHUNK), base + limit);
    limit += got;
    eof = base + limit >= size;
    bytes.fill(0, limit, limit + SLACK);
    const cr = bytes.indexOf(CR);
    hasCr = cr >= 0 && cr < limit;
    nextQuote = -1;
    return true;
  }
  /** -1: the row goes on behind the buffer. */
  function endOfRow(p) {
    if (nextQuote < p) {
      nextQuote = bytes.indexOf(QUOTE, p);
      if (nextQuote < 0 || nextQuote > limit) nextQuote = limit;
    }
    let e = hasCr ? findEnd(bytes, words, p, limit) : findLf(bytes, words, p, limit);
    if (e < 0) e = eof ? limit : -1;
    if (nextQuote >= (e < 0 ? limit : e)) return e;
    // A quote on the way: field by field. `p` stands behind a field.
    while (p < limit && bytes[p] === delimiter) {
      p = fieldEnd(bytes, p + 1, limit, delimiter, gbPipe);
      if (p < 0) return -1;
    }
    return p < limit || eof ? p : -1;
  }
  const after = (e) => (bytes[e] === CR && bytes[e + 1] === LF ? e + 2 : e + 1);

  function splitRow(start, end) {
    let n = 0;
    for (let p = start; ; p++) {
      const e = Math.min(end, fieldEnd(bytes, p, end, delimiter, gbPipe));
      if (n <= columns) {
        starts[n] = p;
        ends[n] = e < 0 ? end : e;
      }
      n++;
      if (e < 0 || e >= end) return n;
      p = e;
    }
  }
  /** Bounds of what the field says, without quotes and blanks around. */
  let fs = 0;
  let fe = 0;
  function bounds(c) {
    fs = starts[c];
    fe = ends[c];
    while (fs < fe && (bytes[fs] === 32 || bytes[fs] === 9)) fs++;
    while (fe > fs && (bytes[fe - 1] === 32 || bytes[fe - 1] === 9)) fe--;
    if (fe - fs >= 2 && bytes[fs] === QUOTE && bytes[fe - 1] === QUOTE) {
      fs++;
      fe--;
      while (fs < fe && (bytes[fs] === 32 || bytes[fs] === 9)) fs++;
      while (fe > fs && (bytes[fe - 1] === 32 || bytes[fe - 1] === 9)) fe--;
    }
  }
  function says(c, list) {
    bounds(c);
    const n = fe - fs;
    next: for (const word of list) {
      if (word.length !== n) continue;
      for (let i = 0; i < n; i++) if (bytes[fs + i] !== word[i]) continue next;
      return true;
    }
    return false;
  }
  function take(fact) {
    for (const w of fact.where)
      if (w.column < 0 || !says(w.column, w.words)) return fact.op === "count" ? 0 : NaN;
    if (fact.op === "count") return 1;
    if (fact.column < 0) return NaN;
    bounds(fact.column);
    if (fs === fe) return NaN;
    const v = numberIn(bytes, fs, fe, fact.type, fact.scale, decoder);
    if (Number.isNaN(v)) out.unreadable++;
    return v;
  }
  function keep(c) {
    let s = 0;
    let e = 0;
    if (c >= 0) {
      s = starts[c];
      e = ends[c];
    }
    const quoted = e - s >= 2 && bytes[s] === QUOTE && bytes[e - 1] === QUOTE;
    if (quoted) {
      s++;
      e--;
    }
    for (let i = s; i < e; i++) {
      const b = bytes[i];
      keptBytes[keptLength++] = b === UNIT || b === RECORD ? 32 : b;
      if (quoted && b === QUOTE) i++;
    }
    keptBytes[keptLength++] = UNIT;
  }
  function hit(person, start, end) {
    const n = splitRow(start, end);
    if (n !== columns && !(n === columns + 1 && starts[columns] === ends[columns])) {
      if (out.misshapen.length < 50) out.misshapen.push({ row: out.rows, columns: n });
      else out.misshapen.push(null);
      return;
    }
    if (hits === persons.length) {
      persons = grown(persons, Int32Array, hits * 2);
      keptEnds = grown(keptEnds, Int32Array, hits * 2);
    }
    if ((hits + 1) * facts.length > values.length)
      values = grown(values, Float64Array, (values.length + facts.length) * 2);
    persons[hits] = person;
    for (let f = 0; f < facts.length; f++) values[hits * facts.length + f] = take(facts[f]);
    if (keptLength + (end - start) + kept.length + 8 > keptBytes.length) {
      const bigger = Buffer.allocUnsafeSlow((keptBytes.length + (end - start)) * 2);
      keptBytes.copy(bigger, 0, 0, keptLength);
      keptBytes = bigger;
    }
    for (const c of kept) keep(c);
    keptEnds[hits++] = keptLength;
  }
  function broken(reason) {
    out.broken[reason]++;
    if (out.brokenAt.length < 20) out.brokenAt.push({ row: out.rows, reason });
  }
  function watched(high, low) {
    for (let s = slotOf(high, low, mask); ; s = (s + 1) & mask) {
      const h = ids[2 * s];
      if (h === -1) return -1;
      if (h === high && ids[2 * s + 1] === low) return people[s];
    }
  }

  function scan(range) {
    out = {
      ...{ first: 0, next: 0, rows: 0, unreadable: 0, fatal: null },
      ...{ broken: { shape: 0, check: 0, excel: 0, empty: 0 }, brokenAt: [], misshapen: [] },
    };
    // What an earlier range came in, now empty: thousands of ranges leave nothing for the collector.
    const [personsIn, valuesIn, keptIn, endsIn] = range.room ?? [];
    persons = new Int32Array(personsIn ?? 4096);
    values = new Float64Array(valuesIn ?? 8192);
    keptBytes = keptIn ? Buffer.from(keptIn) : Buffer.allocUnsafeSlow(1 << 18);
    keptEnds = new Int32Array(endsIn ?? 4096);
    hits = 0;
    keptLength = 0;
    base = range.from;
    limit = 0;
    fd = openSync(path, "r");
    try {
      size = fstatSync(fd).size;
      read(range);
    } finally {
      closeSync(fd);
    }
    return {
      ...out,
      persons: persons.subarray(0, hits),
      values: values.subarray(0, hits * facts.length),
      kept: keptBytes.subarray(0, keptLength),
      keptEnds: keptEnds.subarray(0, hits),
    };
  }

  function read({ to, guess }) {
    fill(0);
    let p = 0;
    if (guess) {
      p = likelyStart(bytes, limit, delimiter, columns, gbPipe);
      if (p < 0) p = limit;
    }
    out.first = base + p;
    for (;;) {
      if (base + p >= to) break;
      if (fast) {
        const stop = Math.min(limit, to - base);
        p =
          passing.run(
            dataAt + p,
            dataAt + stop,
            dataAt + limit,
            delimiter,
            keyColumn,
            BITS_AT,
            bitWords - 1,
          ) - dataAt;
        const [passed] = new Int32Array(passing.memory.buffer, PASSED_AT, 1);
        out.rows += passed;
        if (base + p >= to) break;
      }
      const start = p;
      // Too near the end of what was read: read on, unless this is all there is.
      if (limit - p < 4096 && !eof) {
        if (!fill(p)) {
          out.fatal = { code: "unclosed", row: out.rows + 1 };
          break;
        }
        p = 0;
        continue;
      }
      if (p >= limit) break;
      let q = p;
      let column = 0;
      while (column < keyColumn && q >= 0 && q < limit) {
        q = fieldEnd(bytes, q, limit, delimiter, gbPipe);
        if (q < 0 || bytes[q] !== delimiter) break;
        q++;
        column++;
      }
      let end = -1;
      let person = -1;
      let reason = null;
      let keyEnd = q;
      if (q >= 0 && column === keyColumn) {
        let slow = true;
        if (keyKind === "resident-id") {
          let bad = 0;
          let sum = 0;
          let high = 0;
          let low = 0;
          for (let i = q; i < q + 9; i++) {
            const d = bytes[i] ^ 48;
            bad |= d + 118;
            sum = (sum + d) << 1;
            high = high * 10 + d;
          }
          for (let i = q + 9; i < q + 17; i++) {
            const d = bytes[i] ^ 48;
            bad |= d + 118;
            sum = (sum + d) << 1;
            low = low * 10 + d;
          }
          const c = bytes[q + 17];
          const check = c === 88 || c === 120 ? 10 : c ^ 48;
          const behind = bytes[q + 18];
          // A digit plus 118 stays below 128; anything else sets a higher bit.
          if (
            (bad & 0x180) === 0 &&
            check <= 10 &&
            (behind === delimiter || behind === LF || behind === CR || q + 18 === limit)
          ) {
            slow = false;
            keyEnd = q + 18;
            if ((sum + check) % 11 === 1) person = watched(high, low);
            else reason = "check";
          }
        }
        if (slow) {
          keyEnd = fieldEnd(bytes, q, limit, delimiter, gbPipe);
          if (keyEnd >= 0) {
            const key = keyFromText(keyKind, bytes, q, keyEnd, decoder);
            if (typeof key === "string") reason = key;
            else if (keyKind === "resident-id") person = watched(key.high, key.low);
            else person = textKeys.get(key.text) ?? -1;
          }
        }
      }
      if (keyEnd >= 0 && q >= 0) end = endOfRow(keyEnd);
      if (end < 0 && !eof) {
        if (!fill(start)) {
          out.fatal = { code: "unclosed", row: out.rows + 1 };
          break;
        }
        p = 0;
        continue;
      }
      if (end < 0) {
        out.fatal = { code: "truncated", row: out.rows + 1 };
        break;
      }
      p = Math.min(after(end), limit);
      if (end === start) continue; // an empty line
      if (
        column !== keyColumn ||
        (eof && end === limit && p === limit && bytes[limit - 1] !== LF && lastRowShort(start, end))
      ) {
        if (eof && p === limit) {
          out.fatal = { code: "truncated", row: out.rows + 1 };
          break;
        }
        reason = "empty";
      }
      out.rows++;
      if (reason !== null) broken(reason);
      else if (person >= 0) hit(person, start, end);
    }
    out.next = base + p;
  }
  function lastRowShort(start, end) {
    return splitRow(start, end) < columns;
  }

  return { open, scan };
}

function grown(old, Kind, length) {
  const bigger = new Kind(length);
  bigger.set(old);
  return bigger;
}

/** The first place after a line end from which a few rows have the right number of columns. -1: none here. */
function likelyStart(bytes, limit, delimiter, columns, gbPipe) {
  let fallback = -1;
  for (let p = 0, tried = 0; tried < 200; tried++) {
    const n = bytes.indexOf(LF, p);
    if (n < 0 || n + 1 >= limit) break;
    p = n + 1;
    if (fallback < 0) fallback = p;
    if (rowsFit(bytes, p, limit, delimiter, columns, gbPipe)) return p;
  }
  return fallback;
}

function rowsFit(bytes, from, limit, delimiter, columns, gbPipe) {
  let p = from;
  for (let rows = 0; rows < 4; rows++) {
    let n = 1;
    for (;;) {
      p = fieldEnd(bytes, p, limit, delimiter, gbPipe);
      if (p < 0) return false;
      if (p >= limit) return rows > 0;
      if (bytes[p] !== delimiter) break;
      n++;
      p++;
    }
    if (n !== columns) return false;
    p += bytes[p] === CR && bytes[p + 1] === LF ? 2 : 1;
    if (p >= limit) return true;
  }
  return true;
}
