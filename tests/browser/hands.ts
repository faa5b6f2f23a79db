/** How a person fills in the pages: typing, choosing, drawing, picking files. Nothing here calls the server itself. */
import { residentIdWithCheck } from "@wuxin/kernel";
import type { Locator, Page } from "playwright-core";
import { expect, vi } from "vitest";

/** An invented person's number: county, birth date, order (odd: a man). */
export const idNo = (county: string, birthDate: string, order: number): string =>
  residentIdWithCheck(`${county}${birthDate.replaceAll("-", "")}${String(order).padStart(3, "0")}`);

type Where = Page | Locator;
export const field = (at: Where, name: string): Locator => at.getByTestId(`field-${name}`);

/** Waits until it says so. */
export const says = (of: Locator, text: string | RegExp): Promise<void> =>
  of.filter({ hasText: text }).first().waitFor();

// ── the console ─────────────────────────────────────────────────────────────────────────────────────────────────

export async function type(at: Where, name: string, text: string): Promise<void> {
  await field(at, name).locator("input, textarea").first().fill(text);
}

/** A calendar that opens late puts its old day back over what was typed: typed until the new one stands. */
export async function date(at: Where, name: string, iso: string): Promise<void> {
  const input = field(at, name).locator("input").first();
  await vi.waitFor(
    async () => {
      await input.click();
      await input.fill(iso);
      await input.press("Enter");
      await pageOf(at).locator(".ant-picker-dropdown:visible").first().waitFor({ state: "hidden" });
      expect(await input.inputValue()).toBe(iso);
    },
    { timeout: 20_000 },
  );
}

/** A few choices stand open; many are a list. */
export async function choose(at: Where, name: string, label: string): Promise<void> {
  const box = field(at, name);
  if ((await box.locator(".ant-select").count()) === 0)
    return box.getByText(label, { exact: true }).first().click();
  await box.locator(".ant-select").click();
  await pageOf(at).locator(".ant-select-item-option:visible").filter({ hasText: label }).first().click();
}

/** In a long list one writes a part of the name: what is far down is not drawn before. */
export async function find(at: Where, name: string, text: string): Promise<void> {
  await field(at, name).locator("input").first().fill(text);
  await pageOf(at).locator(".ant-select-item-option:visible").filter({ hasText: text }).first().click();
}

/** Several people of the house, found by name. */
export async function people(at: Where, name: string, ...names: string[]): Promise<void> {
  for (const one of names) await find(at, name, one);
  await field(at, name).locator("input").first().press("Escape");
}

/** The name in letters and a stroke by hand; waits until the picture is kept. */
export async function sign(at: Where, name: string, who: string): Promise<void> {
  const box = field(at, name);
  await box.locator("input").first().fill(who);
  await scribble(box.locator("canvas"));
  await box.getByText("签名已保存").waitFor();
}

export async function scribble(canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("nothing to draw on");
  const { mouse } = canvas.page();
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await mouse.move(...at(0.2, 0.3));
  await mouse.down();
  for (const [x, y] of [
    [0.35, 0.7],
    [0.5, 0.25],
    [0.65, 0.75],
    [0.8, 0.4],
  ] as const)
    await mouse.move(...at(x, y), { steps: 4 });
  await mouse.up();
}

/** One lawful step of a case: its button, its form, the verb again; waits for the answer. */
export async function act(
  page: Page,
  action: string,
  fill?: (form: Locator) => Promise<void>,
): Promise<void> {
  await page.getByTestId(`action-${action}`).click();
  const form = page.getByTestId("action-form");
  await form.waitFor();
  await fill?.(form);
  await page.getByTestId("submit-action").click();
  const wrong = form.locator("[role=alert]");
  await form.waitFor({ state: "detached" }).catch(async (e: unknown) => {
    throw new Error(`「${action}」没有办成：${(await wrong.allInnerTexts()).join("；")}`, { cause: e });
  });
}

export const caseState = (page: Page): Promise<string> => page.getByTestId("case-state").innerText();

// ── the phone ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Follows the row of questions to a page; `answers` says what to do on each, others are gone past. */
export async function answer(
  page: Page,
  answers: Readonly<Record<string, () => Promise<unknown>>>,
  until = "review",
): Promise<void> {
  for (;;) {
    const key = await questionOf(page);
    if (key === until) return;
    await answers[key]?.();
    await page.getByTestId("next").click();
    await another(page, key).catch(async (e: unknown) => {
      const wrong = await page.locator(".error").allInnerTexts();
      throw new Error(`「${key}」这一步过不去：${wrong.join("；")}`, { cause: e });
    });
  }
}

/** Waits for another question than this one, or for the page behind the last. */
export const another = (page: Page, key: string): Promise<void> =>
  page.locator(`[data-question]:not([data-question="${key}"]), [data-testid=check-result]`).first().waitFor();

export async function questionOf(page: Page): Promise<string> {
  return (await page.locator("[data-question]").getAttribute("data-question")) ?? "";
}

/** A small picture, as a phone takes one of a paper. */
export const PHOTO = {
  name: "收入证明.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
};

const pageOf = (at: Where): Page => ("page" in at ? at.page() : at);
