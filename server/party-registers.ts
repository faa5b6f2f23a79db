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
  readonly departmentName: (county: string, code: string) => string;
  /** What was put on supervision of an entry's lines, in words by line. */
  readonly supervised: (tx: Tx, entryId: string) => Promise<ReadonlyMap<string, string>>;
}

const isFeed = (r: ResolvedRegister): boolean =>
  r.fields.some((f) => f.name === r.shares?.with && f.choicesFrom === "feeds");

/** Who is to be told of an entry: nobody once its condition no longer holds. */
export async function partiesOf(
  deps: RegisterKinds,
  tx: Tx,
  r: ResolvedRegister,
  e: Entry,
): Promise<Party[]> {
  const said = e.values[r.shares?.with ?? ""];
  if (!r.shares || said === undefined || said === null) return [];
  const codes = isFeed(r)
    ? ((await deps.feed(tx, String(said)))?.givenBy ?? [])
    : Array.isArray(said)
      ? said.map(String)
      : [];
  return codes.map(department);
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
    const feed = isFeed(r) ? String(e.values[shares.with]) : undefined;
    const standing = feed === undefined ? undefined : await deps.feed(tx, feed);
    const own = deps.departmentName(tx.actor.countyCode, partyOf(party).id);
    const label = (name: string) => r.fields.find((f) => f.name === name)?.label ?? name;
    const due = live ? (standing?.nextOn ?? null) : null;
    return {
      title: e.page.texts[r.titleField] ?? r.title,
      divisionCode: tx.actor.countyCode,
      state: !live
        ? "done"
        : due !== null || (feed !== undefined && standing?.nextOn === null)
          ? "waiting"
          : "shared",
      dueOn: due,
      purpose: shares.purpose,
      basis: shares.basis,
      lines: [
        ...shares.fields.flatMap((name) => {
          const text = e.page.texts[name];
          return text ? [{ label: label(name), text }] : [];
        }),
        ...(standing?.lines ?? []),
      ],
      chapters: [
        ...(shares.ledgers ?? []).map((code) => chapter(r, e, code)),
        ...(adds ? [await ownPoints(tx, id, e, own)] : []),
      ],
      actions: live && adds ? [{ action: "add", label: "报告进展、提出问题", fields: asked }] : [],
      ...(live && feed !== undefined ? { feed } : {}),
    };
  }

  /** What this department said, and what became of what it raised. */
  async function ownPoints(tx: Tx, id: string, e: Entry, own: string) {
    const supervised = await deps.supervised(tx, id);
    const rows = (e.page.ledgers[adds?.code ?? ""] ?? []).filter((l) => l.values.department === own);
    return {
      title: `${adds?.title ?? ""}：${own}`,
      lines: rows.map((l) => {
        const open = adds?.unsolved ? String(l.values[adds.unsolved] ?? "") : "";
        const stands = supervised.get(l.id) ?? "等民政局处理";
        const said = asked
          .filter((f) => f.name !== "on" && f.name !== adds?.unsolved)
          .map((f) => String(l.values[f.name] ?? ""));
        return {
          label: String(l.values.on ?? l.at.slice(0, 10)),
          text: [...said, open === "" ? "" : `问题：${open}（${stands}）`].filter(Boolean).join("。"),
        };
      }),
    };
  }

  return {
    label: r.title.replace(/台账$/, ""),
    tell,
    async take(tx, item, reply) {
      if (!adds) return;
      const own = deps.departmentName(tx.actor.countyCode, partyOf(item.party).id);
      await registers.addRow(tx, r.code, item.subjectId, adds.code, {
        id: reply.id,
        values: { ...reply.data, department: own },
      });
    },
  };
}

function chapter(r: ResolvedRegister, e: Entry, code: string) {
  const l = r.ledgers?.find((x) => x.code === code);
  const say = (f: Field, v: unknown) => f.choices?.find((c) => c.value === v)?.label ?? String(v);
  return {
    title: l?.title ?? code,
    lines: (e.page.ledgers[code] ?? []).map((row) => ({
      label: String(row.values.on ?? row.at.slice(0, 10)),
      text: (l?.fields ?? [])
        .filter((f) => f.name !== "on" && row.values[f.name] !== undefined && row.values[f.name] !== null)
        .map((f) => `${f.label}：${say(f, row.values[f.name])}`)
        .join("。"),
    })),
  };
}

/** 上次来件、时效、下次应交: of what was received. */
export function standingOf(
  f: {
    readonly title: string;
    readonly givenBy?: readonly string[] | undefined;
    readonly freshDays: number;
    readonly last: {
      readonly asOf: IsoDate;
      readonly rows: number | null;
      readonly persons: number | null;
    } | null;
    /** The last that arrived, whatever became of it. */
    readonly latest?:
      | { readonly receivedAt: string; readonly stateLabel: string; readonly refusal: string | null }
      | undefined;
  },
  today: IsoDate,
): FeedStanding {
  const { title, freshDays, last, latest } = f;
  const nextOn = last ? addDays(last.asOf, freshDays) : null;
  const late = nextOn !== null && nextOn < today;
  return {
    ...{ title, givenBy: f.givenBy ?? [], nextOn },
    lines: [
      {
        label: "上次来件",
        text: last
          ? `数据截至 ${last.asOf}，${last.rows ?? 0} 行，与本县在册人员有关的 ${last.persons ?? 0} 人`
          : "还没有收到",
      },
      {
        label: "时效",
        text: last ? (late ? `已过期：超过 ${freshDays} 天` : `有效，${freshDays} 天以内`) : "还没有",
      },
      { label: "下次应交", text: nextOn ?? "尽快交第一份" },
      ...(latest
        ? [
            {
              label: "最近交的一份",
              text: `${dateInShanghai(new Date(latest.receivedAt))}，${latest.stateLabel}${latest.refusal ? `：${latest.refusal}` : ""}`,
            },
          ]
        : []),
    ],
  };
}
