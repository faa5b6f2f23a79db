/** The half year on its page: drafted, each number shown with its source, words changed, settled, signed, printed. */
import fs from "node:fs";
import { readText, textOf } from "@wuxin/gongwen";
import { systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { choose, date, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("工作总结", () => {
  const open = houseOfFile();
  const year = () => open().today().slice(0, 4);
  const list = async (who: string) => {
    const page = await open().desk(YUEYANG, who, "/summaries");
    await page.getByTestId("summaries").waitFor();
    return page;
  };

  test("县级起草全年总结，数都有来源，点开看指标、时段和快照", async () => {
    const { house, clock } = open();
    for (let m = 1; m < Number(clock.today().slice(5, 7)); m++)
      await house.as({ actor: systemActor(YUEYANG) }, (tx) =>
        house.indicators.freeze(tx, `${year()}-${String(m).padStart(2, "0")}`),
      );
    const page = await list("xian");
    await look(page, "summaries-none");
    await page.getByTestId("begin-summary").first().click();
    await choose(page.getByTestId("drawer-form"), "kind", "全年");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("summary-text"), "低保对象人数");
    await says(page.getByTestId("findings"), "没有冻结");
    await page.getByTestId("figure").nth(2).click();
    await says(page.getByTestId("figure-source"), "个月已冻结");
    await look(page, "summary");
  });

  test("冻结以后补录台账：一人写理由提出更正，另一人确认，两个数都在；总结写明改了什么", async () => {
    const h = open();
    const may = `${year()}-05`;
    const at = `/indicators?code=cremations&month=${may}`;
    const xian = await h.desk(YUEYANG, "xian", "/registers/funeral-home");
    await xian.getByTestId("entry-link").first().click();
    await xian.getByRole("tab", { name: /火化登记/ }).click();
    await xian.getByTestId("add-row").filter({ visible: true }).click();
    const line = xian.getByTestId("drawer-form");
    await date(line, "on", `${may}-20`);
    await type(line, "freeFen", "1080");
    await xian.getByTestId("submit").click();
    await xian.getByRole("tab", { name: "火化登记 5" }).waitFor();
    await xian.goto(`/console${at}`);
    await says(xian.getByTestId("kept"), "按今天的台账重算是 3 具，和冻结的不同");
    await xian.getByTestId("correct-snapshot").click();
    await type(xian.getByTestId("drawer-form"), "text", "补录 5 月 20 日漏登的一具");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("asked-correction"), "2 → 3 具");
    expect(await xian.getByTestId("confirm-correction").count()).toBe(0);
    await look(xian, "correction-asked");
    // The one whom it concerns finds it on his desk.
    const fuhe = await h.desk(YUEYANG, "fuhe");
    await fuhe
      .getByRole("link", { name: /火化遗体数（/ })
      .first()
      .click();
    await fuhe.getByTestId("confirm-correction").click();
    await says(fuhe.getByTestId("kept"), "月末冻结 2 具");
    await says(fuhe.getByTestId("kept"), /第 2 版 3 具.*确认，理由：补录 5 月 20 日漏登的一具/);
    await says(fuhe.getByTestId("kept"), "比上月变动 50%");
    await look(fuhe, "correction-confirmed");
    const page = await list("xian");
    await page.getByText("年工作总结").click();
    await says(page.getByTestId("findings"), `${may} 更正：补录 5 月 20 日漏登的一具`);
    await look(page, "summary-corrected");
    await page.getByTestId("refresh-all").click();
    await page
      .getByTestId("findings")
      .filter({ hasText: `${may} 更正` })
      .waitFor({ state: "detached" });
    await page.getByTestId("figure").filter({ hasText: "5具" }).first().click();
    await says(page.getByTestId("figure-source"), `${may} 第 2 版：补录 5 月 20 日漏登的一具`);
  });

  test("改文字：数保持原样，手写的数列为待核对，写明理由", async () => {
    const page = open()
      .pages()
      .find((p) => p.url().includes("/summaries/"));
    if (!page) throw new Error("no page");
    await page.getByTestId("edit-summary").click();
    const boxes = page.getByTestId("summary-editor").locator("[contenteditable=true][role=textbox]");
    // A colleague saves first: neither writes over the other, and nothing that was typed is lost.
    const editor = page.getByTestId("summary-editor");
    await boxes.first().click();
    await page.keyboard.press("End");
    await page.keyboard.type("这一句还没有保存。");
    const other = await list("fuhe");
    await other.getByText("年工作总结").click();
    await other.getByTestId("edit-summary").click();
    await other.locator(".summary-editable").first().click();
    await other.keyboard.press("End");
    await other.keyboard.type("同事先保存了一句。");
    await other.getByTestId("save-summary").click();
    await says(other.getByTestId("summary-text"), "同事先保存了一句");
    await page.getByTestId("save-summary").click();
    await says(page.getByTestId("overtaken"), "保存了新的一版");
    await says(editor, "这一句还没有保存");
    await look(page, "summary-overtaken");
    await page.getByTestId("take-newest").click();
    await says(editor, "同事先保存了一句");
    expect(await editor.textContent()).not.toContain("这一句还没有保存");
    await look(page, "summary-editor");
    const figures = await page.getByTestId("summary-editor").locator(".summary-figure").count();
    const last = boxes.first();
    await last.click();
    await page.keyboard.press("End");
    await page.keyboard.type("另外走访慰问困难老人35人。");
    expect(await page.getByTestId("summary-editor").locator(".summary-figure").count()).toBe(figures);
    // What is still to be written is written in the text itself, box by box.
    await page.evaluate(`for (const box of document.querySelectorAll(".summary-editable")) {
      for (const n of box.childNodes)
        if (n.nodeType === 3) n.data = n.data.replaceAll("【请写明原因和下一步】", "正在推进。");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }`);
    await page.getByTestId("save-summary").click();
    await says(page.getByTestId("findings"), "手写的数");
    await says(page.getByTestId("summary-text"), "走访慰问困难老人35人");
    expect(await page.getByTestId("figure").count()).toBe(figures);
    expect(await page.getByTestId("explain-to-write").count()).toBe(0);
    for (const kind of ["typed", "open-month"]) {
      const before = await page.getByTestId(`explain-${kind}`).count();
      for (let n = 0; n < before; n++) {
        await page.getByTestId(`explain-${kind}`).first().click();
        await type(page.getByTestId("drawer-form"), "reason", "股室负责人书面报告。");
        await page.getByTestId("submit").click();
        await page.getByTestId("drawer-form").waitFor({ state: "hidden" });
      }
    }
    await says(page.getByTestId("findings"), "待核对 0");
  });

  test("局领导签发，县级导出 Word，读回来还是这些数", async () => {
    const leader = await list("shenpi");
    await leader.getByText("年工作总结").click();
    await leader.getByTestId("sign-summary").click();
    await says(leader.getByTestId("summary"), "已签发");
    await look(leader, "summary-signed");
    const page = await list("xian");
    await page.getByText("年工作总结").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("export-summary").click(),
    ]);
    const bytes = fs.readFileSync(await download.path());
    const numbers = readText(await textOf(bytes)).quantities.map((q) => `${q.value}${q.unit}`);
    const shown = await page.getByTestId("figure").allInnerTexts();
    expect(numbers).toEqual(expect.arrayContaining(shown));
    expect(numbers).toHaveLength(shown.length + 1);
    expect(numbers).toContain("35人");
  });

  test("审计看得到总结，不能起草；手机上也读得下去；乡镇不在权限内", async () => {
    const auditor = await list("shenji");
    expect(await auditor.getByTestId("begin-summary").count()).toBe(0);
    await auditor.setViewportSize({ width: 390, height: 844 });
    await auditor.getByText("年工作总结").click();
    await says(auditor.getByTestId("findings"), "待核对 0");
    await look(auditor, "summary-phone");
    await auditor.setViewportSize({ width: 1280, height: 800 });
    const zhen = await open().desk(YUEYANG, "zhen", "/summaries");
    await zhen.getByText("这里不在您的权限内").waitFor();
  });
});
