/** 照料护理协议 of whoever is 分散供养: what the visits and the reminder share. */
import type { Field } from "@wuxin/declare";

export const CARED_AT_HOME = { field: "fact.供养方式", is: "分散" } as const;
export const DAYS_LEFT = "card.careAgreementUntil.daysLeft";
/** Why the monthly visit goes there, when the agreement holds; the indicator counts by it. */
export const AGREED = "照料护理协议在期";

export const card: readonly Field[] = [
  { name: "carer", label: "照料人", type: "text", max: 40, personal: true },
  { name: "carerPhone", label: "照料人电话", type: "phone", personal: true },
  {
    name: "careAgreementUntil",
    label: "照料护理协议到哪天",
    type: "date",
    allowFuture: true,
    help: "还没有签协议的不填，并在下面写明。",
  },
];
