/** Who asks: a secret in a header, or a signature over what is asked, as the other side prescribes. Pure. */
import { createHash, createHmac, getHashes, randomBytes } from "node:crypto";
import type { Request } from "./ask.ts";

/** The hash behind each; SM3 (GB/T 32905) is there when this Node's OpenSSL has it. */
export const SIGNATURES = { "hmac-sha256": "sha256", "hmac-sm3": "sm3" } as const;
export type Signature = keyof typeof SIGNATURES;
export const canSign = (s: Signature): boolean => getHashes().includes(SIGNATURES[s]);

export interface Signing {
  readonly algorithm: Signature;
  /** What is signed: `{method}` `{path}` `{query}` `{timestamp}` `{nonce}` `{digest}` (of the body, hex) `{key}`, and `\n`. */
  readonly canonical: string;
  readonly encoding: "hex" | "base64";
  /** How the other side knows us; null: it needs no name. */
  readonly keyId: string | null;
  /** Names of the headers; one that is null is not sent. */
  readonly headers: {
    readonly signature: string;
    readonly timestamp: string | null;
    readonly nonce: string | null;
    readonly digest: string | null;
    readonly key: string | null;
  };
  readonly time: "ms" | "s";
}
export interface Credentials {
  readonly header: string;
  readonly secret: string | null;
  readonly signing: Signing | null;
  readonly now: () => Date;
}
export const PLACES = ["method", "path", "query", "timestamp", "nonce", "digest", "key"] as const;

type Asked = Pick<Request, "url" | "method" | "body">;

export function headersFor(request: Asked, c: Credentials): Record<string, string> {
  if (!c.signing) return c.secret ? { [c.header]: c.secret } : {};
  return signed(request, c.signing, c.secret ?? "", c.now(), randomBytes(16).toString("hex"));
}

export function signed(
  { url, method, body }: Asked,
  s: Signing,
  secret: string,
  at: Date,
  nonce: string,
): Record<string, string> {
  const hash = SIGNATURES[s.algorithm];
  const said: Record<(typeof PLACES)[number], string> = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    timestamp: String(s.time === "ms" ? at.getTime() : Math.floor(at.getTime() / 1000)),
    nonce,
    digest: createHash(hash)
      .update(body ?? "")
      .digest("hex"),
    key: s.keyId ?? "",
  };
  const text = s.canonical
    .replaceAll("\\n", "\n")
    .replaceAll(/\{(\w+)\}/g, (_, name: (typeof PLACES)[number]) => said[name]);
  const signature = createHmac(hash, secret).update(text).digest(s.encoding);
  const { headers } = s;
  return Object.fromEntries(
    (
      [
        [headers.signature, signature],
        [headers.timestamp, said.timestamp],
        [headers.nonce, nonce],
        [headers.digest, said.digest],
        [headers.key, s.keyId],
      ] as const
    ).filter((pair): pair is readonly [string, string] => pair[0] !== null && pair[1] !== null),
  );
}
