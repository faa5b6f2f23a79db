/** On a case: who must support a member and lives elsewhere; each is asked about only once he has signed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { urlOf } from "@wuxin/contract/client";
import type { Field, Values } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";

type Supporters = Reply<"listSupporters">;
type Row = Supporters["rows"][number];
type Act = { kind: "name" } | { kind: "redeclare" | "authorise" | "remove"; of: Row };

export function SupportersPanel({ caseId }: { caseId: string }) {
  const { account } = useSession();
  const mayWrite = may(account.role, "nameSupporter");
  const page = useQuery({
    ...ask("listSupporters", { params: { id: caseId } }),
    enabled: may(account.role, "listSupporters"),
  });
  const [act, setAct] = useState<Act | null>(null);
  if (!may(account.role, "listSupporters")) return null;
  return (
    <Panel
      title="不共同生活的赡养、抚养、扶养义务人"
      testId="supporters"
      extra={
        mayWrite && (
          <Button size="small" data-testid="name-supporter" onClick={() => setAct({ kind: "name" })}>
            登记义务人
          </Button>
        )
      }
    >
      <Loaded query={page} small rows={2}>
        {(data) => (
          <>
            {data.rows.length === 0 ? (
              <p className="quiet">
                没有登记。父母、子女、配偶不住在一起的登记在这里，每人签了授权书，核对报告里才有他的一部分。
              </p>
            ) : (
              <ul className="line-list">
                {data.rows.map((r) => (
                  <Line key={r.id} row={r} mayWrite={mayWrite} act={setAct} />
                ))}
              </ul>
            )}
            {act && <Form caseId={caseId} act={act} members={data.members} close={() => setAct(null)} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Line({ row: r, mayWrite, act }: { row: Row; mayWrite: boolean; act: (a: Act) => void }) {
  const d = r.declared;
  return (
    <li data-testid="supporter">
      <div className="line-grow">
        <b>{r.name}</b> <span className="quiet tabular">{r.idNoMasked}</span>
        <p className="quiet small">
          {r.ofName}的{r.relation}；申报月收入 {yuan(d.incomeFen)} 元，供养 {d.dependants} 人，应赡养{" "}
          {d.supports} 人{d.agreedFen !== null && `；协议或判决每月 ${yuan(d.agreedFen)} 元`}
        </p>
        <p>
          {r.authorised ? (
            <State tone="good">
              {r.authorisedOn} 签授权，有效至 {r.authorisedUntil}
            </State>
          ) : (
            <State tone="warn">
              {r.authorisedUntil ? `授权已于 ${r.authorisedUntil} 过期` : "还没有签授权"}
            </State>
          )}
          {r.authorisationFile && (
            <>
              {" "}
              <a href={urlOf("getFile", { id: r.authorisationFile })} target="_blank" rel="noreferrer">
                看授权书
              </a>
            </>
          )}
        </p>
        {mayWrite && (
          <p className="line-acts">
            <Button
              size="small"
              type={r.authorised ? "default" : "primary"}
              data-testid="authorise-supporter"
              onClick={() => act({ kind: "authorise", of: r })}
            >
              登记授权
            </Button>
            <Button size="small" onClick={() => act({ kind: "redeclare", of: r })}>
              改申报
            </Button>
            <Button size="small" onClick={() => act({ kind: "remove", of: r })}>
              移出
            </Button>
          </p>
        )}
      </div>
    </li>
  );
}

type Relation = Ask<"nameSupporter">["body"]["relation"];
const RELATIONS: readonly Relation[] = [
  "赡养义务人（子女）",
  "抚养义务人（父母）",
  "扶养义务人（配偶）",
  "其他法定义务人",
];
const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const DECLARED: readonly Field[] = [
  { name: "incomeFen", label: "他自己申报的月收入", type: "money", unit: "元/月", required: true, min: 0 },
  {
    ...{ name: "dependants", label: "靠他的收入生活的人数（含他自己）", type: "integer", unit: "人" },
    ...{ required: true, min: 1, max: 30 },
  },
  {
    ...{ name: "supports", label: "应由他赡养、抚养、扶养的不同住的人数", type: "integer", unit: "人" },
    ...{ required: true, min: 1, max: 30, help: "父母两人都由他赡养，写 2。" },
  },
  {
    ...{ name: "agreedFen", label: "协议或判决写明的赡养费", type: "money", unit: "元/月", min: 0 },
    help: "没有协议、判决的空着；有的按协议、判决算，不再折算。",
  },
];
const namingFields = (members: Supporters["members"]): Field[] => [
  {
    ...{ name: "ofPersonId", label: "由他赡养（抚养、扶养）的是", type: "choice", required: true },
    choices: members.map((m) => ({ value: m.id, label: m.name })),
  },
  { name: "relation", label: "是什么义务人", type: "choice", required: true, choices: options(RELATIONS) },
  { name: "name", label: "姓名", type: "text", required: true, max: 50 },
  { name: "idNo", label: "身份证号码", type: "resident-id", required: true },
  ...DECLARED,
];
const declaredOf = (v: Values) => ({
  incomeFen: Number(v.incomeFen),
  dependants: Number(v.dependants),
  supports: Number(v.supports),
  agreedFen: typeof v.agreedFen === "number" ? v.agreedFen : null,
});

function Form({
  caseId,
  act,
  members,
  close,
}: {
  caseId: string;
  act: Act;
  members: Supporters["members"];
  close: () => void;
}) {
  const queries = useQueryClient();
  const request = useRef(newId());
  const done = async (sent: Promise<unknown>) => {
    await sent;
    void queries.invalidateQueries({ queryKey: ["listSupporters"] });
    close();
  };
  if (act.kind === "name")
    return (
      <DrawerForm
        title="登记不共同生活的义务人"
        verb="登记"
        fields={namingFields(members)}
        initial={{
          ...(members.length === 1 ? { ofPersonId: members[0]!.id } : {}),
          ...{ dependants: 1, supports: 1 },
        }}
        close={close}
        send={(v) =>
          done(
            api.nameSupporter({
              params: { id: caseId },
              body: {
                ...{ id: request.current, ofPersonId: String(v.ofPersonId), name: String(v.name) },
                ...{ idNo: String(v.idNo), relation: v.relation as Relation },
                ...declaredOf(v),
              },
            }),
          )
        }
      />
    );
  const params = { id: act.of.id };
  if (act.kind === "redeclare")
    return (
      <DrawerForm
        title={`改 ${act.of.name} 的申报`}
        verb="保存"
        fields={DECLARED}
        initial={{ ...act.of.declared }}
        close={close}
        send={(v) => done(api.redeclareSupporter({ params, body: declaredOf(v) }))}
      />
    );
  if (act.kind === "remove")
    return (
      <DrawerForm
        title={`移出 ${act.of.name}`}
        verb="移出"
        danger
        intro={<p className="quiet">移出后不再核对他；已经出的报告不变。</p>}
        fields={[{ name: "reason", label: "为什么移出", type: "longtext", required: true, min: 2, max: 200 }]}
        close={close}
        send={(v) => done(api.removeSupporter({ params, body: { reason: String(v.reason) } }))}
      />
    );
  return (
    <DrawerForm
      title={`登记 ${act.of.name} 的授权`}
      verb="登记授权"
      intro={
        <p className="quiet">
          先授权、后核对。授权书由他本人签字；登记以后收到的名单才会查他，以前收到的要重新索取。
        </p>
      }
      fields={[
        { name: "signedOn", label: "签署日期", type: "date", required: true },
        { name: "file", label: "授权书（照片或扫描件）", type: "file", required: true, max: 1 },
      ]}
      close={close}
      send={(v) =>
        done(
          api.authoriseSupporter({
            params,
            body: { signedOn: String(v.signedOn), fileId: (v.file as string[])[0] ?? "" },
          }),
        )
      }
    />
  );
}
