/** The parts of an application on the phone: people, account, relatives, papers, signatures. */
import {
  askedOf,
  type Field,
  type FieldValue,
  isVisible,
  namesOthers,
  type Values,
} from "@wuxin/declare/fields";
import {
  ACCOUNT,
  AUTHORISATION,
  adults,
  type Facts,
  type Filling,
  type Member,
  memberFields,
  newMember,
  paperNeeded,
  RELATIVE,
} from "../../kit/application.ts";
import type { ItemForm, Taking as Kept } from "../app/applications.ts";
import { Input } from "../parts/Input.tsx";
import { Photos } from "../parts/Photos.tsx";
import { SignPad } from "../parts/SignPad.tsx";

export type ErrorOf = (path: string) => string | undefined;

interface FieldsProps {
  readonly prefix: string;
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly error: ErrorOf;
  readonly onChange: (name: string, value: FieldValue | undefined) => void;
}
export function Fields({ prefix, fields, values, error, onChange }: FieldsProps) {
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
export function Members({ item, filling: f, error, fill }: PartProps & { readonly item: ItemForm }) {
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

export function Account({ filling: f, error, fill }: PartProps) {
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

export function Relatives({ filling: f, error, fill }: PartProps) {
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
export function Papers({ item, taking: t, change }: ChangeProps & { readonly item: ItemForm }) {
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

export function Signatures({ taking: t, today, change }: ChangeProps & { readonly today: string }) {
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
