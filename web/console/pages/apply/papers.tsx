import type { ItemView } from "@wuxin/contract";
import { Checkbox } from "antd";
import { FilesInput } from "../../form/files.tsx";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import "../../styles/form.css";
import { paperNeeded } from "../../../kit/application.ts";
import type { FillingState } from "./use-filling.ts";

/** Each paper: uploaded, replaced by a 告知承诺 where that is allowed, or left for the one-off notice. */
export function Papers({ item, state }: { item: ItemView; state: FillingState }) {
  const { filling: f, change, shown } = state;
  const all = shown.touched === "all";
  return (
    <Panel id="papers" title="材料与告知承诺" extra="政府已掌握的不要群众交">
      <ul className="papers">
        {item.form.materials.map((m) => {
          const files = f.materials.filter((x) => x.code === m.code);
          const promised = f.commitments.includes(m.code);
          const needed = paperNeeded(m, f);
          const at = f.commitments.indexOf(m.code);
          const wrong = all && at >= 0 ? shown.problems.get(`commitments.${at}`) : undefined;
          return (
            <li key={m.code} data-testid={`material-${m.code}`}>
              <div>
                <b>{m.title}</b>{" "}
                <span className="small quiet">
                  {m.obtainedBySharing ? "系统核对，不必提交" : needed ? "需要" : "有就交"}
                </span>
                {needed && files.length === 0 && !promised && (
                  <span className="small warning">
                    {" "}
                    <Shape tone="warn" /> 未交，受理时会列入补正
                  </span>
                )}
              </div>
              {m.help && <p className="quiet small">{m.help}</p>}
              {!promised && (
                <FilesInput
                  id={`f-material.${m.code}`}
                  label={m.title}
                  disabled={false}
                  value={files.map((x) => x.fileId)}
                  onChange={(ids) =>
                    change({
                      materials: [
                        ...f.materials.filter((x) => x.code !== m.code),
                        ...ids.map(
                          (fileId, n) =>
                            files.find((x) => x.fileId === fileId) ?? {
                              code: m.code,
                              fileId,
                              name: `${m.title} ${n + 1}`,
                            },
                        ),
                      ],
                    })
                  }
                />
              )}
              {m.commitmentAllowed && files.length === 0 && (
                <Checkbox
                  checked={promised}
                  onChange={(e) =>
                    change({
                      commitments: e.target.checked
                        ? [...f.commitments, m.code]
                        : f.commitments.filter((c) => c !== m.code),
                    })
                  }
                >
                  拿不出，由申请人书面承诺（已告知：承诺不实要退回所得并记入信用）
                </Checkbox>
              )}
              {wrong && (
                <p className="field-error" role="alert">
                  {wrong}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
