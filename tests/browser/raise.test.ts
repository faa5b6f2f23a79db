/**
 * 提标 and 追缴 on their pages: counted, released by another person, carried out; a late death asked back by a person;
 * cash taken back; one of two benefits chosen in a roster.
 */
import { addMonths, firstDay, monthOf, newId } from "@wuxin/kernel";
import { type Actor, createWorker, systemActor } from "@wuxin/platform";
import { expect, test } from "vitest";
import { choose, says, type } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("提标、追缴和择一", () => {
  const open = houseOfFile();
  const officer = (name: string, role: string): Actor => ({
    ...systemActor(YUEYANG),
    ...{ accountId: newId(), name, role },
  });
  const work = () => createWorker(open().house.db, open().house.jobs).runDue();

  test("批准后自动测算；局领导看过数字放行，办完看到落实率和逐户名单", async () => {
    const { house } = open();
    const [clerk, second] = [officer("甲科员", "county"), officer("乙科员", "county")];
    const id = newId();
    const since = firstDay(addMonths(monthOf(house.clock.today()), -2));
    await house.as({ actor: clerk }, async (tx) => {
      await house.standards.propose(tx, "低保标准", {
        ...{ id, since, form: "amount", multiple: null, note: null, corrects: false },
        values: [
          { key: ["城市"], text: "760", unit: null },
          { key: ["农村"], text: "500", unit: null },
        ],
        document: "演县政办发〔2026〕8号",
      });
      await house.standards.submit(tx, id);
    });
    await house.as({ actor: second }, (tx) => house.standards.approve(tx, id, null));
    await work();
    const leader = await open().desk(YUEYANG, "shenpi");
    await leader.getByTestId("rail-保障").click();
    await leader.getByRole("link", { name: "提标", exact: true }).click();
    await says(leader.getByTestId("raise-list"), "待您放行");
    await look(leader, "raises");
    await leader.getByRole("link", { name: "低保标准" }).first().click();
    await says(leader.getByTestId("raise-back"), since.slice(0, 7));
    await look(leader, "raise-ready");
    await leader.getByTestId("raise-release").click();
    await type(leader.getByTestId("drawer-form"), "note", "与文件一致");
    await leader.getByTestId("submit").click();
    await leader.getByTestId("raise-progress").waitFor();
    await work();
    await says(leader.getByTestId("raise-done"), "提标落实率");
    await leader.getByTestId("raise-households").locator("tbody a").first().waitFor();
    const run = /raises\/([^/?]+)/.exec(leader.url())?.[1] ?? "";
    await look(leader, "raise-done");
    await leader.getByTestId("raise-households").locator("tbody a").first().click();
    await leader.getByTestId("amounts").getByRole("button", { name: "怎么算的" }).first().click();
    await says(leader.getByTestId("explanation"), "演县政办发〔2026〕8号");
    await look(leader, "raise-explained");
    // The county prints whom to tell, a list a township; a single household has a paper of its own.
    const xian = await open().desk(YUEYANG, "xian", `/raises/${run}`);
    await xian.getByTestId("raise-townships").getByRole("link").first().click();
    await xian.getByTestId("raise-notices").locator("tbody tr").first().waitFor();
    await says(xian.getByTestId("raise-notices"), "签收");
    await look(xian, "raise-notices");
    await xian.getByTestId("issue-notices").click();
    await says(xian.getByTestId("raise-papers"), "原来每月");
    await look(xian, "raise-papers");
    await xian.getByRole("button", { name: "回到名单" }).click();
    await xian.getByTestId("raise-notices").getByText("未出").waitFor({ state: "detached" });
    // What goes with the standard that was raised: the figure and how it came about, taken over into the usual form.
    const clerkDesk = await open().desk(YUEYANG, "xian", "/standards");
    await says(clerkDesk.getByTestId("growth"), "同比例调整");
    await look(clerkDesk, "growth");
    await clerkDesk.getByTestId("growth").getByRole("link", { name: "按这个数录入" }).first().click();
    await says(clerkDesk.getByTestId("enter-page"), "同比例调整");
    await look(clerkDesk, "growth-taken-over");
  });

  test("迟报的死亡：多发的月份提出追缴，县级确认，登记退回；登记错的由另一人批准冲正", async () => {
    const h = open();
    const { house } = h;
    const found = await house.db.transact(systemActor(YUEYANG), (tx) =>
      tx.query<{ personId: string; month: string }>(
        `select e.payee_id as "personId", min(l.month) as month from entitlement e
         join roster_line l on l.county_code = e.county_code and l.entitlement_id = e.id and l.state = 'paid'
         where e.county_code = app_county() and e.end_month is null
           and (select count(*) from entitlement_person c where c.county_code = e.county_code
                and c.entitlement_id = e.id and c.end_month is null) = 1
         group by e.payee_id having count(*) > 1 order by 1 limit 1`,
      ),
    );
    const [one] = found;
    await house.as({ actor: officer("丙经办", "county") }, (tx) =>
      house.registry.recordDeath(tx, one?.personId ?? "", `${one?.month}-20`, "家属报告"),
    );
    const xian = await h.desk(YUEYANG, "xian", "/recoveries");
    await says(xian.getByTestId("recoveries"), "待确认");
    await look(xian, "recoveries");
    await xian.getByTestId("recoveries").locator("tbody a").first().click();
    await xian.getByTestId("confirm-recovery").click();
    const form = xian.getByTestId("drawer-form");
    await choose(form, "way", "退回现金");
    await look(xian, "recovery-confirm");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(xian.getByTestId("recovery"), "追缴中");
    await xian.getByTestId("repay-recovery").click();
    await type(form, "amountFen", "10");
    await xian.getByTestId("submit").click();
    await form.waitFor({ state: "detached" });
    await says(xian.getByTestId("recovery-entries"), "退回现金");
    await look(xian, "recovery");

    // Entered wrongly: asked to be taken back, given by a second person; the wrong row stays.
    const at = new URL(xian.url()).pathname.replace("/console", "");
    const caiwu = await h.desk(YUEYANG, "caiwu", at);
    await caiwu.getByTestId("correct-cash").click();
    await look(caiwu, "recovery-correct");
    await type(caiwu.getByTestId("drawer-form"), "reason", "收据 7 号实为 8 元");
    await caiwu.getByTestId("submit").click();
    await says(caiwu.getByTestId("recovery-requests"), "待审批");
    const leader = await h.desk(YUEYANG, "shenpi");
    await leader.locator(`a[href$="${at}"]`).first().click();
    await leader.getByTestId("give-request").click();
    await says(leader.getByTestId("recovery-entries"), "冲正退回现金 -10.00 元");
    await says(leader.getByTestId("recovery-entries"), "已冲正");
    await look(leader, "recovery-corrected");
  });

  test("同一人两项待遇：名册里暂缓一笔，看清哪项列入、改选差多少，由另一人择一", async () => {
    const h = open();
    const { house } = h;
    const maker = officer("丁经办", "county");
    const [one] = await house.db.transact(systemActor(YUEYANG), (tx) =>
      tx.query<{ personId: string; divisionCode: string; name: string }>(
        `select e.payee_id as "personId", e.division_code as "divisionCode", p.name from entitlement e
         join person p on p.county_code = e.county_code and p.id = e.payee_id
         join bank_account b on b.county_code = e.county_code and b.person_id = p.id and b.replaced_at is null
         where e.county_code = app_county() and e.end_month is null and e.item = 'subsistence-allowance'
           and p.died_on is null and (select count(*) from entitlement_person c
             where c.county_code = e.county_code and c.entitlement_id = e.id and c.end_month is null) = 1
         order by p.name limit 1`,
      ),
    );
    const personId = one?.personId ?? "";
    const month = addMonths(monthOf(house.clock.today()), 1);
    await house.db.transact(systemActor(YUEYANG), (tx) =>
      house.entitlements.onDecision(tx, {
        ...{ caseId: newId(), decisionId: newId(), item: "destitute-support", kind: "award" },
        ...{ householdId: null, applicantId: personId, payeeId: personId, covered: [personId], persons: 1 },
        ...{ divisionCode: one?.divisionCode ?? "", areaClass: "农村", amountFen: 98_800 },
        ...{ fromMonth: month, decidedOn: house.clock.today(), reason: "符合特困供养条件" },
      }),
    );
    const roster = newId();
    await house.as({ actor: maker }, (tx) => house.payments.generate(tx, { id: roster, month }));
    const shenpi = await h.desk(YUEYANG, "shenpi", `/rosters/${roster}?state=held&q=${one?.name}`);
    await shenpi.getByTestId("choose").first().click();
    const choice = shenpi.getByTestId("choice");
    await says(choice, "列入发放");
    await says(choice, "改选后本月相差");
    await look(shenpi, "roster-choice");
    await type(shenpi.getByTestId("drawer-form"), "reason", "本人选择特困供养");
    await shenpi.getByTestId("submit").click();
    await shenpi.getByTestId("drawer-form").waitFor({ state: "detached" });
    const lines = await house.as({ actor: maker }, (tx) =>
      house.payments.listLines(tx, roster, { q: one?.name, size: 50 }),
    );
    const own = lines.rows.filter((l) => l.month === month && l.change !== "backpay");
    expect(own.map((l) => [l.itemTitle, l.stateLabel]).sort()).toEqual([
      ["低保", "暂缓"],
      ["特困", "待发"],
    ]);
    await shenpi.reload();
    await look(shenpi, "roster-chosen");
  });

  test("暂停发放：先看结果，再确认，待遇页上留下变动", async () => {
    const xian = await open().desk(YUEYANG, "xian", "/entitlements?state=active");
    await xian.getByTestId("entitlement-list").locator("tbody a").first().click();
    await xian.getByTestId("change-suspend").click();
    await type(xian.getByTestId("drawer-form"), "reason", "多次联系不上");
    await xian.getByTestId("submit").click();
    await says(xian.getByTestId("change-effect"), "0.00 元");
    await look(xian, "entitlement-suspend");
    await xian.getByTestId("change-confirm").click();
    await says(xian.getByTestId("changes"), "多次联系不上");
    expect(await xian.getByTestId("change-suspend").isDisabled()).toBe(true);
    await look(xian, "entitlement-changed");
  });
});
