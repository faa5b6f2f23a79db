import { defineDuty } from "@wuxin/declare";

const is = (name: string) => ({ field: "card.careGroup", is: name });

/**
 * 探访关爱：独居、空巢、留守、失能、重残、计生特殊家庭六类老年人。独居、空巢由家庭成员推出，其余由走访档案或核实的事实得知。
 * “每月”出自对 2025 年底月探访率的目标的报道，原文未见，标为未经核实。
 */
export const duty = defineDuty({
  code: "care-visit",
  title: "老年人探访关爱",
  system: "养老",
  capability: "EC-05",
  basis: [
    { title: "关于开展特殊困难老年人探访关爱服务的指导意见", document: "民发〔2022〕73号", unverified: true },
  ],
  method: "visit",
  role: "village",
  everyMonths: 1,
  source: {
    from: "persons",
    bornOnOrBeforeYearsAgo: 60,
    groups: [
      { name: "计生特殊家庭", when: is("计生特殊家庭") },
      { name: "重残", when: { any: [is("重残"), { field: "fact.残疾等级", in: ["一级", "二级"] }] } },
      { name: "失能", when: is("失能") },
      { name: "留守", when: is("留守") },
      { name: "独居", when: { field: "members", is: 1 } },
      { name: "空巢", when: { field: "members.youngest", atLeast: 60 } },
    ],
  },
  card: [
    {
      name: "careGroup",
      label: "属于哪一类",
      type: "choice",
      choices: ["留守", "失能", "重残", "计生特殊家庭", "都不是"].map((value) => ({ value, label: value })),
      help: "独居、空巢不用填。",
    },
    { name: "contact", label: "紧急联系人", type: "text", max: 40, personal: true },
    { name: "contactPhone", label: "紧急联系人电话", type: "phone", personal: true },
    { name: "livingNote", label: "平时要注意的", type: "longtext", max: 200 },
  ],
  form: [
    {
      name: "seen",
      label: "见到老人了吗",
      type: "choice",
      required: true,
      choices: [
        { value: "yes", label: "见到了" },
        { value: "phone", label: "电话里说上话" },
        { value: "no", label: "没见到" },
      ],
    },
    {
      name: "health",
      label: "身体怎么样",
      type: "choice",
      required: { field: "seen", in: ["yes", "phone"] },
      visible: { field: "seen", in: ["yes", "phone"] },
      choices: [
        { value: "well", label: "好" },
        { value: "ill", label: "有病，能自理" },
        { value: "help", label: "要人照料" },
      ],
    },
    {
      name: "needs",
      label: "需要什么",
      type: "choices",
      choices: [
        { value: "meal", label: "吃饭" },
        { value: "clean", label: "打扫" },
        { value: "doctor", label: "看病" },
        { value: "repair", label: "修房" },
        { value: "talk", label: "有人说话" },
      ],
    },
    { name: "careNote", label: "还想说的", type: "longtext", max: 300 },
  ],
});
