/** The house itself: calendar, audit, accounts. */
import { Readable } from "node:stream";
import { partyOf } from "@wuxin/engines/parties";
import { placeMoved } from "@wuxin/engines/plans";
import { systemActor } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "getCalendar"
  | "saveCalendar"
  | "listAudit"
  | "listAuditExports"
  | "requestAuditExport"
  | "downloadAuditExport"
  | "verifyChains"
  | "listAccounts"
  | "createAccount"
  | "updateAccount";

export function houseHandlers(house: House): SomeHandlers<Ids> {
  const { db, access, audit, calendar, counties, partyBook } = house;
  type Account = Awaited<ReturnType<typeof access.listAccounts>>[number];
  const row = (countyCode: string) => async (a: Account) => ({
    id: a.id,
    loginName: a.loginName,
    name: a.name,
    role: a.role,
    roleName: a.roleName,
    scope: a.scope,
    scopeName: a.party
      ? ((await partyBook.name(countyCode, a.party)) ?? "已撤并或停用")
      : a.scope === ""
        ? ""
        : counties.divisionName(countyCode, a.scope),
    active: a.active,
    locked: a.locked,
    totpEnabled: a.totpEnabled,
    lastLoginAt: a.lastLoginAt,
  });
  return {
    getCalendar: ({ params }, { caller }) => house.read(caller, (tx) => calendar.getYear(tx, params.year)),
    async saveCalendar({ params, body }, { caller }) {
      const year = await house.as(caller, (tx) => calendar.saveYear(tx, params.year, body));
      // Every running clock counts the days as they are now.
      await house.as({ actor: systemActor(caller.actor.countyCode) }, (tx) => house.cases.redateClocks(tx));
      return year;
    },
    listAudit: ({ query }, { caller }) => house.as(caller, (tx) => audit.list(tx, query)),
    listAuditExports: (_input, { caller }) => house.read(caller, (tx) => house.exports.list(tx)),
    requestAuditExport: ({ body }, { caller }) => house.as(caller, (tx) => house.exports.request(tx, body)),
    async downloadAuditExport({ params }, { caller }) {
      const { content, ...file } = await house.as(caller, (tx) => house.exports.download(tx, params.id));
      return { ...file, bytes: Readable.from(content) };
    },
    async verifyChains(_input, { caller }) {
      await house.as(caller, (tx) => audit.record(tx, { action: "audit.verify", object: "chain" }));
      return { chains: await audit.verify(db, caller.actor.countyCode) };
    },
    async listAccounts(_input, { caller }) {
      const all = await house.read(caller, (tx) => access.listAccounts(tx));
      return Promise.all(all.map(row(caller.actor.countyCode)));
    },
    async createAccount({ body }, { caller }) {
      const made = await house.as(caller, async (tx) => {
        const account = await access.createAccount(tx, body);
        const party = body.party === undefined ? undefined : partyOf(body.party);
        // What campaigns found before it could log in.
        if (party?.kind === "institution") await placeMoved(tx, { entryId: party.id });
        return account;
      });
      return row(caller.actor.countyCode)(made);
    },
    async updateAccount({ params, body }, { caller }) {
      return row(caller.actor.countyCode)(
        await house.as(caller, (tx) => access.updateAccount(tx, params.id, body)),
      );
    },
  };
}
