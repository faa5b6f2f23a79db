/** The scanner against a plain reader: every way to write a list, split anywhere, gives the same people and figures. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { residentIdWithCheck } from "@wuxin/kernel";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Layout } from "./scanner.mjs";
import { encodeWord } from "./text.ts";
import { createScanners } from "./threads.ts";
import { watchTable } from "./watch.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-scan-"));
const scanners = createScanners(2, 1);
afterAll(async () => {
  await scanners.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
const ids = Array.from({ length: 200 }, (_, i) =>
  residentIdWithCheck(`4306211950${String(1 + (i % 12)).padStart(2, "0")}15${String(i).padStart(3, "0")}`),
);
const table = watchTable(ids.slice(0, 100));

/** As people and machines write one number. */
const wide = (s: string) => s.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const WAYS: ((id: string) => string)[] = [
  (id) => id,
  (id) => id.toLowerCase(),
  (id) => ` ${id} `,
  (id) => `"${id}"`,
  (id) => `'${id}`,
  (id) => wide(id),
  (id) => `${id.slice(0, 6)} ${id.slice(6)}`,
  (id) => `${id.slice(0, 6)}${id.slice(8, 17)}`,
];
const note = fc.constantFrom<string[]>("人民路", '"甲,乙"', '"两\n行"', '"引""号"', "", '"\r\n,"', '5"管');
const row = fc.record({
  who: fc.nat({ max: 199 }),
  way: fc.nat({ max: WAYS.length - 1 }),
  note,
  fen: fc.nat({ max: 9_999_999 }),
  end: fc.constantFrom("\n", "\r\n", "\r"),
});

async function scan(bytes: Uint8Array, layout: Layout, rangeBytes: number) {
  const file = path.join(folder, "list.csv");
  fs.writeFileSync(file, bytes);
  const sums = new Map<number, number>();
  let rows = 0;
  let bad = 0;
  await scanners.scan({ path: file, start: 0, layout, table, keys: null, rangeBytes }, (f) => {
    expect(f.fatal).toBeNull();
    rows += f.rows;
    bad += f.misshapen.length + Object.values(f.broken).reduce((a, b) => a + b, 0);
    f.persons.forEach((p, i) => {
      sums.set(p, (sums.get(p) ?? 0) + f.values[i]!);
    });
  });
  return { sums, rows, bad };
}

for (const encoding of ["utf-8", "gb18030"] as const)
  for (const delimiter of [",", "\t", "|"])
    test(`${encoding}，分隔符 ${JSON.stringify(delimiter)}：脏号码、引号里的换行、任意切分，结果都与逐行一致`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { minLength: 1, maxLength: 60 }),
          fc.integer({ min: 20, max: 4000 }),
          fc.constantFrom(0, 1, 2),
          async (list, cut, keyColumn) => {
            const layout: Layout = {
              ...{
                encoding,
                delimiter: delimiter.charCodeAt(0),
                columns: 4,
                keyColumn,
                keyKind: "resident-id",
              },
              facts: [{ op: "sum", column: 3, type: "money", scale: 100, where: [] }],
              kept: [0, 1, 2, 3],
            };
            const want = new Map<number, number>();
            let text = "";
            for (const r of list) {
              const fields = [r.note, r.note];
              fields.splice(keyColumn, 0, WAYS[r.way]!(ids[r.who]!));
              text += [...fields, (r.fen / 100).toFixed(2)].join(delimiter) + r.end;
              if (r.who < 100) want.set(r.who, (want.get(r.who) ?? 0) + r.fen);
            }
            const bytes =
              encoding === "utf-8"
                ? Buffer.from(text)
                : Buffer.from(
                    [...text].flatMap((c) =>
                      c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : [...encodeWord(c, "gb18030")],
                    ),
                  );
            const got = await scan(bytes, layout, cut);
            expect(got).toEqual({ sums: want, rows: list.length, bad: 0 });
          },
        ),
        { numRuns: 150 },
      );
    });

test("Excel 改坏的、校验不符的、空的号码数得出，不会认成别人", async () => {
  const layout: Layout = {
    ...{ encoding: "utf-8", delimiter: 44, columns: 2, keyColumn: 0, keyKind: "resident-id" },
    facts: [],
    kept: [0, 1],
  };
  const wrong = ids[0]!.slice(0, 17) + (ids[0]!.endsWith("1") ? "2" : "1");
  const got = await scan(Buffer.from(`1.1E+17,甲\n${wrong},乙\n,丙\n12345,丁\n${ids[0]},戊\n`), layout, 1000);
  expect(got).toMatchObject({ rows: 5, bad: 4 });
});
