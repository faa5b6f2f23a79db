/** Tokens of departments: made by the system administrator for one list, shown once, ended by date or by hand. */
import { randomBytes } from "node:crypto";
import { addDays, DomainError, type IsoDate } from "@wuxin/kernel";
import { type Actor, type Database, systemActor, type Tx } from "@wuxin/platform";
import type { MatchingDeps } from "./ports.ts";
import * as store from "./tokens-store.ts";

/** Files a token may deliver in an hour: a list comes daily or monthly, more is a machine gone wrong. */
const FILES_PER_HOUR = 20;
const LONGEST_DAYS = 366;

export function createTokens(deps: Pick<MatchingDeps, "clock" | "catalogue" | "vault" | "audit">) {
  const { clock, catalogue, vault, audit } = deps;
  const digestOf = (token: string) => vault.digest(`feed-token:${token}`);
  const feedView = (code: string) => {
    const f = catalogue.feeds.get(code);
    return { feed: code, feedTitle: f?.title ?? code, department: f?.department ?? "" };
  };
  function view(t: store.TokenRecord) {
    const state = t.revokedAt ? "revoked" : t.expiresOn < clock.today() ? "expired" : "valid";
    return { ...t, ...feedView(t.feed), state: state as "revoked" | "expired" | "valid" };
  }

  return {
    async list(tx: Tx) {
      return {
        feeds: [...catalogue.feeds.keys()].map(feedView),
        tokens: (await store.list(tx)).map(view),
      };
    },
    /** The token itself leaves here once; a repeated request cannot be shown it again. */
    async make(tx: Tx, input: { id: string; feed: string; expiresOn: IsoDate }): Promise<string> {
      if (!catalogue.feeds.has(input.feed))
        throw new DomainError("not-found", "没有这个数据源，请重新选择。");
      const today = clock.today();
      if (input.expiresOn < today || input.expiresOn > addDays(today, LONGEST_DAYS))
        throw new DomainError("invalid-input", "有效期应在今天以后、一年以内。", { field: "expiresOn" });
      const token = `wx.${tx.actor.countyCode}.${randomBytes(32).toString("base64url")}`;
      const made = await store.insert(tx, { ...input, digest: digestOf(token), at: clock.now() });
      if (made === 0)
        throw new DomainError(
          "already-exists",
          "这个口令已经生成，只显示一次。没有记下的，请作废后另做一个。",
        );
      await audit.record(tx, {
        ...{ action: "feed.token.make", object: "feed-token", objectId: input.id },
        detail: `${feedView(input.feed).department}《${feedView(input.feed).feedTitle}》，有效期至 ${input.expiresOn}`,
      });
      return token;
    },
    async revoke(tx: Tx, id: string): Promise<void> {
      const revoked = await store.revoke(tx, id, clock.now());
      if (revoked)
        await audit.record(tx, {
          ...{ action: "feed.token.revoke", object: "feed-token", objectId: id },
          detail: feedView(revoked.feed).feedTitle,
        });
    },
    /** Whose machine knocks. Every fault gives the same sentence: it tells a stranger nothing. */
    async admit(db: Database, token: string, feed: string, delivering: boolean) {
      const county = /^wx\.(\d{6})\.[\w-]{43}$/.exec(token)?.[1];
      const no = new DomainError(
        "not-logged-in",
        "口令无效、已过期、已作废，或不是这个数据源的，请联系县民政局。",
      );
      if (!county) throw no;
      return db.transact(systemActor(county), async (tx) => {
        const t = await store.byDigest(tx, digestOf(token));
        if (!t || t.feed !== feed || view(t).state !== "valid") throw no;
        if (delivering && (await store.use(tx, t.id, clock.now())).files > FILES_PER_HOUR)
          throw new DomainError("too-many-requests", `一小时最多传 ${FILES_PER_HOUR} 份，请稍后再传。`);
        const actor: Actor = { ...systemActor(county), name: `${feedView(feed).department}（接口）` };
        return actor;
      });
    },
  };
}
