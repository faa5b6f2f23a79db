/** The main job on the screens that people use: an application on the phone becomes money on the account. */
import fs from "node:fs";
import { answerCsv } from "@wuxin/engines/payments";
import { type IsoDate, monthOf } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { act, caseState, date, idNo, PHOTO, type } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import {
  fillForm,
  findCase,
  no,
  opinion,
  pathOf,
  signAuthorisation,
  signIn,
  signUp,
  submitForm,
  survey,
  verification,
} from "./steps.ts";

const SUN = {
  name: "孙桂兰",
  idNo: idNo(YUEYANG, "1971-03-05", 702),
  phone: "13974100001",
  password: "guilan2026wo",
};
const DAUGHTER = { name: "孙小雨", idNo: idNo(YUEYANG, "2014-08-20", 704) };
/** The last digit was typed wrong; the right one ends in 9. */
const WRONG_ACCOUNT = "6217994306210088123";
const RIGHT_ACCOUNT = "6217994306210088129";

story("从手机上申请低保，到补发到账", () => {
  const open = houseOfFile();
  const work = () => createWorker(open().house.db, open().house.jobs).runDue();
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
    await look(phone, "phone-login");
    await signUp(phone, SUN);
    await phone.getByTestId("question").waitFor();
    await look(phone, "phone-question");
    await fillForm(h, phone, YUEYANG, SUN, {
      family: async () => {
        await phone.getByTestId("add-member").click();
        await phone.getByTestId("field-m2.name").fill(DAUGHTER.name);
        await phone.getByTestId("field-m2.idNo").fill(DAUGHTER.idNo);
        await phone.getByTestId("field-m2.relation-未成年子女").click();
        await look(phone, "phone-family");
      },
      "m.ableToWork": async () => {
        await no(phone, "ableToWork");
        await no(phone, "ableToWork-2");
      },
      "m.support": () => phone.getByTestId("field-support").fill("100"),
      "m.disabilityGrade": () => phone.getByTestId("field-disabilityGrade-二级").click(),
      "m.disabilityKind": () => phone.getByTestId("field-disabilityKind-肢体").click(),
      account: async () => {
        await phone.getByTestId("field-bankName").fill("农村商业银行");
        await phone.getByTestId("field-accountNo").fill(WRONG_ACCOUNT);
        await phone.getByText("这个号码不像银行卡号").waitFor();
      },
      materials: async () => {
        await look(phone, "phone-materials");
        await phone.getByTestId("later-income").check();
      },
      authorise: async () => {
        await signAuthorisation(phone, SUN);
        await look(phone, "phone-authorise");
      },
    });
    await look(phone, "phone-review");
    number = await submitForm(phone);
    await look(phone, "phone-done");
    expect(number).toMatch(/〔2026〕\d+号/);
  });

  test("乡镇一次性告知缺的材料，居民在手机上拍照补齐，乡镇受理", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen");
    await look(zhen, "workbench-township");
    caseAt = await findCase(zhen, number);
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
    await survey(h, zhen, SUN.name, "母女二人同住，平房两间，家具陈旧。申请人右腿残疾，拄拐行走，不能下地。");
    expect(await zhen.getByTestId("blocked").innerText()).toContain("还没有经济状况核对结果");
    h.clock.set("2026-06-11");
    await verification(h, YUEYANG, caseAt, "与申报一致，名下没有车辆、商品房和企业登记。");
    await h.desk(YUEYANG, "zhen", caseAt);
    await opinion(zhen, "拟同意", "家庭人均收入低于本地低保标准，财产符合规定。");
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
    await signIn(phone, SUN);
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
    rosterAt = pathOf(xian);
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
    const back = await bankAnswers(caiwu, work, h.today(), SUN.name);
    const load = () =>
      caiwu
        .getByTestId("return-file")
        .setInputFiles({ name: "7月回盘.csv", mimeType: "text/csv", buffer: back });
    await load();
    await caiwu.getByTestId("return-progress").getByText("正在装载「7月回盘.csv」").waitFor();
    await look(caiwu, "roster-returning");
    await work();
    expect(await caiwu.getByTestId("return-report").innerText()).toContain("失败 1，未知 0");
    await caiwu.getByTestId("reconciliation").getByText("相符", { exact: true }).waitFor();
    await look(caiwu, "roster-returned");
    await load();
    expect(await caiwu.getByText("以前装载过").innerText()).toContain("没有改动任何笔次");
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
    reissueAt = pathOf(xian);
    await xian.getByTestId("lines").getByText(SUN.name).first().waitFor();
    await signRoster(xian, "maker");
    await signRoster(await h.desk(YUEYANG, "fuhe", reissueAt), "checker");
    await signRoster(await h.desk(YUEYANG, "shenpi", reissueAt), "approver");
    await h.later("2026-07-08");
    const caiwu = await h.desk(YUEYANG, "caiwu", reissueAt);
    const buffer = await bankAnswers(caiwu, work, h.today());
    await caiwu
      .getByTestId("return-file")
      .setInputFiles({ name: "7月补发回盘.csv", mimeType: "text/csv", buffer });
    await caiwu.getByTestId("return-progress").waitFor();
    await work();
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
async function bankAnswers(
  page: Page,
  work: () => Promise<number>,
  paidOn: IsoDate,
  failing?: string,
): Promise<Buffer> {
  await page.getByTestId("export-csv").click();
  await page.getByTestId("file-progress").waitFor();
  await work();
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
