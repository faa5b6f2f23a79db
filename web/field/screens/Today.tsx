/** The day's list: what waits, what came of it, what needs a choice, then the doors to go to. */
import { useState } from "preact/hooks";
import { dateTime } from "../../kit/format.ts";
import { login } from "../app/come-in.ts";
import { type Phone, type Stop, usePhone } from "../app/phone.ts";
import { sync } from "../app/sync.ts";
import { distance, metres, usePlace } from "../parts/place.ts";
import { Conflicts } from "./Conflicts.tsx";
import { Contact } from "./Contact.tsx";
import { PasswordForm } from "./Login.tsx";
import { Plan } from "./Plan.tsx";
import { Outcomes, Queue } from "./Queue.tsx";
import { Takings } from "./Takings.tsx";

type View = "due" | "near" | "map";
const VIEWS: readonly (readonly [View, string])[] = [
  ["due", "按时限"],
  ["near", "按远近"],
  ["map", "看地图"],
];

interface TodayProps {
  readonly go: (subjectId: string) => void;
  readonly apply: (taking: string) => void;
}
export function Today({ go, apply }: TodayProps) {
  const p = usePhone();
  const [view, setView] = useState<View>("due");
  const here = usePlace();
  const waiting = new Set(p.waiting.map((w) => w.visit.subjectId));
  const stops = (p.taken?.list.stops ?? []).filter((s) => !waiting.has(s.subjectId));
  const beyond = p.taken ? Math.max(0, p.taken.list.total - p.taken.list.stops.length) : 0;
  const far = (s: Stop) => (here && s.place ? distance(here, s.place) : undefined);
  const ordered =
    view === "near" ? [...stops].sort((a, b) => (far(a) ?? Infinity) - (far(b) ?? Infinity)) : stops;
  return (
    <main data-testid="today">
      <h1>今天的走访</h1>
      <Freshness p={p} count={stops.length + beyond} />
      {p.message && (
        <p class="note" role="alert">
          {p.message}
        </p>
      )}
      {p.needsLogin && <Again p={p} />}
      <Conflicts />
      <Queue />
      <Outcomes />
      {p.taken && stops.length > 0 && (
        <fieldset class="views">
          <legend class="unseen">怎么排</legend>
          {VIEWS.map(([v, label]) => (
            <button key={v} type="button" aria-pressed={view === v} onClick={() => setView(v)}>
              {label}
            </button>
          ))}
        </fieldset>
      )}
      {view !== "due" && here === null && (
        <p class="note">手机没有给出位置，不能算远近。请在手机设置里允许浏览器使用位置。</p>
      )}
      {view !== "due" && beyond > 0 && (
        <p class="note">这里只有已取到手机上的户，没取的 {beyond} 户不在内，见最下面。</p>
      )}
      {view === "map" ? (
        <Plan stops={ordered} here={here ?? undefined} go={go} />
      ) : (
        <ol class="stops">
          {ordered.map((s) => (
            <StopCard key={s.subjectId} stop={s} far={far(s)} begun={p.begun.includes(s.subjectId)} go={go} />
          ))}
        </ol>
      )}
      <Nothing p={p} left={stops.length} />
      <Beyond p={p} left={beyond} />
      {p.taken?.list.applies && <Takings go={apply} />}
      <Reported p={p} />
    </main>
  );
}

function Freshness({ p, count }: { p: Phone; count: number }) {
  return (
    <div class="fresh">
      <p class="quiet small">
        {p.taken ? `还有 ${count} 户 · 清单取于 ${dateTime(p.taken.list.now).slice(5)}` : "还没有清单"}
      </p>
      <button
        type="button"
        class="button"
        data-testid="sync"
        disabled={p.syncing}
        onClick={() => void sync()}
      >
        {p.syncing ? "同步中…" : "同步"}
      </button>
    </div>
  );
}

interface CardProps {
  readonly stop: Stop;
  readonly far: number | undefined;
  readonly begun: boolean;
  readonly go: (subjectId: string) => void;
}
function StopCard({ stop: s, far, begun, go }: CardProps) {
  const late = s.tasks.some((t) => t.late);
  const due = s.dueOn === null ? "不限日期" : late ? `已超期，应在 ${s.dueOn} 前` : `${s.dueOn} 前`;
  return (
    <li class={late ? "card overdue" : "card"} data-testid="stop">
      <h2>{s.title}</h2>
      <p class={late ? "late" : "quiet"}>{due}</p>
      <ul class="chips">
        {[...new Set(s.tasks.map((t) => t.title))].map((t) => (
          <li key={t}>{t}</li>
        ))}
      </ul>
      <Contact stop={s} far={far === undefined ? undefined : metres(far)} />
      <button type="button" class="button primary wide" onClick={() => go(s.subjectId)}>
        {begun ? "接着填" : "开始走访"}
      </button>
    </li>
  );
}

function Nothing({ p, left }: { p: Phone; left: number }) {
  if (!p.taken)
    return p.syncing ? (
      <p class="card" aria-busy="true">
        正在取清单…
      </p>
    ) : (
      <p class="card">手机上还没有清单。请到有信号的地方，点上面的「同步」。</p>
    );
  if (left > 0) return null;
  return (
    <p class="card" data-testid="none">
      今天没有要走访的户了。有了新任务，同步后会出现在这里。
    </p>
  );
}

/** Of a very long list the phone holds what is most urgent; what it does not hold is said, and fetched by a tap. */
function Beyond({ p, left }: { p: Phone; left: number }) {
  if (!p.taken) return null;
  const { list, pages } = p.taken;
  if (left === 0 || list.next === null) return null;
  return (
    <section class="card" data-testid="beyond">
      <p>
        手机上先放最急的 {list.stops.length} 户，断网也看得到；还有 {left} 户期限在后，没有取到手机上。
      </p>
      <button
        type="button"
        class="button wide"
        disabled={p.syncing || !p.online}
        onClick={() => void sync(pages + 1)}
      >
        {p.syncing ? "正在取…" : "再取一批"}
      </button>
      {!p.online && <p class="quiet small">有网时才能再取。</p>}
    </section>
  );
}

function Again({ p: { meta } }: { p: Phone }) {
  if (!meta) return null;
  const send = async (password: string) => {
    await login(meta.county, meta.loginName, password);
    return undefined;
  };
  return (
    <section class="card look" data-testid="again">
      <p>登录已过期。再输一次密码，才能上传和取新清单。</p>
      <PasswordForm verb="登录" send={send} />
    </section>
  );
}

function Reported({ p }: { p: Phone }) {
  const reported = p.taken?.list.reported ?? [];
  if (reported.length === 0) return null;
  return (
    <section class="card">
      <h2>我报过的</h2>
      <ul class="plain-list">
        {reported.map((r) => (
          <li key={r.id}>
            {r.title} · <b>{r.stateLabel}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
