/** 提标, changes of an entitlement between two decisions, 追缴. Whoever changes gets the page as it then is. */
import { DomainError } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listReprices"
  | "openReprice"
  | "getReprice"
  | "listRepriceHouseholds"
  | "listRepriceNotices"
  | "issueRepriceNotices"
  | "releaseReprice"
  | "pauseReprice"
  | "resumeReprice"
  | "cancelReprice"
  | "explainAmount"
  | "issueNotice"
  | "previewChange"
  | "confirmChange"
  | "getReshapeForm"
  | "previewReshape"
  | "proposeReshape"
  | "listReshapes"
  | "getReshape"
  | "confirmReshape"
  | "rejectReshape"
  | "withdrawReshape"
  | "listRecoveries"
  | "getRecovery"
  | "confirmRecovery"
  | "dismissRecovery"
  | "repayRecovery"
  | "askRecovery"
  | "answerRecovery";

export function repriceHandlers(house: House): SomeHandlers<Ids> {
  const { entitlements } = house;
  const { repricing, reshaping, notices } = entitlements;
  const { recoveries } = house.payments;
  if (!repricing || !reshaping || !notices)
    throw new Error("the house is composed with repricing and reshaping");
  return {
    listReprices: (_input, { caller }) => house.read(caller, (tx) => repricing.list(tx)),
    openReprice: ({ body }, { caller }) => house.as(caller, (tx) => repricing.open(tx, body)),
    getReprice: ({ params }, { caller }) => house.as(caller, (tx) => repricing.page(tx, params.id)),
    listRepriceHouseholds: ({ params, query }, { caller }) =>
      house.as(caller, (tx) => repricing.households(tx, params.id, query)),
    listRepriceNotices: ({ params, query }, { caller }) =>
      house.as(caller, (tx) => repricing.notices(tx, params.id, query)),
    issueRepriceNotices: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => notices.issueOfRun(tx, params.id, body)),
    releaseReprice: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => repricing.release(tx, params.id, body)),
    pauseReprice: ({ params }, { caller }) => house.as(caller, (tx) => repricing.pause(tx, params.id)),
    resumeReprice: ({ params }, { caller }) => house.as(caller, (tx) => repricing.resume(tx, params.id)),
    cancelReprice: ({ params }, { caller }) => house.as(caller, (tx) => repricing.cancel(tx, params.id)),
    async explainAmount({ params }, { caller }) {
      const told = await house.as(caller, (tx) => repricing.explainAmount(tx, params.id, Number(params.seq)));
      if (told === null)
        throw new DomainError("not-found", "当时的规则文本已经取不到，不能逐步重算；金额和原因仍在这一行。");
      return told;
    },
    issueNotice: ({ params }, { caller }) =>
      house.as(caller, (tx) => notices.issue(tx, params.id, Number(params.seq))),
    previewChange: ({ params, body }, { caller }) =>
      house.read(caller, (tx) => entitlements.previewChange(tx, params.id, body)),
    confirmChange: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => entitlements.change(tx, params.id, { ...body.change, id: body.id })),
    getReshapeForm: ({ params }, { caller }) => house.read(caller, (tx) => reshaping.form(tx, params.id)),
    previewReshape: ({ params, body }, { caller }) =>
      house.read(caller, (tx) => reshaping.preview(tx, params.id, body)),
    proposeReshape: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => reshaping.propose(tx, params.id, { ...body.reshape, id: body.id })),
    listReshapes: ({ params }, { caller }) => house.read(caller, (tx) => reshaping.of(tx, params.id)),
    getReshape: ({ params }, { caller }) => house.as(caller, (tx) => reshaping.page(tx, params.id)),
    confirmReshape: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => reshaping.confirm(tx, params.id, body)),
    rejectReshape: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => reshaping.reject(tx, params.id, body)),
    withdrawReshape: ({ params }, { caller }) => house.as(caller, (tx) => reshaping.withdraw(tx, params.id)),
    listRecoveries: ({ query }, { caller }) => house.as(caller, (tx) => recoveries.list(tx, query)),
    getRecovery: ({ params }, { caller }) => house.as(caller, (tx) => recoveries.page(tx, params.id)),
    confirmRecovery: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => recoveries.confirm(tx, params.id, body)),
    dismissRecovery: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => recoveries.dismiss(tx, params.id, body)),
    repayRecovery: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => recoveries.repay(tx, params.id, body)),
    askRecovery: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => recoveries.ask(tx, params.id, body)),
    answerRecovery: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => recoveries.answer(tx, params.id, body)),
  };
}
