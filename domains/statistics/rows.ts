/**
 * The rows of 民政统计季报表, which the yearly table takes over. Which codes were seen where, and what was not seen: README.md
 * of this domain. Rows without a code await the form itself.
 */
import type { TableCheck, TableRow } from "@wuxin/declare";

type Level = 0 | 1 | 2;
const heading = (code: string, label: string, official?: string): TableRow => ({
  ...{ code, label, unit: "", decimals: 0, level: 0 as const, ...(official ? { official } : {}) },
  cells: {},
});
const count = (
  indicator: string,
  label: string,
  unit: string,
  level: Level = 1,
  more: { official?: string; decimals?: number; over?: "year" } = {},
): TableRow => ({
  ...{ code: indicator, label, unit, decimals: more.decimals ?? 0, level },
  ...(more.official ? { official: more.official } : {}),
  cells: { amount: { indicator, ...(more.over ? { over: more.over } : {}) } },
});
/** 万元 with one decimal, as the statistical rules keep sums of money; from January to the end of the period. */
const money = (indicator: string, label: string, level: Level, official?: string): TableRow => ({
  ...{ code: indicator, label, unit: "万元", decimals: 1, level, ...(official ? { official } : {}) },
  cells: { amount: { indicator, over: "year", per: 10_000 } },
});
const byHand = (code: string, label: string, unit: string, why: string, decimals = 0): TableRow => ({
  ...{ code, label, unit, decimals, level: 1 as const },
  cells: { amount: { byHand: why } },
});

export const rows: readonly TableRow[] = [
  heading("general", "一、综合", "JZH011000000"),
  count("township_units", "乡级行政区划", "个", 1, { official: "JZH011110000" }),
  count("township_units_towns", "镇", "个", 2, { official: "JZH011111000" }),
  count("township_units_rural_townships", "乡", "个", 2, { official: "JZH011112000" }),
  count("township_units_ethnic_townships", "民族乡", "个", 2, { official: "JZH011112100" }),
  count("township_units_sumu", "苏木", "个", 2, { official: "JZH011112200" }),
  count("township_units_ethnic_sumu", "民族苏木", "个", 2, { official: "JZH011112300" }),
  count("township_units_subdistricts", "街道", "个", 2, { official: "JZH011113000" }),
  count("township_units_offices", "区公所", "个", 2, { official: "JZH011114000" }),
  {
    ...byHand("all_spending", "民政事业费累计支出", "万元", "含人员和管理经费，按财务决算口径填写", 1),
    official: "JZH011310000",
  },
  money("spent_welfare", "社会福利", 1, "JZH011211000"),
  money("spent_children", "儿童福利", 2, "JZH011211100"),
  money("spent_orphan", "其中：孤儿基本生活保障支出", 2, "JZH011211101"),
  money("spent_unsupported", "其中：事实无人抚养儿童基本生活保障支出", 2, "JZH011211102"),
  money("spent_age", "老年福利（高龄津贴）", 2, "JZH011211200"),
  money("spent_disabled", "残疾人福利", 2, "JZH011211300"),
  money("spent_assistance", "社会救助（低保、特困、价格临时补贴）", 1, "JZH011212000"),
  money("spent_dibao_all", "最低生活保障", 2, "JZH011212100"),
  money("spent_dibao_urban_all", "城市低保累计支出", 2, "JZH011212110"),
  money("spent_dibao_urban", "城市低保金", 2, "JZH011212111"),
  money("spent_price_urban", "城市低保临时补贴", 2, "JZH011212112"),
  money("spent_dibao_rural_all", "农村低保累计支出", 2, "JZH011212120"),
  money("spent_dibao_rural", "农村低保金", 2, "JZH011212121"),
  money("spent_price_rural", "农村低保临时补贴", 2, "JZH011212122"),
  money("spent_tekun_all", "特困人员救助供养", 2, "YZH011222000"),
  money("spent_tekun_urban", "其中：城市特困人员", 2, "YZH011222100"),
  money("spent_tekun_rural", "其中：农村特困人员", 2),
  heading("assistance", "二、社会救助"),
  count("dibao_urban_persons", "城市低保人数", "人"),
  count("dibao_urban_households", "城市低保户数", "户"),
  count("std_dibao_urban", "城市低保标准", "元/月", 1, { decimals: 2 }),
  count("dibao_rural_persons", "农村低保人数", "人"),
  count("dibao_rural_households", "农村低保户数", "户"),
  count("std_dibao_rural", "农村低保标准", "元/月", 1, { decimals: 2 }),
  count("tekun_persons", "特困人员救助供养人数", "人"),
  count("tekun_urban_persons", "其中：城市", "人", 2),
  count("tekun_rural_persons", "其中：农村", "人", 2),
  byHand("temporary_persontimes", "临时救助", "人次", "临时救助还没有台账，按乡镇上报数填写"),
  count("vagrant_persontimes", "生活无着的流浪乞讨人员救助", "人次", 1, { over: "year" }),
  heading("welfare", "三、社会福利"),
  count("orphan_persons", "孤儿", "人"),
  count("sshw_persons", "事实无人抚养儿童", "人"),
  byHand("adoptions", "收养登记", "件", "收养登记还没有台账，按收养登记系统填写"),
  count("living_subsidy_persons", "享受困难残疾人生活补贴", "人"),
  count("nursing_subsidy_persons", "享受重度残疾人护理补贴", "人"),
  count("age_allowance_persons", "享受高龄津贴的老年人", "人"),
  heading("places", "四、机构和设施"),
  count("elderly_homes", "养老机构", "个"),
  count("elderly_homes_county", "其中：县级养老机构", "个", 2),
  count("care_institutions", "其中：镇级养老服务机构", "所", 2),
  count("elderly_homes_private", "其中：民办养老机构", "个", 2),
  count("elderly_beds", "养老机构床位", "张"),
  count("care_beds", "其中：镇级养老服务机构床位", "张", 2),
  count("community_care", "社区养老服务机构和设施", "个"),
  count("relief_stations", "救助管理机构", "个"),
  count("funeral_homes", "殡仪馆", "个"),
  count("cemetery_commercial", "经营性公墓", "座"),
  count("cemetery_public", "公益性公墓", "座"),
  heading("affairs", "五、成员组织和社会事务"),
  byHand("social_organisations", "社会组织", "个", "社会组织登记还没有台账，按登记系统填写"),
  count("villages", "村民委员会、居民委员会", "个"),
  byHand("marriages", "结婚登记", "对", "婚姻登记还没有台账，按婚姻登记系统填写"),
  byHand("divorces", "离婚登记", "对", "婚姻登记还没有台账，按婚姻登记系统填写"),
  count("cremations", "火化遗体", "具", 1, { over: "year" }),
];

