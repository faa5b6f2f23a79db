/** Lists as offices make them: each kind of dirt with what must come of it, and bytes at random. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ResolvedFeed } from "@wuxin/declare";
import { DomainError, residentIdWithCheck } from "@wuxin/kernel";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, expect, test } from "vitest";
import { scanFeed, type Watched } from "../scan-feed.ts";
import { cleaned } from "./keys.mjs";
import { encodeWord } from "./text.ts";
import { createScanners } from "./threads.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-dirt-"));
const scanners = createScanners(2, 1);
afterAll(async () => {
  await scanners.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const feed = {
  ...{ code: "toy", title: "玩具名单", department: "玩具局", use: ["monitoring"], freshDays: 30 },
  key: { kind: "resident-id", column: "idNo" },
  columns: [
    { name: "idNo", label: "身份证号码", aliases: ["公民身份号码"], type: "resident-id", required: true },
    { name: "name", label: "姓名", type: "text" },
    { name: "on", label: "日期", type: "date" },
    { name: "sum", label: "金额", type: "money", unit: "元", required: true },
  ],
  facts: [
    { name: "合计", take: { sum: "sum" } },
    { name: "最近", take: { latest: "on" } },
  ],
} as unknown as ResolvedFeed;
const idOf = (n: number) =>
  residentIdWithCheck(`4306211950${String(1 + (n % 12)).padStart(2, "0")}15${String(n).padStart(3, "0")}`);
const watch: Watched[] = Array.from({ length: 50 }, (_, n) => ({
  ...{ id: String(n), name: `某${n}`, birthDate: "1950-01-15", divisionCode: "430621100200" },
  ...{ householdId: null, receiving: true, idNo: idOf(n) },
}));

let serial = 0;
async function scan(bytes: Uint8Array, of: ResolvedFeed = feed) {
  const file = path.join(folder, String(++serial));
  fs.writeFileSync(file, bytes);
  try {
    const { matches, kept, report } = await scanFeed(scanners, file, of, watch);
    const found = [...matches.values()].map((m) => [
      m.person,
      { rows: m.rows, sum: m.values[0], on: m.values[1] },
    ]);
    return {
      report,
      found: Object.fromEntries(found) as Record<number, { rows: number; sum: number; on: number }>,
      matches,
      kept: new Map([...kept.parts()].flatMap((part) => [...part])),
    };
  } finally {
    for (const f of fs.readdirSync(folder)) if (f.startsWith(String(serial))) fs.rmSync(path.join(folder, f));
  }
}
const gb = (text: string): Buffer =>
  Buffer.from(
    [...text].flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : [...encodeWord(c, "gb18030")])),
  );
const HEADING = "身份证号码,姓名,日期,金额";
const line = (n: number, sum = "100", on = "2024-05-01") => `${idOf(n)},王建国${n},${on},${sum}`;
/** Rows about people whom nobody watches. */
const others = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(100 + ((from + i) % 800)));

test("XLSX：标题行、合并格、文本号码、被改成科学计数的号码、日期格和序号日期、文本金额", async () => {
  const last = idOf(7);
  const rows: (string | number | Date | null)[][] = [
    ["玩具局 2024 年 5 月名单", null, null, null],
    ["制表：某某", null, "单位：元", null],
    ["公民身份号码", "姓名", "日期", "金额"],
    [idOf(1), "某1", new Date(Date.UTC(2024, 4, 3)), 1200.5],
    [` ${idOf(2).toLowerCase()} `, "某2", 45415, "1,200.50"],
    [Number(`${idOf(3).slice(0, 6)}${idOf(3).slice(8, 17)}`), "某3（十五位）", "2024年5月3日", 3],
    [Number(last), "某7", "2024-05-03", 1],
    ...others(0, 10).map((l) => l.split(",")),
    [idOf(4), "某4", "2024/05/03", null],
  ];
  const book = await writeXlsx({
    sheets: [{ name: "名单", rows, merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 3 }] }],
  });
  const { found, report } = await scan(book);
  expect(report).toMatchObject({ rows: 15, misshapen: 0, broken: { excel: 1, shape: 0, check: 0 } });
  expect(report.brokenAt[0]?.row).toBe(7);
  expect(found).toEqual({
    1: { rows: 1, sum: 120050, on: 20240503 },
    2: { rows: 1, sum: 120050, on: 20240503 },
    3: { rows: 1, sum: 300, on: 20240503 },
    4: { rows: 1, sum: Number.NaN, on: 20240503 },
  });
});

