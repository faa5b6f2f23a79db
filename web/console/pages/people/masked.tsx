import { useMutation } from "@tanstack/react-query";
import { Button, Input, Popover } from "antd";
import { useId, useState } from "react";
import { api, type Reply, sentence } from "../../app/api.ts";

interface MaskedProps {
  person: Pick<Reply<"getPerson">, "id" | "canUnmask">;
  field: "idNo" | "phone" | "account";
  value: string;
}
/** A masked number. Whoever may see it whole says why, and the look is kept in the audit trail. */
export function Masked({ person, field, value }: MaskedProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  const look = useMutation({
    mutationFn: () => api.unmask({ params: { id: person.id }, body: { field, reason: reason.trim() } }),
    onSuccess: () => setOpen(false),
  });
  if (look.data) return <span className="tabular">{look.data.value}</span>;
  return (
    <span className="tabular">
      {value}{" "}
      {person.canUnmask && (
        <Popover
          open={open}
          onOpenChange={setOpen}
          trigger="click"
          content={
            <form
              className="stack"
              style={{ inlineSize: 260 }}
              onSubmit={(e) => {
                e.preventDefault();
                if (reason.trim().length < 2) setShort(true);
                else look.mutate();
              }}
            >
              <label htmlFor={id}>为什么要看完整号码？会留痕。</label>
              <Input
                id={id}
                autoFocus
                value={reason}
                onChange={(e) => setReason(e.target.value)}
                maxLength={200}
              />
              {short && reason.trim().length < 2 && <span className="danger">请写明查看原因。</span>}
              {look.isError && <span className="danger">{sentence(look.error)}</span>}
              <Button type="primary" htmlType="submit" loading={look.isPending}>
                查看
              </Button>
            </form>
          }
        >
          <button type="button" className="link-button" data-testid={`unmask-${field}`}>
            查看完整
          </button>
        </Popover>
      )}
    </span>
  );
}
