import { newId } from "@wuxin/kernel";
import { parseCsv } from "hucre/csv";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerCsv, type BankAnswer } from "./index.ts";
import { allPaid, codeOf, openToyCounty } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
  for (const name of ["甲", "乙", "=丙"]) await toy.award([await toy.person(name)], { fromMonth: "2024-01" });
});
afterAll(() => toy.close());

/** A roster at the bank. Months are used up from January on. */
let month = 0;
async function sentRoster(format: "csv" | "xlsx" = "csv") {
  const { id } = await toy.generate(`2024-${String(++month).padStart(2, "0")}`);
  await toy.signAll(id);
  return { id, bytes: await toy.send(id, format) };
}
const csv = (bytes: Uint8Array) => parseCsv(Buffer.from(bytes).toString("utf8")).map((r) => r.map(String));
const edited = (bytes: Uint8Array, change: (rows: string[][]) => string[][]) =>
  Buffer.from(
    change(csv(bytes))
      .map((r) => r.map((c) => (c.includes(",") ? `"${c}"` : c)).join(","))
      .join("\r\n"),
  );
const paid: BankAnswer = { outcome: "paid", bankSerial: "S1", paidOn: "2024-11-04" };
const failed: BankAnswer = { outcome: "failed", failCode: "E03", failReason: "账户已销户" };

describe("the file to the bank", () => {
  test("CSV: Chinese headers, one line each, control totals, and the digest of exactly these bytes", async () => {
    const { id, bytes } = await sentRoster();
    const text = bytes.toString("utf8");
    expect(text.startsWith("\ufeff批次号,补贴代码,资金文号,所属月份,行政区划,姓名,身份证号,")).toBe(true);
    const rows = csv(bytes);
    expect(rows).toHaveLength(5);
    const first = Object.fromEntries(
      (rows[0] as string[]).map((h, i) => [h.replace("\ufeff", ""), rows[1]?.[i]]),
    );
    expect(first).toMatchObject({
      批次号: "202401-01",
      补贴代码: "soup",
      资金文号: "甲财社〔2024〕1号",
      所属月份: "2024-01",
      行政区划: "430621101000",
      与享受对象关系: "本人",
      "金额（分）": "50000",
      "金额（元）": "500.00",
      处理结果: "",
    });
    expect(first.身份证号).toMatch(/^id-\d+$/);
    expect(first.账号).toMatch(/^62170000\d{5}$/);
    expect(text).toContain(",'=丙,"); // a name is never a formula
    expect(rows[4]?.filter((c) => c !== "")).toEqual(["合计", "3笔", "150000", "1500.00"]);
    const page = await toy.pageOf(id);
    expect(page).toMatchObject({ state: "sent", stateLabel: "已报送，未办结" });
    expect(page.bankFiles[0]).toMatchObject({ format: "csv", lines: 3, totalFen: 150_000 });
    const { createHash } = await import("node:crypto");
    expect(page.bankFiles[0]?.digest).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(page.reconciliation.text).toBe(
      "名册 1,500.00 元 ＝ 已发放 0.00 ＋ 失败或转补发 0.00 ＋ 待回盘 1,500.00 ＋ 暂缓 0.00，相符。",
    );
    expect(toy.audited.filter((a) => a.action === "bank-file.download")).toHaveLength(1);
    expect(JSON.stringify(toy.audited)).not.toMatch(/62170000|id-\d/);
    const again = await toy.run(toy.staff.finance, (tx, p) =>
      p.exportBankFile(tx, id, { id: newId(), format: "csv" }),
    );
    expect(again.bankFiles).toHaveLength(1);
    expect(
      await codeOf(
        toy.run(toy.staff.leader, (tx, p) => p.downloadBankFile(tx, page.bankFiles[0]?.id as string)),
      ),
    ).toBe("forbidden");
  });

  test("XLSX: every number a text, and a sheet with the control totals", async () => {
    const { bytes } = await sentRoster("xlsx");
    const book = await readXlsx(bytes);
    expect(book.sheets.map((s) => s.name)).toEqual(["发放明细", "控制信息"]);
    expect(book.sheets[0]?.rows).toHaveLength(5);
    expect(book.sheets[0]?.rows[1]?.[8]).toMatch(/^62170000\d{5}$/);
    expect(book.sheets[1]?.rows.slice(0, 4)).toEqual([
      ["笔数", "3"],
      ["金额（分）", "150000"],
      ["金额（元）", "1500.00"],
      ["金额大写", "壹仟伍佰元整"],
    ]);
  });
});

