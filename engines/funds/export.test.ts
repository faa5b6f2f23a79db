import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import zlib from "node:zlib";
import { createAudit } from "@wuxin/engines/audit";
import { answerCsv, paymentsChain } from "@wuxin/engines/payments";
import { fixedClock, newId } from "@wuxin/kernel";
import { createWorker, openFileStore, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actor, COUNTY, codeOf, openToyCounty } from "../payments/testing.ts";
import { createExports, fundsChain, isOurs, toFolder, writeExport } from "./index.ts";
import { PDF, toyFunds } from "./testing.ts";

const TODAY = "2024-11-05";
let toy: Awaited<ReturnType<typeof openToyCounty>>;
let folder: string;
let manifest: string;
const clock = fixedClock(TODAY);
const items = { soup: "热汤" };
let audit: ReturnType<typeof createAudit>;

beforeAll(async () => {
  toy = await openToyCounty();
  audit = createAudit({ clock, vault: toy.data.vault, settleMs: 0 });
  audit.registerChain(paymentsChain);
  audit.registerChain(fundsChain);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-export-test-"));
  const { funds, documents } = toyFunds({ toy, clock, audit, items });
  await toy.award([await toy.person('赵"一"')], { amountFen: 50_000 });
  await toy.award([await toy.person("钱,二")], { amountFen: 30_000 });
  await toy.data.db.transact(toy.staff.finance, (tx) =>
    funds.allocate(tx, {
      ...{ id: newId(), source: "县", document: "甲财社〔2024〕1号", issuedOn: "2024-01-10", item: "" },
      ...{ amountFen: 200_000, receivedOn: "2024-10-08", note: "第一行\n第二行\r\u2028第三行" },
    }),
  );
  const [outlay, fileId] = [newId(), newId()];
  await toy.data.db.transact(toy.staff.finance, async (tx) => {
    await documents.saveFile(tx, { id: fileId, name: "合同.pdf", bytes: PDF });
    const accountId = (await funds.page(tx, { year: 2024 })).accounts[0]?.id as string;
    await funds.askOutlay(tx, {
      ...{ id: outlay, accountId, way: "service", payee: "甲县养老服务中心", purpose: "上门探访" },
      ...{
        document: "合同1号",
        voucher: "P1",
        fileId,
        month: "2024-10",
        paidOn: "2024-10-30",
        amountFen: 7_000,
      },
    });
  });
  await toy.data.db.transact(actor("leader", "局长"), (tx) =>
    funds.decideOutlay(tx, outlay, { confirm: true, note: "" }),
  );
  const roster = await toy.generate("2024-09");
  await toy.signAll(roster.id);
  const file = await toy.send(roster.id);
  await toy.load(
    roster.id,
    answerCsv(file, ({ amountFen }) =>
      amountFen === 50_000
        ? { outcome: "failed", failReason: "销户" }
        : { outcome: "paid", paidOn: "2024-11-04", bankSerial: "B1" },
    ),
  );
  await toy.data.db.transact(systemActor(COUNTY), (tx) => funds.onRosterMoved(tx, { rosterId: roster.id }));
  await audit.seal(toy.data.db, COUNTY);
  ({ manifest } = await writeExport({ clock, audit }, toy.data.db, COUNTY, toFolder(folder)));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await toy.close();
});

/** The script as an auditor runs it: another folder, another process, nothing of ours in reach. */
const check = (at: string) =>
  new Promise<{ code: number; text: string }>((done) => {
    execFile(process.execPath, ["check-export.mjs"], { cwd: at, env: {} }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, text: out + err }),
    );
  });
/** A copy to which something is done. */
async function damaged(work: (copy: string) => void) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-export-test-"));
  try {
    fs.cpSync(folder, copy, { recursive: true });
    work(copy);
    return await check(copy);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}
