import { defineIndicators } from "@wuxin/declare";

const base = { system: "服务", capability: "FN-04", decimals: 0, unit: "座", kind: "stock" } as const;
const used = { field: "state", isNot: "停用" } as const;

export const indicators = defineIndicators([
  {
    ...base,
    code: "cemetery_commercial",
    name: "经营性公墓数",
    definition: "没有停用的经营性公墓座数",
    measure: {
      count: "rows",
      ledger: "register:cemetery",
      where: { all: [{ field: "kind", is: "经营性公墓" }, used] },
    },
  },
  {
    ...base,
    code: "cemetery_public",
    name: "公益性公墓数",
    definition: "没有停用的公益性公墓座数",
    measure: {
      count: "rows",
      ledger: "register:cemetery",
      where: { all: [{ field: "kind", is: "公益性公墓" }, used] },
    },
  },
  {
    ...base,
    code: "cemetery_coverage",
    headline: 90,
    name: "公益性公墓覆盖率",
    unit: "%",
    decimals: 1,
    definition: "至少有一座在用公益性公墓的乡镇（街道）数 ÷ 全县乡镇（街道）数",
    measure: {
      ratio: {
        count: "townships",
        ledger: "register:cemetery",
        where: {
          all: [
            { field: "kind", is: "公益性公墓" },
            { field: "state", in: ["使用中", "已满"] },
          ],
        },
      },
      to: { count: "townships", ledger: "divisions" },
      times: 100,
      denominator: "全县乡镇（街道）数",
    },
  },
  {
    ...base,
    code: "grave_price_cap",
    name: "墓穴价格上限",
    unit: "万元",
    decimals: 2,
    capability: "FN-05",
    definition: "当月有效的核定上限",
    measure: { latestParameter: "墓穴价格上限", divide: 1_000_000 },
  },
  {
    ...base,
    code: "overcharges",
    name: "超标准收费件数",
    unit: "件",
    capability: "FN-05",
    kind: "flow",
    definition: "当月登记的高于核定上限的收费件数",
    measure: { count: "rows", ledger: "register:cemetery:charges", where: { field: "flagged", is: true } },
  },
]);
