/** What is typed wrong is told at its field, in a sentence with the way out; nothing is lost and nothing half-written. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { answer, idNo, questionOf, says } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { fillForm, signIn, signUp, submitForm } from "./steps.ts";

const APPLY = `/c/${YUEYANG}/item/subsistence-allowance/apply`;
const DENG = {
  name: "邓腊梅",
  idNo: idNo(YUEYANG, "1968-09-12", 722),
  phone: "13974100003",
  password: "lamei2026wo",
};
const GRANDSON = { name: "邓一鸣", idNo: idNo(YUEYANG, "2015-05-06", 723) };
const WEN = {
  name: "文世昌",
  idNo: idNo(YUEYANG, "1965-01-20", 725),
  phone: "13974100004",
  password: "shichang2026",
};
const A_TEXT = { name: "收入证明.png", mimeType: "image/png", buffer: Buffer.from("这不是图片") };

story("填错了，就在那一栏告诉您", () => {
  const open = houseOfFile();
  let phone: Page;
  let number = "";

  /** Types into one field of a question and tries to go on; the field says why not. */
  async function refused(name: string, text: string, why: string | RegExp, where = name): Promise<void> {
    await phone.getByTestId(`field-${name}`).fill(text);
    await phone.getByTestId("next").click();
    await says(phone.getByTestId(`error-${where}`), why);
  }

  test("注册：校验码、不存在的生日、将来的生日、手机号、密码，各说各的错", async () => {
    const h = open();
    phone = await h.phone();
    await phone.goto(APPLY);
    await phone.getByTestId("to-signup").click();
    const right = DENG.idNo;
    const wrongCheck = right.slice(0, 17) + (right.endsWith("0") ? "1" : "0");
    await phone.getByTestId("signup-do").click();
    await says(phone.getByTestId("error-name"), "请填写姓名");
    await phone.getByTestId("field-name").fill(DENG.name);
    await phone.getByTestId("field-phone").fill("1397410");
    await phone.getByTestId("field-password").fill("12345");
    for (const [typed, said] of [
      [wrongCheck, "校验码不符"],
      ["430621199902301234", "出生日期“1999-02-30”不存在"],
      [idNo(YUEYANG, "2031-01-01", 701), "晚于今天"],
      ["43062119680912", "应为 18 位，现在是 14 位"],
    ] as const) {
      await phone.getByTestId("field-idNo").fill(typed);
      await phone.getByTestId("signup-do").click();
      await says(phone.getByTestId("error-idNo"), said);
    }
    expect(await phone.getByTestId("error-phone").innerText()).toContain("11 位");
    expect(await phone.getByTestId("error-password").innerText()).toContain("至少 10 位");
    await look(phone, "bad-signup");
    await phone.getByTestId("field-idNo").fill(DENG.idNo);
    await phone.getByTestId("field-phone").fill(DENG.phone);
    await phone.getByTestId("field-password").fill(DENG.password);
    await phone.getByTestId("signup-do").click();
    await phone.getByTestId("question").waitFor();
  });

  test("申请：重复的家人、负数、离谱的数、不是数、冒充图片的文件", async () => {
    const h = open();
    await fillForm(h, phone, YUEYANG, DENG, {
      family: async () => {
        await phone.getByTestId("add-member").click();
        await phone.getByTestId("field-m2.name").fill(GRANDSON.name);
        await refused("m2.idNo", DENG.idNo, `和${DENG.name}的一样`, "idNo");
        await look(phone, "bad-member");
        await phone.getByTestId("field-m2.idNo").fill(GRANDSON.idNo);
        await phone.getByTestId("field-m2.relation-其他").click();
      },
      "h.financialAssets": async () => {
        await refused("financialAssets", "-5", /不能(是负数|小于)/);
        await refused("financialAssets", "一大笔", /金额|数/);
        await refused("financialAssets", "99999999999999999999", /大|核对|金额/);
        await phone.getByTestId("field-financialAssets").fill("1800");
      },
      "h.houses": async () => {
        await refused("houses", "-1", "不能小于 0");
        await refused("houses", "500", "不能大于 99");
        await phone.getByTestId("field-houses").fill("1");
      },
      "m.ableToWork": async () => {
        await phone.getByTestId("field-ableToWork-no").click();
        await phone.getByTestId("field-ableToWork-2-no").click();
      },
      account: async () => {
        await phone.getByTestId("field-bankName").fill("农村商业银行");
        await refused("accountNo", "12ab", "8 至 30 位数字");
        await phone.getByTestId("field-accountNo").fill("6217994306210088129");
      },
      materials: async () => {
        await phone.getByTestId("next").click();
        await phone.getByText("请拍照上传，或者选一个别的办法").waitFor();
        await phone.getByTestId("field-material.income").setInputFiles(A_TEXT);
        await phone.getByText("不是 PNG 图片，或已经损坏，与文件名不符").waitFor();
        await look(phone, "bad-file");
        await phone.getByTestId("commit-income").check();
      },
    });
  });

  test("连点两下提交，只有一份申请", async () => {
    const h = open();
    await phone.getByTestId("field-truthful").check();
    await phone.getByTestId("submit-application").dblclick();
    number = await phone.getByTestId("case-number").innerText();
    await phone.getByTestId("to-my").click();
    await phone.getByTestId(`case-${number}`).waitFor();
    expect(await phone.locator("[data-testid^=case-]").count()).toBe(1);
    const [row] = await h.t.owner<{ n: number }>(
      "select count(*)::int as n from case_file where applicant_name = $1",
      [DENG.name],
    );
    expect(row?.n).toBe(1);
    await phone.context().close();
  });

  test("一个人在两家申请里：说明在哪一件，什么也没有写下", async () => {
    const h = open();
    phone = await h.phone();
    await phone.goto(APPLY);
    await signUp(phone, WEN);
    await phone.getByTestId("question").waitFor();
    await fillForm(h, phone, YUEYANG, WEN, {
      family: async () => {
        await phone.getByTestId("add-member").click();
        await phone.getByTestId("field-m2.name").fill(GRANDSON.name);
        await phone.getByTestId("field-m2.idNo").fill(GRANDSON.idNo);
        await phone.getByTestId("field-m2.relation-其他").click();
      },
      "m.ableToWork": async () => {
        await phone.getByTestId("field-ableToWork-no").click();
        await phone.getByTestId("field-ableToWork-2-no").click();
      },
    });
    await phone.getByTestId("field-truthful").check();
    await phone.getByTestId("submit-application").click();
    const said = await phone.getByTestId("submit-problem").innerText();
    expect(said).toContain("不能重复申请");
    expect(said).toContain(number);
    await look(phone, "bad-second-household");
    const [row] = await h.t.owner<{ n: number }>(
      "select count(*)::int as n from case_file where applicant_name = $1",
      [WEN.name],
    );
    expect(row?.n).toBe(0);
    // The grandson leaves the form; everything else is still there.
    await phone.getByTestId("edit-family").click();
    await phone.getByTestId("member-m2").getByRole("button", { name: /去掉/ }).click();
    await phone
      .getByTestId("member-m2")
      .getByRole("button", { name: /真的去掉/ })
      .click();
    await phone.getByTestId("next").click();
    expect(await questionOf(phone)).toBe("review");
    number = await submitForm(phone);
    expect(number).not.toBe("");
    await phone.context().close();
  });

  test("填到一半登录过期：就地再登录一次，填的都还在，接着填完交上去", async () => {
    const h = open();
    const who = { ...WEN, name: "金素珍", idNo: idNo(YUEYANG, "1966-11-02", 726), phone: "13974100005" };
    phone = await h.phone();
    await phone.goto(APPLY);
    await signUp(phone, who);
    await phone.getByTestId("question").waitFor();
    let asked = 0;
    await fillForm(h, phone, YUEYANG, who, {
      "h.houses": async () => {
        await phone.getByTestId("field-houses").fill("2");
        await phone.context().clearCookies();
      },
      "h.vehicles": async () => {
        const sheet = phone.getByTestId("login-sheet");
        await sheet.waitFor();
        asked++;
        await look(phone, "phone-login-sheet");
        await sheet.getByTestId("field-password").fill(who.password);
        await sheet.getByTestId("login-do").click();
        await sheet.waitFor({ state: "detached" });
        await phone.getByTestId("field-vehicles").fill("0");
      },
    });
    expect(asked).toBe(1);
    const review = await phone.locator("main").innerText();
    for (const kept of [who.name, "3组12号", "1,800.00 元", "2 套"]) expect(review).toContain(kept);
    // And once more at the very moment of submitting.
    await phone.getByTestId("field-truthful").check();
    await phone.context().clearCookies();
    await phone.getByTestId("submit-application").click();
    await phone.getByTestId("login-sheet").getByTestId("field-password").fill(who.password);
    await phone.getByTestId("login-do").click();
    await phone.getByTestId("case-number").waitFor();
    await phone.context().close();
  });

  test("关掉页面再来：上次没填完的，接着填", async () => {
    const h = open();
    const who = { ...WEN, name: "石月娥", idNo: idNo(YUEYANG, "1959-03-08", 728), phone: "13974100006" };
    phone = await h.phone();
    await phone.goto(APPLY);
    await signUp(phone, who);
    await phone.getByTestId("question").waitFor();
    const before = {
      who: () => phone.getByTestId("field-for-me").click(),
      applicant: async () => {
        await phone.getByTestId("field-name").fill(who.name);
        await phone.getByTestId("field-idNo").fill(who.idNo);
        await phone.getByTestId("field-phone").fill(who.phone);
      },
    };
    await answer(phone, before, "family");
    await settled(phone);
    // Another phone: the server kept it.
    await phone.context().close();
    phone = await h.phone();
    await phone.goto(APPLY);
    await signIn(phone, who);
    await phone.getByTestId("resume-continue").click();
    expect(await questionOf(phone)).toBe("family");
    await phone.getByText(who.name).first().waitFor();
    await phone.context().close();
  });
});
