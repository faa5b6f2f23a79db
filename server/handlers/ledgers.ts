/** Registers and indicators. */
import type { Values } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "listRegisters"
  | "getRegister"
  | "listEntries"
  | "getEntry"
  | "saveEntry"
  | "importEntries"
  | "addLedgerRow"
  | "addCheck"
  | "listIndicators"
  | "drillIndicator"
  | "indicatorPlaces"
  | "getSnapshots"
  | "correctSnapshot"
  | "decideCorrection"
  | "explainJump"
  | "freezeMonth";

export function ledgerHandlers(house: House): SomeHandlers<Ids> {
  const { registers, indicators } = house;
  const placeOf = (caller: Caller, division: string | undefined) => division || caller.actor.scope;
  return {
    listRegisters: (_input, { caller }) => house.read(caller, (tx) => registers.list(tx)),
    getRegister: ({ params }, { caller }) => house.read(caller, (tx) => registers.get(tx, params.register)),
    listEntries: ({ params, query }, { caller }) =>
      house.read(caller, (tx) => registers.listEntries(tx, params.register, query)),
    getEntry: ({ params }, { caller }) =>
      house.as(caller, (tx) => registers.getEntry(tx, params.register, params.id)),
    saveEntry: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => registers.saveEntry(tx, params.register, params.id, body)),
    importEntries({ params, query }, { caller, file }) {
      if (!file) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      const given = { fileName: file.name, bytes: file.bytes, values: valuesIn(query.values) };
      return query.digest === undefined
        ? house.read(caller, (tx) => registers.lookAtImport(tx, params.register, given))
        : house.as(caller, (tx) => registers.import(tx, params.register, given, query.digest!));
    },
    addLedgerRow: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => registers.addRow(tx, params.register, params.id, params.ledger, body)),
    addCheck: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => registers.addCheck(tx, params.register, params.id, body)),
    listIndicators: ({ query }, { caller }) => house.read(caller, (tx) => indicators.list(tx, query)),
    drillIndicator: ({ params, query }, { caller }) =>
      house.as(caller, (tx) => indicators.drill(tx, params.code, query)),
    indicatorPlaces: ({ params, query }, { caller }) =>
      house.read(caller, (tx) => indicators.places(tx, params.code, query)),
    getSnapshots: ({ params, query }, { caller }) =>
      house.read(caller, (tx) =>
        indicators.page(tx, params.code, query.month, placeOf(caller, query.division)),
      ),
    correctSnapshot: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        const division = placeOf(caller, body.division);
        await indicators.correct(tx, { ...body, code: params.code, division });
        return indicators.page(tx, params.code, body.month, division);
      }),
    decideCorrection: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        const { accept, note, along } = body;
        await indicators.decide(tx, { id: params.correction, accept, note, along });
        return indicators.page(tx, params.code, body.month, placeOf(caller, body.division));
      }),
    explainJump: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await indicators.explain(tx, {
          ...body,
          code: params.code,
          division: placeOf(caller, body.division),
        });
        return { ok: true as const };
      }),
    freezeMonth: ({ body }, { caller }) =>
      house.as(caller, async (tx) => ({ frozen: await indicators.freeze(tx, body.month) })),
  };
}

/** What the form beside a file says. */
function valuesIn(text: string): Values {
  try {
    const said: unknown = JSON.parse(text);
    if (said !== null && typeof said === "object" && !Array.isArray(said)) return said as Values;
  } catch {
    // Told below.
  }
  throw new DomainError("invalid-input", "随文件填写的内容读不懂，请刷新页面后重填。", { field: "values" });
}
