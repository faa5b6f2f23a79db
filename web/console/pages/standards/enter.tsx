/** A new version: date, values, document; what it changes; then to the second person. Opened with `version`, it shows one
 * that is on its way, with the same preview, to whoever approves. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ApiError } from "@wuxin/contract/client";
import { addMonths, firstDay, monthOf, newId } from "@wuxin/kernel";
import { Alert, App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { type Draft, StandardForm } from "./form.tsx";
import { Impact } from "./impact.tsx";
import { ProposalActions, useStandardsRefresh } from "./moves.tsx";
import { PROPOSAL_TONE, type Preview, type Proposal, type StandardPage, valuesText } from "./words.ts";

const route = getRouteApi("/standards/$name/new");

export default function EnterRoute() {
  const { name } = route.useParams();
  const { version, growth } = route.useSearch();
  const query = useQuery(ask("getStandard", { params: { name } }));
  const mechanism = useQuery({ ...ask("listGrowth", {}), enabled: growth === "1" });
  return (
    <Loaded query={query}>
      {(s) => {
        const proposal = s.history.find((p) => p.id === version);
        if (version && !proposal)
          return (
            <Blank mark="无" title="没有找到这一版">
              可能已被撤回，请回到「{s.label}」查看。
            </Blank>
          );
        if (proposal) return <Reading standard={s} proposal={proposal} />;
        if (growth !== "1") return <Entering standard={s} />;
        return (
          <Loaded query={mechanism}>
            {(all) => <Entering standard={s} grown={all.find((g) => g.standard === name)} />}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

const bodyOf = (d: Draft) => ({
  since: d.since,
  form: d.form,
  values: d.form === "amount" ? d.values : [],
  multiple: d.form === "multiple" ? d.multiple : null,
  note: d.note.trim() || null,
  corrects: d.corrects,
});

/** Taken over from the mechanism: its values from its day, how they came about as the note; the document is the officer's. */
const takenOver = (d: Draft, g: Reply<"listGrowth">[number]): Draft => ({
  ...d,
  ...{ since: g.since, form: "amount", note: g.told },
  values: g.values.map(({ key, text }) => ({ key, text, unit: null })),
});

function startOf(s: StandardPage, today: string): Draft {
  const now = s.current ?? s.versions.at(-1);
  return {
    since: firstDay(addMonths(monthOf(today), 1)),
    form: s.shape.multiple ? "multiple" : "amount",
    values: s.shape.keys.map((k) => ({
      key: k.key,
      text: now?.values.find((v) => v.key.join() === k.key.join())?.printed ?? "",
      unit: null,
    })),
    multiple: s.shape.multiple
      ? { times: s.shape.multiple.times, round: s.shape.multiple.round ?? "up_yuan" }
      : null,
    document: "",
    note: "",
    corrects: false,
  };
}

function Crumbs({ standard: s, here }: { standard: StandardPage; here: string }) {
  return (
    <>
      <Link to="/standards">政策标准</Link>
      <Link to="/standards/$name" params={{ name: s.name }}>
        {s.label}
      </Link>
      <span>{here}</span>
    </>
  );
}

