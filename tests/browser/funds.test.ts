/** The county's money on its page: it agrees, finance enters what came in, a leader gives leave to overdraw. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, date, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const amountOf = async (page: Page): Promise<number> =>
  Math.round(Number((await page.getByTestId("fund-available").innerText()).replaceAll(",", "")) * 100);

story("资金台账", () => {
  const open = houseOfFile();
  let before = 0;

  test("审计一打开就看到「相符」、余额、测算和明细账，没有能改的按钮", async () => {
    const page = await open().desk(YUEYANG, "shenji", "/funds");
    await says(page.getByTestId("reconciliation"), "相符");
    await says(page.getByTestId("reconciliation"), "逐册逐项");
    await says(page.getByTestId("fund-balances"), "福彩公益金");
    await says(page.getByTestId("fund-forecast-text"), "年底");
    await page.getByTestId("journal-payment").first().waitFor();
    expect(await page.getByTestId("new-allocation").count()).toBe(0);
    before = await amountOf(page);
    expect(before).toBeGreaterThan(0);
    await look(page, "funds");
  });

  test("财务登记一笔拨入，余额增加同样多；录错的冲正，余额回到原来", async () => {
    const page = await open().desk(YUEYANG, "caiwu", "/funds");
    await page.getByTestId("new-allocation").click();
    const form = page.getByTestId("drawer-form");
    await form.waitFor();
    await page.getByTestId("submit").click();
    await says(form.getByRole("alert").first(), /请/);
    await choose(form, "source", "省");
    await type(form, "document", "演省财社〔2026〕21号");
    await date(form, "issuedOn", "2026-06-01");
    await type(form, "amountFen", "12,345.67");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(page.getByTestId("fund-balances"), "演省财社〔2026〕21号");
    await expect.poll(() => amountOf(page)).toBe(before + 1_234_567);
    await look(page, "funds-after-allocation");
    await page.getByTestId("reverse-journal").first().click();
    await type(form, "reason", "文号录错");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await expect.poll(() => amountOf(page)).toBe(before);
  });

  test("财务申请垫付，写明理由；局领导批准", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "caiwu", "/funds");
    await page.getByTestId("ask-override").click();
    const form = page.getByTestId("drawer-form");
    await choose(form, "source", "县");
    await type(form, "document", "待下达");
    await type(form, "limitFen", "20000");
    await type(form, "reason", "上级资金未到，先行垫付");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(page.getByTestId("fund-overrides"), "待批准");
    expect(await page.getByTestId("approve-override").count()).toBe(0);
    const leader = await h.desk(YUEYANG, "shenpi", "/funds");
    await leader.getByTestId("approve-override").click();
    await says(leader.getByTestId("fund-overrides"), "已批准");
    await look(leader, "funds-override");
  });
});
