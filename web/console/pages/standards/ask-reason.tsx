/** Asks once more before a version is moved, saying what will happen and taking a reason. */
import { Input, Modal } from "antd";
import { useId, useState } from "react";

interface AskReasonProps {
  kind: string;
  title: string;
  verb: string;
  /** Which version it is. */
  what: React.ReactNode;
  /** What follows from it. */
  says?: string;
  ask: string;
  busy: boolean;
  wrong: string;
  close: () => void;
  send: (reason: string) => void;
}
export function AskReason({ kind, title, verb, what, says, ask, busy, wrong, close, send }: AskReasonProps) {
  const id = useId();
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={title}
      okText={verb}
      cancelText="再看看"
      confirmLoading={busy}
      onOk={() => send(reason)}
      onCancel={close}
      okButtonProps={{ "data-testid": `confirm-${kind}` }}
    >
      <div className="stack">
        <p>{what}</p>
        {says && <p className="quiet">{says}</p>}
        <label htmlFor={id}>{ask}</label>
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          data-testid="move-reason"
        />
        {wrong && (
          <p className="danger" role="alert">
            {wrong}
          </p>
        )}
      </div>
    </Modal>
  );
}
