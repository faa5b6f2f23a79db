/** Rosters of the random county, and what its bank makes of them. */
import { answerCsv, type BankAnswer } from "@wuxin/engines/payments";
import { addMonths, type Month, newId } from "@wuxin/kernel";
import { ask, type County, type Doing, owner, pick, thisMonth, today } from "./random-county.ts";

interface Roster {
  id: string;
  number: string;
  state: string;
  kind: string;
  month: Month;
}
export const rosters = (w: County, ...states: string[]) =>
  owner<Roster>(
    w,
    "select id, number, state, kind, month from roster where state = any($1) order by month, number",
    [states],
  );
export const nextMonth: Doing = async (w) => {
  w.clock.set(`${addMonths(thisMonth(w), 1)}-05`);
};

export const generate: Doing = async (w, [a]) => {
  const month = addMonths(thisMonth(w), a % 5 === 0 ? 1 : 0);
  const id = newId();
  await ask(w, `生成 ${month} 名册`, "xian", (tx) => w.house.payments.generate(tx, { id, month }));
};
export const holdOrRelease: (kind: "hold" | "release") => Doing =
  (kind) =>
  async (w, [a, b]) => {
    const of = kind === "hold" ? ["draft"] : ["draft", "sent", "closed"];
    const roster = pick(await rosters(w, ...of), a);
    const line = pick(
      await owner<{ id: string; payee: string }>(
        w,
        "select id, payee_name as payee from roster_line where roster_id = $1 and state = $2 order by seq",
        [roster?.id ?? null, kind === "hold" ? "ready" : "held"],
      ),
      b,
    );
    if (!roster || !line) return;
    const what = `名册 ${roster.number} ${kind === "hold" ? "暂缓" : "放行"}${line.payee}`;
    await ask(w, what, kind === "hold" ? "xian" : "shenpi", (tx) =>
      w.house.payments[kind](tx, roster.id, line.id, { reason: "核实" }),
    );
  };
