import { createAudit } from "@wuxin/engines/audit";
import { fixedClock } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { paymentsChain } from "./index.ts";
import { effectOf, reconcile, rosterNumber, stepRule, whyNotSign } from "./model.ts";
import { allPaid, COUNTY, openToyCounty } from "./toy-county.ts";

const sums = {
  rosterFen: 1000,
  paidEventsFen: 600,
  paidFen: 600,
  failedFen: 100,
  pendingFen: 200,
  heldFen: 100,
  includedFen: 900,
  bankFilesFen: [900, 900],
};

describe("the line that must read 相符", () => {
  test("agrees", () => {
    expect(reconcile(sums)).toMatchObject({ agrees: true, paidFen: 600 });
    expect(reconcile(sums).text).toBe(
      "名册 10.00 元 ＝ 已发放 6.00 ＋ 失败或转补发 1.00 ＋ 待回盘 2.00 ＋ 暂缓 1.00，相符。",
    );
  });
  test("says by how much it does not, from whichever side", () => {
    expect(reconcile({ ...sums, rosterFen: 1100 }).text).toContain("各项合计 10.00 元，与名册相差 1.00 元");
    expect(reconcile({ ...sums, paidEventsFen: 500, failedFen: 200 }).text).toContain(
      "资金流水已发放 5.00 元，明细已发放 6.00 元",
    );
    expect(reconcile({ ...sums, bankFilesFen: [900, 800] }).text).toContain(
      "银行文件 8.00 元，应报送 9.00 元",
    );
    expect(reconcile({ ...sums, bankFilesFen: [800] }).agrees).toBe(false);
  });
});

test("what one row of a return does to its line", () => {
  const words = (state: Parameters<typeof effectOf>[0]) =>
    (["paid", "failed", "unknown"] as const).map((o) => {
      const e = effectOf(state, o);
      return typeof e === "object" ? "problem" : e;
    });
  expect(words("sent")).toEqual(["paid", "failed", "unknown"]);
  expect(words("unknown")).toEqual(["paid", "failed", "duplicated"]);
  expect(words("paid")).toEqual(["duplicated", "problem", "duplicated"]);
  expect(words("failed")).toEqual(["paid", "duplicated", "duplicated"]);
  expect(words("reissued")).toEqual(["problem", "duplicated", "duplicated"]);
  for (const state of ["ready", "held", "stopped"] as const)
    expect(words(state)).toEqual(["problem", "problem", "problem"]);
});

test("a signature: its turn, its role, another person, no open fault, something to pay", () => {
  const me = { accountId: "a", role: "county" };
  const signed = [{ step: "maker" as const, accountId: "a", name: "甲", digest: "", at: "" }];
  const why = (
    state: "draft" | "made",
    step: "maker" | "checker",
    over: object = {},
    blocks = 0,
    lines = 1,
  ) =>
    whyNotSign(
      { state, includedLines: lines },
      stepRule(step),
      state === "made" ? signed : [],
      { ...me, ...over },
      blocks,
    )?.code ?? null;
  expect(why("draft", "maker")).toBeNull();
  expect(why("draft", "checker")).toBe("action-not-allowed");
  expect(why("made", "maker")).toBe("action-not-allowed");
  expect(why("made", "checker")).toBe("same-signer");
  expect(why("made", "checker", { accountId: "b" })).toBeNull();
  expect(why("draft", "maker", { role: "finance" })).toBe("forbidden");
  expect(why("draft", "maker", { accountId: null })).toBe("forbidden");
  expect(why("draft", "maker", {}, 1)).toBe("flags-open");
  expect(why("draft", "maker", {}, 0, 0)).toBe("action-not-allowed");
});

test("a roster's number is its month and how many that month has had", () => {
  expect([rosterNumber("2024-11", 1), rosterNumber("2024-11", 12)]).toEqual(["202411-01", "202411-12"]);
});

describe("the money trail is a chain", () => {
  let toy: Awaited<ReturnType<typeof openToyCounty>>;
  beforeAll(async () => {
    toy = await openToyCounty();
  });
  afterAll(() => toy.close());

  test("it verifies; whoever changes an amount behind our back is named", async () => {
    await toy.award([await toy.person("甲")], { fromMonth: "2024-10" });
    const { id } = await toy.generate("2024-10");
    await toy.signAll(id);
    await toy.load(id, allPaid(await toy.send(id)));
    const audit = createAudit({ clock: fixedClock("2024-11-05"), vault: toy.data.vault });
    audit.registerChain(paymentsChain);
    await audit.seal(toy.data.db, COUNTY);
    const payments = async () => (await audit.verify(toy.data.db, COUNTY)).find((c) => c.name === "payments");
    expect(await payments()).toMatchObject({ entries: 2, unsealed: 0, ok: true });
    const refused = toy.data.db.transact(toy.staff.clerk, (tx) =>
      tx.exec("update payment_event set amount_fen = 1"),
    );
    await expect(refused).rejects.toMatchObject({ code: "42501" });
    await toy.data.owner("update payment_event set amount_fen = 49999 where kind = 'paid'");
    const broken = await payments();
    expect(broken?.ok).toBe(false);
    expect(broken?.firstBroken).toContain("第 2 环断裂");
    expect((await toy.pageOf(id)).reconciliation.agrees).toBe(false);
  });
});
