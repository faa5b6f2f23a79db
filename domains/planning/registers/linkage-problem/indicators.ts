import { defineIndicators } from "@wuxin/declare";

const base = { system: "救助", capability: "DM-09", owner: "社会救助股" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "linkage_rectified_rate",
    name: "有效衔接反馈问题整改率",
    unit: "%",
    decimals: 1,
    kind: "stock",
    definition: "月末台账里反馈的问题中，已销号的比例",
    measure: {
      ratio: { count: "rows", ledger: "register:linkage-problem", where: { field: "state", is: "已销号" } },
      to: { count: "rows", ledger: "register:linkage-problem" },
      times: 100,
      denominator: "月末台账里反馈的问题数",
    },
  },
  {
    ...base,
    code: "linkage_households",
    name: "有效衔接反馈问题涉及户数",
    unit: "户",
    decimals: 0,
    kind: "stock",
    definition: "月末台账里各个问题登记的户数之和，核实不涉及的不算；一户涉及两个问题的算两次",
    measure: {
      ...{ count: "rows", ledger: "register:linkage-problem:households" },
      where: { field: "standing", in: ["待整改", "已整改"] },
    },
  },
  {
    ...base,
    code: "linkage_households_open",
    name: "有效衔接反馈问题未整改户数",
    unit: "户",
    decimals: 0,
    kind: "stock",
    definition: "月末各个问题登记的户里，最后一笔还是「待整改」的户数之和；一户涉及两个问题的算两次",
    measure: {
      ...{ count: "rows", ledger: "register:linkage-problem:households" },
      where: { field: "standing", is: "待整改" },
    },
  },
]);
