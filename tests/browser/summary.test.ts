/** The half year on its page: drafted, each number shown with its source, words changed, settled, signed, printed. */
import fs from "node:fs";
import { readText, textOf } from "@wuxin/gongwen";
import { systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { choose, says, type } from "./hands.ts";
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

  test("改文字：数保持原样，手写的数列为待核对，写明理由", async () => {
    const page = open().pages().at(-1);
    if (!page) throw new Error("no page");
    await page.getByTestId("edit-summary").click();
    const boxes = page.getByTestId("summary-editor").locator("[contenteditable=true][role=textbox]");
    await look(page, "summary-editor");
    const figures = await page.getByTestId("summary-editor").locator(".summary-figure").count();
    const last = boxes.first();
    await last.click();
    await page.keyboard.press("End");
    await page.keyboard.type("另外走访慰问困难老人35人。");
    expect(await page.getByTestId("summary-editor").locator(".summary-figure").count()).toBe(figures);
    await page.getByTestId("save-summary").click();
    await says(page.getByTestId("findings"), "手写的数");
    await says(page.getByTestId("summary-text"), "走访慰问困难老人35人");
    expect(await page.getByTestId("figure").count()).toBe(figures);
    for (const kind of ["typed", "open-month", "to-write"]) {
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
