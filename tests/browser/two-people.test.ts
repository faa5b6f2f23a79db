/** At the desk: two people at one case, a session that ends in the middle, dates and files that cannot be right. */
import { expect, test } from "vitest";
import { act, caseState, date, field, people, says, sign, type } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { firstCase } from "./steps.ts";

const FINDINGS = "房屋一层，家电简单，申请人卧床，由母亲照料，家里没有劳动力。";

story("办件上填错、撞车、登录过期，都不丢", () => {
  const open = houseOfFile();
  let caseAt = "";

  test("入户登记：只有一个调查人、将来的日期、写得太少、没签字，都说在栏里", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen");
    caseAt = await firstCase(zhen, "subsistence-allowance", "accepted");
    await zhen.getByTestId("action-survey").click();
    const form = zhen.getByTestId("action-form");
    await people(form, "investigators", "刘志强");
    await date(form, "on", "2026-07-01");
    await type(form, "findings", "好的");
    await zhen.getByTestId("submit-action").click();
    for (const [name, why] of [
      ["investigators", "至少要 2 人"],
      ["on", "不能晚于今天（2026-06-09）"],
      ["findings", "至少"],
      ["householdSignature", "请填写「申请人（或家庭成员）签字」"],
    ] as const)
      await says(field(form, name).locator(".field-error"), why);
    await look(zhen, "bad-survey");
  });

  test("登录过期时提交：页面上再登录，刚才的一步接着办完，填的没有丢", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await zhen.getByTestId("action-survey").click();
    const form = zhen.getByTestId("action-form");
    // What was typed before the page was loaded anew is back.
    expect(await field(form, "findings").locator("textarea").inputValue()).toBe("好的");
    await people(form, "investigators", "陈晓芳");
    await date(form, "on", h.today());
    await type(form, "findings", FINDINGS);
    await sign(form, "householdSignature", "申请人母亲");
    await sign(form, "investigatorSignature", "刘志强");
    await zhen.context().clearCookies();
    await zhen.getByTestId("submit-action").click();
    const dialog = zhen.getByTestId("relogin");
    await dialog.waitFor();
    await look(zhen, "relogin");
    await dialog.locator("input[name=password]").fill("yanshi-2026");
    await dialog.getByRole("button", { name: "登录" }).click();
    await form.waitFor({ state: "detached" });
    await zhen.getByTestId("history").getByText(FINDINGS).first().waitFor();
  });

  test("两个人同时开着一件：后交的人先看到别人办了什么，自己填的还在，再决定", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    const zhen2 = await h.desk(YUEYANG, "zhen2", caseAt);
    await zhen2.getByTestId("action-extend").click();
    const form = zhen2.getByTestId("action-form");
    await type(form, "reason", "申请人住院，等出院小结，需要延长。");
    await act(zhen, "survey", async (f) => {
      await people(f, "investigators", "刘志强", "陈晓芳");
      await date(f, "on", h.today());
      await type(f, "findings", "补充走访两户邻居，情况与第一次入户一致。");
      await sign(f, "householdSignature", "申请人母亲");
      await sign(f, "investigatorSignature", "刘志强");
    });
    await zhen2.getByTestId("submit-action").click();
    const dialog = zhen2.getByTestId("stale-dialog");
    await says(dialog, "补充走访两户邻居");
    await says(dialog, "刘志强");
    await look(zhen2, "stale");
    expect(await field(form, "reason").locator("textarea").inputValue()).toContain("申请人住院");
    await zhen2.getByTestId("stale-again").click();
    await form.waitFor({ state: "detached" });
    expect(await caseState(zhen2)).toContain("调查核对");
    await zhen2.getByTestId("history").getByText("申请人住院").first().waitFor();
  });

  test("回盘文件：PDF 改名成 csv、别处的表、被截断的文件，一笔也不装，说清为什么", async () => {
    const h = open();
    const caiwu = await h.desk(YUEYANG, "caiwu", "/rosters");
    await caiwu.getByRole("link", { name: "2026年5月发放名册" }).click();
    await caiwu.getByTestId("roster").waitFor();
    await settled(caiwu);
    for (const [name, body, said] of [
      ["回盘.csv", "%PDF-1.7 不是表格", "不是 CSV 或 XLSX"],
      ["回盘.xlsx", "批次号,姓名\r\n1,张三", "文件名写的是"],
      ["回盘.csv", "姓名,金额\r\n张三,1", "表头缺少"],
    ] as const) {
      await caiwu
        .getByTestId("return-file")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(body) });
      await caiwu.getByTestId("return-error").getByText(said).waitFor();
    }
    await look(caiwu, "bad-return");
  });

  test("代办申请：空着就提交，每一栏都说缺什么，目录上有处数", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", "/apply/subsistence-allowance");
    const form = zhen.getByTestId("apply-form");
    await form.waitFor();
    await type(form, "members.0.name", "试填人");
    await type(form, "members.0.idNo", "430621199902301234");
    await zhen.getByTestId("submit-application").click();
    const error = (name: string) => field(form, name).locator(".field-error");
    await says(error("members.0.idNo"), "出生日期“1999-02-30”不存在");
    await says(error("address"), "住址");
    expect(await zhen.locator(".apply-nav").innerText()).toMatch(/\d+ 处/);
    await look(zhen, "bad-desk-application");
    // Typed once, kept: the page loaded anew shows it again.
    await zhen
      .getByText(/已(自动)?(存为|保存)/)
      .first()
      .waitFor();
    await zhen.reload();
    await form.waitFor();
    expect(await field(form, "members.0.name").locator("input").inputValue()).toBe("试填人");
  });
});
