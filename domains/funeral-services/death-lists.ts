/**
 * FN-10: the funeral base is shared with 卫生健康、公安、民族宗教. That the three exchange what they know of deaths is
 * 国卫规划发〔2013〕57号; the columns, and the day of the month, are what two offices agree on: examples until a county has its own.
 */
import { defineDeathLists } from "@wuxin/declare";

const BASIS = "国卫规划发〔2013〕57号：卫生计生、公安、民政共享人口死亡信息（条文待核实）";

export const deathLists = defineDeathLists([
  {
    ...{ code: "deaths-health", department: "health", basis: BASIS, dueDay: 10 },
    purpose: "与死亡医学证明核对，补报漏报",
    columns: ["name", "idNo", "diedOn", "source", "place"],
  },
  {
    ...{ code: "deaths-police", department: "police", basis: BASIS, dueDay: 10 },
    purpose: "核对并注销户口",
    columns: ["name", "idNo", "diedOn", "source", "place"],
  },
  {
    ...{ code: "deaths-ethnic", department: "ethnic-religious", dueDay: 10 },
    basis: "《殡葬管理条例》第六条：尊重少数民族丧葬习俗（共享的具体约定待核实）",
    purpose: "少数民族丧葬习俗和墓地的服务管理",
    columns: ["name", "diedOn", "place"],
  },
]);
