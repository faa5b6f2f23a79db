import { DomainError } from "@wuxin/kernel";
import type { OfficialDocument } from "./model.ts";

type Check = (value: unknown, at: string) => void;

const fault = (at: string, want: string): never => {
  throw new DomainError("bad-document", `公文的「${at}」不对：${want}。请改正后再生成。`, { field: at });
};
const text: Check = (v, at) =>
  void (typeof v === "string" && v.trim() !== "" ? 0 : fault(at, "应当是不空的文字"));
const words: Check = (v, at) => void (typeof v === "string" ? 0 : fault(at, "应当是文字"));
const whole: Check = (v, at) =>
  void (Number.isSafeInteger(v) && (v as number) > 0 ? 0 : fault(at, "应当是正整数"));
const date: Check = (v, at) =>
  void (typeof v === "string" && /^\d{4}-\d{2}-\d{2}$/.test(v)
    ? 0
    : fault(at, "应当是 2024-05-06 样子的日期"));
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (v, at) =>
    void (allowed.includes(v) ? 0 : fault(at, `应当是 ${allowed.join("、")} 之一`));
const list =
  (each: Check): Check =>
  (v, at) => {
    if (!Array.isArray(v)) return fault(at, "应当是列表");
    v.forEach((one, i) => {
      each(one, `${at}[${i}]`);
    });
  };
/** Fields with ? may be absent; others are asked for; unknown ones are a slip of the pen and refused. */
const shape =
  (fields: Record<string, Check>): Check =>
  (v, at) => {
    if (typeof v !== "object" || v === null || Array.isArray(v)) return fault(at, "应当是一组字段");
    const record = v as Record<string, unknown>;
    const under = (name: string) => (at === "公文" ? name : `${at}.${name}`);
    for (const name of Object.keys(record))
      if (!(name in fields) && !(`${name}?` in fields)) fault(under(name), "没有这个字段");
    for (const [name, check] of Object.entries(fields)) {
      const plain = name.replace(/\?$/, "");
      if (record[plain] === undefined) {
        if (plain === name) fault(under(plain), "缺少");
      } else check(record[plain], under(plain));
    }
  };

const block: Check = (v, at) => {
  const kind = (v as { kind?: unknown } | null)?.kind;
  if (kind === "item") shape({ kind: text, level: oneOf(1, 2, 3, 4), heading: text, "text?": words })(v, at);
  else if (kind === "paragraph") shape({ kind: text, text })(v, at);
  else if (kind === "table")
    shape({
      kind: text,
      "caption?": words,
      columns: list(shape({ title: words, "width?": whole, "align?": oneOf("left", "center", "right") })),
      rows: list(list(words)),
    })(v, at);
  else fault(`${at}.kind`, "应当是 item、paragraph、table 之一");
};
const documentShape = shape({
  title: text,
  "head?": shape({
    masthead: text,
    number: shape({ office: text, year: whole, serial: whole }),
    "signer?": text,
    "copy?": text,
    "secrecy?": text,
    "urgency?": text,
  }),
  "addressee?": text,
  body: list(block),
  "attachments?": list(text),
  "annexes?": list(shape({ title: text, body: list(block) })),
  "issuer?": text,
  "date?": date,
  "note?": text,
  "imprint?": shape({ "copiedTo?": text, printedBy: text, printedOn: date }),
});

/**
 * A document from JSON that somebody wrote by hand.
 * @throws DomainError `bad-document` naming the field
 */
export function documentFrom(json: unknown): OfficialDocument {
  documentShape(json, "公文");
  return json as OfficialDocument;
}
