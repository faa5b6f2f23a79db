/** The county's money on its page: it agrees, finance enters what came in, a leader gives leave to overdraw. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, date, PHOTO, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

const amountOf = async (page: Page): Promise<number> =>
  Math.round(Number((await page.getByTestId("fund-available").innerText()).replaceAll(",", "")) * 100);

story("资金台账", () => {
  const open = houseOfFile();
  let before = 0;

  test("审计一打开就看到「相符」、余额、测算和明细账，没有能改的按钮", async () => {
    const page = await open().desk(YUEYANG, "shenji", "/funds");
    await says(page.getByTestId("reconciliation"), "相符");
    await says(page.getByTestId("reconciliation"), "逐册逐项");
    await says(page.getByTestId("fund-balances"), "福彩公益金");
    await says(page.getByTestId("fund-forecast-text"), "年底");
    await page.getByTestId("journal-payment").first().waitFor();
    expect(await page.getByTestId("new-allocation").count()).toBe(0);
    before = await amountOf(page);
    expect(before).toBeGreaterThan(0);
    await look(page, "funds");
  });

  test("财务登记一笔拨入，余额增加同样多；录错的冲正，余额回到原来", async () => {
    const page = await open().desk(YUEYANG, "caiwu", "/funds");
    await page.getByTestId("new-allocation").click();
    const form = page.getByTestId("drawer-form");
    await form.waitFor();
    await page.getByTestId("submit").click();
    await says(form.getByRole("alert").first(), /请/);
    await choose(form, "source", "省");
    await type(form, "document", "演省财社〔2026〕21号");
    await date(form, "issuedOn", "2026-06-01");
    await type(form, "amountFen", "12,345.67");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(page.getByTestId("fund-balances"), "演省财社〔2026〕21号");
    await expect.poll(() => amountOf(page)).toBe(before + 1_234_567);
    await look(page, "funds-after-allocation");
    await page.getByTestId("reverse-journal").first().click();
    await type(form, "reason", "文号录错");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await expect.poll(() => amountOf(page)).toBe(before);
  });

  test("财务申请垫付，写明理由；局领导批准", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "caiwu", "/funds");
    await page.getByTestId("ask-override").click();
    const form = page.getByTestId("drawer-form");
    await choose(form, "source", "县");
    await type(form, "document", "待下达");
    await type(form, "limitFen", "20000");
    await type(form, "reason", "上级资金未到，先行垫付20户");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const asked = (at: Page) =>
      at.getByTestId("fund-overrides").locator("li").filter({ hasText: "先行垫付20" });
    await says(asked(page), "待批准");
    expect(await page.getByTestId("approve-override").count()).toBe(0);
    const leader = await h.desk(YUEYANG, "shenpi", "/funds");
    await asked(leader).getByTestId("approve-override").click();
    await says(asked(leader), "已批准");
    await look(leader, "funds-override");
  });

  test("财务撤回垫付申请时局领导正要批准：没有批成，说是谁撤回的，页面也变成已撤回", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "caiwu", "/funds");
    const leader = await h.desk(YUEYANG, "shenpi", "/funds");
    const row = (at: Page) =>
      at.getByTestId("fund-overrides").locator("li").filter({ hasText: "省级困难群众救助资金预计" });
    await says(row(leader), "待批准");
    await row(page).getByTestId("refuse-override").click();
    await type(page.getByTestId("drawer-form"), "reason", "资金已经到账");
    await page.getByTestId("submit").click();
    await says(row(page), "已撤回");
    await row(leader).getByTestId("approve-override").click();
    await leader.getByText("已经撤回，不用再批").waitFor();
    await says(row(leader), "已撤回");
    expect(await row(leader).getByTestId("approve-override").count()).toBe(0);
  });

  test("不经名册的支付：财务凭单据登记付款单，局领导在工作台看到并确认，才记账；同一张凭证不能登记两次", async () => {
    const h = open();
    const page = await h.desk(YUEYANG, "caiwu", "/funds");
    const form = page.getByTestId("drawer-form");
    const fill = async () => {
      await page.getByTestId("new-outlay").click();
      await choose(form, "accountId", "福彩公益金");
      await choose(form, "way", "购买服务");
      await type(form, "payee", "岳阳县养老服务中心（演示）");
      await type(form, "purpose", "特困老人上门照料");
      await type(form, "document", "演合同9号");
      await type(form, "voucher", "演凭900");
      await type(form, "amountFen", "100");
      await form.locator('input[type="file"]').setInputFiles(PHOTO);
      await form.getByText(PHOTO.name).waitFor();
      await page.getByTestId("submit").click();
    };
    const paidBefore = await amountOf(page);
    await fill();
    await form.waitFor({ state: "detached" });
    expect(await amountOf(page)).toBe(paidBefore);
    expect(await page.getByTestId("confirm-outlay").count()).toBe(0);
    await fill();
    await says(page.getByTestId("form-error"), "演凭900");
    const leader = await h.desk(YUEYANG, "shenpi", "/");
    await leader.getByRole("link", { name: /特困老人上门照料/ }).click();
    const row = leader.getByTestId("outlay").filter({ hasText: "演凭900" });
    await row.getByTestId("confirm-outlay").click();
    await says(row, "已入账");
    await expect.poll(() => amountOf(leader)).toBe(paidBefore - 10_000);
    await says(leader.getByTestId("reconciliation"), "不经名册付款");
    await look(leader, "funds-outlay");
  });

  test("县级起草一期资金使用公示，另一人在工作台确认，居民才看得到、提意见，县级答复；撤下写明原因，公示页就没有了", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/fund-publicity");
    const form = xian.getByTestId("drawer-form");
    await xian.getByTestId("draft-use").click();
    await choose(form, "period", "2026年4月");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const title = "2026年4月资金使用情况";
    const waiting = xian.getByTestId("use-draft").filter({ hasText: title });
    await says(waiting, "待另一人确认");
    expect(await waiting.getByTestId("confirm-use").count()).toBe(0);
    await look(xian, "funds-use-waiting");

    const anyone = await h.phone();
    await anyone.goto(`/c/${YUEYANG}/publicity`);
    const notice = anyone.getByTestId("use-notice").filter({ hasText: title });
    await anyone.getByTestId("use-notice").first().waitFor();
    expect(await notice.count()).toBe(0);

    const fuhe = await h.desk(YUEYANG, "fuhe", "/");
    await fuhe.getByRole("link", { name: new RegExp(title) }).click();
    await fuhe.getByTestId("use-draft").filter({ hasText: title }).getByTestId("confirm-use").click();
    const hung = fuhe.getByTestId("use-published").filter({ hasText: title });
    await says(hung, "公示中，至 2026-");
    await hung.locator("summary").click();
    await look(fuhe, "funds-use-published");

    await anyone.reload();
    await says(notice, "结余");
    await look(anyone, "phone-use-publicity");
    await notice.getByTestId("object-use").click();
    await anyone.getByTestId("field-objection-name").fill("何先生");
    await anyone.getByTestId("field-objection-text").fill("想知道福彩公益金用在哪里");
    await anyone.getByTestId("objection-submit").click();
    await anyone.getByTestId("objection-sent").waitFor();

    await h.desk(YUEYANG, "xian", "/");
    await xian
      .getByRole("link", { name: /核查并答复异议/ })
      .first()
      .click();
    await says(xian.getByTestId("use-objections"), "想知道福彩公益金用在哪里");
    await xian.getByTestId("answer-objection").click();
    await choose(form, "result", "不属实");
    await type(form, "answer", "已电话说明每一笔的用途");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(xian.getByTestId("use-objections"), "已答复");

    const mine = xian.getByTestId("use-published").filter({ hasText: title });
    await mine.getByTestId("take-down-use").click();
    await type(form, "reason", "一笔文号写错，更正后再公示");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(mine, "一笔文号写错");
    await anyone.reload();
    await anyone.getByTestId("publicity").waitFor();
    await expect.poll(() => notice.count()).toBe(0);
  });

  test("乡镇的资金使用公示由同镇另一人确认，公示页选那个乡镇就看得到分配来的资金和发放合计", async () => {
    const h = open();
    const zhen2 = await h.desk(YUEYANG, "zhen2", "/");
    await zhen2.getByRole("link", { name: /资金使用情况/ }).click();
    await says(zhen2.getByTestId("use-draft"), "困难群众救助资金");
    await zhen2.getByTestId("confirm-use").click();
    await says(zhen2.getByTestId("use-published"), "公示中");
    await look(zhen2, "funds-use-town");
    const anyone = await h.phone();
    await anyone.goto(`/c/${YUEYANG}/publicity`);
    await anyone.getByTestId("field-township").selectOption({ index: 1 });
    await says(anyone.getByTestId("use-notice"), "困难群众救助资金");
    await look(anyone, "phone-use-town");
  });

  test("月度监督：县级复查上月已付的，死亡的一笔转追缴，名单命中的转线索；制表人不能给自己的名册下结论；导出 Word", async () => {
    const h = open();
    const made = await h.desk(YUEYANG, "xian", "/money-report");
    await made.getByTestId("run-recheck").click();
    // The rows, not the panel: its foot names the rules before anything was asked.
    const waiting = made.getByTestId("finding").filter({ hasText: "等结论" });
    await says(waiting, "已死亡仍发放");
    await says(waiting, "部门名单有命中");
    expect(await made.getByTestId("decide-finding").count()).toBe(0);
    const page = await h.desk(YUEYANG, "fuhe", "/");
    await page.getByRole("link", { name: /给复查下结论/ }).click();
    const form = page.getByTestId("drawer-form");
    const decide = async (label: string, outcome: RegExp, note: string) => {
      const row = page.getByTestId("finding").filter({ hasText: label });
      await row.getByTestId("decide-finding").click();
      await form.getByTestId("field-outcome").getByText(outcome).first().click();
      if (note) await type(form, "note", note);
      await page.getByTestId("submit").click();
      await form.waitFor({ state: "detached" });
      return row;
    };
    await says(await decide("已死亡仍发放", /^追缴/, ""), "看追缴");
    const listed = await decide("部门名单有命中", /^转线索/, "请村里核实近况");
    await look(page, "money-report");
    await listed.getByRole("link", { name: "看线索" }).click();
    await says(page.getByRole("heading", { level: 1 }), "发放后复查");
    await page.goBack();
    const wait = page.waitForEvent("download");
    await page.getByTestId("report-docx").click();
    expect((await wait).suggestedFilename()).toMatch(/监督报告\.docx$/);
  });
});
