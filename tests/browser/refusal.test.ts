/** A household above the line: refused with reasons, a notice to print, and the remedy in the resident's own hands. */
import { expect, test } from "vitest";
import { act, caseState, choose, date, idNo, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";
import {
  fillForm,
  findCase,
  opinion,
  signIn,
  signUp,
  submitForm,
  survey,
  verification,
  yes,
} from "./steps.ts";

const PENG = {
  name: "彭国强",
  idNo: idNo(YUEYANG, "1984-02-11", 711),
  phone: "13974100002",
  password: "guoqiang2026",
};

story("不符合条件的，不予确认并说清理由和救济", () => {
  const open = houseOfFile();
  let number = "";
  let caseAt = "";

  test("居民申请，每月工资五千元", async () => {
    const h = open();
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}/item/subsistence-allowance/apply`);
    await signUp(phone, PENG);
    await fillForm(h, phone, YUEYANG, PENG, {
      "m.ableToWork": () => yes(phone, "ableToWork"),
      "m.wage": () => phone.getByTestId("field-wage").fill("5000"),
      "h.vehicles": () => phone.getByTestId("field-vehicles").fill("1"),
    });
    number = await submitForm(phone);
    await phone.context().close();
  });

  test("调查核对后拟不同意并公示；期满后「确认」是灰的，写明只能不予确认", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen");
    caseAt = await findCase(zhen, number);
    await act(zhen, "accept");
    await survey(h, zhen, PENG.name, "单身，在工业园上班，租住公寓一间，有小轿车一辆。");
    await verification(h, YUEYANG, caseAt, "工资按月打卡五千元，名下有小型汽车一辆。");
    await h.desk(YUEYANG, "zhen", caseAt);
    await opinion(zhen, "拟不同意", "人均收入高于本地低保标准，名下有机动车辆。");
    await h.later(8);
    await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "finish_publicity");
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    expect(await xian.getByTestId("action-confirm").getAttribute("aria-disabled")).toBe("true");
    expect(await xian.getByTestId("blocked").innerText()).toContain("不符合低保条件，只能「不予确认」");
  });

  test("县里不予确认：不写理由不行；通知书可以打印，写着理由和两条救济途径", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    await xian.getByTestId("action-refuse").click();
    await xian.getByTestId("submit-action").click();
    await xian.getByTestId("field-reason").locator(".field-error").waitFor();
    await look(xian, "refusal-without-reason");
    await type(xian, "reason", "月收入五千元，高于本地低保标准，且有机动车辆，不符合规定。");
    await xian.getByTestId("submit-action").click();
    await xian.getByTestId("action-form").waitFor({ state: "detached" });
    expect(await caseState(xian)).toContain("不予确认");
    await xian.getByTestId("documents").getByRole("link", { name: /不予/ }).click();
    const paper = xian.getByTestId("document");
    await paper.waitFor();
    const text = await paper.innerText();
    for (const part of [PENG.name, "五千元", "行政复议", "行政诉讼", "2026年6月17日"])
      expect(text).toContain(part);
    await look(xian, "refusal-notice");
    // On paper: no rail, no buttons, only the notice.
    await xian.emulateMedia({ media: "print" });
    expect(await xian.locator(".rail").isVisible()).toBe(false);
    expect(await xian.getByRole("button", { name: "打印" }).isVisible()).toBe(false);
    expect(await xian.locator("article.paper").isVisible()).toBe(true);
    await xian.emulateMedia({ media: null });
  });

  test("乡镇登记送达；居民在手机上读到结果、理由和怎么救济", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "deliver_refusal", async (form) => {
      await date(form, "on", h.today());
      await choose(form, "how", "直接送达");
      await type(form, "receiver", PENG.name);
    });
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}/my`);
    await signIn(phone, PENG);
    await phone.getByTestId(`case-${number}`).click();
    await phone.getByTestId("decision").getByText("高于本地低保标准").first().waitFor();
    await look(phone, "phone-refused");
    await phone.getByTestId("document-refusal-notice").click();
    await phone.getByText("行政复议").first().waitFor();
    await look(phone, "phone-refusal-notice");
  });
});
