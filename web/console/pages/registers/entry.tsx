import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Field, isVisible } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App, Button, Drawer, Tabs } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Facts, Go, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { say } from "../../parts/values.ts";
import { EntryForm } from "./entry-form.tsx";
import { Given } from "./given.tsx";
import type { Register } from "./register.tsx";

type Entry = Reply<"getEntry">;
type Line = Entry["ledgers"][string][number];
type Values = NonNullable<Ask<"addCheck">["body"]>["values"];
interface Props {
  register: Register;
  id: string;
  close: () => void;
}

/** One entry: 基本 · 经过 · 检查 and each sub-ledger as a tab. */
export function EntryDrawer({ register, id, close }: Props) {
  const d = register.definition;
  const query = useQuery(ask("getEntry", { params: { register: d.code, id } }));
  const [editing, setEditing] = useState(false);
  const e = query.data;
  return (
    <>
      <Drawer
        open
        size={760}
        title={e?.texts[d.titleField] ?? d.title}
        onClose={close}
        extra={
          e &&
          register.canEdit && (
            <Button onClick={() => setEditing(true)} data-testid="edit-entry">
              修改
            </Button>
          )
        }
      >
        <Loaded query={query}>{(entry) => <EntryTabs register={register} entry={entry} />}</Loaded>
      </Drawer>
      {editing && e && (
        <EntryForm
          register={register}
          id={id}
          entry={e}
          close={() => setEditing(false)}
          saved={() => setEditing(false)}
        />
      )}
    </>
  );
}

function EntryTabs({ register, entry: e }: { register: Register; entry: Entry }) {
  const d = register.definition;
  const { account } = useSession();
  const tabs = [
    { key: "basic", label: "基本", children: <Basic register={register} entry={e} /> },
    ...(d.shares ? [{ key: "given", label: "部门", children: <Given register={d.code} id={e.id} /> }] : []),
    { key: "history", label: `经过 ${e.history.length}`, children: <Changes entry={e} /> },
    ...(d.check
      ? [
          {
            key: "check",
            label: `${d.check.label} ${e.checks.length}`,
            children: (
              <Rows
                register={d.code}
                entry={e}
                title={d.check.label}
                fields={d.check.fields}
                rows={e.checks.map((c) => ({ ...c, flags: [] }))}
                canAdd={register.canEdit}
                send={(id, values) =>
                  api.addCheck({ params: { register: d.code, id: e.id }, body: { id, values } })
                }
              />
            ),
          },
        ]
      : []),
    ...(d.ledgers ?? []).map((l) => ({
      key: l.code,
      label: `${l.title} ${e.tallies.find((t) => t.ledger === l.code)?.total ?? e.ledgers[l.code]?.length ?? 0}`,
      children: (
        <Rows
          register={d.code}
          entry={e}
          title={l.title}
          fields={l.fields}
          rows={e.ledgers[l.code] ?? []}
          beside={
            l.unsolved
              ? (line) => (
                  <Supervised
                    register={register}
                    entry={e}
                    line={line.id}
                    demand={line.values[l.unsolved ?? ""]}
                  />
                )
              : undefined
          }
          canAdd={l.by.includes(account.role)}
          send={(id, values) =>
            api.addLedgerRow({ params: { register: d.code, id: e.id, ledger: l.code }, body: { id, values } })
          }
        />
      ),
    })),
  ];
  return (
    <div data-testid="entry">
      <Tabs items={tabs} />
    </div>
  );
}

function Basic({ register, entry: e }: { register: Register; entry: Entry }) {
  const d = register.definition;
  const today = useToday();
  const asked = d.fields.filter((f) => isVisible(f, e.values));
  const rows: [string, React.ReactNode, boolean?][] = asked.map((f) => [
    f.label,
    f.name === d.divisionField ? e.divisionName : (e.texts[f.name] ?? say(f, e.values[f.name])),
    f.type === "longtext",
  ]);
  for (const t of e.tallies)
    rows.push([
      t.title,
      t.states.length === 0
        ? "还没有登记"
        : `${t.total} 户：${t.states.map((s) => `${s.label} ${s.count} 户${s.counted ? "" : "（不计）"}`).join("，")}`,
    ]);
  for (const x of d.derived ?? []) rows.push([x.label, e.texts[x.name] ?? "—"]);
  return (
    <div className="stack">
      {e.flags.map((f) => (
        <p key={f} className="warning">
          <Shape tone="warn" /> {f}
        </p>
      ))}
      {d.check && e.checkDueOn && (
        <p>
          下次{d.check.label}：{e.checkDueOn} {e.checkDueOn < today && <State tone="bad">超期</State>}
        </p>
      )}
      <Facts rows={rows} />
    </div>
  );
}