describe("the file from the bank", () => {
  test("paid, failed and unknown; the same file again and a repeating file change nothing; then the rest", async () => {
    const { id, bytes } = await sentRoster();
    const answers: BankAnswer[] = [paid, failed, { outcome: "unknown" }];
    const back = answerCsv(bytes, (l) => answers[l.index] ?? null);
    const first = await toy.load(id, back);
    expect(first).toMatchObject({
      alreadyLoaded: false,
      paid: 1,
      failed: 1,
      unknown: 1,
      duplicated: 0,
      problems: [],
    });
    const page = await toy.pageOf(id);
    expect(page).toMatchObject({ state: "sent", paid: 1, failed: 1, unknown: 1 });
    expect(page.reconciliation).toMatchObject({
      paidFen: 50_000,
      failedFen: 50_000,
      pendingFen: 50_000,
      agrees: true,
    });
    const events = () => toy.data.owner<{ n: number }>("select count(*)::int as n from payment_event");
    const before = await events();
    expect(await toy.load(id, back, "改名.csv")).toEqual({ ...first, alreadyLoaded: true });
    const repeat = answerCsv(bytes, (l) => (l.index === 0 ? { ...paid, bankSerial: "S2" } : null));
    expect(await toy.load(id, repeat)).toMatchObject({
      paid: 0,
      duplicated: 1,
      problems: [{ row: 2, message: "该笔结果此前已登记，没有重复入账。" }],
    });
    expect(await events()).toEqual(before);
    const late = answerCsv(bytes, (l) => (l.index === 2 ? paid : null));
    expect(await toy.load(id, late)).toMatchObject({ paid: 1 });
    expect((await toy.pageOf(id)).returns.map((r) => [r.paid, r.failed, r.unknown, r.duplicated])).toEqual([
      [1, 1, 1, 0],
      [0, 0, 0, 1],
      [1, 0, 0, 0],
    ]);
    const denied = answerCsv(bytes, (l) => (l.index === 0 ? failed : null));
    await expect(toy.load(id, denied)).rejects.toThrow("该笔已登记为已发放，回盘却写失败");
  });

  test("two returns at once are serialised; all paid closes the roster", async () => {
    const { id, bytes } = await sentRoster();
    const some = answerCsv(bytes, (l) => (l.index < 2 ? paid : null));
    const rest = answerCsv(bytes, (l) => (l.index > 0 ? { ...paid, bankSerial: "S9" } : null));
    const results = await Promise.all([toy.load(id, some), toy.load(id, rest), toy.load(id, some)]);
    expect(results.filter((r) => r.alreadyLoaded)).toHaveLength(1);
    const loaded = results.filter((r) => !r.alreadyLoaded);
    expect(loaded.reduce((n, r) => n + r.paid, 0)).toBe(3);
    expect(loaded.reduce((n, r) => n + r.duplicated, 0)).toBe(1);
    expect(await toy.pageOf(id)).toMatchObject({
      state: "closed",
      paid: 3,
      reconciliation: { agrees: true },
    });
  });

  test("an XLSX answer and a GB18030 answer are read as well", async () => {
    const { id, bytes } = await sentRoster();
    const rows = csv(answerCsv(bytes, (l) => (l.index === 0 ? paid : null)));
    const book = await writeXlsx({ sheets: [{ name: "回盘", rows }] });
    expect(await toy.load(id, book, "回盘.XLSX")).toMatchObject({ paid: 1 });
    // '合计' and the headers in GB18030, as a bank's own program writes them.
    const gb: Record<string, number[]> = {};
    for (let hi = 0x81; hi < 0xff; hi++)
      for (let lo = 0x40; lo < 0xff; lo++) {
        const c = new TextDecoder("gb18030").decode(Uint8Array.of(hi, lo));
        if (c.length === 1 && c !== "\ufffd") gb[c] ??= [hi, lo];
      }
    const answer = answerCsv(bytes, (l) => (l.index === 1 ? paid : null))
      .toString("utf8")
      .replace("\ufeff", "");
    const encoded = Buffer.from(
      [...answer].flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : (gb[c] as number[]))),
    );
    expect(await toy.load(id, encoded)).toMatchObject({ paid: 1 });
  });

  test("whatever is wrong is told by row, and nothing is loaded", async () => {
    const { id, bytes } = await sentRoster();
    const other = await sentRoster();
    const good = allPaid(bytes);
    const at = (header: string) =>
      (csv(good)[0] as string[]).map((h) => h.replace("\ufeff", "")).indexOf(header);
    const set = (row: number, header: string, value: string) =>
      edited(good, (rows) =>
        rows.map((r, i) => (i === row ? r.map((c, j) => (j === at(header) ? value : c)) : r)),
      );
    const told = async (file: Uint8Array, name = "回盘.csv") => {
      const error = await toy.load(id, file, name).then(
        () => null,
        (e: { code: string; message: string; details?: { problems: { row: number; message: string }[] } }) =>
          e,
      );
      expect(error?.code).toBe("bad-return-file");
      return [
        error?.message ?? "",
        ...(error?.details?.problems ?? []).map((p) => `${p.row} ${p.message}`),
      ].join("\n");
    };
    expect(await told(set(1, "处理结果", "大概成功"))).toContain("2 处理结果“大概成功”认不出来");
    expect(await told(set(1, "处理结果", ""))).toContain("2 没有写处理结果");
    expect(await told(set(1, "入账日期", ""))).toContain("2 成功的一笔没有写入账日期");
    expect(await told(set(1, "入账日期", "2024-12-31"))).toContain("2 入账日期 2024-12-31 晚于今天");
    expect(await told(set(2, "依据编号", "0192d3a0-0000-7000-8000-000000000009"))).toContain(
      "3 依据编号不在这份名册里",
    );
    expect(await told(set(2, "依据编号", "1E+15"))).toContain("3 依据编号不完整");
    expect(await told(set(2, "账号", "62179999"))).toContain("3 账号与报送的不一致");
    expect(await told(set(2, "批次号", "202301-01"))).toContain("3 批次号“202301-01”不是本名册的");
    const dearer = edited(good, (rows) =>
      rows.map((r, i) =>
        r.map((c, j) => (j !== at("金额（分）") ? c : i === 1 ? "50001" : i === 4 ? "150001" : c)),
      ),
    );
    expect(await told(dearer)).toContain("2 金额 500.01 元与报送的 500.00 元不一致");
    const twice = edited(good, (rows) => [
      ...rows.slice(0, 4),
      rows[1] as string[],
      (rows[4] as string[]).map((c) => (c === "3笔" ? "4笔" : c === "150000" ? "200000" : c)),
    ]);
    expect(await told(twice)).toContain("5 与第 2 行是同一笔，重复出现");
    expect(await told(edited(good, (rows) => rows.slice(0, 3)))).toContain("没有“合计”行");
    expect(await told(edited(good, (rows) => [...rows.slice(0, 3), rows[4] as string[]]))).toContain(
      "文件不完整或被改过",
    );
    expect(await told(edited(good, (rows) => rows.map((r) => r.slice(1))))).toContain("表头缺少“批次号”列");
    expect(await told(bytes)).toContain("这是报送文件，不是银行的回盘");
    expect(await told(allPaid(other.bytes))).toContain("不是名册 202406-01 的");
    expect(await told(good, "回盘.xlsx")).toContain("文件名写的是“.xlsx”，内容却是 CSV");
    expect(await told(Buffer.from("%PDF-1.7"))).toContain("不是 CSV 或 XLSX");
    expect(await told(Buffer.from("PK\x03\x04 not really"), "a.xlsx")).toContain("文件打不开");
    expect(await told(Buffer.alloc(0))).toContain("文件是空的");
    expect(await told(Buffer.from("\ufeff批次号\r\n"))).toContain("表头缺少");
    expect((await toy.pageOf(id)).returns).toEqual([]);
    expect(await toy.load(id, good)).toMatchObject({ paid: 3 });
  });

  test("before the bank has the file there is nothing to load", async () => {
    const { id } = await toy.generate("2024-10");
    expect(await codeOf(toy.load(id, Buffer.from("x")))).toBe("action-not-allowed");
    expect(await codeOf(toy.load(id, Buffer.from("x"), "a.csv", toy.staff.leader))).toBe("forbidden");
  });
});

