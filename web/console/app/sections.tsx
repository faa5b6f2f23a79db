import { CloseOutlined } from "@ant-design/icons";
import { useRouterState } from "@tanstack/react-router";
import type { System } from "@wuxin/declare/roles";
import { hueOf } from "../parts/marks.tsx";
import { Go } from "../parts/page.tsx";
import { Blank } from "../parts/states.tsx";
import { useSections } from "./navigation.ts";

/** The sections of one system, beside the rail. */
export function Sections({ system, close }: { system: System; close: () => void }) {
  const groups = useSections(system);
  const here = useRouterState({ select: (s) => s.location });
  const current = (href: string) => {
    const [path, query] = href.split("?");
    if (here.pathname.replace(/^\/console/, "") !== path) return false;
    const item = new URLSearchParams(query).get("item");
    return item === null || (here.search as { item?: string }).item === item;
  };
  return (
    <nav className="sections" aria-label={`大${system}`}>
      <div className="sections-head" style={{ color: hueOf(system) }}>
        <span>大{system}</span>
        <button type="button" className="plain-button quiet" aria-label="收起" onClick={close}>
          <CloseOutlined />
        </button>
      </div>
      {groups.length === 0 && (
        <Blank small mark="空" title="还没有栏目">
          这里会列出您的角色可以办理的事项和台账。
        </Blank>
      )}
      {groups.map((g) => (
        <section key={g.title}>
          <h3>{g.title}</h3>
          <ul>
            {g.sections.map((s) => (
              <li key={s.href}>
                <Go href={s.href} {...(current(s.href) ? { current: true } : {})}>
                  {s.label}
                  {s.note && <span className="quiet tabular">{s.note}</span>}
                </Go>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
