/** Connectors and their tries. SQL, and nothing else. */
import type { Tx } from "@wuxin/platform";
import type { Protocol } from "./fetch/protocol.ts";
import type { Schedule } from "./fetch/schedule.ts";

export interface ConnectorRecord extends Schedule {
  feed: string;
  url: string;
  header: string;
  secretSealed: Buffer | null;
  /** Null: a whole file. */
  protocol: Protocol | null;
  nextAt: string | null;
  askedByName: string | null;
  claim: string | null;
  claimedUntil: string | null;
  failures: number;
  lastDigest: Buffer | null;
  lastReceivedAt: string | null;
  updatedAt: string;
  updatedByName: string;
}
const CONNECTOR = `feed, url, header, secret_sealed as "secretSealed", protocol, every, hour, weekday, month_day as "monthDay",
  next_at as "nextAt", asked_by_name as "askedByName", claim, claimed_until as "claimedUntil", failures,
  last_digest as "lastDigest", last_received_at as "lastReceivedAt", updated_at as "updatedAt",
  updated_by_name as "updatedByName"`;

export interface FetchRecord {
  id: string;
  feed: string;
  beganAt: string;
  endedAt: string;
  outcome: "received" | "same" | "failed";
  words: string;
  bytes: number | null;
  runId: string | null;
  askedByName: string | null;
}

export const list = (tx: Tx) =>
  tx.query<ConnectorRecord>(
    `select ${CONNECTOR} from feed_connector where county_code = app_county() order by feed`,
  );
export const lock = (tx: Tx, feed: string) =>
  tx.maybe<ConnectorRecord>(
    `select ${CONNECTOR} from feed_connector where county_code = app_county() and feed = $1 for update`,
    [feed],
  );
/** A changed connector begins anew: nobody holds it, and what came before is no measure. */
export const save = (
  tx: Tx,
  c: Pick<ConnectorRecord, "feed" | "url" | "header" | "secretSealed" | "protocol"> &
    Schedule & { nextAt: Date; at: Date },
) =>
  tx.exec(
    `insert into feed_connector as c (county_code, feed, url, header, secret_sealed, every, hour, weekday, month_day,
       next_at, updated_at, updated_by_name, protocol)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (county_code, feed) do update set url = $2, header = $3, secret_sealed = $4, every = $5, hour = $6,
       weekday = $7, month_day = $8, next_at = $9, updated_at = $10, updated_by_name = $11, protocol = $12, failures = 0,
       claim = null, claimed_until = null, asked_by_name = null, last_digest = null, last_received_at = null`,
    [
      ...[c.feed, c.url, c.header, c.secretSealed, c.every, c.hour, c.weekday, c.monthDay],
      ...[c.nextAt, c.at, tx.actor.name, c.protocol && JSON.stringify(c.protocol)],
    ],
  );
/** Switched on, off, or due now. Whoever is fetching loses his hold when it is switched off. */
export const plan = (tx: Tx, feed: string, nextAt: Date | null, askedByName: string | null) =>
  tx.exec(
    `update feed_connector set next_at = $2::timestamptz, asked_by_name = $3,
       claim = case when $2::timestamptz is null then null else claim end,
       claimed_until = case when $2::timestamptz is null then null else claimed_until end
     where county_code = app_county() and feed = $1`,
    [feed, nextAt, askedByName],
  );
/** One that is due and held by nobody, or by a process that died. */
export const claim = (tx: Tx, id: string, now: Date, until: Date) =>
  tx.maybe<ConnectorRecord>(
    `update feed_connector set claim = $1, claimed_until = $3
     where county_code = app_county() and feed = (
       select feed from feed_connector
       where county_code = app_county() and next_at <= $2 and (claimed_until is null or claimed_until <= $2)
       order by next_at limit 1 for update skip locked)
     returning ${CONNECTOR}`,
    [id, now, until],
  );
/** Held by this very try; undefined when it was changed or switched off meanwhile, or let go. */
export const claimed = (tx: Tx, id: string) =>
  tx.maybe<ConnectorRecord>(
    `select ${CONNECTOR} from feed_connector where county_code = app_county() and claim = $1 for update`,
    [id],
  );
export const release = (tx: Tx, id: string) =>
  tx.exec(
    "update feed_connector set claim = null, claimed_until = null where county_code = app_county() and claim = $1",
    [id],
  );
export const settle = (
  tx: Tx,
  c: { feed: string; nextAt: Date; failures: number; digest: Buffer | null; at: Date | null },
) =>
  tx.exec(
    `update feed_connector set next_at = $2, failures = $3, asked_by_name = null, claim = null, claimed_until = null,
       last_digest = coalesce($4, last_digest), last_received_at = coalesce($5, last_received_at)
     where county_code = app_county() and feed = $1`,
    [c.feed, c.nextAt, c.failures, c.digest, c.at],
  );

export const addFetch = (
  tx: Tx,
  f: Omit<FetchRecord, "beganAt" | "endedAt"> & { began: Date; ended: Date },
) =>
  tx.exec(
    `insert into feed_fetch (county_code, id, feed, began_at, ended_at, outcome, words, bytes, run_id, asked_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [f.id, f.feed, f.began, f.ended, f.outcome, f.words.slice(0, 300), f.bytes, f.runId, f.askedByName],
  );
export const fetches = (tx: Tx, limit: number) =>
  tx.query<FetchRecord>(
    `select id, feed, began_at as "beganAt", ended_at as "endedAt", outcome, words, bytes, run_id as "runId",
       asked_by_name as "askedByName"
     from feed_fetch where county_code = app_county() order by began_at desc, id desc limit $1`,
    [limit],
  );
