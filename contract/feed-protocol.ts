/** A list that is fetched: pages of JSON, signed requests. */
import { z } from "zod";

const Name = z.string().trim().min(1).max(100);
export const Header = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,60}$/, "请求头只能是字母、数字和连字符。");
/** How the other side is asked and what it answers; both null: a whole file, the secret in a header. */
export const FeedProtocol = z.object({
  json: z
    .object({
      method: z.enum(["GET", "POST"]),
      rows: z.string().trim().max(100),
      columns: z.record(Name, Name),
      paging: z
        .object({
          kind: z.enum(["page", "cursor"]),
          at: Name,
          size: Name,
          rows: z.int().min(1).max(100_000),
          first: z.int().min(0).max(1),
          next: Name.nullable(),
          total: Name.nullable(),
        })
        .nullable(),
    })
    .nullable(),
  signing: z
    .object({
      algorithm: z.enum(["hmac-sha256", "hmac-sm3"]),
      canonical: z.string().min(1).max(500),
      encoding: z.enum(["hex", "base64"]),
      keyId: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,100}$/, "标识只能是字母、数字和符号。")
        .nullable(),
      headers: z.object({
        signature: Header,
        timestamp: Header.nullable(),
        nonce: Header.nullable(),
        digest: Header.nullable(),
        key: Header.nullable(),
      }),
      time: z.enum(["ms", "s"]),
    })
    .nullable(),
});
