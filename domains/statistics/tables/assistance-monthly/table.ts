/**
 * 社会救助和社会福利月报. The official codes are those of a province's 民政统计月报表 of 2020, seen in a copy (README.md of this
 * domain); the form itself and its whole number were not, so the edition is marked unverified.
 */
import { defineTable, type TableRow } from "@wuxin/declare";

const count = (
  indicator: string,
  label: string,
  unit: "人" | "户" | "个",
  official?: string,
  level: 0 | 1 = 1,
): TableRow => ({
  ...{ code: indicator, label, unit, decimals: 0, level, ...(official ? { official } : {}) },
  cells: { now: { indicator } },
});
const money = (indicator: string, label: string, official?: string, level: 0 | 1 = 1): TableRow => ({
  ...{ code: indicator, label, unit: "元", decimals: 2, level, ...(official ? { official } : {}) },
  cells: { now: { indicator }, year: { indicator, over: "year" } },
});

export const table = defineTable({
  code: "assistance-monthly",
  title: "社会救助和社会福利月报",
  grain: "month",
  dueDays: { days: 10, source: "默认次月 10 日，按上级统计要求修改", unverified: true },
  editions: [
    {
      from: "2020-01-01",
      source: {
        document: "民政事业统计调查制度（月报）",
        note: "指标代码见四川省公开的 2020 年月报（民政统计月报表），原表金额按万元累计填；表式和表号没有见到原件",
        unverified: true,
      },
      columns: [
        { code: "now", label: "本月" },
        { code: "year", label: "本年累计" },
      ],
      rows: [
        count("township_units", "乡级行政区划", "个", "YZH011110000", 0),
        count("township_units_towns", "镇", "个", "YZH011111000"),
        count("township_units_rural_townships", "乡", "个", "YZH011112000"),
        count("township_units_ethnic_townships", "民族乡", "个", "YZH011112100"),
        count("township_units_sumu", "苏木", "个", "YZH011112200"),
        count("township_units_ethnic_sumu", "民族苏木", "个", "YZH011112300"),
        count("township_units_subdistricts", "街道", "个", "YZH011113000"),
        count("township_units_offices", "区公所", "个", "YZH011114000"),
        count("dibao_households", "最低生活保障户数", "户", undefined, 0),
        count("dibao_urban_households", "城市", "户"),
        count("dibao_rural_households", "农村", "户"),
        count("dibao_persons", "最低生活保障人数", "人", undefined, 0),
        count("dibao_urban_persons", "城市", "人"),
        count("dibao_rural_persons", "农村", "人"),
        count("tekun_persons", "特困人员救助供养人数", "人", undefined, 0),
        count("tekun_urban_persons", "城市", "人"),
        count("tekun_rural_persons", "农村", "人"),
        count("orphan_persons", "孤儿人数", "人", "YZH012311000", 0),
        count("sshw_persons", "事实无人抚养儿童人数", "人", "YZH012320000", 0),
        count("living_subsidy_persons", "困难残疾人生活补贴人数", "人", undefined, 0),
        count("nursing_subsidy_persons", "重度残疾人护理补贴人数", "人", undefined, 0),
        count("age_allowance_persons", "高龄津贴人数", "人", undefined, 0),
        money("spent_total", "救助和福利资金支出", undefined, 0),
        money("spent_dibao_urban", "城市低保金", "YZH011221110"),
        money("spent_dibao_rural", "农村低保金", "YZH011221210"),
        money("spent_tekun_urban", "城市特困人员救助供养支出"),
        money("spent_tekun_rural", "农村特困人员救助供养支出"),
        money("spent_orphan", "孤儿基本生活费支出"),
        money("spent_unsupported", "事实无人抚养儿童补贴支出"),
        money("spent_disab_living", "困难残疾人生活补贴支出"),
        money("spent_disab_nursing", "重度残疾人护理补贴支出"),
        money("spent_age", "高龄津贴支出"),
        money("spent_other", "其他支出（含价格临时补贴）"),
        {
          ...{ code: "temporary_persontimes", label: "临时救助人次", unit: "人次", decimals: 0 },
          cells: { now: { byHand: "临时救助还没有台账，按乡镇上报数填写" } },
        },
      ],
      checks: [
        {
          code: "households",
          text: "低保户数等于城市加农村",
          rows: { total: "dibao_households", parts: ["dibao_urban_households", "dibao_rural_households"] },
        },
        {
          code: "persons",
          text: "低保人数等于城市加农村",
          rows: { total: "dibao_persons", parts: ["dibao_urban_persons", "dibao_rural_persons"] },
        },
        {
          code: "tekun",
          text: "特困人数等于城市加农村",
          rows: { total: "tekun_persons", parts: ["tekun_urban_persons", "tekun_rural_persons"] },
        },
        {
          code: "in-a-household",
          text: "低保户数不多于低保人数",
          atMost: ["dibao_households", "dibao_persons"],
        },
        {
          code: "spent",
          text: "资金支出等于各项相加",
          rows: {
            total: "spent_total",
            parts: [
              ...["spent_dibao_urban", "spent_dibao_rural", "spent_tekun_urban", "spent_tekun_rural"],
              ...["spent_orphan", "spent_unsupported", "spent_disab_living", "spent_disab_nursing"],
              ...["spent_age", "spent_other"],
            ],
          },
        },
        { code: "in-the-year", text: "本月不大于本年累计", columnAtMost: ["now", "year"] },
      ],
    },
  ],
});
