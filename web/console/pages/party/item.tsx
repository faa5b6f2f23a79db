/** One matter that was given to this party: what it is told, what it may do, what it answered. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ApiError, urlOf } from "@wuxin/contract/client";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { type Ask, api, ask, type Reply, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { PartyReply, toneOf } from "../../parts/party.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/party.css";
import { Deliver } from "./deliver.tsx";

type Item = Reply<"getPartyItem">;
type Action = Item["actions"][number];
const route = getRouteApi("/party/$id");

export default function PartyItem() {
  const { id } = route.useParams();
  const query = useQuery(ask("getPartyItem", { params: { id } }));
  const [doing, setDoing] = useState<Action | null>(null);
  return (
    <Page
      title={query.data?.title ?? "交给本单位的事"}
      crumbs={<Link to="/">本单位的事项</Link>}
      testId="party-item"
      actions={query.data?.actions.map((a, i) => (
        <Button
          key={a.action}
          type={i === 0 ? "primary" : "default"}
          onClick={() => setDoing(a)}
          data-testid={`party-${a.action}`}
        >
          {a.label}
        </Button>
      ))}
    >
      <Loaded query={query} rows={6}>
        {(it) => (
          <div className="columns-2">
            <div className="stack">
              <About it={it} />
              {it.chapters.map((c) => (
                <Panel key={c.title} title={c.title}>
                  {c.lines.length === 0 ? (
                    <Blank small mark="无" title="还没有" />
                  ) : (
                    <Facts rows={c.lines.map((l) => [l.label, l.text, true] as const)} />
                  )}
                </Panel>
              ))}
            </div>
            <Replies it={it} />
          </div>
        )}
      </Loaded>
      {doing && <Answer id={id} action={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function About({ it }: { it: Item }) {
  return (
    <Panel
      title={it.kindLabel}
      extra={
        <State tone={toneOf(it)} testId="party-state">
          {it.late ? "逾期没有答复" : it.stateLabel}
          {it.state === "waiting" && it.dueOn && `，${it.dueOn} 前`}
        </State>
      }
    >
      <Facts rows={it.lines.map((l) => [l.label, l.text, true] as const)} />
      {it.identity && <Identity id={it.id} />}
      {it.file && (
        <p>
          <a href={urlOf("downloadPartyFile", { id: it.id })} data-testid="party-file">
            <Button type="primary">{it.file}</Button>
          </a>
        </p>
      )}
      {it.feed && (
        <div className="party-deliver">
          <Deliver id={it.id} />
        </div>
      )}
      <p className="quiet small party-purpose">
        只能用于：{it.purpose}。依据：{it.basis}。
      </p>
    </Panel>
  );
}

/** Asked for one at a time; who asked, when and what for is on record. */
function Identity({ id }: { id: string }) {
  const { message } = App.useApp();
  const [shown, setShown] = useState<Reply<"partyIdentity"> | null>(null);
  if (shown) return <Facts rows={shown.map((l) => [l.label, l.text] as const)} />;
  return (
    <Button
      size="small"
      data-testid="party-identity"
      onClick={() =>
        api
          .partyIdentity({ params: { id } })
          .then(setShown)
          .catch((e: unknown) => message.error(sentence(e)))
      }
    >
      显示姓名和证件号（留痕）
    </Button>
  );
}

function Replies({ it }: { it: Item }) {
  return (
    <Panel title="我们的答复" testId="party-replies">
      {it.replies.length === 0 ? (
        <Blank small mark="答" title="还没有答复">
          {it.actions.length > 0
            ? "点右上角的按钮办理。"
            : it.feed
              ? "按期交文件就是答复。"
              : "这件事不用您单位再答复。"}
        </Blank>
      ) : (
        <ol className="party-replies">
          {it.replies.map((r) => (
            <li key={r.id} data-testid="party-reply">
              <PartyReply reply={r} />
              {r.refused && <State tone="bad">没有记入台账：{r.refused}</State>}
              {r.state === "waiting" && <State tone="waiting">正在记入台账</State>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Answer({ id, action, close }: { id: string; action: Action; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const request = useRef(newId());
  return (
    <DrawerForm
      title={action.label}
      verb={action.label}
      fields={action.fields}
      intro={action.note && <p className="quiet">{action.note}</p>}
      close={close}
      send={async (data) => {
        const now = await api
          .replyPartyItem({
            params: { id },
            body: {
              ...{ id: request.current, action: action.action },
              data: data as Ask<"replyPartyItem">["body"]["data"],
            },
          })
          .catch((e: unknown) => {
            // What the ledger refused stands written down; what is sent next is another answer.
            if (e instanceof ApiError) request.current = newId();
            throw e;
          });
        queries.setQueryData(ask("getPartyItem", { params: { id } }).queryKey, now);
        await queries.invalidateQueries({ queryKey: ["partyDesk"] });
        message.success(`已${action.label}。`);
        close();
      }}
    />
  );
}
