import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { urlOf } from "@wuxin/contract/client";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

/** Ledgers to take away and prove elsewhere: asked for here, made by a job, fetched when it is done. */
export function Exports() {
  const queries = useQueryClient();
  const list = ask("listAuditExports", {});
  const query = useQuery({
    ...list,
    // While one is being made its row is asked for again.
    refetchInterval: (q) => (q.state.data?.some((e) => e.finishedAt === null) ? 2000 : false),
  });
  const request = useMutation({
    mutationFn: () => api.requestAuditExport({ body: { id: newId() } }),
    onSuccess: (next) => queries.setQueryData(list.queryKey, next),
  });
  const busy = query.data?.some((e) => e.finishedAt === null) ?? false;
  return (
    <Panel
      title="审计导出"
      testId="exports"
      extra={
        <Button
          loading={request.isPending || busy}
          onClick={() => request.mutate()}
          data-testid="request-export"
        >
          {busy ? "正在导出" : "导出"}
        </Button>
      }
    >
      <p className="quiet">
        名册、名额、签字、银行文件和回盘、发放流水、资金分录各一个 CSV，附摘要清单和校验脚本。拿到任何一台装有
        Node.js 的电脑上运行脚本，不用本系统也能证明一分不差。
      </p>
      {request.isError && (
        <p className="danger" role="alert">
          {sentence(request.error)}
        </p>
      )}
      <Loaded query={query} rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <Blank small mark="导" title="还没有导出过">
              点「导出」，做好后在这里下载；离开页面也会接着做。
            </Blank>
          ) : (
            <ul className="line-list" aria-live="polite">
              {rows.map((e) => (
                <li key={e.id}>
                  <State tone={e.finishedAt ? "good" : "active"}>{e.finishedAt ? "已做好" : "正在做"}</State>
                  <div className="line-grow">
                    {e.requestedBy} · {dateTime(e.requestedAt)}
                    {e.rows !== null && (
                      <span className="tabular"> · {e.rows.toLocaleString("zh-CN")} 行</span>
                    )}
                    {e.manifest && <div className="quiet small tabular">清单摘要 {e.manifest}</div>}
                  </div>
                  {e.sha256 && (
                    <a
                      href={urlOf("downloadAuditExport", { id: e.id })}
                      download
                      data-testid="download-export"
                    >
                      <DownloadOutlined /> 下载 ZIP
                      {e.bytes !== null &&
                        `（${Math.max(1, Math.round(e.bytes / 1024)).toLocaleString("zh-CN")} KB）`}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
