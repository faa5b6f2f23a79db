/** 公示异议: anybody may object from a phone without logging in; it stands in the way until it was looked into. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { act, caseState, date, people, type } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { firstCase, opinion, survey } from "./steps.ts";

const OBJECTION = "他家儿子在城里买了房，过年开车回来，请核实。";

story("公示期间有人提异议，重新调查后再公示", () => {
  const open = houseOfFile();
  let zhen: Page;
  let caseAt = "";
  let applicant = "";

  test("没有登录的人在手机上对一条公示提意见；不写清楚不收", async () => {
    const h = open();
    zhen = await h.desk(YUEYANG, "zhen");
    caseAt = await firstCase(zhen, "subsistence-allowance", "publicity");
    applicant = await zhen.getByTestId("applicant").innerText();

    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}`);
    await phone.getByTestId("way-publicity").click();
    await phone.getByTestId("notice").filter({ hasText: applicant }).getByTestId("object").click();
    await phone.getByTestId("field-objection-text").fill("不对");
    await phone.getByTestId("objection-submit").click();
    await phone.getByText("请填写您的姓名。").waitFor();
    await phone.getByText("请写明意见，至少 5 个字").waitFor();
    await look(phone, "phone-objection");
    await phone.getByTestId("field-objection-name").fill("何先生");
    await phone.getByTestId("field-objection-phone").fill("13974100009");
    await phone.getByTestId("field-objection-text").fill(OBJECTION);
    await phone.getByTestId("objection-submit").click();
    await phone.getByTestId("objection-sent").waitFor();
    await settled(phone);
    // What was said and by whom is not shown to the public.
    expect(await phone.locator("body").innerText()).not.toContain(OBJECTION);
    await phone.context().close();
  });

  test("公示满 7 天也不能报确认：异议没有处理", async () => {
    const h = open();
    await h.later(8);
    await h.desk(YUEYANG, "zhen", caseAt);
    await zhen.getByTestId("objection").filter({ hasText: OBJECTION }).getByText("待处理").waitFor();
    expect(await zhen.getByTestId("blocked").innerText()).toContain(
      "「公示期满，报审核确认」暂不能办：还有没处理的异议",
    );
    await look(zhen, "objection-blocks");
  });

  test("重新调查，撤下公示，再提意见、再公示 7 天", async () => {
    const h = open();
    await act(zhen, "reinvestigate");
    expect(await caseState(zhen)).toContain("复查中");
    await zhen.getByTestId("objection").filter({ hasText: OBJECTION }).getByText("已答复").waitFor();
    await survey(h, zhen, applicant, "再次入户并走访三户邻居：城里的房子是亲戚的，不是申请人子女的。");
    await opinion(zhen, "拟同意", "经复查，反映的房产不属于申请人家庭，收入财产符合规定。");
    expect(await zhen.getByTestId("publicity").innerText()).toContain("2026-06-17");
    await h.later(8);
    await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "finish_publicity");
    expect(await caseState(zhen)).toContain("待确认");
  });

  test("有过异议的，县里先入户才能确认", async () => {
    const h = open();
    const fuhe = await h.desk(YUEYANG, "fuhe", caseAt);
    expect(await fuhe.getByTestId("blocked").innerText()).toContain("应当先由确认机关入户");
    await act(fuhe, "county_visit", async (form) => {
      await people(form, "investigators", "李秀英", "王建华");
      await date(form, "on", h.today());
      await type(form, "findings", "县里两人入户，情况与乡镇复查一致，房产证明已看原件。");
    });
    await act(fuhe, "confirm");
    expect(await caseState(fuhe)).toContain("在享");
    await look(fuhe, "objection-confirmed");
  });
});
