/** Rules that a county rewrites: on a toy, from a draft with a fault to a decision by the new text. */
import { DomainError, type Month, newId } from "@wuxin/kernel";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { decide } from "@wuxin/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  COUNTY,
  engine,
  examples,
  holder,
  holders,
  leader,
  li,
  refused,
  rules,
  soup,
  wang,
} from "./testing/toy.ts";

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
  holders.splice(0, holders.length, holder(10_000), holder(65_000), holder(0, { inputs: null }));
  refused.splice(0, refused.length);
});
afterAll(() => data.close());

const OLD = "if 能喝汤 then 热汤标准 * 人数 - 全家收入 + 热汤标准 * 加料比例.老人 else 0";
const NEW = "if 能喝汤 then 热汤标准 * 人数 - 全家收入 + 热汤标准 * 加料比例.孩子 else 0";
const right = examples.text.replace("汤钱: 800", "汤钱: 740");
const e = engine();
const begun = (of: string | null = null, fromMonth: Month = "2024-07", id = newId()) =>
  data.db.transact(wang, (tx) => e.rewriting.begin(tx, "soup", { id, fromMonth, of }));
type Page = Awaited<ReturnType<typeof begun>>;
const saved = (p: Page, change: Partial<Page["texts"]>, more: { note?: string; document?: string } = {}) =>
  data.db.transact(wang, (tx) =>
    e.rewriting.save(tx, p.id, {
      ...p.texts,
      ...{ fromMonth: p.fromMonth, seq: p.seq, document: "县文〔2024〕7号", note: "加料改按孩子的比例" },
      ...change,
      ...more,
    }),
  );
const tried = async (id: string) =>
  (await data.db.transact(wang, (tx) => e.rewriting.prepareTrial(tx, id))).run();
const submitted = async (id: string) => {
  const { tried: t } = await tried(id);
  return data.db.transact(wang, (tx) => e.rewriting.submit(tx, id, t));
};
const refresh = () => data.db.read(wang, (tx) => e.sources.refresh(tx));
const soupIn = (month: Month, texts = e.sources.of(COUNTY)) =>
  decide(soup.ruleSet({ code: COUNTY, standards: texts, month }), {
    month,
    wanted: ["汤钱"],
    household: { 地方: { value: "城里" }, 存款: { value: 0 } },
    members: [{ 月收入: { value: 10_000 } }],
  });

describe("从起草到执行", () => {
  let draft: Page;

  test("从现行原文起草；写错了照样存，说得出哪一行哪一列、怎么改", async () => {
    draft = await begun();
    expect(draft).toMatchObject({
      state: "draft",
      seq: 1,
      standing: true,
      can: { save: true, approve: false },
    });
    expect(draft.texts.rules).toBe(rules.text);
    const typo = await saved(draft, { rules: rules.text.replace(OLD, OLD.replace("全家收入", "全家收人")) });
    const line = typo.texts.rules.split("\n").findIndex((l) => l.includes("全家收人")) + 1;
    expect(typo.check).toMatchObject({ version: null });
    expect(typo.check.problems[0]).toMatchObject({
      file: "rules.yaml",
      line,
      mend: expect.stringContaining("全家收入"),
    });
    expect(typo.check.problems[0]?.column).toBeGreaterThan(20);
    expect(typo.check.names).toContainEqual(
      expect.objectContaining({ name: "加料比例", parts: ["老人", "孩子"] }),
    );
    await expect(submitted(draft.id)).rejects.toThrow("规则还不能读入");
    await expect(saved(draft, {})).rejects.toMatchObject({ code: "stale-version" });
    draft = typo;
  });

  test("别人不能改；改对了，例子不对的不能送审", async () => {
    await expect(
      data.db.transact(li, (tx) =>
        e.rewriting.save(tx, draft.id, { ...draft.texts, ...draft, document: "", note: "" }),
      ),
    ).rejects.toThrow("由起草的人修改");
    draft = await saved(draft, { rules: rules.text.replace(OLD, NEW), examples: right });
    expect(draft.check.problems).toEqual([]);
    expect(draft.check.examples).toMatchObject([
      { name: "一个人没有收入", ok: false, problems: [expect.stringContaining("787.50")] },
      { ok: false },
    ]);
    expect(draft.check.changes).toMatchObject([{ name: "汤钱", article: "热汤办法第三条" }]);
    await expect(submitted(draft.id)).rejects.toThrow("2 个例子不对");
    draft = await saved(draft, {
      examples: right.replace("汤钱: 840", "汤钱: 787.50").replace("汤钱: 740", "汤钱: 687.5"),
    });
  });

  test("在享的户逐户试算：谁变、变多少、是哪条公式引起的", async () => {
    const { view } = await tried(draft.id);
    expect(view).toMatchObject({ month: "2024-07", changed: ["汤钱"], unexplained: 0 });
    expect(view.total).toMatchObject({ households: 3, lose: 2, unknown: 1, monthlyFen: -2 * 5_250 });
    const [row] = view.rows.filter((r) => r.change === "lose");
    expect(view.causes.find((c) => c.id === row?.id)?.why[0]).toMatch(/^「汤钱」.*→/);
    expect(view.months).toHaveLength(12);
    const pairs = await data.db.transact(wang, (tx) =>
      e.rewriting.explain(tx, draft.id, { kind: "entitlement", id: holders[0]?.entitlementId ?? "" }),
    );
    expect(pairs.pairs.filter((p) => p.changed)).toMatchObject([
      { variable: "汤钱", before: { text: "740.00 元" }, after: { text: "687.50 元" } },
    ]);
  });

  test("送审；本人不能批准，服务不让，数据库也不让", async () => {
    draft = await submitted(draft.id);
    expect(draft).toMatchObject({ state: "submitted", can: { save: false, approve: false } });
    expect(draft.steps.at(-1)?.trial).toMatchObject({ lose: 2, unexplained: 0, examples: 2 });
    expect(draft.whyNotApprove).toContain("不能是同一个人");
    await expect(
      data.db.transact(wang, (tx) => e.rewriting.approve(tx, draft.id, null)),
    ).rejects.toMatchObject({
      code: "same-signer",
    });
    await expect(
      data.db.transact(wang, (tx) =>
        tx.exec(
          `insert into county_rule_step (rule_id, seq, step, text_seq, entered_by, account_id, actor_name, at)
           values ($1, 9, 'approved', $2, $3, $3, '王', now())`,
          [draft.id, draft.seq, wang.accountId],
        ),
      ),
    ).rejects.toThrow("check");
    await expect(
      data.db.transact(wang, (tx) => tx.exec("update county_rule_text set rules = 'x'")),
    ).rejects.toThrow("permission denied");
  });

  test("退回、改过再送；另一人批准，七月起用新的，六月还是旧的", async () => {
    const back = await data.db.transact(li, (tx) => e.rewriting.giveBack(tx, draft.id, "请写全文号"));
    expect(back).toMatchObject({ state: "draft" });
    draft = await saved(draft, {}, { document: "县文〔2024〕7号（试行）" });
    draft = await submitted(draft.id);
    const before = soupIn("2024-06");
    await data.db.transact(leader, (tx) => e.rewriting.approve(tx, draft.id, "同意"));
    expect(await refresh()).toBe(true);
    expect(soupIn("2024-06").results.汤钱).toMatchObject({ value: 74_000 });
    expect(soupIn("2024-07").results.汤钱).toMatchObject({ value: 68_750 });
    expect(soupIn("2024-06").version).toBe(before.version);
    expect(soupIn("2024-07").version).toBe(draft.check.version);
    expect(e.rules.get(COUNTY, "soup").rewritten).toBe(false);
  });

  test("未开始的可以撤回，决定还能按当时的原文重放", async () => {
    const decided = soupIn("2024-07").version;
    await data.db.transact(li, (tx) => e.rewriting.withdraw(tx, draft.id, "文件改期"));
    await refresh();
    expect(soupIn("2024-07").results.汤钱).toMatchObject({ value: 74_000 });
    expect(e.sources.earlier(COUNTY).map((t) => soupIn("2024-07", t).version)).toContain(decided);
    const history = await data.db.read(wang, (tx) => e.rewriting.history(tx, "soup"));
    expect(history[0]?.steps.map((s) => s.step)).toEqual([
      ...["entered", "submitted", "returned", "submitted", "approved", "withdrawn"],
    ]);
  });
});

