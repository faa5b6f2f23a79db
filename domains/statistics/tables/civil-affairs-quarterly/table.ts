import { defineTable } from "@wuxin/declare";
import { checks, rows } from "../../rows.ts";

export const table = defineTable({
  code: "civil-affairs-quarterly",
  title: "民政统计季报表",
  number: "JZH01",
  grain: "quarter",
  dueDays: { days: 15, source: "默认季后 15 日，按上级统计要求修改", unverified: true },
  editions: [
    {
      from: "2024-01-01",
      source: {
        document: "民政事业统计调查制度（国统制〔2023〕83号批准）",
        note: "表号、文号和综合部分的代码见邵阳、鄂尔多斯公开的 2024 年季报；社会工作、成员组织部分的代码和填报说明没有见到原件，起用日期按批准的年份",
        unverified: true,
      },
      columns: [{ code: "amount", label: "数量" }],
      rows,
      checks,
    },
  ],
});
