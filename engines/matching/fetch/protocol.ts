/** How the other side is asked and what it answers, as the connector declares it; and what is wrong with a declaration. Pure. */
import type { FeedDefinition } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { canSign, PLACES, type Signing } from "./sign.ts";

export interface Paging {
  /** page: the number of the page is asked for · cursor: what the page before named as the next */
  readonly kind: "page" | "cursor";
  /** The parameter that says which page, and the one that says how many rows. */
  readonly at: string;
  readonly size: string;
  readonly rows: number;
  /** The number of the first page. */
  readonly first: number;
  /** Where an answer names the next cursor; a path like `data.next`. */
  readonly next: string | null;
  /** Where it says how many rows there are in all; null: it does not, and a lost page goes unnoticed. */
  readonly total: string | null;
}
export interface JsonAnswer {
  /** Parameters go into the address of a GET, into the JSON body of a POST. */
  readonly method: "GET" | "POST";
  /** Where the rows are, e.g. `data.list`; empty: the answer itself. */
  readonly rows: string;
  /** Our headings to their names; a heading left out is called the same there. */
  readonly columns: Readonly<Record<string, string>>;
  readonly paging: Paging | null;
}
/** Null JSON: a whole file. */
export interface Protocol {
  readonly json: JsonAnswer | null;
  readonly signing: Signing | null;
}
export const WHOLE_FILE: Protocol = { json: null, signing: null };

/** @throws DomainError invalid-input, with the way out */
export function checkProtocol(p: Protocol, feed: FeedDefinition, hasSecret: boolean): void {
  const no = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  const unknown = Object.keys(p.json?.columns ?? {}).find((c) => !feed.columns.some((x) => x.label === c));
  if (unknown !== undefined)
    throw no(
      "columns",
      `「${unknown}」不是《${feed.title}》的栏目，可用的：${feed.columns.map((c) => c.label).join("、")}。`,
    );
  const { paging } = p.json ?? {};
  if (paging?.kind === "cursor" && !paging.next)
    throw no("next", "按游标分页的，请写明答复里下一页游标的位置，如 data.next。");
  const s = p.signing;
  if (!s) return;
  if (!hasSecret) throw no("secret", "签名请求要有密钥，请录入。");
  if (!canSign(s.algorithm))
    throw no("algorithm", "这台服务器的 Node 不带国密 SM3，请换用带 SM3 的版本，或与对方商定 HMAC-SHA256。");
  const places = [...s.canonical.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const strange = places.find((name) => !(PLACES as readonly (string | undefined)[]).includes(name));
  if (strange !== undefined)
    throw no(
      "canonical",
      `签名内容里的 {${strange}} 不认识，可用的：${PLACES.map((x) => `{${x}}`).join(" ")}。`,
    );
  if (!places.includes("timestamp") || !s.headers.timestamp)
    throw no(
      "canonical",
      "签名内容里要有 {timestamp}，并写明放时间的请求头：没有时间的签名被人截下可以重用。",
    );
}
