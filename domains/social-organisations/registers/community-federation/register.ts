/** 社区社会组织联合会台账. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "community-federation",
  title: "社区社会组织联合会台账",
  system: "服务",
  basis: [{ title: "社会团体登记管理条例，栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "登记状态",
      type: "choice",
      required: true,
      choices: choices("预先核名", "成立登记", "注销"),
    },
  ],
  indicators,
});
