/** Every declared list once, as a department prints it: each rule tells its reason in words, and each is met. */
import { Readable } from "node:stream";
import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
const old = alone("邹爱莲", "1948-01-01");
const poor = alone("费素芬", "1970-05-05");
const A = old[0]?.idNo ?? "";
const B = poor[0]?.idNo ?? "";
const CODE = "91350100M000100Y43";

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(old, MARCH);
  const { village: divisionCode } = o;
  await o.as("zhen", (tx) =>
    h.house.registry.ensurePerson(tx, {
      ...{ id: newId(), name: "费素芬", idNo: B, divisionCode, address: "一组" },
    }),
  );
  h.clock.set("2024-05-08");
});
afterAll(() => h.close());

/** A list, then what each of its rules must say. A receives, B does not. */
const LISTS: Record<string, [string[], Record<string, string>]> = {
  "police-deaths": [
    ["身份证号码,死亡日期", `${A},2024-04-28`],
    { death: "公安登记于 2024-04-28 死亡，目前仍在发放。" },
  ],
  "police-migration": [
    ["身份证号码,迁移类型,迁移日期", `${A},迁出,2024年4月2日`],
    { migration: "户口已于 2024-04-02 迁出本县。" },
  ],
  "police-custody": [
    ["身份证号码,收监日期", `${A},20240410`],
    { custody: "于 2024-04-10 收监，不应再计入共同生活的家庭成员。" },
  ],
  cremations: [
    ["逝者姓名,出生日期,火化日期", "邹爱莲,1948/1/1,2024/4/30"],
    { cremation: "殡仪馆登记于 2024-04-30 火化（按姓名和出生日期比对），目前仍在发放。" },
  ],
  "medical-deaths": [
    ["死者身份证号,死者姓名,死亡日期,证明编号", `${A},邹爱莲,2024-04-27,43062100012345`],
    { "medical-death": "死亡医学证明写明于 2024-04-27 死亡，目前仍在发放。" },
  ],
  burials: [
    ["逝者身份证号,安葬日期,墓位号", `${A},2024-05-03,东区三排`],
    { burial: "墓位、骨灰登记于 2024-05-03 安葬，目前仍在发放。" },
  ],
  marriages: [
    ["身份证号码,登记类型,登记日期", `${A},结婚,2024-05-02`, `${A},离婚,2024-02-01`],
    {
      marriage: "于 2024-05-02 登记结婚，家庭人口和收入应重新计算，核实前建议暂缓发放。",
      divorce: "于 2024-02-01 登记离婚，家庭人口应重新核实。",
    },
  ],
  vehicles: [
    ["身份证号码,估值,状态", `${A},80000,正常`, `${A},30000,报废`],
    { vehicle: "名下有 1 辆机动车，最高价值 80,000.00 元（关注线 60,000.00 元、2 辆）。" },
  ],
  "real-estate": [
    ["身份证号码,用途", `${A},住宅`, `${A},成套住宅`, `${A},商铺`],
    { property: "名下登记住宅 2 套（关注线 2 套）。", shop: "名下登记商业用房 1 处。" },
  ],
  "market-entities": [
    ["统一社会信用代码,法定代表人身份证号,注册资本（万元）,登记状态", `${CODE},${A},50,存续`],
    { business: "是 1 个市场主体的负责人，注册资本合计 500,000.00 元。" },
  ],
  taxes: [
    ["纳税人识别号,所属期,营业收入", `${CODE},2024-03,40000`, `${CODE},2024-04,"35,000.50"`],
    { tax: "经办的市场主体申报营业收入 75,000.50 元（关注线 60,000.00 元）。" },
  ],
  "wage-taxes": [
    ["身份证号码,所得项目,本期收入,所属期起,所属期止", `${A},工资薪金,3600,2024-03-01,2024-05-31`],
    {},
  ],
  "insurance-contributions": [
    ["身份证号码,月缴费基数,缴费状态", `${A},4308,正常缴费`],
    { employment: "由单位按每月 4,308.00 元的基数参保缴费。" },
  ],
  pensions: [
    ["身份证号码,月待遇金额,状态", `${A},500,正常`, `${A},250,正常`, `${A},9999,停发`],
    { pension: "每月领取养老金 750.00 元（关注线 700.00 元）。" },
  ],
  "housing-fund": [
    ["身份证号码,月缴存额,账户余额,账户状态", `${A},600,12000,正常`],
    { "housing-fund": "每月缴存公积金 600.00 元，余额 12,000.00 元。" },
  ],
  "medical-costs": [
    ["身份证号码,个人自付金额", `${A},21000`, `${B},15000`, `${B},15000`],
    {
      medical:
        "自付医疗费 30,000.00 元（关注线 20,000.00 元），目前没有享受救助，请上门看是否符合刚性支出困难或临时救助。",
      "medical-more": "自付医疗费 21,000.00 元，请看是否需要临时救助。",
    },
  ],
  "disability-certificates": [
    ["身份证号码,残疾等级,证件状态", `${A},三级,注销`, `${B},一级,有效`],
    {
      "severe-disability": "持有效的一级或二级残疾人证，没有享受护理补贴等待遇，请上门告知并帮助申请。",
      "certificate-ended": "残疾人证已注销或过期，请复核补贴条件。",
    },
  ],
  students: [
    ["身份证号码,学籍状态,困难认定等级", `${A},退学,`, `${B},在读,特别困难`],
    {
      "poor-student": "学校认定为家庭经济困难学生，家庭没有享受救助，请上门了解。",
      "left-school": "有休学、退学记录，请上门了解原因并联系学校。",
    },
  ],
  "bank-deposits": [
    ["身份证号码,余额", `${A},40000`, `${A},20000`, `${B},900000`],
    { deposit: "经授权查询，存款余额 60,000.00 元（关注线 50,000.00 元）。" },
  ],
  "rural-monitoring": [
    ["身份证号码,纳入日期,风险是否消除", `${B},2024-01-10,否`],
    { rural: "乡村振兴部门列为未消除风险的监测对象，没有享受救助，请核实并互认。" },
  ],
};

test("每种名单各来一份：每条规则的理由都用话写明，没有授权的存款不查", async () => {
  const { matching } = h.house;
  for (const [feed, [lines]] of Object.entries(LISTS)) {
    const id = newId();
    await matching.save(o.county, id, Readable.from([Buffer.from(lines.join("\n"))]));
    await o.as("xian", (tx) =>
      matching.receive(tx, { id, feed, origin: "console", fileName: `${feed}.csv`, asOf: "2024-05-06" }),
    );
    await createWorker(h.t.db, h.house.jobs).runDue();
  }
  const runs = await o.as("xian", (tx) => matching.runs(tx, {}));
  expect(runs.filter((r) => r.state !== "done")).toEqual([]);
  const { rows } = await o.as("xian", (tx) => matching.alerts(tx, { size: 100 }));
  const said = Object.fromEntries(rows.map((a) => [a.rule, a.reason]));
  expect(said).toEqual(Object.assign({}, ...Object.values(LISTS).map(([, reasons]) => reasons)));
  // None is left out: neither a declared list nor a declared rule.
  const { feeds, signals } = h.house.catalogue;
  expect(Object.keys(LISTS).sort()).toEqual([...feeds.keys()].sort());
  expect(Object.keys(said).sort()).toEqual([...signals.keys()].sort());
});
