/** The two that prove the pattern on the screens: the cemetery ledger with its figure, and the old-age allowance. */
import { createWorker, systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { act, caseState, choose, date, field, people, says, type } from "./hands.ts";
import { HAIFENG, houseOfFile, look, settled, story, YUEYANG } from "./house.ts";

story("公墓台账：登记、超价提示、年度检查、覆盖率", () => {
  const open = houseOfFile();
  const NAME = "龙凤公益性公墓";
  let before = "";

  test("指标页写明覆盖率和它的分母，点开是哪几个乡镇", async () => {
    const h = open();
    const xian = await h.desk(HAIFENG, "xian", "/indicators");
    const card = xian.getByTestId("indicator-cemetery_coverage");
    before = await card.innerText();
    expect(before).toContain("全县乡镇（街道）数");
    expect(before).toMatch(/分子 6，分母 \d+/);
    await card.click();
    await xian.getByTestId("drill").getByText("共 6 行").waitFor();
    // Another month is a press on its bar: its own rows, and the page stays whole.
    const bars = xian.getByTestId("bars").getByRole("button");
    await bars.nth((await bars.count()) - 2).click();
    await xian.getByTestId("drill").getByText("2026-05 共").waitFor();
    await bars.last().click();
    await xian.getByTestId("drill").getByText("共 6 行").waitFor();
    await look(xian, "coverage");
  });

  test("新建：已用多于总数不收；价格高于核定上限，收下但提示；表里也有提示", async () => {
    const h = open();
    const xian = await h.desk(HAIFENG, "xian", "/registers/cemetery");
    await says(xian.getByTestId("limits"), "墓穴价格上限");
    await xian.getByTestId("new-entry").click();
    const form = xian.getByTestId("drawer-form");
    await type(form, "name", NAME);
    await choose(form, "kind", "公益性公墓");
    await field(form, "divisionCode").locator("input").fill("公平镇");
    await xian
      .locator(".ant-select-item-option:visible", { hasText: /^公平镇$/ })
      .first()
      .click();
    await type(form, "operator", "公平镇人民政府");
    await choose(form, "state", "使用中");
    await type(form, "plots", "300");
    await type(form, "sold", "301");
    await type(form, "priceFen", "16800");
    await xian.getByTestId("submit").click();
    await says(field(form, "sold").locator(".field-error"), "不能大于墓（格）位总数");
    await look(xian, "ledger-form");
    await type(form, "sold", "120");
    await xian.getByTestId("submit").click();
    const warning = xian.getByRole("dialog").filter({ hasText: "已保存，请留意" });
    await says(warning, "超过核定上限");
    expect(await warning.innerText()).toContain("16,800.00 元");
    await warning.getByRole("button", { name: "知道了" }).click();
    await xian.getByTestId("entry").waitFor();
    await look(xian, "ledger-entry");
    await xian.keyboard.press("Escape");
    const row = xian.getByRole("row").filter({ hasText: NAME });
    await says(row, "超过核定上限");
    expect(await row.innerText()).toContain("180");
  });

  test("年度检查：要两个人；查出问题要写明", async () => {
    const h = open();
    const xian = await h.desk(HAIFENG, "xian", "/registers/cemetery");
    await xian.getByRole("button", { name: NAME }).click();
    await xian.getByRole("tab", { name: /年度检查/ }).click();
    await xian.getByTestId("add-row").click();
    const form = xian.getByTestId("drawer-form");
    await date(form, "on", h.today());
    await people(form, "inspectors", "王建华");
    await choose(form, "result", "限期整改");
    await xian.getByTestId("submit").click();
    await says(field(form, "inspectors").locator(".field-error"), "至少要 2 人");
    await says(field(form, "problems").locator(".field-error"), "请填写");
    await people(form, "inspectors", "李秀英");
    await type(form, "problems", "墓位价格高于核定上限，限一个月内改正并退还差额。");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(xian.getByTestId("entry"), "限期整改");
    await xian.getByRole("tab", { name: "基本" }).click();
    await says(xian.getByTestId("entry"), "2027-06-09");
  });

  test("多了一个有公墓的乡镇，覆盖率跟着变；居民在手机上看得到这座公墓", async () => {
    const h = open();
    const xian = await h.desk(HAIFENG, "xian", "/indicators");
    const card = xian.getByTestId("indicator-cemetery_coverage");
    await says(card, "分子 7，分母");
    expect(await card.innerText()).not.toBe(before);
    await card.click();
    await says(xian.getByTestId("by-place"), "没有本县的边界图，一格一个地方");
    await look(xian, "indicator-places");
    const phone = await h.phone();
    await phone.goto(`/c/${HAIFENG}`);
    await phone.getByTestId("way-ledger/cemetery").click();
    await phone.getByText(NAME).waitFor();
    await look(phone, "phone-ledger");
    await phone.context().close();
  });
});

story("高龄津贴：政策找人，核实、确认、生存认证", () => {
  const open = houseOfFile();
  let caseAt = "";

  test("下月满八十的老人在名单里，乡镇问过本人就替他申请，不用他来", async () => {
    const h = open();
    // As every night: whom the rules find becomes a clue.
    await h.house.db.transact(systemActor(YUEYANG), (tx) => h.house.clues.sweep(tx));
    await createWorker(h.t.db, h.house.jobs).runDue();
    // The page that each item once had leads to the one place.
    await (await h.desk(YUEYANG, "zhen", "/candidates/age-allowance")).getByTestId("found").waitFor();
    const zhen = await h.desk(YUEYANG, "zhen");
    await zhen.getByTestId("rail-养老").click();
    await zhen.getByRole("link", { name: /政策找人/ }).click();
    await zhen.getByTestId("found").waitFor();
    await settled(zhen);
    expect(new URL(zhen.url()).searchParams.get("benefit")).toBe("age-allowance");
    await look(zhen, "found-by-age");
    // With the month's hand-over, or when the county hands it over itself.
    const xian = await h.desk(YUEYANG, "xian", "/found?benefit=age-allowance&division=430621100");
    await xian.getByTestId("dispatch").first().click();
    await xian.getByTestId("drawer-form").waitFor();
    await xian.getByTestId("submit").click();
    await xian.getByTestId("drawer-form").waitFor({ state: "detached" });
    await zhen.reload();
    const found = zhen.getByTestId("found-person");
    await found
      .filter({ has: zhen.getByTestId("contact") })
      .first()
      .getByTestId("contact")
      .click();
    const form = zhen.getByTestId("drawer-form");
    await choose(form, "how", "打电话");
    await choose(form, "wish", "愿意申请");
    await type(form, "findings", "老人自己接的，愿意。");
    await zhen.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const willing = found.filter({ hasText: "老人自己接的" });
    await willing.getByTestId("apply-for").click();
    await says(form, "高龄津贴");
    await zhen.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await willing.getByRole("link", { name: "看办件" }).click();
    await zhen.getByTestId("case").waitFor();
    caseAt = new URL(zhen.url()).pathname.replace("/console", "");
    expect(await caseState(zhen)).toContain("待核实");
  });

  test("乡镇核实户籍和健在，县里确认；核实的人自己不能确认", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await look(zhen, "age-submitted");
    await zhen.getByTestId("action-check").click();
    const form = zhen.getByTestId("action-form");
    await form.waitFor();
    await choose(form, "alive", "是");
    await date(form, "on", h.today());
    // What is still missing is asked here.
    const groups = form.locator("details:not([open]) > summary");
    while ((await groups.count()) > 0) await groups.first().click();
    await form.locator("[data-testid$=residesInCounty]").getByText("是", { exact: true }).click();
    await look(zhen, "age-check");
    await zhen.getByTestId("submit-action").click();
    await form.waitFor({ state: "detached" });
    expect(await caseState(zhen)).toContain("待确认");
    expect(await zhen.getByTestId("action-confirm").count()).toBe(0);
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    await act(xian, "confirm");
    expect(await caseState(xian)).toContain("在享");
    await look(xian, "age-paying");
  });

  test("一年后生存认证到期，工作台提醒；登记后下次顺延", async () => {
    const h = open();
    await h.later("2027-07-05");
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await zhen.locator(".case-head").getByRole("link", { name: "在享待遇" }).click();
    await zhen.getByTestId("entitlement").waitFor();
    await settled(zhen);
    const due = await zhen.getByTestId("entitlement").innerText();
    expect(due).toContain("生存认证");
    await zhen.getByTestId("record-review").click();
    const form = zhen.getByTestId("drawer-form");
    await choose(form, "method", "视频");
    await choose(form, "result", "符合，继续享受");
    await zhen.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const reviews = zhen.getByTestId("reviews");
    await says(reviews, "已办");
    expect(await zhen.getByTestId("entitlement").innerText()).toContain("2028-");
    await look(zhen, "life-check");
  });
});
