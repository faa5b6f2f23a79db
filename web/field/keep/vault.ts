/**
 * The lock of the phone (docs/decisions/0023). The data key comes from the server and cannot be exported again; a copy
 * wrapped under the login password opens a reload without network, for a day.
 */
const ROUNDS = 600_000;
const bytes = (text: string) => new TextEncoder().encode(text);

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}
export interface Wrapped extends Sealed {
  readonly salt: Uint8Array<ArrayBuffer>;
}

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

const dataKey = (raw: BufferSource) =>
  crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function passwordKey(password: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", bytes(password), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    typed,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** The key as the server gave it, ready for use, and its wrapped copy. */
export async function takeKey(
  base64: string,
  password: string,
): Promise<{ key: CryptoKey; wrapped: Wrapped }> {
  const raw = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const [salt, iv] = [random(16), random(12)];
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await passwordKey(password, salt), raw);
  const key = await dataKey(raw);
  raw.fill(0);
  return { key, wrapped: { salt, iv, data } };
}

/** Undefined: a wrong password. */
export async function unwrap(wrapped: Wrapped, password: string): Promise<CryptoKey | undefined> {
  try {
    const lock = await passwordKey(password, wrapped.salt);
    return await dataKey(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv: wrapped.iv }, lock, wrapped.data),
    );
  } catch {
    return undefined;
  }
}

/** `name` is bound in: a record cannot be passed off as another. */
export async function seal(key: CryptoKey, name: string, plain: BufferSource): Promise<Sealed> {
  const iv = random(12);
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(name) }, key, plain),
  };
}
export const open = (key: CryptoKey, name: string, s: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: s.iv, additionalData: bytes(name) }, key, s.data);
