/** 分户 on its pages: a township proposes with both results before it, the county confirms; the suspended are found in the list. */
import { newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { says } from "./hands.ts";
import { checkAxe, houseOfFile, look, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

story("分户和暂停名单", () => {
  const open = houseOfFile();

  test("乡镇选人、看两户各多少、提出；县里确认，两户各自在享", async () => {
    const h = open();
    const found = await h.house.db.read(systemActor(YUEYANG), (tx) =>
      tx.query<{ id: string; name: string }>(
        `select e.id, p.name from entitlement e
         join entitlement_person c on c.county_code = e.county_code and c.entitlement_id = e.id and c.end_month is null
         join person p on p.county_code = c.county_code and p.id = c.person_id and p.birth_date < current_date - 20 * 366
         join household_member m on m.county_code = p.county_code and m.person_id = p.id and m.to_date is null
           and m.household_id = e.household_id
         where e.county_code = app_county() and e.subject_kind = 'household' and e.end_month is null
           and p.id not in (e.payee_id, e.applicant_id) and p.died_on is null
           and (select count(*) from entitlement_person x where x.county_code = e.county_code
                and x.entitlement_id = e.id and x.end_month is null) > 2
         order by 1, 2`,
      ),
    );
    expect(found.length).toBeGreaterThan(0);
    const zhen = await h.desk(YUEYANG, "zhen");
    let shown = false;
    for (const one of found) {
      await zhen.goto(`/console/entitlements/${one.id}/reshape?kind=split`);
      const row = zhen.getByTestId(`person-${one.name}`);
      // Another township's, or one whose facts do not divide: the page says so.
      if (
        !(await row.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        ))
      )
        continue;
      // He or she leaves with the children; the applicant stays.
      for (const box of await zhen.getByTestId("reshape-form").getByRole("checkbox").all())
        if (await box.isEnabled()) await box.check();
      await row.getByRole("radio").check();
      for (const child of await zhen.getByLabel("与户主的关系").all()) {
        await child.click();
        await zhen.locator(".ant-select-item-option:visible").filter({ hasText: "未成年子女" }).click();
      }
      await zhen.getByLabel("事由和依据").fill("成年后单独立户，户口簿已分");
      await zhen.getByTestId("reshape-preview").click();
      const total = zhen.getByTestId("reshape-total");
      await Promise.race([total.waitFor(), zhen.getByTestId("form-error").waitFor()]);
      if (await total.isVisible()) {
        shown = true;
        break;
      }
    }
    expect(shown).toBe(true);
    for (const width of [1280, 390]) {
      await zhen.setViewportSize({ width, height: 844 });
      expect(await overflow(zhen)).toBe(0);
      await look(zhen, `reshape-form-${width}`);
    }
    await zhen.setViewportSize({ width: 1280, height: 800 });
    await zhen.getByTestId("reshape-propose").click();
    await says(zhen.getByTestId("why-not-confirm"), "县级经办确认");
    const at = zhen.url().replace(/^.*\/console/, "");

    const xian = await h.desk(YUEYANG, "xian", "/");
    await xian.getByText("确认分户").first().waitFor();
    await xian.goto(`/console${at}`);
    for (const width of [1280, 390]) {
      await xian.setViewportSize({ width, height: 844 });
      await xian.getByTestId("side-1").waitFor();
      expect(await overflow(xian)).toBe(0);
      await look(xian, `reshape-${width}`);
    }
    await xian.setViewportSize({ width: 1280, height: 800 });
    await xian.getByTestId("reshape-confirm").click();
    await xian.getByTestId("submit").click();
    await xian.getByTestId("drawer-form").waitFor({ state: "detached" });
    // Both are told on paper, each when somebody asks for it.
    await xian.getByTestId("side-0").getByRole("button", { name: "通知书" }).click();
    await says(xian.getByTestId("document"), "最低生活保障调整通知书");
    await look(xian, "reshape-notice");
    await xian.getByRole("button", { name: "返回" }).click();
    await xian.getByTestId("side-1").getByRole("link", { name: "看这一户的待遇" }).click();
    await says(xian.getByTestId("reshapes"), "已确认");
    await says(xian.getByTestId("changes"), "分户");
    await checkAxe(xian);
  });

  test("又并回来：找到那一户、选关系、核对财产；县里确认，两户各有通知书", async () => {
    const h = open();
    const [of] = await h.house.db.read(systemActor(YUEYANG), (tx) =>
      tx.query<{ first: string; second: string; name: string; payeeId: string }>(
        `select r.entitlement_id as first, r.other_id as second, p.name, p.id as "payeeId" from entitlement_reshape r
         join entitlement e on e.county_code = r.county_code and e.id = r.other_id
         join person p on p.county_code = e.county_code and p.id = e.payee_id
         where r.county_code = app_county() and r.kind = 'split' and r.state = 'confirmed'`,
      ),
    );
    const zhen = await h.desk(YUEYANG, "zhen", `/entitlements/${of?.first}/reshape?kind=merge`);
    const option = zhen.locator(".ant-select-item-option:visible");
    await zhen.getByLabel("并进来的一户").fill(of?.name ?? "");
    await option
      .filter({ hasText: of?.name ?? "" })
      .first()
      .click();
    await zhen.getByTestId(`person-${of?.name}`).waitFor();
    for (const relation of await zhen.getByLabel("与户主的关系").all()) {
      await relation.click();
      await option.first().click();
    }
    // The house that both had on their pages is one and the same.
    await zhen.getByLabel("住房套数").fill("1");
    await zhen.getByLabel("从哪个月起").click();
    await option.nth(1).click();
    await zhen.getByLabel("事由和依据").fill("搬回同住，户口簿已并");
    await zhen.getByTestId("reshape-preview").click();
    await says(zhen.getByTestId("side-1"), "人都到另一户");
    await look(zhen, "reshape-merge");
    await zhen.getByTestId("reshape-propose").click();
    await says(zhen.getByTestId("why-not-confirm"), "县级经办确认");
    const xian = await h.desk(YUEYANG, "xian", zhen.url().replace(/^.*\/console/, ""));
    await xian.getByTestId("reshape-confirm").click();
    await xian.getByTestId("submit").click();
    await xian.getByTestId("drawer-form").waitFor({ state: "detached" });
    await xian.getByTestId("side-1").getByRole("button", { name: "通知书" }).click();
    await says(xian.getByTestId("document"), "最低生活保障合户通知书");
    await xian.goto(`/console/entitlements/${of?.second}`);
    await says(xian.getByTestId("changes"), "合户");
    // As the link of an alert opens it: 成员减少, filled in.
    const told = `personId=${of?.payeeId}&event=jailed&happenedOn=${h.house.clock.today()}`;
    await xian.goto(`/console/entitlements/${of?.first}?${told}`);
    await says(xian.getByTestId("drawer-form"), of?.name ?? "");
    await says(xian.getByTestId("drawer-form"), "服刑或强制戒毒");
    await look(xian, "member-out-told");
  });

  test("暂停的看得见、筛得出", async () => {
    const h = open();
    const county: Actor = {
      ...systemActor(YUEYANG),
      ...{ accountId: newId(), name: "甲科员", role: "county" },
    };
    await h.house.as({ actor: county }, async (tx) => {
      const { rows } = await h.house.entitlements.list(tx, { state: "active", size: 5 });
      const { rows: none } = await h.house.entitlements.list(tx, { state: "suspended" });
      expect(none).toEqual([]);
      const page = await h.house.entitlements.page(tx, rows[0]?.id ?? "");
      const today = h.house.clock.today();
      await h.house.entitlements.change(tx, page.id, {
        ...{ id: newId(), kind: "suspend", fromMonth: today.slice(0, 7), reason: "多次联系不上" },
      });
    });
    const xian = await h.desk(YUEYANG, "xian", "/entitlements?state=suspended");
    const list = xian.getByTestId("entitlement-list");
    await says(list, "起暂停");
    expect(await list.locator("tbody a").count()).toBe(1);
    for (const width of [1280, 390]) {
      await xian.setViewportSize({ width, height: 844 });
      expect(await overflow(xian)).toBe(0);
      await look(xian, `suspended-${width}`);
    }
  });
});
