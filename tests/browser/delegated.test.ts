/** 江汉区 lets its streets confirm: there is no step of the district, and nobody confirms his own opinion. */
import { expect, test } from "vitest";
import { act, caseState } from "./hands.ts";
import { houseOfFile, JIANGHAN, look, story } from "./house.ts";
import { firstCase } from "./steps.ts";

story("江汉区由街道审核确认", () => {
  const open = houseOfFile();
  let caseAt = "";

  test("公示期满，街道经办人报审核确认；提意见的人自己不能确认，页面写明原因", async () => {
    const h = open();
    const zhen = await h.desk(JIANGHAN, "zhen");
    caseAt = await firstCase(zhen, "subsistence-allowance", "publicity");
    await h.later(8);
    await h.desk(JIANGHAN, "zhen", caseAt);
    await act(zhen, "finish_publicity");
    expect(await caseState(zhen)).toContain("待确认");
    const confirm = zhen.getByTestId("action-confirm");
    expect(await confirm.getAttribute("aria-disabled")).toBe("true");
    expect(await zhen.getByTestId("blocked").innerText()).toContain(
      "「确认」暂不能办：「提出初审意见并公示」是您本人办理的，这一步须由另一个人办理",
    );
    // A press on the grey button opens nothing.
    await confirm.click({ force: true });
    expect(await zhen.getByTestId("action-form").count()).toBe(0);
    await look(zhen, "delegated-own-opinion");
  });

  test("区民政局没有「确认」这一步", async () => {
    const xian = await open().desk(JIANGHAN, "xian", caseAt);
    await xian.getByTestId("case").waitFor();
    expect(await xian.getByTestId("action-confirm").count()).toBe(0);
    expect(await xian.getByTestId("action-refuse").count()).toBe(0);
  });

  test("街道另一个人确认，从下个月起发", async () => {
    const h = open();
    const zhen2 = await h.desk(JIANGHAN, "zhen2", caseAt);
    await act(zhen2, "confirm");
    expect(await caseState(zhen2)).toContain("在享");
    const decision = await zhen2.getByTestId("assessment").innerText();
    expect(decision).toContain(h.account(JIANGHAN, "zhen2").name);
    expect(decision).toContain("自 2026-07 起");
    await look(zhen2, "delegated-confirmed");
  });
});