test("写明一件东西的名单，同一件说两遍只算一件，号牌写法不一样也是；没有写的每行都算；先报废后正常的，算正常的那次", async () => {
  const cars = {
    ...feed,
    columns: [
      feed.columns[0]!,
      { name: "plate", label: "号牌", type: "text" },
      { name: "status", label: "状态", type: "text", required: true },
      feed.columns[3]!,
    ],
    thing: "plate",
    facts: [
      { name: "辆数", take: { count: "rows" }, where: [{ column: "status", in: ["正常"] }] },
      { name: "最高", take: { max: "sum" } },
    ],
  } as ResolvedFeed;
  const car = (n: number, plate: string, status: string, sum: number) =>
    `${idOf(n)},${plate},${status},${sum}`;
  const text = [
    "身份证号码,号牌,状态,金额",
    ...[car(1, "湘F1", "正常", 8), car(1, "湘F1", "正常", 8)],
    ...[car(2, " 湘ｆ２", "报废", 9), car(2, "湘F2", "正常", 7), car(2, '"湘F2"', "正常", 6)],
    ...[car(3, "湘F3", "正常", 8), car(3, "湘F4", "正常", 8)],
    ...[car(4, "", "正常", 8), car(4, "", "正常", 8)],
    ...[car(5, "湘F1", "正常", 8)],
  ].join("\n");
  for (const bytes of [Buffer.from(text), gb(text)]) {
    const { matches } = await scan(bytes, cars);
    const told = [...matches.values()].map((m) => [m.person, m.rows, ...m.values]).sort();
    expect(told).toEqual([
      ...[
        [1, 2, 1, 800],
        [2, 3, 1, 900],
        [3, 2, 2, 800],
        [4, 2, 2, 800],
        [5, 1, 1, 800],
      ],
    ]);
  }
  expect(
    (await scan(Buffer.from(text), { ...cars, thing: undefined } as never)).matches.get(1)?.values[0],
  ).toBe(2);
});

test("表头上面有标题行，换行是 LF、CRLF、CR 或混着用，结果一样，行号按人数的数", async () => {
  const rows = [HEADING, line(1), ...others(0, 20), `1.1E+17,坏,2024-05-01,1`, line(2, "7.25")];
  const titled = ["玩具局名单", "", ...rows];
  for (const end of ["\n", "\r\n", "\r"]) {
    const { found, report } = await scan(Buffer.from(titled.join(end)));
    expect(report.brokenAt, JSON.stringify(end)).toEqual([{ row: 25, reason: "excel" }]);
    expect(found).toMatchObject({ 1: { rows: 1, sum: 10000 }, 2: { rows: 1, sum: 725 } });
  }
  const mixed = rows.map((r, n) => r + ["\n", "\r\n", "\r"][n % 3]).join("");
  expect(Object.keys((await scan(Buffer.from(mixed))).found)).toEqual(["1", "2"]);
});

test("文件接起来，字节顺序标记留在中间；双字节少半个；不存在的日期", async () => {
  const one = `\uFEFF${[HEADING, line(1), ...others(0, 15)].join("\n")}\n`;
  const two = `\uFEFF${[line(2), ...others(20, 30)].join("\n")}\n`;
  for (const bytes of [Buffer.from(one + two), Buffer.from(one + two, "utf16le")]) {
    const { found, report } = await scan(bytes);
    expect(Object.keys(found)).toEqual(["1", "2"]);
    expect(report.rows).toBe(27);
  }
  await expect(scan(Buffer.from(one, "utf16le").subarray(0, -1))).rejects.toThrow(
    "UTF-16 文件中间有损坏的字节",
  );
  const { found, report } = await scan(
    Buffer.from([HEADING, line(1, "5", "2024-02-31"), line(1, "6", "2024-02-29")].join("\n")),
  );
  expect(found[1]).toEqual({ rows: 2, sum: 1100, on: 20240229 });
  expect(report.unreadable).toBe(1);
});

