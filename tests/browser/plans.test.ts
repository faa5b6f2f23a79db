/** A plan on its page: read in, marked in its text, counted by a ledger, proved by two persons, asked about. */
import { expect, test } from "vitest";
import { says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const TEXT = `清溪县民政局2026年工作计划
一、兜住民生底线
1.全年新增低保对象不少于90人。
二、办好民生实事
2.年内完成300户特殊困难老年人家庭适老化改造。`;

story("计划", () => {
  const open = houseOfFile();

  test("县级粘贴一份计划，目标和出处标了出来；没有数的说没有数", async () => {
    const page = await open().desk(YUEYANG, "xian", "/plans");
    await page.getByTestId("plans").waitFor();
    await look(page, "plans");
    await page.getByTestId("read-plan").click();
    const form = page.getByTestId("drawer-form");
    await type(form, "text", TEXT);
    await page.getByTestId("submit").click();
    await page.getByTestId("plan").waitFor();
    await says(page.getByTestId("targets"), "不少于 90 人");
    await says(page.getByTestId("targets"), "没有数");
    expect(await page.locator(".plan-mark").count()).toBe(2);
    await look(page, "plan");
  });

  test("确认用哪个指标计数，灯由台账算出，写明理由", async () => {
    const page = await open().desk(YUEYANG, "xian", "/plans");
    await page.getByText("清溪县民政局2026年工作计划").click();
    await page.getByTestId("target").first().click();
    const drawer = page.getByTestId("target-drawer");
    await page.getByTestId("bind-dibao_new_persons").click();
    await page.getByTestId("submit").click();
    await says(drawer, "由指标计数");
    await says(drawer, "应完成");
    await look(page, "plan-target");
  });

  test("乡镇填报佐证，自己没有确认的按钮；县里确认后算数，再定责任", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", "/plans");
    await zhen.getByText("清溪县民政局2026年工作计划").click();
    await zhen.getByTestId("target").nth(1).click();
    await zhen.getByRole("button", { name: "填报佐证" }).click();
    const form = zhen.getByTestId("drawer-form");
    await type(form, "value", "120");
    await type(form, "words", "前两批验收单合计。");
    await zhen.getByTestId("submit").click();
    await says(zhen.getByTestId("target-drawer"), "待另一个人确认");
    expect(await zhen.getByTestId("confirm-evidence").count()).toBe(0);
    const xian = await h.desk(YUEYANG, "xian", "/plans");
    await xian.getByText("清溪县民政局2026年工作计划").click();
    await xian.getByTestId("target").nth(1).click();
    await xian.getByTestId("confirm-evidence").click();
    await says(xian.getByTestId("target-drawer"), "120 户");
    await xian.getByRole("button", { name: "定责任" }).click();
    await type(xian.getByTestId("drawer-form"), "owner", "养老服务股");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("targets"), "养老服务股");
  });
});
