import { AUTHORISATION, adults } from "../../../kit/application.ts";
import { SignatureInput } from "../../form/signature.tsx";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import type { FillingState } from "./use-filling.ts";

/** Every adult signs that income and property may be looked up (57号 第九条). */
export function Authorise({ state, today }: { state: FillingState; today: string }) {
  const { filling: f, change } = state;
  const who = adults(f, today);
  return (
    <Panel id="authorise" title="授权核对" extra="每位成年成员都要签字">
      <blockquote className="authorisation">{AUTHORISATION}</blockquote>
      {who.length === 0 && <p className="quiet">填好成员的身份证号码后，这里会列出需要签字的人。</p>}
      <div className="signers">
        {who.map((m) => {
          const signed = f.signatures[m.key];
          return (
            <div key={m.key} data-testid={`signer-${m.name}`}>
              <p>
                <b>{m.name || "（姓名未填）"}</b>{" "}
                {!signed?.name && (
                  <span className="warning small">
                    <Shape tone="warn" /> 未签，签字前不能送核对
                  </span>
                )}
              </p>
              <SignatureInput
                id={`f-sign.${m.key}`}
                label={`${m.name}授权签字`}
                disabled={false}
                value={signed ?? null}
                onChange={(v) =>
                  change({ signatures: { ...f.signatures, [m.key]: v ?? { name: "", fileId: null } } })
                }
              />
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
