/** The desk of an outside party. Its own transaction reads and answers; the house then takes the answer over. */
import { DomainError } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";
import { ownParty, takeReply } from "../parties.ts";
import { kindOfRegister } from "../party-registers.ts";
import { acceptFile } from "./matching.ts";

type Ids =
  | "partyDesk"
  | "getPartyItem"
  | "replyPartyItem"
  | "partyIdentity"
  | "downloadPartyFile"
  | "deliverPartyFeed"
  | "listParties"
  | "givenOf";

export function partyHandlers(house: House): SomeHandlers<Ids> {
  const { parties, partyBook } = house;
  /** Told as it stands now, also where days alone have passed. Whether it was given to this party is asked first. */
  const tellNow = async (caller: Caller, id: string) => {
    const { kind, subjectId } = await house.read(caller, (tx) => parties.item(tx, id));
    await house.as({ actor: systemActor(caller.actor.countyCode) }, (tx) =>
      parties.tellAgain(tx, kind, subjectId),
    );
  };
  const page = async (caller: Caller, id: string) => {
    await tellNow(caller, id);
    return house.as(caller, (tx) => parties.page(tx, id));
  };
  /** What it was given says that it may; the house then looks it up. */
  const claimed = async (caller: Caller, id: string, what: "identity" | "file") => {
    const item = await house.as(caller, (tx) => parties.claim(tx, id, what));
    return { item, kind: parties.kind(item.kind), house: { actor: systemActor(caller.actor.countyCode) } };
  };
  return {
    partyDesk: async (_input, { caller }) => ({
      party: (await partyBook.name(caller.actor.countyCode, ownParty(caller.actor))) ?? "",
      rows: await house.read(caller, (tx) => parties.desk(tx)),
    }),
    getPartyItem: ({ params }, { caller }) => page(caller, params.id),
    async replyPartyItem({ params, body }, { caller }) {
      const { countyCode, accountId, name } = caller.actor;
      const party = ownParty(caller.actor);
      await house.as(caller, (tx) => parties.reply(tx, params.id, body));
      await takeReply(house, countyCode, { id: body.id, party, accountId: accountId ?? "", byName: name });
      return page(caller, params.id);
    },
    async partyIdentity({ params }, { caller }) {
      const { item, kind, house: as } = await claimed(caller, params.id, "identity");
      return house.as(as, async (tx) => (await kind.identity?.(tx, item.subjectId, item.purpose)) ?? []);
    },
    async downloadPartyFile({ params }, { caller }) {
      const { item, kind, house: as } = await claimed(caller, params.id, "file");
      const file = await house.as(as, async (tx) => kind.file?.(tx, item.subjectId));
      if (!file) throw new DomainError("not-found", "没有可以下载的文件，请刷新页面。");
      return { ...file, mediaType: "application/octet-stream" };
    },
    async deliverPartyFeed({ params, query }, { caller, incoming }) {
      if (!incoming) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      await tellNow(caller, params.id);
      const feed = await house.read(caller, (tx) => parties.feedOf(tx, params.id));
      const party = (await partyBook.name(caller.actor.countyCode, ownParty(caller.actor))) ?? "";
      const actor = {
        ...systemActor(caller.actor.countyCode),
        name: `${party} ${caller.actor.name}`.slice(0, 50),
      };
      await acceptFile(house, actor, incoming, { id: query.id, feed, origin: "console", asOf: query.asOf });
      return page(caller, params.id);
    },
    givenOf: ({ params: { register, id } }, { caller }) =>
      house.read(caller, async (tx) => {
        const { countyCode } = caller.actor;
        const accounts = await house.access.parties(tx);
        const given = await parties.ofSubject(tx, kindOfRegister(register), id);
        return {
          standing: [...(await house.standingOfEntry(tx, register, id))],
          given: await Promise.all(
            given.map(async ({ party, ...g }) => ({
              ...g,
              party: (await partyBook.name(countyCode, party)) ?? party,
              account: accounts.has(party),
            })),
          ),
        };
      }),
    listParties: (_input, { caller }) => partyBook.choices(caller.actor.countyCode),
  };
}
