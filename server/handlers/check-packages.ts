/** 委托核对批次. Whoever changes something gets the page as it then is. */
import { XLSX } from "@wuxin/engines/documents";
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "listCheckPackages"
  | "listCheckWaiting"
  | "getCheckPackage"
  | "makeCheckPackage"
  | "sendCheckPackage"
  | "dropCheckPackage"
  | "withdrawCheckPackage"
  | "downloadCheckPackage"
  | "receiveCheckReceipt"
  | "uploadCheckAnswers";

export function checkPackageHandlers(house: House): SomeHandlers<Ids> {
  const { packages } = house.matching;
  const then = (caller: Caller, id: string, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return packages.page(tx, id);
    });
  return {
    listCheckPackages: (_input, { caller }) => house.read(caller, (tx) => packages.overview(tx)),
    listCheckWaiting: ({ query }, { caller }) => house.read(caller, (tx) => packages.waiting(tx, query.kind)),
    getCheckPackage: ({ params }, { caller }) => house.as(caller, (tx) => packages.page(tx, params.id)),
    makeCheckPackage: ({ body }, { caller }) => then(caller, body.id, (tx) => packages.make(tx, body)),
    sendCheckPackage: ({ params }, { caller }) =>
      then(caller, params.id, (tx) => packages.send(tx, params.id)),
    dropCheckPackage: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        await packages.drop(tx, params.id);
        return packages.overview(tx);
      }),
    withdrawCheckPackage: ({ params, body }, { caller }) =>
      then(caller, params.id, (tx) => packages.withdraw(tx, params.id, body.reason)),
    downloadCheckPackage: ({ params }, { caller }) =>
      house.as(caller, async (tx) => ({ ...(await packages.file(tx, params.id)), mediaType: XLSX })),
    receiveCheckReceipt: ({ params, body }, { caller }) =>
      then(caller, params.id, (tx) => packages.receipt(tx, params.id, body)),
    async uploadCheckAnswers({ params, query }, { caller, file }) {
      if (!file) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      const answer = { id: query.id, fileName: file.name, bytes: file.bytes };
      return then(caller, params.id, (tx) => packages.take(tx, answer, params.id));
    },
  };
}
