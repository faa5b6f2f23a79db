/** 我能享受什么: on a phone, without an account, one question a page for all policies at once. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";

const questionOf = (page: Page) => page.getByTestId("question").getAttribute("data-question");

/** Answers as an old man would: the birth date, no to money and papers, yes to what is asked yes or no. */
async function answer(page: Page): Promise<void> {
  const none = page.getByTestId("none");
  if ((await none.count()) > 0) return none.click();
  for (const input of await page.locator("form input[type=text]").all())
    await input.fill((await questionOf(page)) === "出生日期" ? "1940-01-01" : "0");
  for (const group of await page.locator("form fieldset").all()) {
    const no = group.getByText("无", { exact: true });
    if ((await no.count()) > 0) await no.first().click();
    else await group.locator("input[type=radio]").first().check();
  }
  await page.getByTestId("next").click();
}

story("我能享受什么", () => {
  const open = houseOfFile();
  test("从首页进，几问以后先看结果，接着答完：高龄津贴和低保都说出来", async () => {
    const phone = await open().phone();
    await phone.goto(`/c/${YUEYANG}`);
    await phone.getByText("我能享受什么").first().click();
    await phone.getByTestId("question").waitFor();
    await look(phone, "whole-people");
    await phone.getByTestId("next").click();
    await phone.locator("[data-question=出生日期]").waitFor();
    await answer(phone);
    await phone.locator("[data-testid=question]:not([data-question=出生日期])").waitFor();
    await look(phone, "whole-question");
    await phone.getByTestId("enough").click();
    await phone.getByTestId("whole-maybe").waitFor();
    expect(await phone.getByTestId("benefit-subsistence-allowance").getByTestId("missing").count()).toBe(1);
    await look(phone, "whole-half");
    await phone.getByTestId("go-on").click();
    for (let n = 0; n < 40; n++) {
      await settled(phone);
      if ((await phone.getByTestId("whole-result").count()) > 0) break;
      const before = await questionOf(phone);
      await answer(phone);
      await phone.locator(`[data-question="${before}"]`).waitFor({ state: "detached" });
    }
    const yes = phone.getByTestId("whole-yes");
    await yes.waitFor();
    expect(await yes.innerText()).toContain("高龄津贴");
    expect(await yes.innerText()).toMatch(/大约\s*[\d,.]+\s*元\s*每月/);
    expect(await phone.getByTestId("whole-no").count()).toBe(1);
    await look(phone, "whole-result");
    await phone.context().close();
  });
});
