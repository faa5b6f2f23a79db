import { Link } from "@tanstack/react-router";
import type { CasePage } from "@wuxin/contract";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";

export function Members({ page }: { page: CasePage }) {
  const counted = page.members.filter((m) => m.counted).length;
  const known = page.members.some((m) => m.counted !== null);
  return (
    <Panel
      title="家庭"
      extra={known ? `计入 ${counted} 人，共 ${page.members.length} 人` : `${page.members.length} 人`}
      testId="members"
    >
      <ul className="members">
        {page.members.map((m) => (
          <li key={m.personId}>
            <div>
              <Link to="/persons/$id" params={{ id: m.personId }}>
                {m.name}
              </Link>
              <span className="quiet">{m.relation}</span>
              <span className="members-counted">
                {m.counted === true && (
                  <>
                    <Shape tone="good" /> 计入
                  </>
                )}
                {m.counted === false && (
                  <>
                    <Shape tone="neutral" /> 不计入
                  </>
                )}
              </span>
            </div>
            <div className="quiet small tabular">
              {m.sex} · {m.age} 岁 · {m.idNoMasked}
              {m.diedOn && <span className="danger"> · {m.diedOn} 死亡</span>}
            </div>
            {m.notCountedWhy && <div className="small">{m.notCountedWhy}</div>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
