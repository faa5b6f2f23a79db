/** What the parts about rosters share: the people who sign, and a roster taken as far as a part needs it. */
import { addMonths, formatYuan, monthOf, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import type { MoneyCounty } from "./database.ts";
import { COUNTY } from "./population.ts";

export const actor = (role: string, name: string): Actor => ({
  ...systemActor(COUNTY),
  accountId: newId(),
  name,
  role,
});
const clerk = actor("county", "测一");
const signers = [clerk, actor("county", "测二"), actor("leader", "测三")];
export const finance = actor("finance", "测四");

/** The roster of last month, made. */
export function generate({ house }: MoneyCounty) {
  const month = addMonths(monthOf(house.clock.today()), -1);
  return house.db.transact(clerk, (tx) => house.payments.generate(tx, { id: newId(), month }));
}

/** Signed three times. */
export async function sign({ house }: MoneyCounty, id: string, digest: string): Promise<void> {
  for (const [i, step] of (["maker", "checker", "approver"] as const).entries())
    await house.db.transact(signers[i] as Actor, (tx) => house.payments.sign(tx, id, { step, digest }));
}

/** The bank's CSV, asked for: a worker writes it. */
export const askFile = ({ house }: MoneyCounty, id: string) =>
  house.db.transact(finance, (tx) => house.payments.askBankFile(tx, id, { id: newId(), format: "csv" }));
/** The same, at hand at once. */
export async function send(county: MoneyCounty, id: string): Promise<Buffer> {
  await county.house.db.transact(finance, (tx) =>
    county.house.payments.exportBankFile(tx, id, { id: newId(), format: "csv" }),
  );
  return fetchFile(county, id);
}
/** The whole of it. */
export async function fetchFile({ house }: MoneyCounty, id: string): Promise<Buffer> {
  const { bankFiles } = await house.db.transact(finance, (tx) => house.payments.page(tx, id));
  const fileId = bankFiles[0]?.id ?? "";
  const file = await house.db.transact(finance, (tx) => house.payments.downloadBankFile(tx, fileId));
  return file.bytes;
}

/** The bank paid everything: its file with the five empty columns of the answer filled in, line by line. */
export function allPaid(file: Buffer, day: string): Buffer {
  const pieces: Buffer[] = [];
  const filled = Buffer.from(`,成功,,,B1,${day}\r\n`);
  for (let at = 0; at < file.length; ) {
    const end = file.indexOf("\r\n", at);
    const line = file.subarray(at, end);
    const open =
      line.subarray(-5).toString("latin1") === ",,,,," && !line.subarray(0, TOTAL.length).equals(TOTAL);
    pieces.push(open ? Buffer.concat([line.subarray(0, -5), filled]) : file.subarray(at, end + 2));
    at = end + 2;
  }
  return Buffer.concat(pieces);
}
const TOTAL = Buffer.from("合计");

/** Enough money for the month, so that the ledger posts it. */
export const allocate = ({ house }: MoneyCounty, amountFen: number) =>
  house.db.transact(finance, (tx) =>
    house.funds.allocate(tx, {
      ...{
        id: newId(),
        source: "县",
        document: `测财〔${formatYuan(amountFen)}〕1号`,
        item: "",
        amountFen,
        note: "",
      },
      ...{ issuedOn: house.clock.today(), receivedOn: house.clock.today() },
    }),
  );

/** Signed, sent, paid and posted, with the money for it. */
export async function pay(county: MoneyCounty, rosterId: string): Promise<void> {
  const { house } = county;
  const { digest, totalFen } = await house.db.transact(finance, (tx) => house.payments.page(tx, rosterId));
  await allocate(county, totalFen);
  await sign(county, rosterId, digest);
  const bytes = allPaid(await send(county, rosterId), house.clock.today());
  await house.db.transact(finance, (tx) =>
    house.payments.loadReturn(tx, rosterId, { id: newId(), fileName: "回盘.csv", bytes }),
  );
  await house.dispatcher.drain(COUNTY);
  await house.audit.seal(house.db, COUNTY);
}

/** Last month paid; gives its roster. */
export async function paidMonth(county: MoneyCounty): Promise<string> {
  const { id } = await generate(county);
  await pay(county, id);
  return id;
}
