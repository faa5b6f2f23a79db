/** Tokens of departments: made by the system administrator for one list, shown once, ended by date or by hand. */
import { randomBytes } from "node:crypto";
import { addDays, DomainError, type IsoDate } from "@wuxin/kernel";
import { type Actor, type Database, systemActor, type Tx } from "@wuxin/platform";
import type { MatchingDeps } from "./ports.ts";

/** Files a token may deliver in an hour: a list comes daily or monthly, more is a machine gone wrong. */
const FILES_PER_HOUR = 20;
const LONGEST_DAYS = 366;

interface TokenRecord {
  id: string;
  feed: string;
  expiresOn: IsoDate;
  createdAt: string;
  createdByName: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  revokedByName: string | null;
}
const TOKEN = `id, feed, expires_on as "expiresOn", created_at as "createdAt", created_by_name as "createdByName",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by_name as "revokedByName"`;
const store = {
  list: (tx: Tx) =>
    tx.query<TokenRecord>(
      `select ${TOKEN} from feed_token where county_code = app_county() order by created_at desc, id limit 500`,
    ),
  byDigest: (tx: Tx, digest: Buffer) =>
    tx.maybe<TokenRecord>(
      `select ${TOKEN} from feed_token where county_code = app_county() and digest = $1`,
      [digest],
    ),
  insert: (tx: Tx, t: { id: string; feed: string; digest: Buffer; expiresOn: IsoDate; at: Date }) =>
    tx.exec(
      `insert into feed_token (county_code, id, feed, digest, expires_on, created_at, created_by, created_by_name)
       values (app_county(), $1, $2, $3, $4, $5, app_account(), $6) on conflict do nothing`,
      [t.id, t.feed, t.digest, t.expiresOn, t.at, tx.actor.name],
    ),
  revoke: (tx: Tx, id: string, at: Date) =>
    tx.maybe<{ feed: string }>(
      `update feed_token set revoked_at = $2, revoked_by_name = $3
       where county_code = app_county() and id = $1 and revoked_at is null returning feed`,
      [id, at, tx.actor.name],
    ),
  /** How many files the token delivered in this hour, this one among them. */
  use: (tx: Tx, id: string, at: Date) =>
    tx.one<{ files: number }>(
      `update feed_token set last_used_at = $2,
         hour_files = case when hour_began_at > $2::timestamptz - interval '1 hour' then hour_files + 1 else 1 end,
         hour_began_at = case when hour_began_at > $2::timestamptz - interval '1 hour' then hour_began_at else $2 end
       where county_code = app_county() and id = $1 returning hour_files as files`,
      [id, at],
    ),
};

export function createTokens(deps: Pick<MatchingDeps, "clock" | "catalogue" | "vault" | "audit">) {
  const { clock, catalogue, vault, audit } = deps;
  const digestOf = (token: string) => vault.digest(`feed-token:${token}`);
  const feedView = (code: string) => {
    const f = catalogue.feeds.get(code);
    return { feed: code, feedTitle: f?.title ?? code, department: f?.department ?? "" };
  };
  function view(t: TokenRecord) {
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
        return { tokenId: t.id, actor };
      });
    },
  };
}
