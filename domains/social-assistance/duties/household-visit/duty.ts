import { defineDuty } from "@wuxin/declare";

const NEEDS = "需求评估";

/** 救助对象定期走访。多久一次没有查到全国规定，每季度是本系统的提法。 */
export const duty = defineDuty({
  code: "household-visit",
  title: "救助对象走访",
  system: "救助",
  capability: "SA-25",
  basis: [{ title: "本系统默认，请按本县文件修改", unverified: true }],
  method: "visit",
  role: "village",
  everyMonths: 3,
  source: { from: "entitlements", item: "subsistence-allowance" },
  card: [
    { name: "contactPhone", label: "紧急联系人电话", type: "phone", personal: true },
    // 需求评估: asked of the household, kept until somebody says otherwise; it decides which services besides money.
    {
      ...{ name: "needs", label: "需要哪些帮助", type: "choices", group: NEEDS },
      choices: [
        { value: "living", label: "生活" },
        { value: "medical", label: "医疗" },
        { value: "school", label: "教育" },
        { value: "housing", label: "住房" },
        { value: "work", label: "就业" },
        { value: "care", label: "照护" },
        { value: "none", label: "暂时没有" },
      ],
    },
    {
      ...{ name: "needsWhen", label: "急不急", type: "choice", group: NEEDS },
      choices: [
        { value: "now", label: "眼下就要" },
        { value: "soon", label: "三个月内" },
        { value: "later", label: "可以慢慢来" },
      ],
    },
    { name: "needsNote", label: "具体要什么", type: "longtext", max: 300, group: NEEDS },
  ],
  form: [
    {
      name: "hardship",
      label: "有什么困难",
      type: "choices",
      choices: [
        { value: "living", label: "吃穿" },
        { value: "medical", label: "看病" },
        { value: "school", label: "上学" },
        { value: "housing", label: "住房" },
        { value: "work", label: "就业" },
        { value: "care", label: "照护" },
      ],
    },
    { name: "visitNote", label: "看到的情况", type: "longtext", max: 300 },
  ],
});
