/**
 * What people wait for at a roster, one request each, in seconds: by entitlements. In the draft a line is held, released
 * and a death is heard of; the paid roster is opened, paged through, searched, reconciled, published; the auditor's export
 * is written by a process of its own.
 */
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { systemActor, type Tx } from "@wuxin/platform";
import type { Figures } from "../money.ts";
import type { MoneyCounty, MoneyDatabase } from "./database.ts";
import { COUNTY, drawn } from "./population.ts";
import { actor, generate, pay } from "./steps.ts";

type Steps = Record<string, number>;

function timing({ house }: MoneyCounty, db: MoneyDatabase) {
  const steps: Steps = {};
  const timed = async <T>(name: string, who: typeof auditor, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const { value, seconds } = await db.measure(() => house.db.transact(who, work));
    steps[name] = seconds;
    return value;
  };
  return { steps, timed };
}
const auditor = actor("auditor", "测五");
const other = actor("county", "测二");

async function draft(county: MoneyCounty, db: MoneyDatabase, rosterId: string): Promise<Steps> {
  const { payments } = county.house;
  const { steps, timed } = timing(county, db);
  const { rows } = await timed("first page of lines", other, (tx) => payments.listLines(tx, rosterId));
  const line = rows.find((l) => l.state === "ready");
  if (!line) throw new Error("no line to hold");
  await timed("hold a line", other, (tx) => payments.hold(tx, rosterId, line.id, { reason: "核对户名" }));
  await timed("release a line", other, (tx) => payments.release(tx, rosterId, line.id, { reason: "已核对" }));
  await timed("hear of a death", systemActor(COUNTY), (tx) =>
    payments.onDeath(tx, { personId: line.payeeId }),
  );
  return steps;
}

async function paid(county: MoneyCounty, db: MoneyDatabase, rosterId: string, size: number): Promise<Steps> {
  const { payments, funds, monthly, clock } = county.house;
  const { item } = await drawn();
  const { steps, timed } = timing(county, db);
  const lines = (name: string, q: Parameters<typeof payments.listLines>[2], who = auditor) =>
    timed(name, who, (tx) => payments.listLines(tx, rosterId, q));
  const { rows } = await lines("a page of lines", { after: await lineOf(county, rosterId, size / 2) });
  await lines("a line by its number", { q: String(Math.floor(size / 2)) });
  await lines("lines that are held", { state: "held" });
  await lines("lines with a flag", { flag: "no-account" });
  await lines("lines of a name", { q: rows[0]?.payee ?? "" });
  const township = (rows[0] && (await divisionOf(county, rows[0].id)).slice(0, 9)) ?? COUNTY;
  const local = { ...actor("township", "测六"), scope: township };
  await lines("lines of a township", {}, local);
  await timed("roster page", auditor, (tx) => payments.page(tx, rosterId));
  await timed("rosters", auditor, (tx) => payments.list(tx));
  const year = Number(county.house.clock.today().slice(0, 4));
  await timed("funds page", auditor, (tx) => funds.page(tx, { year }));
  await timed("funds page of next year", auditor, (tx) => funds.page(tx, { year: year + 1 }));
  await timed("ledger entries", auditor, (tx) => funds.journal(tx));
  await timed("leader's money", auditor, (tx) => funds.outlook(tx));
  await timed("month's report", auditor, (tx) => monthly.page(tx, addMonths(monthOf(clock.today()), -1)));
  await timed("what may be published", other, (tx) => payments.publicities(tx, rosterId));
  await timed("publish", other, (tx) => payments.publish(tx, rosterId, { id: newId(), item: item.code }));
  await timed("names of a township", systemActor(COUNTY), (tx) => payments.hanging(tx, { township }));
  return steps;
}
const lineOf = async ({ owner }: MoneyCounty, rosterId: string, seq: number): Promise<string> =>
  (
    await owner<{ id: string }>("select id from roster_line where roster_id = $1 and seq = $2", [
      rosterId,
      Math.floor(seq),
    ])
  )[0]?.id ?? "";
const divisionOf = async ({ owner }: MoneyCounty, lineId: string): Promise<string> =>
  (await owner<{ code: string }>("select division_code as code from roster_line where id = $1", [lineId]))[0]
    ?.code ?? COUNTY;

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { house } = county;
      const roster = await generate(county);
      const before = await draft(county, db, roster.id);
      await pay(county, roster.id);
      const after = await paid(county, db, roster.id, size);
      await house.db.transact(auditor, (tx) => house.exports.request(tx, { id: newId() }));
      const { seconds, peakMb, load } = await db.apart(county, "work");
      db.tell(
        `screens of ${size}: ${JSON.stringify({ ...before, ...after })}; export ${seconds} s, ${peakMb} MB`,
      );
      figures[size] = { ...before, ...after, load, exportSeconds: seconds, exportMb: peakMb };
    });
  return { figures };
}