function Entering({
  standard: s,
  grown,
}: {
  standard: StandardPage;
  grown?: Reply<"listGrowth">[number] | undefined;
}) {
  const today = useToday();
  const go = useNavigate();
  const refresh = useStandardsRefresh();
  const { message } = App.useApp();
  const id = useRef(newId());
  const [draft, setDraft] = useState(() => {
    const start = startOf(s, today);
    return grown ? takenOver(start, grown) : start;
  });
  const [wrong, setWrong] = useState<{ field: string; message: string } | null>(null);
  const refuse = (e: unknown) => {
    const first = e instanceof ApiError ? e.problem.fields?.[0] : undefined;
    setWrong({ field: first?.field.replace(/^body\./, "") ?? "", message: sentence(e) });
  };
  const preview = useMutation({
    mutationFn: (d: Draft) => api.previewStandard({ params: { name: s.name }, body: bodyOf(d) }),
    onMutate: () => setWrong(null),
    onError: refuse,
  });
  const send = useMutation({
    mutationFn: async () => {
      await api.proposeStandard({
        params: { name: s.name },
        body: { id: id.current, ...bodyOf(draft), document: draft.document },
      });
      return api.submitStandard({ params: { id: id.current } });
    },
    onMutate: () => setWrong(null),
    onError: refuse,
    onSuccess: () => {
      refresh();
      message.success("已送审，等局领导或另一位县级经办批准。");
      void go({ to: "/standards/$name", params: { name: s.name } });
    },
  });
  // What is sent is what was looked at.
  const seen =
    preview.data !== undefined && preview.variables !== undefined && same(preview.variables, draft);
  return (
    <Page
      title={`录入：${s.label}`}
      testId="enter-page"
      crumbs={<Crumbs standard={s} here="录入新标准" />}
      note={s.current ? `现行：${valuesText(s.current.values)}（${s.current.since} 起）` : undefined}
    >
      <Panel>
        <StandardForm standard={s} draft={draft} wrong={wrong} onChange={setDraft} />
        {wrong && (
          <Alert
            type="error"
            showIcon
            title={wrong.message}
            role="alert"
            data-testid="form-error"
            className="form-alert"
          />
        )}
        <div className="row form-foot">
          <Button
            type={seen ? "default" : "primary"}
            loading={preview.isPending}
            onClick={() => preview.mutate(draft)}
            data-testid="preview"
          >
            预览影响
          </Button>
          <Button
            type={seen ? "primary" : "default"}
            disabled={!seen || draft.document.trim() === ""}
            loading={send.isPending}
            onClick={() => send.mutate()}
            data-testid="send-standard"
          >
            送审
          </Button>
          <span className="quiet small">
            {!seen
              ? "先看影响，再送审。"
              : draft.document.trim() === ""
                ? "写上文号才能送审。"
                : "送审后由另一个人批准，批准后执行。"}
          </span>
        </div>
      </Panel>
      {seen && preview.data && <ImpactOf standard={s} preview={preview.data} body={bodyOf(draft)} />}
    </Page>
  );
}

interface ImpactOfProps {
  standard: StandardPage;
  preview: Preview;
  body: ReturnType<typeof bodyOf>;
}
function ImpactOf({ standard: s, preview, body }: ImpactOfProps) {
  return (
    <Impact
      preview={preview}
      notes={preview.notes}
      readers={s.readers.map((r) => r.title)}
      explain={({ kind, id }) =>
        api.explainStandardChange({
          params: { name: s.name },
          body: { ...body, month: preview.month, of: { kind, id } },
        })
      }
    />
  );
}

const same = (a: Draft, b: Draft): boolean => JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b));

function Reading({ standard: s, proposal: p }: { standard: StandardPage; proposal: Proposal }) {
  const body = {
    since: p.since,
    form: p.form,
    values: p.values.map(({ key, text, unit }) => ({ key, text, unit })),
    multiple: p.multiple ? { times: p.multiple.times, round: p.multiple.round } : null,
    note: p.note,
    corrects: p.corrects,
  };
  const { mutate, ...preview } = useMutation({
    mutationFn: () => api.previewStandard({ params: { name: s.name }, body }),
  });
  const open = p.state === "draft" || p.state === "submitted";
  useEffect(() => {
    if (open) mutate();
  }, [open, mutate]);
  return (
    <Page
      title={`${s.label}：${p.firstMonth} 起的新标准`}
      testId="version-page"
      crumbs={<Crumbs standard={s} here={`${p.since} 起`} />}
      note={<State tone={PROPOSAL_TONE[p.state]}>{p.stateLabel}</State>}
    >
      <Panel>
        <Facts
          rows={[
            ["新标准", p.text],
            ["现行", s.current ? valuesText(s.current.values) : "—"],
            ["起始日期", p.since],
            ["文号", p.document],
            ["录入", p.enteredBy],
            ["说明", p.note ?? "—"],
          ]}
        />
        <ProposalActions proposal={p} name={s.name} previewed />
      </Panel>
      {open && preview.isPending && (
        <Panel>
          <p className="quiet" role="status">
            正在按新旧标准逐户重算…
          </p>
        </Panel>
      )}
      {preview.isError && <Alert type="error" showIcon title={sentence(preview.error)} role="alert" />}
      {preview.data && <ImpactOf standard={s} preview={preview.data} body={body} />}
    </Page>
  );
}
