/**
 * Everybody's amount raised by a standard that reaches back two months: counted (what is previewed) and applied, by the
 * same jobs as in the house. The floor writes the same new amounts with COPY.
 */
import { addMonths, firstDay, monthOf, newId } from "@wuxin/kernel";
import { type Actor, createWorker, systemActor } from "@wuxin/platform";
import type { Figures } from "../money.ts";
import type { MoneyCounty, MoneyDatabase } from "./database.ts";
import { COUNTY, drawn } from "./population.ts";

const officer = (name: string, role: string): Actor => ({
  ...systemActor(COUNTY),
  accountId: newId(),
  name,
  role,
});

/** Raises the standard that the drawn item reads by a tenth, as two officers would. Gives the run. */
async function raise({ house }: MoneyCounty): Promise<string> {
  const { clock, standards, db } = house;
  const [clerk, second] = [officer("甲", "county"), officer("乙", "county")];
  const since = firstDay(addMonths(monthOf(clock.today()), -2));
  const list = await db.transact(clerk, (tx) => standards.list(tx));
  const { item } = await drawn();
  const row = list.find(
    (s) =>
      s.type === "money" && s.derived === null && s.current && s.readers.some((r) => r.code === item.code),
  );
  if (!row?.current) throw new Error("the benchmark needs a standard that rules read");
  const id = newId();
  const values = row.current.values.map((v) => ({
    ...{ key: v.key, unit: null },
    text: String(Math.round(Number(v.printed) * 1.1)),
  }));
  await db.transact(clerk, (tx) =>
    standards.propose(tx, row.name, {
      ...{ id, since, form: "amount" as const, values, multiple: null, note: null, corrects: false },
      document: "压测〔2026〕1号",
    }),
  );
  await db.transact(clerk, (tx) => standards.submit(tx, id));
  await house.as({ actor: second }, (tx) => standards.approve(tx, id, null));
  const [run] = await db.read(second, (tx) => house.entitlements.repricing?.list(tx) ?? Promise.resolve([]));
  if (!run) throw new Error("no run was opened");
  return run.id;
}

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Record<string, unknown>> = {};
  const floor: Record<string, Record<string, unknown>> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { house } = county;
      const { repricing } = house.entitlements;
      if (!repricing) throw new Error("no repricing");
      const id = await raise(county);
      const failed: unknown[] = [];
      const worker = createWorker(house.db, house.jobs, { onError: (e) => failed.push(e) });
      const preview = await db.measure(() => worker.runDue());
      const leader = officer("丙", "leader");
      await house.as({ actor: leader }, (tx) => repricing.release(tx, id, { note: "" }));
      const apply = await db.measure(() => worker.runDue());
      if (failed.length > 0) throw failed[0];
      const page = await house.db.transact(leader, (tx) => repricing.page(tx, id));
      if (!page.report || page.report.total.raise < size * 0.9)
        throw new Error(`hardly anybody was raised: ${JSON.stringify(page.report?.total)}`);
      if (JSON.stringify(page.report.total) !== JSON.stringify(page.preview?.total))
        throw new Error("what was previewed is not what was done");
      const seconds = Math.round((preview.seconds + apply.seconds) * 100) / 100;
      figures[size] = {
        ...{ seconds, previewSeconds: preview.seconds, applySeconds: apply.seconds },
        peakMb: Math.max(preview.peakMb, apply.peakMb),
        load: Math.max(preview.load, apply.load),
        monthlyFen: page.report.total.afterFen - page.report.total.beforeFen,
        backFen: page.report.total.backFen,
      };
      floor[size] = await db.floor(county, "entitlement_amount", "reprice_id is not null");
      db.tell(`reprice ${size}: ${JSON.stringify(figures[size])}, floor ${JSON.stringify(floor[size])}`);
    });
  return { figures: figures as Figures, floor: floor as Figures };
}
