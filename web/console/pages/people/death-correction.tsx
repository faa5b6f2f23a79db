/** 更正死亡登记: asked in a drawer; what it will do, and the answer of the second person, on the page of the person. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Alert, App, Button } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, type Reply, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Panel } from "../../parts/page.tsx";
import { HoldDrawer } from "../rosters/hold.tsx";

type Person = Reply<"getPerson">;
type Correction = NonNullable<Person["deathCorrection"]>;

const REASON: Field = {
  ...{ name: "reason", label: "错在哪里、依据什么", type: "longtext", required: true, min: 2, max: 500 },
  help: "如：火化证上是 5 月 10 日；或：登错了同名的人，派出所证明本人健在。",
};
const fieldsOf = (diedOn: string): readonly Field[] => [
  {
    ...{ name: "what", label: "怎么更正", type: "choice", required: true },
    choices: [
      { value: "date", label: "日期不对" },
      { value: "alive", label: "此人没有死亡" },
    ],
  },
  {
    ...{ name: "rightOn", label: "正确的死亡日期", type: "date", required: true },
    visible: { field: "what", is: "date" },
    help: `现在登记的是 ${diedOn}。`,
  },
  REASON,
];

export function CorrectDeathDrawer({ person, close }: { person: Person; close: () => void }) {
  const queries = useQueryClient();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="更正死亡登记"
      verb="提出更正"
      intro={
        <Alert
          type="info"
          showIcon
          title="另一位县级经办确认以后才改。日期改了，待遇的停发月份和追缴跟着改；没有死亡的，因为这次登记停发的待遇接着发，缺的月份补发。会改哪些，提出以后列在本页。"
        />
      }
      fields={fieldsOf(person.diedOn ?? "")}
      close={close}
      send={async (v) => {
        await api.askDeathCorrection({
          params: { id: person.id },
          body: {
            ...{ id: id.current, reason: String(v.reason) },
            rightOn: v.what === "date" ? String(v.rightOn) : null,
          },
        });
        await queries.invalidateQueries();
        close();
      }}
    />
  );
}

const STATES = {
  proposed: "等人确认",
  confirmed: "已更正",
  refused: "没有同意",
  withdrawn: "已撤回",
} as const;
const TONES = { proposed: "warn", confirmed: "good", refused: "bad", withdrawn: "neutral" } as const;

export function DeathCorrectionPanel({ correction: c }: { correction: Correction }) {
  const queries = useQueryClient();
  const [drawer, setDrawer] = useState<"confirm" | "refuse" | null>(null);
  const open = c.state === "proposed";
  return (
    <Panel
      title="更正死亡登记"
      testId="death-correction"
      extra={<State tone={TONES[c.state]}>{STATES[c.state]}</State>}
    >
      <div className="stack">
        <Facts
          rows={[
            [
              "更正",
              c.rightOn === null ? `此人没有死亡（原登记 ${c.diedOn}）` : `${c.diedOn} 改为 ${c.rightOn}`,
            ],
            ["原因和依据", c.reason],
            ["提出", `${c.askedBy} · ${c.askedOn}`],
            ...(c.decidedBy
              ? [
                  [
                    c.state === "confirmed" ? "确认" : STATES[c.state],
                    [c.decidedBy, c.decidedOn, c.note].filter(Boolean).join(" · "),
                  ] as [string, string],
                ]
              : []),
          ]}
        />
        <ToldList correction={c} />
        <Held correction={c} />
        {c.toTell.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={`这次死亡登记共享给过${c.toTell.join("、")}，请告知对方此人没有死亡。`}
            action={
              <Button
                size="small"
                data-testid="departments-told"
                onClick={async () => {
                  await api.tellDeathCorrection({ params: { id: c.id } });
                  await queries.invalidateQueries();
                }}
              >
                已告知
              </Button>
            }
          />
        )}
        {open &&
          (c.whyNot ? (
            <div className="row">
              <p className="quiet small">{c.whyNot}</p>
              {c.canWithdraw && <Withdraw correction={c} />}
            </div>
          ) : (
            <div className="row">
              <Button
                type="primary"
                danger
                onClick={() => setDrawer("confirm")}
                data-testid="confirm-correction"
              >
                确认更正
              </Button>
              <Button onClick={() => setDrawer("refuse")} data-testid="refuse-correction">
                不同意
              </Button>
            </div>
          ))}
      </div>
      {drawer && <AnswerDrawer correction={c} given={drawer === "confirm"} close={() => setDrawer(null)} />}
    </Panel>
  );
}

/** Lines that the wrong registration held: let go from here, by who may. */
function Held({ correction: c }: { correction: Correction }) {
  const [line, setLine] = useState<Correction["held"][number] | null>(null);
  if (c.held.length === 0) return null;
  return (
    <section data-testid="held-by-death">
      <b>因这次登记暂缓、还没有放行的</b>
      <ul className="line-list">
        {c.held.map((h) => (
          <li key={h.line.id}>
            <span className="line-grow">
              <Link to="/rosters/$id" params={{ id: h.roster.id }} search={{ q: String(h.line.seq) }}>
                {h.roster.title} 第 {h.line.seq} 笔
              </Link>{" "}
              {h.line.itemTitle} {h.line.month} <b className="tabular">{yuan(h.line.amountFen)} 元</b>
            </span>
            {h.roster.release ? (
              <Button size="small" onClick={() => setLine(h)} data-testid="release-held">
                放行
              </Button>
            ) : (
              <span className="quiet small">
                {h.roster.whyNotRelease ?? "名册正在签字，送银行以后放行，随补发名册发。"}
              </span>
            )}
          </li>
        ))}
      </ul>
      {line && <HoldDrawer roster={line.roster} line={line.line} release close={() => setLine(null)} />}
    </section>
  );
}

/** By who asked: nothing has changed yet, so nothing is asked back. */
function Withdraw({ correction: c }: { correction: Correction }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const withdraw = useMutation({
    mutationFn: () => api.withdrawDeathCorrection({ params: { id: c.id } }),
    onSuccess: () => message.success("已撤回，什么也没有变。"),
    onError: (e) => message.error(sentence(e)),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()} data-testid="withdraw-correction">
      撤回
    </Button>
  );
}

function ToldList({ correction: c }: { correction: Correction }) {
  if (c.told.length === 0) return null;
  return (
    <section>
      <b>{c.state === "proposed" ? "确认以后" : "办理结果"}</b>
      <ul className="line-list" data-testid="death-correction-told">
        {c.told.map((t) => (
          <li key={`${t.title}${t.text}`}>
            <b>{t.title}</b> {t.left && <State tone="warn">要人办</State>}
            <span className="line-grow">{t.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AnswerDrawer({
  correction: c,
  given,
  close,
}: {
  correction: Correction;
  given: boolean;
  close: () => void;
}) {
  const queries = useQueryClient();
  return (
    <DrawerForm
      title={given ? "确认更正死亡登记" : "不同意更正"}
      verb={given ? "确认更正" : "不同意"}
      danger={given}
      intro={given && <ToldList correction={c} />}
      fields={[
        {
          ...{ name: "note", label: given ? "核对了什么" : "不同意的理由", type: "longtext" },
          ...{ required: !given, min: 2, max: 500 },
        },
      ]}
      close={close}
      send={async (v) => {
        await api.answerDeathCorrection({
          params: { id: c.id },
          body: { given, note: v.note ? String(v.note) : "" },
        });
        await queries.invalidateQueries();
        close();
      }}
    />
  );
}
