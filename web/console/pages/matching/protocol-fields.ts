/** How the other side is asked, as questions of a form: pages of JSON, a signed request. */
import type { Field, Values } from "@wuxin/declare/fields";
import type { Condition } from "@wuxin/kernel";
import type { Reply } from "../../app/api.ts";

type Protocol = Reply<"listFeedConnectors">["connectors"][number]["protocol"];

const JSON_ONLY: Condition = { field: "format", is: "json" };
const PAGED: Condition = { all: [JSON_ONLY, { field: "paging", in: ["page", "cursor"] }] };
const CURSOR: Condition = { all: [JSON_ONLY, { field: "paging", is: "cursor" }] };
const SIGNED: Condition = { field: "signature", in: ["hmac-sha256", "hmac-sm3"] };
const choice = (pairs: Readonly<Record<string, string>>) =>
  Object.entries(pairs).map(([value, label]) => ({ value, label }));
/** A question that is asked only when the condition holds, and then must be answered. */
const asked = (when: Condition) => ({ visible: when, required: when });

const ALGORITHMS = { "hmac-sha256": "HMAC-SHA256", "hmac-sm3": "国密 HMAC-SM3" };

export const protocolFields: readonly Field[] = [
  {
    ...{ name: "format", label: "对方给的是", type: "choice", required: true },
    choices: choice({ file: "整份文件", json: "JSON 接口" }),
  },
  {
    ...{ name: "method", label: "请求方式", type: "choice", ...asked(JSON_ONLY) },
    choices: choice({ GET: "GET（参数在网址里）", POST: "POST（参数在 JSON 里）" }),
  },
  {
    ...{ name: "rowsAt", label: "行在答复的哪里", type: "text", max: 100, visible: JSON_ONLY },
    help: "如 data.list；答复本身就是行的留空。",
  },
  {
    ...{ name: "columns", label: "栏目和对方的叫法", type: "longtext", max: 2000, visible: JSON_ONLY },
    help: "一行一个，如：身份证号码=sfzh。叫法相同的不用写；在里层的写成 person.idNo。",
  },
  {
    ...{ name: "paging", label: "分页", type: "choice", ...asked(JSON_ONLY) },
    choices: choice({ none: "不分页", page: "按页码", cursor: "按游标" }),
  },
  {
    ...{ name: "at", label: "第几页的参数", type: "text", max: 100, ...asked(PAGED) },
    help: "如 pageNum；按游标的写游标参数，如 cursor。",
  },
  {
    ...{ name: "size", label: "每页行数的参数", type: "text", max: 100, ...asked(PAGED) },
    help: "如 pageSize。",
  },
  { ...{ name: "rows", label: "每页行数", type: "integer", min: 1, max: 100_000, ...asked(PAGED) } },
  {
    ...{ name: "first", label: "第一页是", type: "choice" },
    ...asked({ all: [JSON_ONLY, { field: "paging", is: "page" }] }),
    choices: choice({ "1": "1", "0": "0" }),
  },
  {
    ...{ name: "next", label: "下一页游标在答复的哪里", type: "text", max: 100, ...asked(CURSOR) },
    help: "如 data.next；空的就是取完了。",
  },
  {
    ...{ name: "total", label: "总行数在答复的哪里", type: "text", max: 100, visible: PAGED },
    help: "如 data.total，用来查缺页和重复。对方不给的留空，那样少了一页查不出来。",
  },
  {
    ...{ name: "signature", label: "签名", type: "choice", required: true },
    choices: choice({ none: "不签名", ...ALGORITHMS }),
    help: "签名时，上面的口令就是签名密钥，不再放在请求头里。",
  },
  {
    ...{ name: "canonical", label: "签名的内容", type: "longtext", max: 500, ...asked(SIGNED) },
    help: "照对方的接口说明写：{method} {path} {query} {timestamp} {nonce} {digest}（请求体摘要）{key}，换行写 \\n。",
  },
  {
    ...{ name: "encoding", label: "签名写成", type: "choice", ...asked(SIGNED) },
    choices: choice({ hex: "十六进制", base64: "Base64" }),
  },
  {
    ...{ name: "time", label: "时间写成", type: "choice", ...asked(SIGNED) },
    choices: choice({ ms: "毫秒", s: "秒" }),
  },
  {
    ...{ name: "keyId", label: "我方标识", type: "text", max: 100, visible: SIGNED },
    help: "如 AppId，对方没有的留空。",
  },
  { ...{ name: "signatureHeader", label: "放签名的请求头", type: "text", max: 60, ...asked(SIGNED) } },
  { ...{ name: "timestampHeader", label: "放时间的请求头", type: "text", max: 60, ...asked(SIGNED) } },
  { ...{ name: "nonceHeader", label: "放随机数的请求头", type: "text", max: 60, visible: SIGNED } },
  { ...{ name: "digestHeader", label: "放摘要的请求头", type: "text", max: 60, visible: SIGNED } },
  { ...{ name: "keyHeader", label: "放我方标识的请求头", type: "text", max: 60, visible: SIGNED } },
];

