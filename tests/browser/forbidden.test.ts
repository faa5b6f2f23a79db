/** What is not one's own is not there: another township's case and person by their address, and a closed door by role. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { firstCase, pathOf } from "./steps.ts";

story("别处的办件和人，知道网址也看不到", () => {
  const open = houseOfFile();
  let name = "";
  let number = "";
  const addresses: string[] = [];

  test("本镇的人看得到：办件、个人页、家庭页、文书", async () => {
    const zhen = await open().desk(YUEYANG, "zhen");
    addresses.push(await firstCase(zhen, "subsistence-allowance", "review"));
    name = await zhen.getByTestId("applicant").innerText();
    number = await zhen.getByTestId("case-number").innerText();
    for (const link of [
      zhen.getByTestId("applicant"),
      zhen.getByRole("link", { name: "家庭页" }),
      zhen.getByTestId("documents").getByRole("link").first(),
    ]) {
      await zhen.goto(`/console${addresses[0]}`);
      await link.click();
      await zhen.waitForURL((url) => !url.pathname.endsWith(addresses[0] ?? ""));
      await settled(zhen);
      addresses.push(pathOf(zhen));
    }
    expect(new Set(addresses).size).toBe(4);
  });

  test("邻镇的人用同样的网址，得到「没有找到」，一个字也不漏", async () => {
    const h = open();
    const linzhen = await h.desk(YUEYANG, "linzhen");
    for (const [n, address] of addresses.entries()) {
      const replies = repliesOf(linzhen);
      await linzhen.goto(`/console${address}`);
      await linzhen.getByText("没有找到", { exact: true }).waitFor();
      await linzhen.getByText("不在您的管辖范围内").waitFor();
      await settled(linzhen);
      const all = (await linzhen.locator("body").innerText()) + (await linzhen.title()) + (await replies());
      expect(all).not.toContain(name);
      expect(all).not.toContain(number);
      if (n === 0) await look(linzhen, "not-found");
    }
    // Nor does the one search find it.
    const replies = repliesOf(linzhen);
    await linzhen.getByTestId("search").fill(name);
    await linzhen.getByText(`管辖范围内没有「${name}」`).waitFor();
    expect(await replies()).not.toContain(number);
  });

  test("另一个居民用网址看别人的申请，也是没有", async () => {
    const h = open();
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}/login`);
    await phone.locator("[data-testid^=demo-154]").first().click();
    await phone.getByTestId("login-do").click();
    await phone.getByTestId("my-page").waitFor();
    await phone.goto(`/c/${YUEYANG}${(addresses[0] ?? "").replace("/cases/", "/case/")}`);
    await phone.getByText("没有找到").first().waitFor();
    expect(await phone.locator("body").innerText()).not.toContain(name);
    await look(phone, "phone-not-found");
  });

  test("没有权限的角色打开名册、账号、办件，看到的是说明，不是空白", async () => {
    const h = open();
    const doors = [
      ["zhen", "/rosters"],
      ...["/raises", "/recoveries", "/overlaps", "/linkages", "/red-flags", "/funds", "/spot-checks"].map(
        (at) => ["cun", at] as const,
      ),
      ["zhen", "/accounts"],
      ["xian", "/audit"],
      ["xitong", "/cases"],
      ["xitong", addresses[1] ?? ""],
    ] as const;
    for (const [n, [who, address]] of doors.entries()) {
      const page = await h.desk(YUEYANG, who, address);
      await page.getByText("这里不在您的权限内").waitFor();
      expect(await page.locator("main").innerText()).not.toContain(name);
      if (n === 0) await look(page, "forbidden");
    }
  });

  test("没有这样的页面，也有说明和回去的路", async () => {
    const zhen = await open().desk(YUEYANG, "zhen", "/no-such-page");
    await zhen.getByText("没有这个页面").waitFor();
    await look(zhen, "no-page");
    await zhen.getByRole("link", { name: "回到工作台" }).last().click();
    await zhen.getByTestId("workbench").waitFor();
  });
});

/** Everything the server replies from now on, as text. */
function repliesOf(page: Page): () => Promise<string> {
  const seen: Promise<string>[] = [];
  const listen = (r: { url(): string; text(): Promise<string> }) => {
    if (r.url().includes("/api/")) seen.push(r.text().catch(() => ""));
  };
  page.on("response", listen);
  return async () => {
    page.off("response", listen);
    return (await Promise.all(seen)).join("\n");
  };
}
