/** 大字版 and high contrast on the phone; at the desk everything with the keyboard alone. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { another, questionOf } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const SIZE = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)";

story("看得清、用键盘也能办", () => {
  const open = houseOfFile();

  test("大字版：字变大，刷新后还在，不横向滚动；再加高对比，也没有严重问题", async () => {
    const h = open();
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}`);
    await settled(phone);
    const before = Number(await phone.evaluate(SIZE));
    await phone.getByTestId("elder").click();
    await phone.reload();
    await settled(phone);
    expect(await phone.getByTestId("elder").getAttribute("aria-pressed")).toBe("true");
    expect(Number(await phone.evaluate(SIZE))).toBeGreaterThan(before * 1.15);
    await phone.getByTestId("contrast").click();
    for (const [name, at] of [
      ["home", ""],
      ["guide", "/item/subsistence-allowance"],
      ["question", "/item/subsistence-allowance/check"],
      ["publicity", "/publicity"],
      ["ledger", "/ledger/cemetery"],
      ["login", "/login"],
    ] as const) {
      await phone.goto(`/c/${YUEYANG}${at}`);
      expect.soft(await overflow(phone), `${name} 大字版横向滚动`).toBe(0);
      await look(phone, `elder-${name}`);
    }
    await phone.context().close();
  });

  test("自测不用登录：一问一页，最后告诉能拿多少、为什么", async () => {
    const h = open();
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}/check`);
    await phone.getByTestId("check-subsistence-allowance").click();
    for (let n = 0; n < 60 && !phone.url().includes("s=result"); n++) {
      const key = await questionOf(phone);
      const none = phone.getByTestId("none");
      const number = phone.locator("form input[type=text]").first();
      const option = phone.locator("form input[type=radio]").last();
      if ((await none.count()) > 0) await none.click();
      else if ((await number.count()) > 0) {
        await number.fill(key.includes("日期") ? "1970-01-01" : "0");
        await phone.getByTestId("next").click();
      } else {
        if ((await option.count()) > 0) await option.check();
        await phone.getByTestId("next").click();
      }
      await another(phone, key);
    }
    await phone.getByTestId("explanation").waitFor();
    await look(phone, "check-result");
    expect(await phone.getByTestId("explanation").innerText()).toMatch(/元/);
    await phone.context().close();
  });

  test("只用键盘：选县、登录、打开第一件待办、打开一步的表、退出来", async () => {
    const h = open();
    const page = await h.desktop();
    await page.goto("/console/");
    await page.getByTestId("login-form").waitFor();
    await settled(page);
    await tabTo(page, "[role=combobox]");
    await page.keyboard.press("Enter");
    for (let n = 0; n < 8; n++) {
      const active = page.locator(".ant-select-item-option-active");
      if ((await active.innerText()).includes("岳阳县")) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await tabTo(page, "input[name=username]");
    await page.keyboard.type("zhen");
    await tabTo(page, "input[name=password]");
    await page.keyboard.type("yanshi-2026");
    await page.keyboard.press("Enter");
    await page.getByTestId("todo").locator("a").first().waitFor();
    await settled(page);

    // The first stop of the page is the way past the navigation.
    await page.keyboard.press("Tab");
    expect(await focused(page, ".skip")).toBe(true);
    await page.keyboard.press("Enter");
    await tabTo(page, "[data-testid=todo] a");
    await page.keyboard.press("Enter");
    await page.getByTestId("case").waitFor();
    await settled(page);
    await tabTo(page, "[data-testid=action-survey]", 120);
    await page.keyboard.press("Enter");
    await page.getByTestId("action-form").waitFor();
    // The form takes the keyboard, and Escape gives it back.
    await tabTo(page, "[data-testid=action-form] *");
    await look(page, "keyboard-form");
    await page.keyboard.press("Escape");
    await page.getByTestId("action-form").waitFor({ state: "hidden" });
    // The one search answers to "/".
    await page.keyboard.press("/");
    expect(await focused(page, "[data-testid=search], [data-testid=search] *")).toBe(true);
    await page.context().close();
  });
});

const focused = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);

/** Tab until the focus is there; on the way every stop must be seen. */
async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    if (await focused(page, selector)) {
      const seen = await page.evaluate("document.activeElement.matches(':focus-visible')");
      expect(seen, `${selector} 得到焦点时看不出来`).toBe(true);
      return;
    }
  }
  throw new Error(`按了 ${most} 次 Tab，到不了 ${selector}`);
}
