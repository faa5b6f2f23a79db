import { DomainError } from "./errors.ts";
import { sha1 } from "./sha1.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Any UUID in its usual text form. */
export function isUuid(s: unknown): boolean {
  return typeof s === "string" && UUID.test(s);
}

const HEX = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, "0"));

function toText(bytes: Uint8Array): string {
  let hex = "";
  for (let i = 0; i < 16; i++) hex += HEX[bytes[i]!];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562), increasing within this process. It reads the machine's clock and randomness on
 * purpose: an id names a request, it is never business time. Replayable data uses `derivedId`.
 */
export function newId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // The upper half of the counter stays free, so that many ids of one millisecond still increase.
    counter = (((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) & 0x7ff;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  for (let i = 0, rest = lastMs; i < 6; i++) {
    bytes[5 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return toText(bytes);
}

/**
 * The UUIDv5 (RFC 9562, SHA-1) of a name within a namespace: the same input gives the same id everywhere, so a
 * repeated import or job is the same request. Throws `bad-id` when the namespace is not a UUID.
 */
export function derivedId(namespaceUuid: string, name: string): string {
  if (!isUuid(namespaceUuid)) {
    throw new DomainError("bad-id", `“${namespaceUuid}”不是 UUID，不能作为编号的命名空间。`);
  }
  const hex = namespaceUuid.replaceAll("-", "");
  const nameBytes = new TextEncoder().encode(name);
  const input = new Uint8Array(16 + nameBytes.length);
  for (let i = 0; i < 16; i++) input[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  input.set(nameBytes, 16);
  const bytes = sha1(input).slice(0, 16);
  bytes[6] = 0x50 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return toText(bytes);
}
