/** Lists of other departments, alerts and 核对. Whoever changes something gets the page as it then is. */
import { DomainError, derivedId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { Call, Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "listFeeds"
  | "uploadFeed"
  | "deliverFeed"
  | "getDelivery"
  | "listFeedTokens"
  | "makeFeedToken"
  | "revokeFeedToken"
  | "listFeedConnectors"
  | "saveFeedConnector"
  | "switchFeedConnector"
  | "askFeedConnector"
  | "listFeedRuns"
  | "judgeFall"
  | "listAlertRules"
  | "listAlerts"
  | "getAlert"
  | "judgeAlert"
  | "listChecks"
  | "listSupporters"
  | "nameSupporter"
  | "redeclareSupporter"
  | "authoriseSupporter"
  | "removeSupporter"
  | "makeCheck"
  | "batchCheck"
  | "getCheck"
  | "objectCheck"
  | "answerCheck";

/**
 * A file as it comes becomes a run. Sent again, because the answer was lost, it is read to its end and changes nothing:
 * the file of a run that waits is never written over.
 */
export async function acceptFile(
  house: House,
  actor: Actor,
  incoming: NonNullable<Call["incoming"]>,
  r: Omit<Parameters<House["matching"]["receive"]>[1], "fileName">,
) {
  const { matching } = house;
  if (await house.read({ actor }, (tx) => matching.knows(tx, r.id))) incoming.stream.resume();
  else await matching.save(actor.countyCode, r.id, incoming.stream);
  return house.as({ actor }, async (tx) => {
    await matching.receive(tx, { ...r, fileName: incoming.name });
    return matching.run(tx, r.id);
  });
}

export function matchingHandlers(house: House): SomeHandlers<Ids> {
  const { matching } = house;
  const { checks, supporters } = matching;
  const then = (caller: Caller, id: string, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return checks.page(tx, id);
    });
  /** A change of one supporter; gives those of his case. */
  const supported = (caller: Caller, id: string, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      const caseId = await supporters.find(tx, id);
      await work(tx);
      return supporters.list(tx, caseId);
    });
  const connected = (caller: Caller, work: (tx: Tx) => Promise<void>) =>
    house.as(caller, async (tx) => {
      await work(tx);
      return matching.connectors.list(tx);
    });
  const alertPage = (caller: Caller, id: string) =>
    house.as(caller, async (tx) => ({
      ...(await matching.alert(tx, id)),
      clue: await house.clues.ofAlert(tx, id),
    }));
  /** A department's own number for its file is not ours; whichever of its tokens for the list asks, it means the same. */
  const deliveredAs = (feed: string, id: string) => derivedId(id, `delivery|${feed}`);
  /** Of a run, what its department may know. */
  const delivery = (id: string, run: Awaited<ReturnType<typeof matching.run>>) => {
    const { state, stateLabel, refusal, rows, broken, brokenRows } = run;
    return { id, state, stateLabel, refusal, rows, broken, brokenRows };
  };
  return {
    async deliverFeed({ params: { feed }, query }, { bearer, incoming }) {
      const actor = await matching.tokens.admit(house.db, bearer, feed, true);
      if (!incoming) throw new DomainError("bad-file", "没有收到文件，请把文件放在表单的一个字段里重传。");
      const run = await acceptFile(house, actor, incoming, {
        ...{ id: deliveredAs(feed, query.id), feed, origin: "api" as const, asOf: query.asOf },
        replaces: query.replaces === "true",
      });
      return delivery(query.id, run);
    },
    async getDelivery({ params: { feed, id } }, { bearer }) {
      const actor = await matching.tokens.admit(house.db, bearer, feed, false);
      return house.read({ actor }, async (tx) => delivery(id, await matching.run(tx, deliveredAs(feed, id))));
    },
    listFeedTokens: (_input, { caller }) => house.read(caller, (tx) => matching.tokens.list(tx)),
    makeFeedToken: ({ body }, { caller }) =>
      house.as(caller, async (tx) => ({ token: await matching.tokens.make(tx, body) })),
    revokeFeedToken: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        await matching.tokens.revoke(tx, params.id);
        return matching.tokens.list(tx);
      }),
    listFeedConnectors: (_input, { caller }) => house.read(caller, (tx) => matching.connectors.list(tx)),
    saveFeedConnector: ({ params, body }, { caller }) =>
      connected(caller, (tx) => matching.connectors.save(tx, params.feed, body)),
    switchFeedConnector: ({ params, body }, { caller }) =>
      connected(caller, (tx) => matching.connectors.switch(tx, params.feed, body.on)),
    askFeedConnector: ({ params }, { caller }) =>
      connected(caller, (tx) => matching.connectors.ask(tx, params.feed)),
    listFeeds: (_input, { caller }) =>
      house.read(caller, async (tx) => {
        const grounds = await house.registers.grounds(tx);
        return (await matching.feeds(tx)).map((f) => ({
          ...f,
          ground: grounds.find((g) => g.feed === f.code) ?? null,
        }));
      }),
    async uploadFeed({ params, query }, { caller, incoming }) {
      if (!incoming) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      matching.feedOf(params.feed);
      const { feed } = params;
      return acceptFile(house, caller.actor, incoming, {
        id: query.id,
        feed,
        origin: "console",
        asOf: query.asOf,
        replaces: query.replaces === "true",
      });
    },
    listFeedRuns: ({ query }, { caller }) => house.read(caller, (tx) => matching.runs(tx, query)),
    judgeFall: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await matching.judgeFall(tx, params.id, body);
        return matching.run(tx, params.id);
      }),
    listAlertRules: (_input, { caller }) => house.read(caller, (tx) => matching.rules(tx)),
    listAlerts: ({ query }, { caller }) => house.read(caller, (tx) => matching.alerts(tx, query)),
    getAlert: ({ params }, { caller }) => alertPage(caller, params.id),
    async judgeAlert({ params, body }, { caller }) {
      await house.as(caller, (tx) => matching.judge(tx, params.id, body));
      // Its clue has heard of it by now.
      return alertPage(caller, params.id);
    },
    listChecks: ({ query }, { caller }) =>
      house.read(caller, (tx) => checks.list(tx, { ...query, differing: query.differing === "true" })),
    listSupporters: ({ params }, { caller }) => house.read(caller, (tx) => supporters.list(tx, params.id)),
    nameSupporter: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await supporters.name(tx, params.id, body);
        return supporters.list(tx, params.id);
      }),
    redeclareSupporter: ({ params, body }, { caller }) =>
      supported(caller, params.id, (tx) => supporters.redeclare(tx, params.id, body)),
    authoriseSupporter: ({ params, body }, { caller }) =>
      supported(caller, params.id, (tx) => supporters.authorise(tx, params.id, body)),
    removeSupporter: ({ params, body }, { caller }) =>
      supported(caller, params.id, (tx) => supporters.remove(tx, params.id, body.reason)),
    makeCheck: ({ body }, { caller }) => then(caller, body.id, (tx) => checks.make(tx, body)),
    batchCheck: ({ body }, { caller }) => house.as(caller, (tx) => checks.batch(tx, body)),
    getCheck: ({ params }, { caller }) => house.as(caller, (tx) => checks.page(tx, params.id)),
    objectCheck: ({ params, body }, { caller }) =>
      then(caller, params.id, (tx) => checks.object(tx, params.id, body)),
    answerCheck: ({ params, body }, { caller }) =>
      then(caller, body.id, (tx) => checks.answer(tx, params.id, body)),
  };
}
