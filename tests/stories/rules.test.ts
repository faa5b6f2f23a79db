/** 改规则: an author changes the formula of 低保; examples, households, a second person; each month by its own text. */
import { type Month, newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Days, family, MARCH, type Office, openOffice, SUPPORT } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

const JUNE: Days = {
  submit: "2024-06-03",
  accept: "2024-06-04",
  survey: "2024-06-05",
  answer: "2024-06-06",
  opinion: "2024-06-07",
  finish: "2024-06-17",
  confirm: "2024-06-18",
};
const rewriting = () => h.house.standards.rewriting;
const begin = (fromMonth: Month) =>
  o.as("xian", (tx) => rewriting().begin(tx, SUPPORT, { id: newId(), fromMonth, of: null }));
type Page = Awaited<ReturnType<typeof begin>>;
const save = (p: Page, change: Partial<Page["texts"]>) =>
  o.as("xian", (tx) =>
    rewriting().save(tx, p.id, {
      ...{ ...p.texts, fromMonth: p.fromMonth, seq: p.seq },
      ...{ document: "岳县民发〔2024〕8号", note: "补差按八成算，试行" },
      ...change,
    }),
  );
const submit = async (id: string) => {
  const prepared = await o.as("xian", (tx) => rewriting().prepareTrial(tx, id));
  const { tried } = await prepared.run();
  return o.as("xian", (tx) => rewriting().submit(tx, id, tried));
};

describe("补差改为八成", () => {
  let chen: string;
  let draft: Page;

  test("三月认定的一户，四月起 1,240 元", async () => {
    chen = await o.award(family("陈建国", 100_000), MARCH);
    expect((await o.page("xian", chen)).decisions).toMatchObject([
      { amountFen: 124_000, fromMonth: "2024-04" },
    ]);
  });

  test("五月起草：改了公式，例子不对，送不了审；照新算法改对例子", async () => {
    h.clock.set("2024-05-06");
    draft = await begin("2024-07");
    const changed = draft.texts.rules
      .replace("基本保障金 + sum(成员.分类施保金))", "基本保障金 * 0.8 + sum(成员.分类施保金))")
      .replace("  code: amount\n", "  code: amount\n  round: half_up_fen\n");
    expect(changed).not.toBe(draft.texts.rules);
    draft = await save(draft, { rules: changed });
    expect(draft.check.problems).toEqual([]);
    const wrong = draft.check.examples.filter((e) => !e.ok);
    expect(wrong.length).toBeGreaterThan(0);
    await expect(submit(draft.id)).rejects.toThrow("个例子不对");
    // Only the examples that the new formula leaves alone are kept, and one is written for it.
    const kept = onlyExamples(draft.texts.examples, (n) =>
      draft.check.examples.some((e) => e.ok && e.name === n),
    );
    draft = await save(draft, { examples: kept });
    expect(draft.check.examples.every((e) => e.ok)).toBe(true);
  });

  test("在享的户试算：这一户少 220 元，是「低保金」的公式引起的；前后对照", async () => {
    const { view } = await (await o.as("xian", (tx) => rewriting().prepareTrial(tx, draft.id))).run();
    // 700 × 3 − 1,000 = 1,100, four fifths of it 880; the child's 140 stays.
    expect(view.total).toMatchObject({ households: 1, lose: 1, beforeFen: 124_000, afterFen: 102_000 });
    expect(view).toMatchObject({ changed: ["低保金"], unexplained: 0 });
    expect(view.causes[0]?.why[0]).toContain("「低保金」1,240.00 元 → 1,020.00 元");
    expect(view.months.map((m) => m.differenceFen)).toEqual(Array(12).fill(-22_000));
    const row = view.rows[0];
    const sides = await o.as("xian", (tx) =>
      rewriting().explain(tx, draft.id, { kind: "entitlement", id: row?.id ?? "" }),
    );
    expect(sides.pairs.find((p) => p.variable === "低保金")).toMatchObject({
      before: { text: "1,240.00 元" },
      after: { text: "1,020.00 元" },
    });
  });

  test("送审；本人不能批准；另一人批准，六月的决定还按旧的，七月起按新的，各按各的重放", async () => {
    await submit(draft.id);
    await expect(o.as("xian", (tx) => rewriting().approve(tx, draft.id, null))).rejects.toMatchObject({
      code: "same-signer",
    });
    await o.as("shenpi", (tx) => rewriting().approve(tx, draft.id, "同意试行"));
    // Confirmed in May, paid from June: by the old text.
    const may = await o.award(family("周立新", 100_000), {
      ...{ submit: "2024-05-07", accept: "2024-05-08", survey: "2024-05-09", answer: "2024-05-10" },
      ...{ opinion: "2024-05-13", finish: "2024-05-21", confirm: "2024-05-22" },
    });
    const june = await o.award(family("何远", 100_000), JUNE);
    const [before] = (await o.page("xian", may)).decisions;
    const [after] = (await o.page("xian", june)).decisions;
    expect(before).toMatchObject({ amountFen: 124_000, fromMonth: "2024-06" });
    expect(after).toMatchObject({ amountFen: 102_000, fromMonth: "2024-07" });
    expect(after?.explanation.ruleVersion).toBe(draft.check.version);
    for (const d of [before, after]) {
      const again = await o.as("xian", (tx) => h.house.cases.replay(tx, d?.id ?? ""));
      expect(again.same).toBe(true);
    }
    const page = await o.as("shenji", async (tx) => rewriting().history(tx, SUPPORT));
    expect(page[0]).toMatchObject({ state: "active", fromMonth: "2024-07", document: "岳县民发〔2024〕8号" });
    expect((await o.page("xian", chen)).decisions).toHaveLength(1);
  });
});

