/**
 * What is given to outside parties, and what they say back. The house tells (`share`), a party reads and answers under row-level
 * security, and the house takes the answer over (`take`) into the ledger that it belongs to.
 */
import { checkFields, type Field, type Values } from "@wuxin/declare";
import { type Clock, DomainError, derivedId, formatYuan } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import type { Documents } from "../documents/index.ts";
import { type Asked, filesOf, type Line, PARTY_STATES, type Party, type Reply, type Told } from "./model.ts";
import * as store from "./store.ts";

/** What a kind of matter tells a party, and what is done with the answer. */
export interface PartyKind {
  readonly label: string;
  /** Undefined: nothing is given to this party any more. Run as the house. */
  tell(tx: Tx, subjectId: string, party: Party): Promise<Told | undefined>;
  /** Run as the house in the contact's name. Errors: as the ledger's own. */
  take(tx: Tx, item: PartyItem, reply: Reply): Promise<void>;
  /** Name and number of whom it is about, for the party that was given it. */
  identity?(tx: Tx, subjectId: string, purpose: string): Promise<readonly Line[]>;
  /** The file that lies ready. */
  file?(tx: Tx, subjectId: string): Promise<{ readonly name: string; readonly bytes: Buffer }>;
}
export interface PartyItem {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly party: Party;
}
export interface PartiesDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly audit: Pick<Audit, "record">;
  readonly documents: Pick<Documents, "attachFiles">;
  readonly kinds: Readonly<Record<string, PartyKind>>;
}
export type Parties = ReturnType<typeof createParties>;

/** What the actions of this engine are called on the audit page. */
export const partiesActions: Readonly<Record<string, string>> = {
  "party.read": "外单位查看事项",
  "party.reply": "外单位答复",
  "party.identity": "外单位查看姓名和证件号",
  "party.file": "外单位下载共享文件",
};
const DESK = 200;
/** An answer with what was asked then. */
interface Kept {
  readonly asked: Asked;
  readonly data: Values;
}

