/** Help of the departments for one household: planned, answered, looked at again by the village, settled by a second person. */
import type { Field, Values } from "@wuxin/declare";
import { staffOf } from "@wuxin/demo";
import { addDays, newId } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import { superviseReturns } from "@wuxin/server";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, date, says, type } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const press = async (page: Page, action: string) => {
  await page.getByTestId(`do-${action}`).first().click();
  const form = page.getByTestId("drawer-form");
  await form.waitFor();
  return form;
};
const send = async (page: Page) => {
  await page.getByTestId("submit").click();
  await page.getByTestId("drawer-form").waitFor({ state: "detached" });
};
/** The household may have other duties too: their first answers. */
const asked = (form: readonly Field[]): Values =>
  Object.fromEntries(
    form.flatMap((f) =>
      f.required && f.type === "choice" && f.choices?.[0] ? [[f.name, f.choices[0].value]] : [],
    ),
  );

story("帮扶措施和回访", () => {
  const open = houseOfFile();

  test("乡镇定措施、登记部门落实，村里回访，另一人研判风险消除；逾期的自动督办", async () => {
    const h = open();
    const nightly = () =>
      h.house.db.transact(systemActor(YUEYANG), async (tx) => {
        await h.house.duties.generate(tx);
        await superviseReturns(h.house, tx);
      });
    const as = <T>(login: string, work: (tx: Tx) => Promise<T>) => {
      const s = staffOf(h.house.counties.get(YUEYANG)).find((x) => x.loginName === login);
      const actor = { countyCode: YUEYANG, accountId: s?.id ?? "", personId: null, name: s?.name ?? "" };
      return h.house.as({ actor: { ...actor, role: s?.role, scope: s?.scope } as Actor }, work);
    };
    // A household of the village, about which nothing else is open.
    const [of] = await h.t.owner<{ id: string }>(
      `select h.id from household h where h.division_code = '430621100001'
       and not exists (select from clue c where c.household_id = h.id and c.closed_on is null)
       and not exists (select from measure m where m.household_id = h.id) order by h.id limit 1`,
    );
    // What the demo has settled this month counts too.
    const risks = "/indicators?code=risk_removed";
    const list = await h.desk(YUEYANG, "xian", risks);
    await settled(list);
    const told = Number(/共 (\d+) 行/.exec(await list.getByTestId("drill").innerText())?.[1] ?? 0);
    const at = `/households/${of?.id}`;
    const zhen = await h.desk(YUEYANG, "zhen", at);
    await says(zhen.getByTestId("measures"), "还没有帮扶措施");
    const plan = await press(zhen, "plan");
    await choose(plan, "kind", "教育资助");
    await type(plan, "service", "孩子上高中，免学费并给助学金。");
    await type(plan, "amountFen", "1000");
    await choose(plan, "each", "一次性");
    await date(plan, "startsOn", h.today());
    await date(plan, "answerDueOn", h.today());
    await send(zhen);
    await says(zhen.getByTestId("measure"), "待部门落实");
    await says(zhen.getByTestId("measure"), "教育局");
    const answer = await press(zhen, "answer");
    // Entered late: the department gave it 34 days ago, and nobody looked since.
    await date(answer, "on", addDays(h.today(), -34));
    await choose(answer, "result", "已落实");
    await type(answer, "document", "教助〔2026〕5号");
    await type(answer, "note", "本学期助学金已打到学校账户。");
    await send(zhen);
    await says(zhen.getByTestId("measure-risk"), "帮扶中，回访逾期");
    await look(zhen, "measures");

    // After thirty days it is on the list; four days later on supervision.
    await nightly();
    const cun = await h.desk(YUEYANG, "cun", "/visits");
    await says(cun.getByTestId("visits-due"), "教育资助");
    await zhen.goto("/console/");
    await says(zhen.getByTestId("todo"), "回访逾期，督促");
    await zhen.goto("/console/matters");
    await zhen.getByText("帮扶回访逾期").first().click();
    await says(zhen.getByTestId("matter"), "应于");
    await look(zhen, "matter-of-return");

    const done = await as("cun", async (tx) => {
      const stop = (await h.house.duties.list(tx, null)).stops.find((s) => s.subjectId === of?.id);
      return h.house.duties.record(tx, {
        ...{ id: newId(), deviceId: null, subjectId: of?.id ?? "", at: h.clock.now().toISOString() },
        answers: {
          ...asked(stop?.form ?? []),
          ...{ how: "door", effect: "助学金收到了，孩子在上学。", risk: "removed" },
        },
        ...{ place: null, card: {}, photos: [], signatureId: null },
      });
    });
    expect(done.answered).toContain("帮扶回访");
    await cun.goto(`/console${at}`);
    await says(cun.getByTestId("returns"), "孩子在上学");
    // Who looked does not decide; the village does not at all.
    expect(await cun.getByTestId("do-decide").count()).toBe(0);

    await zhen.goto(`/console${at}`);
    const decide = await press(zhen, "decide");
    await choose(decide, "decision", "风险消除");
    await type(decide, "note", "学费有着落，转为日常走访。");
    await send(zhen);
    await says(zhen.getByTestId("measure-risk"), "风险消除");
    await says(zhen.getByTestId("chain"), "研判风险消除");
    await look(zhen, "measures-settled");
    await zhen.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(zhen)).toBe(0);
    await look(zhen, "measures-390");
    await zhen.setViewportSize({ width: 1280, height: 800 });

    const xian = await h.desk(YUEYANG, "xian", risks);
    await says(xian.getByTestId("drill"), `共 ${told + 1} 行`);
  });
});
