import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { useRosterRefresh } from "./refresh.ts";
import type { Roster } from "./roster.tsx";

/** The line that must read 「相符」. */
export function Reconciliation({ of: r }: { of: Roster["reconciliation"] }) {
  return (
    <div className={r.agrees ? "reconciled" : "reconciled reconciled-not"} data-testid="reconciliation">
      <b>
        <Shape tone={r.agrees ? "good" : "bad"} /> {r.agrees ? "相符" : "不相符"}
      </b>
      <span>{r.text}</span>
    </div>
  );
}

export function BankFiles({ roster }: { roster: Roster }) {
  const { account } = useSession();
  const refresh = useRosterRefresh(roster.id);
  const { message } = App.useApp();
  const write = useMutation({
    mutationFn: (format: string) =>
      api.exportBankFile({ params: { id: roster.id }, body: { id: newId(), format } }),
    onSuccess: (next) => refresh(next),
  });
  const waiting = roster.fileMakings.filter((m) => m.state === "waiting").map((m) => m.id);
  const waits = waiting.length > 0;
  const asked = useQuery({
    // What was told of files that are there is not told of the next.
    queryKey: ["bank-files", roster.id, waiting],
    queryFn: () => api.getFileMakings({ params: { id: roster.id } }),
    enabled: waits,
    refetchInterval: 500,
    gcTime: 0,
  });
  const makings = (waits && asked.data) || roster.fileMakings;
  const over = waits && asked.data !== undefined && !asked.data.some((m) => m.state === "waiting");
  const told = useRef(false);
  useEffect(() => {
    if (over && !told.current) {
      refresh();
      if (asked.data?.length === 0) message.success("银行文件已生成，请下载后报送。");
    }
    told.current = over;
  });
  return (
    <Panel title="一卡通银行文件" testId="bank-files">
      {roster.bankFiles.length === 0 && makings.length === 0 && (
        <Blank small mark="银" title="还没有生成">
          {roster.can.exportFile ? "三方已签字，可以生成。" : "三方签字后才能生成。"}
        </Blank>
      )}
      <ul className="line-list">
        {roster.bankFiles.map((f) => (
          <li key={f.id}>
            <div className="line-grow">
              {may(account.role, "downloadBankFile") ? (
                <a
                  href={urlOf("downloadBankFile", { id: f.id })}
                  download
                  data-testid={`download-${f.format}`}
                >
                  <DownloadOutlined /> {f.formatName}
                </a>
              ) : (
                f.formatName
              )}{" "}
              <span className="tabular">
                {f.lines} 笔 · {yuan(f.totalFen)} 元
              </span>
              <div className="quiet small tabular">
                {f.by} · {dateTime(f.createdAt)}
                <br />
                摘要 {f.digest.slice(0, 16)}…
              </div>
            </div>
          </li>
        ))}
      </ul>
      {makings.map((m) => (
        <FileMaking key={m.id} of={m} name={roster.layouts.find((l) => l.code === m.format)?.name ?? ""} />
      ))}
      {roster.can.exportFile && (
        <div className="row panel-foot">
          {roster.layouts
            .filter((l) => !l.made && !makings.some((m) => m.format === l.code && m.state === "waiting"))
            .map((l) => (
              <Button
                key={l.code}
                className="button-wrap"
                onClick={() => write.mutate(l.code)}
                loading={write.isPending && write.variables === l.code}
                data-testid={`export-${l.code}`}
              >
                生成{l.name}
              </Button>
            ))}
        </div>
      )}
      {write.isError && (
        <p className="danger" role="alert">
          {sentence(write.error)}
        </p>
      )}
    </Panel>
  );
}

function FileMaking({ of: m, name }: { of: Roster["fileMakings"][number]; name: string }) {
  if (m.state === "stopped")
    return (
      <p className="danger" role="alert" data-testid="file-refusal">
        「{name}」没有生成：{m.refusal}
      </p>
    );
  return (
    <div className="return-report" role="status" data-testid="file-progress">
      <b>
        正在生成「{name}」{m.done > 0 && `：已写 ${m.done} 笔`}
        {m.total !== null && m.total > 0 && `，共 ${m.total} 笔`}
      </b>
      <div className="quiet small">写完并核对无误才报送；关掉页面不影响生成。</div>
    </div>
  );
}

