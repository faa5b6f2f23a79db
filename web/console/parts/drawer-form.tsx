/** A drawer with one generic form and one verb: the shape of every small task outside of a case. */
import { ApiError } from "@wuxin/contract/client";
import type { Field, Values } from "@wuxin/declare/fields";
import { Alert, Button, Drawer } from "antd";
import { useState } from "react";
import { sentence } from "../app/api.ts";
import { FieldForm, type FormState, useFieldForm } from "../form/field-form.tsx";

interface DrawerFormProps {
  title: string;
  verb: string;
  danger?: boolean;
  intro?: React.ReactNode;
  fields: readonly Field[];
  initial?: Values;
  columns?: 1 | 2;
  /** Throws what the server threw; the form shows it. `false`: nothing was sent, the form stays. */
  send: (answers: ReturnType<FormState["answers"]>) => Promise<unknown>;
  close: () => void;
}
export function DrawerForm(props: DrawerFormProps) {
  const { title, verb, danger, intro, fields, initial, columns, send, close } = props;
  const form = useFieldForm({ fields, initial: initial ?? {} });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  async function submit() {
    if (!form.submit()) return;
    setBusy(true);
    setWrong("");
    try {
      if ((await send(form.answers())) === false) setBusy(false);
    } catch (e) {
      if (e instanceof ApiError && e.problem.fields?.length) {
        // The server names a field with or without its place in the body: body.values.price → price.
        form.refuse(e.problem.fields.map((f) => ({ ...f, field: f.field.split(".").pop() ?? f.field })));
      }
      setWrong(sentence(e));
      setBusy(false);
    }
  }
  return (
    <Drawer
      open
      size={columns === 2 ? 760 : 520}
      title={title}
      onClose={close}
      footer={
        <div className="drawer-foot">
          <Button onClick={close}>先不办</Button>
          <Button
            type="primary"
            danger={danger ?? false}
            loading={busy}
            onClick={submit}
            data-testid="submit"
          >
            {verb}
          </Button>
        </div>
      }
    >
      <form
        className="stack form-space"
        data-testid="drawer-form"
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        {intro}
        <FieldForm form={form} fields={fields} columns={columns ?? 1} />
        {wrong && <Alert type="error" showIcon title={wrong} role="alert" data-testid="form-error" />}
      </form>
    </Drawer>
  );
}
