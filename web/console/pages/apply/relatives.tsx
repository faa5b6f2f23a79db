import { Button } from "antd";
import { RELATIVE } from "../../../kit/application.ts";
import { Panel } from "../../parts/page.tsx";
import { FieldGroup } from "./group.tsx";
import type { FillingState } from "./use-filling.ts";

export function Relatives({ state }: { state: FillingState }) {
  const { filling: f, change, shown } = state;
  return (
    <Panel id="relatives" title="近亲属备案" extra="与经办人员、村（社区）干部有近亲属关系的如实填写">
      <div className="stack">
        {f.relatives.length === 0 && <p className="quiet">没有近亲属关系的不用填。</p>}
        {f.relatives.map((r, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the path of a relative is its place in the list
          <fieldset key={n} className="apply-member">
            <legend>第 {n + 1} 位</legend>
            <FieldGroup
              prefix={`relatives.${n}.`}
              fields={RELATIVE}
              values={{ ...r }}
              shown={shown}
              onChange={(name, v) =>
                change({ relatives: f.relatives.map((x, i) => (i === n ? { ...x, [name]: v ?? "" } : x)) })
              }
            />
            <Button size="small" onClick={() => change({ relatives: f.relatives.filter((_, i) => i !== n) })}>
              移除
            </Button>
          </fieldset>
        ))}
        <div>
          <Button
            onClick={() => change({ relatives: [...f.relatives, { staffName: "", unit: "", relation: "" }] })}
            data-testid="add-relative"
          >
            登记一位近亲属
          </Button>
        </div>
      </div>
    </Panel>
  );
}
