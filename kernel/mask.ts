/** 张三丰 → 张**. The surname's first character stays; counts code points, so rare characters are one. */
export function maskName(name: string): string {
  const [first = "", ...rest] = name.trim();
  return first + "*".repeat(rest.length);
}

/** 430621194805061234 → 430621********1234: first 6 and last 4. Shorter text is hidden but for its last character. */
export function maskResidentId(id: string): string {
  return keepEnds(id.trim(), 6, 4);
}

/** 13800001234 → 138****1234. */
export function maskPhone(phone: string): string {
  return keepEnds(phone.trim(), 3, 4);
}

/** 6217001234567891234 → ****1234, whatever the length: the length of an account names its bank. */
export function maskAccount(account: string): string {
  const digits = account.trim();
  return digits === "" ? "" : `****${digits.length > 4 ? digits.slice(-4) : ""}`;
}

function keepEnds(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return "*".repeat(Math.max(0, text.length - 1)) + text.slice(-1);
  return text.slice(0, head) + "*".repeat(text.length - head - tail) + text.slice(-tail);
}
