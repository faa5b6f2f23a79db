import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SYSTEMS } from "@wuxin/declare/roles";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask } from "../../app/api.ts";
import { useItems, useSession } from "../../app/session.tsx";
import { SystemMark } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/apply.css";

export default function Choose() {
  const items = useItems();
  const { account } = useSession();
  const allowed = may(account.role, "submitApplication");
  return (
    <Page title="代办申请" testId="choose-item" note="替不方便用手机的群众录入；填到一半会自动存为草稿。">
      {!allowed ? (
        <Panel>
          <Blank mark="禁" title="代办申请由村（社区）和乡镇（街道）受理">
            您可以在「办件」里查看已提交的申请。
          </Blank>
        </Panel>
      ) : (
        <>
          <Drafts />
          <Loaded query={items}>
            {(list) =>
              list.length === 0 ? (
                <Panel>
                  <Blank mark="事" title="本县还没有开办事项">
                    事项开办后会列在这里。
                  </Blank>
                </Panel>
              ) : (
                SYSTEMS.filter((s) => list.some((i) => i.system === s)).map((s) => (
                  <Panel
                    key={s}
                    title={
                      <span className="row">
                        <SystemMark system={s} small />大{s}
                      </span>
                    }
                  >
                    <ul className="item-cards">
                      {list
                        .filter((i) => i.system === s)
                        .map((i) => (
                          <li key={i.code}>
                            <Link to="/apply/$item" params={{ item: i.code }} data-testid={`item-${i.code}`}>
                              <b>{i.title}</b>
                              <span>{i.what}</span>
                            </Link>
                          </li>
                        ))}
                    </ul>
                  </Panel>
                ))
              )
            }
          </Loaded>
        </>
      )}
    </Page>
  );
}

function Drafts() {
  const drafts = useQuery(ask("listDrafts", {}));
  const items = useItems().data ?? [];
  const queries = useQueryClient();
  if (!drafts.data || drafts.data.length === 0) return null;
  return (
    <Panel title="没有填完的草稿" testId="drafts">
      <ul className="line-list">
        {drafts.data.map((d) => (
          <li key={d.id}>
            <Link to="/apply/$item" params={{ item: d.item }} search={{ draft: d.id }} className="line-grow">
              {items.find((i) => i.code === d.item)?.title ?? "申请"} · {nameIn(d.application)}
            </Link>
            <span className="quiet tabular">{dateTime(d.savedAt)}</span>
            <Button
              size="small"
              onClick={async () => {
                await api.deleteDraft({ params: { id: d.id } });
                await queries.invalidateQueries({ queryKey: ["listDrafts"] });
              }}
            >
              删除草稿
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function nameIn(application: Record<string, unknown>): string {
  const members = application.members;
  const first: unknown = Array.isArray(members) ? members[0] : undefined;
  if (
    typeof first === "object" &&
    first !== null &&
    "name" in first &&
    typeof first.name === "string" &&
    first.name
  )
    return first.name;
  return "姓名未填";
}
