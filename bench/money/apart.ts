/** A process of its own, which has done nothing before: does one thing and says how long and how big. */
import { addMonths, monthOf } from "@wuxin/kernel";
import { createWorker, systemActor } from "@wuxin/platform";
import type { House } from "@wuxin/server";
import { type Apart, houseAt, peakMb } from "./database.ts";
import { COUNTY } from "./population.ts";
import { actor } from "./steps.ts";

const [what, appUrl] = process.argv.slice(2) as [Apart, string];
const house = await houseAt(appUrl);
const { db } = house;
const steps: Record<string, number> = {};
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const value = await work();
  steps[name] = Math.round((performance.now() - start) / 10) / 100;
  return value;
}

/** What `npm run verify` does, without its printing. */
async function prove({ audit, payments, funds }: House): Promise<void> {
  const whole = { isolation: "repeatable read" } as const;
  const chains = await timed("chains", () => audit.verify(db, COUNTY));
  const rosters = await timed("rosters", () =>
    db.read(systemActor(COUNTY), (tx) => payments.prove(tx), whole),
  );
  const ledger = await timed("ledger", () => db.read(systemActor(COUNTY), (tx) => funds.check(tx), whole));
  const faults = [
    ...chains.flatMap((c) => c.firstBroken ?? []),
    ...rosters.faults,
    ...ledger.faults,
    ...ledger.differences.map((d) => d.text),
  ];
  if (faults.length > 0) throw new Error(`verify: ${faults.join("; ")}`);
}

/** As an auditor at the page: asked, asked once more, and the month's report on the screen and as both files. */
async function recheck({ payments, monthly, clock }: House): Promise<void> {
  const month = addMonths(monthOf(clock.today()), -1);
  const auditor = actor("auditor", "测五");
  await timed("run", () => db.transact(auditor, (tx) => payments.rechecks.run(tx, month)));
  await timed("again", () => db.transact(auditor, (tx) => payments.rechecks.run(tx, month)));
  await timed("page", () => db.transact(auditor, (tx) => monthly.page(tx, month)));
  for (const format of ["docx", "csv"] as const)
    await timed(format, () => db.transact(auditor, (tx) => monthly.file(tx, month, format)));
}

const start = performance.now();
if (what === "work") await createWorker(db, house.jobs, { onError: (e) => console.error(e) }).runDue();
else if (what === "prove") await prove(house);
else await recheck(house);
const seconds = Math.round((performance.now() - start) / 10) / 100;
process.stdout.write(JSON.stringify({ value: steps, seconds, peakMb: peakMb() }));
await db.close();
process.exit(0);
