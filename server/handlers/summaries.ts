/** Summaries. Whoever changes one gets the page as it then is. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listSummaries"
  | "getSummary"
  | "beginSummary"
  | "saveSummary"
  | "insertSummaryFigure"
  | "refreshSummary"
  | "explainSummaryNumber"
  | "signSummary"
  | "downloadSummary";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export function summaryHandlers(house: House): SomeHandlers<Ids> {
  const { summaries } = house;
  return {
    listSummaries: (_input, { caller }) =>
      house.read(caller, async (tx) => ({ rows: await summaries.list(tx) })),
    getSummary: ({ params }, { caller }) => house.read(caller, (tx) => summaries.page(tx, params.id)),
    beginSummary: ({ body }, { caller }) => house.as(caller, (tx) => summaries.begin(tx, body)),
    saveSummary: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => summaries.save(tx, params.id, body)),
    insertSummaryFigure: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => summaries.insert(tx, params.id, body)),
    refreshSummary: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => summaries.refresh(tx, params.id, body)),
    explainSummaryNumber: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => summaries.explain(tx, params.id, body)),
    signSummary: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => summaries.sign(tx, params.id, body.version)),
    downloadSummary: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        const { name, bytes } = await summaries.download(tx, params.id);
        return { name, mediaType: DOCX, bytes: Buffer.from(bytes) };
      }),
  };
}
