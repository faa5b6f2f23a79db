/** What one does with a package: send it, fetch its file, write down the receipt, take answers in, withdraw it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { FileDrop } from "../../parts/file-drop.tsx";
import { Panel } from "../../parts/page.tsx";
import type { PackagePage } from "./check-package.tsx";

/** What shows the package, or that it or its cases wait. */
function useMoved() {
  const queries = useQueryClient();
  return () => {
    for (const k of ["getCheckPackage", "listCheckPackages", "listCheckWaiting", "workbench"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
}

export function Acts({ of: p }: { of: PackagePage }) {
  const { account } = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const params = { id: p.id };
  const moved = useMoved();
  const [form, setForm] = useState<"receipt" | "withdraw" | null>(null);
  const sending = useMutation({
    mutationFn: () => api.sendCheckPackage({ params }),
    onSuccess: () => message.success("已确认送出，请下载文件交给对方。"),
    onError: (e) => message.error(sentence(e)),
    onSettled: moved,
  });
  const dropping = useMutation({
    mutationFn: () => api.dropCheckPackage({ params }),
    onSuccess: () => void navigate({ to: "/check-packages" }),
    onError: (e) => message.error(sentence(e)),
    onSettled: moved,
  });
  if (!may(account.role, "makeCheckPackage")) return null;
  if (p.state === "draft")
    return (
      <div className="row" data-testid="package-actions">
        {p.can.send ? (
          <Button type="primary" loading={sending.isPending} onClick={() => sending.mutate()}>
            确认送出
          </Button>
        ) : (
          <span className="quiet">您组成的，要由另一个人确认送出。</span>
        )}
        <Button loading={dropping.isPending} onClick={() => dropping.mutate()}>
          作废草稿
        </Button>
      </div>
    );
  return (
    <div className="row" data-testid="package-actions">
      <Button href={urlOf("downloadCheckPackage", params)} download>
        下载批次文件
      </Button>
      {p.can.receipt && <Button onClick={() => setForm("receipt")}>登记回执</Button>}
      {p.can.withdraw && <Button onClick={() => setForm("withdraw")}>撤回</Button>}
      {form === "receipt" && <Receipt of={p} close={() => setForm(null)} />}
      {form === "withdraw" && <Withdraw of={p} close={() => setForm(null)} />}
    </div>
  );
}

function Receipt({ of: p, close }: { of: PackagePage; close: () => void }) {
  const moved = useMoved();
  const today = useToday();
  return (
    <DrawerForm
      title="登记接收回执"
      verb="登记"
      intro={<p className="quiet">按对方的回执填；接收的行数和送出的 {p.lines} 行不一样，会标出来。</p>}
      fields={[
        { name: "number", label: "回执编号", type: "text", required: true, max: 60 },
        { name: "on", label: "回执日期", type: "date", required: true },
        { name: "lines", label: "对方接收的行数", type: "integer", required: true, min: 0, max: p.lines },
      ]}
      initial={{ number: "", on: today, lines: p.lines }}
      close={close}
      send={async (v) => {
        const body = { number: String(v.number), on: String(v.on), lines: Number(v.lines) };
        await api.receiveCheckReceipt({ params: { id: p.id }, body });
        moved();
        close();
      }}
    />
  );
}

function Withdraw({ of: p, close }: { of: PackagePage; close: () => void }) {
  const moved = useMoved();
  return (
    <DrawerForm
      title="撤回批次"
      verb="撤回"
      danger
      intro={
        <p className="quiet">
          还有 {p.open} 行没有答复。撤回以后不再收这一批的答复，已经收下的照样算数，这些办件可以另外委托。
        </p>
      }
      fields={[{ name: "reason", label: "为什么撤回", type: "longtext", required: true, min: 2, max: 500 }]}
      close={close}
      send={async (v) => {
        await api.withdrawCheckPackage({ params: { id: p.id }, body: { reason: String(v.reason) } });
        moved();
        close();
      }}
    />
  );
}

export function TakeAnswers({ of: p }: { of: PackagePage }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const moved = useMoved();
  // Of one file: tried again, it is the same answer.
  const id = useRef(newId());
  const [file, setFile] = useState<File | null>(null);
  const sending = useMutation({
    mutationFn: (f: File) =>
      api.uploadCheckAnswers({
        params: { id: p.id },
        query: { id: id.current },
        ...{ file: f, fileName: f.name },
      }),
    onSuccess: (page) => {
      const { accepted, lines } = page.answers.at(-1) ?? { accepted: 0, lines: 0 };
      if (accepted === lines) message.success(`${lines} 行全部收下。`);
      else message.warning(`收下 ${accepted} 行，退回 ${lines - accepted} 行，原因见下面。`);
      setFile(null);
      id.current = newId();
    },
    onSettled: moved,
  });
  if (!may(account.role, "uploadCheckAnswers")) return null;
  return (
    <Panel title="上传答复" testId="take-answers">
      <p className="quiet">
        用下载的批次文件填「查询日期」「查得结果」，查过没有的写「{p.nothing}
        」。不改列名和序号；一部分先回也可以。
      </p>
      <FileDrop
        file={file}
        take={(f) => {
          setFile(f);
          id.current = newId();
          sending.reset();
        }}
        accept=".csv,.txt,.xlsx"
        hint="XLSX、CSV、文本；最大 20 MB"
        testId="answer-file"
      />
      <div className="feed-send">
        <Button
          type="primary"
          disabled={!file}
          loading={sending.isPending}
          data-testid="answer-send"
          onClick={() => file && sending.mutate(file)}
        >
          上传
        </Button>
      </div>
      {sending.error && (
        <p className="danger" role="alert">
          {sentence(sending.error)}
        </p>
      )}
    </Panel>
  );
}
