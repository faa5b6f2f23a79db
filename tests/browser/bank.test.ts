/**
 * The bank's files and what hangs and is proved besides: a text in GB18030 and a workbook fetched and read, an answer in two
 * parts with the failure paid again, a roster's publicity that ends by itself, the auditor's export proved without us.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { formatYuan, monthOf, newId } from "@wuxin/kernel";
import { type Actor, createWorker, systemActor } from "@wuxin/platform";
import { unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { says } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";

const GB = new TextDecoder("gb18030", { fatal: true });

story("银行文件、分两次的回盘、名册公示和审计导出", () => {
  const open = houseOfFile();
  const work = () => createWorker(open().house.db, open().house.jobs).runDue();
  const officer = (name: string, role: string): Actor => ({
    ...systemActor(YUEYANG),
    ...{ accountId: newId(), name, role },
  });
  const rosterId = newId();
  const rosterAt = `/rosters/${rosterId}`;
  /** The lines of the text, a character a byte. */
  let sent: string[] = [];

  test("竖线分隔的 GB18030 文本和 XLSX：下载下来逐行相符", async () => {
    const { house, later, desk } = open();
    await later("2026-07-03");
    const clerk = officer("甲科员", "county");
    await house.as({ actor: clerk }, (tx) =>
      house.payments.generate(tx, { id: rosterId, month: monthOf(house.clock.today()) }),
    );
    for (const [step, actor] of [
      ["maker", clerk],
      ["checker", officer("乙科员", "county")],
      ["approver", officer("丙局长", "leader")],
    ] as const)
      await house.as({ actor }, async (tx) => {
        const { digest } = await house.payments.page(tx, rosterId);
        await house.payments.sign(tx, rosterId, { step, digest });
      });
    const caiwu = await desk(YUEYANG, "caiwu", rosterAt);
    const bytes = await made(caiwu, "bar-gb18030", work);
    const text = GB.decode(bytes);
    const { number, bankFiles } = await house.as({ actor: clerk }, (tx) => house.payments.page(tx, rosterId));
    const { lines: includedLines = 0, totalFen: includedFen = 0 } = bankFiles[0] ?? {};
    const yuan = formatYuan(includedFen).replaceAll(",", "");
    const [head, ...rest] = text.trimEnd().split("\r\n");
    expect(head).toBe(`${number}|${includedLines}|${yuan}|20260703`);
    sent = bytes.toString("latin1").trimEnd().split("\r\n").slice(1);
    const lines = rest;
    expect(lines).toHaveLength(includedLines);
    expect(lines.every((l) => /^\d+\|\d{12,19}\|\p{Script=Han}+\|\d+\.\d\d\|/u.test(l))).toBe(true);
    const fen = lines.reduce((sum, l) => sum + Math.round(Number(l.split("|")[3]) * 100), 0);
    expect(fen).toBe(includedFen);

    const { sheets } = await readXlsx(await made(caiwu, "xlsx", work));
    expect(sheets.map((s) => s.name)).toEqual(["发放明细", "控制信息"]);
    const accounts = sheets[0]?.rows.slice(1, -1).map((r) => r[8]);
    expect(accounts).toEqual(lines.map((l) => l.split("|")[1]));
    expect(sheets[1]?.rows.slice(0, 3)).toEqual([
      ["笔数", String(includedLines)],
      ["金额（分）", String(includedFen)],
      ["金额（元）", yuan],
    ]);
  });

  test("回盘分两次来：第一次一笔失败、后一半没有；余下的再装，失败的一笔另作补发", async () => {
    const { desk } = open();
    const caiwu = await desk(YUEYANG, "caiwu", rosterAt);
    await settled(caiwu);
    const half = Math.floor(sent.length / 2);
    /** In the bank's own encoding: what it was sent, up to the amount, and what became of it. */
    const answer = (some: readonly string[], failing: number) =>
      Buffer.from(
        some
          .map((l, i) =>
            [
              ...l.split("|").slice(0, -2),
              ...(i === failing ? ["1003", "", ""] : ["0000", "S1", "20260703"]),
            ].join("|"),
          )
          .toSpliced(0, 0, "HEAD")
          .join("\r\n"),
        "latin1",
      );
    const load = async (name: string, buffer: Buffer, said: string) => {
      await caiwu.getByTestId("return-file").setInputFiles({ name, mimeType: "text/plain", buffer });
      await says(caiwu.getByTestId("return-progress"), name);
      await work();
      await says(caiwu.getByTestId("return-report"), said);
    };
    await load("第一批.txt", answer(sent.slice(0, half), 0), `成功 ${half - 1}，失败 1，未知 0`);
    await says(caiwu.getByTestId("reconciliation"), "相符");
    await look(caiwu, "return-in-parts");
    const left = sent.slice(half);
    await load("第二批.txt", answer(left, -1), `成功 ${left.length}，失败 0，未知 0`);
    const xian = await desk(YUEYANG, "xian", rosterAt);
    await xian.getByTestId("reissue").click();
    await xian.waitForURL((url) => !url.pathname.endsWith(rosterAt));
    await says(xian.getByTestId("roster"), "失败补发名册");
    await settled(xian);
    expect(await xian.getByTestId("lines").locator("tbody tr[data-row-key]").count()).toBe(1);
  });

  test("名册公示：居民按乡镇看得到姓名、人数、金额，期满自己撤下", async () => {
    const { desk, phone, later } = open();
    const xian = await desk(YUEYANG, "xian", rosterAt);
    await xian.getByTestId("publish-subsistence-allowance").click();
    await says(xian.getByTestId("roster-publicity"), "公示中，至 2026-08-");
    await look(xian, "roster-hanging");
    const anyone = await phone();
    await anyone.goto(`/c/${YUEYANG}/publicity`);
    const notice = anyone.getByTestId("roster-notice");
    await notice.first().waitFor();
    expect(await notice.locator("tbody tr").count()).toBe(0); // names only of a township that was chosen
    const select = anyone.getByTestId("field-township");
    const townships = await select
      .locator("option")
      .evaluateAll((all) => all.map((o) => o.getAttribute("value") ?? ""));
    for (const township of townships.filter((t) => t !== "")) {
      await select.selectOption(township);
      await settled(anyone);
      if ((await notice.locator("tbody tr").count()) > 0) break;
    }
    const text = await notice.innerText();
    expect(text).toMatch(/\p{Script=Han}{2,4}\s+\d+\s+[\d,]+\.\d\d/u);
    expect(text).not.toMatch(/\d{12,}/);
    await look(anyone, "phone-roster-publicity");
    await later(31);
    await anyone.reload();
    await settled(anyone);
    expect(await notice.count()).toBe(0);
    await desk(YUEYANG, "xian", rosterAt);
    await says(xian.getByTestId("roster-publicity"), "已期满");
  });

  test("审计导出：从页面下载，离开本系统用 node 校验；改一分钱就指出来", async () => {
    const shenji = await open().desk(YUEYANG, "shenji", "/audit");
    await shenji.getByTestId("request-export").click();
    await says(shenji.getByTestId("exports"), "正在做");
    await work();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-auditor-"));
    try {
      const [download] = await Promise.all([
        shenji.waitForEvent("download"),
        shenji.getByTestId("download-export").first().click(),
      ]);
      for (const [name, bytes] of Object.entries(unzipSync(fs.readFileSync(await download.path()))))
        fs.writeFileSync(path.join(folder, path.basename(name)), bytes);
      // Nothing of this system: an empty environment in a folder of its own.
      const check = () =>
        spawnSync(process.execPath, ["check-export.mjs"], { cwd: folder, env: {}, encoding: "utf8" });
      const whole = check();
      expect(whole.stdout + whole.stderr).toContain("全部相符");
      expect(whole.status).toBe(0);
      const at = path.join(folder, "events.csv");
      fs.writeFileSync(at, fs.readFileSync(at, "utf8").replace(",paid,", ",failed,"));
      const forged = check();
      expect(forged.status).toBe(1);
      expect(forged.stdout + forged.stderr).toContain("文件摘要与清单不符");
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A bank file made and fetched on the page. */
async function made(page: Page, layout: string, work: () => Promise<number>): Promise<Buffer> {
  await page.getByTestId(`export-${layout}`).click();
  await says(page.getByTestId("file-progress"), "正在生成");
  await work();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId(`download-${layout}`).first().click(),
  ]);
  return fs.readFileSync(await download.path());
}
