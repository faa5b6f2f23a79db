/** Entries of registers, as the departments that they name are told of them, and the lines that they add. */
import type { Field, ResolvedRegister } from "@wuxin/declare";
import {
  department,
  type Line,
  type Party,
  type PartyKind,
  partyOf,
  type Told,
} from "@wuxin/engines/parties";
import type { Registers } from "@wuxin/engines/registers";
import { addDays, dateInShanghai, holds, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

type Entry = NonNullable<Awaited<ReturnType<Registers["told"]>>>;
export const kindOfRegister = (code: string): string => `register:${code}`;

/** How a feed stands, in words for whoever gives it and whoever asked for it. */
export interface FeedStanding {
  readonly title: string;
  readonly givenBy: readonly string[];
  readonly lines: readonly Line[];
  /** The day by which the next file is due; null: none was given yet. */
  readonly nextOn: IsoDate | null;
}
export interface RegisterKinds {
  readonly registers: Registers;
  readonly feed: (tx: Tx, code: string) => Promise<FeedStanding | undefined>;
  /** What was put on supervision of an entry's lines, in words by line. */
  readonly supervised: (tx: Tx, entryId: string) => Promise<ReadonlyMap<string, string>>;
}

/** Who is to be told of an entry: the departments that it names, or those who give the feed that it names. */
export async function partiesOf(
  deps: RegisterKinds,
  tx: Tx,
  r: ResolvedRegister,
  e: Entry,
): Promise<Party[]> {
  const said = e.values[r.shares?.with ?? ""];
  const field = r.fields.find((f) => f.name === r.shares?.with);
  const codes =
    field?.choicesFrom === "feeds"
      ? (await deps.feed(tx, String(said)))?.givenBy
      : Array.isArray(said) && said;
  return (codes || []).map((code) => department(String(code)));
}

export function registerKind(deps: RegisterKinds, r: ResolvedRegister): PartyKind {
  const { registers } = deps;
  const shares = r.shares as NonNullable<ResolvedRegister["shares"]>;
  const adds = r.ledgers?.find((l) => l.code === shares.adds);
  /** Which department it is, it need not say. */
  const asked = (adds?.fields ?? []).filter((f) => f.name !== "department");

  async function tell(tx: Tx, id: string, party: Party): Promise<Told | undefined> {
    const e = await registers.told(tx, r.code, id);
    if (!e || !(await partiesOf(deps, tx, r, e)).includes(party)) return undefined;
    const live = holds(shares.when, { ...e.values });
    // A list is taken in only while there is a ground for it.
    const feed = live && e.ground?.valid ? e.ground.feed : undefined;
    const standing = feed === undefined ? undefined : await deps.feed(tx, feed);
    const label = (name: string) => r.fields.find((f) => f.name === name)?.label ?? name;
    return {
      title: e.page.texts[r.titleField] ?? r.title,
      divisionCode: tx.actor.countyCode,
      state: !live ? "done" : standing ? "waiting" : "shared",
      dueOn: standing?.nextOn ?? null,
      purpose: shares.purpose,
      basis: shares.basis,
      lines: [
        ...shares.fields.flatMap((name) => {
          const text = e.page.texts[name];
          return text ? [{ label: label(name), text }] : [];
        }),
        ...(standing?.lines ?? []),
        ...(live && e.ground?.valid === false
          ? [{ label: "交文件", text: "没有复函同意，或已到期：登记了有效的复函以后，在这里交。" }]
          : []),
      ],
      chapters: [
        ...(shares.ledgers ?? []).map((code) => chapter(r, e, code)),
        ...(adds ? [await ownLines(tx, id, e, partyOf(party).id)] : []),
      ],
      actions: live && adds ? [{ action: "add", label: "报告进展、提出问题", fields: asked }] : [],
      ...(feed === undefined ? {} : { feed }),
    };
  }

  /** What stands in the ledger as said by this department, and what became of what it raised. */
  async function ownLines(tx: Tx, id: string, e: Entry, own: string) {
    const supervised = await deps.supervised(tx, id);
    const rows = (e.page.ledgers[adds?.code ?? ""] ?? []).filter((l) => l.values.department === own);
    return {
      title: "本单位的报告",
      lines: rows.map((l) => {
        const open = String(l.values[adds?.unsolved ?? ""] ?? "");
        const said = asked.filter((f) => f.name !== "on" && f.name !== adds?.unsolved);
        return {
          label: dayOf(l),
          text: [
            ...said.map((f) => String(l.values[f.name] ?? "")),
            open && `问题：${open}（${supervised.get(l.id) ?? "等民政局处理"}）`,
          ]
            .filter(Boolean)
            .join("\n"),
        };
      }),
    };
  }

  return {
    label: r.title.replace(/台账$/, ""),
    tell,
    async take(tx, item, reply) {
      if (!adds) return;
      await registers.addRow(tx, r.code, item.subjectId, adds.code, {
        id: reply.id,
        values: { ...reply.data, department: partyOf(item.party).id },
      });
    },
  };
}

type Row = Entry["page"]["ledgers"][string][number];
const dayOf = (row: Row): string => String(row.values.on ?? dateInShanghai(new Date(row.at)));

function chapter(r: ResolvedRegister, e: Entry, code: string) {
  const l = r.ledgers?.find((x) => x.code === code);
  const say = (f: Field, v: unknown) => f.choices?.find((c) => c.value === v)?.label ?? String(v);
  return {
    title: l?.title ?? code,
    lines: (e.page.ledgers[code] ?? []).map((row) => ({
      label: dayOf(row),
      text: (l?.fields ?? [])
        .filter((f) => f.name !== "on" && row.values[f.name] !== undefined && row.values[f.name] !== null)
        .map((f) => `${f.label}：${say(f, row.values[f.name])}`)
        .join("\n"),
    })),
  };
}

interface Received {
  readonly title: string;
  readonly freshDays: number;
  /** The last that counts. */
  readonly last: {
    readonly asOf: IsoDate;
    readonly rows: number | null;
    readonly persons: number | null;
  } | null;
}
interface Arrived {
  readonly receivedAt: string;
  readonly stateLabel: string;
  readonly refusal: string | null;
}
/** 上次来件、时效、下次应交. `latest`: what arrived last, whatever became of it. */
export function standingOf(
  { title, freshDays, last }: Received,
  givenBy: readonly string[],
  latest: Arrived | undefined,
  today: IsoDate,
): FeedStanding {
  const nextOn = last ? addDays(last.asOf, freshDays) : null;
  const late = nextOn !== null && nextOn < today;
  const lines: Line[] = [
    {
      label: "上次来件",
      text: last
        ? `数据截至 ${last.asOf}，${last.rows ?? 0} 行，与本县在册人员有关的 ${last.persons ?? 0} 人`
        : "还没有收到",
    },
    ...(last
      ? [{ label: "时效", text: late ? `已过期：超过 ${freshDays} 天` : `有效，${freshDays} 天以内` }]
      : []),
    { label: "下次应交", text: nextOn ?? "尽快交第一份" },
  ];
  if (latest)
    lines.push({
      label: "最近交的一份",
      text: `${dateInShanghai(new Date(latest.receivedAt))}，${latest.stateLabel}${latest.refusal ? `：${latest.refusal}` : ""}`,
    });
  return { title, givenBy, nextOn, lines };
}
