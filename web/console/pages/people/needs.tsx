/** 需求评估 and what else is kept about a household from visit to visit; which questions there are, the duties say. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field, Values } from "@wuxin/declare/fields";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Card = Reply<"getCard">;
const GROUP = "需求评估";

const say = (f: Field, value: unknown) =>
  [value]
    .flat()
    .map((v) => f.choices?.find((c) => c.value === v)?.label ?? String(v))
    .join("、");

export function Needs({ household }: { household: string }) {
  const { account } = useSession();
  const [open, setOpen] = useState(false);
  const query = useQuery(ask("getCard", { params: { subject: household } }));
  return (
    <Panel
      title={GROUP}
      testId="needs"
      extra={
        may(account.role, "changeCard") &&
        query.data && (
          <Button size="small" onClick={() => setOpen(true)} data-testid="assess-needs">
            评估
          </Button>
        )
      }
    >
      <Loaded query={query} rows={3} small>
        {(card) => (
          <>
            <Told card={card} />
            {open && <Assess household={household} card={card} close={() => setOpen(false)} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Told({ card }: { card: Card }) {
  const told = card.fields.flatMap((f) => {
    const known = card.values[f.name];
    const empty = [known?.value].flat().every((v) => v === undefined || v === null || v === "");
    return f.group === GROUP && known && !empty ? [{ f, known }] : [];
  });
  if (told.length === 0)
    return (
      <Blank small mark="需" title="还没有评估">
        上门时问清生活、医疗、教育、住房、就业、照护各需要什么，手机上走访也能填。
      </Blank>
    );
  return (
    <dl className="fact-list">
      {told.map(({ f, known }) => (
        <div key={f.name}>
          <dt>{f.label}</dt>
          <dd>
            <b>{say(f, known.value)}</b>
            <span className="quiet small">
              {known.by} · {dateTime(known.at)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Assess({ household, card, close }: { household: string; card: Card; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const fields = card.fields.filter((f) => f.group === GROUP).map(({ group: _, ...f }) => f);
  const before = Object.fromEntries(fields.map((f) => [f.name, card.values[f.name]?.value])) as Values;
  return (
    <DrawerForm
      title={GROUP}
      verb="保存"
      fields={fields}
      initial={before}
      close={close}
      send={async (answers) => {
        const changed = fields.filter(
          (f) => JSON.stringify(answers[f.name] ?? null) !== JSON.stringify(before[f.name] ?? null),
        );
        if (changed.length > 0) {
          const now = await api.changeCard({
            params: { subject: household },
            body: {
              changes: Object.fromEntries(
                changed.map((f) => [
                  f.name,
                  { value: answers[f.name] ?? null, base: card.values[f.name]?.version ?? 0 },
                ]),
              ) as Ask<"changeCard">["body"]["changes"],
            },
          });
          queries.setQueryData(ask("getCard", { params: { subject: household } }).queryKey, now);
        }
        message.success("已保存。");
        close();
      }}
    />
  );
}
