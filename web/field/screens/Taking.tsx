/** One application, taken at the door: the same questions as at the office, the papers by camera, the signatures by finger. */
import type { Field } from "@wuxin/declare/fields";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Facts, type Filling, PLACE, problemsOf } from "../../kit/application.ts";
import { formOf, type Taking as Kept, saveTaking } from "../app/applications.ts";
import { phone, usePhone } from "../app/phone.ts";
import { sync } from "../app/sync.ts";
import { Account, type ErrorOf, Fields, Members, Papers, Relatives, Signatures } from "./TakingParts.tsx";

export function Taking({ taking: t, done }: { taking: Kept; done: () => void }) {
  const { taken } = usePhone();
  const item = formOf(t);
  const today = taken?.list.today ?? "";
  const [shown, setShown] = useState(t.wrong !== undefined);
  const [failed, setFailed] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    head.current?.focus();
  }, []);
  if (!item) return <Gone done={done} />;
  const f = t.filling;
  const own = problemsOf(item, f, today);
  const told = new Map((t.wrong ?? []).map((w) => [w.field, w.message]));
  const error: ErrorOf = (path) => (shown ? (own.get(path) ?? told.get(path)) : undefined);
  const change = (part: Partial<Kept>) => {
    // What is written now is newer than what the server said of it.
    const {
      problem: _,
      wrong: __,
      ...rest
    } = { ...t, ...phone().takings.find((x) => x.id === t.id), ...part };
    saveTaking({ ...rest, ready: false }).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  };
  const fill = (part: Partial<Filling>) => change({ filling: { ...f, ...part } });

  async function send() {
    setShown(true);
    if (own.size > 0) {
      setTimeout(() => document.querySelector(".field .error")?.scrollIntoView({ block: "center" }), 50);
      return;
    }
    const { problem: _, wrong: __, ...rest } = t;
    await saveTaking({ ...rest, ready: true });
    if (navigator.onLine) void sync();
    done();
  }

  return (
    <main data-testid="taking">
      <button type="button" class="button plain" onClick={done}>
        ← 先存着，回到清单
      </button>
      <h1 tabIndex={-1} ref={head}>
        {item.title}
      </h1>
      {t.problem && (
        <p class="note" role="alert">
          没有收下：{t.problem}
        </p>
      )}
      <section class="card">
        <h2>住在哪里</h2>
        <Fields
          prefix=""
          fields={placeFields()}
          values={{ divisionCode: f.divisionCode, address: f.address, areaClass: f.areaClass }}
          error={error}
          onChange={(name, v) => fill({ [name]: v ?? "" })}
        />
      </section>
      <Members item={item} filling={f} error={error} fill={fill} />
      {item.form.household.length > 0 && (
        <section class="card">
          <h2>家庭情况</h2>
          <Fields
            prefix="household."
            fields={item.form.household}
            values={f.household}
            error={error}
            onChange={(name, v) =>
              fill({ household: { ...f.household, [name]: (v ?? null) as Facts[string] } })
            }
          />
        </section>
      )}
      {item.form.account && <Account filling={f} error={error} fill={fill} />}
      {item.form.relativeFiling && <Relatives filling={f} error={error} fill={fill} />}
      <Papers item={item} taking={t} change={change} />
      {item.form.authorisation && <Signatures taking={t} today={today} change={change} />}
      {shown && own.size > 0 && (
        <p class="error" role="alert">
          还有 {own.size} 处没有填好，已用红字标出。{own.get("members") ?? ""}
        </p>
      )}
      <button
        type="button"
        class="button primary big"
        data-testid="submit-taking"
        onClick={() => void send()}
      >
        提交
      </button>
      <p class={failed ? "error" : "quiet small"} role="status" data-testid="kept">
        {failed
          ? "没能存到本机，手机空间可能满了。请腾出空间后再改一处。"
          : "写下的已存在本机。没有网也可以提交，有网自动上传；是否受理由乡镇（街道）决定。"}
      </p>
    </main>
  );
}

function Gone({ done }: { done: () => void }) {
  return (
    <main>
      <p class="card">这个事项的申请表不在手机上。请到有信号的地方点「同步」，再打开。</p>
      <button type="button" class="button wide" onClick={done}>
        回到清单
      </button>
    </main>
  );
}

/** Where the worker may take applications: the place is chosen, not written. */
const placeFields = (): Field[] =>
  PLACE.map((f) =>
    f.type === "division"
      ? {
          ...f,
          choices: (phone().taken?.list.divisions ?? []).map((d) => ({ value: d.code, label: d.name })),
        }
      : f,
  );
