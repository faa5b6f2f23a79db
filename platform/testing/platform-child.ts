import { systemActor } from "../database.ts";
import { openPlatform } from "../open.ts";

/**
 * An installation in a process of its own, for tests that kill it: writes rows 1, 2, 3 … for ever and prints each
 * number only after its commit was acknowledged.
 */
const platform = await openPlatform({ dataDir: process.argv[2] as string, url: "", before: "0010" });
const county = systemActor("430621");
process.stdout.write("ready\n");
for (let n = Number(process.argv[3] ?? 0) + 1; ; n++) {
  await platform.db.transact(county, (tx) =>
    tx.exec("insert into setting (county_code, key, value) values ($1, $2, '1')", ["430621", `n${n}`]),
  );
  process.stdout.write(`${n}\n`);
}
