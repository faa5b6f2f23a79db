/** 帮扶措施 of a household: read, and each step. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

export function measureHandlers(house: House): SomeHandlers<"getMeasures" | "actOnMeasures"> {
  const { measures } = house.clues;
  return {
    getMeasures: ({ params }, { caller }) => house.read(caller, (tx) => measures.page(tx, params.id)),
    actOnMeasures: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await measures.act(tx, params.id, body);
        // Told at the desk: nobody has to go any more.
        if (body.action === "return") await house.duties.lookedAtDesk(tx, params.id);
        return measures.page(tx, params.id);
      }),
  };
}
