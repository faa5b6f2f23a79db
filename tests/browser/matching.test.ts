/** A department's list on its page: uploaded, compared, an alert with its evidence, judged; a bad file sent back. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { stage } from "@wuxin/demo";
import type { FetchHost } from "@wuxin/engines/matching";
import { addDays, newId } from "@wuxin/kernel";
import { createWorker, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { act, choose, date, field, idNo as numberOf, PHOTO, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const HEADING = "身份证号码,所有人,号牌号码,品牌,估值,登记日期,状态";

story("数据比对和预警", () => {
  // A department's server, that gives a list until it refuses.
  const hosts: FetchHost[] = [];
  let status = 200;
  const server = http.createServer((_, answer) =>
    answer.writeHead(status).end("逝者姓名,出生日期,火化日期\n某某,1950-01-01,2020-01-01\n"),
  );
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    hosts.push({ host: "127.0.0.1", port, private: true, plain: true });
  });
  afterAll(() => void server.close());
  const open = houseOfFile({ fetchHosts: hosts });
  let idNo = "";

  async function upload(name: string, text: string, corrects = false) {
    const h = open();
    const page = await h.desk(YUEYANG, "xian", "/feeds");
    await page.getByTestId("upload-vehicles").click();
    const form = page.getByTestId("feed-upload");
    await says(form, "必有的列：身份证号码、状态");
    await page
      .getByTestId("feed-file")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    if (corrects) await page.getByTestId("feed-again").getByRole("radio").first().check();
    await page.getByTestId("feed-send").click();
    await form.waitFor({ state: "detached" });
    await createWorker(h.t.db, h.house.jobs).runDue();
    return page;
  }

  test("县级上传机动车名单，比对完成，说明行数、命中和原文件已删除", async () => {
    const h = open();
    idNo = await h.house.db.transact(systemActor(YUEYANG), async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        "select applicant_id as id from entitlement where item = 'subsistence-allowance' and end_month is null limit 1",
      );
      return (await h.house.registry.disclose(tx, [id], "测试名单")).get(id)?.idNo ?? "";
    });
    const page = await upload(
      "机动车登记.csv",
      `${HEADING}\n${idNo},某某,湘F00001,演示牌,128000.00,2026-03-02,正常\n`,
    );
    await says(page.getByTestId("run-done"), "1 行，命中 1 人，新预警 1 条");
    await says(page.getByTestId("run-done"), "原文件已删除");
    await look(page, "feeds");
  });

  test("表头不对的文件整份退回，说明缺哪一列", async () => {
    const page = await upload("错的.csv", "甲,乙\n1,2\n", true);
    await says(page.getByTestId("run-refused"), "文件里没有“身份证号码”、“状态”列");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    await look(page, "feeds-390");
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("系统管理员生成部门口令，只显示一次，再作废", async () => {
    const page = await open().desk(YUEYANG, "xitong", "/feed-tokens");
    await page.getByTestId("new-token").click();
    const form = page.getByTestId("drawer-form");
    await choose(form, "feed", "商业银行 · 银行存款");
    await date(form, "expiresOn", addDays(open().today(), 30));
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const token = await page.getByTestId("token").innerText();
    expect(token.trim()).toMatch(/^wx\.430621\.[\w-]{43}$/);
    await look(page, "feed-tokens");
    await page.getByTestId("token-kept").click();
    await page.reload();
    await says(page.getByTestId("feed-tokens"), "有效至");
    expect(await page.content()).not.toContain(token.trim());
    await page.getByTestId("revoke-bank-deposits").click();
    await page.getByRole("dialog").getByRole("button", { name: "作废" }).click();
    await says(page.getByTestId("feed-tokens"), "已作废");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    await look(page, "feed-tokens-390");
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("系统管理员添加定时获取，口令不再显示；县级立即获取，失败写明原因，停用", async () => {
    const h = open();
    const go = async () => {
      await h.house.matching.connectors.run(h.t.db, YUEYANG);
      await createWorker(h.t.db, h.house.jobs).runDue();
    };
    const admin = await h.desk(YUEYANG, "xitong", "/feed-connectors");
    await look(admin, "connectors-empty");
    await admin.getByTestId("new-connector").click();
    const form = admin.getByTestId("drawer-form");
    await choose(form, "feed", "殡仪馆 · 火化登记");
    await type(form, "url", "https://169.254.169.254/latest");
    await type(form, "secret", "Bearer geheim-2026");
    await admin.getByTestId("submit").click();
    await says(admin.getByTestId("form-error"), "本县没有允许到 169.254.169.254 取数据");
    await look(admin, "connector-form");
    await type(form, "url", `http://127.0.0.1:${hosts[0]?.port}/out/cremations_{date}.csv`);
    await admin.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    const row = admin.getByTestId("connector-cremations");
    await says(row, "已启用");
    await admin.reload();
    await says(admin.getByTestId("feed-connectors"), "口令已录入");
    expect(await admin.content()).not.toContain("geheim");
    // Pages of JSON and a signed request, declared on the same form; and back to the whole file.
    await admin.getByTestId("edit-cremations").click();
    await choose(form, "format", "JSON 接口");
    await choose(form, "paging", "按页码");
    await choose(form, "signature", "HMAC-SHA256");
    await look(admin, "connector-form-json");
    await admin.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(admin.getByTestId("feed-connectors"), "JSON 接口，按页码分页，每页 500 行，HMAC-SHA256 签名");
    await admin.getByTestId("edit-cremations").click();
    await choose(form, "format", "整份文件");
    await choose(form, "signature", "不签名");
    await admin.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });

    const page = await h.desk(YUEYANG, "xian", "/feed-connectors");
    const seen = page.getByTestId("connector-cremations");
    await page.getByTestId("fetch-cremations").click();
    await says(seen, "马上去取");
    await go();
    await says(seen, "取到新文件，已交去比对");
    status = 401;
    await page.getByTestId("fetch-cremations").click();
    await says(seen, "马上去取");
    await go();
    await says(seen, "对方不认口令（401）");
    await look(page, "connectors");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    await look(page, "connectors-390");
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByTestId("switch-cremations").click();
    await page.getByRole("dialog").getByRole("button", { name: "停用" }).click();
    await says(seen, "已停用");
    await page.goto("/console/feeds");
    await says(page.getByTestId("feed-runs"), "定时获取");
  });

  test("预警写明理由和证据；登记误报后，这条规则的准确率跟着变", async () => {
    const page = await open().desk(YUEYANG, "xian", "/alerts?state=pending");
    await page.getByTestId("alert-vehicle").filter({ hasText: "128,000.00 元" }).click();
    const alert = page.getByTestId("alert");
    await says(alert, "名下有 1 辆机动车，最高价值 128,000.00 元");
    await says(alert, "公安局交警大队《机动车登记》");
    await says(alert, idNo);
    await look(page, "alert");
    await page.getByTestId("judge").click();
    const form = page.getByTestId("drawer-form");
    await choose(form, "judgement", "误报");
    await type(form, "outcome", "车已于上月过户，有过户单。");
    await page.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(alert, "车已于上月过户");
    expect(await page.getByTestId("judge").count()).toBe(0);
    await page.goto("/console/alerts");
    await says(page.getByTestId("alert-rules").locator("tr", { hasText: "名下机动车超出关注线" }), "0%");
    await look(page, "alerts");
  });

  test("办件里登记核对结果：查得已经填好，和申报并列；采用别的数要写原因，另一人复核", async () => {
    const h = open();
    const { caseAt, applicant, number } = await h.house.db.transact(systemActor(YUEYANG), async (tx) => {
      const c = await tx.one<{ id: string; applicant: string }>(
        `select f.id, f.applicant_id as applicant from case_file f
         where f.item = 'subsistence-allowance' and f.state = 'accepted' and f.division_code like $1 and not exists (
           select from case_action a where a.county_code = f.county_code and a.case_id = f.id and a.action = 'request_verification')
         order by f.number limit 1`,
        [`${stage(h.house.counties.get(YUEYANG)).first.code}%`],
      );
      const known = (await h.house.registry.disclose(tx, [c.applicant], "测试名单")).get(c.applicant);
      return { caseAt: `/cases/${c.id}`, applicant: c.applicant, number: known?.idNo ?? "" };
    });
    const feed = newId();
    const list = `身份证号码,月缴费基数,缴费状态,参保身份\n${number},3333.00,正常缴费,单位职工\n`;
    await h.house.matching.save(YUEYANG, feed, Readable.from([Buffer.from(list)]));
    await h.house.db.transact(systemActor(YUEYANG), (tx) =>
      h.house.matching.receive(tx, {
        ...{ id: feed, feed: "insurance-contributions", origin: "api", fileName: "社保缴费.csv" },
      }),
    );
    await createWorker(h.t.db, h.house.jobs).runDue();

    const zhen = await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "request_verification", (form) =>
      field(form, "scope").getByText("户籍", { exact: true }).click(),
    );
    // Somebody who must support him and lives elsewhere: without his signature there is no report.
    await zhen.getByTestId("name-supporter").click();
    const naming = zhen.getByTestId("drawer-form");
    await naming.waitFor();
    if ((await field(naming, "ofPersonId").locator("input:checked").count()) === 0)
      await field(naming, "ofPersonId").locator("label, .ant-select").first().click();
    await choose(naming, "relation", "赡养义务人（子女）");
    await type(naming, "name", "范远行");
    await type(naming, "idNo", numberOf("430621", "1979-09-09", 975));
    await type(naming, "incomeFen", "2600");
    await zhen.getByTestId("submit").click();
    await naming.waitFor({ state: "detached" });
    await says(zhen.getByTestId("supporters"), "还没有签授权");
    const xian = await h.desk(YUEYANG, "xian", caseAt);
    await xian.getByTestId("make-check-button").click();
    await says(xian.getByTestId("make-check"), "还缺 范远行（赡养义务人（子女）） 的签名授权");
    await zhen.getByTestId("authorise-supporter").click();
    const signing = zhen.getByTestId("drawer-form");
    await date(signing, "signedOn", h.clock.today());
    await field(signing, "file").locator("input[type=file]").setInputFiles(PHOTO);
    await says(field(signing, "file"), PHOTO.name);
    await zhen.getByTestId("submit").click();
    await signing.waitFor({ state: "detached" });
    await says(zhen.getByTestId("supporters"), "看授权书");
    await look(zhen, "supporters");
    await xian.getByTestId("make-check-button").click();
    const report = xian.getByTestId("check");
    await says(report.getByTestId("supporter-part"), "2,600.00 元");
    await says(report, "工资性收入（折算）");
    await says(report, "社保缴费基数，社保月缴费基数 3,333.00 元");
    await look(xian, "check");
    await xian.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(xian)).toBe(0);
    await look(xian, "check-390");
    await xian.setViewportSize({ width: 1280, height: 800 });

    await h.desk(YUEYANG, "xian", caseAt);
    await xian.getByTestId("action-answer_verification").click();
    const form = xian.getByTestId("action-form");
    const wage = field(form, `member.${applicant}.wage`);
    await says(wage, /查得 3,?333.*折算.*现记/);
    expect(await wage.locator("input").inputValue()).toMatch(/^3,?333/);
    await look(xian, "answer-verification");
    await type(form, `member.${applicant}.wage`, "3000");
    await type(form, "summary", "社保缴费基数高于实发工资，按工资流水采用三千元。");
    await xian.getByTestId("submit-action").click();
    await says(field(form, "difference").locator(".field-error"), "请写明原因");
    await type(form, "difference", "单位按缴费基数下限申报，银行流水每月实发三千元，附流水。");
    await xian.getByTestId("submit-action").click();
    await form.waitFor({ state: "detached" });
    await says(xian.getByTestId("verification"), "3,000.00 元");
    // Not by the same person; another confirms.
    expect(await xian.getByTestId("action-confirm_adopted").isDisabled()).toBe(true);
    await h.desk(YUEYANG, "zhen", caseAt);
    await act(zhen, "confirm_adopted", (confirming) =>
      type(confirming, "note", "看过银行流水，同意采用三千元。"),
    );
    await says(zhen.getByTestId("verification"), "采用的数已由");
    await look(zhen, "adopted-confirmed");
  });
});
