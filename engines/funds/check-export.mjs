// Proves an auditor's export on any machine with Node.js 20 or later: node check-export.mjs [folder]
// No network, no other package, no database. Reads each file once; exits with 1 and says what when a fen is wrong.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? path.dirname(fileURLToPath(import.meta.url));
const faults = [];
const fault = (text) => {
  faults.push(text);
  if (faults.length <= 50) console.error(`✗ ${text}`);
};
const sha = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const manifest = readManifest();
const yuan = (fen) => `${(Number(fen) / 100).toFixed(2)} 元`;

/** Without it nothing can be said of the rest. */
function readManifest() {
  try {
    const read = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
    if (Array.isArray(read.files) && read.files.every((f) => f && typeof f.name === "string")) return read;
  } catch {}
  console.error("✗ 清单 manifest.json 缺少或残缺，无法校验：请把整个压缩包重新解压，或请县里重新导出。");
  process.exit(1);
}

function cells(line) {
  if (!line.includes('"')) return line.split(",");
  const out = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (line[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      out.push(cell);
      cell = "";
    } else cell += c;
  }
  out.push(cell);
  return out;
}

/** The lines of a file; only a line feed ends one. What is read goes into the digest. */
async function* linesOf(file, digest) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of fs.createReadStream(file)) {
    digest.update(bytes);
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop();
    for (const piece of lines) yield { piece, whole: true };
  }
  if (rest !== "") yield { piece: rest, whole: false };
}

/** Every row of a file as an object; digest, chain and number of rows are compared on the way. */
async function each(name, work) {
  const told = manifest.files.find((f) => f.name === name);
  if (!told) return fault(`清单里没有 ${name}。`);
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return fault(`缺少文件 ${name}。`);
  const whole = createHash("sha256");
  let titles;
  let pending = "";
  let chain = Buffer.alloc(32);
  let rows = 0;
  let ended = true;
  for await (const { piece, whole: complete } of linesOf(file, whole)) {
    ended = complete;
    const line = pending === "" ? piece : `${pending}\n${piece}`;
    // An odd number of quotation marks: the cell goes on in the next line.
    if (line.includes('"') && (line.split('"').length - 1) % 2 === 1) {
      pending = line;
      continue;
    }
    pending = "";
    if (titles === undefined) {
      titles = line.split(",");
      continue;
    }
    rows++;
    chain = createHash("sha256").update(chain).update(`${line}\n`).digest();
    const values = cells(line);
    if (values.length !== titles.length) {
      fault(`${name} 第 ${rows} 行：应有 ${titles.length} 栏，实有 ${values.length} 栏，这一行残缺。`);
      continue;
    }
    const row = {};
    for (let i = 0; i < titles.length; i++) row[titles[i]] = values[i] ?? "";
    work(row, values);
  }
  if (!ended || pending !== "") fault(`${name}：末行残缺，文件没有完整，请重新解压或重新导出。`);
  if (rows !== told.rows) fault(`${name}：清单写 ${told.rows} 行，实有 ${rows} 行。`);
  if (whole.digest("hex") !== told.sha256) fault(`${name}：文件摘要与清单不符，文件被改过。`);
  else if (chain.toString("hex") !== told.chain) fault(`${name}：逐行链与清单不符。`);
  console.log(`· ${told.title} ${name}：${rows} 行`);
}

// ── rosters: signed digest, totals, from the lines ──────────────────────────────────────────────────────────────
const rosters = new Map();
await each("rosters.csv", (r) => rosters.set(r.id, r));
await each("signatures.csv", (s) => {
  const roster = rosters.get(s.roster_id);
  if (!roster) return fault(`签字所属的名册 ${s.roster_id} 不在。`);
  roster.signers ??= new Set();
  if (roster.signers.has(s.account_id)) fault(`名册 ${roster.number}：${s.name} 签了两步。`);
  roster.signers.add(s.account_id);
  if (s.digest !== roster.digest) fault(`名册 ${roster.number}：${s.name} 签的不是现在的内容。`);
});
for (const r of rosters.values())
  if (["sent", "closed"].includes(r.state) && r.signers?.size !== 3)
    fault(`名册 ${r.number} 已报送，签字却不是三人。`);