/** A copy with one file changed; `honest`: the forger mends the manifest too. */
const tampered = (name: string, change: (text: string) => string, honest: boolean) =>
  damaged((copy) => {
    const before = fs.readFileSync(path.join(copy, name), "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    fs.writeFileSync(path.join(copy, name), after);
    if (honest) {
      const manifest = JSON.parse(fs.readFileSync(path.join(copy, "manifest.json"), "utf8"));
      for (const f of manifest.files)
        if (f.name === name) {
          f.rows = after.split("\n").length - 2;
          f.sha256 = createHash("sha256").update(after).digest("hex");
          let chain = Buffer.alloc(32);
          for (const line of after.split("\n").slice(1, -1))
            chain = createHash("sha256").update(chain).update(`${line}\n`).digest();
          f.chain = chain.toString("hex");
        }
      const text = JSON.stringify(manifest);
      expect(isOurs({ audit }, text)).toBe(false);
      fs.writeFileSync(path.join(copy, "manifest.json"), text);
    }
  });

test("the export agrees on another machine, names with commas and quotes included", async () => {
  const { code, text } = await check(folder);
  expect(text).toContain("✓ 全部相符");
  // What the county's page says of this export, for whoever holds only the folder.
  expect(text).toContain(`清单摘要 ${manifest}`);
  expect(code).toBe(0);
  expect(isOurs({ audit }, fs.readFileSync(path.join(folder, "manifest.json"), "utf8"))).toBe(true);
  expect(fs.readFileSync(path.join(folder, "lines.csv"), "utf8")).not.toMatch(/62170000|id-\d/);
});

test("one fen is found, also by a forger who mends the manifest", async () => {
  const fen = (from: string) => (text: string) => text.replace(from, String(Number(from) + 1));
  expect((await tampered("lines.csv", fen("30000"), false)).text).toContain("文件摘要与清单不符");
  const line = await tampered("lines.csv", fen("30000"), true);
  expect(line.code).toBe(1);
  expect(line.text).toContain("按明细重算的摘要与签字的摘要不符");
  expect((await tampered("events.csv", fen("50000"), true)).text).toContain("与封存时不同");
  const entry = await tampered("entries.csv", fen("200000"), true);
  expect(entry.text).toMatch(/资金分录第 \d+ 号：金额 2000\.00 元，借 2000\.01 元/);
  expect((await tampered("accounts.csv", fen("163000"), true)).text).toContain("分录加总");
  expect((await tampered("outlays.csv", fen("7000"), true)).text).toContain("没有同样金额、已确认的付款单");
  const twice = (text: string) => text.replace(/\n([^\n]+)\n/, "\n$1\n$1\n");
  expect((await tampered("slots.csv", twice, true)).text).toContain("占了两个名额");
});

test("whatever is cut off, taken away or put in is named", async () => {
  const at = (copy: string, name: string) => path.join(copy, name);
  const cut = (name: string, bytes: number) =>
    damaged((copy) => fs.truncateSync(at(copy, name), fs.statSync(at(copy, name)).size - bytes));
  const without = (text: string) => text.replace(/\n[^\n]+\n/, "\n");
  for (const [found, said] of [
    [await cut("events.csv", 9), "events.csv：末行残缺，文件没有完整"],
    [await cut("lines.csv", 40), "lines.csv：末行残缺"],
    [await cut("manifest.json", 9), "清单 manifest.json 缺少或残缺"],
    [await damaged((copy) => fs.rmSync(at(copy, "manifest.json"))), "清单 manifest.json 缺少或残缺"],
    [await damaged((copy) => fs.rmSync(at(copy, "slots.csv"))), "缺少文件 slots.csv"],
    [await damaged((copy) => fs.writeFileSync(at(copy, "new.csv"), "a\n")), "new.csv 不在清单里"],
    [await tampered("returns.csv", without, false), "returns.csv：清单写 1 行，实有 0 行"],
    [await tampered("signatures.csv", without, true), "签字却不是三人"],
    [await tampered("rosters.csv", without, true), "不在名册里"],
    [await tampered("lines.csv", without, true), "与签字的摘要不符"],
    [await tampered("events.csv", (t) => t.replace(/\n[^\n]*,paid,[^\n]*/, ""), true), "流水 0.00 元"],
    [await tampered("journals.csv", without, true), "分录所属的资金凭证"],
    [await tampered("accounts.csv", without, true), "分录所属的资金"],
  ] as const) {
    expect(found.text).toContain(said);
    expect(found.code, said).toBe(1);
  }
});

test("an auditor asks, the job makes it, the auditor fetches a ZIP; nobody else may", async () => {
  const files = openFileStore(path.join(folder, "store"), toy.data.vault);
  const exports = createExports({ clock, audit, files });
  const auditor = actor("auditor", "审计员");
  const id = newId();
  const ask = (who = auditor) => toy.data.db.transact(who, (tx) => exports.request(tx, { id }));
  expect(await codeOf(ask(toy.staff.clerk))).toBe("forbidden");
  expect(await ask()).toMatchObject([{ id, finishedAt: null }]);
  expect(await ask()).toHaveLength(1);
  const get = () => toy.data.db.transact(auditor, (tx) => exports.download(tx, id));
  expect(await codeOf(get())).toBe("not-found");
  await createWorker(toy.data.db, exports.jobs).runDue();
  const { content, name } = await get();
  expect(name).toMatch(/^430621-audit-.*\.zip$/);
  const bytes = Buffer.concat(await Readable.from(content).toArray());
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\x03\x04");
  const first = zlib.inflateRawSync(bytes.subarray(30 + "rosters.csv".length)).toString();
  expect(first).toBe(fs.readFileSync(path.join(folder, "rosters.csv"), "utf8"));
  expect(bytes.includes(Buffer.from("check-export.mjs"))).toBe(true);
});

test("verify adds every roster up again and names the one that was changed", async () => {
  const prove = () => toy.run(actor("auditor", "审计员"), (tx, p) => p.prove(tx));
  expect(await prove()).toMatchObject({ rosters: 1, lines: 2, faults: [] });
  await toy.data.owner("alter table roster_line disable trigger user");
  await toy.data.owner("update roster_line set amount_fen = amount_fen + 1 where amount_fen = 30000");
  const { faults } = await prove();
  expect(faults[0]).toContain("按明细重算的摘要与名册登记的不符");
  expect(faults.some((f) => f.includes("合计登记 800.00 元，加总 800.01 元"))).toBe(true);
  await toy.data.owner("update roster_line set amount_fen = amount_fen - 1 where amount_fen = 30001");
  expect(await prove()).toMatchObject({ faults: [] });
  // Every money field is signed, not only what the bank pays.
  for (const [field, was] of [
    ["deducted_fen", "0"],
    ["previous_fen", "null"],
  ]) {
    await toy.data.owner(`update roster_line set ${field} = 1 where amount_fen = 30000`);
    // The digest, and the sums that are kept: no trigger saw it.
    expect((await prove()).faults, field).toHaveLength(2);
    await toy.data.owner(`update roster_line set ${field} = ${was} where amount_fen = 30000`);
  }
  expect(await prove()).toMatchObject({ faults: [] });
});
