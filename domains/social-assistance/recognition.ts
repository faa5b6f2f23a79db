/**
 * 低保边缘 and 刚性支出困难: what their cases share. No money comes of them, so nothing is published about who was recognised
 * (谁救助谁公示); the opinion of the township hangs as it does for 低保, because the procedure follows 低保's.
 */
import type { ActionDefinition, ApplicationForm, DocumentTemplate, StateDefinition } from "@wuxin/declare";
import * as f from "./action-fields.ts";
import { clocks as subsistenceClocks } from "./items/subsistence-allowance/clocks.ts";
import { form as subsistence } from "./items/subsistence-allowance/form.ts";
import { adoptedConfirmed, type procedure } from "./procedure.ts";
import { beforeAccepted, opinionHangs, rework, state, toBeConfirmed, withdrawn } from "./states.ts";

/** Only 低保 asks these: who applies alone, and how often it is looked at. */
const SUBSISTENCE_ONLY = [
  "applicationKind",
  "incomeStable",
  "singleApplicant",
  "ableToWork",
  "disabilityKind",
];
const shared = (fields: ApplicationForm["member"]) =>
  fields.filter((x) => !SUBSISTENCE_ONLY.includes(x.name));

/** The same household, asked the same; without an account, for nothing is paid. */
export const means: ApplicationForm = {
  ...subsistence,
  household: shared(subsistence.household),
  member: shared(subsistence.member),
  account: false,
};

export const untilDecided: readonly StateDefinition[] = [
  ...beforeAccepted,
  state(
    "accepted",
    "调查核对",
    "active",
    "investigate",
    "已经受理。工作人员会上门看一看，并核对收入、财产和支出。",
  ),
  opinionHangs,
  rework,
  toBeConfirmed,
  state(
    "refused",
    "不予认定（待送达）",
    "bad",
    "confirm",
    "没有认定。书面通知会写明理由，以及不服可以找谁。",
  ),
  state(
    "refused_closed",
    "不予认定",
    "bad",
    "confirm",
    "没有认定。通知书写明了理由和救济途径；情况变了可以再申请。",
    true,
  ),
  withdrawn,
  state(
    "terminated",
    "终止审核",
    "bad",
    "investigate",
    "因不配合调查核对，审核程序已终止。愿意配合时可以再申请。",
    true,
  ),
  state("stopped", "认定已结束", "neutral", "hold", "认定已经结束。如又遇到困难，可以再申请。", true),
];

/** Every step to the decision, which leads to `recognised`, with a decision that gives no money and hangs nothing afterwards. */
export const toDecision = (p: ReturnType<typeof procedure>, held: string): readonly ActionDefinition[] => [
  p.submit,
  p.askSupplement,
  p.supplement,
  p.accept,
  p.survey,
  p.requestVerification,
  p.answerVerification,
  p.confirmAdopted,
  p.opinion,
  p.reinvestigate,
  p.finishPublicity,
  p.countyVisit,
  p.returnFile,
  {
    ...p.confirm,
    to: "recognised",
    label: "确认认定",
    effects: { decide: "award", documents: ["award-notice"] },
    confirm: `确认后全家认定为${held}，发出认定通知书。认定不发钱。`,
  },
  { ...p.refuse, label: "不予认定", confirm: "将发出不予认定通知书，写明理由和救济途径，3 个工作日内送达。" },
  p.deliverRefusal,
  p.withdraw,
  p.terminate,
];

/** As for 低保, but that a death has no clock of its own: no money goes on. */
export const clocks = subsistenceClocks
  .filter((c) => c.key !== "deathRecheck")
  .map(({ extendedBy: _, ...c }) => c);

const CAUSES = [
  "收入变化",
  "财产变化",
  "人口变化",
  "纳入低保或特困",
  "死亡",
  "迁出本县",
  f.OWN_WISH,
  "有效期满",
  "其他",
];
/** Why it ends. */
export const ending: ActionDefinition["fields"] = f.stop.map((x) =>
  x.name === "cause"
    ? { ...x, label: "结束的事由", choices: CAUSES.map((c) => ({ value: c, label: c })) }
    : x,
);
export const recheckOpinion: ActionDefinition["fields"] = f.recheckOpinion.map((x) =>
  x.name === "suggest" ? { ...x, choices: ["继续认定", "结束认定"].map((c) => ({ value: c, label: c })) } : x,
);
export const recheckedOnEvidence = [
  {
    when: {
      any: [
        { field: "recheck_survey.count", atLeast: 1 },
        { field: "answer_verification.count", atLeast: 2 },
      ],
    },
    message: "复核要有入户或新的核对结果作依据。",
  },
  adoptedConfirmed,
];

/** Numbered in the county's own series of the recognition. */
export const papers = (title: string, sign: string, holds: string): readonly DocumentTemplate[] => {
  const paper = (code: string, name: string, mark: string, body: readonly string[]): DocumentTemplate => ({
    code,
    title: name,
    number: `{county}${sign}${mark}〔{year}〕{n}号`,
    body: ["{{applicant}}：", ...body, "{{issuer}}", "{{date}}"],
  });
  return [
    paper("supplement-notice", "一次性补正告知书", "补", [
      "您申请{{itemTitle}}的材料还缺以下内容，请在{{by}}前一次补齐：",
      "{{missing}}",
      "政府平台能够查到的材料不需要您提供。材料实在拿不出的，可以按规定签署告知承诺。",
    ]),
    paper("acceptance-notice", "受理通知书", "受", [
      "您的{{itemTitle}}申请（受理编号 {{caseNumber}}）已于{{date}}受理，将依法开展家庭经济状况调查和信息核对，最迟{{totalDue}}办结。",
    ]),
    {
      code: "survey-form",
      title: "家庭经济状况入户调查表",
      number: `{county}${sign}调〔{year}〕{n}号`,
      body: [
        "申请人：{{applicant}}　住址：{{address}}　家庭成员：{{members}} 人",
        "调查日期：{{answer.on}}　调查方式：{{answer.method}}",
        "看到的情况：{{answer.findings}}",
        "登记的事实：{{facts}}",
        "申请人（或家庭成员）签字：{{answer.householdSignature}}",
        "调查人：{{answer.investigators}}　签字：{{answer.investigatorSignature}}",
      ],
    },
    paper("award-notice", `${title}通知书`, "认", [
      `经审核，您家 {{persons}} 人自{{fromMonth}}起认定为${holds}。`,
      "计算经过：{{explanation}}",
      "认定本身不发钱；凭认定可以申请医疗、教育、住房、临时救助等帮助。家庭人口、收入、财产、支出有变化的，请及时告诉我们。{{remedy}}",
    ]),
    paper("refusal-notice", `不予${title}通知书`, "不", [
      "您申请{{itemTitle}}一事，经审核不予认定。理由如下：",
      "{{reasons}}",
      "计算经过：{{explanation}}",
      "{{remedy}}家庭情况变化后，可以再次申请；遇到急难可以申请临时救助。",
    ]),
    paper("termination-notice", "终止审核告知书", "终", [
      "您申请{{itemTitle}}一事，因以下原因终止审核：",
      "{{reasons}}",
      "愿意配合调查核对时，可以再次申请。",
    ]),
    paper("stop-notice", `结束${title}通知书`, "止", [
      "您家的{{itemTitle}}自下月起结束。理由如下：",
      "{{reasons}}",
      "{{remedy}}又遇到困难时，可以再次申请。",
    ]),
  ];
};