const EMPTY = {
  lines: 0,
  total: 0,
  includedLines: 0,
  included: 0,
  paid: 0,
  failed: 0,
  held: 0,
  chunk: "",
  d: [],
};
const sums = new Map();
await each("lines.csv", (l) => {
  let s = sums.get(l.roster_id);
  if (!s) {
    s = { ...EMPTY, d: [] };
    sums.set(l.roster_id, s);
  }
  const fen = Number(l.amount_fen);
  // The text that was signed, a thousand lines to a digest.
  const place = Math.floor((Number(l.seq) - 1) / 1000);
  if (s.place !== undefined && s.place !== place) {
    s.d.push(sha(s.chunk));
    s.chunk = "";
  }
  s.place = place;
  const text = [
    l.seq,
    l.id,
    l.month,
    l.entitlement_id,
    l.payee_id,
    l.payee_name,
    l.payee_digest,
    l.account_digest,
  ];
  text.push(l.bank_name, l.holder_name, l.amount_fen, l.persons, l.change, l.included);
  if (rosters.get(l.roster_id)?.digest_form !== "1")
    text.push(l.item, l.division_code, l.previous_fen, l.round, l.deducted_fen, l.reissue_of);
  s.chunk += (s.chunk === "" ? "" : "\n") + text.join("\x1f");
  if (l.change === "stopped") return;
  s.lines++;
  s.total += fen;
  if (l.included === "t") {
    s.includedLines++;
    s.included += fen;
  }
  if (l.state === "paid") s.paid += fen;
  if (l.state === "failed" || l.state === "reissued") s.failed += fen;
  if (l.state === "held") s.held += fen;
});
for (const id of sums.keys()) if (!rosters.has(id)) fault(`明细所属的名册 ${id} 不在名册里。`);
for (const r of rosters.values()) {
  const s = sums.get(r.id) ?? { ...EMPTY, d: [] };
  if (s.chunk !== "") s.d.push(sha(s.chunk));
  if (s.lines > 0 && sha(s.d.join("")) !== r.digest)
    fault(`名册 ${r.number}：按明细重算的摘要与签字的摘要不符，明细被改过。`);
  for (const [name, was, now] of [
    ["合计", r.total_fen, s.total],
    ["报送", r.included_fen, s.included],
    ["已付", r.paid_fen, s.paid],
    ["失败", r.failed_fen, s.failed],
    ["暂缓", r.held_fen, s.held],
  ])
    if (Number(was) !== now) fault(`名册 ${r.number}：${name}写 ${yuan(was)}，明细加总 ${yuan(now)}。`);
}
await each("bank-files.csv", (f) => {
  const r = rosters.get(f.roster_id);
  if (!r || f.total_fen !== r.included_fen || f.lines !== r.included_lines)
    fault(`银行文件 ${f.name}：${f.lines} 笔 ${yuan(f.total_fen)}，与名册应报送的不符。`);
});
await each("returns.csv", () => {});

// ── one person, one kind, one month ─────────────────────────────────────────────────────────────────────────────
let last = "";
await each("slots.csv", (s) => {
  const key = `${s.person_digest} ${s.exclusivity_group} ${s.month}`;
  if (key === last) fault(`同一人 ${s.month} 的“${s.exclusivity_group}”占了两个名额（明细 ${s.line_id}）。`);
  last = key;
});

// ── the money trail: what was sealed, what was paid once ────────────────────────────────────────────────────────
const paidByRoster = new Map();
const paidOrigins = new Set();
await each("events.csv", (e, values) => {
  if (e.sealed !== "" && sha(values.slice(0, 17).join("\x1f")) !== e.sealed)
    fault(`发放流水第 ${e.position} 号与封存时不同（明细 ${e.line_id}，${yuan(e.amount_fen)}）。`);
  if (e.kind !== "paid") return;
  if (paidOrigins.has(e.origin_line_id)) fault(`同一笔钱付了两次（明细 ${e.origin_line_id}）。`);
  paidOrigins.add(e.origin_line_id);
  paidByRoster.set(e.roster_id, (paidByRoster.get(e.roster_id) ?? 0) + Number(e.amount_fen));
});
for (const r of rosters.values())
  if (Number(r.paid_fen) !== (paidByRoster.get(r.id) ?? 0))
    fault(`名册 ${r.number}：已付 ${yuan(r.paid_fen)}，流水 ${yuan(paidByRoster.get(r.id) ?? 0)}。`);

