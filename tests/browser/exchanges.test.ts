/** What goes to and fro with other departments, by list and by desk: 防返贫监测名单, deaths given back, joint matters, their own lists, the population. */
import { expect, test } from "vitest";
import { idNo } from "../stories/office.ts";
import { choose, date, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

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

  test("死亡登记共享：另一人确认给公安的；卫健下载、回执、写差异，县里逐行核对，回到卫健看得到", async () => {
    const h = open();
    const fuhe = await h.desk(YUEYANG, "fuhe", "/death-lists");
    await fuhe.getByRole("link", { name: /^公安局/ }).click();
    await says(fuhe.getByTestId("death-list-state"), "待确认");
    await fuhe.getByRole("button", { name: "确认共享" }).click();
    await says(fuhe.getByTestId("death-list-state"), "已共享，等回执");
    await look(fuhe, "death-list");

    const weijian = await h.desk(YUEYANG, "weijian", "/");
    await weijian.getByTestId("party-row").filter({ hasText: "登记的死亡" }).click();
    const saved = weijian.waitForEvent("download");
    await weijian.getByTestId("party-file").click();
    expect((await saved).suggestedFilename()).toContain("死亡登记");
    await weijian.getByTestId("party-receive").click();
    const form = weijian.getByTestId("drawer-form");
    await type(form, "received", "3");
    await type(form, "differs", "第二个人日期不一样");
    await weijian.getByTestId("submit").click();
    await says(form, "看不懂");
    await type(form, "differs", "2 我局死亡证明上早一天");
    await weijian.getByTestId("submit").click();
    await says(weijian.getByTestId("party-replies"), "早一天");

    const xian = await h.desk(YUEYANG, "xian", "/");
    await xian.getByTestId("workbench").getByText("逐行核对").first().click();
    await says(xian.getByTestId("death-list-rows"), "早一天");
    await xian.getByRole("button", { name: "写核对结果" }).click();
    await type(xian.getByTestId("drawer-form"), "note", "以死亡医学证明为准，已更正。");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("death-list-state"), "已回执");
    await look(xian, "death-list-answered");
    await weijian.reload();
    await says(weijian.getByTestId("party-item"), "民政局已核对");
    await look(weijian, "death-list-party");
  });

  test("部门协同：县里立一件事，卫健看到、报告、提问题，县里立项督办，卫健看得到办到哪里；再自己交一份名单", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/registers/joint-matter");
    await xian.getByTestId("new-entry").click();
    const entry = xian.getByTestId("drawer-form");
    await type(entry, "name", "失能老人转诊");
    await choose(entry, "parties", "卫生健康局");
    await type(entry, "duty", "卫健评估转诊，民政安排入住。");
    await type(entry, "owner", "养老服务股");
    await choose(entry, "state", "进行中");
    await xian.getByTestId("submit").click();
    await entry.waitFor({ state: "detached" });

    const weijian = await h.desk(YUEYANG, "weijian", "/");
    await weijian.getByTestId("party-row").filter({ hasText: "失能老人转诊" }).click();
    await weijian.getByTestId("party-add").click();
    const report = weijian.getByTestId("drawer-form");
    await date(report, "on", h.today());
    await type(report, "progress", "已评估十二人。");
    await type(report, "open", "转诊费用由谁先付没有定");
    await weijian.getByTestId("submit").click();
    await says(weijian.getByTestId("party-item"), "（等民政局处理）");

    await xian.goto("/console/registers/joint-matter");
    await xian.getByTestId("entry-link").filter({ hasText: "失能老人转诊" }).click();
    await xian.getByRole("tab", { name: "部门报告 1" }).click();
    await xian.getByTestId("supervise").click();
    const matter = xian.getByTestId("drawer-form");
    await date(matter, "dueOn", h.today());
    await xian.getByTestId("submit").click();
    await matter.waitFor({ state: "detached" });
    await weijian.reload();
    await says(weijian.getByTestId("party-item"), "已立项督办，养老服务股办");
    await look(weijian, "joint-matter-party");

    await weijian.goto("/console/");
    await weijian.getByTestId("party-row").filter({ hasText: "死亡医学证明" }).click();
    await weijian.getByTestId("party-deliver").click();
    const list = `身份证号码,姓名,死亡日期\n${idNo("1940-01-01")},无关的人,${h.today()}\n`;
    await weijian
      .getByTestId("feed-file")
      .setInputFiles({ name: "死亡.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await weijian.getByTestId("feed-send").click();
    await says(weijian.getByTestId("party-item"), "最近交的一份");
    await weijian.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(weijian)).toBe(0);
    await look(weijian, "data-request-party-390");
  });

  test("户籍人口由文件导入：不对的一行写明怎么改，改好以前一行也不登记；改好以后整份登记", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/registers/registered-population");
    await xian.getByTestId("import").click();
    const send = async (text: string) => {
      const file = { name: "户籍人口.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
      await xian.getByTestId("import-file").setInputFiles(file);
      await xian.getByTestId("import-look").click();
    };
    const form = xian.getByTestId("import-form");
    await date(form, "asOn", "2026-01-31");
    await type(form, "source", "县公安局户籍统计年报");
    const rows = "乡镇（街道）,户籍人口\n张谷英镇,41200\n";
    await send(`${rows}某某镇,100\n`);
    await says(xian.getByTestId("import-counts"), "不对 1 行");
    await says(form, "本县没有这个乡镇或村");
    expect(await xian.getByTestId("import-send").isDisabled()).toBe(true);
    await look(xian, "import-entries");
    await xian.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(xian)).toBe(0);
    await xian.setViewportSize({ width: 1280, height: 800 });
    await send(rows);
    await says(xian.getByTestId("import-counts"), "更改 1 行");
    await xian.getByTestId("import-send").click();
    await says(xian.getByTestId("register"), /41,?200/);
  });
});
