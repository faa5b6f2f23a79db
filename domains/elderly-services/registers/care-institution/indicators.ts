import { defineIndicators } from "@wuxin/declare";

const base = { system: "养老", capability: "EF-01" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "care_institutions",
    name: "镇级养老服务机构数",
    unit: "所",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成的镇级养老服务机构数",
    measure: {
      count: "rows",
      ledger: "register:care-institution",
      where: {
        all: [
          { field: "level", is: "镇级" },
          { field: "state", in: ["已建成未运营", "正式运营"] },
        ],
      },
    },
  },
  {
    ...base,
    code: "care_institutions_running",
    headline: 80,
    name: "正式运营的镇级养老机构数",
    unit: "家",
    decimals: 0,
    kind: "stock",
    definition: "月末正式运营的镇级养老服务机构数",
    measure: {
      count: "rows",
      ledger: "register:care-institution",
      where: {
        all: [
          { field: "level", is: "镇级" },
          { field: "state", is: "正式运营" },
        ],
      },
    },
  },
  {
    ...base,
    code: "care_institutions_idle",
    name: "已建成未运营的镇级养老机构数",
    unit: "家",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成、还没有运营的镇级养老服务机构数",
    measure: {
      count: "rows",
      ledger: "register:care-institution",
      where: {
        all: [
          { field: "level", is: "镇级" },
          { field: "state", is: "已建成未运营" },
        ],
      },
    },
  },
  {
    ...base,
    code: "care_institutions_siting",
    name: "正在择址的镇数",
    unit: "镇",
    decimals: 0,
    kind: "stock",
    definition: "月末养老机构正在择址的乡镇数",
    measure: {
      count: "townships",
      ledger: "register:care-institution",
      where: { field: "state", is: "择址" },
    },
  },
  {
    ...base,
    code: "care_beds",
    headline: 82,
    name: "镇级养老机构床位数",
    unit: "张",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成的镇级养老服务机构床位数",
    measure: {
      sum: "beds",
      ledger: "register:care-institution",
      where: {
        all: [
          { field: "level", is: "镇级" },
          { field: "state", in: ["已建成未运营", "正式运营"] },
        ],
      },
    },
  },
  {
    ...base,
    code: "care_beds_waiting",
    name: "县级养老机构待启用床位数",
    unit: "张",
    decimals: 0,
    kind: "stock",
    definition: "月末已建成、还没有运营的县级养老机构床位数",
    measure: {
      sum: "beds",
      ledger: "register:care-institution",
      where: {
        all: [
          { field: "level", is: "县级" },
          { field: "state", is: "已建成未运营" },
        ],
      },
    },
  },
]);
