import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef } from "react";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Panel } from "../../parts/page.tsx";

/** On a case: a numbered 核对 report from the lists there are; refused without the signatures. */
export function MakeCheck({ caseId }: { caseId: string }) {
  const { account } = useSession();
  const navigate = useNavigate();
  const id = useRef(newId());
  const making = useMutation({
    mutationFn: () => api.makeCheck({ body: { id: id.current, caseId } }),
    onSuccess: (c) => void navigate({ to: "/checks/$id", params: { id: c.id } }),
  });
  if (!may(account.role, "makeCheck")) return null;
  return (
    <Panel title="部门数据核对" testId="make-check">
      <p className="quiet">
        用已收到的部门名单核对全家，出编号报告；全体成年家庭成员和登记的义务人都签过授权才能核对。
      </p>
      <Button loading={making.isPending} data-testid="make-check-button" onClick={() => making.mutate()}>
        出具核对报告
      </Button>
      {making.error && (
        <p className="danger" role="alert">
          {sentence(making.error)}
        </p>
      )}
    </Panel>
  );
}
