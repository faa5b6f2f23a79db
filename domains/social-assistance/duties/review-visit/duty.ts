import { defineDuty } from "@wuxin/declare";

/** 定期核查（57号第三十一条）和生存认证在走访时一并完成；有变化的只提请重新核查，增减停仍由办件决定。 */
export const duty = defineDuty({
  code: "review-visit",
  title: "待遇复核入户",
  system: "救助",
  capability: "SA-16",
  basis: [{ title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十一条" }],
  method: "visit",
  role: "village",
  source: { from: "reviews", withinDays: 30 },
  form: [
    {
      name: "change",
      label: "家里情况有变化吗",
      type: "choice",
      required: true,
      choices: [
        { value: "none", label: "没有变化" },
        { value: "income", label: "收入变了" },
        { value: "people", label: "人口变了" },
        { value: "property", label: "财产变了" },
        { value: "gone", label: "人不在了或找不到" },
      ],
    },
    {
      name: "changeNote",
      label: "变成什么样",
      type: "longtext",
      min: 2,
      max: 300,
      required: { field: "change", in: ["income", "people", "property", "gone"] },
      visible: { field: "change", in: ["income", "people", "property", "gone"] },
    },
  ],
  settles: { field: "change", goesOn: "none" },
});
