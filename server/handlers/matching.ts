/** Lists of other departments, alerts and 核对. Whoever changes something gets the page as it then is. */
import { DomainError, derivedId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "listFeeds"
  | "uploadFeed"
  | "deliverFeed"
  | "getDelivery"
  | "listFeedTokens"
  | "makeFeedToken"
  | "revokeFeedToken"
  | "listFeedRuns"
  | "listAlertRules"
  | "listAlerts"
  | "getAlert"
  | "judgeAlert"
  | "listChecks"
  | "makeCheck"
  | "batchCheck"
  | "getCheck"
  | "objectCheck"
  | "answerCheck";

export function matchingHandlers(house: House): SomeHandlers<Ids> {
  const { matching } = house;
  const { checks } = matching;
  const then = (caller: Caller, id: string, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return checks.page(tx, id);
    });
  /** Of a run, what its department may know; its own number for it is not ours. */
  const delivery = (id: string, run: Awaited<ReturnType<typeof matching.run>>) => {
    const { state, stateLabel, refusal, rows, broken, brokenRows } = run;
    return { id, state, stateLabel, refusal, rows, broken, brokenRows };
  };
  return {
    async deliverFeed({ params: { feed }, query }, { bearer, incoming }) {
      const { tokenId, actor } = await matching.tokens.admit(house.db, bearer, feed, true);
      if (!incoming) throw new DomainError("bad-file", "没有收到文件，请把文件放在表单的一个字段里重传。");
      const id = derivedId(tokenId, query.id);
      const known = await house.read({ actor }, (tx) => matching.knows(tx, id));
      // Sent again because the answer was lost: the file is read to its end, and nothing changes.
      if (known) incoming.stream.resume();
      else await matching.save(actor.countyCode, id, incoming.stream);
      return house.as({ actor }, async (tx) => {
        if (!known)
          await matching.receive(tx, {
            ...{ id, feed, origin: "api" as const, fileName: incoming.name, asOf: query.asOf },
          });
        return delivery(query.id, await matching.run(tx, id));
      });
    },
    async getDelivery({ params: { feed, id } }, { bearer }) {
      const { tokenId, actor } = await matching.tokens.admit(house.db, bearer, feed, false);
      return house.read({ actor }, async (tx) =>
        delivery(id, await matching.run(tx, derivedId(tokenId, id))),
      );
    },
    listFeedTokens: (_input, { caller }) => house.read(caller, (tx) => matching.tokens.list(tx)),
    makeFeedToken: ({ body }, { caller }) =>
      house.as(caller, async (tx) => ({ token: await matching.tokens.make(tx, body) })),
    revokeFeedToken: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        await matching.tokens.revoke(tx, params.id);
        return matching.tokens.list(tx);
      }),
    listFeeds: (_input, { caller }) => house.read(caller, (tx) => matching.feeds(tx)),
    async uploadFeed({ params, query }, { caller, incoming }) {
      if (!incoming) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      matching.feedOf(params.feed);
      await matching.save(caller.actor.countyCode, query.id, incoming.stream);
      return house.as(caller, async (tx) => {
        await matching.receive(tx, {
          ...{
            id: query.id,
            feed: params.feed,
            origin: "console",
            fileName: incoming.name,
            asOf: query.asOf,
          },
        });
        return matching.run(tx, query.id);
      });
    },
    listFeedRuns: ({ query }, { caller }) => house.read(caller, (tx) => matching.runs(tx, query)),
    listAlertRules: (_input, { caller }) => house.read(caller, (tx) => matching.rules(tx)),
    listAlerts: ({ query }, { caller }) => house.read(caller, (tx) => matching.alerts(tx, query)),
    getAlert: ({ params }, { caller }) => house.as(caller, (tx) => matching.alert(tx, params.id)),
    judgeAlert: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await matching.judge(tx, params.id, body);
        return matching.alert(tx, params.id);
      }),
    listChecks: ({ query }, { caller }) =>
      house.read(caller, (tx) => checks.list(tx, { ...query, differing: query.differing === "true" })),
    makeCheck: ({ body }, { caller }) => then(caller, body.id, (tx) => checks.make(tx, body)),
    batchCheck: ({ body }, { caller }) => house.as(caller, (tx) => checks.batch(tx, body)),
    getCheck: ({ params }, { caller }) => house.as(caller, (tx) => checks.page(tx, params.id)),
    objectCheck: ({ params, body }, { caller }) =>
      then(caller, params.id, (tx) => checks.object(tx, params.id, body)),
    answerCheck: ({ params, body }, { caller }) =>
      then(caller, body.id, (tx) => checks.answer(tx, params.id, body)),
  };
}
