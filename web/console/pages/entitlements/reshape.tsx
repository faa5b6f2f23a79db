/** 分户、合户: who goes over, what is his relation there, whose property; both results are seen, then a second person is asked. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Alert, Button, Input, Select } from "antd";
import { useId, useRef, useState } from "react";
import { type Ask, api, ask, type Reply, sentence } from "../../app/api.ts";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/form.css";
import "../../styles/standards.css";
import { OtherHousehold, PeopleRows, PropertyFields } from "./reshape-fields.tsx";
import { SidesView } from "./reshape-sides.tsx";

const route = getRouteApi("/entitlements/$id/reshape");
type Form = Reply<"getReshapeForm">;
type Body = NonNullable<Ask<"previewReshape">["body"]>;
export type Kind = Body["kind"];

export default function ReshapeFormRoute() {
  const { id } = route.useParams();
  const form = useQuery(ask("getReshapeForm", { params: { id } }));
  const e = useQuery(ask("getEntitlement", { params: { id } }));
  return (
    <Loaded query={form}>{(f) => <Loaded query={e}>{(of) => <Filling form={f} of={of} />}</Loaded>}</Loaded>
  );
}

function Filling({ form, of: e }: { form: Form; of: Reply<"getEntitlement"> }) {
  const kind: Kind = route.useSearch().kind === "merge" ? "merge" : "split";
  const go = useNavigate();
  return (
    <Page
      title={`分户、合户 · ${e.payee}`}
      testId="reshape-form"
      crumbs={
        <>
          <Link to="/entitlements" search={{ item: e.item, state: "active" }}>
            在享待遇
          </Link>
          <Link to="/entitlements/$id" params={{ id: e.id }}>
            {e.payee}
          </Link>
          <span>分户、合户</span>
        </>
      }
      note={`${form.itemTitle} · ${e.divisionName} · 现在保障 ${e.persons} 人`}
      actions={
        form.why === null &&
        (["split", "merge"] as const).map((k) => (
          <Button
            key={k}
            type={k === kind ? "primary" : "default"}
            aria-pressed={k === kind}
            onClick={() =>
              void go({ to: "/entitlements/$id/reshape", params: { id: e.id }, search: { kind: k } })
            }
            data-testid={`kind-${k}`}
          >
            {k === "split" ? "分成两户" : "另一户并进来"}
          </Button>
        ))
      }
    >
      {form.why !== null ? (
        <Blank mark="户" title="现在不能分户、合户">
          {form.why}
          {form.waiting && (
            <p>
              <Link to="/reshapes/$id" params={{ id: form.waiting }}>
                打开等人确认的这一次
              </Link>
            </p>
          )}
        </Blank>
      ) : (
        <Draft key={kind} kind={kind} form={form} of={e} />
      )}
    </Page>
  );
}

function Draft({ kind, form, of: e }: { kind: Kind; form: Form; of: Reply<"getEntitlement"> }) {
  const go = useNavigate();
  const queries = useQueryClient();
  const label = useId();
  const id = useRef(newId());
  const [other, setOther] = useState<{ id: string; form: Form } | null>(null);
  const [relations, setRelations] = useState<Readonly<Record<string, string>>>({});
  const [headId, setHeadId] = useState("");
  const [first, setFirst] = useState<Readonly<Record<string, number>>>({});
  const [second, setSecond] = useState<Readonly<Record<string, number>>>({});
  const [fromMonth, setFromMonth] = useState(form.months[0] ?? "");
  const [reason, setReason] = useState("");
  const summed = form.property.map((p) => ({
    ...p,
    value: p.value + (other?.form.property.find((x) => x.name === p.name)?.value ?? 0),
  }));
  const filled = (list: Form["property"], entered: Readonly<Record<string, number>>) =>
    Object.fromEntries(list.map((p) => [p.name, entered[p.name] ?? p.value]));
  const shared = {
    ...{ fromMonth, reason },
    people: Object.entries(relations).map(([personId, relation]) => ({ personId, relation })),
  };
  const body: Body =
    kind === "split"
      ? {
          ...{ ...shared, kind, headId },
          facts: { first: filled(form.property, first), second: filled(form.property, second) },
        }
      : {
          ...{ ...shared, kind, otherId: other?.id ?? "" },
          facts: { first: filled(summed, first), second: {} },
        };
  const preview = useMutation({
    mutationFn: (b: Body) => api.previewReshape({ params: { id: e.id }, body: b }),
  });
  const seen = preview.data && JSON.stringify(preview.variables) === JSON.stringify(body);
  const send = useMutation({
    mutationFn: () => api.proposeReshape({ params: { id: e.id }, body: { id: id.current, reshape: body } }),
    onSuccess: (next) => {
      queries.setQueryData(ask("getReshape", { params: { id: next.id } }).queryKey, next);
      void queries.invalidateQueries({ queryKey: ["listReshapes"] });
      void go({ to: "/reshapes/$id", params: { id: next.id } });
    },
  });
  const wrong = send.error ?? preview.error;
  const missing =
    kind === "merge" && !other
      ? "先选并进来的一户。"
      : shared.people.length === 0
        ? "先选哪些人分出去。"
        : kind === "split" && headId === ""
          ? "在分出去的人里选一位户主。"
          : shared.people.some((p) => p.personId !== headId && p.relation === "")
            ? "给每个人选与户主的关系。"
            : reason.trim().length < 2
              ? "写明事由和依据。"
              : null;
  return (
    <>
      <Panel>
        <form className="stack form-space" onSubmit={(x) => x.preventDefault()}>
          {kind === "merge" && (
            <OtherHousehold
              item={form.item}
              not={e.id}
              chosen={other?.id ?? null}
              onChoose={(chosen) => {
                setOther(chosen);
                setFirst({});
                setRelations(Object.fromEntries(chosen.form.people.map((p) => [p.personId, ""])));
              }}
            />
          )}
          <PeopleRows
            kind={kind}
            people={kind === "split" ? form.people : (other?.form.people ?? [])}
            relations={form.relations}
            chosen={relations}
            headId={headId}
            onChange={setRelations}
            onHead={setHeadId}
          />
          {kind === "split" ? (
            <div className="field-grid field-grid-2">
              <PropertyFields
                title="留下的一户的财产"
                of={form.property}
                entered={first}
                onChange={setFirst}
              />
              <PropertyFields
                title="分出去的一户的财产"
                of={form.property}
                entered={second}
                onChange={setSecond}
              />
            </div>
          ) : (
            other && <PropertyFields title="合并后的财产" of={summed} entered={first} onChange={setFirst} />
          )}
          <div className="field-grid field-grid-2">
            <div className="field">
              <label className="field-label" htmlFor={`${label}m`}>
                从哪个月起
              </label>
              <Select
                id={`${label}m`}
                value={fromMonth}
                onChange={setFromMonth}
                options={form.months.map((m) => ({ value: m, label: m }))}
              />
            </div>
            <div className="field">
              <label className="field-label" htmlFor={`${label}r`}>
                事由和依据
              </label>
              <Input.TextArea
                id={`${label}r`}
                autoSize={{ minRows: 2, maxRows: 5 }}
                maxLength={500}
                placeholder="例如：两位老人单独立户，户口簿已分"
                value={reason}
                onChange={(x) => setReason(x.target.value)}
              />
            </div>
          </div>
          {wrong && (
            <Alert type="error" showIcon role="alert" title={sentence(wrong)} data-testid="form-error" />
          )}
          <div className="row form-foot">
            <Button
              type={seen ? "default" : "primary"}
              disabled={missing !== null}
              loading={preview.isPending}
              onClick={() => {
                send.reset();
                preview.mutate(body);
              }}
              data-testid="reshape-preview"
            >
              看两户各多少
            </Button>
            {seen && (
              <Button
                type="primary"
                loading={send.isPending}
                onClick={() => send.mutate()}
                data-testid="reshape-propose"
              >
                提交，请另一位县级经办确认
              </Button>
            )}
            <span className="quiet">{missing ?? (seen ? "" : "先看结果，再提交。")}</span>
          </div>
        </form>
      </Panel>
      {seen && preview.data && <SidesView of={preview.data} fromMonth={fromMonth} />}
    </>
  );
}
