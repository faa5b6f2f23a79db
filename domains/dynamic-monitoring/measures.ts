import { defineMeasures } from "@wuxin/declare";

/**
 * 国办发〔2023〕39号按需要分层分类救助：医疗、教育、住房、就业、受灾、临时、服务类。没有全国的措施目录；
 * 阶段和通常由哪个部门落实，是本系统的归类，县里登记时可以改部门。
 */
export const measures = defineMeasures([
  {
    ...{ code: "work-post", label: "公益岗位、就业帮扶", stage: "before" },
    ...{ department: "human-resources", gives: "service" },
  },
  {
    ...{ code: "training", label: "技能培训", stage: "before" },
    ...{ department: "human-resources", gives: "service" },
  },
  {
    ...{ code: "industry", label: "产业帮扶", stage: "before" },
    ...{ department: "agriculture", gives: "money" },
  },
  {
    ...{ code: "insurance", label: "代缴参保费", stage: "before" },
    ...{ department: "medical-insurance", gives: "money" },
  },
  {
    ...{ code: "medical", label: "医疗救助", stage: "during" },
    ...{ department: "medical-insurance", gives: "money" },
  },
  {
    ...{ code: "school", label: "教育资助", stage: "during" },
    ...{ department: "education", gives: "money" },
  },
  {
    ...{ code: "housing", label: "住房保障、危房改造", stage: "during" },
    ...{ department: "housing", gives: "money" },
  },
  {
    ...{ code: "disaster", label: "受灾救助", stage: "during" },
    ...{ department: "emergency", gives: "money" },
  },
  {
    ...{ code: "legal", label: "法律援助", stage: "during" },
    ...{ department: "justice", gives: "service" },
  },
  {
    ...{ code: "care", label: "照料护理服务", stage: "after" },
    ...{ department: "civil-affairs", gives: "service" },
  },
  {
    ...{ code: "disability", label: "残疾康复、辅具", stage: "after" },
    ...{ department: "disabled-federation", gives: "service" },
  },
  {
    ...{ code: "charity", label: "慈善、社会力量帮扶", stage: "after" },
    ...{ department: "charity", gives: "money" },
  },
  {
    ...{ code: "mind", label: "心理疏导、社会融入", stage: "after" },
    ...{ department: "social-work-station", gives: "service" },
  },
]);
