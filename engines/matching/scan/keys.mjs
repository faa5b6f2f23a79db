/** Keys as people and Excel write them. The hot loop reads a clean 18-digit number itself; everything else comes here. */

/** Full-width to half-width, without blanks, quotes, apostrophes and the `="…"` that keeps Excel from rounding. */
export function cleaned(text) {
  if (/^[0-9A-Z]+$/.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000\uFEFF\u200B"'`=]/g, "")
    .toUpperCase();
}

/**
 * 17 digits as two integers, of a resident ID of 15 or 18 characters.
 * @returns the reason when it is none: empty, excel (rounded to 1.1E+17 or to zeros), shape, check
 */
export function packId(typed) {
  if (typed === "") return "empty";
  if (/^\d(\.\d+)?E\+?\d+$/.test(typed)) return "excel";
  if (!/^(\d{15}|\d{17}[\dX])$/.test(typed)) return "shape";
  const digits = typed.length === 15 ? `${typed.slice(0, 6)}19${typed.slice(6)}` : typed;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum = (sum + (digits.charCodeAt(i) - 48)) << 1;
  if (typed.length === 18) {
    const check = typed[17] === "X" ? 10 : typed.charCodeAt(17) - 48;
    if ((sum + check) % 11 !== 1) return /000$/.test(typed) ? "excel" : "check";
  }
  return { high: Number(digits.slice(0, 9)), low: Number(digits.slice(9, 17)) };
}

/** @returns a key, or the reason why the field is none */
export function keyFromText(kind, bytes, from, to, decoder) {
  const text = decoder.decode(bytes.subarray(from, to));
  if (kind === "resident-id") return packId(cleaned(text));
  if (kind === "uscc") {
    const code = cleaned(text);
    if (code === "") return "empty";
    return code.length === 18 ? { text: code } : "shape";
  }
  const day = /^(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})/.exec(cleaned(text));
  if (!day) return cleaned(text) === "" ? "empty" : "shape";
  return { text: `${day[1]}${day[2].padStart(2, "0")}${day[3].padStart(2, "0")}` };
}
