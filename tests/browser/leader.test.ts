/** 领导驾驶舱: what stands, what moved, what is late and where; on a desk, a phone and a wall; every number opens its rows. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { says, type } from "./hands.ts";
import { checkAxe, houseOfFile, look, settled, shot, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const number = (text: string | null): number => Number(/[\d,.]+/.exec(text ?? "")?.[0]?.replaceAll(",", ""));
const systems = ["养老", "救助", "福利", "服务", "保障"];

story("领导驾驶舱", () => {
  const open = houseOfFile();

  test("局领导从工作台进来：五大体系、要拿主意的、计划的灯、资金、哪里超期，桌面和手机都看得下", async () => {
    const page = await open().desk(YUEYANG, "shenpi", "/");
    await page.getByRole("link", { name: "领导驾驶舱" }).click();
    await page.getByTestId("leader").waitFor();
    for (const s of systems) await page.getByTestId(`band-${s}`).waitFor();
    await says(page.getByTestId("fresh"), /\d+ (小时|天)前/);
    await says(page.getByTestId("band-救助"), "比上月末");
    await says(page.getByTestId("leader-lights"), "没有数 3");
    expect(await page.getByTestId("decisions").getByRole("listitem").count()).toBe(3);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect.soft(await overflow(page)).toBe(0);
      await look(page, `leader-${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("点开就是那些行：人数等于名单，超期的镇、滞后的目标各到各的页", async () => {
    const page = await open().desk(YUEYANG, "shenpi", "/leader");
    const persons = page.getByTestId("band-救助").getByRole("listitem").first();
    const shown = number(await persons.locator("b").innerText());
    await persons.getByRole("link").click();
    await page.getByTestId("drill").waitFor();
    expect(number(await page.getByTestId("drill").locator(".indicator-big").innerText())).toBe(shown);
    await back(page);
    const cases = page.getByTestId("leader-late").getByRole("link", { name: /^办件/ });
    const late = number(await cases.innerText());
    expect(late).toBeGreaterThan(0);
    await cases.click();
    await page.getByTestId("case-list").waitFor();
    await settled(page);
    expect(await page.locator("[data-testid=case-list] tbody tr.row-late").count()).toBe(late);
    await back(page);
    const behind = page.getByTestId("leader-lights").locator(".behind a").first();
    const object = await behind.innerText();
    await behind.click();
    await says(page.getByTestId("target-drawer"), "督办");
    await page.getByText(object).first().waitFor();
  });

  test("变动大的数，从驾驶舱点进去说明原因，驾驶舱上就写着", async () => {
    const page = await open().desk(YUEYANG, "shenpi", "/leader");
    const band = page.getByTestId("band-养老");
    await says(band, "还没有说明");
    const named = await band.locator(".band-jump a").innerText();
    await band.locator(".band-jump a").click();
    await page.getByTestId("explain-jump").click();
    await type(page.getByTestId("drawer-form"), "text", "一位老人满八十周岁，按月纳入。");
    await page.getByTestId("submit").click();
    await says(page.getByTestId("kept"), "一位老人满八十周岁");
    await back(page);
    // What is explained goes behind what is not.
    const now = (await page.getByTestId("band-养老").locator(".band-jump").innerText()).replace(/\s/g, "");
    expect(now).not.toContain(`${named.replace(/\s/g, "")}还没有说明`);
  });

  test("大屏 1920×1080：没有导航，一屏看完，每分钟自己更新", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "shenpi", "/leader");
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.clock.install();
    await page.getByTestId("wall").click();
    await page.getByRole("button", { name: "退出大屏" }).waitFor();
    expect(await page.getByTestId("rail-救助").count()).toBe(0);
    await says(page.getByTestId("fresh"), "演示数据");
    await page.waitForTimeout(300);
    await checkAxe(page);
    await shot(page, "leader-wall");
    const over = "document.documentElement.scrollHeight - innerHeight";
    expect(await overflowNow(page, "document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(
      0,
    );
    expect(await overflowNow(page, over)).toBeLessThanOrEqual(0);
    // A browser that keeps its bars on the same screen.
    await page.setViewportSize({ width: 1920, height: 970 });
    expect(await overflowNow(page, over)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1920, height: 1080 });
    const asked = page.waitForResponse((r) => r.url().endsWith("/api/leader"));
    await page.clock.fastForward(61_000);
    expect((await asked).status()).toBe(200);
    await page.getByTestId("wall").click();
    await page.getByTestId("rail-救助").waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("县级股室看得到；乡镇和村里打开是没有权限，说明白", async () => {
    const h = open();
    await (await h.desk(YUEYANG, "xian", "/leader")).getByTestId("band-养老").waitFor();
    for (const who of ["zhen", "cun"]) {
      const page = await h.desk(YUEYANG, who, "/leader");
      await page.getByText("这里不在您的权限内").waitFor();
      if (who === "cun") await look(page, "leader-forbidden");
    }
  });
});

const overflowNow = async (page: Page, of: string): Promise<number> => Number(await page.evaluate(of));
async function back(page: Page): Promise<void> {
  await page.goto("/console/leader");
  await page.getByTestId("leader-lights").waitFor();
}