describe("已经在享的各户", () => {
  const repricing = () =>
    h.house.entitlements.repricing as NonNullable<typeof h.house.entitlements.repricing>;
  const work = () => createWorker(h.t.db, h.house.jobs).runDue();
  const runs = () => o.as("fuhe", (tx) => repricing().list(tx));
  const page = (id: string) => o.as("fuhe", (tx) => repricing().page(tx, id));
  const amounts = async () => {
    const { rows } = await o.as("xian", (tx) => h.house.entitlements.list(tx, { size: 20 }));
    return Promise.all(
      rows
        .filter((r) => r.payee !== "何远")
        .map(async (r) => (await o.as("xian", (tx) => h.house.entitlements.page(tx, r.id))).amounts),
    );
  };

  test("规则批准后自动测算：按新规则降低的两户单列出来，不自动改", async () => {
    await work();
    const [run] = await runs();
    expect(run).toMatchObject({ cause: "rule", standard: SUPPORT, state: "ready", firstMonth: "2024-07" });
    const told = await page(run?.id ?? "");
    expect(told).toMatchObject({ label: "最低生活保障的认定规则", document: "岳县民发〔2024〕8号" });
    expect(told.preview?.total).toMatchObject({ households: 3, same: 1, raise: 0, lower: 2, leave: 0 });
    await o.as("xian", (tx) => repricing().cancel(tx, run?.id ?? ""));
  });

  test("县里决定降低的也调整：批准规则的和测算的都不能自己放行；七月起 1,020 元，六月还是 1,240 元", async () => {
    const [before] = await runs();
    const cause = (await page(before?.id ?? "")).standardId;
    const id = newId();
    await o.as("xian", (tx) => repricing().open(tx, { id, standardId: cause, lowers: true }));
    await work();
    await expect(o.as("xian", (tx) => repricing().release(tx, id, { note: "" }))).rejects.toMatchObject({
      code: "same-signer",
    });
    await o.as("fuhe", (tx) => repricing().release(tx, id, { note: "按岳县民发〔2024〕8号" }));
    await work();
    expect((await page(id)).state).toBe("done");
    for (const rows of await amounts()) {
      expect(rows[0]).toMatchObject({ amountFen: 124_000 });
      expect(rows.at(-1)).toMatchObject({ fromMonth: "2024-07", amountFen: 102_000, explained: true });
    }
  });

  test("新认定的何远按新规则，不用再调；同一版规则再听到一次，不再开一次", async () => {
    const n = (await runs()).length;
    const [last] = await runs();
    const { standardId } = await page(last?.id ?? "");
    await o.as("xian", (tx) => repricing().onApproved(tx, standardId));
    expect(await runs()).toHaveLength(n);
  });
});

/** The file with those examples alone: each begins with `  - `. */
function onlyExamples(text: string, keep: (name: string) => boolean): string {
  const [head = "", ...rest] = text.split(/^(?= {2}- )/m);
  return head + rest.filter((e) => keep(/name: *"?([^\n"]+?)"?\s*$/m.exec(e)?.[1] ?? "")).join("");
}
