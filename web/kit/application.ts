/**
 * An application being filled in, on a desk or at a door: the contract's shape, except that anything may still be missing.
 * Wrong fields are named by their path, as the server names them: `members.0.idNo`, `household.savings`.
 */
import type { Application, ItemView } from "@wuxin/contract";
import {
  askedOf,
  checkFields,
  type Field,
  initialOf,
  isEmpty,
  isVisible,
  type Signature,
  type Values,
} from "@wuxin/declare/fields";
import { ageOn, holds, parseResidentId } from "@wuxin/kernel";

/** What is asked of an item. */
type Asked = Pick<ItemView, "code" | "form">;
type Scalar = string | number | boolean | null;
export type Facts = Record<string, Scalar>;
export interface Member {
  key: string;
  name: string;
  idNo: string;
  relation: string;
  phone: string;
  facts: Facts;
}
export interface Filling extends Omit<Application, "members" | "household" | "areaClass" | "authorised"> {
  areaClass: "城市" | "农村" | "";
  members: Member[];
  household: Facts;
  signatures: Record<string, Signature>;
}
export type Problems = ReadonlyMap<string, string>;

export const newMember = (relation: string): Member => ({
  key: crypto.randomUUID().slice(0, 8),
  name: "",
  idNo: "",
  relation,
  phone: "",
  facts: {},
});

export function emptyFilling(item: Asked, role: string, scope: string): Filling {
  const first = { ...newMember(item.form.relations[0] ?? "本人"), facts: initialOf(item.form.member) };
  return {
    item: item.code,
    divisionCode: scope.length >= 9 ? scope : "",
    address: "",
    areaClass: "",
    channel: role === "village" ? "village" : "township",
    applicantKey: first.key,
    members: [first],
    household: initialOf(item.form.household),
    account: item.form.account ? { bankName: "", accountNo: "", holderName: "" } : null,
    agent: null,
    signatures: {},
    commitments: [],
    relatives: [],
    materials: [],
  };
}

const need = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  name,
  label,
  type: "text",
  required: true,
  max: 50,
  ...more,
});
export const PLACE: readonly Field[] = [
  need("divisionCode", "乡镇（街道）、村（社区）", { type: "division" }),
  need("address", "住址", { max: 200, min: 2, help: "现在实际居住的地方，写到组或门牌。" }),
  need("areaClass", "城乡", {
    type: "choice",
    choices: [
      { value: "农村", label: "农村" },
      { value: "城市", label: "城市" },
    ],
  }),
];
export const memberFields = (item: Asked): Field[] => [
  need("name", "姓名"),
  need("idNo", "身份证号码", { type: "resident-id", personal: true }),
  ...(item.form.relations.length > 1
    ? [
        need("relation", "与户主关系", {
          type: "choice",
          choices: item.form.relations.map((r) => ({ value: r, label: r })),
        }),
      ]
    : []),
  { name: "phone", label: "手机", type: "phone" },
];
export const ACCOUNT: readonly Field[] = [
  need("holderName", "户名", { help: "一般应为领取人本人。" }),
  need("bankName", "开户银行", { min: 2, max: 60 }),
  need("accountNo", "账号", { type: "bank-account" }),
];
export const AGENT: readonly Field[] = [
  need("name", "代办人姓名"),
  need("idNo", "代办人身份证号码", { type: "resident-id" }),
  need("phone", "代办人手机", { type: "phone" }),
  need("relation", "与申请人的关系", { max: 30 }),
];
export const RELATIVE: readonly Field[] = [
  need("staffName", "工作人员姓名"),
  need("unit", "单位和职务", { max: 100, required: false }),
  need("relation", "与其关系", { max: 30 }),
];

export const adults = (f: Filling, today: string): Member[] =>
  f.members.filter((m) => {
    const id = parseResidentId(m.idNo, today);
    return id.ok && ageOn(id.birthDate, today) >= 18;
  });

/** Every wrong field by its path, in the order of the page. */
export function problemsOf(item: Asked, f: Filling, today: string): Problems {
  const found = new Map<string, string>();
  const check = (prefix: string, fields: readonly Field[], values: Values) => {
    const known = new Set(fields.map((x) => x.name));
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)));
    for (const e of checkFields(fields, own, today)) found.set(prefix + e.field, e.message);
  };
  check("", PLACE, { divisionCode: f.divisionCode, address: f.address, areaClass: f.areaClass });
  const seen = new Map<string, number>();
  for (const [n, m] of f.members.entries()) {
    check(`members.${n}.`, memberFields(item), {
      name: m.name,
      idNo: m.idNo,
      relation: m.relation,
      phone: m.phone,
    });
    check(`members.${n}.facts.`, askedOf(item.form.member, m.relation), m.facts);
    const id = parseResidentId(m.idNo, today);
    const before = id.ok ? seen.get(id.id) : undefined;
    if (before !== undefined)
      found.set(`members.${n}.idNo`, `与第 ${before + 1} 位成员的身份证号码相同，一个人只填一次。`);
    if (id.ok) seen.set(id.id, n);
  }
  check("household.", item.form.household, f.household);
  if (f.account) check("account.", ACCOUNT, f.account);
  if (f.agent) {
    check("agent.", AGENT, {
      name: f.agent.name,
      idNo: f.agent.idNo,
      phone: f.agent.phone,
      relation: f.agent.relation,
    });
    if (!f.agent.consent) found.set("agent.consent", "代办要有申请人本人同意，请确认后勾选。");
  }
  for (const [n, r] of f.relatives.entries()) check(`relatives.${n}.`, RELATIVE, { ...r });
  return found;
}

const answersOf = (fields: readonly Field[], values: Facts): Facts =>
  Object.fromEntries(
    fields
      .filter((x) => isVisible(x, values) && !isEmpty(values[x.name]))
      .map((x) => [x.name, values[x.name] ?? null]),
  );

export const AUTHORISATION =
  "本人同意民政部门为审核本次申请，以及在享受待遇期间为定期复核，向有关部门和金融机构查询、核对本人及家庭的户籍、收入和财产信息。核对结果只用于社会救助。";

/** What is sent: hidden and empty answers are left out. */
export function applicationOf(item: Asked, f: Filling): Application {
  const { signatures, areaClass, members, ...rest } = f;
  const signers = members
    .filter((m) => !isEmpty(signatures[m.key]))
    .map((m) => ({ key: m.key, signature: signatures[m.key] ?? { name: "", fileId: null } }));
  return {
    ...rest,
    areaClass: areaClass === "" ? "农村" : areaClass,
    members: members.map(({ phone, ...m }) => ({
      ...m,
      ...(phone.trim() === "" ? {} : { phone }),
      facts: answersOf(askedOf(item.form.member, m.relation), m.facts),
    })),
    household: answersOf(item.form.household, f.household),
    authorised: item.form.authorisation && signers.length > 0 ? { signers, text: AUTHORISATION } : null,
  };
}

/** Whether a paper is needed for these answers; one that is shared between offices is not asked for. */
export function paperNeeded(m: ItemView["form"]["materials"][number], f: Filling): boolean {
  if (m.obtainedBySharing) return false;
  if (typeof m.required !== "object") return m.required === true;
  const { required } = m;
  return (
    holds(required, { ...f.household }) ||
    f.members.some((x) => holds(required, { ...f.household, ...x.facts }))
  );
}