export const discard: Doing = async (w, [a, , c]) => {
  const roster = c % 3 === 0 ? pick(await rosters(w, "draft", "made", "checked", "approved"), a) : undefined;
  if (roster)
    await ask(w, `作废名册 ${roster.number}`, "xian", (tx) =>
      w.house.payments.discard(tx, roster.id, { reason: "重做" }),
    );
};
const ALL = ["draft", "made", "checked", "approved", "sent", "closed"];
const SIGNING = [
  ["draft", "maker", "xian"],
  ["made", "checker", "fuhe"],
  ["checked", "approver", "shenpi"],
] as const;
async function sign(w: County, roster: Roster, steps: number): Promise<boolean> {
  const from = SIGNING.findIndex(([state]) => state === roster.state);
  if (from < 0) return roster.state === "approved";
  for (const [, step, who] of SIGNING.slice(from, from + steps)) {
    const signed = await ask(w, `名册 ${roster.number} 签字 ${step}`, who, async (tx) => {
      const { digest } = await w.house.payments.page(tx, roster.id);
      return w.house.payments.sign(tx, roster.id, { step, digest });
    });
    if (!signed) return false;
  }
  return from + steps >= SIGNING.length;
}
/** Signed as far as is missing, and sent. */
export async function send(w: County, roster: Roster): Promise<void> {
  if (!(await sign(w, roster, 3))) return;
  const id = newId();
  const sent = await ask(w, `名册 ${roster.number} 报送银行`, "caiwu", (tx) =>
    w.house.payments.exportBankFile(tx, roster.id, { id, format: "csv" }),
  );
  const fileId = sent?.bankFiles[0]?.id;
  if (!fileId) return;
  const { bytes } = await w.o.as("caiwu", (tx) => w.house.payments.downloadBankFile(tx, fileId));
  w.files.set(roster.id, bytes);
}
export const push: Doing = async (w, [a, , c]) => {
  const roster = pick((await rosters(w, "draft", "made", "checked", "approved")).reverse(), a % 2);
  if (!roster) return;
  if (c === 0) await sign(w, roster, 1);
  else await send(w, roster);
};
/** The bank's answers: some left out, some failed, some not known yet. It never takes back what it said. */
export async function answer(w: County, rosterId: string, mood: number | null): Promise<void> {
  const file = w.files.get(rosterId);
  if (!file) return;
  const counts = { paid: 0, failed: 0, unknown: 0 };
  const bytes = answerCsv(file, (l) => {
    if (mood !== null && (l.index + mood) % 4 === 0) return null;
    const fresh: BankAnswer =
      mood !== null && (mood + l.index) % 3 === 0
        ? { outcome: "failed", failCode: "E1", failReason: "账户冻结" }
        : mood !== null && (mood + l.index) % 7 === 0
          ? { outcome: "unknown" }
          : { outcome: "paid", bankSerial: `S${w.serial}`, paidOn: today(w) };
    const known = w.bank.get(l.lineId);
    const said = known && known.outcome !== "unknown" ? known : fresh;
    w.bank.set(l.lineId, said);
    counts[said.outcome]++;
    return said;
  });
  const id = newId();
  const what = `装载回盘：成功 ${counts.paid}，失败 ${counts.failed}，未知 ${counts.unknown}`;
  await ask(w, what, "caiwu", (tx) =>
    w.house.payments.loadReturn(tx, rosterId, { id, fileName: "回盘.csv", bytes }),
  );
}
export const bankAnswers: Doing = async (w, [a, b]) => {
  const roster = pick((await rosters(w, "sent", "closed")).reverse(), a % 3);
  if (roster) await answer(w, roster.id, b % 3 === 0 ? null : b);
};
/** Another roster's answer, or one with an amount that was not sent: refused whole. */
export const wrongFile: Doing = async (w, [a, b]) => {
  const roster = pick(await rosters(w, "sent", "closed"), a);
  const [, file] =
    pick(
      [...w.files].filter(([id]) => (b % 2 ? id !== roster?.id : id === roster?.id)),
      b,
    ) ?? [];
  if (!roster || !file) return;
  let bytes = answerCsv(file, () => ({ outcome: "paid", bankSerial: "X", paidOn: today(w) }));
  if (b % 2 === 0) {
    const text = bytes.toString("utf8");
    bytes = Buffer.from(
      text.replace(/,(\d+),(\d+\.\d\d),/, (_, fen, yuan) => `,${Number(fen) + 100},${yuan},`),
    );
    if (bytes.toString("utf8") === text) return;
  }
  const before = await owner(w, "select count(*)::int as n from payment_event");
  const id = newId();
  const loaded = await ask(w, "装载错的回盘", "caiwu", (tx) =>
    w.house.payments.loadReturn(tx, roster.id, { id, fileName: "错.csv", bytes }),
  );
  const after = await owner(w, "select count(*)::int as n from payment_event");
  if (loaded || JSON.stringify(after) !== JSON.stringify(before))
    throw new Error(["装载了错的回盘", ...w.told].join("\n"));
};
export const reissue: Doing = async (w, [a]) => {
  const roster = pick((await rosters(w, "sent", "closed")).reverse(), a % 3);
  const id = newId();
  if (roster)
    await ask(w, `名册 ${roster.number} 失败补发`, "xian", (tx) =>
      w.house.payments.reissue(tx, roster.id, { id }),
    );
};
/** A whole ordinary month: made, signed, sent, and paid. */
export const payMonth: Doing = async (w, [, b]) => {
  const made = async () =>
    (await rosters(w, ...ALL)).find((r) => r.kind === "monthly" && r.month === thisMonth(w));
  if (["sent", "closed"].includes((await made())?.state ?? "")) await nextMonth(w, [0, 0, 0]);
  if (!(await made())) await generate(w, [1, 0, 0]);
  const roster = await made();
  if (!roster) return;
  await send(w, roster);
  await answer(w, roster.id, b % 3 === 0 ? b : null);
};
