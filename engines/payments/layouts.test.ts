import { createHash } from "node:crypto";
import { readBankLayout } from "@wuxin/declare";
import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeGb18030 } from "./encoding.ts";
import { LAYOUTS, openToyCounty, struckWorker } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
  for (const name of ["甲", "欧阳𠮷", "丙"])
    await toy.award([await toy.person(name)], { fromMonth: "2024-01" });
});
afterAll(() => toy.close());

const gb = (bytes: Uint8Array) => new TextDecoder("gb18030", { fatal: true }).decode(bytes);
let month = 0;
async function sent(layout: string) {
  const { id } = await toy.generate(`2024-0${++month}`);
  await toy.signAll(id);
  const lines = gb(await toy.send(id, layout)).split("\r\n");
  return { id, lines: lines.filter((l) => l !== "") };
}

test("text with bars in GB18030: our number names the line, the bank's codes become words", async () => {
  const { id, lines } = await sent("bar-gb18030");
  expect(lines[0]).toBe(`2024${"01"}-01|3|1500.00|20241105`);
  expect(lines.some((l) => /^\d\|62170000\d{5}\|欧阳𠮷\|500\.00\|热汤\|欧阳𠮷$/.test(l))).toBe(true);
  const answers = ["0000", "1003", "9999"];
  const back = lines.map((line, i) => {
    if (i === 0) return line;
    const [seq, card, name, yuan] = line.split("|");
    return [seq, card, name, yuan, answers[i - 1], "S1", i === 1 ? "20241104" : ""].join("|");
  });
  const loaded = await toy.load(id, encodeGb18030(back.join("\n")), "DF001.txt");
  expect(loaded).toMatchObject({ paid: 1, failed: 1, unknown: 1 });
  const failed = (await toy.linesOf(id, { state: "failed" }))[0];
  expect(failed?.failReason).toBe("1003：账户已销户");
  // The rest comes in a second file.
  const rest = [
    back[0],
    (back[3] as string).replace("9999||", "0000||").replace("|9999|S1|", "|0000|S2|20241105"),
  ];
  expect(await toy.load(id, encodeGb18030(rest.join("\n")), "DF002.txt")).toMatchObject({ paid: 1 });
});

test("fixed widths are counted in bytes, and a control line that does not add up is refused", async () => {
  const { id, lines } = await sent("fixed-gb18030");
  expect(lines.map((l) => encodeGb18030(l).length)).toEqual([116, 116, 116, 24]);
  expect(lines[3]).toBe("T00000003000000000150000");
  const answer = (foot: string) =>
    encodeGb18030([...lines.slice(0, 3).map((l) => `${l}000020241104`), foot].join("\r\n"));
  await expect(toy.load(id, answer("T00000003000000000150001"), "a.txt")).rejects.toThrow("合计行写 3 笔");
  expect(await toy.load(id, answer(lines[3] as string), "a.txt")).toMatchObject({ paid: 3 });
  expect(await toy.pageOf(id)).toMatchObject({ state: "closed", reconciliation: { agrees: true } });
});

