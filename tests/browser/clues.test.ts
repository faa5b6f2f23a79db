/** A clue on its page: the township tells of somebody, the county hands it over, the village goes, the township closes it. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, date, field, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const press = async (page: Page, action: string) => {
  await page.getByTestId(`do-${action}`).click();
  const form = page.getByTestId("drawer-form");
  await form.waitFor();
  return form;
};
const send = async (page: Page, state: string) => {
  await page.getByTestId("submit").click();
  await page.getByTestId("drawer-form").waitFor({ state: "detached" });
  await says(page.getByTestId("clue-state"), state);
};

story("线索", () => {
  const open = houseOfFile();

  test("乡镇登记，县里下发，乡镇派人，村里入户，乡镇办结", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", "/clues");
    await zhen.getByTestId("report-clue").click();
    const form = zhen.getByTestId("drawer-form");
    await type(form, "title", "独居老人摔伤，没有人照料");
    await type(form, "name", "周演示");
    // The township itself stands first, then its villages: the first is the one of the village worker.
    await field(form, "divisionCode").locator(".ant-select").first().click();
    await zhen.locator(".ant-select-item-option:visible").nth(1).click();
    await zhen.getByTestId("submit").click();
    await zhen.getByTestId("clue").waitFor();
    await says(zhen.getByTestId("clue-state"), "待下发");
    expect(await zhen.getByTestId("do-dispatch").count()).toBe(0);
    const at = zhen.url().replace(/^.*\/console/, "");

    const xian = await h.desk(YUEYANG, "xian", at);
    await press(xian, "dispatch");
    await send(xian, "待派人");

    await zhen.reload();
    await choose(await press(zhen, "assign"), "worker", "周满秀（村）");
    await send(zhen, "待入户");

    const cun = await h.desk(YUEYANG, "cun", at);
    const visit = await press(cun, "visit");
    await date(visit, "on", "2026-06-09");
    await choose(visit, "met", "本人");
    await choose(visit, "matches", "不属实");
    await choose(visit, "proposal", "没有变化");
    await type(visit, "findings", "老人行动自如，女儿同住照料。");
    await send(cun, "待研判");

    await zhen.reload();
    await says(zhen.getByTestId("clue-history"), "女儿同住照料");
    await type(await press(zhen, "no-change"), "note", "已有家人照料，定期走访。");
    await send(zhen, "情况不变");
    await look(zhen, "clue");
    await zhen.goto("/console/clues?state=closed");
    await says(zhen.getByTestId("clue-list"), "独居老人摔伤");
    await look(zhen, "clues");

    await xian.goto("/console/clues/overview");
    await says(xian.getByTestId("tiles"), "荣家湾镇1");
    await says(xian.getByTestId("overview-sources"), "主动发现");
    await look(xian, "clue-overview");
  });
});
