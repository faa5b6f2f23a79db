/** 防返贫监测名单 both ways: theirs comes in and is recognised row by row, a dirty one goes back; ours goes out with its ground. */
import { expect, test } from "vitest";
import { idNo } from "../stories/office.ts";
import { says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("监测名单", () => {
  const open = houseOfFile();

  test("坏名单整份退回并说明；好名单逐行认定，没有认定的登记处理；我们的名单写明依据才能导出", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/exchanges");
    await xian.getByTestId("take-list").click();
    const send = async (text: string) => {
      const file = { name: "监测对象.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
      await xian.getByTestId("take-file").setInputFiles(file);
      await xian.getByTestId("take-send").click();
    };
    await send(`姓名,身份证号码\n赵一,123\n钱二,${idNo("1960-01-01")}\n`);
    await says(xian.getByTestId("take-refused"), "整份没有导入");
    await says(xian.getByTestId("take-refused"), "第 1 人");
    await send(`姓名,身份证号码\n钱二,${idNo("1961-01-01")}\n孙三,${idNo("1962-01-01")}\n`);
    await xian.getByTestId("handle-2").click();
    await look(xian, "exchange-unrecognised");
    const form = xian.getByTestId("drawer-form");
    await type(form, "note", "已请乡镇上门核实，本人户籍在外县。");
    await xian.getByTestId("submit").click();
    await says(xian.locator(".ant-drawer"), "户籍在外县");
    await xian.getByTestId("again").click();
    await says(xian.locator(".ant-message"), "没有新认定的");
    await xian.keyboard.press("Escape");

    await xian.goto("/console/exchanges");
    await xian.getByTestId("give-list").click();
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("drawer-form"), "依据");
    await type(xian.getByTestId("drawer-form"), "basis", "国办发〔2023〕39号");
    const saved = xian.waitForEvent("download");
    await xian.getByTestId("submit").click();
    expect((await saved).suggestedFilename()).toContain("监测名单");
    await says(xian.getByTestId("exchange-lists"), "国办发〔2023〕39号");
    await look(xian, "exchanges");
  });
});
