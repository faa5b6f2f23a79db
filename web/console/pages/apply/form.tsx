import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { ItemView } from "@wuxin/contract";
import { ApiError } from "@wuxin/contract/client";
import { namesOthers } from "@wuxin/declare/fields";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { applicationOf, type Filling, PLACE } from "../../../kit/application.ts";
import { api, sentence } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Account, Agent } from "./account.tsx";
import { Authorise } from "./authorise.tsx";
import { FieldGroup } from "./group.tsx";
import { Members } from "./members.tsx";
import { Papers } from "./papers.tsx";
import { Relatives } from "./relatives.tsx";
import { useFilling } from "./use-filling.ts";

const route = getRouteApi("/apply/$item");
interface Props {
  item: ItemView;
  draftId: string;
  initial: Filling;
}

export function ApplyForm({ item, draftId, initial }: Props) {
  const go = useNavigate();
  const { draft } = route.useSearch();
  const queries = useQueryClient();
  const today = useToday();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const state = useFilling(item, draftId, initial, () => {
    // From now on a reload comes back to this draft.
    if (draft !== draftId)
      void go({ to: "/apply/$item", params: { item: item.code }, search: { draft: draftId }, replace: true });
  });
  const { filling: f, change, shown, own } = state;

  const sections = sectionsOf(item);
  const wrongIn = (prefixes: readonly string[]) =>
    [...shown.problems.keys()].filter((p) => prefixes.some((x) => p === x || p.startsWith(`${x}.`))).length;

  async function submit() {
    state.showAll();
    setWrong("");
    if (own.size > 0) {
      lookAtFirst();
      return;
    }
    setBusy(true);
    try {
      // The draft's id is the case's id: a repeated submit makes no second case.
      const done = await api.submitApplication({
        body: { id: draftId, application: applicationOf(item, f) },
      });
      await state.done();
      for (const k of ["listCases", "workbench", "listDrafts"])
        void queries.invalidateQueries({ queryKey: [k] });
      message.success(`已提交，编号 ${done.number}。${done.trackingHint}`);
      void go({ to: "/cases/$id", params: { id: done.id } });
    } catch (e) {
      setBusy(false);
      if (e instanceof ApiError && e.problem.fields?.length) {
        state.refuse(e.problem.fields);
        lookAtFirst();
      }
      setWrong(sentence(e));
    }
  }

  const visible = new Set([...document.querySelectorAll("[id^='f-']")].map((x) => x.id.slice(2)));
  const lost = [...shown.problems].filter(([p]) => shown.touched === "all" && !own.has(p) && !visible.has(p));
  return (
    <div className="apply">
      <nav className="apply-nav" aria-label="申请的各部分">
        <ol>
          {sections.map((s) => {
            const n = shown.touched === "all" ? wrongIn(s.prefixes) : 0;
            return (
              <li key={s.id}>
                <a href={`#${s.id}`}>
                  {s.title}
                  {n > 0 && (
                    <span className="danger small">
                      <Shape tone="bad" /> {n} 处
                    </span>
                  )}
                </a>
              </li>
            );
          })}
        </ol>
        <DraftNote saved={state.saved} />
      </nav>
      <form
        className="side-stack"
        data-testid="apply-form"
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        <Panel title="住址" id="place">
          <FieldGroup
            prefix=""
            fields={PLACE}
            values={{ divisionCode: f.divisionCode, address: f.address, areaClass: f.areaClass }}
            shown={shown}
            onChange={(name, v) => change({ [name]: v ?? "" })}
          />
        </Panel>
        <Members item={item} state={state} />
        {item.form.household.length > 0 && (
          <Panel title="家庭情况" id="household">
            <FieldGroup
              prefix="household."
              fields={item.form.household}
              values={f.household}
              shown={shown}
              onChange={(name, v) => change({ household: { ...f.household, [name]: (v ?? null) as string } })}
            />
          </Panel>
        )}
        {item.form.account && <Account state={state} />}
        <Agent state={state} />
        {item.form.materials.length > 0 && <Papers item={item} state={state} />}
        {item.form.authorisation && <Authorise state={state} today={today} />}
        {item.form.relativeFiling && <Relatives state={state} />}
        <div className="apply-foot">
          {lost.map(([path, text]) => (
            <Alert key={path} type="error" showIcon title={text} role="alert" />
          ))}
          {shown.touched === "all" && own.size > 0 && (
            <Alert
              type="error"
              showIcon
              title={`还有 ${own.size} 处要改，已在各栏下面注明。`}
              role="alert"
              data-testid="apply-error"
            />
          )}
          {wrong && own.size === 0 && (
            <Alert type="error" showIcon title={wrong} role="alert" data-testid="apply-error" />
          )}
          <div className="row">
            <Button
              type="primary"
              size="large"
              htmlType="submit"
              loading={busy}
              data-testid="submit-application"
            >
              提交申请
            </Button>
            <span className="quiet">提交后由乡镇（街道）受理；缺的材料会一次告知补正。</span>
          </div>
        </div>
      </form>
    </div>
  );
}

function DraftNote({ saved }: { saved: { at: Date | null; wrong: string } }) {
  if (saved.wrong)
    return (
      <p className="warning small" role="status">
        草稿暂未存到服务器：{saved.wrong} 内容先保留在本机。
      </p>
    );
  return (
    <p className="quiet small" role="status" data-testid="draft-saved">
      {saved.at
        ? `草稿已保存 ${saved.at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}`
        : "填写的内容会自动存为草稿"}
    </p>
  );
}

const lookAtFirst = () =>
  setTimeout(() => {
    const first = document.querySelector<HTMLElement>(".apply .field-wrong");
    first?.scrollIntoView({ block: "center" });
    first?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
  }, 30);

function sectionsOf(item: ItemView) {
  const { form } = item;
  return [
    { id: "place", title: "住址", prefixes: ["divisionCode", "address", "areaClass"], on: true },
    {
      id: "members",
      title: item.subject === "household" ? "家庭成员" : namesOthers(item) ? "申请人和有关的人" : "申请人",
      prefixes: ["members", "applicantKey"],
      on: true,
    },
    { id: "household", title: "家庭情况", prefixes: ["household"], on: form.household.length > 0 },
    { id: "account", title: "收款账户", prefixes: ["account"], on: form.account },
    { id: "agent", title: "代办人", prefixes: ["agent"], on: true },
    {
      id: "papers",
      title: "材料与告知承诺",
      prefixes: ["materials", "commitments"],
      on: form.materials.length > 0,
    },
    { id: "authorise", title: "授权核对", prefixes: ["authorised"], on: form.authorisation },
    { id: "relatives", title: "近亲属备案", prefixes: ["relatives"], on: form.relativeFiling },
  ].filter((s) => s.on);
}
