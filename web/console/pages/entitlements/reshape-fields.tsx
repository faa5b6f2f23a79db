/** The fields of 分户、合户: which household joins, who goes over as what, what property each has. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, InputNumber, Radio, Select } from "antd";
import { useId, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import type { Kind } from "./reshape.tsx";

type Form = Reply<"getReshapeForm">;

/** Others that draw the same, found by the name of whoever is paid. */
export function OtherHousehold(props: {
  item: string;
  not: string;
  chosen: string | null;
  onChoose: (other: { id: string; form: Form }) => void;
}) {
  const id = useId();
  const [q, setQ] = useState("");
  const [why, setWhy] = useState("");
  const found = useQuery({
    ...ask("listEntitlements", { query: { item: props.item, state: "active", q, page: 1, size: 20 } }),
    enabled: q.trim().length > 0,
  });
  const rows = (found.data?.rows ?? []).filter((r) => r.id !== props.not);
  async function choose(other: string) {
    const form = await api.getReshapeForm({ params: { id: other } });
    setWhy(form.why ?? "");
    if (form.why === null) props.onChoose({ id: other, form });
  }
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        并进来的一户（按领取人姓名找）
      </label>
      <Select
        id={id}
        showSearch={{ onSearch: setQ, filterOption: false }}
        placeholder="输入姓名"
        {...(props.chosen ? { value: props.chosen } : {})}
        onChange={(v: string) => void choose(v)}
        notFoundContent={q.trim() === "" ? "输入领取人的姓名" : "没有找到在享的户"}
        options={rows.map((r) => ({
          value: r.id,
          label: `${r.payee} · ${r.divisionName} · ${r.persons} 人 · 每月 ${yuan(r.amountFen)} 元`,
        }))}
        data-testid="other-household"
      />
      {why && (
        <p className="field-error" role="alert">
          {why}
        </p>
      )}
    </div>
  );
}

/** split: tick who leaves, one of them the head; merge: everybody comes. */
export function PeopleRows(props: {
  kind: Kind;
  people: Form["people"];
  relations: readonly string[];
  chosen: Readonly<Record<string, string>>;
  headId: string;
  onChange: (chosen: Readonly<Record<string, string>>) => void;
  onHead: (id: string) => void;
}) {
  const { kind, people, chosen, headId } = props;
  if (people.length === 0) return null;
  const toggle = (id: string, on: boolean) => {
    const { [id]: _gone, ...rest } = chosen;
    props.onChange(on ? { ...rest, [id]: "" } : rest);
    if (!on && headId === id) props.onHead("");
  };
  return (
    <fieldset className="field-group">
      <legend className="field-label">{kind === "split" ? "哪些人分出去" : "并进来的人"}</legend>
      <ul className="line-list">
        {people.map((p) => {
          const out = chosen[p.personId] !== undefined;
          return (
            <li key={p.personId} data-testid={`person-${p.name}`}>
              {kind === "split" ? (
                <Checkbox
                  checked={out}
                  disabled={p.stays}
                  onChange={(e) => toggle(p.personId, e.target.checked)}
                >
                  {p.name}
                </Checkbox>
              ) : (
                <b>{p.name}</b>
              )}
              {p.stays && kind === "split" && <span className="quiet">申请人，留在原户</span>}
              {out && kind === "split" && (
                <Radio checked={headId === p.personId} onChange={() => props.onHead(p.personId)}>
                  新户户主
                </Radio>
              )}
              {out && headId !== p.personId && (
                <Select
                  aria-label={`${p.name}与户主的关系`}
                  placeholder="与户主的关系"
                  popupMatchSelectWidth={false}
                  {...(chosen[p.personId] ? { value: chosen[p.personId] } : {})}
                  onChange={(v: string) => props.onChange({ ...chosen, [p.personId]: v })}
                  options={props.relations.map((r) => ({ value: r, label: r }))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

/** As recorded, until the officer says how it was divided or that it is one and the same. */
export function PropertyFields(props: {
  title: string;
  of: Form["property"];
  entered: Readonly<Record<string, number>>;
  onChange: (entered: Readonly<Record<string, number>>) => void;
}) {
  const id = useId();
  if (props.of.length === 0) return null;
  return (
    <fieldset className="field-group">
      <legend className="field-label">{props.title}</legend>
      <div className="field-grid field-grid-2">
        {props.of.map((p, i) => {
          const value = props.entered[p.name] ?? p.value;
          return (
            <div className="field" key={p.name}>
              <label className="field-label" htmlFor={`${id}${i}`}>
                {p.name}
                {p.money && "（元）"}
              </label>
              <InputNumber
                id={`${id}${i}`}
                min={0}
                precision={p.money ? 2 : 0}
                value={p.money ? value / 100 : value}
                onChange={(v) =>
                  props.onChange({
                    ...props.entered,
                    [p.name]: p.money ? Math.round((v ?? 0) * 100) : (v ?? 0),
                  })
                }
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
