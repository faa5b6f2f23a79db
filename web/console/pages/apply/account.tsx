import { Checkbox } from "antd";
import { ACCOUNT, AGENT } from "../../../kit/application.ts";
import { Panel } from "../../parts/page.tsx";
import { FieldGroup } from "./group.tsx";
import type { FillingState } from "./use-filling.ts";

export function Account({ state }: { state: FillingState }) {
  const { filling: f, change, shown } = state;
  const blank = { bankName: "", accountNo: "", holderName: "" };
  return (
    <Panel id="account" title="收款账户">
      <div className="stack">
        <Checkbox
          checked={f.account === null}
          onChange={(e) => change({ account: e.target.checked ? null : blank })}
        >
          现在没有账户，以后补登
        </Checkbox>
        {f.account && (
          <FieldGroup
            prefix="account."
            fields={ACCOUNT}
            values={f.account}
            shown={shown}
            onChange={(name, v) => change({ account: { ...(f.account ?? blank), [name]: v ?? "" } })}
          />
        )}
      </div>
    </Panel>
  );
}

export function Agent({ state }: { state: FillingState }) {
  const { filling: f, change, shown } = state;
  const blank = { name: "", idNo: "", phone: "", relation: "", consent: false };
  const wrong = shown.touched === "all" ? shown.problems.get("agent.consent") : undefined;
  return (
    <Panel id="agent" title="代办人">
      <div className="stack">
        <Checkbox
          checked={f.agent !== null}
          onChange={(e) => change({ agent: e.target.checked ? blank : null })}
        >
          申请人本人没有到场，由亲属等代办
        </Checkbox>
        {f.agent && (
          <>
            <FieldGroup
              prefix="agent."
              fields={AGENT}
              values={{
                name: f.agent.name,
                idNo: f.agent.idNo,
                phone: f.agent.phone,
                relation: f.agent.relation,
              }}
              shown={shown}
              onChange={(name, v) => change({ agent: { ...(f.agent ?? blank), [name]: v ?? "" } })}
            />
            <div className={wrong ? "field-wrong" : ""}>
              <Checkbox
                id="f-agent.consent"
                checked={f.agent.consent}
                onChange={(e) => change({ agent: { ...(f.agent ?? blank), consent: e.target.checked } })}
              >
                申请人本人同意由此人代办
              </Checkbox>
              {wrong && (
                <p className="field-error" role="alert">
                  {wrong}
                </p>
              )}
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}