export function Returns({ roster }: { roster: Roster }) {
  const refresh = useRosterRefresh(roster.id);
  const go = useNavigate();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const load = useMutation({
    mutationFn: (file: File) => api.loadReturn({ params: { id: roster.id }, file, fileName: file.name }),
  });
  // What was uploaded here, else what was on its way or refused when the page was opened.
  const start = load.data ?? (load.isError ? null : roster.lastReturn);
  const asked = useQuery({
    queryKey: ["return", start?.id],
    queryFn: () => api.getReturn({ params: { id: start?.id ?? "" } }),
    enabled: start?.state === "waiting",
    refetchInterval: (q) => (q.state.data && q.state.data.state !== "waiting" ? false : 500),
  });
  const now = (start?.state === "waiting" && asked.data) || start;
  const told = useRef("");
  useEffect(() => {
    if (!now || now.state === "waiting" || start?.state !== "waiting" || told.current === now.id) return;
    told.current = now.id;
    refresh();
  });
  // One id for as long as this page stands: pressing twice asks for the same roster.
  const [reissueId] = useState(newId);
  const reissue = useMutation({
    mutationFn: () => api.reissue({ params: { id: roster.id }, body: { id: reissueId } }),
    onSuccess: (next) => {
      refresh(next.id === roster.id ? next : undefined);
      message.success(`已生成补发名册「${next.title}」：${next.lines} 笔。`);
      void go({ to: "/rosters/$id", params: { id: next.id } });
    },
  });
  return (
    <Panel title="银行回盘" testId="returns">
      {roster.returns.length === 0 && (
        <Blank small mark="回" title="还没有回盘">
          银行代发后，把返回的文件装载进来，系统逐笔对上成功、失败和未知。
        </Blank>
      )}
      <ul className="line-list">
        {roster.returns.map((r) => (
          <li key={r.id}>
            <div className="line-grow">
              <b>{r.fileName}</b>
              <div className="tabular">
                成功 {r.paid} · <span className={r.failed > 0 ? "danger" : ""}>失败 {r.failed}</span> · 未知{" "}
                {r.unknown}
                {r.duplicated > 0 && ` · 重复 ${r.duplicated}`}
              </div>
              <div className="quiet small">
                {r.by} · {dateTime(r.loadedAt)}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {now && <ReturnReport of={now} />}
      <div className="row panel-foot">
        {roster.can.loadReturn && (
          <>
            <input
              ref={input}
              type="file"
              className="sr-only"
              tabIndex={-1}
              aria-label="银行回盘文件"
              accept=".csv,.txt,.xlsx"
              data-testid="return-file"
              onChange={(e) => {
                const file = e.target.files?.[0];
                e.target.value = "";
                if (file) load.mutate(file);
              }}
            />
            <Button
              loading={load.isPending || now?.state === "waiting"}
              onClick={() => input.current?.click()}
            >
              装载回盘
            </Button>
          </>
        )}
        {roster.can.reissue && (
          <Button
            type="primary"
            loading={reissue.isPending}
            onClick={() => reissue.mutate()}
            data-testid="reissue"
          >
            失败补发
          </Button>
        )}
      </div>
      {(load.isError || reissue.isError) && (
        <p className="danger" role="alert" data-testid="return-error">
          {sentence(load.error ?? reissue.error)}
        </p>
      )}
    </Panel>
  );
}

function ReturnReport({ of: r }: { of: Reply<"getReturn"> }) {
  const problems = r.problems.length > 0 && (
    <ul>
      {r.problems.map((p) => (
        <li key={`${p.row}${p.message}`}>
          第 {p.row} 行：{p.message}
        </li>
      ))}
    </ul>
  );
  if (r.state === "waiting")
    return (
      <div className="return-report" role="status" data-testid="return-progress">
        <b>
          正在装载{r.fileName && `「${r.fileName}」`}
          {r.rows !== null && r.rows > 0 && `：已读 ${r.rows} 行`}
          {r.total !== null && r.total > 1 && `，共约 ${r.total} 行`}
        </b>
        <div className="quiet small">全部核对无误才一次入账；关掉页面不影响装载。</div>
      </div>
    );
  if (r.state !== "loaded")
    return (
      <div className="return-report" role="alert" data-testid="return-error">
        <p className="danger">{r.refusal}</p>
        {r.fileName && <div className="quiet small">{r.fileName}</div>}
        {problems}
      </div>
    );
  return (
    <div className="return-report" role="status" data-testid="return-report">
      {r.alreadyLoaded ? (
        <b>这份回盘以前装载过，这次没有改动任何笔次。</b>
      ) : (
        <b>
          已装载：成功 {r.paid}，失败 {r.failed}，未知 {r.unknown}
          {r.duplicated > 0 && `，重复 ${r.duplicated}`}
        </b>
      )}
      {problems}
    </div>
  );
}
