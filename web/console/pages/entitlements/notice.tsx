/** The paper that tells a household of a new amount: made when asked for, the same one when asked again. */
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";

export function NoticeButton({ of, seq, label }: { of: string; seq: number; label: string }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const issue = useMutation({
    mutationFn: () => api.issueNotice({ params: { id: of, seq: String(seq) } }),
    onSuccess: (d) => navigate({ to: "/documents/$id", params: { id: d.id } }),
    onError: (e) => message.error(sentence(e)),
  });
  if (!may(account.role, "issueNotice")) return null;
  return (
    <Button
      type="link"
      size="small"
      loading={issue.isPending}
      onClick={() => issue.mutate()}
      data-testid={`notice-${seq}`}
    >
      {label}
    </Button>
  );
}
