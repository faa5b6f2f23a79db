import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import "../styles/lists.css";
import "../styles/page.css";

interface PageProps {
  title: string;
  /** Level two and below say where they stand. */
  crumbs?: React.ReactNode;
  note?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
  testId?: string;
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 五心`;
  }, [title]);
}

export function Page({ title, crumbs, note, actions, children, testId }: PageProps) {
  useTitle(title);
  return (
    <div className="page" data-testid={testId}>
      {crumbs && (
        <nav className="crumbs" aria-label="位置">
          {crumbs}
        </nav>
      )}
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {note && <div className="page-note">{note}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  title?: React.ReactNode;
  extra?: React.ReactNode;
  children: React.ReactNode;
  testId?: string;
  id?: string;
  flush?: boolean;
}
export function Panel({ title, extra, children, testId, id, flush }: PanelProps) {
  return (
    <section className={flush ? "panel panel-flush" : "panel"} data-testid={testId} id={id}>
      {(title || extra) && (
        <header className="panel-head">
          <h2>{title}</h2>
          {extra && <div className="panel-extra">{extra}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** A wide table scrolls in a frame of its own; what scrolls must be reachable by keyboard. */
export function Scroll({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** The column heads of a table, each its own words. */
export function Heads({ of, num }: { of: readonly string[]; num?: boolean }) {
  return of.map((words) => (
    <th key={words} scope="col" className={num ? "num" : undefined}>
      {words}
    </th>
  ));
}

/** A link whose address came from the server: a path inside the console. */
interface GoProps {
  href: string;
  children: React.ReactNode;
  className?: string;
  current?: boolean;
  /** Read aloud instead of what is shown. */
  label?: string;
}
export function Go({ href, children, className, current, label }: GoProps) {
  const router = useRouter();
  const path = href.startsWith("/console") ? href : `/console${href}`;
  return (
    <a
      href={path}
      className={className}
      aria-current={current ? "page" : undefined}
      aria-label={label}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.button !== 0) return;
        e.preventDefault();
        router.history.push(path);
      }}
    >
      {children}
    </a>
  );
}

/** Label and value pairs, as dense as a paper form. */
type FactRow = readonly [label: string, value: React.ReactNode, wholeLine?: boolean];
export function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value, wholeLine]) => (
        <div key={label} className={wholeLine ? "whole-line" : ""}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
