/** One line of the trail. `detail` is a sentence for a reader and never holds unmasked personal data. */
export interface AuditEntry {
  /** Dotted code, e.g. `person.read`, `roster.sign`. */
  readonly action: string;
  /** The kind of thing: person, case, roster, account … */
  readonly object: string;
  readonly objectId?: string;
  readonly detail?: string | Readonly<Record<string, string | number | boolean | null>>;
}

/** The fields that an entry's keyed code covers, as stored. */
export interface StoredEntry {
  readonly countyCode: string;
  readonly id: string;
  /** ISO instant, milliseconds, UTC. */
  readonly at: string;
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly actorName: string;
  readonly role: string;
  readonly action: string;
  readonly object: string;
  readonly objectId: string | null;
  readonly detail: string;
}

const SEPARATOR = "\u001f";

/** Must give the same text as `AUDIT_CANONICAL_SQL` in store.ts; a test holds them together. */
export function canonicalEntry(e: StoredEntry): string {
  return [
    e.countyCode,
    e.id,
    e.at,
    e.accountId ?? "",
    e.personId ?? "",
    e.actorName,
    e.role,
    e.action,
    e.object,
    e.objectId ?? "",
    e.detail,
  ].join(SEPARATOR);
}

/** The text that the keyed hash of a seal covers. Digests and hashes in hex. */
export function sealText(s: {
  countyCode: string;
  chain: string;
  seq: number;
  entryId: string;
  position: number;
  entryDigest: string;
  previous: string;
}): string {
  return ["seal", s.countyCode, s.chain, s.seq, s.entryId, s.position, s.entryDigest, s.previous].join(
    SEPARATOR,
  );
}

export function headText(h: {
  countyCode: string;
  chain: string;
  seq: number;
  hash: string;
  settled: number;
}): string {
  return ["head", h.countyCode, h.chain, h.seq, h.hash, h.settled].join(SEPARATOR);
}

export function detailText(detail: AuditEntry["detail"]): string {
  if (detail === undefined) return "";
  const text =
    typeof detail === "string"
      ? detail
      : Object.entries(detail)
          .filter(([, v]) => v !== null && v !== "")
          .map(([k, v]) => `${k}：${v}`)
          .join("；");
  return scrub(text).slice(0, 2000);
}

/**
 * The last net under "no unmasked personal data in the trail": whatever looks like an ID, a mobile number or a bank
 * account is shortened to its last four digits. Control characters go, because one of them separates fields.
 */
export function scrub(text: string): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .replace(/(?<![0-9a-fA-F-])\d{6}(19|20)\d{9}[\dXx](?![0-9a-fA-F-])/g, (id) => `****${id.slice(-4)}`)
    .replace(/(?<![0-9a-fA-F-])\d{15,30}(?![0-9a-fA-F-])/g, (n) => `****${n.slice(-4)}`)
    .replace(/(?<![0-9a-fA-F-])1[3-9]\d{9}(?![0-9a-fA-F-])/g, (n) => `****${n.slice(-4)}`);
}
