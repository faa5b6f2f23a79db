/** What was paid, asked again, and the month's report. Whoever changes something gets the report as it then is. */
import { newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids = "getMoneyReport" | "exportMoneyReport" | "runRecheck" | "decideFinding";
const MEDIA = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  csv: "text/csv",
} as const;

export function moneyReportHandlers(house: House): SomeHandlers<Ids> {
  const { monthly, payments, clues, clock } = house;
  const then = (caller: Caller, work: (tx: Tx) => Promise<string>) =>
    house.as(caller, async (tx) => monthly.page(tx, await work(tx)));
  return {
    getMoneyReport: ({ query }, { caller }) => house.as(caller, (tx) => monthly.page(tx, query.month)),
    exportMoneyReport: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const { name, bytes } = await monthly.file(tx, query.month, query.format);
        return { name, mediaType: MEDIA[query.format], bytes: Buffer.from(bytes) };
      }),
    runRecheck: ({ body }, { caller }) =>
      then(caller, async (tx) => {
        await payments.rechecks.run(tx, body.month);
        return body.month;
      }),
    decideFinding: ({ body }, { caller }) =>
      then(caller, async (tx) => {
        const f = await payments.rechecks.finding(tx, body.lineId, body.rule);
        const opens = body.outcome === "clue" && f.outcome === null;
        const clueId = newId();
        await payments.rechecks.decide(tx, { ...body, ...(opens ? { clueId } : {}) });
        if (opens)
          await clues.report(tx, {
            ...{ id: clueId, source: "department", sourceName: "发放后复查", level: "", proposes: "review" },
            ...{ personId: f.payeeId, name: "", phone: "", address: "", divisionCode: f.divisionCode },
            ...{
              title: `发放后复查：${f.rosterTitle}`,
              reason: `${f.reason}。${body.note}`,
              occurredOn: clock.today(),
            },
          });
        return f.rosterMonth;
      }),
  };
}
