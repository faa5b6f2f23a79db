/** 户籍人口 from a file: looked at row by row, taken whole or not at all, replaced with its history; the share follows. */
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeGb18030 } from "../../engines/payments/encoding.ts";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice } from "./office.ts";

const CODE = "registered-population";
let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

const beside = { asOn: "2023-12-31", source: "县公安局户籍统计年报" };
const file = (text: string | Buffer, values: object = beside, fileName = "户籍人口.csv") => ({
  ...{ fileName, bytes: Buffer.from(text) },
  values: values as typeof beside,
});
const look = (f: ReturnType<typeof file>) =>
  o.as("xian", (tx) => h.house.registers.lookAtImport(tx, CODE, f));
async function take(f: ReturnType<typeof file>) {
  const { digest } = await look(f);
  return o.as("xian", (tx) => h.house.registers.import(tx, CODE, f, digest));
}
const entries = async () =>
  (await o.as("xian", (tx) => h.house.registers.listEntries(tx, CODE, { page: 1, size: 100 }))).rows.map(
    (r) => [r.values.divisionCode, r.values.persons, r.values.asOn, r.values.level],
  );
const share = async () => {
  const rows = await o.as("xian", (tx) => h.house.indicators.list(tx, { month: "2024-03" }));
  return rows.rows.find((r) => r.code === "lowincome_share")?.denominator;
};
const places = () => {
  const all = h.house.counties.get(o.county).divisions;
  const name = (code: string) => all.find((d) => d.code === code)?.name ?? "";
  return { town: name(o.township), village: name(o.village), other: name(o.otherTownship) };
};

test("先看一遍：逐行写明怎样，不对的写明怎么改；有一行不对，一行也不登记", async () => {
  const { town } = places();
  const f = file(
    `户籍人口情况表,,\n乡镇,户籍人口数,备注\n${town},"62,400",\n某某镇,100,\n${o.otherTownship},三万,\n`,
  );
  const seen = await look(f);
  expect(seen.counts).toEqual({ new: 1, changed: 0, same: 0, wrong: 2 });
  expect(seen.rows).toMatchObject([
    { line: 3, place: town, does: "new" },
    { line: 4, does: "wrong", words: expect.stringContaining("本县没有这个乡镇或村") },
    { line: 5, does: "wrong", words: "「户籍人口」写的是「三万」，请写整数。" },
  ]);
  await expect(take(f)).rejects.toThrow("有 2 行不对，整份没有导入");
  expect(await entries()).toEqual([]);
  await expect(look(file(`镇,人\n${town},1\n`))).rejects.toThrow("请检查表头");
  await expect(look(file(`乡镇,户籍人口\n${town},1\n`, {}))).rejects.toThrow("缺少「截至日期、出处」");
  await expect(look(file(Buffer.from("PK\u0003\u0004坏了"), beside, "a.xlsx"))).rejects.toThrow("打不开");
});

test("GB18030、区划代码、合计行、村和乡镇一起：按乡镇加，村的不重复算；村合计和乡镇不符的提醒", async () => {
  const { town, village } = places();
  const text = [
    "乡镇（街道）\t村（社区）\t户籍人口",
    `${town}\t\t62400`,
    `${town}\t${village}\t2400`,
    `${o.otherTownship}000\t\t30000`,
    "合计\t\t94800",
  ].join("\r\n");
  const gb = Buffer.from(encodeGb18030(text));
  const seen = await take(file(gb));
  // Of some of its villages nothing follows; of all of them the sum does.
  expect(seen.remarks).toEqual([]);
  const villages = h.house.counties
    .get(o.county)
    .divisions.filter((d) => d.code.length === 12 && d.code.startsWith(o.township));
  const whole = ["乡镇,村,户籍人口", `${town},,62400`, ...villages.map((v) => `${o.township},${v.code},10`)];
  expect((await look(file(whole.join("\n")))).remarks).toEqual([
    `${town}写的是 62400，${villages.length} 个村合计是 ${villages.length * 10}，请核对。`,
  ]);
  expect((await entries()).sort()).toEqual(
    [
      [o.township, 62_400, "2023-12-31", "乡镇（街道）"],
      [o.village, 2_400, "2023-12-31", "村（社区）"],
      [o.otherTownship, 30_000, "2023-12-31", "乡镇（街道）"],
    ].sort(),
  );
  expect(await share()).toBe(92_400);
});

test("再传一遍不变；新的一年换成新的数，原来的留在经过里；更早的不换；不是刚看的那份不收", async () => {
  const { town, village } = places();
  const again = `乡镇（街道）,村（社区）,户籍人口\n${town},,62400\n`;
  expect((await take(file(again))).counts).toEqual({ new: 0, changed: 0, same: 1, wrong: 0 });
  const xlsx = Buffer.from(
    await writeXlsx({
      sheets: [
        {
          name: "户籍人口",
          rows: [
            ["乡镇", "村", "户籍人口", "截至", "数据来源"],
            [town, null, 61_900, "2024年12月31日", "县公安局 2024 年年报"],
            [town, village, 2_380, "2024-12-31", "县公安局 2024 年年报"],
          ],
        },
      ],
    }),
  );
  h.clock.set("2025-01-20");
  const next = file(xlsx, {}, "2024年.xlsx");
  const seen = await look(next);
  expect(seen.rows[0]).toMatchObject({
    does: "changed",
    words: expect.stringContaining("户籍人口 62400 → 61900"),
  });
  await expect(
    o.as("xian", (tx) => h.house.registers.import(tx, CODE, file(again), seen.digest)),
  ).rejects.toThrow("不是同一份");
  await take(next);
  const [entry] = (
    await o.as("xian", (tx) =>
      h.house.registers.listEntries(tx, CODE, { page: 1, size: 100, division: o.township }),
    )
  ).rows.filter((r) => r.values.divisionCode === o.township);
  const page = await o.as("xian", (tx) => h.house.registers.getEntry(tx, CODE, entry?.id ?? ""));
  expect(page.history).toHaveLength(2);
  expect(page.history.some((x) => x.action.endsWith("：导入文件 2024年.xlsx"))).toBe(true);
  expect((await look(file(again))).rows[0]).toMatchObject({
    ...{ does: "wrong", words: expect.stringContaining("已有截至 2024-12-31 的数") },
  });
});

test("县级以外的不能导入；没有写明可以导入的台账不收", async () => {
  const f = file(`乡镇,户籍人口\n${places().town},1\n`);
  await expect(o.as("zhen", (tx) => h.house.registers.lookAtImport(tx, CODE, f))).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(o.as("xian", (tx) => h.house.registers.lookAtImport(tx, "cemetery", f))).rejects.toThrow(
    "不能用文件导入",
  );
});
