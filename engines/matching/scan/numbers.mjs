/** Numbers and days from bytes: the plain forms without decoding, the others by way of text. NaN: unreadable. */

/** `type` date gives yyyymmdd; money and integers are multiplied by `scale` and rounded half up. */
export function numberIn(bytes, from, to, type, scale, decoder) {
  if (type === "date") return dayIn(bytes, from, to, decoder);
  let p = from;
  const negative = bytes[p] === 45;
  if (negative) p++;
  let whole = 0;
  let fraction = 0;
  let places = -1;
  for (; p < to; p++) {
    const b = bytes[p];
    const d = b ^ 48;
    if (d < 10) {
      if (places < 0) whole = whole * 10 + d;
      else if (places < 9) {
        fraction = fraction * 10 + d;
        places++;
      }
    } else if (b === 46 && places < 0) places = 0;
    else if (b !== 44) return numberOf(decoder.decode(bytes.subarray(from, to)), scale);
  }
  const v = whole * scale + (places > 0 ? Math.floor((fraction * scale) / 10 ** places + 0.5) : 0);
  return negative ? -v : v;
}

export function numberOf(text, scale) {
  const plain = text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000,¥￥"'元]/g, "");
  if (!/^-?\d+(\.\d+)?(E\+?\d+)?$/i.test(plain)) return NaN;
  const v = Number(plain);
  return Math.sign(v) * Math.floor(Math.abs(v) * scale + 0.5 + 1e-9);
}

function dayIn(bytes, from, to, decoder) {
  const n = to - from;
  if (n === 10 && (bytes[from + 4] === 45 || bytes[from + 4] === 47)) {
    let v = 0;
    let bad = 0;
    for (let i = 0; i < 10; i++) {
      if (i === 4 || i === 7) continue;
      const d = bytes[from + i] ^ 48;
      bad |= d + 118;
      v = v * 10 + d;
    }
    if ((bad & 0x180) === 0) return checked(v);
  }
  return dayOf(decoder.decode(bytes.subarray(from, to)));
}

export function dayOf(text) {
  const plain = text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000"']/g, "");
  let m = /^(\d{4})(\d{2})(\d{2})(\d{6})?$/.exec(plain);
  if (!m) m = /^(\d{4})[^\d]+(\d{1,2})(?:[^\d]+(\d{1,2}))?/.exec(plain);
  if (m) return checked(Number(m[1]) * 10000 + Number(m[2]) * 100 + Number(m[3] ?? 1));
  // A day that Excel wrote as its count of days.
  if (/^[2-6]\d{4}(\.\d+)?$/.test(plain)) {
    const d = new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(plain)) * 86_400_000);
    return d.getUTCFullYear() * 10000 + (d.getUTCMonth() + 1) * 100 + d.getUTCDate();
  }
  return NaN;
}

function checked(v) {
  const month = Math.floor(v / 100) % 100;
  const day = v % 100;
  if (v < 18500101 || month < 1 || month > 12 || day < 1) return NaN;
  return day <= 28 || day <= new Date(Date.UTC(Math.floor(v / 10000), month, 0)).getUTCDate() ? v : NaN;
}
