import type { CasePage } from "@wuxin/contract";
import { urlOf } from "@wuxin/contract/client";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";

export function Materials({ page }: { page: CasePage }) {
  const missing = page.materials.filter((m) => m.missing).length;
  return (
    <Panel
      title="材料"
      extra={missing > 0 ? <span className="warning">缺 {missing} 份</span> : undefined}
      testId="materials"
    >
      {page.materials.length === 0 && (
        <Blank small mark="材" title="本事项不要求材料">
          政府已掌握的信息由系统核对，不向群众要。
        </Blank>
      )}
      <ul className="materials">
        {page.materials.map((m) => (
          <li key={`${m.code}${m.fileId}`}>
            <Shape tone={m.missing ? "warn" : m.commitment ? "waiting" : m.fileId ? "good" : "neutral"} />
            <span>
              {m.fileId ? (
                <a href={urlOf("getFile", { id: m.fileId })} target="_blank" rel="noreferrer">
                  {m.title}
                </a>
              ) : (
                m.title
              )}
              <span className={m.missing ? "warning small" : "quiet small"}>
                {m.missing
                  ? " 还缺"
                  : m.commitment
                    ? " 以告知承诺代替"
                    : m.fileId
                      ? ` ${m.name ?? "已交"}`
                      : " 不必提交"}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
