import { defineIndicators } from "@wuxin/declare";

const base = { system: "养老", capability: "EF-03" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "urban_home_stations",
    name: "城镇社区居家养老服务站数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成的城镇社区居家养老服务站数",
    measure: {
      count: "rows",
      ledger: "register:care-station",
      where: {
        all: [
          { field: "kind", is: "城镇社区居家养老服务站" },
          { field: "state", in: ["已建成未运营", "正式运营"] },
        ],
      },
    },
  },
  {
    ...base,
    code: "rural_home_stations",
    name: "农村居家养老服务站数",
    unit: "个",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成的农村居家养老服务站数",
    measure: {
      count: "rows",
      ledger: "register:care-station",
      where: {
        all: [
          { field: "kind", is: "农村居家养老服务站" },
          { field: "state", in: ["已建成未运营", "正式运营"] },
        ],
      },
    },
  },
  {
    ...base,
    code: "complex_new",
    name: "建成的镇综合养老服务中心示范点数",
    unit: "个",
    decimals: 0,
    kind: "flow",
    definition: "当月完工的镇综合养老服务中心示范点数",
    measure: {
      count: "rows",
      ledger: "register:care-station:progress",
      where: {
        all: [
          { field: "step", is: "完工" },
          { field: "entry.kind", is: "镇综合养老服务中心" },
          { field: "entry.demo", is: true },
        ],
      },
    },
  },
  {
    ...base,
    code: "village_demo_new",
    name: "建成的村（社区）居家养老服务站示范点数",
    unit: "个",
    decimals: 0,
    kind: "flow",
    definition: "当月完工的村（社区）居家养老服务站示范点数",
    measure: {
      count: "rows",
      ledger: "register:care-station:progress",
      where: {
        all: [
          { field: "step", is: "完工" },
          { field: "entry.kind", isNot: "镇综合养老服务中心" },
          { field: "entry.demo", is: true },
        ],
      },
    },
  },
]);
