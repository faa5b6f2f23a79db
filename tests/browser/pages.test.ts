/** Every page at the width of a desk and of a phone: nothing runs off the side, axe finds nothing serious, no errors. */
import { expect, test } from "vitest";
import { checkAxe, houseOfFile, shot, story, YUEYANG } from "./house.ts";
import { CITIZEN_PAGES, consolePages, overflow } from "./pages.ts";

const WIDTHS = [1280, 390] as const;

story("每一页：不横向滚动、没有严重的无障碍问题、控制台没有报错", () => {
  const open = houseOfFile();

  test("工作人员的页面，1280 和 390 宽", async () => {
    const h = open();
    for (const [name, who, at] of await consolePages(h)) {
      const page = await h.desk(YUEYANG, who, at);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await overflow(page), `${name}（${at}）在 ${width} 宽处横向滚动`).toBe(0);
        await shot(page, `pages/${name}-${width}`);
        await checkAxe(page);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      expect.soft(h.complaints(), `${name}（${at}）在控制台报错`).toEqual([]);
    }
  }, 400_000);

  test("登录页", async () => {
    const h = open();
    const page = await h.desktop();
    await page.goto("/console/");
    await page.getByTestId("login-form").waitFor();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      expect.soft(await overflow(page)).toBe(0);
      await shot(page, `pages/login-${width}`);
      await checkAxe(page);
    }
    await page.context().close();
  });

  test("居民的页面，手机和桌面", async () => {
    const h = open();
    const page = await h.phone();
    const desk = await h.desktop();
    for (const [name, at] of CITIZEN_PAGES)
      for (const [p, width] of [
        [page, 390],
        [desk, 1280],
      ] as const) {
        await p.goto(at);
        expect.soft(await overflow(p), `${name}（${at}）在 ${width} 宽处横向滚动`).toBe(0);
        await shot(p, `pages/citizen-${name}-${width}`);
        await checkAxe(p);
        expect.soft(h.complaints(), `${name}（${at}）在控制台报错`).toEqual([]);
      }
  }, 400_000);
});
