/** What the statutory tables ask for beside the catalogue: by city and country, in 元, and how the tables themselves stand. */
import { defineIndicators, type IndicatorDefinition, type System } from "@wuxin/declare";

const AREAS = ["城市", "农村"] as const;
const areaCode = (area: (typeof AREAS)[number]) => (area === "城市" ? "urban" : "rural");

/** Benefits whose money has a line of its own; the rest is 其他. */
const PAID = [
  ["dibao", "最低生活保障", "subsistence-allowance", "救助", true],
  ["tekun", "特困人员救助供养", "destitute-support", "救助", true],
  ["orphan", "孤儿基本生活费", "orphan-support", "福利", false],
  ["unsupported", "事实无人抚养儿童基本生活补贴", "unsupported-child-support", "福利", false],
  ["disab_living", "困难残疾人生活补贴", "living-subsidy", "福利", false],
  ["disab_nursing", "重度残疾人护理补贴", "nursing-subsidy", "福利", false],
  ["age", "高龄津贴", "age-allowance", "养老", false],
] as const;

/** The headings of 民政事业费 that the ledgers of benefits yield. */
const GROUPS = [
  [
    "welfare",
    "社会福利",
    "福利",
    ["orphan-support", "unsupported-child-support", "living-subsidy", "nursing-subsidy", "age-allowance"],
  ],
  ["children", "儿童福利", "福利", ["orphan-support", "unsupported-child-support"]],
  ["disabled", "残疾人福利", "福利", ["living-subsidy", "nursing-subsidy"]],
  ["assistance", "社会救助", "救助", ["subsistence-allowance", "destitute-support", "price-subsidy"]],
  ["dibao_all", "低保和价格临时补贴", "救助", ["subsistence-allowance", "price-subsidy"]],
  ["tekun_all", "特困人员救助供养（城乡合计）", "救助", ["destitute-support"]],
] as const;

const base = { capability: "PT-08", decimals: 0 } as const;
const paid = { field: "state", is: "paid" } as const;
const where = (item: string, area?: string) => ({
  all: [{ field: "item", is: item }, ...(area ? [{ field: "areaClass", is: area }] : [])],
});

const TOWNSHIPS = [
  ["towns", "镇"],
  ["rural_townships", "乡"],
  ["ethnic_townships", "民族乡"],
  ["sumu", "苏木"],
  ["ethnic_sumu", "民族苏木"],
  ["subdistricts", "街道"],
  ["offices", "区公所"],
] as const;
const BUILT = { field: "state", in: ["已建成未运营", "正式运营"] };
const level = (is: string) => ({ field: "level", is });
const rows = { count: "rows" } as const;
/** Whatever level runs it: the townships' own are counted where their ledger is. */
const CARE = [
  ["elderly_homes", "养老机构数", "个", rows, "register:care-institution", "县级、镇级、民办养老机构", []],
  [
    "elderly_homes_county",
    "县级养老机构数",
    "个",
    rows,
    "register:care-institution",
    "县级养老机构",
    [level("县级")],
  ],
  [
    "elderly_homes_private",
    "民办养老机构数",
    "个",
    rows,
    "register:care-institution",
    "民办养老机构",
    [level("民办")],
  ],
  [
    ...(["elderly_beds", "养老机构床位数", "张", { sum: "beds" }] as const),
    ...(["register:care-institution", "县级、镇级、民办养老机构的床位", []] as const),
  ],
  [
    ...(["community_care", "社区养老服务机构和设施数", "个", rows] as const),
    ...(["register:care-station", "居家养老服务站和镇综合养老服务中心", []] as const),
  ],
] as const;

const persons = (code: string, name: string, item: string, system: System): IndicatorDefinition[] =>
  AREAS.flatMap((area) =>
    (["households", "persons"] as const).map(
      (what): IndicatorDefinition => ({
        ...base,
        code: `${code}_${areaCode(area)}_${what}`,
        name: `${area}${name}${what === "persons" ? "人数" : "户数"}`,
        unit: what === "persons" ? "人" : "户",
        system,
        kind: "stock",
        definition: `月末在享${area}${name}的${what === "persons" ? "人数" : "户数"}`,
        measure: {
          count: what === "persons" ? "persons" : "rows",
          ledger: "entitlements",
          where: where(item, area),
        },
      }),
    ),
  );

const spent = (code: string, name: string, system: System, condition: object): IndicatorDefinition => ({
  ...base,
  code: `spent_${code}`,
  name: `${name}支出`,
  unit: "元",
  decimals: 2,
  system,
  kind: "flow",
  definition: `当月名册中发放成功的${name}金额`,
  measure: { sum: "amountYuan", ledger: "payments", where: { all: [condition as typeof paid, paid] } },
});

