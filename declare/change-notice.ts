/**
 * The paper by which somebody who draws learns of an amount that no decision of his case gave: a raise, a change between two
 * decisions. Old and new amount, from which month, why and by which document, how it was computed, where to object. One
 * wording for all benefits, in words an old person reads.
 */
import type { DocumentTemplate } from "./item.ts";

export interface ChangeNotice {
  readonly code: string;
  readonly title: string;
  readonly number: string;
  /** What is drawn, as people call it: 高龄津贴. */
  readonly money: string;
  /** 您的 unless the paper goes to somebody else: {{applicant}}的. */
  readonly whose?: string;
  /** Whom it addresses; the payee unless said. */
  readonly to?: string;
  /** Says for how many persons. */
  readonly persons?: true;
}

export const changeNotice = (n: ChangeNotice): DocumentTemplate => ({
  code: n.code,
  title: n.title,
  number: n.number,
  body: [
    n.to ?? "{{applicant}}：",
    `从{{fromMonth}}起，${n.whose ?? "您的"}${n.money}有变动：{{before}}现在每月 {{amount}} 元${n.persons ? "，保障人口 {{persons}} 人" : ""}。理由：{{reasons}}。`,
    "{{backpay}}",
    "怎么算的：{{explanation}}",
    "钱仍发到登记的账户，不用再申请，也不用交任何费用。看不懂的地方，可以请村（社区）或者乡镇（街道）的工作人员念给您听、讲给您听。",
    "{{remedy}}",
    "{{issuer}}",
    "{{date}}",
  ],
});
