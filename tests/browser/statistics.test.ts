/** A statutory table on its page: counted, corrected with a reason, explained, signed by two, taken out, filled again. */
import { expect, test } from "vitest";
import { says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("统计报表", () => {
  const open = houseOfFile();

  test("县级经办取数填报，校验通过；没有台账的填上数和来处，改一个数要写理由", async () => {
    const page = await open().desk(YUEYANG, "xian", "/statistics");
    await page.getByTestId("open-return").click();
    await page.getByTestId("return").waitFor();
    await says(page.getByTestId("return"), "2026年5月");
    await says(page.getByTestId("return-checks"), "低保人数等于城市加农村");
    await says(page.getByTestId("return-blank"), "1 格没有台账、还空着，不能签字");
    await page.getByTestId("fill").click();
    await says(page.locator(".ant-message"), "还有 1 格是空的：「临时救助人次」");
    // A figure opens its month and the people of that month, each with a page of his own.
    await page.getByTestId("trace-dibao_persons-now").click();
    await says(page.getByTestId("trace-months"), "2026-05");
    await page.getByTestId("counted-rows").getByRole("link").first().waitFor();
    await look(page, "statistics-trace");
    await page.locator(".ant-drawer-close").click();
    await page.getByTestId("trace").waitFor({ state: "detached" });
    await page.getByTestId("correct-temporary_persontimes-now").click();
    const form = page.getByTestId("drawer-form");
    await type(form, "value", "12");
    await page.getByTestId("submit").click();
    await says(form.getByRole("alert").first(), /请/);
    await type(form, "text", "各乡镇上报数合计");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(page.getByTestId("row-temporary_persontimes"), "各乡镇上报数合计");
    await page.getByTestId("correct-dibao_persons-now").click();
    await type(form, "value", "9999");
    await type(form, "text", "按纸质台账");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(page.getByTestId("row-dibao_persons"), /取数 .*，.*改：按纸质台账/);
    await says(page.getByTestId("return-checks"), "各行相加是");
    await look(page, "statistics-check");
    // The code of a row is entered once the original was seen.
    const row = page.getByTestId("code-temporary_persontimes");
    await says(row, "代码待核实");
    await row.getByRole("button").click();
    await type(form, "code", "YZH0112240");
    await type(form, "text", "省厅统计报表制度 2026 年版");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(row, /YZH0112240（.*填，见省厅统计报表制度 2026 年版）/);
  });

  test("校验没有通过不能签字；改回取数，变动大的说明了，才能签", async () => {
    const page = await open().desk(YUEYANG, "xian", "/statistics");
    await page.getByTestId("return-assistance-monthly-2026-05").click();
    await page.getByTestId("fill").click();
    await says(page.locator(".ant-message"), "校验没有通过");
    await page.getByTestId("correct-dibao_persons-now").click();
    const form = page.getByTestId("drawer-form");
    await type(form, "text", "纸质台账有误");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const silent = page.locator(".return-cell .warning [data-testid^=explain-]");
    for (let left = await silent.count(); left > 0; left--) {
      await silent.first().click();
      await type(form, "text", "本年新开办");
      await page.getByTestId("submit").click();
      await form.waitFor({ state: "detached" });
    }
    await page.getByTestId("fill").click();
    await says(page.getByTestId("return-state"), "待负责人签字");
    expect(await page.getByTestId("seal").count()).toBe(0);
  });

  test("局领导签字封存；导出两种文件，再导出一次一个字节不差", async () => {
    const page = await open().desk(YUEYANG, "shenpi", "/statistics");
    await page.getByTestId("return-assistance-monthly-2026-05").click();
    await page.getByTestId("seal").click();
    await says(page.getByTestId("return-state"), "已封存");
    await says(page.getByTestId("return-versions"), "摘要");
    for (const format of ["xlsx", "csv"]) {
      const href = await page.getByTestId(`export-${format}`).getAttribute("href");
      const take = async () => {
        const reply = await page.request.get(new URL(href ?? "", page.url()).href);
        expect(reply.status()).toBe(200);
        return reply.body();
      };
      const [first, second] = [await take(), await take()];
      expect(first.length).toBeGreaterThan(500);
      expect(second.equals(first)).toBe(true);
    }
    await look(page, "statistics-sealed");
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, "statistics-phone");
  });

  test("封存后只能另填一版，写明理由；乡镇看不到县的表，填自己的", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "xian", "/statistics");
    await page.getByTestId("return-assistance-monthly-2026-05").click();
    await page.getByTestId("reopen").click();
    await type(page.getByTestId("drawer-form"), "text", "补录漏登的退保");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("return"), "第 2 版（补录漏登的退保）");
    await says(page.getByTestId("row-temporary_persontimes"), "沿用第 1 版：各乡镇上报数合计");
    const address = new URL(page.url()).pathname;
    const zhen = await h.desk(YUEYANG, "zhen", "/statistics");
    await zhen.getByTestId("open-return").waitFor();
    await zhen.goto(address);
    await zhen.getByText("没有找到", { exact: true }).waitFor();
    await look(page, "statistics-list");
  });
});
