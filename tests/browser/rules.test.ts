/** 改规则: an officer writes in the browser, the fault is shown at its place, names are offered; another person approves. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const ITEM = "age-allowance";

/** The whole of the file that is open, as if pasted. */
async function write(page: Page, file: string, text: string): Promise<void> {
  await page.getByTestId(`file-${file}`).click();
  await page.getByTestId(`editor-${file}`).locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

story("改规则：写错、补全、例子、试算、另一人批准", () => {
  const open = houseOfFile();
  let address = "";
  const files = () => open().house.catalogue.items.get(ITEM)?.folder;

  test("规则页：公式、例子、来路、各月、历次版本", async () => {
    const xian = await open().desk(YUEYANG, "xian", `/rules/${ITEM}`);
    await xian.getByTestId("rule-picture").waitFor();
    expect(await xian.getByTestId("examples").locator("[data-ok=false]").count()).toBe(0);
    expect(await xian.getByTestId("rule-versions").innerText()).toContain("本县没有改过");
    await look(xian, "rules-page");
  });

  test("写错一个字，说得出哪一行、怎么改；补全填回来", async () => {
    const xian = await open().desk(YUEYANG, "xian", `/rules/${ITEM}`);
    await xian.getByTestId("begin-rules").click();
    await xian.getByTestId("confirm-begin").click();
    await xian.getByTestId("editor-rules").waitFor();
    address = new URL(xian.url()).pathname;
    const rules = (files()?.rules?.text ?? "").replace("户籍在本县 = true and", "户籍在本具 = true and");
    await write(xian, "rules", rules);
    const problem = xian.getByTestId("rule-problems");
    await says(problem, "户籍在本具");
    expect(await problem.innerText()).toMatch(/第 \d+ 行第 \d+ 列[\s\S]*户籍在本县/);
    expect(await xian.locator(".cm-lintRange-error").first().innerText()).toBe("户籍在本具");
    await look(xian, "rules-fault");
    await problem.getByRole("button").first().click();
    await xian.waitForTimeout(150);
    for (const _ of "户籍在本具") await xian.keyboard.press("Delete");
    await xian.keyboard.type("户籍");
    await xian.locator(".cm-tooltip-autocomplete").getByText("户籍在本县").first().waitFor();
    await look(xian, "rules-completion");
    await xian.waitForTimeout(100);
    await xian.keyboard.press("Tab");
    await says(problem, "读得懂");
    expect(await xian.getByTestId("rule-changes").innerText()).toContain("与现行规则算法相同");
  });

  test("改了公式，例子不对就送不了审；改对例子，试算、送审，本人不能批准", async () => {
    const xian = await open().desk(YUEYANG, "xian", address.replace("/console", ""));
    const rules = (files()?.rules?.text ?? "").replace("高龄津贴标准.第一档 }", "高龄津贴标准.第一档 * 2 }");
    await xian.getByTestId("editor-rules").waitFor();
    await write(xian, "rules", rules);
    await says(xian.getByTestId("rule-examples"), "3 个不对");
    await type(xian, "document", "岳县民发〔2026〕8号");
    await type(xian, "note", "八十至八十九周岁的加一倍");
    await xian.getByTestId("save-rules").click();
    await xian.getByTestId("submit-rules").and(xian.locator(":enabled")).click();
    await says(xian.getByTestId("move-error"), "3 个例子不对");
    const examples = (files()?.examples?.text ?? "")
      .replaceAll("[50]", "[100]")
      .replace("[50, 100]", "[100, 100]");
    await write(xian, "examples", examples);
    await says(xian.getByTestId("rule-examples"), "全对");
    await xian.getByTestId("save-rules").click();
    await xian.getByTestId("try-rules").and(xian.locator(":enabled")).click();
    await xian.getByTestId("impact").waitFor();
    expect(await xian.getByTestId("trial").innerText()).toContain("每一户的变化都说得出");
    expect(await xian.getByTestId("monthly").innerText()).toMatch(/\+[\d,]+\.\d\d/);
    await xian.getByTestId("before-after").first().click();
    await xian.getByTestId("sides").waitFor();
    await look(xian, "rules-sides");
    await xian.keyboard.press("Escape");
    await xian.getByTestId("sides").waitFor({ state: "hidden" });
    await look(xian, "rules-trial");
    await xian.getByTestId("submit-rules").click();
    await says(xian.getByTestId("rule-state"), "待批准");
    expect(await xian.getByTestId("approve-rules").count()).toBe(0);
    expect(await xian.getByTestId("rule-foot").innerText()).toContain("不能是同一个人");
  });

  test("分管领导从工作台批准；乡镇只能看", async () => {
    const leader = await open().desk(YUEYANG, "shenpi");
    await leader.getByTestId("workbench").getByText("批准新规则").first().click();
    await says(leader.getByTestId("rule-changes"), "高龄津贴标准.第一档 * 2");
    await leader.getByTestId("approve-rules").click();
    await leader.getByTestId("confirm-approve").click();
    await says(leader.getByTestId("rule-state"), "已批准，未到起始月份");
    await look(leader, "rules-approved");
    const zhen = await open().desk(YUEYANG, "zhen", address.replace("/console", ""));
    await zhen.getByTestId("editor-rules").waitFor();
    expect(await zhen.getByTestId("rule-changes").innerText()).toContain("高龄津贴标准.第一档 * 2");
    expect(await zhen.getByTestId("save-rules").count()).toBe(0);
    expect(await zhen.getByTestId("try-rules").count()).toBe(0);
    await zhen.setViewportSize({ width: 390, height: 844 });
    await look(zhen, "rules-phone");
  });
});
