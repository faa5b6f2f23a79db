/** 整改通知单: issued by the county with the township's figures of the month, answered, taken or sent back. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";
import { supervisionOf } from "../supervision.ts";

type Ids = "listRectifications" | "issueRectification" | "getRectification" | "actOnRectification";

export function rectificationHandlers(house: House): SomeHandlers<Ids> {
  const { rectifications } = house.clues;
  return {
    listRectifications: ({ query }, { caller }) =>
      house.read(caller, async (tx) => ({
        ...(await rectifications.list(tx, query)),
        issueFields: [...rectifications.issueFields],
      })),
    issueRectification: ({ body }, { caller }) =>
      house.as(caller, async (tx) => {
        const row = (await supervisionOf(house, tx, body.month)).find(
          (r) => r.divisionCode === body.divisionCode,
        );
        const of = (n: number, all: number, none = "没有到期") => (all === 0 ? none : `${n}／${all}`);
        await rectifications.issue(tx, {
          ...body,
          figures: row
            ? [
                { label: "下发线索", value: `${row.dispatched} 条` },
                { label: "按时上门", value: of(row.onTime, row.due) },
                { label: "退回、催办", value: `${row.returned} 次、${row.urged} 次` },
                { label: "抽查一致", value: of(row.agreed, row.rechecked, "没有抽查") },
                { label: "走访按时完成", value: of(row.visitsDone, row.visitsDue) },
                { label: "走访超期", value: `${row.visitsLate} 户` },
                { label: "得分", value: row.score === null ? "—" : String(row.score) },
              ]
            : [],
        });
        return rectifications.page(tx, body.id);
      }),
    getRectification: ({ params }, { caller }) =>
      house.read(caller, (tx) => rectifications.page(tx, params.id)),
    actOnRectification: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await rectifications.act(tx, params.id, body);
        return rectifications.page(tx, params.id);
      }),
  };
}
