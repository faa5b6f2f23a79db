/** One application, taken at the door: the same questions as at the office, the papers by camera, the signatures by finger. */
import {
  askedOf,
  type Field,
  type FieldValue,
  isVisible,
  namesOthers,
  type Values,
} from "@wuxin/declare/fields";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  ACCOUNT,
  AUTHORISATION,
  adults,
  type Facts,
  type Filling,
  type Member,
  memberFields,
  newMember,
  PLACE,
  paperNeeded,
  problemsOf,
  RELATIVE,
} from "../../kit/application.ts";
import { formOf, type ItemForm, type Taking as Kept, saveTaking } from "../app/applications.ts";
import { phone, usePhone } from "../app/phone.ts";
import { sync } from "../app/sync.ts";
import { Input } from "../parts/Input.tsx";
import { Photos } from "../parts/Photos.tsx";
import { SignPad } from "../parts/SignPad.tsx";

type ErrorOf = (path: string) => string | undefined;

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

interface FieldsProps {
  readonly prefix: string;
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly error: ErrorOf;
  readonly onChange: (name: string, value: FieldValue | undefined) => void;
}
function Fields({ prefix, fields, values, error, onChange }: FieldsProps) {
  return (
    <>
      {fields
        .filter((f) => isVisible(f, values))
        .map((f) => (
          <Input
            key={f.name}
            field={{ ...f, name: prefix + f.name }}
            value={values[f.name]}
            error={error(prefix + f.name)}
            onChange={(v) => onChange(f.name, v)}
          />
        ))}
    </>
  );
}

interface PartProps {
  readonly filling: Filling;
  readonly error: ErrorOf;
  readonly fill: (part: Partial<Filling>) => void;
}
/** The first is who applies; the others as the law asks for them. */
function Members({ item, filling: f, error, fill }: PartProps & { readonly item: ItemForm }) {
  const set = (n: number, next: Partial<Member>) =>
    fill({ members: f.members.map((m, i) => (i === n ? { ...m, ...next } : m)) });
  const initial = Object.fromEntries(
    item.form.member.filter((x) => x.initial !== undefined).map((x) => [x.name, x.initial ?? null]),
  );
  return (
    <>
      {f.members.map((m, n) => (
        <section key={m.key} class="card" data-testid={`member-${n}`}>
          <h2>
            {n === 0 ? "申请人" : `第 ${n + 1} 位`}
            {m.name && `：${m.name}`}
          </h2>
          <Fields
            prefix={`members.${n}.`}
            fields={memberFields(item).flatMap((x) =>
              x.name !== "relation" ? [x] : n === 0 ? [] : [{ ...x, choices: (x.choices ?? []).slice(1) }],
            )}
            values={{ name: m.name, idNo: m.idNo, relation: m.relation, phone: m.phone }}
            error={error}
            onChange={(name, v) => set(n, { [name]: v ?? "" })}
          />
          <Fields
            prefix={`members.${n}.facts.`}
            fields={askedOf(item.form.member, m.relation)}
            values={m.facts}
            error={error}
            onChange={(name, v) => set(n, { facts: { ...m.facts, [name]: (v ?? null) as Facts[string] } })}
          />
          {n > 0 && (
            <button
              type="button"
              class="button plain"
              onClick={() => fill({ members: f.members.filter((x) => x.key !== m.key) })}
            >
              去掉这一位
            </button>
          )}
        </section>
      ))}
      {namesOthers(item) && f.members.length < 30 && (
        <button
          type="button"
          class="button wide"
          data-testid="add-member"
          onClick={() => fill({ members: [...f.members, { ...newMember(""), facts: initial }] })}
        >
          {item.subject === "household" ? "再加一位共同生活的人" : "再加一个人"}
        </button>
      )}
    </>
  );
}

function Account({ filling: f, error, fill }: PartProps) {
  const account = f.account;
  return (
    <section class="card">
      <h2>收款账户</h2>
      {account === null ? (
        <>
          <p class="quiet small">存折不在手边的，先不填，以后由乡镇（街道）补上。</p>
          <button
            type="button"
            class="button wide"
            onClick={() => fill({ account: { holderName: "", bankName: "", accountNo: "" } })}
          >
            现在填
          </button>
        </>
      ) : (
        <>
          <Fields
            prefix="account."
            fields={ACCOUNT}
            values={account}
            error={error}
            onChange={(name, v) => fill({ account: { ...account, [name]: String(v ?? "") } })}
          />
          <button type="button" class="button plain" onClick={() => fill({ account: null })}>
            先不填账户
          </button>
        </>
      )}
    </section>
  );
}

function Relatives({ filling: f, error, fill }: PartProps) {
  return (
    <section class="card">
      <h2>近亲属备案</h2>
      <p class="quiet small">和经办人员、村（社区）干部有近亲属关系的，要如实登记；没有的不用填。</p>
      {f.relatives.map((r, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the path of a relative is its place in the list
        <div key={n} class="card">
          <Fields
            prefix={`relatives.${n}.`}
            fields={RELATIVE}
            values={{ ...r }}
            error={error}
            onChange={(name, v) =>
              fill({
                relatives: f.relatives.map((x, i) => (i === n ? { ...x, [name]: String(v ?? "") } : x)),
              })
            }
          />
          <button
            type="button"
            class="button plain"
            onClick={() => fill({ relatives: f.relatives.filter((_, i) => i !== n) })}
          >
            去掉这一位
          </button>
        </div>
      ))}
      <button
        type="button"
        class="button wide"
        onClick={() => fill({ relatives: [...f.relatives, { staffName: "", unit: "", relation: "" }] })}
      >
        登记一位近亲属
      </button>
    </section>
  );
}

interface ChangeProps {
  readonly taking: Kept;
  readonly change: (part: Partial<Kept>) => void;
}
/** Papers that other offices share are not asked for; one that is missing is asked for by the township, once. */
function Papers({ item, taking: t, change }: ChangeProps & { readonly item: ItemForm }) {
  const asked = item.form.materials.filter((m) => !m.obtainedBySharing);
  if (asked.length === 0) return null;
  return (
    <section class="card">
      <h2>材料拍照</h2>
      <p class="quiet small">一时拿不出来的可以先不拍，乡镇（街道）受理时会一次说清缺什么。</p>
      {asked.map((m) => (
        <div key={m.code} data-testid={`paper-${m.code}`}>
          <Photos
            label={`${m.title}${paperNeeded(m, t.filling) ? "（要交）" : ""}`}
            ids={t.papers[m.code] ?? []}
            onChange={(ids) => change({ papers: { ...t.papers, [m.code]: ids } })}
          />
        </div>
      ))}
    </section>
  );
}

function Signatures({ taking: t, today, change }: ChangeProps & { readonly today: string }) {
  const who = adults(t.filling, today);
  return (
    <section class="card">
      <h2>授权核对</h2>
      <p class="small">念给他听，每位成年人都要亲手签：</p>
      <blockquote class="told">{AUTHORISATION}</blockquote>
      {who.length === 0 && <p class="quiet small">填好身份证号码后，这里列出要签字的人。</p>}
      {who.map((m) => (
        <div key={m.key} data-testid={`signer-${m.name}`}>
          <SignPad
            label={`${m.name || "（姓名未填）"}签名`}
            id={t.signatures[m.key] ?? null}
            onChange={(id) => {
              const { [m.key]: _, ...others } = t.signatures;
              change({ signatures: id === null ? others : { ...others, [m.key]: id } });
            }}
          />
        </div>
      ))}
    </section>
  );
}
