/** What every list shares: the page number in the address, the pager, the search box that waits for the hand. */
import { Button, Input, Pagination } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { DivisionInput } from "../form/pickers.tsx";

export const pageOf = (search: { page?: string }): number => Math.max(1, Number(search.page ?? 1) || 1);

interface PagerProps {
  page: number;
  size: number;
  total: number;
  onChange: (page: number) => void;
}
export function Pager({ page, size, total, onChange }: PagerProps) {
  return (
    <div className="pager">
      <span className="quiet tabular" data-testid="total">
        共 {total.toLocaleString("zh-CN")} 条
      </span>
      {total > size && (
        <Pagination
          size="small"
          current={page}
          pageSize={size}
          total={total}
          showSizeChanger={false}
          onChange={onChange}
        />
      )}
    </div>
  );
}

interface BesideProps {
  total: number;
  previous: string | null;
  next: string | null;
  /** Of the search in the address: where the list is read on. */
  go: (to: { after: string; before: string }) => void;
}
/** The pager of a list that may have a million rows: on and back; who looks for one row searches. */
export function Steps({ total, previous, next, go }: BesideProps) {
  return (
    <div className="pager">
      <span className="quiet tabular" data-testid="total">
        共 {total.toLocaleString("zh-CN")} 条
      </span>
      {(previous ?? next) !== null && (
        <nav className="row" aria-label="翻页">
          <Button
            size="small"
            disabled={previous === null}
            onClick={() => go({ after: "", before: "" })}
            data-testid="first"
          >
            从头看
          </Button>
          <Button
            size="small"
            disabled={previous === null}
            onClick={() => previous !== null && go({ after: "", before: previous })}
            data-testid="previous"
          >
            上一页
          </Button>
          <Button
            size="small"
            disabled={next === null}
            onClick={() => next !== null && go({ after: next, before: "" })}
            data-testid="next"
          >
            下一页
          </Button>
        </nav>
      )}
    </div>
  );
}
/** Of the address into the query. */
export const besideOf = ({ after, before }: { after?: string; before?: string }) => ({
  ...(after ? { after } : {}),
  ...(before ? { before } : {}),
});

interface SearchBoxProps {
  value: string | undefined;
  label: string;
  onChange: (text: string | undefined) => void;
}
export function SearchBox({ value, label, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value ?? "");
  const sent = useRef(value ?? "");
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if ((value ?? "") !== sent.current) {
      sent.current = value ?? "";
      setText(value ?? "");
    }
  }, [value]);
  useEffect(() => {
    const wait = setTimeout(() => {
      if (text.trim() === sent.current) return;
      sent.current = text.trim();
      change.current(text.trim() || undefined);
    }, 350);
    return () => clearTimeout(wait);
  }, [text]);
  return (
    <Input
      allowClear
      className="search-box"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(e) => setText(e.target.value)}
      data-testid="filter-q"
    />
  );
}

interface DivisionFilterProps {
  value: string | undefined;
  onChange: (code: string | undefined) => void;
}
export function DivisionFilter({ value, onChange }: DivisionFilterProps) {
  const id = useId();
  return (
    <div className="division-filter">
      <label htmlFor={id} className="sr-only">
        乡镇（街道）
      </label>
      <DivisionInput
        aria={{ id, disabled: false }}
        value={value ?? ""}
        placeholder="全部乡镇（街道）"
        onChange={(v) => onChange(v ?? undefined)}
      />
    </div>
  );
}