// ── the ledger: balance of every journal, every account added up again ──────────────────────────────────────────
const entries = new Map();
const balances = new Map();
await each("entries.csv", (e) => {
  const j = entries.get(e.journal_id) ?? { debit: 0, credit: 0, text: [] };
  j.debit += Number(e.debit_fen);
  j.credit += Number(e.credit_fen);
  j.text.push([e.seq, e.account_id, e.class, e.month, e.debit_fen, e.credit_fen].join(":"));
  entries.set(e.journal_id, j);
  const key = `${e.account_id} ${e.class}`;
  balances.set(key, (balances.get(key) ?? 0) + Number(e.debit_fen) - Number(e.credit_fen));
});
const postings = new Map();
await each("postings.csv", (p) => {
  const j = postings.get(p.journal_id) ?? { fen: 0, hash: createHash("sha256"), first: true };
  j.fen += Number(p.amount_fen);
  j.hash.update(j.first ? p.event_id : `,${p.event_id}`);
  j.first = false;
  postings.set(p.journal_id, j);
});
const outlays = new Map();
const journals = new Set();
await each("outlays.csv", (o) => {
  if (o.decision !== "confirmed") return;
  outlays.set(o.id, o);
  if (o.asked_by === o.decided_by) fault(`付款单 ${o.voucher}（${o.payee}）登记和确认是同一个人。`);
});
await each("journals.csv", (j, values) => {
  journals.add(j.id);
  if (j.kind === "outlay" && outlays.get(j.id)?.amount_fen !== j.amount_fen)
    fault(`资金分录第 ${j.position} 号：金额 ${yuan(j.amount_fen)}，没有同样金额、已确认的付款单。`);
  const e = entries.get(j.id) ?? { debit: 0, credit: 0, text: [] };
  const p = postings.get(j.id);
  if (e.debit !== e.credit || e.debit !== Number(j.amount_fen))
    fault(
      `资金分录第 ${j.position} 号：金额 ${yuan(j.amount_fen)}，借 ${yuan(e.debit)}，贷 ${yuan(e.credit)}。`,
    );
  if (j.roster_id !== "" && p?.fen !== Number(j.amount_fen))
    fault(`资金分录第 ${j.position} 号：金额 ${yuan(j.amount_fen)}，对应的流水 ${yuan(p?.fen ?? 0)}。`);
  const text = [...values.slice(0, 14), e.text.join(";"), p ? p.hash.digest("hex") : ""].join("\x1f");
  if (j.sealed !== "" && sha(text) !== j.sealed) fault(`资金分录第 ${j.position} 号与封存时不同。`);
});
for (const [what, of] of [
  ["分录", entries],
  ["流水对应", postings],
])
  for (const id of of.keys()) if (!journals.has(id)) fault(`${what}所属的资金凭证 ${id} 不在。`);
const CLASSES = { received: "拨入", available: "可用", committed: "占用", paid: "已付", recovered: "追回" };
const accounts = new Set();
await each("accounts.csv", (a) => {
  accounts.add(a.id);
  for (const [kind, title] of Object.entries(CLASSES)) {
    const sum = balances.get(`${a.id} ${kind}`) ?? 0;
    if (sum !== Number(a[kind]))
      fault(`资金 ${a.source} ${a.document}：${title}余额 ${yuan(a[kind])}，分录加总 ${yuan(sum)}。`);
  }
});
for (const key of balances.keys())
  if (!accounts.has(key.split(" ")[0])) fault(`分录所属的资金 ${key.split(" ")[0]} 不在。`);

for (const name of fs.readdirSync(folder))
  if (name.endsWith(".csv") && !manifest.files.some((f) => f.name === name))
    fault(`${name} 不在清单里，不是这份导出的文件。`);

if (faults.length > 50) console.error(`✗ ……共 ${faults.length} 处。`);
// Whoever rewrites everything, the list included, makes another list: only this says that it is the county's.
console.log(`清单摘要 ${sha(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"))}`);
console.log("请与县里「审计」页上这份导出的清单摘要对一遍，一样的才是当时导出的那一份。");
console.log(faults.length === 0 ? "✓ 全部相符 / everything agrees" : `✗ 有 ${faults.length} 处不符 / faults`);
process.exit(faults.length === 0 ? 0 : 1);
