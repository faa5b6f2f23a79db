/** Money given to townships, and money that follows prices: entered by one, refused where it cannot be, confirmed by another. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { field, find, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("分配和物价联动", () => {
  const open = houseOfFile();
  const form = (page: Page) => page.getByTestId("drawer-form");

  test("财务把一笔资金分给乡镇；超过没有分配的，说还剩多少，不登记；收回的留着原来的登记", async () => {
    const page = await open().desk(YUEYANG, "caiwu", "/funds");
    const panel = page.getByTestId("fund-allotments");
    await panel.waitFor();
    const rows = panel.locator("tbody tr").filter({ hasText: "演民发〔2026〕30号" });
    await page.getByTestId("new-allotment").click();
    await find(form(page), "divisionCode", "荣家湾镇");
    await type(form(page), "purpose", "低保金");
    await type(form(page), "document", "演民发〔2026〕30号");
    await type(form(page), "amountFen", "9,999,999");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("form-error"), "没有分配，金额应在这以内");
    expect(await rows.count()).toBe(0);
    await type(form(page), "amountFen", "100");
    await page.getByTestId("submit").click();
    await form(page).waitFor({ state: "detached" });
    await says(rows, "荣家湾镇");
    await look(page, "funds-allotted");
    await rows.getByRole("button", { name: "收回" }).click();
    await type(form(page), "reason", "分错乡镇");
    await page.getByTestId("submit").click();
    await says(rows, "已收回");
  });

  test("县级录入涨幅，写成指数的当场提示；达到条件的由另一人看过人数和金额再确认，本人不能", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "xian", "/linkages");
    await page.getByTestId("enter-index").click();
    const month = field(form(page), "month").locator("input").first();
    await month.click();
    await month.fill("2026-05");
    await month.press("Enter");
    await type(form(page), "居民消费价格涨幅", "103.6");
    await type(form(page), "食品价格涨幅", "6.4");
    await type(form(page), "低收入居民价格涨幅", "3.7");
    await type(form(page), "source", "演示统计月报 2026-05");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("form-error"), "减去 100 再填");
    await type(form(page), "居民消费价格涨幅", "3.6");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("linkage-why"), "联动启动：是");
    await says(page.getByTestId("why-not-decide"), "另一位");
    expect(await page.getByTestId("linkage-confirm").count()).toBe(0);
    const persons = await page.getByTestId("linkage-persons").innerText();
    const at = new URL(page.url()).pathname.replace("/console", "");
    const leader = await h.desk(YUEYANG, "shenpi", at);
    await leader.getByTestId("linkage-confirm").click();
    await type(form(leader), "note", "与统计月报一致");
    await leader.getByTestId("submit").click();
    await form(leader).waitFor({ state: "detached" });
    await says(leader.getByTestId("linkage-reached"), "已列入发放");
    expect(await leader.getByTestId("linkage-persons").innerText()).toBe(persons);
    await look(leader, "linkage-confirmed");
  });
});
