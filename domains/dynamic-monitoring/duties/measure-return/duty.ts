import { defineDuty, RISKS } from "@wuxin/declare";

/** 帮扶以后回访：措施有没有用、风险消除没有。问什么没有全国表样，下面是本系统的提法。 */
export const duty = defineDuty({
  code: "measure-return",
  title: "帮扶回访",
  system: "救助",
  capability: "DM-08",
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  method: "visit",
  role: "village",
  source: { from: "measures", withinDays: 7 },
  form: [
    {
      name: "how",
      label: "怎么回访的",
      type: "choice",
      required: true,
      choices: [
        { value: "door", label: "上门" },
        { value: "phone", label: "打电话" },
      ],
    },
    {
      name: "effect",
      label: "帮扶有没有用",
      type: "longtext",
      required: true,
      min: 4,
      max: 500,
      help: "钱物收到没有，服务做了没有，解决了什么。",
    },
    {
      name: "risk",
      label: "风险现在怎样",
      type: "choice",
      required: true,
      choices: Object.entries(RISKS).map(([value, label]) => ({ value, label })),
    },
  ],
});