describe("a file that a worker writes", () => {
  /** A line a piece, so that there are several. */
  const payments = () => toy.engines("2024-11-05", { filePage: 1 }).payments;
  const ask = (id: string, format: string) =>
    toy.data.db.transact(toy.staff.finance, (tx) => payments().askBankFile(tx, id, { id: newId(), format }));
  const pieces = () =>
    toy.data.owner<{ n: number }>(
      "select count(*)::int as n from bank_file_piece p where not exists (select from bank_file f where f.id = p.file_id)",
    );
  async function signed() {
    const { id } = await toy.generate(`2024-0${++month}`);
    await toy.signAll(id);
    return id;
  }

  test("struck after any piece, it is the file that nobody struck, in every layout", async () => {
    const id = await signed();
    const { worker, steps } = struckWorker(toy.data.db, payments().jobs);
    for (const format of ["csv", "bar-gb18030", "fixed-gb18030", "xlsx"]) {
      let calm = "";
      await toy.data.db
        .transact(toy.staff.finance, async (tx) => {
          const page = await payments().exportBankFile(tx, id, { id: newId(), format });
          calm = page.bankFiles.find((f) => f.format === format)?.digest ?? "";
          throw new Error("undone");
        })
        .catch(() => {});
      expect(calm).toMatch(/^[0-9a-f]{64}$/);
      await ask(id, format);
      await ask(id, format); // pressed twice
      const waits = [{ format, state: "waiting", refusal: null }];
      expect((await toy.pageOf(id)).fileMakings).toMatchObject(waits);
      for (let n = 0; n < 20 && (await toy.pageOf(id)).fileMakings.length > 0; n++) {
        await toy.data.owner("update job set run_after = now() where state = 'queued'");
        await worker.runDue();
      }
      const page = await toy.pageOf(id);
      expect(page).toMatchObject({ state: "sent", fileMakings: [] });
      const file = page.bankFiles.find((f) => f.format === format);
      expect(file).toMatchObject({ lines: 3, totalFen: 150_000, digest: calm, by: "王会计" });
      const { bytes } = await toy.run(toy.staff.finance, (tx, p) => p.downloadBankFile(tx, file?.id ?? ""));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(calm);
      if (format === "xlsx") expect((await readXlsx(bytes)).sheets[0]?.rows).toHaveLength(5);
    }
    expect(steps()).toBeGreaterThan(20);
    expect(await pieces()).toEqual([{ n: 0 }]);
    const trail = toy.audited.filter((a) => a.action === "bank-file.export").slice(-1);
    expect(trail[0]?.detail).toContain("3 笔，王会计申请，摘要");
    const events = "select count(*)::int as n from payment_event where roster_id = $1 and kind = 'sent'";
    expect(await toy.data.owner(events, [id])).toEqual([{ n: 3 }]);
  });

  test("what cannot be written says why and leaves nothing; the roster is not sent; another layout is", async () => {
    await toy.award([await toy.person("庚|辛")], { fromMonth: "2024-10" });
    const { id } = await toy.generate("2024-10");
    await toy.signAll(id);
    const made = async (format: string) => {
      await ask(id, format);
      await createWorker(toy.data.db, payments().jobs).runDue();
      return toy.pageOf(id);
    };
    for (let n = 0; n < 2; n++) {
      const page = await made("bar-gb18030");
      expect(page).toMatchObject({ state: "approved", bankFiles: [] });
      expect(page.fileMakings).toMatchObject([{ state: "stopped", format: "bar-gb18030" }]);
      expect(page.fileMakings[0]?.refusal).toContain("“庚|辛”里有分隔符“|”");
      expect(await pieces()).toEqual([{ n: 0 }]);
    }
    expect(await made("csv")).toMatchObject({ state: "sent", bankFiles: [{ format: "csv", lines: 4 }] });
  });

  test("a roster discarded meanwhile is not sent; a piece too many or altered is told before a byte is given", async () => {
    const gone = await signed();
    await ask(gone, "csv");
    // Struck when a part is written: then nothing of it stays.
    const { worker, steps } = struckWorker(toy.data.db, payments().jobs);
    while (steps() < 2) await worker.runDue();
    expect((await pieces())[0]?.n).toBeGreaterThan(0);
    await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, gone, { reason: "重做" }));
    expect(await pieces()).toEqual([{ n: 0 }]);
    await toy.data.owner("update job set run_after = now() where state = 'queued'");
    await createWorker(toy.data.db, payments().jobs).runDue();
    expect((await toy.pageOf(gone)).fileMakings[0]?.refusal).toContain("三人签字后才能生成");
    month--;
    const id = await signed();
    await toy.send(id, "csv");
    const fileId = (await toy.pageOf(id)).bankFiles[0]?.id as string;
    const fetch = () => toy.run(toy.staff.finance, (tx, p) => p.downloadBankFile(tx, fileId));
    await expect(
      toy.data.db.transact(toy.staff.finance, (tx) =>
        tx.exec(
          "insert into bank_file_piece (county_code, file_id, no, sealed) values (app_county(), $1, 1, $2)",
          [...[fileId, toy.data.vault.sealBytes(Buffer.from("多出的一笔"))]],
        ),
      ),
    ).rejects.toThrow("row-level security");
    await toy.data.owner("update bank_file_piece set sealed = $2 where file_id = $1", [
      ...[fileId, toy.data.vault.sealBytes(Buffer.from("换过的文件"))],
    ]);
    await expect(fetch()).rejects.toThrow("银行文件与生成时的摘要不一致");
    const faults = async () =>
      (await toy.run(toy.staff.finance, (tx, p) => p.prove(tx))).faults.filter((f) => f.includes("摘要"));
    expect(await faults()).toEqual([expect.stringMatching(/银行文件 .+\.csv 与生成时的摘要不符/)]);
    await toy.data.owner("update bank_file_piece set sealed = '\\x00' where file_id = $1", [fileId]);
    expect(await faults()).toHaveLength(1);
    await expect(fetch()).rejects.toThrow("银行文件与生成时的摘要不一致");
  });
});

test("one roster, two banks' layouts; what a bank cannot read is refused before anything is sent", async () => {
  const { id } = await sent("bar-gb18030");
  await toy.send(id, "csv");
  const page = await toy.pageOf(id);
  expect(page.layouts.filter((l) => l.made).map((l) => l.code)).toEqual(["csv", "bar-gb18030"]);
  const person = await toy.person("丁|戊");
  await toy.award([person], { fromMonth: "2024-06" });
  month = 5;
  await expect(sent("bar-gb18030")).rejects.toThrow("“丁|戊”里有分隔符“|”");
});

test("GB18030: every character comes back", () => {
  const text = String.fromCodePoint(
    ...Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => 0x4e00 + i),
    0x20bb7,
    0x30edd,
  );
  expect(gb(encodeGb18030(text))).toBe(text);
  expect(encodeGb18030("啊").toString("hex")).toBe("b0a1");
});

test("a layout with a fault names file, place and mend", () => {
  const text = "name: 甲\nsource: 样例\nkind: delimited\ncolumns: ['{payee}']\nanswer: {}";
  expect(() => readBankLayout("x", { file: "x.yaml", text })).toThrow(
    /x\.yaml 的 columns\[0\]：\{payee\} 不是可用的内容/,
  );
  expect(LAYOUTS).toHaveLength(4);
});
