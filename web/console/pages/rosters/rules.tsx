import type { UseQueryResult } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/roster.css";

/** A dated rule of the bureau or of the county, with its ground. */
interface Ground {
  readonly since: string;
  readonly article: string;
  readonly unverified: boolean;
  readonly ofCounty: boolean;
  readonly note?: string | null;
}

/** The last columns of every list of rules: from when, by which article, whose. */
export const grounds = <R extends Ground>(unverified: string): TableColumnsType<R> => [
  { title: "起算", dataIndex: "since", className: "nowrap" },
  {
    title: "依据",
    dataIndex: "article",
    render: (a: string, r) => (
      <div className="rule-article">
        {a}
        {r.unverified && <span className="warning small">{unverified}</span>}
        {r.note && <div className="quiet small">{r.note}</div>}
      </div>
    ),
  },
  {
    title: "出处",
    dataIndex: "ofCounty",
    className: "nowrap",
    render: (own: boolean) => (own ? "本县规定" : "全国统一"),
  },
];

/** A page that only shows rules kept as data. */
export function RulesPage<R extends object>(props: {
  title: string;
  testId: string;
  note: string;
  query: UseQueryResult<{ rules: R[] }>;
  rowKey: keyof R & string;
  order: (a: R, b: R) => number;
  columns: TableColumnsType<R>;
  blank: ReactNode;
}) {
  return (
    <Page title={props.title} testId={props.testId} note={props.note}>
      <Loaded query={props.query} rows={8}>
        {({ rules }) => (
          <Panel flush>
            {rules.length === 0 ? (
              props.blank
            ) : (
              <Scroll label={props.title}>
                <Table<R>
                  className="rules-table"
                  size="small"
                  rowKey={props.rowKey}
                  dataSource={[...rules].sort(props.order)}
                  columns={props.columns}
                  pagination={false}
                />
              </Scroll>
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
