import { strFromU8, unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { workbook } from "./index.ts";

const xml = (bytes: Buffer, name: string): string => strFromU8(unzipSync(bytes)[name] ?? new Uint8Array());

test("a wide table prints on one page across, its head on every page, a long line below it wrapped over all columns", async () => {
  const head = ["乡镇（街道）", ...Array.from({ length: 20 }, (_, i) => `第${i + 1}项办理数`)];
  const bytes = await workbook({
    ...{ name: "月报", above: ["乡镇社会救助监管月报"], head },
    rows: [["东洞庭湖管理委员会", ...head.slice(1).map((_, i) => i)]],
    below: ["由县级汇总，".repeat(40)],
  });
  const book = await readXlsx(bytes);
  expect(book.sheets[0]?.rows[2]?.[0]).toBe("东洞庭湖管理委员会");
  const sheet = xml(bytes, "xl/worksheets/sheet1.xml");
  expect(sheet).toMatch(
    /<pageSetup[^>]*orientation="landscape"[^>]*fitToWidth="1"|fitToWidth="1"[^>]*orientation="landscape"/,
  );
  expect(sheet).toContain('<mergeCell ref="A4:U4"');
  // Nine Chinese characters need eighteen of the ordinary type.
  const first = Number(/<col [^>]*width="([\d.]+)"/.exec(sheet)?.[1]);
  expect(first).toBeGreaterThan(18);
  expect(xml(bytes, "xl/workbook.xml")).toContain("$2:$2");
});
