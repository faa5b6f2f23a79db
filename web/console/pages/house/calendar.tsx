import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/calendar.css";
import { YearGrid } from "./year-grid.tsx";

const route = getRouteApi("/calendar");
type Calendar = Reply<"getCalendar">;
export type Day = Calendar["days"][number];

/** The calendar on which every lawful clock runs. An unpublished year is said, not guessed. */
export default function CalendarRoute() {
  const search = route.useSearch();
  const today = useToday();
  const year = Number(search.year ?? today.slice(0, 4)) || 2000;
  const query = useQuery(ask("getCalendar", { params: { year } }));
  return (
    <Loaded query={query} rows={12}>
      {(c) => <CalendarView key={`${c.year}${query.dataUpdatedAt}`} calendar={c} />}
    </Loaded>
  );
}

function CalendarView({ calendar: c }: { calendar: Calendar }) {
  const id = useId();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [days, setDays] = useState<readonly Day[]>(c.days);
  const [published, setPublished] = useState(c.published);
  const [document, setDocument] = useState(c.document ?? "");
  const changed = days !== c.days || published !== c.published || document !== (c.document ?? "");
  const save = useMutation({
    mutationFn: () =>
      api.saveCalendar({
        params: { year: c.year },
        body: { published, document: document.trim(), days: [...days] },
      }),
    onSuccess: (next) => {
      queries.setQueryData(ask("getCalendar", { params: { year: c.year } }).queryKey, next);
      // Every clock may have moved.
      for (const k of ["workbench", "listCases", "getCase"])
        void queries.invalidateQueries({ queryKey: [k] });
      message.success("工作日历已保存，时限已按新的日历重算。");
    },
  });
  const go = (year: number) => void navigate({ search: { ...search, year: String(year) } });
  return (
    <Page
      title={`工作日历 ${c.year}`}
      testId="calendar"
      note={
        <span className="row">
          <State tone={c.published ? "good" : "warn"}>{c.published ? "已公布" : "未公布"}</State>
          全年 {c.workingDays} 个工作日
          {c.document && ` · ${c.document}`}
        </span>
      }
      actions={
        <>
          <Button icon={<LeftOutlined />} onClick={() => go(c.year - 1)}>
            {c.year - 1}
          </Button>
          <Button iconPlacement="end" icon={<RightOutlined />} onClick={() => go(c.year + 1)}>
            {c.year + 1}
          </Button>
        </>
      }
    >
      {!c.published && (
        <Alert
          type="warning"
          showIcon
          title={`${c.year} 年的放假安排国务院办公厅尚未公布。`}
          description="这一年里的时限按一般周末暂算，并在每个时限旁注明。公布后请在此录入并勾选「已公布」。"
        />
      )}
      <Panel
        title="全年"
        extra={
          <span className="row small">
            <span className="legend legend-off">休</span>放假
            <span className="legend legend-on">班</span>调休上班
            <span className="legend legend-weekend" />
            周末
          </span>
        }
      >
        <YearGrid year={c.year} days={days} editable={c.canEdit} onChange={setDays} />
      </Panel>
      {c.canEdit && (
        <Panel title="保存" testId="calendar-save">
          <div className="stack">
            <p className="quiet">点一个工作日改为放假，点一个周末改为上班，再点一次改回。</p>
            <Checkbox checked={published} onChange={(e) => setPublished(e.target.checked)}>
              放假安排已公布
            </Checkbox>
            <div>
              <label htmlFor={id}>文件名称和文号</label>
              <Input id={id} value={document} maxLength={100} onChange={(e) => setDocument(e.target.value)} />
            </div>
            {save.isError && (
              <p className="danger" role="alert">
                {sentence(save.error)}
              </p>
            )}
            <div>
              <Button
                type="primary"
                disabled={!changed}
                loading={save.isPending}
                onClick={() => save.mutate()}
                data-testid="save-calendar"
              >
                保存日历
              </Button>
            </div>
          </div>
        </Panel>
      )}
    </Page>
  );
}
