/** The one search: a person, household, case or ledger entry by name, number or tail, within the scope. */
import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Input, type InputRef } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { may } from "./access.ts";
import { ask, sentence } from "./api.ts";
import { useSession } from "./session.tsx";

const KIND = { person: "个人", household: "家庭", case: "办件", register: "台账" } as const;
const typing = (el: Element | null) =>
  el instanceof HTMLElement && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));

export function Search() {
  const { account } = useSession();
  const id = useId();
  const router = useRouter();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [q, setQ] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const hits = useQuery({ ...ask("search", { query: { q } }), enabled: q !== "", staleTime: 5_000 });
  const rows = hits.data ?? [];

  useEffect(() => {
    const wait = setTimeout(() => setQ(text.trim()), 250);
    return () => clearTimeout(wait);
  }, [text]);
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.key !== "/" || e.ctrlKey || e.metaKey || typing(document.activeElement)) return;
      e.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  if (!may(account.role, "search")) return <div className="top-search" />;
  const goTo = (n: number) => {
    const hit = rows[n];
    if (!hit) return;
    setOpen(false);
    setText("");
    router.history.push(hit.link.startsWith("/console") ? hit.link : `/console${hit.link}`);
  };
  const onKeyDown = (e: React.KeyboardEvent) => {
    if (e.key === "ArrowDown") setAt((n) => Math.min(n + 1, rows.length - 1));
    else if (e.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
    else if (e.key === "Enter") goTo(at);
    else if (e.key === "Escape") setOpen(false);
    else return;
    e.preventDefault();
  };
  const shown = open && q !== "";
  return (
    <search className="top-search">
      <Input
        ref={input}
        role="combobox"
        aria-label="查找个人、家庭、办件、台账"
        aria-expanded={shown}
        aria-controls={`${id}hits`}
        {...(shown && rows[at] ? { "aria-activedescendant": `${id}${at}` } : {})}
        prefix={<SearchOutlined className="quiet" />}
        suffix={<span className="kbd">/</span>}
        placeholder="姓名、证件尾号、编号…"
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={onKeyDown}
        data-testid="search"
      />
      <div className="hits" id={`${id}hits`} role="listbox" aria-label="查找结果" hidden={!shown}>
        {rows.map((h, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above carries the keys
          <div
            key={`${h.kind}${h.id}`}
            id={`${id}${n}`}
            className="hit"
            role="option"
            tabIndex={-1}
            aria-selected={n === at}
            onMouseEnter={() => setAt(n)}
            onClick={() => goTo(n)}
          >
            <span className="hit-kind">{KIND[h.kind]}</span>
            <span>
              {h.title} <span className="quiet small">{h.subtitle}</span>
            </span>
          </div>
        ))}
        {rows.length === 0 && (
          <div className="hits-none" role="option" aria-selected="false" tabIndex={-1}>
            {hits.isError ? sentence(hits.error) : hits.isPending ? "正在查找…" : `管辖范围内没有「${q}」。`}
          </div>
        )}
      </div>
    </search>
  );
}
