/** 政策标准: an officer enters a new amount, sees what it changes, and another person approves it. */
import { expect, test } from "vitest";
import { date } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const NAME = "低保标准";
const AT = `/standards/${encodeURIComponent(NAME)}`;

story("提标：录入、预览、送审、批准", () => {
  const open = houseOfFile();

  test("县级经办从保障进入，录错的当场说，先看影响才能送审", async () => {
    const xian = await open().desk(YUEYANG, "xian");
    await xian.getByTestId("rail-保障").click();
    await xian.getByRole("link", { name: "政策标准" }).click();
    await look(xian, "standards");
    await xian.getByTestId(`standard-${NAME}`).getByRole("link").first().click();
    await look(xian, "standard");
    await xian.getByTestId("enter-standard").click();
    const form = xian.getByTestId("standard-form");
    await date(form, "since", "2026-07-01");
    await form.getByTestId("field-value-城市").locator("input").first().fill("七百三");
    expect(await xian.getByTestId("send-standard").isDisabled()).toBe(true);
    await xian.getByTestId("preview").click();
    await form.getByTestId("field-value-城市").getByRole("alert").waitFor();
    await form.getByTestId("field-value-城市").locator("input").first().fill("730");
    await form.getByTestId("field-value-农村").locator("input").first().fill("480");
    await form.getByTestId("field-document").locator("input").fill("岳县政办发〔2026〕15号");
    await xian.getByTestId("preview").click();
    await xian.getByTestId("impact").waitFor();
    expect(await xian.getByTestId("monthly").innerText()).toMatch(/\+[\d,]+\.\d\d/);
    await look(xian, "standard-impact");
    await xian.getByTestId("send-standard").click();
    await xian.getByTestId("version-2026-07-01").waitFor();
    expect(await xian.getByTestId("version-state").innerText()).toContain("待批准");
    expect(await xian.getByTestId("approve-standard").count()).toBe(0);
  });

  test("局领导的工作台上有它，看过影响后批准，七月起执行", async () => {
    const h = open();
    const leader = await h.desk(YUEYANG, "shenpi");
    await leader.getByTestId("workbench").getByText("批准新标准").first().click();
    await leader.getByTestId("impact").waitFor();
    await look(leader, "standard-approve");
    await leader.getByTestId("approve-standard").click();
    await leader.getByTestId("confirm-approve").click();
    await leader.getByTestId("approve-standard").waitFor({ state: "detached" });
    await leader.goto(`/console${AT}`);
    expect(await leader.getByTestId("version-state").innerText()).toContain("已批准");
    expect(h.house.counties.standards(YUEYANG).text).toContain("岳县政办发〔2026〕15号");
  });

  test("规则页：公式、条文和例子", async () => {
    const shenji = await open().desk(YUEYANG, "shenji", "/rules");
    await shenji.getByTestId("rule-sets").getByRole("link").nth(1).click();
    await shenji.getByTestId("rules").waitFor();
    expect(await shenji.getByTestId("examples").locator("[data-ok=false]").count()).toBe(0);
    await look(shenji, "rules");
  });
});
