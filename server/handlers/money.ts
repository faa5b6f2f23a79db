/** Rosters, bank files and returns. */
import { Readable } from "node:stream";
import { DomainError, monthOf, newId } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listRosters"
  | "generateRoster"
  | "getRoster"
  | "listRosterLines"
  | "holdLine"
  | "releaseLine"
  | "getRosterPublicities"
  | "publishRoster"
  | "takeDownRoster"
  | "listRosterObjections"
  | "recordObjection"
  | "answerObjection"
  | "getLineChoice"
  | "chooseLine"
  | "listOverlaps"
  | "listRedFlags"
  | "signRoster"
  | "discardRoster"
  | "exportBankFile"
  | "getFileMakings"
  | "downloadBankFile"
  | "loadReturn"
  | "getReturn"
  | "listFailures"
  | "reissue";

export function moneyHandlers(house: House): SomeHandlers<Ids> {
  const { payments } = house;
  return {
    listRosters: ({ query }, { caller }) => house.read(caller, (tx) => payments.list(tx, query)),
    generateRoster: ({ body }, { caller }) => house.as(caller, (tx) => payments.generate(tx, body)),
    getRoster: ({ params }, { caller }) => house.as(caller, (tx) => payments.page(tx, params.id)),
    listRosterLines: ({ params, query }, { caller }) =>
      house.as(caller, (tx) => payments.listLines(tx, params.id, query)),
    holdLine: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.hold(tx, params.id, params.lineId, body)),
    releaseLine: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.release(tx, params.id, params.lineId, body)),
    getRosterPublicities: ({ params }, { caller }) =>
      house.read(caller, (tx) => payments.publicities(tx, params.id)),
    publishRoster: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.publish(tx, params.id, body)),
    takeDownRoster: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.takeDown(tx, params.id, params.publicityId, body)),
    listRosterObjections: ({ params }, { caller }) =>
      house.read(caller, (tx) => payments.objections.ofRoster(tx, params.id)),
    recordObjection: ({ params, body: { publicityId, ...body } }, { caller }) =>
      house.as(caller, async (tx) => {
        await payments.objections.record(tx, publicityId, body);
        return payments.objections.ofRoster(tx, params.id);
      }),
    answerObjection: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await payments.objections.answer(tx, params.objectionId, body);
        return payments.objections.ofRoster(tx, params.id);
      }),
    getLineChoice: ({ params }, { caller }) =>
      house.read(caller, (tx) => payments.choice(tx, params.id, params.lineId)),
    chooseLine: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.choose(tx, params.id, params.lineId, body)),
    listOverlaps: async ({ query }, { caller }) =>
      house.overlaps.list(caller.actor.countyCode, query.month ?? monthOf(house.clock.today())),
    listRedFlags: async ({ query }, { caller }) =>
      house.redFlags.list(caller.actor.countyCode, query.month ?? monthOf(house.clock.today())),
    signRoster: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.sign(tx, params.id, body)),
    discardRoster: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.discard(tx, params.id, body)),
    exportBankFile: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.askBankFile(tx, params.id, body)),
    getFileMakings: ({ params }, { caller }) =>
      house.read(caller, (tx) => payments.bankFileMakings(tx, params.id)),
    async downloadBankFile({ params }, { caller }) {
      const { pieces, ...file } = await house.as(caller, (tx) => payments.openBankFile(tx, params.id));
      async function* bytes() {
        for (let no = 0; no < pieces; no++)
          yield await house.read(caller, (tx) => payments.bankFilePiece(tx, params.id, no));
      }
      return { ...file, bytes: Readable.from(bytes()) };
    },
    async loadReturn({ params }, { caller, incoming }) {
      if (!incoming) throw new DomainError("bad-file", "没有收到回盘文件，请重新选择。");
      const { name: fileName, stream } = incoming;
      try {
        return await house.as(caller, (tx) =>
          payments.receiveReturn(tx, params.id, { id: newId(), fileName }, stream),
        );
      } finally {
        // What was refused at its beginning is read to its end, so that the answer arrives.
        stream.resume();
      }
    },
    getReturn: ({ params }, { caller }) => house.read(caller, (tx) => payments.returnIntake(tx, params.id)),
    listFailures: (_input, { caller }) => house.as(caller, (tx) => payments.failures(tx)),
    reissue: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => payments.reissue(tx, params.id, body)),
  };
}
