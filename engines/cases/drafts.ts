/** Half-filled applications: of one account, sealed as a whole, never lost when a session ends. */
import { type Clock, DomainError } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import { notFound } from "./errors.ts";

export interface Draft {
  readonly id: string;
  readonly item: string;
  readonly savedAt: string;
  readonly application: Record<string, unknown>;
}

export interface Drafts {
  /** Saves or replaces. Errors: not-logged-in, not-found (the id is somebody else's), invalid-input (too large). */
  save(
    tx: Tx,
    id: string,
    draft: { readonly item: string; readonly application: Record<string, unknown> },
  ): Promise<void>;
  get(tx: Tx, id: string): Promise<Draft>;
  list(tx: Tx): Promise<Draft[]>;
  remove(tx: Tx, id: string): Promise<void>;
}

/** A form with thirty members and its answers is some 60 kB; files are uploaded apart. */
const LARGEST = 1_000_000;

export function createDrafts({ clock, vault }: { readonly clock: Clock; readonly vault: Vault }): Drafts {
  const columns = `id, item, body_sealed as "sealed", saved_at as "savedAt"`;
  interface Row {
    readonly id: string;
    readonly item: string;
    readonly sealed: Buffer;
    readonly savedAt: string;
  }
  const read = (r: Row): Draft => ({
    id: r.id,
    item: r.item,
    savedAt: r.savedAt,
    application: JSON.parse(vault.open(r.sealed)) as Record<string, unknown>,
  });
  return {
    async save(tx, id, draft) {
      if (tx.actor.accountId === null) throw new DomainError("not-logged-in", "请先登录，再保存草稿。");
      const body = JSON.stringify(draft.application);
      if (body.length > LARGEST)
        throw new DomainError("invalid-input", "草稿内容过长，请精简文字；附件请单独上传。", {
          field: "application",
        });
      const sealed = vault.seal(body);
      const values = [tx.actor.countyCode, id, draft.item, sealed, clock.now().toISOString()];
      const updated = await tx.exec(
        "update case_draft set item = $3, body_sealed = $4, saved_at = $5 where county_code = $1 and id = $2",
        values,
      );
      if (updated === 1) return;
      const inserted = await tx.exec(
        `insert into case_draft (county_code, id, item, body_sealed, saved_at, account_id) values ($1,$2,$3,$4,$5,$6)
         on conflict do nothing`,
        [...values, tx.actor.accountId],
      );
      if (inserted === 0) throw notFound("份草稿");
    },
    async get(tx, id) {
      const row = await tx.maybe<Row>(
        `select ${columns} from case_draft where county_code = $1 and id = $2`,
        [tx.actor.countyCode, id],
      );
      if (!row) throw notFound("份草稿");
      return read(row);
    },
    async list(tx) {
      const rows = await tx.query<Row>(
        `select ${columns} from case_draft where county_code = $1 order by saved_at desc limit 50`,
        [tx.actor.countyCode],
      );
      return rows.map(read);
    },
    async remove(tx, id) {
      await tx.exec("delete from case_draft where county_code = $1 and id = $2", [tx.actor.countyCode, id]);
    },
  };
}