const sum = (code: string, text: string, total: string, ...parts: string[]): TableCheck => ({
  ...{ code, text: `${text}，允许各数四舍五入的误差` },
  rows: { total, parts },
});
export const checks: readonly TableCheck[] = [
  sum(
    "welfare",
    "社会福利支出等于儿童、老年、残疾人相加",
    "spent_welfare",
    "spent_children",
    "spent_age",
    "spent_disabled",
  ),
  sum("children", "儿童福利支出等于两项相加", "spent_children", "spent_orphan", "spent_unsupported"),
  sum("assistance", "社会救助支出等于低保加特困", "spent_assistance", "spent_dibao_all", "spent_tekun_all"),
  sum(
    ...(["dibao", "低保支出等于城市加农村", "spent_dibao_all"] as const),
    ...["spent_dibao_urban_all", "spent_dibao_rural_all"],
  ),
  sum(
    ...(["dibao-urban", "城市低保累计支出等于低保金加临时补贴", "spent_dibao_urban_all"] as const),
    ...["spent_dibao_urban", "spent_price_urban"],
  ),
  sum(
    ...(["dibao-rural", "农村低保累计支出等于低保金加临时补贴", "spent_dibao_rural_all"] as const),
    ...["spent_dibao_rural", "spent_price_rural"],
  ),
  sum("tekun-money", "特困支出等于城市加农村", "spent_tekun_all", "spent_tekun_urban", "spent_tekun_rural"),
  {
    ...{ code: "tekun", text: "特困人数等于城市加农村" },
    rows: { total: "tekun_persons", parts: ["tekun_urban_persons", "tekun_rural_persons"] },
  },
  {
    ...{ code: "homes", text: "养老机构等于县级、镇级、民办相加" },
    rows: {
      total: "elderly_homes",
      parts: ["elderly_homes_county", "care_institutions", "elderly_homes_private"],
    },
  },
  {
    ...{ code: "townships", text: "乡级行政区划等于各种相加" },
    rows: {
      total: "township_units",
      parts: [
        ...["township_units_towns", "township_units_rural_townships"],
        ...["township_units_ethnic_townships", "township_units_sumu", "township_units_ethnic_sumu"],
        ...["township_units_subdistricts", "township_units_offices"],
      ],
    },
  },
  { code: "beds", text: "镇级机构床位不多于全部床位", atMost: ["care_beds", "elderly_beds"] },
  {
    code: "urban",
    text: "城市低保户数不多于人数",
    atMost: ["dibao_urban_households", "dibao_urban_persons"],
  },
  {
    code: "rural",
    text: "农村低保户数不多于人数",
    atMost: ["dibao_rural_households", "dibao_rural_persons"],
  },
  {
    ...{ code: "spending", text: "社会福利支出不大于民政事业费累计支出" },
    atMost: ["spent_welfare", "all_spending"],
  },
];
