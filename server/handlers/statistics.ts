/** Statutory tables. Whoever changes one gets the page as it then is. */
import { XLSX } from "@wuxin/engines/documents";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listStatistics"
  | "openStatistic"
  | "getStatistic"
  | "traceStatistic"
  | "actOnStatistic"
  | "reopenStatistic"
  | "enterStatisticCode"
  | "exportStatistic";

const MEDIA = {
  csv: "text/csv; charset=utf-8",
  xlsx: XLSX,
} as const;

export function statisticHandlers(house: House): SomeHandlers<Ids> {
  const { statistics } = house;
  return {
    listStatistics: ({ query }, { caller }) =>
      house.read(caller, (tx) => statistics.list(tx, query.division)),
    openStatistic: ({ body }, { caller }) => house.as(caller, (tx) => statistics.open(tx, body)),
    getStatistic: ({ params }, { caller }) => house.read(caller, (tx) => statistics.page(tx, params.id)),
    traceStatistic: ({ params, query }, { caller }) =>
      house.read(caller, (tx) => statistics.trace(tx, params.id, query.cell)),
    actOnStatistic: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => statistics.act(tx, params.id, body)),
    reopenStatistic: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => statistics.reopen(tx, params.id, body)),
    enterStatisticCode: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => statistics.enterCode(tx, params.id, body)),
    exportStatistic: ({ params, query }, { caller }) =>
      house.as(caller, async (tx) => {
        const { name, bytes, format } = await statistics.exportFile(tx, params.id, query.format);
        return { name, bytes, mediaType: MEDIA[format] };
      }),
  };
}
