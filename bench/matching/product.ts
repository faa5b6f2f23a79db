/**
 * The five lists through the whole product: `product.ts FOLDER`. Each list arrives as a department sends it (its headings in
 * the words of our declared feeds), is saved, run by the worker against 50,000 people who draw a benefit, and what it found
 * is stored sealed, with alerts, events and trail, in a real PostgreSQL; the file is deleted. A process of its own does it
 * (`product.ts FOLDER URL`), so that its memory is its own; time counts from its first list, its start does not. The rules
 * are the house's own, so the alerts are counted, not compared by digest. The floor: the same rows written by COPY.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { newId } from "@wuxin/kernel";
import { createWorker, systemActor, type Vault, withClient } from "@wuxin/platform";
import { houseAt, openMoneyDatabase, peakMb } from "../money/database.ts";
import { COUNTY } from "../money/population.ts";

const [folder = "", url] = process.argv.slice(2);
/** The feed that each list is, and its headings in that feed's words. */
const FEEDS = {
  vehicle: ["vehicles", "身份证号码,所有人,号牌号码,品牌,估值,登记日期,状态"],
  property: ["real-estate", "身份证号码,权利人,不动产权证号,坐落,面积,用途,登记日期"],
  pension: ["pensions", "身份证号码,姓名,待遇类型,月待遇金额,起始月份,状态"],
  business: [
    "market-entities",
    "统一社会信用代码,法定代表人身份证号,名称,注册资本（万元）,登记状态,成立日期",
  ],
  death: ["police-deaths", "身份证号码,姓名,死亡日期,备注"],
} as const;

async function* sent(file: string, heading: string) {
  yield Buffer.from(`${heading}\n`);
  const head = Buffer.alloc(1000);
  const fd = fs.openSync(file, "r");
  fs.readSync(fd, head, 0, 1000, 0);
  fs.closeSync(fd);
  yield* fs.createReadStream(file, { start: head.indexOf(10) + 1, highWaterMark: 1 << 20 });
}

/** The people of the benchmark take the places of people who draw a benefit. */
async function watched(ownerUrl: string, vault: Vault, people: readonly string[]): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (let from = 0; from < people.length; from += 5_000) {
      const some = people.slice(from, from + 5_000);
      await client.query(
        `update person p set id_no_sealed = n.sealed, id_no_digest = sha256(n.sealed)
         from (select row_number() over (order by id) as at, county_code, id from person) o,
           unnest($1::bytea[]) with ordinality n(sealed, at)
         where o.at = n.at + $2 and p.county_code = o.county_code and p.id = o.id`,
        [some.map((id) => vault.seal(id)), from],
      );
    }
    await client.query("analyze");
  });
}

async function runLists(appUrl: string) {
  const house = await houseAt(appUrl);
  const { db } = house;
  const actor = { ...systemActor(COUNTY), accountId: newId(), name: "测一", role: "county" };
  const worker = createWorker(db, house.jobs, {
    onError: (error) => {
      throw error;
    },
  });
  let [rows, alerts] = [0, 0];
  const start = performance.now();
  for (const [name, [feed, heading]] of Object.entries(FEEDS)) {
    const id = newId();
    await house.matching.save(COUNTY, id, Readable.from(sent(path.join(folder, `${name}.csv`), heading)));
    await db.transact(actor, (tx) =>
      house.matching.receive(tx, { id, feed, origin: "console", fileName: `${name}.csv` }),
    );
    await worker.runDue();
    const run = await db.read(actor, (tx) => house.matching.run(tx, id));
    if (run.state !== "done") throw new Error(`${name}: ${run.refusal ?? run.state}`);
    rows += run.rows ?? 0;
    alerts += run.alerts ?? 0;
  }
  const seconds = Math.round((performance.now() - start) / 10) / 100;
  await db.close();
  return { rows, alerts, seconds, peakMb: peakMb() };
}

async function main() {
  const people = fs
    .readFileSync(path.join(folder, "persons.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0]!);
  const money = await openMoneyDatabase();
  try {
    await money.with(people.length, async (county) => {
      await watched(county.ownerUrl, county.platform.vault, people);
      const said = execFileSync(
        process.execPath,
        ["--import", "tsx", import.meta.filename, folder, county.appUrl],
        { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
      );
      let floorSeconds = 0;
      for (const [table, where] of [
        ["feed_match", "true"],
        ["alert", "true"],
        ["outbox", "kind = 'alert.raised'"],
      ] as const)
        floorSeconds += (await money.floor(county, table, where)).seconds;
      console.log(JSON.stringify({ ...JSON.parse(said), floorSeconds }));
    });
  } finally {
    await money.close();
  }
}

if (url === undefined) await main();
else {
  process.stdout.write(JSON.stringify(await runLists(url)));
  process.exit(0);
}
