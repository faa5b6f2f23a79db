import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import fc from "fast-check";
import { writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeGb18030 } from "./encoding.ts";
import { answerCsv } from "./index.ts";
import { MOST_SHEET_ROWS, sheetParts, textParts } from "./return-source.ts";
import { LAYOUTS, openToyCounty, struckWorker } from "./toy-county.ts";

const CSV = LAYOUTS.find((l) => l.code === "csv") as (typeof LAYOUTS)[number];

describe("a text in parts", () => {
  const word = fc.stringMatching(/^[,"\n a1甲𠮷-]{0,6}$/u);
  const table = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

  test("gives the same rows, however it is cut and wherever it is taken up again", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), fc.integer({ min: 120, max: 400 }), async (rows, gb, length) => {
        const text = writeCsv(rows, { lineSeparator: "\r\n" });
        const bytes = gb ? encodeGb18030(text) : Buffer.from(text);
        const from = async (offset: number, n: number) => bytes.subarray(offset, offset + n);
        const parts = (at: { offset: number; row: number }, n?: number) =>
          textParts(CSV, gb ? "gb18030" : "utf-8", bytes.length, from, at, n);
        const whole = [];
        for await (const part of parts({ offset: 0, row: 0 })) whole.push(...part.rows);
        const cut = [];
        for (let at = { offset: 0, row: 0, last: false }; !at.last; ) {
          // As after a crash: only the place is known.
          const { value: part } = await parts(at, length).next();
          if (!part) throw new Error("a part is missing");
          cut.push(...part.rows);
          at = part;
        }
        expect(cut).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test("a line without an end is refused by its number", async () => {
    const bytes = Buffer.from(`a,b\r\n1,2\r\n"3,4\r\n${"5,6\r\n".repeat(100)}`);
    const read = async () => {
      const from = async (offset: number, n: number) => bytes.subarray(offset, offset + n);
      for await (const _ of textParts(CSV, "utf-8", bytes.length, from, { offset: 0, row: 0 }, 100));
    };
    await expect(read()).rejects.toThrow(/第 2 行长得不像一行|第 3 行长得不像一行/);
  });

  test("a workbook longer than it may be is refused with what to ask the bank for", async () => {
    const rows = Array.from({ length: MOST_SHEET_ROWS + 2 }, () => ["1"]);
    const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: "回盘", rows }] }));
    const read = async () => {
      let parts = 0;
      for await (const part of sheetParts(bytes, { offset: 0, row: 0 }))
        parts += part.rows.length > 0 ? 1 : 0;
      return parts;
    };
    await expect(read()).rejects.toThrow("XLSX 回盘最多 20 万行，这份更长；请向银行要 CSV");
  });
});

describe("a return that a worker loads", () => {
  let toy: Awaited<ReturnType<typeof openToyCounty>>;
  beforeAll(async () => {
    toy = await openToyCounty();
    for (let n = 0; n < 40; n++) await toy.award([await toy.person(`居民${n}`)], { fromMonth: "2024-01" });
  });
  afterAll(() => toy.close());

  const paid = { outcome: "paid", bankSerial: "S1", paidOn: "2024-11-04" } as const;
  async function sent(month: string) {
    const { id } = await toy.generate(month);
    await toy.signAll(id);
    return { id, answer: answerCsv(await toy.send(id), () => paid) };
  }
  /** Parts of a few lines, so that there are several. */
  const payments = () => toy.engines("2024-11-05", { returnPart: 2_000 }).payments;
  const receive = (rosterId: string, bytes: Uint8Array, id = newId()) =>
    toy.data.db.transact(toy.staff.finance, (tx) =>
      payments().receiveReturn(tx, rosterId, { id, fileName: "回盘.csv" }, pieces(bytes)),
    );
  async function* pieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777);
  }
  const asked = (id: string) => toy.data.db.read(toy.staff.finance, (tx) => payments().returnIntake(tx, id));
  const left = async (id: string) =>
    (
      await toy.data.owner<{ rows: number; pieces: number }>(
        `select (select count(*)::int from return_row where return_id = $1) as rows,
           (select count(*)::int from return_piece where return_id = $1) as pieces`,
        [id],
      )
    )[0];

  test("struck after any part, it goes on where it stopped and is loaded once", async () => {
    const { id, answer } = await sent("2024-03");
    const taken = await receive(id, answer);
    expect(taken).toMatchObject({ state: "waiting", fileName: "回盘.csv", rows: 0, total: 41 });
    expect((await receive(id, answer)).id).toBe(taken.id); // pressed twice
    const { worker } = struckWorker(toy.data.db, payments().jobs);
    const reached = [];
    for (let n = 0; n < 20 && (await asked(taken.id)).state === "waiting"; n++) {
      await toy.data.owner("update job set run_after = now() where state = 'queued'");
      await worker.runDue();
      reached.push((await asked(taken.id)).rows);
    }
    expect(reached.length).toBeGreaterThan(2);
    expect(reached).toEqual([...reached].sort((a, b) => (a ?? 1e9) - (b ?? 1e9)));
    expect(await asked(taken.id)).toMatchObject({ state: "loaded", paid: 40, problems: [] });
    expect(await left(taken.id)).toEqual({ rows: 0, pieces: 1 });
    expect(await toy.pageOf(id)).toMatchObject({
      ...{ state: "closed", paid: 40, lastReturn: null, reconciliation: { agrees: true } },
      returns: [{ id: taken.id, by: "王会计", paid: 40 }],
    });
    expect(await receive(id, answer)).toMatchObject({ id: taken.id, alreadyLoaded: true, paid: 40 });
  });

  test("a wrong row near the end: nothing is loaded, the page keeps why, and the mended file goes in", async () => {
    const { id, answer } = await sent("2024-04");
    const lines = answer.toString("utf8").split("\r\n");
    const wrong = Buffer.from(
      lines.map((l, i) => (i === 39 ? l.replace(/[0-9a-f-]{36}/, newId()) : l)).join("\r\n"),
    );
    const taken = await receive(id, wrong);
    await createWorker(toy.data.db, payments().jobs).runDue();
    const refused = {
      state: "refused",
      paid: 0,
      problems: [{ row: 40, message: "依据编号不在这份名册里。" }],
    };
    expect(await asked(taken.id)).toMatchObject(refused);
    expect(await left(taken.id)).toEqual({ rows: 0, pieces: 0 });
    expect(await toy.pageOf(id)).toMatchObject({ state: "sent", paid: 0, returns: [], lastReturn: refused });
    expect((await asked(taken.id)).refusal).toContain("回盘有 1 处问题，一笔也没有装载。第 40 行");
    const again = await receive(id, answer);
    await createWorker(toy.data.db, payments().jobs).runDue();
    expect(await asked(again.id)).toMatchObject({ state: "loaded", paid: 40 });
  });

  test("what is no table is refused before anything is kept", async () => {
    const { id } = await sent("2024-05");
    for (const [file, said] of [
      ["%PDF-1.7", "不是 CSV 或 XLSX"],
      ["姓名,金额\r\n张三,1", "表头缺少"],
    ] as const)
      await expect(receive(id, Buffer.from(file))).rejects.toThrow(said);
    expect(
      await toy.data.owner(
        "select from return_piece p join return_intake i on i.id = p.return_id where i.roster_id = $1",
        [id],
      ),
    ).toEqual([]);
  });
});
