import { defineDuty } from "@wuxin/declare";
import { AGREED, CARED_AT_HOME, card, DAYS_LEFT } from "../../care-agreement.ts";

/**
 * 分散供养特困人员照料护理走访：照料人是谁、协议到哪天、照料到位没有。选择集中供养的由机构照料，不在内。
 * 每月一次没有查到全国规定，是本系统的提法。
 */
export const duty = defineDuty({
  code: "destitute-care-visit",
  title: "特困人员照料护理走访",
  system: "救助",
  capability: "SA-03",
  basis: [
    {
      title: "国务院关于进一步健全特困人员救助供养制度的意见",
      document: "国发〔2016〕14号",
      unverified: true,
    },
    { title: "多久一次为本系统默认，请按本县文件修改", unverified: true },
  ],
  method: "visit",
  role: "village",
  everyMonths: 1,
  source: {
    ...{ from: "entitlements", item: "destitute-support", when: CARED_AT_HOME },
    groups: [
      { name: AGREED, when: { field: DAYS_LEFT, atLeast: 0 } },
      { name: "没有在期的照料护理协议", when: { all: [] } },
    ],
  },
  card,
  form: [
    {
      name: "carerCame",
      label: "照料人按协议来照料了吗",
      type: "choice",
      required: true,
      choices: [
        { value: "yes", label: "按协议来" },
        { value: "seldom", label: "来得少" },
        { value: "no", label: "没有来" },
        { value: "none", label: "还没有照料人" },
      ],
    },
    {
      name: "carerDid",
      label: "照料人做了什么",
      type: "choices",
      visible: { field: "carerCame", in: ["yes", "seldom"] },
      choices: [
        { value: "meal", label: "做饭喂饭" },
        { value: "wash", label: "洗衣洗澡" },
        { value: "clean", label: "打扫" },
        { value: "doctor", label: "陪同看病" },
        { value: "shop", label: "代买代办" },
      ],
    },
    {
      name: "carerNote",
      label: "要说明的",
      type: "longtext",
      max: 300,
      required: { field: "carerCame", in: ["seldom", "no", "none"] },
    },
  ],
});
