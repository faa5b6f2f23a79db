import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { Roster } from "./roster.tsx";

type Row = Reply<"getRosterPublicities">[number];

/** Which benefits of the roster hang in public, for how long, and by which article. */
export function Publicity({ roster }: { roster: Roster }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const asked = ask("getRosterPublicities", { params: { id: roster.id } });
  const query = useQuery(asked);
  const [ending, setEnding] = useState<Row | null>(null);
  const publish = useMutation({
    mutationFn: (item: string) =>
      api.publishRoster({ params: { id: roster.id }, body: { id: newId(), item } }),
    onSuccess: (next) => {
      queries.setQueryData(asked.queryKey, next);
      message.success("已公示，居民在「看公示」里可以查到，期满自动撤下。");
    },
  });
  return (
    <Panel title="名册公示" testId="roster-publicity">
      <Loaded query={query} rows={2}>
        {(rows) => (
          <ul className="line-list">
            {rows.map((r) => (
              <li key={r.item}>
                <div className="line-grow">
                  <b>{r.itemTitle}</b>{" "}
                  {r.hanging && (
                    <State tone={r.ended ? "neutral" : "active"}>
                      {r.ended ? `已期满（至 ${r.hanging.toDay}）` : `公示中，至 ${r.hanging.toDay}`}
                    </State>
                  )}
                  <div className="quiet small">
                    {r.why ??
                      `姓名、人数、金额 ${r.names} 笔，公示 ${r.days} 天（${r.article}）${r.minors > 0 ? `；未成年人 ${r.minors} 笔不公示` : ""}`}
                  </div>
                </div>
                {r.can.publish && (
                  <Button
                    size="small"
                    loading={publish.isPending && publish.variables === r.item}
                    onClick={() => publish.mutate(r.item)}
                    data-testid={`publish-${r.item}`}
                  >
                    公示
                  </Button>
                )}
                {r.can.takeDown && !r.ended && (
                  <Button size="small" onClick={() => setEnding(r)}>
                    撤下
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {publish.isError && (
        <p className="danger" role="alert">
          {sentence(publish.error)}
        </p>
      )}
      {ending?.hanging && (
        <DrawerForm
          title={`撤下${ending.itemTitle}的公示`}
          verb="撤下"
          fields={[{ name: "reason", label: "撤下原因", type: "longtext", required: true, min: 2, max: 300 }]}
          close={() => setEnding(null)}
          send={async (v) => {
            const params = { id: roster.id, publicityId: ending.hanging?.id ?? "" };
            const body = { id: newId(), reason: String(v.reason) };
            queries.setQueryData(asked.queryKey, await api.takeDownRoster({ params, body }));
            setEnding(null);
          }}
        />
      )}
    </Panel>
  );
}
