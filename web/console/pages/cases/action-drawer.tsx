/** One lawful step: its form, generated from the declaration, and what happens when somebody else was quicker. */

import { useQueryClient } from "@tanstack/react-query";
import type { CasePage, NextAction } from "@wuxin/contract";
import { ApiError } from "@wuxin/contract/client";
import type { Values } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Alert, App, Button, Drawer } from "antd";
import { useRef, useState } from "react";
import { api, ask, sentence } from "../../app/api.ts";
import { FieldForm, useFieldForm } from "../../form/field-form.tsx";
import { forget, keep, readKept } from "../../form/kept.ts";
import { StaleDialog } from "./stale-dialog.tsx";

interface Props {
  page: CasePage;
  actionId: string;
  close: () => void;
}

export function ActionDrawer({ page, actionId, close }: Props) {
  const action = page.actions.find((a) => a.id === actionId);
  // After another person's step this one may be gone; what was typed stays in the tab.
  const last = useRef(action);
  if (action) last.current = action;
  return last.current ? (
    <ActionForm page={page} action={last.current} offered={action !== undefined} close={close} />
  ) : null;
}

interface FormProps {
  page: CasePage;
  action: NextAction;
  offered: boolean;
  close: () => void;
}
function ActionForm({ page, action, offered, close }: FormProps) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const key = `${page.id}.${action.id}`;
  const kept = useRef(readKept(key));
  // The same id until the server has answered: a repeated submit is recognised and done once.
  const id = useRef(newId());
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const [before, setBefore] = useState<CasePage | null>(null);
  const form = useFieldForm({
    fields: action.fields,
    initial: { ...startOf(action), ...kept.current },
    onChange: (v) => keep(key, v),
  });
  const caseKey = ask("getCase", { params: { id: page.id } }).queryKey;

  async function submit() {
    if (!form.submit()) return;
    setBusy(true);
    setWrong("");
    try {
      const next = await api.actOnCase({
        params: { id: page.id },
        body: { id: id.current, version: page.version, action: action.id, data: form.answers() as never },
      });
      forget(key);
      queries.setQueryData(caseKey, next);
      for (const route of ["workbench", "listCases", "getPerson", "getHousehold", "listEntitlements"])
        void queries.invalidateQueries({ queryKey: [route] });
      message.success(`已${action.label}，现在是「${next.stateLabel}」。`);
      close();
    } catch (e) {
      setBusy(false);
      if (e instanceof ApiError && e.problem.code === "stale-version") {
        id.current = newId();
        // What happened meanwhile is there when the dialog opens.
        await queries.refetchQueries({ queryKey: caseKey });
        setBefore(page);
        return;
      }
      if (e instanceof ApiError && e.problem.fields?.length) form.refuse(e.problem.fields);
      setWrong(sentence(e));
    }
  }

  const lost = wrongElsewhere(form.errors, action);
  return (
    <Drawer
      open
      // The case stays readable and scrolls beside the form.
      mask={false}
      size={560}
      title={action.label}
      onClose={close}
      footer={
        <div className="drawer-foot">
          <Button onClick={close}>先不办</Button>
          <Button
            type="primary"
            danger={action.tone === "danger"}
            loading={busy}
            disabled={!offered}
            onClick={submit}
            data-testid="submit-action"
          >
            {action.label}
          </Button>
        </div>
      }
    >
      <form
        className="stack form-space"
        data-testid="action-form"
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">
          {page.applicant.name} · {page.number}
          {action.article && ` · 依据：${action.article}`}
        </p>
        {action.confirm && <Alert type="warning" showIcon title={action.confirm} />}
        {!offered && (
          <Alert
            type="error"
            showIcon
            title={`本件现在是「${page.stateLabel}」，已不能「${action.label}」。您填的内容还在，可以复制到别处。`}
          />
        )}
        {kept.current && (
          <p className="small quiet">
            已取回上次没有提交的内容。
            <button
              type="button"
              className="link-button"
              onClick={() => {
                forget(key);
                kept.current = null;
                form.setAll(startOf(action));
              }}
            >
              清空重填
            </button>
          </p>
        )}
        <FieldForm form={form} fields={action.fields} />
        {action.fields.length === 0 && <p>这一步不需要填写内容，确认无误后按「{action.label}」。</p>}
        {lost.map((text) => (
          <Alert key={text} type="error" showIcon title={text} role="alert" />
        ))}
        {wrong && <Alert type="error" showIcon title={wrong} role="alert" data-testid="action-error" />}
      </form>
      {before && (
        <StaleDialog
          before={before}
          now={page}
          label={action.label}
          offered={offered}
          back={() => setBefore(null)}
          again={() => {
            setBefore(null);
            void submit();
          }}
        />
      )}
    </Drawer>
  );
}

/** What the declaration and the case know before anybody types. */
const startOf = (action: NextAction): Values => ({
  ...Object.fromEntries(action.fields.filter((f) => f.initial !== undefined).map((f) => [f.name, f.initial])),
  ...(action.initial as Values),
});

/** Complaints about what the form does not show must still be read. */
const wrongElsewhere = (errors: ReadonlyMap<string, string>, action: NextAction): string[] =>
  [...errors].filter(([name]) => !action.fields.some((f) => f.name === name)).map(([, text]) => text);
