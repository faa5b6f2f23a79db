/** What is struck: a standard raised for past months, the month's roster with its back-pay, the bank's answer to it. */
import { Readable } from "node:stream";
import { answerCsv } from "@wuxin/engines/payments";
import { addMonths, firstDay, type Month, monthOf, newId, systemClock } from "@wuxin/kernel";
import { type Actor, connect, createVault, openFileStore, systemActor } from "@wuxin/platform";
import { compose, type House } from "@wuxin/server";
import { COUNTY, drawn } from "../../bench/money/population.ts";

const officer = (name: string, role: string): Actor => ({
  ...systemActor(COUNTY),
  ...{ accountId: newId(), name, role },
});
export const clerk = officer("甲", "county");
export const second = officer("乙", "county");
export const leader = officer("丙", "leader");
export const finance = officer("丁", "finance");
export const thisMonth = monthOf(systemClock.today());
/** The same rows in the calm and in the struck story; a roster's lines have its id up to the last 12 digits. */
export const ROSTER = "0193a001-0000-7000-8000-000000000000";
export const RETURN = "0193a002-0000-7000-8000-000000000000";
const LAST_ROSTER = "0193a003-0000-7000-8000-000000000000";
const STANDARD = "0193a004-0000-7000-8000-000000000000";

export const vault = createVault(Buffer.alloc(64, 7));
export async function openStory(appUrl: string, folder: string) {
  const db = connect(appUrl, { max: 4 });
  return { db, house: await compose({ db, vault, files: openFileStore(folder, vault) }) };
}

/** Last month is paid, so that the raise owes it a difference. */
export async function payLastMonth(house: House): Promise<void> {
  await house.as({ actor: clerk }, (tx) =>
    house.payments.generate(tx, { id: LAST_ROSTER, month: addMonths(thisMonth, -1) }),
  );
  await sign(house, LAST_ROSTER);
  const file = await send(house, LAST_ROSTER);
  await loadReturn(house, LAST_ROSTER, newId(), file);
}

/** Proposed and approved; gives the run that counts it. */
export async function raise(house: House): Promise<string> {
  const { item } = await drawn();
  await house.as({ actor: clerk }, async (tx) => {
    const row = (await house.standards.list(tx)).find(
      (s) => s.type === "money" && !s.derived && s.current && s.readers.some((r) => r.code === item.code),
    );
    await house.standards.propose(tx, row?.name ?? "", {
      ...{
        id: STANDARD,
        since: firstDay(addMonths(thisMonth, -2)),
        form: "amount",
        multiple: null,
        note: null,
      },
      values: (row?.current?.values ?? []).map((v) => ({
        ...{ key: v.key, unit: null, text: String(Math.round(Number(v.printed) * 1.1)) },
      })),
      ...{ corrects: false, document: "故障试验〔2026〕1号" },
    });
    await house.standards.submit(tx, STANDARD);
  });
  await house.as({ actor: second }, (tx) => house.standards.approve(tx, STANDARD, null));
  return (await house.as({ actor: leader }, (tx) => repricingOf(house).list(tx)))[0]?.id ?? "";
}
export function repricingOf(house: House) {
  const { repricing } = house.entitlements;
  if (!repricing) throw new Error("composed with repricing");
  return repricing;
}
export const release = (house: House, id: string) =>
  house.as({ actor: leader }, (tx) => repricingOf(house).release(tx, id, { note: "" }));

export const generate = (house: House, month: Month = thisMonth) =>
  house.as({ actor: clerk }, (tx) => house.payments.generate(tx, { id: ROSTER, month }));

