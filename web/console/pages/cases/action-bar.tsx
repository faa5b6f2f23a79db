import type { CasePage, NextAction } from "@wuxin/contract";
import { Button, Tooltip } from "antd";
import { Shape } from "../../parts/marks.tsx";

const ORDER = { primary: 0, normal: 1, danger: 2 } as const;

/** The lawful next steps. One that is not possible now stays in sight, grey, with what it lacks. */
export function ActionBar({ page, choose }: { page: CasePage; choose: (id: string) => void }) {
  const actions = [...page.actions].sort((a, b) => ORDER[a.tone] - ORDER[b.tone]);
  const blocked = actions.filter((a) => a.blocked.length > 0);
  return (
    <div className="action-bar no-print" role="toolbar" aria-label="可以办理的步骤" data-testid="actions">
      {actions.length === 0 && (
        <p className="quiet">
          {page.final ? `本件已办结：${page.stateLabel}。` : "这一步不由您办。"}
          {page.explain}
        </p>
      )}
      {actions.length > 0 && (
        <div className="action-buttons">
          {actions.map((a) => (
            <ActionButton key={a.id} action={a} choose={choose} />
          ))}
        </div>
      )}
      {blocked.length > 0 && (
        <ul className="action-blocked" data-testid="blocked">
          {blocked.map((a) => (
            <li key={a.id}>
              <Shape tone="waiting" /> 「{a.label}」暂不能办：{a.blocked.join("")}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ActionButton({ action: a, choose }: { action: NextAction; choose: (id: string) => void }) {
  const grey = a.blocked.length > 0;
  return (
    <Tooltip title={grey ? a.blocked.join("") : a.article}>
      <Button
        type={a.tone === "primary" && !grey ? "primary" : "default"}
        danger={a.tone === "danger" && !grey}
        aria-disabled={grey}
        className={grey ? "action-grey" : ""}
        onClick={() => {
          if (!grey) choose(a.id);
        }}
        data-testid={`action-${a.id}`}
      >
        {a.label}
      </Button>
    </Tooltip>
  );
}
