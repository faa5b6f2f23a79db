/** The main job on the screens that people use: an application on the phone becomes money on the account. */
import fs from "node:fs";
import { answerCsv } from "@wuxin/engines/payments";
import { type IsoDate, monthOf } from "@wuxin/kernel";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  act,
  answer,
  caseState,
  choose,
  date,
  field,
  idNo,
  PHOTO,
  people,
  scribble,
  sign,
  type,
} from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";

const SUN = { name: "孙桂兰", idNo: idNo(YUEYANG, "1971-03-05", 702), phone: "13974100001" };
const DAUGHTER = { name: "孙小雨", idNo: idNo(YUEYANG, "2014-08-20", 704) };
const PASSWORD = "guilan2026wo";
/** The last digit was typed wrong; the right one ends in 9. */
const WRONG_ACCOUNT = "6217994306210088123";
const RIGHT_ACCOUNT = "6217994306210088129";

story("从手机上申请低保，到补发到账", () => {
  const open = houseOfFile();
  let phone: Page;
  let number = "";
  let caseAt = "";
  let rosterAt = "";
  let reissueAt = "";

  test("居民在手机上注册、填表、签名、提交，缺的收入证明说以后再交", async () => {
    const h = open();
    phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}`);
    await look(phone, "phone-home");
    await phone.getByTestId("entry-生活困难").click();
    await phone.getByTestId("item-subsistence-allowance").click();
    await look(phone, "phone-guide");
    await phone.getByTestId("start-apply").click();
    await phone.getByTestId("to-signup").click();
    await phone.getByTestId("field-name").fill(SUN.name);
    await phone.getByTestId("field-idNo").fill(SUN.idNo);
    await phone.getByTestId("field-phone").fill(SUN.phone);
    await phone.getByTestId("field-password").fill(PASSWORD);
    await look(phone, "phone-signup");
    await phone.getByTestId("signup-do").click();
    await phone.getByTestId("question").waitFor();
    const township = h.account(YUEYANG, "zhen").scopeName;
    const village = h.account(YUEYANG, "cun").scopeName.replace(township, "");
    const yes = (name: string) => phone.getByTestId(`field-${name}-yes`).click();
    const no = (name: string) => phone.getByTestId(`field-${name}-no`).click();
    await answer(phone, {
      who: () => phone.getByTestId("field-for-me").click(),
      applicant: async () => {
        await look(phone, "phone-question");
        await phone.getByTestId("field-name").fill(SUN.name);
        await phone.getByTestId("field-idNo").fill(SUN.idNo);
        await phone.getByTestId("field-phone").fill(SUN.phone);
      },
      family: async () => {
        await phone.getByTestId("add-member").click();
        await phone.getByTestId("field-m2.name").fill(DAUGHTER.name);
        await phone.getByTestId("field-m2.idNo").fill(DAUGHTER.idNo);
        await phone.getByTestId("field-m2.relation-未成年子女").click();
        await look(phone, "phone-family");
      },
      address: async () => {
        await phone.getByTestId("field-divisionCode-township").selectOption({ label: township });
        await phone.getByTestId("field-divisionCode-village").selectOption({ label: village });
        await phone.getByTestId("field-address").fill("3组12号");
        await phone.getByTestId("field-areaClass-农村").click();
      },
      "h.financialAssets": () => phone.getByTestId("field-financialAssets").fill("1800"),
      "h.houses": () => phone.getByTestId("field-houses").fill("1"),
      "h.vehicles": () => phone.getByTestId("field-vehicles").fill("0"),
      "h.incomeStable": () => yes("incomeStable"),
      "m.ableToWork": async () => {
        await no("ableToWork");
        await no("ableToWork-2");
      },
      "m.support": () => phone.getByTestId("field-support").fill("100"),
      "m.disabilityGrade": () => phone.getByTestId("field-disabilityGrade-二级").click(),
      "m.disabilityKind": () => phone.getByTestId("field-disabilityKind-肢体").click(),
      account: async () => {
        await phone.getByTestId("field-bankName").fill("农村商业银行");
        await phone.getByTestId("field-accountNo").fill(WRONG_ACCOUNT);
        await phone.getByText("这个号码不像银行卡号").waitFor();
      },
      relatives: () => no("relatives"),
      materials: async () => {
        await look(phone, "phone-materials");
        await phone.getByTestId("later-income").check();
      },
      authorise: async () => {
        await scribble(phone.getByTestId("field-sign.m1-pad"));
        await phone.getByTestId("field-sign.m1-use").click();
        await phone.getByText(`${SUN.name} 已签名`).waitFor();
        await look(phone, "phone-authorise");
      },
    });
    await look(phone, "phone-review");
    await phone.getByTestId("field-truthful").check();
    await phone.getByTestId("submit-application").click();
    number = await phone.getByTestId("case-number").innerText();
    await look(phone, "phone-done");
    expect(number).toMatch(/〔2026〕\d+号/);
  });

  test("乡镇一次性告知缺的材料，居民在手机上拍照补齐，乡镇受理", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen");
    await look(zhen, "workbench-township");
    await zhen.getByTestId("search").fill(number);
    await zhen.getByRole("option", { name: number }).click();
    await zhen.getByTestId("case").waitFor();
    caseAt = new URL(zhen.url()).pathname.replace("/console", "");
    expect(await caseState(zhen)).toContain("待受理");
    expect(await zhen.getByTestId("blocked").innerText()).toContain("必需材料还没有交齐");
    await look(zhen, "case-submitted");
    await act(zhen, "ask_supplement", async (form) => {
      await type(form, "missing", "近六个月的收入证明，或者村里出的说明。");
      await date(form, "by", "2026-06-24");
      await look(zhen, "case-action");
    });
    expect(await caseState(zhen)).toContain("待补正");

    await phone.getByTestId("to-my").click();
    await phone.getByTestId(`case-${number}`).click();
    await phone.getByTestId("said").getByText("近六个月的收入证明").waitFor();
    await look(phone, "phone-supplement");
    await phone.getByTestId("action-supplement").click();
    await phone.getByTestId("field-attachments").setInputFiles(PHOTO);
    await phone.getByText(`✓ ${PHOTO.name}`).waitFor();
    await phone.getByTestId("field-note").fill("村里出的收入说明，已盖章。");
    await phone.getByTestId("field-commitments-yes").click();
    await look(phone, "phone-supplement-sheet");
    await phone.getByTestId("action-submit").click();
    await phone.getByTestId("action-done").waitFor();

    await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "accept");
    expect(await caseState(zhen)).toContain("调查核对");
    await zhen.getByTestId("documents").getByText("受理").first().waitFor();
  });

  test("两人入户、各方签字，送核对，县里登记核对结果，提出初审意见", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "survey", async (form) => {
      await people(form, "investigators", "刘志强", "陈晓芳");
      await date(form, "on", h.today());
      await type(form, "findings", "母女二人同住，平房两间，家具陈旧。申请人右腿残疾，拄拐行走，不能下地。");
      await sign(form, "householdSignature", SUN.name);
      await sign(form, "investigatorSignature", "刘志强");
    });
    await act(zhen, "request_verification", async (form) => {
      for (const what of ["户籍", "不动产", "银行存款"])
        await field(form, "scope").getByText(what, { exact: true }).click();
    });
    await zhen.getByTestId("verification").getByText("等待回复").waitFor();
    expect(await zhen.getByTestId("blocked").innerText()).toContain("还有核对没有反馈");

    h.clock.set("2026-06-11");
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    await act(xian, "answer_verification", async (form) => {
      await type(form, "reportNumber", "核2026-0611-03");
      await date(form, "on", "2026-06-11");
      await date(form, "validUntil", "2026-12-08");
      await type(form, "summary", "与申报一致，名下没有车辆、商品房和企业登记。");
    });

    await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "opinion", async (form) => {
      await choose(form, "opinion", "拟同意");
      await type(form, "reason", "家庭人均收入低于本地低保标准，财产符合规定。");
    });
    expect(await caseState(zhen)).toContain("公示中");
    expect(await zhen.getByTestId("blocked").innerText()).toContain("公示还没有满 7 天");
    await look(zhen, "case-publicity");
  });

  test("公示只写法定内容，谁都能看；满期自己撤下", async () => {
    const h = open();
    const anyone = await h.phone();
    await anyone.goto(`/c/${YUEYANG}/publicity`);
    const notice = anyone.getByTestId("notice").filter({ hasText: SUN.name });
    const text = await notice.innerText();
    expect(text).toContain("拟同意");
    for (const secret of [DAUGHTER.name, SUN.idNo, SUN.phone, "残疾", "3组12号"])
      expect(text).not.toContain(secret);
    await look(anyone, "phone-publicity");
    await h.later(8);
    await anyone.reload();
    await settled(anyone);
    expect(await notice.count()).toBe(0);
    await anyone.context().close();
  });

  test("公示期满，县级确认，居民在手机上看到结果和算法", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "finish_publicity");
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    expect(await caseState(xian)).toContain("待确认");
    await look(xian, "case-review");
    await act(xian, "confirm");
    expect(await caseState(xian)).toContain("在享");
    await look(xian, "case-paying");

    await phone.goto(`/c/${YUEYANG}/my`);
    await phone.getByTestId("field-loginName").fill(SUN.phone);
    await phone.getByTestId("field-password").fill(PASSWORD);
    await phone.getByTestId("login-do").click();
    await phone.getByTestId(`case-${number}`).click();
    await phone.getByTestId("decision").first().getByText("从2026年7月起。").waitFor();
    await look(phone, "phone-decision");
    await phone.getByTestId("document-award-notice").click();
    await look(phone, "phone-notice");
  });

  test("七月名册：列出新增，制表人不能再复核，三个人各签一次", async () => {
    const h = open();
    await h.later("2026-07-03");
    const xian = await h.desk(YUEYANG, "xian", "/rosters");
    await look(xian, "rosters");
    await xian.getByTestId("generate-roster").click();
    await xian.getByTestId("generate-submit").click();
    await xian.getByTestId("roster").waitFor();
    rosterAt = new URL(xian.url()).pathname.replace("/console", "");
    await xian.getByTestId("change-new").click();
    await xian.getByTestId("lines").getByText(SUN.name).first().waitFor();
    await look(xian, "roster-draft");
    await signRoster(xian, "maker");
    // The same person may not check what he made: no button, and the reason in words.
    const panel = xian.getByTestId("signatures");
    await panel.getByText("须由三个不同的人签").waitFor();
    expect(await xian.getByTestId("sign-checker").count()).toBe(0);

    await signRoster(await h.desk(YUEYANG, "fuhe", rosterAt), "checker");
    await signRoster(await h.desk(YUEYANG, "shenpi", rosterAt), "approver");
  });

  test("银行文件下载、回盘装载：一笔失败，其余到账；同一份再装一次什么也不变", async () => {
    const h = open();
    await h.later("2026-07-06");
    const caiwu = await h.desk(YUEYANG, "caiwu", rosterAt);
    const back = await bankAnswers(caiwu, h.today(), SUN.name);
    const load = async () => {
      await caiwu
        .getByTestId("return-file")
        .setInputFiles({ name: "7月回盘.csv", mimeType: "text/csv", buffer: back });
      return caiwu.getByTestId("return-report").innerText();
    };
    expect(await load()).toContain("失败 1，未知 0");
    await caiwu.getByTestId("reconciliation").getByText("相符", { exact: true }).waitFor();
    await look(caiwu, "roster-returned");
    expect(await load().then(() => caiwu.getByText("以前装载过").innerText())).toContain("没有改动任何笔次");
  });

  test("县里更正账户，失败的一笔补发，三人再签，到账", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/failures");
    await look(xian, "failures");
    await xian.getByRole("link", { name: SUN.name }).click();
    await xian.getByTestId("person").waitFor();
    await look(xian, "person");
    await xian.getByTestId("edit-account").click();
    const form = xian.getByTestId("drawer-form");
    await type(form, "accountNo", RIGHT_ACCOUNT);
    await type(form, "reason", "末位数字抄错，已对照存折更正。");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });

    await h.desk(YUEYANG, "xian", rosterAt);
    await xian.getByTestId("reissue").click();
    await xian.waitForURL((url) => !url.pathname.endsWith(rosterAt));
    reissueAt = new URL(xian.url()).pathname.replace("/console", "");
    await xian.getByTestId("lines").getByText(SUN.name).first().waitFor();
    await signRoster(xian, "maker");
    await signRoster(await h.desk(YUEYANG, "fuhe", reissueAt), "checker");
    await signRoster(await h.desk(YUEYANG, "shenpi", reissueAt), "approver");
    await h.later("2026-07-08");
    const caiwu = await h.desk(YUEYANG, "caiwu", reissueAt);
    const buffer = await bankAnswers(caiwu, h.today());
    await caiwu
      .getByTestId("return-file")
      .setInputFiles({ name: "7月补发回盘.csv", mimeType: "text/csv", buffer });
    expect(await caiwu.getByTestId("return-report").innerText()).toContain("失败 0");
    await look(caiwu, "roster-reissued");

    await h.desk(YUEYANG, "xian", "/failures");
    await settled(xian);
    expect(await xian.getByRole("row").filter({ hasText: SUN.name }).innerText()).toContain("已补发");
    await h.desk(YUEYANG, "xian", caseAt);
    await xian.getByTestId("applicant").click();
    await xian.getByTestId("months").getByText("补发成功").first().waitFor({ state: "attached" });
    await look(xian, "person-paid");
  });
});

async function signRoster(page: Page, step: "maker" | "checker" | "approver"): Promise<void> {
  await page.getByTestId(`sign-${step}`).click();
  await page.getByTestId("confirm-sign").click();
  await page.getByTestId(`sign-${step}`).waitFor({ state: "detached" });
}

/** Makes the bank's file on the page, downloads it, and answers as a bank does. */
async function bankAnswers(page: Page, paidOn: IsoDate, failing?: string): Promise<Buffer> {
  await page.getByTestId("export-csv").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download-csv").first().click(),
  ]);
  const bytes = fs.readFileSync(await download.path());
  return answerCsv(bytes, ({ payeeName, index }) =>
    payeeName === failing
      ? { outcome: "failed", failReason: "账号与户名不符" }
      : { outcome: "paid", paidOn, bankSerial: `${monthOf(paidOn)}-${index + 1}` },
  );
}
