/** Whom a 提标 touched in one township, to be told and signed for: the list, and each household's own paper, printed together. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { Pager, pageOf } from "../../parts/list.tsx";
import { Scroll, useTitle } from "../../parts/page.tsx";
import { Paper } from "../../parts/paper.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

const route = getRouteApi("/raises/$id/notices");
/** Sheets that are issued and printed at one time. */
const SIZE = 100;

export default function NoticesRoute() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const page = pageOf(search);
  const query = useQuery({
    ...ask("listRepriceNotices", {
      params: { id },
      query: { division: search.division ?? "", page, size: SIZE },
    }),
    placeholderData: keepPreviousData,
  });
  useTitle("告知名单");
  return <Loaded query={query}>{(of) => <List of={of} page={page} />}</Loaded>;
}

function List({ of, page }: { of: Reply<"listRepriceNotices">; page: number }) {
  const router = useRouter();
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [papers, setPapers] = useState<Reply<"issueRepriceNotices">["papers"] | null>(null);
  const issue = useMutation({
    mutationFn: () =>
      api.issueRepriceNotices({
        params: { id },
        body: { division: search.division ?? "", page, size: SIZE },
      }),
    onSuccess: (done) => {
      setPapers(done.papers);
      for (const k of ["listRepriceNotices", "getReprice", "workbench"])
        void queries.invalidateQueries({ queryKey: [k] });
    },
    onError: (e) => message.error(sentence(e)),
  });
  if (papers)
    return (
      <div data-testid="raise-papers">
        <div className="row no-print document-bar">
          <Button onClick={() => setPapers(null)}>回到名单</Button>
          <Button type="primary" onClick={() => window.print()}>
            打印 {papers.length} 份
          </Button>
          <span className="quiet">每户一张。再出具一次还是同一份、同一个文号。</span>
        </div>
        {papers.map((p) => (
          <Paper key={p.id} of={p} />
        ))}
      </div>
    );
  const untold = of.rows.filter((h) => h.notice === null).length;
  return (
    <div data-testid="raise-notices">
      <div className="row no-print document-bar">
        <Button onClick={() => router.history.back()}>返回</Button>
        <Button onClick={() => window.print()} disabled={of.total === 0}>
          打印名单
        </Button>
        <Button
          type="primary"
          loading={issue.isPending}
          disabled={of.total === 0}
          onClick={() => issue.mutate()}
          data-testid="issue-notices"
        >
          {untold > 0 ? `出具本页 ${of.rows.length} 户的通知书` : `再看本页 ${of.rows.length} 户的通知书`}
        </Button>
        <Pager
          page={page}
          size={SIZE}
          total={of.total}
          onChange={(p) => void navigate({ search: { ...search, page: String(p) } })}
        />
      </div>
      <article className="paper paper-list">
        <h1>待遇调整告知名单</h1>
        <p>
          {of.divisionName}　依据：{of.document}（{of.label}），{of.firstMonth}{" "}
          起执行。请逐户告知并签收；有异议的，按通知书所写的途径提出。
        </p>
        {of.total === 0 ? (
          <Blank small mark="户" title="这里没有调整的">
            这个乡镇（街道）没有人的金额因此变动。
          </Blank>
        ) : (
          <Scroll label="告知名单">
            <table className="plain-table">
              <thead>
                <tr>
                  <th className="num">序号</th>
                  <th>领款人</th>
                  <th>村（社区）</th>
                  <th>事项</th>
                  <th className="num">原每月（元）</th>
                  <th className="num">新每月（元）</th>
                  <th>从</th>
                  <th>通知书</th>
                  <th>签收、日期</th>
                </tr>
              </thead>
              <tbody>
                {of.rows.map((h, i) => (
                  <tr key={h.entitlementId}>
                    <td className="num">{(page - 1) * SIZE + i + 1}</td>
                    <td>{h.payee}</td>
                    <td>{h.divisionName}</td>
                    <td className="tabular">{h.itemTitle}</td>
                    <td className="num">{yuan(h.beforeFen)}</td>
                    <td className="num">{yuan(h.afterFen)}</td>
                    <td className="tabular">{h.fromMonth}</td>
                    <td>{h.notice ?? "未出"}</td>
                    <td />
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </article>
    </div>
  );
}
