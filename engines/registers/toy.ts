/** A toy register for tests: boats for hire, with fares, a yearly inspection and an owner's number. */
import { defineRegister, type RegisterDefinition, type ResolvedRegister } from "@wuxin/declare";
import type { DivisionLevel } from "@wuxin/kernel";
import type { ParameterValue } from "./model.ts";

const choices = (...list: string[]) => list.map((x) => ({ value: x, label: x }));

export const boats: RegisterDefinition = defineRegister({
  code: "boats",
  title: "游船台账",
  system: "服务",
  basis: [],
  titleField: "name",
  divisionField: "place",
  columns: ["name", "kind", "place", "seats", "hired", "free", "fareFen", "lit", "gear"],
  publicFields: ["name", "kind", "place", "free", "fareFen"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "船名", type: "text", required: true, max: 40 },
    { name: "kind", label: "船型", type: "choice", required: true, choices: choices("手划船", "电动船") },
    {
      name: "battery",
      label: "电池编号",
      type: "text",
      visible: { field: "kind", is: "电动船" },
      required: true,
    },
    { name: "place", label: "停靠乡镇", type: "division", required: true },
    { name: "seats", label: "座位数", type: "integer", unit: "座", required: true, min: 0, max: 1000 },
    { name: "hired", label: "已租", type: "integer", unit: "座", min: 0, max: 1000 },
    { name: "fareFen", label: "票价", type: "money" },
    { name: "lit", label: "有夜灯", type: "boolean" },
    { name: "gear", label: "装备", type: "choices", choices: choices("桨", "锚", "救生衣") },
    { name: "ownerName", label: "船主", type: "text", personal: true },
    { name: "ownerIdNo", label: "船主身份证号", type: "resident-id", personal: true },
    { name: "builtOn", label: "造船日期", type: "date" },
  ],
  derived: [{ name: "free", label: "空座", minus: ["seats", "hired"] }],
  rules: [{ when: { field: "free", atMost: -1 }, field: "hired", message: "已租座位多于全部座位，请核对。" }],
  limits: [
    {
      code: "fare",
      field: "fareFen",
      parameter: "票价上限",
      severity: "flag",
      message: "票价 {{value}} 超过 {{limit}}（{{document}}）。",
    },
    {
      code: "seats",
      field: "seats",
      parameter: "座位上限",
      severity: "refuse",
      when: { field: "kind", is: "手划船" },
      message: "座位 {{value}} 超过 {{limit}}（{{document}}），请减少座位。",
    },
  ],
  ledgers: [
    {
      code: "fares",
      title: "收费登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "收费日期", type: "date", required: true },
        { name: "amountFen", label: "金额", type: "money", required: true, min: 1 },
        { name: "payer", label: "交费人", type: "text", required: true, personal: true },
      ],
      limits: [
        {
          code: "overfare",
          field: "amountFen",
          parameter: "票价上限",
          severity: "flag",
          message: "收费 {{value}} 高于 {{limit}}。",
        },
      ],
    },
  ],
  check: {
    code: "yearly",
    label: "年检",
    everyMonths: 12,
    fields: [
      { name: "on", label: "检查日期", type: "date", required: true },
      { name: "inspectors", label: "检查人", type: "staff", required: true, min: 2 },
      { name: "result", label: "结果", type: "choice", required: true, choices: choices("合格", "不合格") },
    ],
  },
});

export const resolved = (definition: RegisterDefinition): ResolvedRegister => ({
  ...definition,
  folder: { path: `domains/toy/registers/${definition.code}` },
});

export const COUNTY = "430621";
export const EAST = "430621101";
export const WEST = "430621102";
export const divisions = (code: string) =>
  code === COUNTY
    ? [
        { code: COUNTY, name: "试验县", level: "county" as DivisionLevel },
        { code: EAST, name: "东镇", level: "township" as DivisionLevel },
        { code: WEST, name: "西镇", level: "township" as DivisionLevel },
        { code: "430621102001", name: "柳村", level: "village" as DivisionLevel },
      ]
    : [];

/** 100 元 until the end of May 2024, 80 元 from June; twelve seats. */
export function parameterOn(
  _county: string,
  _folder: unknown,
  name: string,
  date: string,
): ParameterValue | undefined {
  if (name === "座位上限")
    return { value: 12, text: "12 座", document: "试〔2023〕2号", since: "2023-01-01", unverified: false };
  if (name !== "票价上限" || date < "2023-01-01") return undefined;
  const fen = date < "2024-06-01" ? 10_000 : 8_000;
  const since = date < "2024-06-01" ? "2023-01-01" : "2024-06-01";
  return { value: fen, text: `${fen / 100}.00 元`, document: null, since, unverified: true };
}