export const indicators = defineIndicators([
  ...persons("dibao", "低保", "subsistence-allowance", "救助"),
  ...persons("tekun", "特困", "destitute-support", "救助"),
  {
    ...spent("total", "救助和福利资金", "保障", paid),
    headline: 100,
    definition: "当月名册中发放成功的全部金额",
    measure: { sum: "amountYuan", ledger: "payments", where: paid },
  },
  ...PAID.flatMap(([code, name, item, system, byArea]) =>
    byArea
      ? AREAS.map((area) =>
          spent(`${code}_${areaCode(area)}`, `${area}${name}`, system, where(item, area) as never),
        )
      : [spent(code, name, system, { field: "item", is: item })],
  ),
  {
    ...spent("other", "其他救助和福利", "保障", paid),
    definition: "当月名册中发放成功、上面没有单列的金额",
    measure: {
      sum: "amountYuan",
      ledger: "payments",
      where: { all: [...PAID.map(([, , item]) => ({ field: "item", isNot: item })), paid] },
    },
  },
  ...GROUPS.map(([code, name, system, items]) =>
    spent(code, name, system, { field: "item", in: [...items] }),
  ),
  ...AREAS.map((area) =>
    spent(
      `price_${areaCode(area)}`,
      `${area}低保对象价格临时补贴`,
      "救助",
      where("price-subsidy", area) as never,
    ),
  ),
  {
    ...base,
    code: "township_units",
    name: "乡镇级行政单位数",
    unit: "个",
    system: "服务",
    kind: "stock",
    definition: "本县的镇、乡、街道等乡级行政区划，按名称认；管理处、园区不算",
    measure: { count: "townships", ledger: "divisions", where: { field: "kind", known: true } },
  },
  ...TOWNSHIPS.map(
    ([code, name]): IndicatorDefinition => ({
      ...base,
      code: `township_units_${code}`,
      name: `${name}数`,
      unit: "个",
      system: "服务",
      kind: "stock",
      definition: `本县乡级行政区划中的${name}，按名称认`,
      measure: { count: "townships", ledger: "divisions", where: { field: "kind", is: name } },
    }),
  ),
  ...AREAS.map(
    (area): IndicatorDefinition => ({
      ...spent(`dibao_${areaCode(area)}_all`, `${area}低保累计`, "救助", paid),
      definition: `当月名册中发放成功的${area}低保金和低保对象价格临时补贴金额`,
      measure: {
        sum: "amountYuan",
        ledger: "payments",
        where: {
          all: [
            { field: "item", in: ["subsistence-allowance", "price-subsidy"] },
            { field: "areaClass", is: area },
            paid,
          ],
        },
      },
    }),
  ),
  ...CARE.map(
    ([code, name, unit, what, ledger, definition, condition]): IndicatorDefinition => ({
      ...base,
      ...{ code, name, unit, system: "养老", kind: "stock", definition: `月末台账中已建成的${definition}` },
      measure: { ...what, ledger, where: { all: [BUILT, ...condition] } },
    }),
  ),
  {
    ...base,
    code: "funeral_homes",
    name: "殡仪馆数",
    unit: "个",
    system: "服务",
    kind: "stock",
    definition: "月末殡仪馆台账中的殡仪馆",
    measure: { count: "rows", ledger: "register:funeral-home" },
  },
  {
    ...base,
    code: "relief_stations",
    name: "救助管理机构数",
    unit: "个",
    system: "救助",
    kind: "stock",
    definition: "月末救助管理站台账中的救助管理机构",
    measure: { count: "rows", ledger: "register:relief-station" },
  },
  {
    ...base,
    code: "stat_check_fail",
    name: "统计校验错误数",
    unit: "条",
    system: "保障",
    kind: "flow",
    definition:
      "当月到期的统计报表（第一版）没有通过的校验：封存的按封存时，没有封存的按现在；有没通过的不能签字，所以封存的应为零",
    measure: { sum: "failed", ledger: "statistics" },
  },
  {
    ...base,
    code: "stat_ontime_rate",
    headline: 104,
    name: "统计报表按时率",
    unit: "%",
    decimals: 1,
    system: "保障",
    kind: "flow",
    definition: "当月到期的统计报表中，按期由两人签字封存的比例",
    measure: {
      ratio: { count: "rows", ledger: "statistics", where: { field: "onTime", is: true } },
      to: { count: "rows", ledger: "statistics" },
      times: 100,
      denominator: "当月到期的统计报表数",
    },
  },
]);