describe("failures are paid again", () => {
  test("to the corrected account, through three signatures, once", async () => {
    const toys = await openToyCounty();
    try {
      const person = await toys.person("甲");
      await toys.award([person], { fromMonth: "2024-10" });
      await toys.award([await toys.person("乙")], { fromMonth: "2024-10" });
      const { id } = await toys.generate("2024-10");
      await toys.signAll(id);
      const back = answerCsv(await toys.send(id), (l) => (l.payeeName === "甲" ? failed : paid));
      await toys.load(id, back);
      const failures = () => toys.run({ ...toys.staff.township }, (tx, p) => p.failures(tx));
      expect(await failures()).toMatchObject([
        {
          payee: "甲",
          reason: "E03：账户已销户",
          accountChangedSince: false,
          reissued: false,
          failedOn: "2024-11-05",
          amountFen: 50_000,
        },
      ]);
      await toys.data.db.transact(toys.staff.clerk, (tx) => toys.setAccount(tx, person, "62178888"));
      expect((await failures())[0]?.accountChangedSince).toBe(true);

      expect((await toys.pageOf(id)).can).toMatchObject({ reissue: true, discard: false });
      const reissueId = newId();
      const reissue = (newRoster = reissueId) =>
        toys.run(toys.staff.clerk, (tx, p) => p.reissue(tx, id, { id: newRoster }));
      const again = await reissue();
      expect(again).toMatchObject({
        kind: "reissue",
        number: "202410-02",
        lines: 1,
        totalFen: 50_000,
        flags: [],
      });
      expect((await reissue()).id).toBe(reissueId); // the same request
      expect(await codeOf(reissue(newId()))).toBe("action-not-allowed"); // nothing left
      expect((await failures())[0]?.reissued).toBe(true);
      const parent = () => toys.pageOf(id);
      expect(await parent()).toMatchObject({
        ...{ state: "sent", open: ["补发名册 202410-02 待制表签字"] },
        reconciliation: { agrees: true, failedFen: 50_000 },
      });
      const sayPaid = answerCsv(back, (l) => (l.payeeName === "甲" ? { ...paid, bankSerial: "S7" } : null));
      await expect(toys.load(id, sayPaid)).rejects.toThrow("该笔已按失败转入补发名册");

      // Discarded, the failure waits again; then paid at last.
      await toys.run(toys.staff.clerk, (tx, p) => p.discard(tx, reissueId, { reason: "户名写错" }));
      expect((await failures())[0]?.reissued).toBe(false);
      expect((await parent()).open).toEqual(["1 笔失败待补发"]);
      const { id: third } = await reissue(newId());
      await toys.signAll(third);
      const file = await toys.send(third);
      expect((await parent()).open).toEqual(["补发名册 202410-03 已报送，未办结"]);
      expect(file.toString("utf8")).toContain("62178888");
      await toys.load(third, allPaid(file));
      expect(await toys.pageOf(third)).toMatchObject({ state: "closed", paid: 1 });
      expect(await parent()).toMatchObject({ state: "closed", open: [] });
      const months = await toys.run(toys.staff.clerk, async (tx, p) => {
        const rows = await tx.query<{ id: string }>("select id from entitlement where payee_id = $1", [
          person.id,
        ]);
        return p.months(
          tx,
          rows.map((r) => r.id),
        );
      });
      expect(months).toEqual([
        { month: "2024-10", cells: [{ itemTitle: "热汤", amountFen: 50_000, result: "补发成功" }] },
      ]);

      // Even past the service the database pays the same money once.
      const raw = toys.data.db.transact(toys.staff.clerk, (tx) =>
        tx.exec(
          `insert into payment_event (county_code, at, kind, roster_id, line_id, origin_line_id, entitlement_id, payee_id, month, amount_fen, detail, actor_name)
           select county_code, at, kind, roster_id, line_id, origin_line_id, entitlement_id, payee_id, month, amount_fen, detail, actor_name
           from payment_event where kind = 'paid' limit 1`,
        ),
      );
      await expect(raw).rejects.toMatchObject({ constraint: "payment_event_paid_once" });
    } finally {
      await toys.close();
    }
  });

  test("a held line, released after sending, is paid by a reissue too", async () => {
    const toys = await openToyCounty();
    try {
      const person = await toys.person("甲", { account: null });
      await toys.award([person], { fromMonth: "2024-10" });
      await toys.award([await toys.person("乙")], { fromMonth: "2024-10" });
      const { id } = await toys.generate("2024-10");
      await toys.signAll(id);
      const file = await toys.send(id);
      expect(csv(file)).toHaveLength(3);
      await toys.load(id, allPaid(file));
      expect(await toys.pageOf(id)).toMatchObject({
        state: "closed",
        held: 1,
        reconciliation: { heldFen: 50_000, agrees: true },
      });
      await toys.data.db.transact(toys.staff.clerk, (tx) => toys.setAccount(tx, person, "62178888"));
      const [line] = await toys.linesOf(id, { state: "held" });
      const released = await toys.run(toys.staff.second, (tx, p) =>
        p.release(tx, id, line?.id as string, { reason: "账户已登记" }),
      );
      expect(released).toMatchObject({ state: "ready", stateLabel: "已放行，待补发" });
      expect(await toys.pageOf(id)).toMatchObject({ state: "sent", open: ["有放行的笔次待补发"] });
      const again = await toys.run(toys.staff.clerk, (tx, p) => p.reissue(tx, id, { id: newId() }));
      expect(again).toMatchObject({ lines: 1, held: 0 });
      await toys.signAll(again.id);
      await toys.load(again.id, allPaid(await toys.send(again.id)));
      expect(await toys.pageOf(id)).toMatchObject({ state: "closed", reconciliation: { agrees: true } });
    } finally {
      await toys.close();
    }
  });
});