function Changes({ entry: e }: { entry: Entry }) {
  return (
    <ol className="history">
      {[...e.history].reverse().map((h) => (
        <li key={`${h.at}${h.action}`}>
          <b>{h.action}</b>
          <div className="quiet small">
            {dateTime(h.at)} · {h.by}
          </div>
          <dl>
            {h.rows.map((r) => (
              <div key={r.label}>
                <dt>{r.label}</dt>
                <dd>
                  {r.before !== null && <s className="quiet">{r.before}</s>} {r.after ?? "—"}
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

/** Numbers to the right, days on one line. */
const classOf = (f: Field): string =>
  f.type === "money" || f.type === "integer"
    ? "num nowrap"
    : f.type === "date"
      ? "nowrap"
      : f.type === "household"
        ? "register-household"
        : "";

interface SupervisedProps {
  register: Register;
  entry: Entry;
  line: string;
  demand: unknown;
}
/** What stays unsolved in a line: put on supervision, or how that stands. */
function Supervised({ register, entry, line, demand }: SupervisedProps) {
  const { account } = useSession();
  const query = useQuery(ask("mattersOfEntry", { params: { id: entry.id } }));
  const unsolved = String(demand ?? "").trim();
  const d = register.definition;
  const matter = query.data?.rows.find((m) => m.lineId === line);
  if (matter)
    return (
      <div>
        <Link to="/matters/$id" params={{ id: matter.id }}>
          督办：{matter.stateText}
        </Link>
      </div>
    );
  if (unsolved === "" || !query.data || !may(account.role, "openMatter")) return null;
  const title = entry.texts[d.titleField] ?? String(entry.values[d.titleField] ?? "");
  const owner = String(entry.values[d.ownerField ?? ""] ?? "");
  return (
    <div>
      <Link
        to="/matters"
        search={{ register: d.code, entry: entry.id, line, title, demand: unsolved, owner }}
        data-testid="supervise"
      >
        立项督办
      </Link>
    </div>
  );
}

/** The household that a line is about, masked; whoever may see it opens its page. */
function About({ of }: { of: Line["household"] | undefined }) {
  if (!of) return "—";
  return of.link ? <Go href={of.link}>{of.text}</Go> : <span className="quiet">{of.text}</span>;
}

interface RowsProps {
  register: string;
  entry: Entry;
  title: string;
  fields: readonly Field[];
  rows: readonly (Pick<Line, "id" | "by" | "flags"> &
    Partial<Pick<Line, "at" | "household">> & { readonly values: Values })[];
  canAdd: boolean;
  /** What may be done about a line. */
  beside?: ((line: { readonly id: string; readonly values: Values }) => React.ReactNode) | undefined;
  send: (id: string, values: Values) => Promise<Entry>;
}
function Rows({ register, entry, title, fields, rows, canAdd, beside, send }: RowsProps) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const id = useRef(newId());
  const add = canAdd && (
    <Button type="primary" onClick={() => setAdding(true)} data-testid="add-row">
      登记
    </Button>
  );
  return (
    <div className="stack">
      {add && <div>{add}</div>}
      {rows.length === 0 ? (
        <Blank small mark="记" title={`还没有${title}`}>
          登记后按时间列在这里，只增不改。
        </Blank>
      ) : (
        <Scroll label={title}>
          <table className="plain-table">
            <thead>
              <tr>
                {fields.map((f) => (
                  <th key={f.name} className={classOf(f)}>
                    {f.label}
                  </th>
                ))}
                <th>登记</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={r.id}>
                  {fields.map((f) => (
                    <td key={f.name} className={classOf(f)}>
                      {f.type === "household" ? <About of={r.household} /> : say(f, r.values[f.name])}
                    </td>
                  ))}
                  <td className="nowrap">
                    {r.by}
                    {r.at && <div className="quiet small">{dateTime(r.at)}</div>}
                    {r.flags.map((f) => (
                      <div key={f} className="warning small register-flag">
                        {f}
                      </div>
                    ))}
                    {beside?.(r)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {adding && (
        <DrawerForm
          title={`登记 · ${title}`}
          verb="登记"
          fields={fields}
          close={() => setAdding(false)}
          send={async (values) => {
            const next = await send(id.current, values as Values);
            id.current = newId();
            queries.setQueryData(ask("getEntry", { params: { register, id: entry.id } }).queryKey, next);
            void queries.invalidateQueries({ queryKey: ["listEntries"] });
            message.success("已登记。");
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}