test("起草以后别人改过的，不能批准；从任何一版的原文另起", async () => {
  const first = await begun();
  const wrong = examples.text.replace("汤钱: 800", "汤钱: 740");
  const a = await saved(first, { rules: `${rules.text}\n# 不变\n`, examples: wrong });
  await expect(submitted(a.id)).rejects.toThrow("算法相同");
  const half = {
    rules: rules.text.replace(OLD, NEW),
    examples: right.replace("840", "787.5").replace("740", "687.5"),
  };
  const b = await saved(await begun(), half);
  const c = await saved(await begun(), half);
  for (const p of [b, c]) await submitted(p.id);
  await data.db.transact(leader, (tx) => e.rewriting.approve(tx, b.id, null));
  await refresh();
  await expect(data.db.transact(leader, (tx) => e.rewriting.approve(tx, c.id, null))).rejects.toThrow(
    "另起一版",
  );
  const again = await begun(first.id);
  expect(again).toMatchObject({ state: "draft", standing: true });
  const restored = await submitted((await saved(again, { examples: wrong })).id);
  await data.db.transact(leader, (tx) => e.rewriting.approve(tx, restored.id, null));
  await refresh();
  expect(soupIn("2024-07").results.汤钱).toMatchObject({ value: 74_000 });
  const states = await data.db.read(wang, (tx) => e.rewriting.history(tx, "soup"));
  expect(states.find((s) => s.id === b.id)?.state).toBe("replaced");
});

test("过去的月份改不了；没有人填报的事实、结论的名字不见了，都说出来", async () => {
  await expect(begun(null, "2024-04")).rejects.toThrow(DomainError);
  const check = (text: string) =>
    e.rewriting.check(COUNTY, "soup", { rules: text, parameters: "", examples: "", fromMonth: "2024-07" });
  const parameters = soup.folder.parameters?.text ?? "";
  const fact = e.rewriting.check(COUNTY, "soup", {
    ...{ rules: `${rules.text}\n养猫: { entity: 家庭, type: boolean, input: true }\n`, parameters },
    ...{ examples: right, fromMonth: "2024-07" },
  });
  expect(fact.problems).toMatchObject([
    { message: expect.stringContaining("没有人填报「养猫」"), column: 1 },
  ]);
  expect(check("汤钱: [").problems[0]?.message).toContain("YAML");
  const gone = e.rewriting.check(COUNTY, "soup", {
    ...{ rules: rules.text.replace("能喝汤:", "可喝汤:").replaceAll("if 能喝汤", "if 可喝汤"), parameters },
    ...{ examples: right, fromMonth: "2024-07" },
  });
  expect(gone.problems.map((p) => p.message)).toContain("没有「能喝汤」");
});
