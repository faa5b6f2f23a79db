/** A department gives its own list: what became of the last one stands above. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { api, ask } from "../../app/api.ts";
import { DropList } from "../../parts/drop-list.tsx";

export function Deliver({ id }: { id: string }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <Button type="primary" onClick={() => setOpen(true)} data-testid="party-deliver">
        交这一期的文件
      </Button>
    );
  return (
    <DropList
      verb="交文件"
      send={async (query, file) => {
        const now = await api.deliverPartyFeed({ params: { id }, query, file, fileName: file.name });
        queries.setQueryData(ask("getPartyItem", { params: { id } }).queryKey, now);
        message.success("已收到，正在比对。收没收下，过一会儿在这里看。");
        setOpen(false);
      }}
    />
  );
}
