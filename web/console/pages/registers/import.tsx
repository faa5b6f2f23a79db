/** Entries of a register from a file: what each row would do is looked at first; one wrong row and nothing is taken. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Table } from "antd";
import { useState } from "react";
import { api, type Reply, sentence } from "../../app/api.ts";
import { FieldForm, useFieldForm } from "../../form/field-form.tsx";
import { FileDrop } from "../../parts/file-drop.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Scroll } from "../../parts/page.tsx";
import type { Register } from "./register.tsx";

type Look = Reply<"importEntries">;
const DOES: Record<Look["rows"][number]["does"], readonly [string, Tone]> = {
  new: ["新登记", "good"],
  changed: ["更改", "active"],
  same: ["不变", "neutral"],
  wrong: ["不对", "bad"],
};

export function ImportDrawer({ register, close }: { register: Register; close: () => void }) {
  const d = register.definition;
  const importing = d.importing!;
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [file, setFile] = useState<File | null>(null);
  // What most files leave out of the table and say in their heading.
  const fields = d.fields
    .filter((f) => importing.beside.includes(f.name))
    .map((f) => ({ ...f, required: false, help: "文件里有这一列的，以文件为准。" }));
  const form = useFieldForm({ fields, initial: {} });
  const sending = useMutation({
    mutationFn: (digest: string | null) =>
      api.importEntries({
        params: { register: d.code },
        query: { values: JSON.stringify(form.answers()), ...(digest ? { digest } : {}) },
        file: file!,
        fileName: file!.name,
      }),
    onSuccess: (look, digest) => {
      if (!digest) return;
      void queries.invalidateQueries({ queryKey: ["listEntries"] });
      void message.success(`已导入 ${look.rows.length} 行。`);
      close();
    },
  });
  const look = sending.data;
  const wrong = look?.counts.wrong ?? 0;
  const rows = [...(look?.rows ?? [])].sort(
    (a, b) => Number(b.does === "wrong") - Number(a.does === "wrong"),
  );
  return (
    <Drawer
      open
      size={760}
      title={`导入《${d.title}》`}
      onClose={close}
      footer={
        <div className="drawer-foot">
          <Button onClick={close}>先不办</Button>
          <Button
            disabled={!file}
            loading={sending.isPending}
            type={look ? "default" : "primary"}
            data-testid="import-look"
            onClick={() => form.submit() && sending.mutate(null)}
          >
            {look ? "重新看一遍" : "先看一遍"}
          </Button>
          {look && (
            <Button
              type="primary"
              disabled={wrong > 0 || look.counts.new + look.counts.changed === 0}
              loading={sending.isPending}
              data-testid="import-send"
              onClick={() => sending.mutate(look.digest)}
            >
              导入 {look.counts.new + look.counts.changed} 行
            </Button>
          )}
        </div>
      }
    >
      <div className="stack" data-testid="import-form">
        <p className="quiet">{importing.help}</p>
        <FileDrop
          file={file}
          take={(f) => {
            sending.reset();
            setFile(f);
          }}
          accept=".csv,.txt,.xlsx"
          hint="CSV（UTF-8、GB18030）、XLSX；一次最多 5000 行"
          testId="import-file"
        />
        <FieldForm form={form} fields={fields} columns={2} />
        {sending.error && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={sentence(sending.error)}
            data-testid="form-error"
          />
        )}
        {look && (
          <>
            <p data-testid="import-counts">
              新登记 {look.counts.new} 行，更改 {look.counts.changed} 行，不变 {look.counts.same} 行
              {wrong > 0 && <b className="danger">，不对 {wrong} 行，改好以前一行也不会导入</b>}。
            </p>
            {look.remarks.map((r) => (
              <p key={r} className="warning">
                {r}
              </p>
            ))}
            <Scroll label="逐行">
              <Table
                size="small"
                rowKey="line"
                dataSource={rows}
                pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
                columns={[
                  { title: "行", dataIndex: "line", className: "num" },
                  { title: "地方", dataIndex: "place" },
                  {
                    title: "怎样",
                    dataIndex: "does",
                    render: (does: keyof typeof DOES) => <State tone={DOES[does][1]}>{DOES[does][0]}</State>,
                  },
                  { title: "说明", dataIndex: "words" },
                ]}
              />
            </Scroll>
          </>
        )}
      </div>
    </Drawer>
  );
}
