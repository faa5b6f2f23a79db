/** A lawful limit that has run out: red, with the word and a shape, first on the workbench, and the same on the case. */
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

/** The danger colour of the design. */
const RED = "rgb(180, 35, 24)";
// Runs in the page.
declare const getComputedStyle: (of: unknown) => { readonly color: string };
const colourOf = (of: Locator) => of.evaluate((e) => getComputedStyle(e).color);

story("超期的时限，一眼看得见", () => {
  const open = houseOfFile();

  test("工作台最上面一组是「超期」：红色、有字、有形状", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen");
    const first = zhen.getByTestId("todo").locator("section").first();
    expect(await first.getAttribute("data-testid")).toBe("todo-overdue");
    const clock = first.locator(".clock").first();
    expect(await clock.innerText()).toMatch(/超期 \d+ 个工作日/);
    expect(await clock.locator("svg").count()).toBe(1);
    expect(await colourOf(clock)).toBe(RED);
    await look(zhen, "overdue-workbench");
    await clock.click();
    await zhen.getByTestId("case").waitFor();
    const bar = zhen.getByTestId("clocks").locator(".clock-late").first();
    expect(await bar.innerText()).toMatch(/超期 \d+ 个工作日/);
    expect(await colourOf(zhen.getByTestId("clocks").locator(".clock").first())).toBe(RED);
    await look(zhen, "overdue-case");
  });

  test("时间一天天过去，没办的事自己变黄、变红", async () => {
    const h = open();
    const light = async () => {
      const zhen = await h.desk(YUEYANG, "zhen", "/cases?item=subsistence-allowance&state=accepted");
      const clocks = zhen.getByTestId("case-list").locator("tbody .clock");
      await clocks.first().waitFor();
      return clocks.evaluateAll((all) => all.map((e) => String(e.getAttribute("class"))));
    };
    const red = (all: string[]) => all.filter((c) => /clock-(red|late)/.test(c)).length;
    const before = await light();
    expect(red(before)).toBeLessThan(before.length);
    await h.later(1);
    expect((await light()).some((c) => c.includes("clock-yellow"))).toBe(true);
    await h.later(60);
    const after = await light();
    expect(red(after)).toBe(after.length);
  });
});
