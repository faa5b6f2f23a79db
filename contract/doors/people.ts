import { z } from "zod";
import { Ok, paged } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import * as people from "../people.ts";
import * as reprice from "../reprice.ts";
import { READERS } from "./who.ts";

export const peopleDoors = {
  getPerson: ep({ summary: "个人页", access: READERS, params: id, response: people.PersonPage }),
  getHousehold: ep({ summary: "家庭页", access: READERS, params: id, response: people.HouseholdPage }),
  changeHousehold: ep({
    summary: "家庭变更",
    access: ["township", "county"],
    params: id,
    body: people.HouseholdChange,
    response: Ok,
  }),
  unmask: ep({
    summary: "查看完整号码（留痕）",
    access: ["township", "county", "finance", "auditor"],
    params: id,
    body: people.Unmask,
    response: people.Unmasked,
  }),
  setBankAccount: ep({
    summary: "更正收款账户",
    access: ["township", "county"],
    params: id,
    body: people.SetBankAccount,
    response: Ok,
  }),
  reportDeath: ep({
    summary: "登记死亡",
    access: ["village", "township", "county"],
    params: id,
    body: people.ReportDeath,
    response: people.DeathReported,
  }),
  askDeathCorrection: ep({
    summary: "提出更正死亡登记",
    access: ["township", "county"],
    params: id,
    body: people.AskDeathCorrection,
    response: Ok,
  }),
  answerDeathCorrection: ep({
    summary: "确认或不同意更正死亡登记",
    access: ["county"],
    params: id,
    body: people.AnswerDeathCorrection,
    response: people.DeathCorrected,
  }),
  withdrawDeathCorrection: ep({
    summary: "撤回更正死亡登记",
    access: ["township", "county"],
    params: id,
    response: Ok,
  }),
  tellDeathCorrection: ep({
    summary: "登记已告知部门死亡登记更正",
    access: ["county"],
    params: id,
    response: Ok,
  }),
  listRelativeFilings: ep({
    summary: "近亲属备案",
    access: ["township", "county", "leader", "auditor"],
    response: z.array(people.RelativeFiling),
  }),
  listEntitlements: ep({
    summary: "在享待遇",
    access: READERS,
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(200).default(20),
      item: z.string().optional(),
      due: z.enum(["true"]).optional(),
      division: z.string().optional(),
      state: z.enum(["active", "suspended", "ended"]).optional(),
      q: z.string().max(50).optional(),
    }),
    response: paged(people.EntitlementRow),
  }),
  getEntitlement: ep({ summary: "待遇详情", access: READERS, params: id, response: people.EntitlementPage }),
  recordReview: ep({
    summary: "登记复核或生存认证",
    access: ["village", "township", "county"],
    params: id,
    body: people.RecordReview,
    response: people.EntitlementPage,
  }),
  confirmChange: ep({
    summary: "确认待遇变动",
    access: ["county"],
    params: id,
    body: reprice.ConfirmChange,
    response: people.EntitlementPage,
  }),
};
