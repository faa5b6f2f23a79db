import { defineIndicators } from "@wuxin/declare";

const system = "福利" as const;
const orphans = { field: "item", is: "orphan-support" } as const;
const unsupported = { field: "item", is: "unsupported-child-support" } as const;

export const indicators = defineIndicators([
  {
    code: "orphan_persons",
    name: "孤儿人数",
    unit: "人",
    system,
    capability: "CW-01",
    decimals: 0,
    kind: "stock",
    definition: "月末在享孤儿基本生活保障的人数",
    measure: { count: "persons", ledger: "entitlements", where: orphans },
  },
  {
    code: "sshw_persons",
    name: "事实无人抚养儿童人数",
    unit: "人",
    system,
    capability: "CW-01",
    decimals: 0,
    kind: "stock",
    definition: "月末在享事实无人抚养儿童基本生活补贴的人数",
    measure: { count: "persons", ledger: "entitlements", where: unsupported },
  },
  {
    code: "child_benefits_amount",
    name: "儿童基本生活费发放金额",
    unit: "万元",
    system,
    capability: "CW-01",
    decimals: 4,
    kind: "flow",
    definition: "当月名册中发放成功的孤儿、事实无人抚养儿童基本生活费",
    measure: {
      sum: "amountWan",
      ledger: "payments",
      where: { all: [{ any: [orphans, unsupported] }, { field: "state", is: "paid" }] },
    },
  },
  {
    code: "std_orphan_central",
    name: "集中养育孤儿标准",
    unit: "元/月",
    system,
    capability: "CW-02",
    decimals: 0,
    kind: "stock",
    definition: "当月有效的标准",
    measure: { latestParameter: "孤儿基本生活标准.集中", divide: 100 },
  },
  {
    code: "std_orphan_scattered",
    name: "散居孤儿标准",
    unit: "元/月",
    system,
    capability: "CW-02",
    decimals: 0,
    kind: "stock",
    definition: "当月有效的标准",
    measure: { latestParameter: "孤儿基本生活标准.散居", divide: 100 },
  },
  {
    code: "std_unsupported_child",
    name: "事实无人抚养儿童标准",
    unit: "元/月",
    system,
    capability: "CW-02",
    decimals: 0,
    kind: "stock",
    definition: "当月有效的标准",
    measure: { latestParameter: "事实无人抚养儿童基本生活标准", divide: 100 },
  },
]);