test("坏号码百分之九：别的行照收，坏的写明第几行；百分之十：整份退回", async () => {
  const bad = (n: number) => Array.from({ length: n }, () => "12345,坏,2024-05-01,1");
  const list = (n: number) => Buffer.from([HEADING, ...bad(n), line(1), ...others(0, 99 - n)].join("\n"));
  const { found, report } = await scan(list(9));
  expect(report).toMatchObject({ rows: 100, broken: { shape: 9 } });
  expect(report.brokenAt.map((b) => b.row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(found[1]?.sum).toBe(10000);
  await expect(scan(list(10))).rejects.toThrow(
    "100 行里有 10 行的身份证号码不能用（位数或字符不对 10 行），达到或超过一成",
  );
});

test("表头重复、截断、两种编码混在一起（大小文件、谁先谁后）：整份退回，各说各的", async () => {
  await expect(scan(Buffer.from(`身份证号码,金额,金额\n${idOf(1)},1,2\n`))).rejects.toThrow(
    "“金额”出现了两次",
  );
  await expect(scan(Buffer.from([HEADING, line(1), `${idOf(2)},某`].join("\n")))).rejects.toThrow(
    "第 3 行中断",
  );
  await expect(scan(Buffer.from([HEADING, line(1), `${idOf(2)},"某\n`].join("\n")))).rejects.toThrow("引号");
  for (const size of [10, 3000]) {
    const [a, b] = [[HEADING, ...others(0, size)].join("\n"), `\n${others(0, size).join("\n")}\n`];
    for (const bytes of [Buffer.concat([Buffer.from(a), gb(b)]), Buffer.concat([gb(a), Buffer.from(b)])])
      await expect(scan(bytes), String(size)).rejects.toThrow("混有两种文字编码");
    expect((await scan(gb(a + b))).report.encoding).toBe("GB18030");
  }
});

const SEED = Number(process.env.WUXIN_SEED ?? Date.now() % 1_000_000);
const MUTANTS = Number(process.env.WUXIN_MUTANTS ?? 300);
test(`字节随机改动 ${MUTANTS} 次（种子 ${SEED}）：要么收下、每个人的数都来自自己的行，要么整份退回；不停住，不出错`, {
  timeout: 120_000,
}, async () => {
  console.info(`dirt: seed ${SEED}`);
  let random = SEED;
  const next = (below: number) => {
    random = (random + 0x6d2b79f5) | 0;
    let t = Math.imul(random ^ (random >>> 15), random | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  const text = [
    HEADING,
    ...Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? line(n) : line(200 + n, `"1,${n}00"`))),
  ].join("\n");
  const book = await writeXlsx({
    sheets: [{ name: "名单", rows: text.split("\n").map((l) => l.split(",")) }],
  });
  const seeds = [
    Buffer.from(text),
    gb(text),
    Buffer.from(`\uFEFF${text}`, "utf16le"),
    Buffer.from(text.replaceAll(",", "|")),
    Buffer.from(book),
  ];
  const NASTY = [0, 9, 10, 13, 34, 44, 0x7c, 0x80, 0xef, 0xff];
  let [taken, refused] = [0, 0];
  for (let n = 0; n < MUTANTS; n++) {
    let bytes = Buffer.from(seeds[n % seeds.length] as Buffer);
    for (let k = next(8); k >= 0; k--) {
      const [at, from] = [next(bytes.length + 1), next(bytes.length + 1)];
      const what = next(5);
      const some = Buffer.from(
        Array.from({ length: 1 + next(4) }, () => (next(2) ? next(256) : (NASTY[next(NASTY.length)] ?? 0))),
      );
      if (what === 0) bytes = Buffer.concat([bytes.subarray(0, at), some, bytes.subarray(at)]);
      else if (what === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + some.length)]);
      else if (what === 2) some.copy(bytes, Math.min(at, Math.max(0, bytes.length - 4)));
      else if (what === 3)
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + 200), bytes.subarray(at)]);
      else if (next(4) === 0) bytes = bytes.subarray(0, at);
      if (bytes.length === 0) bytes = Buffer.from("\n");
    }
    try {
      const { matches, kept, report } = await scan(bytes);
      taken++;
      let rows = 0;
      const decoder = new TextDecoder(report.encoding === "GB18030" ? "gb18030" : "utf-8");
      for (const m of matches.values()) {
        rows += m.rows;
        // By the number in its own row: a row never comes to another person.
        for (const row of kept.get(m.person)!)
          expect(cleaned(decoder.decode(row)), `seed ${SEED} mutant ${n}`).toContain(
            idOf(m.person).slice(8, 17),
          );
      }
      expect(rows, `seed ${SEED} mutant ${n}`).toBe(report.matchedRows);
      expect(report.matchedRows).toBeLessThanOrEqual(report.rows);
    } catch (error) {
      if (!(error instanceof DomainError)) throw new Error(`seed ${SEED} mutant ${n}`, { cause: error });
      expect(error.code).toBe("bad-file");
      refused++;
    }
  }
  console.info(`dirt: ${taken} taken, ${refused} refused`);
  expect(taken).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
  expect(fs.readdirSync(folder)).toEqual([]);
});
