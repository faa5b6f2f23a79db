/** 我能享受什么: an old couple answers question by question; what is settled is not asked about any more. */
import type { Scalar } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse("2026-06-09");
});
afterAll(() => h.close());

type Facts = Record<string, Scalar>;
type Said = Readonly<Record<string, Scalar | readonly Scalar[]>>;
/** Answers until nothing is asked any more; 「不清楚」 to what is not said. */
function answering(people: readonly string[], said: Said) {
  const input = {
    household: {} as Facts,
    members: people.map((relation) => ({ relation, facts: {} as Facts })),
    unsure: [] as string[],
  };
  const asked: string[] = [];
  for (;;) {
    const r = h.house.cases.wholeCheck("430621", input);
    if (!r.next || asked.length > 40)
      return { asked, result: r, of: (c: string) => r.benefits.find((b) => b.code === c) };
    const { fact, people: whom } = r.next;
    asked.push(fact);
    const value = said[fact];
    if (value === undefined) input.unsure.push(fact);
    else if (whom.length === 0) input.household[fact] = value as Scalar;
    else
      for (const i of whom) {
        const member = input.members[i];
        if (member) member.facts[fact] = (Array.isArray(value) ? value[i] : value) as Scalar;
      }
  }
}
const COUPLE: Said = {
  出生日期: ["1943-01-01", "1946-01-01"],
  区域类型: "城市",
  残疾等级: ["二级", "无"],
  残疾类别: ["肢体", "无"],
  需要长期照护: true,
  重病患者: false,
  家庭类别: "其他",
  金融资产: 500_000,
  住房套数: 1,
  机动车辆数: 0,
  工资性收入: 0,
  经营净收入: 0,
  赡养费收入: 0,
  户籍在本县: true,
};

describe("一对老人", () => {
  test("养老金低：低保、高龄津贴、护理补贴都看得到，多少钱、为什么；认定低保以后才有的也说", () => {
    const { asked, of, result } = answering(["本人", "配偶"], {
      ...COUPLE,
      养老金: [20_000, 15_000],
      财产金额: 9_000_000,
    });
    expect(result.open).toBe(0);
    // 700 × 2 − 350 = 1,050, and what the rules add for the old and the gravely disabled.
    expect(of("subsistence-allowance")).toMatchObject({ state: "yes", amountFen: 140_000 });
    expect(of("age-allowance")).toMatchObject({ state: "yes", amountFen: 10_000, people: [0, 1] });
    expect(of("disability-nursing-subsidy")).toMatchObject({ state: "yes", amountFen: 9_000, people: [0] });
    expect(of("disability-living-subsidy")).toMatchObject({
      state: "later",
      why: "认定「低保」以后可以申请。",
    });
    expect(of("elderly-care-subsidy")).toMatchObject({ state: "later", item: false });
    expect(of("edge-family")).toMatchObject({ state: "no", why: "可以享受「低保」，这一项就不再认定。" });
    expect(of("orphan-support")?.state).toBe("no");
    // Nobody asks the old about their parents, and the kind of disability only of whom has one.
    expect(asked).not.toContain("父亲情形");
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThan(22);
  });

  test("收入高一些：低保没有，低保边缘有；答一半也能看结果，还缺什么说得出", () => {
    const full = answering(["本人", "配偶"], { ...COUPLE, 养老金: [95_000, 90_000], 财产金额: 9_000_000 });
    expect(full.of("subsistence-allowance")?.state).toBe("no");
    expect(full.of("edge-family")).toMatchObject({ state: "yes", amountFen: null });
    const half = answering(["本人", "配偶"], { 出生日期: ["1943-01-01", "1946-01-01"], 户籍在本县: true });
    expect(half.of("age-allowance")).toMatchObject({ state: "yes" });
    expect(half.of("subsistence-allowance")?.state).toBe("maybe");
    expect(half.of("subsistence-allowance")?.missing).toContain("您家住在城市（社区）还是农村（村）？");
  });
});

test("有孩子的：父母的情形只问孩子的；不合适的回答说在哪里", () => {
  const { asked, of } = answering(["本人", "未成年子女"], {
    ...COUPLE,
    出生日期: ["1985-01-01", "2018-05-01"],
    残疾等级: "无",
    父亲情形: "死亡或宣告死亡",
    母亲情形: "死亡或宣告死亡",
    养老金: 0,
  });
  expect(asked).toContain("父亲情形");
  expect(of("orphan-support")).toMatchObject({ state: "yes", people: [1] });
  expect(() =>
    h.house.cases.wholeCheck("430621", {
      household: { 区域类型: "海上" },
      members: [{ relation: "本人", facts: { 出生日期: "1800-01-01" } }],
      unsure: [],
    }),
  ).toThrow("请从给出的选项里选");
});
