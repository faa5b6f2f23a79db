import type { CasePage } from "@wuxin/contract";
import { Button, Modal } from "antd";
import { dateTime } from "../../../kit/format.ts";

interface StaleProps {
  before: CasePage;
  now: CasePage;
  label: string;
  offered: boolean;
  back: () => void;
  again: () => void;
}

/** Somebody else acted meanwhile: what changed is shown, what was typed stays. */
export function StaleDialog({ before, now, label, offered, back, again }: StaleProps) {
  const seen = Math.max(0, ...before.history.map((h) => h.seq));
  const fresh = now.history.filter((h) => h.seq > seen).sort((a, b) => a.seq - b.seq);
  return (
    <Modal
      open
      title="这件事刚刚有人办过"
      onCancel={back}
      footer={
        <>
          <Button onClick={back}>回去看看我填的</Button>
          {offered && (
            <Button type="primary" onClick={again} data-testid="stale-again">
              内容无误，仍要{label}
            </Button>
          )}
        </>
      }
    >
      <div className="stack" data-testid="stale-dialog">
        <p>
          {before.stateLabel === now.stateLabel
            ? "您打开之后，这件事又有了新的经过。"
            : `您打开之后，本件从「${before.stateLabel}」变为「${now.stateLabel}」。`}
          您填的内容都还在。
        </p>
        <ul className="line-list">
          {fresh.map((h) => (
            <li key={h.seq}>
              <div className="line-grow">
                <b>{h.label}</b>{" "}
                <span className="quiet">
                  {h.actorName} · {dateTime(h.at)}
                </span>
                {h.note && <p className="pre">{h.note}</p>}
                {h.rows.map((r) => (
                  <p key={`${r.label}${r.text}`} className="small">
                    {r.label}：{r.text}
                  </p>
                ))}
              </div>
            </li>
          ))}
        </ul>
        {!offered && <p className="warning">按现在的状态已不能「{label}」。</p>}
      </div>
    </Modal>
  );
}
