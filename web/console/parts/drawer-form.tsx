/** A drawer with one generic form and one verb: the shape of every small task outside of a case. */
import { useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@wuxin/contract/client";
import { type Field, initialOf, type Values } from "@wuxin/declare/fields";
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
  /** Answers that are there; without them the form begins with what the fields say. */
  initial?: Values;
  columns?: 1 | 2;
  /** Throws what the server threw; the form shows it. `false`: nothing was sent, the form stays. */
  send: (answers: ReturnType<FormState["answers"]>) => Promise<unknown>;
  close: () => void;
}
export function DrawerForm(props: DrawerFormProps) {
  const { title, verb, danger, intro, fields, initial, columns, send, close } = props;
  const form = useFieldForm({ fields, initial: initial ?? initialOf(fields) });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const queries = useQueryClient();
  const [overtaken, setOvertaken] = useState(false);
  // Somebody was first: what stands behind the drawer is of before. Only when it is closed, or the sentence would go with it.
  const leave = () => {
    if (overtaken) void queries.invalidateQueries();
    close();
  };
  async function submit() {
    setWrong("");
    if (!form.submit()) return;
    setBusy(true);
    try {
      if ((await send(form.answers())) === false) setBusy(false);
    } catch (e) {
      if (e instanceof ApiError && e.problem.fields?.length) {
        // The server names a field with or without its place in the body: body.values.price → price.
        form.refuse(e.problem.fields.map((f) => ({ ...f, field: f.field.split(".").pop() ?? f.field })));
      }
      setOvertaken(e instanceof ApiError && e.problem.status === 409);
      setWrong(sentence(e));
      setBusy(false);
    }
  }
  return (
    <Drawer
      open
      size={columns === 2 ? 760 : 520}
      title={title}
      onClose={leave}
      footer={
        <div className="drawer-foot">
          <Button onClick={leave}>先不办</Button>
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
