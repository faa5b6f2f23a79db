/** A clue on its page: the township tells of somebody, the county hands it over, the village goes, the township closes it. */
import type { Field, Values } from "@wuxin/declare";
import { staffOf } from "@wuxin/demo";
import { addDays, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { PNG } from "../stories/office.ts";
import { choose, date, field, PHOTO, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const press = async (page: Page, action: string) => {
  await page.getByTestId(`do-${action}`).click();
  const form = page.getByTestId("drawer-form");
  await form.waitFor();
  return form;
};
const send = async (page: Page, state: string) => {
  await page.getByTestId("submit").click();
  await page.getByTestId("drawer-form").waitFor({ state: "detached" });
  await says(page.getByTestId("clue-state"), state);
};

/** The household may have other duties too: their first answers. */
const asked = (form: readonly Field[]): Values =>
  Object.fromEntries(
    form.flatMap((f) =>
      f.required && f.type === "choice" && f.choices?.[0] ? [[f.name, f.choices[0].value]] : [],
    ),
  );

story("线索", () => {
  const open = houseOfFile();

  test("乡镇登记，县里下发，乡镇派人，村里入户，乡镇办结", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", "/clues");
    await zhen.getByTestId("report-clue").click();
    const form = zhen.getByTestId("drawer-form");
    await type(form, "title", "独居老人摔伤，没有人照料");
    await type(form, "name", "周演示");
    // The township itself stands first, then its villages: the first is the one of the village worker.
    await field(form, "divisionCode").locator(".ant-select").first().click();
    await zhen.locator(".ant-select-item-option:visible").nth(1).click();
    await zhen.getByTestId("submit").click();
    await zhen.getByTestId("clue").waitFor();
    await says(zhen.getByTestId("clue-state"), "待下发");
    expect(await zhen.getByTestId("do-dispatch").count()).toBe(0);
    const at = zhen.url().replace(/^.*\/console/, "");

    const xian = await h.desk(YUEYANG, "xian", at);
    await press(xian, "dispatch");
    await send(xian, "待派人");

    await zhen.reload();
    await choose(await press(zhen, "assign"), "worker", "周满秀（村）");
    await send(zhen, "待入户");

    const cun = await h.desk(YUEYANG, "cun", at);
    const visit = await press(cun, "visit");
    await date(visit, "on", "2026-06-09");
    await choose(visit, "met", "本人");
    await choose(visit, "matches", "不属实");
    await choose(visit, "proposal", "没有变化");
    await type(visit, "findings", "老人行动自如，女儿同住照料。");
    await send(cun, "待研判");

    await zhen.reload();
    await says(zhen.getByTestId("clue-history"), "女儿同住照料");
    await type(await press(zhen, "no-change"), "note", "已有家人照料，定期走访。");
    await send(zhen, "情况不变");
    await look(zhen, "clue");
    await zhen.goto("/console/clues?state=closed");
    await says(zhen.getByTestId("clue-list"), "独居老人摔伤");
    await look(zhen, "clues");

    await xian.goto("/console/clues/overview");
    // On the county's outline by mouse, keyboard and as a list; the marked place leads to its clues.
    const map = xian.getByTestId("place-map");
    const town = map.getByRole("link", { name: /^荣家湾镇 \d+ 条$/ });
    await town.waitFor();
    expect(await map.locator("svg a").count()).toBe(15);
    await says(map, "形状和位置都不是真的");
    await map.getByText("列成表").click();
    await says(map.locator("tbody tr").first(), /^荣家湾镇\d/);
    await town.focus();
    await xian.keyboard.press("Enter");
    await says(xian.getByTestId("clue-list"), "独居老人摔伤");
    await xian.goBack();
    await town.waitFor();
    await says(xian.getByTestId("overview-sources"), "主动发现");
    await look(xian, "clue-overview");
    await xian.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(xian)).toBe(0);
    await look(xian, "clue-overview-390");
    await xian.setViewportSize({ width: 1280, height: 800 });
    // However long the name of the place: that the data are invented is read in full on a phone.
    await cun.setViewportSize({ width: 390, height: 844 });
    await cun.goto("/console/");
    const badge = await cun.locator(".top .demo-badge").boundingBox();
    const menu = await cun.getByTestId("person-menu").boundingBox();
    expect(badge?.width).toBeGreaterThan(50);
    expect((badge?.x ?? 0) + (badge?.width ?? 0)).toBeLessThanOrEqual(menu?.x ?? 0);
    await look(cun, "head-390");
    await cun.setViewportSize({ width: 1280, height: 800 });
  });

  test("派给村里的线索在他的工作台上；上门一次，走访、救助链、乡镇监管都看得到", async () => {
    const h = open();
    const id = newId();
    const household = await h.t.owner<{ id: string; head: string }>(
      `select h.id, h.head_person_id as head from household h where h.division_code = '430621100001' order by h.id limit 1`,
    );
    const [of] = household;
    const as = <T>(login: string, work: (tx: Tx) => Promise<T>) => {
      const s = staffOf(h.house.counties.get(YUEYANG)).find((x) => x.loginName === login);
      const actor = { countyCode: YUEYANG, accountId: s?.id ?? "", personId: null, name: s?.name ?? "" };
      return h.house.as(
        { actor: { ...actor, role: s?.role ?? "village", scope: s?.scope ?? "" } as Actor },
        work,
      );
    };
    const { clues, duties } = h.house;
    await as("zhen", (tx) =>
      clues.report(tx, {
        ...{ id, source: "worker", sourceName: "", level: "red", proposes: "help", personId: of?.head ?? "" },
        ...{ name: "", phone: "", address: "", divisionCode: "430621100001", occurredOn: h.today() },
        ...{ title: "屋顶漏雨，老人住院", reason: "邻居说屋顶漏了半个月。" },
      }),
    );
    const step = (who: string, action: string, data: Values = {}) =>
      as(who, async (tx) => {
        const { version } = await clues.page(tx, id);
        await clues.act(tx, id, { id: newId(), version, action, data });
      });
    const worker = staffOf(h.house.counties.get(YUEYANG)).find((x) => x.loginName === "cun");
    await step("zhen", "assign", { worker: worker?.id ?? "" });

    const cun = await h.desk(YUEYANG, "cun", "/");
    await says(cun.getByTestId("todo"), "入户核查");
    await cun.goto("/console/visits");
    await says(cun.getByTestId("visits-due"), "屋顶漏雨");
    await look(cun, "visits-due");

    const photo = newId();
    await as("cun", (tx) => h.house.documents.saveFile(tx, { id: photo, name: "屋顶.png", bytes: PNG }));
    const visited = newId();
    const done = await as("cun", async (tx) => {
      const stop = (await duties.list(tx, null)).stops.find((s) => s.tasks.some((t) => t.id === id));
      return duties.record(tx, {
        ...{ id: visited, deviceId: null, subjectId: stop?.subjectId ?? "", at: h.clock.now().toISOString() },
        place: { latitude: 29.14412, longitude: 113.11602, accuracyM: 12 },
        answers: {
          ...asked(stop?.form ?? []),
          met: "family",
          matches: "yes",
          proposal: "refer",
          findings: "屋顶确实漏，需要危房改造。",
        },
        ...{ card: {}, photos: [photo], signatureId: photo },
      });
    });
    expect(done.answered).toContain("屋顶漏雨，老人住院");
    await step("zhen", "refer", { department: "县住建局", note: "请列入危房改造。" });

    const zhen = await h.desk(YUEYANG, "zhen", "/visits?show=done");
    await says(zhen.getByTestId("visits-done"), "周满秀");
    await zhen.goto(`/console/clues/${id}`);
    await says(zhen.getByTestId("clue-history"), "签字、照片、到场位置");
    await look(zhen, "clue-visit");
    await zhen.getByTestId("clue-history").getByRole("link", { name: "这次走访" }).click();
    await zhen.waitForURL(`**/visits/${visited}`);
    await says(zhen.getByTestId("visit-findings"), "屋顶确实漏");
    await look(zhen, "visit");
    await zhen.goto(`/console/households/${of?.id}`);
    await says(zhen.getByTestId("chain"), "转介县住建局");
    await zhen.getByTestId("chain-visit").click();
    await says(zhen.getByTestId("chain"), "屋顶漏雨");
    await look(zhen, "chain");
    const xian = await h.desk(YUEYANG, "xian", "/supervision");
    await says(xian.getByTestId("supervision-table"), "荣家湾镇");
    await look(xian, "supervision");
    await xian.setViewportSize({ width: 390, height: 844 });
    await look(xian, "supervision-390");
    await xian.setViewportSize({ width: 1280, height: 800 });
  });

  test("政策找人：上次没打通的再打，愿意申请，在名单上就替他申请；一户的需求在家庭页上评估", async () => {
    const h = open();
    const zhen = await h.desk(YUEYANG, "zhen", "/found?how=unreachable");
    const row = zhen.getByTestId("found-person").first();
    await says(row, "残疾人护理补贴");
    await row.getByTestId("contact").click();
    const form = zhen.getByTestId("drawer-form");
    await form.waitFor();
    await choose(form, "how", "打电话");
    await choose(form, "wish", "愿意申请");
    await type(form, "findings", "本人愿意，证在手边。");
    await zhen.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await zhen.goto("/console/found?how=willing");
    const willing = zhen.getByTestId("found-person").filter({ hasText: "证在手边" });
    await says(willing, "打电话");
    await look(zhen, "found");
    await willing.getByTestId("apply-for").click();
    await says(zhen.getByTestId("drawer-form"), "残疾人护理补贴");
    await zhen.getByTestId("submit").click();
    await zhen.getByTestId("drawer-form").waitFor({ state: "detached" });
    await zhen.goto("/console/found?how=applied");
    await says(zhen.getByTestId("found-person").filter({ hasText: "证在手边" }), "看办件");
    await zhen.setViewportSize({ width: 390, height: 844 });
    await look(zhen, "found-390");
    expect(await overflow(zhen)).toBe(0);
    await zhen.setViewportSize({ width: 1280, height: 800 });

    const [warned] = await h.t.owner<{ id: string }>(
      "select household_id as id from alert where county_code = '430621' and rule = 'vehicle' limit 1",
    );
    await zhen.goto(`/console/households/${warned?.id}`);
    await says(zhen.getByTestId("tier"), "低保");
    await says(zhen.getByTestId("level"), "名下机动车");
    await says(zhen.getByTestId("aids"), "享受中");
    await zhen.getByTestId("assess-needs").click();
    const needs = zhen.getByTestId("drawer-form");
    await needs.waitFor();
    await needs.getByText("就业", { exact: true }).click();
    await type(needs, "needsNote", "想找离家近的活");
    await zhen.getByTestId("submit").click();
    await says(zhen.getByTestId("needs"), "想找离家近的活");
    await look(zhen, "standing");
  });

  test("县里下发整改通知单，乡镇报送情况和照片，县里退回，再报，复核销号；各人的工作台上都有", async () => {
    const h = open();
    const xian = await h.desk(YUEYANG, "xian", "/supervision");
    await xian.getByTestId("draw-sample").click();
    await type(xian.getByTestId("drawer-form"), "percent", "50");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("clue-samples"), "抽 50%");
    await xian.getByTestId("clue-samples").locator("a").first().click();
    await says(xian.getByTestId("clues"), "抽查名单");
    await look(xian, "clue-sample");
    await xian.goto("/console/supervision");
    await xian.locator("tr", { hasText: "荣家湾镇" }).getByRole("button", { name: "通知整改" }).click();
    const form = xian.getByTestId("drawer-form");
    await form.waitFor();
    await type(form, "problem", "下发的线索超期没有上门");
    await type(form, "demand", "十天内全部上门，报送情况和照片");
    await date(form, "dueOn", addDays(h.today(), 10));
    await look(xian, "rectification-form");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("rectification-state"), "待整改");
    await says(xian.getByTestId("rectification-figures"), "走访按时完成");
    const at = xian.url().replace(/^.*\/console/, "");

    const state = (page: Page, text: string) => says(page.getByTestId("rectification-state"), text);
    const zhen = await h.desk(YUEYANG, "zhen", "/");
    await says(zhen.getByTestId("workbench"), "报送整改情况");
    await zhen.goto(`/console${at}`);
    const answer = async (measures: string) => {
      const asked = await press(zhen, "answer");
      await type(asked, "measures", measures);
      await field(asked, "photos").locator("input[type=file]").setInputFiles(PHOTO);
      await asked.getByText(PHOTO.name).waitFor();
      await zhen.getByTestId("submit").click();
      await state(zhen, "待复核");
    };
    await answer("四户都去了，一户搬走了，正在找");
    await xian.goto("/console/");
    await says(xian.getByTestId("workbench"), "复核整改情况");
    await xian.goto(`/console${at}`);
    const back = await press(xian, "send-back");
    await type(back, "note", "搬走的一户也要见到人");
    await date(back, "dueOn", addDays(h.today(), 15));
    await xian.getByTestId("submit").click();
    await state(xian, "待整改");
    await zhen.reload();
    await says(zhen.getByTestId("rectification-history"), "搬走的一户也要见到人");
    await answer("搬走的一户在女儿家找到，已上门");
    await xian.reload();
    await type(await press(xian, "accept"), "note", "抽查两户属实");
    await xian.getByTestId("submit").click();
    await state(xian, "已销号");
    expect(await xian.getByTestId("rectification-history").locator("img").count()).toBe(2);
    await look(xian, "rectification");
    await xian.setViewportSize({ width: 390, height: 844 });
    await look(xian, "rectification-390");
    await xian.goto("/console/supervision");
    await says(xian.getByTestId("rectifications"), "已销号，退回 1 次");
    await look(xian, "supervision-rectified-390");
    await xian.setViewportSize({ width: 1280, height: 800 });
    await look(xian, "supervision-rectified");
  });
});
