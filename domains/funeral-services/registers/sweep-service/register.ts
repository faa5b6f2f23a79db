/** 清明祭扫服务台账: day by day and place by place. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

export const register = defineRegister({
  code: "sweep-service",
  title: "清明祭扫服务台账",
  system: "服务",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
  ],
  ledgers: [
    {
      code: "days",
      title: "每日情况",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "people", label: "祭扫群众", type: "integer", unit: "人次", min: 0, max: 1000000 },
        { name: "vehicles", label: "祭扫车辆", type: "integer", unit: "辆", min: 0, max: 1000000 },
        { name: "staff", label: "服务保障人员", type: "integer", unit: "人次", min: 0, max: 1000000 },
        { name: "banners", label: "宣传标语", type: "integer", unit: "条", min: 0, max: 1000000 },
        { name: "briefs", label: "工作简报", type: "integer", unit: "期", min: 0, max: 1000000 },
        { name: "incidents", label: "安全事件", type: "integer", unit: "起", min: 0, max: 1000000 },
      ],
    },
  ],
  indicators,
});