export function createParties(deps: PartiesDeps) {
  const { clock, vault, audit, kinds } = deps;
  const opened = <T>(sealed: Buffer) => JSON.parse(vault.open(sealed)) as T;
  const sealed = (value: unknown) => vault.seal(JSON.stringify(value));
  const kindOf = (kind: string): PartyKind => {
    const k = kinds[kind];
    if (!k) throw new Error(`no kind ${kind} of what is given to parties`);
    return k;
  };
  const itemOf = ({ id, kind, subjectId, party }: store.ItemRecord): PartyItem => ({
    ...{ id, kind, subjectId },
    party: party as Party,
  });

  /** Tells these parties how the matter stands; whoever has it and is not among them is asked no more. As the house. */
  async function share(tx: Tx, kind: string, subjectId: string, parties: readonly Party[]): Promise<void> {
    const before = await store.ofSubject(tx, kind, subjectId);
    const given = new Set<string>();
    for (const party of new Set(parties)) {
      const told = await kindOf(kind).tell(tx, subjectId, party);
      if (!told) continue;
      given.add(party);
      const { divisionCode, title, state, dueOn } = told;
      const last = before.find((i) => i.party === party);
      if (last && JSON.stringify(opened(last.toldSealed)) === JSON.stringify(told)) continue;
      const id = derivedId(subjectId, `${kind} ${party}`);
      await store.put(
        tx,
        { ...{ id, party, kind, subjectId, divisionCode, title, state, dueOn }, toldSealed: sealed(told) },
        clock.now(),
      );
    }
    const ended = before.filter((i) => !given.has(i.party)).map((i) => i.id);
    if (ended.length > 0) await store.end(tx, ended, clock.now());
  }
  /** The same to whoever has it already. */
  const tellAgain = async (tx: Tx, kind: string, subjectId: string) =>
    share(
      tx,
      kind,
      subjectId,
      (await store.ofSubject(tx, kind, subjectId)).map((i) => i.party as Party),
    );

  const replyView = (r: store.ReplyRecord) => {
    const { asked, data } = opened<Kept>(r.dataSealed);
    return {
      ...{ id: r.id, at: r.at, by: r.byName, label: asked.label },
      lines: linesOf(asked.fields, data),
      files: filesOf(asked.fields, data),
      state: r.takenAt ? ("taken" as const) : r.refused ? ("refused" as const) : ("waiting" as const),
      refused: r.refused,
    };
  };
  const headOf = (i: store.ItemRecord) => ({
    ...{ id: i.id, title: i.title, kindLabel: kindOf(i.kind).label, state: i.state },
    ...{ dueOn: i.dueOn, sharedAt: i.sharedAt, changedAt: i.changedAt },
    stateLabel: PARTY_STATES[i.state],
    late: i.state === "waiting" && i.dueOn !== null && i.dueOn < clock.today(),
  });

  /** What was told; of what was taken away from it, only what it may know, and nothing to do. */
  const toldOf = (i: store.ItemRecord): Told => {
    const told = opened<Told>(i.toldSealed);
    if (i.state !== "done") return told;
    if (told.state === "done") return { ...told, actions: [] };
    const { identity: _, file: __, feed: ___, ...known } = told;
    return { ...known, actions: [] };
  };
  async function get(tx: Tx, id: string): Promise<store.ItemRecord> {
    const item = await store.find(tx, id);
    if (!item) throw new DomainError("not-found", "没有这件事，或不是交给您单位的。");
    return item;
  }
  /** What stands on the desk of the acting party. */
  const desk = async (tx: Tx) => (await store.desk(tx, DESK)).map(headOf);

  /** Everything that the party was told of it, and what it answered. Leaves an audit row. Error: not-found. */
  async function page(tx: Tx, id: string) {
    const item = await get(tx, id);
    const told = toldOf(item);
    const replies = await store.repliesOf(tx, [id]);
    await audit.record(tx, {
      ...{ action: "party.read", object: "party-item", objectId: id },
      detail: `${kindOf(item.kind).label}：${item.title}`,
    });
    const { purpose, basis, lines, chapters, actions, identity, file, feed } = told;
    return {
      ...headOf(item),
      ...{ version: item.version, purpose, basis, lines, chapters: chapters ?? [] },
      ...{ actions, identity: identity === true, file: file ?? null, feed: feed ?? null },
      replies: replies.map(replyView),
    };
  }

  /** The same id again is the same answer. Errors: not-found, invalid-input with the field, action-not-allowed. */
  async function reply(
    tx: Tx,
    id: string,
    r: { readonly id: string; readonly action: string; readonly data: Values },
  ): Promise<void> {
    const item = await get(tx, id);
    const asked = toldOf(item).actions.find((a) => a.action === r.action);
    if (!asked) throw new DomainError("action-not-allowed", "这件事现在不能这样答复，请刷新页面查看。");
    const errors = checkFields(asked.fields, r.data, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), {
        details: { fields: errors },
      });
    const files = filesOf(asked.fields, r.data);
    await deps.documents.attachFiles(tx, files, {
      ...{ caseId: item.subjectId, divisionCode: item.divisionCode, applicantId: null },
    });
    const made = await store.insertReply(tx, {
      ...{
        id: r.id,
        itemId: id,
        action: r.action,
        dataSealed: sealed({ asked, data: r.data } satisfies Kept),
        at: clock.now(),
      },
    });
    if (made > 0)
      await audit.record(tx, {
        ...{ action: "party.reply", object: "party-item", objectId: id },
        detail: `${kindOf(item.kind).label}：${item.title}，${asked.label}`,
      });
  }

  /**
   * Takes an answer over into its ledger, once; then tells the party how it stands. As the house, in the contact's name.
   * Errors: as the ledger's own; nothing is kept then, and `refuse` writes down why.
   */
  async function take(tx: Tx, replyId: string): Promise<void> {
    const r = await store.lockReply(tx, replyId);
    if (!r || r.takenAt !== null || r.refused !== null) return;
    const item = await get(tx, r.itemId);
    const { id, action, byName, at } = r;
    await kindOf(item.kind).take(tx, itemOf(item), {
      ...{ id, action, byName, at },
      data: opened<Kept>(r.dataSealed).data,
    });
    await store.settle(tx, r.id, clock.now(), null);
    await tellAgain(tx, item.kind, item.subjectId);
  }
  const refuse = (tx: Tx, replyId: string, why: string) => store.settle(tx, replyId, null, why);

  /** Of what the acting party was given; the caller then asks the house. Writes down who asked and what for. */
  async function claim(
    tx: Tx,
    id: string,
    what: "identity" | "file",
  ): Promise<PartyItem & { purpose: string }> {
    const item = await get(tx, id);
    const told = toldOf(item);
    if (!told[what]) throw new DomainError("action-not-allowed", "这件事没有可以查看或下载的，请刷新页面。");
    await audit.record(tx, {
      ...{ action: `party.${what}`, object: "party-item", objectId: id },
      detail: `${kindOf(item.kind).label}：${item.title}，用途：${told.purpose}`,
    });
    return { ...itemOf(item), purpose: told.purpose };
  }
  /** The feed that the acting party is expected to deliver here. Error: not-found, action-not-allowed. */
  async function feedOf(tx: Tx, id: string): Promise<string> {
    const { feed } = toldOf(await get(tx, id));
    if (!feed) throw new DomainError("action-not-allowed", "这件事不收数据文件，请刷新页面。");
    return feed;
  }

  return {
    ...{ share, tellAgain, desk, page, reply, take, refuse, claim, feedOf },
    notTaken: store.notTaken,
    kind: kindOf,
    /** Error: not-found. */
    item: async (tx: Tx, id: string) => itemOf(await get(tx, id)),
    /** For the house: which parties have it, how they stand, and what they answered. */
    async ofSubject(tx: Tx, kind: string, subjectId: string) {
      const items = await store.ofSubject(tx, kind, subjectId);
      const replies = await store.repliesOf(
        tx,
        items.map((i) => i.id),
      );
      return items.map((i) => {
        const own = replies.filter((r) => r.itemId === i.id);
        return { ...headOf(i), party: i.party, replies: own.map(replyView) };
      });
    },
  };
}

function linesOf(fields: readonly Field[], data: Values): Line[] {
  return fields.flatMap((f) => {
    const v = data[f.name];
    if (f.type === "file" || v === undefined || v === null || v === "") return [];
    const label = (x: unknown) => f.choices?.find((c) => c.value === x)?.label ?? String(x);
    const text =
      f.type === "money" && typeof v === "number"
        ? `${formatYuan(v)} 元`
        : typeof v === "boolean"
          ? v
            ? "是"
            : "否"
          : [v].flat().map(label).join("、");
    return [{ label: f.label, text }];
  });
}
