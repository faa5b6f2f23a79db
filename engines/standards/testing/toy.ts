/** A toy county with soup for the poor: standards, rules, examples, staff. */
import { filesIn } from "@wuxin/declare";
import { type Clock, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { loadRuleSet, type Source } from "@wuxin/policy";
import { createStandards, type Holder, type Refused } from "../index.ts";
import type { RuledItem } from "../ports.ts";

export const COUNTY = "430621";
export const TOWN = "430621101";
export const staff = (id: string, name: string, role = "county"): Actor => ({
  ...systemActor(COUNTY),
  accountId: id,
  name,
  role,
});
export const wang = staff("00000000-0000-7000-8000-000000000001", "王科员");
export const li = staff("00000000-0000-7000-8000-000000000002", "李科员");
export const leader = staff("00000000-0000-7000-8000-000000000003", "陈局长", "leader");

export const file: Source = {
  file: "counties/430621/standards.yaml",
  text: `
热汤标准:
  unit: 元/月
  by: 地方
  values:
    2024-01-01: { 城里: 700, 乡下: { 元/年: 5400 }, document: 旧文件 }
`,
};
export const national: Source = {
  file: "soup/parameters.yaml",
  text: `
热汤标准: { unit: 元/月, by: 地方 }
浓汤标准: { unit: 元/月, derived: { from: 热汤标准, times: 1.3, round: up_yuan } }
存款上限: { unit: 元, values: { 2020-01-01: { value: 20000, 文号: 国文1号 } } }
加料比例: { unit: "%", values: { 2020-01-01: { 老人: 20, 孩子: 12.5, unverified: true } } }
按人发: { type: boolean, values: { 2020-01-01: { value: true, unverified: true } } }
`,
};
export const rules: Source = {
  file: "soup/rules.yaml",
  text: `
地方: { entity: 家庭, type: text, choices: [城里, 乡下], input: true }
存款: { entity: 家庭, type: money, unit: 元, input: true }
月收入: { entity: 成员, type: money, input: true }
人数: { entity: 家庭, type: integer, formula: { 2020-01-01: count(成员) } }
全家收入: { entity: 家庭, type: money, formula: { 2020-01-01: sum(成员.月收入) } }
能喝汤:
  entity: 家庭
  type: boolean
  reference: 热汤办法第二条
  formula: { 2020-01-01: 存款 <= 存款上限 and 按人发 and 全家收入 < 热汤标准 * 人数 }
汤钱:
  entity: 家庭
  type: money
  reference: 热汤办法第三条
  formula: { 2020-01-01: "if 能喝汤 then 热汤标准 * 人数 - 全家收入 + 热汤标准 * 加料比例.老人 else 0" }
  round: half_up_fen
浓汤钱: { entity: 家庭, type: money, formula: { 2020-01-01: 浓汤标准 } }
`,
};
export const examples: Source = {
  file: "soup/examples.yaml",
  text: `
month: 2024-03
county: "430621"
defaults: { household: { 地方: 城里, 存款: 0 }, member: { 月收入: 0 } }
examples:
  - { name: 一个人没有收入, members: [{}], expect: { 汤钱: 840 } }
  - { name: 写错了的例子, members: [{ 月收入: 100 }], expect: { 汤钱: 800 } }
  - { name: 别县的例子, county: "632224", members: [{}], expect: { 汤钱: 1 } }
`,
};
export const soup: RuledItem = {
  code: "soup",
  title: "热汤补助",
  shortTitle: "热汤",
  system: "救助",
  basis: [{ title: "热汤办法" }],
  outcome: { eligible: "能喝汤", amount: "汤钱", explain: [] },
  folder: { path: "soup", rules, parameters: national, examples },
  form: { household: [], member: [] },
  flow: { actions: [] },
  ruleSet: ({ standards, month }) => {
    const files = filesIn({ code: "soup", folder: soup.folder }, standards, month);
    return loadRuleSet({
      name: "soup",
      rules: files.rules ? [files.rules] : [],
      parameters: [...(files.parameters ? [files.parameters] : []), standards],
    });
  },
};

export const holders: Holder[] = [];
export const refused: Refused[] = [];
export const told: string[] = [];
/** Every look is a moment later, as in life. */
let moment = 0;
export const ticking = (today: string): Clock => ({
  today: () => today,
  now: () => new Date(Date.parse(`${today}T09:00:00+08:00`) + moment++),
});
export const engine = (today = "2024-05-06") =>
  createStandards({
    clock: ticking(today),
    catalogue: {
      items: new Map([["soup", soup]]),
      registers: new Map([
        [
          "jars",
          {
            code: "jars",
            title: "存款罐",
            limits: [
              { code: "l", field: "f", parameter: "存款上限", severity: "refuse", message: "超过上限" },
            ],
            folder: { path: "jars", parameters: national },
          },
        ],
      ]),
    },
    file: () => file,
    divisionName: (_county, code) => (code === TOWN ? "甲镇" : code),
    audit: { record: async (_tx, e) => void told.push(e.action) },
    population: {
      holders: async () => holders,
      refused: async () => refused,
      async inputsOf(_tx, { id }) {
        const one = holders.find((h) => h.entitlementId === id) ?? refused.find((r) => r.caseId === id);
        return one ? { item: "soup", inputs: one.inputs } : null;
      },
    },
  });

export const household = (incomeFen: number, place = "城里", name = "周立新") => ({
  household: { 地方: { value: place }, 存款: { value: 0 } },
  members: [{ 月收入: { value: incomeFen } }],
  persons: [{ personId: newId(), name }],
});
export const holder = (incomeFen: number, more: Partial<Holder> = {}): Holder => ({
  entitlementId: newId(),
  caseId: newId(),
  householdId: newId(),
  applicantId: newId(),
  divisionCode: `${TOWN}001`,
  fromMonth: "2024-02",
  endMonth: null,
  amountFen: 0,
  inputs: household(incomeFen),
  ...more,
});