export async function sign(house: House, rosterId: string): Promise<void> {
  for (const [step, actor] of [
    ["maker", clerk],
    ["checker", second],
    ["approver", leader],
  ] as const) {
    const { digest } = await house.as({ actor }, (tx) => house.payments.page(tx, rosterId));
    await house.as({ actor }, (tx) => house.payments.sign(tx, rosterId, { step, digest }));
  }
}
/** Its file asked for, for a worker; how far it is. */
export const askFile = (house: House, rosterId: string) =>
  house.as({ actor: finance }, (tx) =>
    house.payments.askBankFile(tx, rosterId, { id: newId(), format: "csv" }),
  );
export const fileMakings = (house: House, rosterId: string) =>
  house.read({ actor: finance }, (tx) => house.payments.bankFileMakings(tx, rosterId));
/** Sent, if it is not yet; gives the bank's answer: all paid but every fiftieth, which has no account any more. */
export async function send(house: House, rosterId: string): Promise<Buffer> {
  const sent = await house.as({ actor: finance }, (tx) =>
    house.payments.exportBankFile(tx, rosterId, { id: newId(), format: "csv" }),
  );
  const file = await house.as({ actor: finance }, (tx) =>
    house.payments.downloadBankFile(tx, sent.bankFiles[0]?.id ?? ""),
  );
  const paidOn = house.clock.today();
  return answerCsv(file.bytes, ({ index }) =>
    index % 50 === 49
      ? { outcome: "failed", failCode: "E1", failReason: "账户已销户" }
      : { outcome: "paid", paidOn, bankSerial: "S1" },
  );
}
export const loadReturn = (house: House, rosterId: string, id: string, bytes: Buffer) =>
  house.as({ actor: finance }, (tx) =>
    house.payments.loadReturn(tx, rosterId, { id, fileName: "回盘.csv", bytes }),
  );

/** The same as a file on its way, for a worker; gives where it is. */
export const receiveReturn = (house: House, rosterId: string, bytes: Buffer) =>
  house.as({ actor: finance }, (tx) =>
    house.payments.receiveReturn(tx, rosterId, { id: newId(), fileName: "回盘.csv" }, Readable.from([bytes])),
  );
export const askReturn = (house: House, id: string) =>
  house.read({ actor: finance }, (tx) => house.payments.returnIntake(tx, id));

/** Everything the story wrote that must not depend on how often it was struck; by kind of row. */
export const CONTENT = `
  select 'amounts' as what, count(*)::int as n, md5(string_agg(concat_ws('|', entitlement_id, seq, from_month, amount_fen,
    persons, reason), E'\\n' order by entitlement_id, seq)) as digest from entitlement_amount
  union all select 'rosters', count(*)::int, md5(string_agg(concat_ws('|', id, month, number, state, total_fen,
    included_fen, paid_fen, failed_fen, held_fen, pending_fen, digest), E'\\n' order by id)) from roster
  union all select 'lines', count(*)::int, md5(string_agg(concat_ws('|', id, seq, entitlement_id, item, month, round,
    change, amount_fen, deducted_fen, previous_fen, persons, included, live, state, fail_reason), E'\\n' order by id))
    from roster_line
  union all select 'slots', count(*)::int, md5(string_agg(concat_ws('|', encode(person_digest, 'hex'), exclusivity_group,
    month, line_id), E'\\n' order by line_id, person_digest, exclusivity_group)) from payment_slot where released_at is null
  union all select 'events', count(*)::int, md5(string_agg(concat_ws('|', line_id, kind, amount_fen, month, settled_on),
    E'\\n' order by line_id, kind, amount_fen, month, settled_on)) from payment_event
  union all select 'files', count(*)::int, md5(string_agg(concat_ws('|', roster_id, format, lines, total_fen, digest),
    E'\\n' order by roster_id, format)) from bank_file
  union all select 'returns', count(*)::int, md5(string_agg(concat_ws('|', roster_id, paid, failed, unknown, duplicated),
    E'\\n' order by roster_id)) from bank_return
  union all select 'recoveries', count(*)::int, md5(string_agg(concat_ws('|', id, state, amount_fen), E'\\n' order by id))
    from recovery order by 1`;
