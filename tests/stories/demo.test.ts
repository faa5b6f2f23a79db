import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fillDemo } from "@wuxin/demo";
import { fixedClock } from "@wuxin/kernel";
import { openFileStore } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { compose } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let t: TestDatabase;
let folder: string;
beforeAll(async () => {
  t = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-files-"));
});
afterAll(async () => {
  await t.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("fills", async () => {
  const platform = { db: t.db, vault: t.vault, files: openFileStore(folder, t.vault) };
  const clock = fixedClock("2026-11-21T10:00:00");
  let s = Date.now();
  const house = await compose(platform, { clock });
  console.log("compose", Date.now() - s);
  s = Date.now();
  await fillDemo(house, (c) => compose(platform, { clock: c }), (x) => console.log(x.chinese, Date.now() - s));
  console.log("fill", Date.now() - s);
  console.log(await t.owner("select county_code, item, state, count(*)::int from case_file group by 1,2,3 order by 1,2,3"));
  expect(1).toBe(1);
}, 120000);
