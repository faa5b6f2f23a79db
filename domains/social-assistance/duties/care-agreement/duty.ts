import { defineDuty } from "@wuxin/declare";
import { CARED_AT_HOME, card, DAYS_LEFT } from "../../care-agreement.ts";

/**
 * 没有协议、协议过期或六十天内到期的，每月提醒一次，到签好为止。提前多少天没有查到全国规定，是本系统的提法。
 */
export const duty = defineDuty({
  code: "care-agreement",
  title: "签订、续签照料护理协议",
  system: "救助",
  capability: "SA-03",
  basis: [{ title: "提前多少天提醒为本系统默认，请按本县文件修改", unverified: true }],
  method: "visit",
  role: "village",
  everyMonths: 1,
  source: {
    ...{ from: "entitlements", item: "destitute-support", when: CARED_AT_HOME },
    groups: [
      { name: "没有照料护理协议", when: { field: "card.careAgreementUntil", known: false } },
      { name: "照料护理协议已经到期", when: { field: DAYS_LEFT, atMost: -1 } },
      { name: "照料护理协议六十天内到期", when: { field: DAYS_LEFT, atMost: 60 } },
    ],
  },
  card,
  form: [
    {
      name: "agreementState",
      label: "照料护理协议签了吗",
      type: "choice",
      required: true,
      help: "签了的，在档案里写明到哪天。",
      choices: [
        { value: "signed", label: "签了" },
        { value: "later", label: "还没有签" },
        { value: "refused", label: "本人不愿签" },
      ],
    },
    {
      name: "agreementNote",
      label: "为什么没有签",
      type: "longtext",
      max: 300,
      visible: { field: "agreementState", in: ["later", "refused"] },
      required: { field: "agreementState", in: ["later", "refused"] },
    },
  ],
});