export function initialOf(p: Protocol | undefined): Record<string, string | number | undefined> {
  const { json, signing } = p ?? { json: null, signing: null };
  const paging = json?.paging;
  const headers = signing?.headers;
  return {
    ...{ format: json ? "json" : "file", method: json?.method ?? "GET", rowsAt: json?.rows ?? "data.list" },
    columns: Object.entries(json?.columns ?? {})
      .map((pair) => pair.join("="))
      .join("\n"),
    ...{ paging: paging?.kind ?? "none", at: paging?.at ?? "pageNum", size: paging?.size ?? "pageSize" },
    ...{ rows: paging?.rows ?? 500, first: String(paging?.first ?? 1), next: paging?.next ?? undefined },
    total: json ? (paging?.total ?? undefined) : "data.total",
    signature: signing?.algorithm ?? "none",
    canonical: signing?.canonical ?? "{method}\\n{path}\\n{query}\\n{timestamp}\\n{nonce}\\n{digest}",
    ...{
      encoding: signing?.encoding ?? "hex",
      time: signing?.time ?? "ms",
      keyId: signing?.keyId ?? undefined,
    },
    signatureHeader: headers?.signature ?? "X-Signature",
    timestampHeader: headers?.timestamp ?? "X-Timestamp",
    nonceHeader: headers ? (headers.nonce ?? undefined) : "X-Nonce",
    ...{ digestHeader: headers?.digest ?? undefined, keyHeader: headers?.key ?? undefined },
  };
}

export function protocolOf(v: Values): Protocol {
  const text = (name: string) => String(v[name] ?? "").trim();
  const some = (name: string) => text(name) || null;
  const kind = text("paging");
  return {
    json:
      v.format === "json"
        ? {
            ...{ method: v.method === "POST" ? "POST" : "GET", rows: text("rowsAt") },
            columns: Object.fromEntries(
              text("columns")
                .split("\n")
                .map((line) => line.split(/[=＝]/).map((s) => s.trim()))
                .flatMap(([ours, theirs]) => (ours ? [[ours, theirs ?? ""]] : [])),
            ),
            paging:
              kind === "page" || kind === "cursor"
                ? {
                    ...{ kind, at: text("at"), size: text("size"), rows: Number(v.rows) },
                    first: kind === "page" ? Number(v.first) : 1,
                    ...{ next: kind === "cursor" ? some("next") : null, total: some("total") },
                  }
                : null,
          }
        : null,
    signing:
      v.signature === "hmac-sha256" || v.signature === "hmac-sm3"
        ? {
            ...{ algorithm: v.signature, canonical: text("canonical"), keyId: some("keyId") },
            ...{ encoding: v.encoding === "base64" ? "base64" : "hex", time: v.time === "s" ? "s" : "ms" },
            headers: {
              ...{ signature: text("signatureHeader"), timestamp: some("timestampHeader") },
              ...{ nonce: some("nonceHeader"), digest: some("digestHeader"), key: some("keyHeader") },
            },
          }
        : null,
  };
}

/** One line under the address: what is asked and how. */
export function protocolInWords({ json, signing }: Protocol): string {
  const paging = { page: "按页码分页", cursor: "按游标分页" };
  return [
    json
      ? `JSON 接口${json.paging ? `，${paging[json.paging.kind]}，每页 ${json.paging.rows} 行` : ""}`
      : "整份文件",
    ...(signing ? [`${ALGORITHMS[signing.algorithm]} 签名`] : []),
  ].join("，");
}
