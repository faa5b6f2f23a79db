/** The fund ledger. Whoever changes it gets the page as it then is. */
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "getFunds"
  | "listFundJournal"
  | "allocateFunds"
  | "recoverFunds"
  | "reverseFundJournal"
  | "requestFundOverride"
  | "approveFundOverride"
  | "refuseFundOverride"
  | "askOutlay"
  | "askOutlayBack"
  | "decideOutlay"
  | "allotFunds"
  | "withdrawAllotment"
  | "getFundPublicity"
  | "draftFundUse"
  | "decideFundUse"
  | "takeDownFundUse"
  | "listFundObjections"
  | "recordFundObjection"
  | "answerFundObjection"
  | "listSpotChecks"
  | "getSpotCheck"
  | "drawSpotCheck"
  | "redrawSpotCheck"
  | "actOnSpotCheck";

export function fundHandlers(house: House): SomeHandlers<Ids> {
  const { funds, spotChecks } = house;
  const { objections } = house.payments;
  const then = (caller: Caller, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return funds.view(tx);
    });
  const published = (caller: Caller, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return funds.publicity.list(tx);
    });
  /** Each with the name of the period that it is against. */
  async function fundObjections(tx: Tx) {
    const titles = new Map((await funds.publicity.list(tx)).list.map((p) => [p.id, p.title]));
    return (await objections.ofFunds(tx)).map((o) => ({
      ...o,
      itemTitle: (o.fundPublicityId && titles.get(o.fundPublicityId)) ?? o.itemTitle,
    }));
  }
  return {
    getFunds: ({ query }, { caller }) => house.as(caller, (tx) => funds.page(tx, query)),
    listFundJournal: ({ query }, { caller }) => house.as(caller, (tx) => funds.journal(tx, query)),
    allocateFunds: ({ body }, { caller }) => then(caller, (tx) => funds.allocate(tx, body)),
    recoverFunds: ({ body }, { caller }) => then(caller, (tx) => funds.recover(tx, body)),
    reverseFundJournal: ({ params, body }, { caller }) =>
      then(caller, (tx) => funds.reverse(tx, params.id, body)),
    requestFundOverride: ({ body }, { caller }) => then(caller, (tx) => funds.requestOverride(tx, body)),
    approveFundOverride: ({ params }, { caller }) =>
      then(caller, (tx) => funds.approveOverride(tx, params.id)),
    refuseFundOverride: ({ params, body }, { caller }) =>
      then(caller, (tx) => funds.refuseOverride(tx, params.id, body)),
    askOutlay: ({ body }, { caller }) => then(caller, (tx) => funds.askOutlay(tx, body)),
    askOutlayBack: ({ params, body }, { caller }) =>
      then(caller, (tx) => funds.askOutlayBack(tx, params.id, body)),
    decideOutlay: ({ params, body }, { caller }) =>
      then(caller, (tx) => funds.decideOutlay(tx, params.id, body)),
    allotFunds: ({ body }, { caller }) => then(caller, (tx) => funds.allot(tx, body)),
    withdrawAllotment: ({ params, body }, { caller }) =>
      then(caller, (tx) => funds.withdrawAllotment(tx, params.id, body)),
    getFundPublicity: (_, { caller }) => house.read(caller, (tx) => funds.publicity.list(tx)),
    draftFundUse: ({ body }, { caller }) => published(caller, (tx) => funds.publicity.draft(tx, body)),
    decideFundUse: ({ params, body }, { caller }) =>
      published(caller, (tx) => funds.publicity.decide(tx, params.id, body)),
    takeDownFundUse: ({ params, body }, { caller }) =>
      published(caller, (tx) => funds.publicity.takeDown(tx, params.id, body)),
    listFundObjections: (_, { caller }) => house.read(caller, fundObjections),
    recordFundObjection: ({ body: { publicityId, ...body } }, { caller }) =>
      house.as(caller, async (tx) => {
        await objections.recordOfFunds(tx, await funds.publicity.notice(tx, publicityId), body);
        return fundObjections(tx);
      }),
    answerFundObjection: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await objections.answer(tx, params.id, body);
        return fundObjections(tx);
      }),
    listSpotChecks: (_, { caller }) => house.read(caller, (tx) => spotChecks.list(tx)),
    getSpotCheck: ({ params }, { caller }) => house.read(caller, (tx) => spotChecks.page(tx, params.id)),
    drawSpotCheck: ({ body }, { caller }) => house.as(caller, (tx) => spotChecks.draw(tx, body)),
    redrawSpotCheck: ({ params }, { caller }) => house.as(caller, (tx) => spotChecks.redraw(tx, params.id)),
    actOnSpotCheck: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => spotChecks.act(tx, params.id, params.entitlement, body)),
  };
}
