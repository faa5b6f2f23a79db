import { defineTable } from "@wuxin/declare";
import { checks, rows } from "../../rows.ts";

export const table = defineTable({
  code: "civil-affairs-yearly",
  title: "民政事业统计年报（汇总）",
  grain: "year",
  dueDays: { days: 59, source: "默认次年 2 月底，按上级统计要求修改", unverified: true },
  editions: [
    {
      from: "2024-01-01",
      source: {
        document: "民政事业统计调查制度（年报）",
        note: "年报表式没有见到原件，先按季报的行累计全年，表号空着",
        unverified: true,
      },
      columns: [{ code: "amount", label: "数量" }],
      rows,
      checks,
    },
  ],
});
