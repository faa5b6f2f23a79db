import type { ItemView } from "@wuxin/contract";
import { askedOf, namesOthers } from "@wuxin/declare/fields";
import { Button, Radio } from "antd";
import { type Member, memberFields, newMember } from "../../../kit/application.ts";
import { Panel } from "../../parts/page.tsx";
import { FieldGroup } from "./group.tsx";
import type { FillingState } from "./use-filling.ts";

/** Who lives together; the first relation of the form is the head, and the head applies. */
export function Members({ item, state }: { item: ItemView; state: FillingState }) {
  const { filling: f, change, shown } = state;
  const household = item.subject === "household";
  const several = namesOthers(item);
  const head = item.form.relations[0] ?? "本人";
  const set = (n: number, next: Partial<Member>) =>
    change({ members: f.members.map((m, i) => (i === n ? { ...m, ...next } : m)) });
  return (
    <Panel
      id="members"
      title={household ? "家庭成员" : several ? "申请人和有关的人" : "申请人"}
      extra={
        household
          ? "共同生活的人都要填，申请人就是户主"
          : several && `除了申请人，还要填：${item.form.relations.slice(1).join("、")}`
      }
    >
      <div className="stack">
        {f.members.map((m, n) => (
          <fieldset key={m.key} className="apply-member" data-testid={`member-${n}`}>
            <legend>
              {several ? `第 ${n + 1} 位` : "申请人"}
              {m.name && `：${m.name}`}
            </legend>
            {several && (
              <div className="row apply-member-bar">
                <Radio
                  checked={f.applicantKey === m.key}
                  onChange={() =>
                    change({
                      applicantKey: m.key,
                      members: f.members.map((x) =>
                        x.key === m.key
                          ? { ...x, relation: head }
                          : x.relation === head
                            ? { ...x, relation: "" }
                            : x,
                      ),
                    })
                  }
                >
                  申请人
                </Radio>
                {f.members.length > 1 && f.applicantKey !== m.key && (
                  <Button
                    size="small"
                    onClick={() => change({ members: f.members.filter((x) => x.key !== m.key) })}
                  >
                    移除
                  </Button>
                )}
              </div>
            )}
            <FieldGroup
              prefix={`members.${n}.`}
              fields={memberFields(item)}
              values={{ name: m.name, idNo: m.idNo, relation: m.relation, phone: m.phone }}
              shown={shown}
              onChange={(name, v) => set(n, { [name]: v ?? "" })}
            />
            {askedOf(item.form.member, m.relation).length > 0 && (
              <div className="apply-facts">
                <FieldGroup
                  prefix={`members.${n}.facts.`}
                  fields={askedOf(item.form.member, m.relation)}
                  values={m.facts}
                  shown={shown}
                  onChange={(name, v) => set(n, { facts: { ...m.facts, [name]: (v ?? null) as string } })}
                />
              </div>
            )}
          </fieldset>
        ))}
        {shown.touched === "all" && shown.problems.get("members") && (
          <p className="danger" role="alert">
            {shown.problems.get("members")}
          </p>
        )}
        {several && f.members.length < 30 && (
          <div>
            <Button
              onClick={() =>
                change({
                  members: [
                    ...f.members,
                    {
                      ...newMember(""),
                      facts: Object.fromEntries(
                        item.form.member
                          .filter((x) => x.initial !== undefined)
                          .map((x) => [x.name, x.initial ?? null]),
                      ),
                    },
                  ],
                })
              }
              data-testid="add-member"
            >
              {household ? "再加一位成员" : "再加一个人"}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
