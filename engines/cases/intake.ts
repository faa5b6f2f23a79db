/**
 * Reads a whole application and names every wrong field at once, by the path the form knows it under:
 * `members.0.idNo`, `members.1.facts.income`, `household.savings`, `account.accountNo`. Nothing is written here.
 */
import {
  askedOf,
  checkFields,
  type FieldError,
  type FieldValue,
  type ItemDefinition,
  isEmpty,
  namesOthers,
} from "@wuxin/declare";
import {
  ageOn,
  type IsoDate,
  isMobilePhone,
  isUuid,
  normalizePhone,
  parseResidentId,
  type Scalar,
  toHalfWidth,
} from "@wuxin/kernel";

export interface MemberInput {
  readonly key: string;
  readonly name: string;
  readonly idNo: string;
  readonly relation: string;
  readonly phone?: string | undefined;
  readonly facts: Readonly<Record<string, Scalar>>;
}

/** The contract's Application, structurally. */
export interface ApplicationInput {
  readonly item: string;
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: "城市" | "农村";
  readonly channel: "resident" | "village" | "township" | "proactive";
  readonly applicantKey: string;
  readonly members: readonly MemberInput[];
  readonly household: Readonly<Record<string, Scalar>>;
  readonly account: {
    readonly bankName: string;
    readonly accountNo: string;
    readonly holderName: string;
  } | null;
  readonly agent: {
    readonly name: string;
    readonly idNo: string;
    readonly phone: string;
    readonly relation: string;
    readonly consent: boolean;
  } | null;
  readonly authorised: {
    readonly signers: readonly { readonly key: string; readonly signature: FieldValue }[];
    readonly text: string;
  } | null;
  readonly commitments: readonly string[];
  readonly relatives: readonly {
    readonly staffName: string;
    readonly unit: string;
    readonly relation: string;
  }[];
  readonly materials: readonly { readonly code: string; readonly fileId: string; readonly name: string }[];
}

export interface ReadMember {
  readonly key: string;
  readonly name: string;
  readonly idNo: string;
  readonly relation: string;
  readonly phone: string | null;
  readonly birthDate: IsoDate;
  readonly sex: "男" | "女";
  readonly adult: boolean;
  readonly facts: Readonly<Record<string, Scalar>>;
}

export interface ReadApplication {
  readonly input: ApplicationInput;
  readonly members: readonly ReadMember[];
  readonly applicant: ReadMember;
  readonly agent: NonNullable<ApplicationInput["agent"]> | null;
}

export interface IntakeContext {
  readonly item: ItemDefinition;
  readonly today: IsoDate;
  /** Codes of the county's townships and villages. */
  readonly divisions: ReadonlySet<string>;
  /** Whether the county lets a 告知承诺 replace papers. */
  readonly commitmentAllowed: boolean;
  /** Opened by the office for somebody found in its own books: what is not known yet is asked afterwards. */
  readonly proactive: boolean;
}

type Add = (field: string, message: string) => void;

/** Either the application read, or every fault in the order of the form. */
export function readApplication(
  input: ApplicationInput,
  c: IntakeContext,
): { readonly ok: ReadApplication } | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const add: Add = (field, message) => errors.push({ field, message });
  const { item } = c;
  if (!c.divisions.has(input.divisionCode))
    add("divisionCode", "请从列表里选择本县的乡镇（街道）或村（社区）。");
  if (input.address.trim().length < 2) add("address", "请填写现在的住址，写到门牌或组。");
  if (input.address.length > 200) add("address", "住址最多 200 个字，请精简。");
  const members = input.members.map((m, i) => readMember(m, i, c, add));
  checkTogether(input, c, add);
  for (const e of fieldErrors(item.form.household, input.household, c))
    add(`household.${e.field}`, e.message);
  checkAccount(input.account, item, add);
  checkAgent(input.agent, c, add);
  checkAuthorisation(input, add);
  checkPapers(input, c, add);
  for (const [i, r] of input.relatives.entries()) {
    if (!r.staffName.trim()) add(`relatives.${i}.staffName`, "请填写有近亲属关系的工作人员姓名。");
    if (!r.relation.trim()) add(`relatives.${i}.relation`, "请填写与该工作人员的关系。");
  }
  const applicant = members.find((m) => m?.key === input.applicantKey);
  if (errors.length > 0 || !applicant) return { errors };
  return {
    ok: {
      input,
      members: members.filter((m): m is ReadMember => m !== undefined),
      applicant,
      agent: input.agent && {
        ...input.agent,
        name: input.agent.name.trim(),
        idNo: idOf(input.agent.idNo, c.today),
        phone: normalizePhone(input.agent.phone),
      },
    },
  };
}

function idOf(text: string, today: IsoDate): string {
  const r = parseResidentId(text, today);
  return r.ok ? r.id : "";
}

function readMember(m: MemberInput, i: number, c: IntakeContext, add: Add): ReadMember | undefined {
  const at = `members.${i}`;
  const name = m.name.trim();
  if (name.length < 1) add(`${at}.name`, "请填写姓名，与身份证一致。");
  else if (name.length > 50) add(`${at}.name`, "姓名最多 50 个字，请照身份证填写。");
  else if (/[<>{}\d]/.test(toHalfWidth(name)))
    add(`${at}.name`, `姓名「${name}」里有数字或符号，请照身份证填写。`);
  const id = parseResidentId(m.idNo, c.today);
  if (!id.ok) add(`${at}.idNo`, id.message);
  if (!c.item.form.relations.includes(m.relation))
    add(`${at}.relation`, `与户主关系请从这些里选：${c.item.form.relations.join("、")}。`);
  const phone = m.phone?.trim() ? normalizePhone(m.phone) : null;
  if (phone !== null && !isMobilePhone(phone)) add(`${at}.phone`, "手机号码应为 11 位，请核对。");
  for (const e of fieldErrors(askedOf(c.item.form.member, m.relation), m.facts, c))
    add(`${at}.facts.${e.field}`, e.message);
  if (!id.ok) return undefined;
  return {
    key: m.key,
    name,
    idNo: id.id,
    relation: m.relation,
    phone,
    birthDate: id.birthDate,
    sex: id.sex,
    adult: ageOn(id.birthDate, c.today) >= 18,
    facts: m.facts,
  };
}

/** For a case that the office opens itself, an empty required answer is a fact still to be asked, not a mistake. */
function fieldErrors(
  fields: ItemDefinition["form"]["member"],
  values: Readonly<Record<string, Scalar>>,
  c: IntakeContext,
): FieldError[] {
  const asked = c.proactive ? fields.map((f) => ({ ...f, required: false })) : fields;
  return checkFields(asked, values, c.today);
}

/** What only the members together can get wrong. */
function checkTogether(input: ApplicationInput, c: IntakeContext, add: Add): void {
  const { item } = c;
  if (input.members.length === 0) {
    add("members", "请至少填写一位家庭成员（申请人本人）。");
    return;
  }
  if (!namesOthers(item) && input.members.length > 1)
    add("members", `${item.title}按个人申请，只填申请人一位；其他人请另行申请。`);
  const head = item.form.relations[0] ?? "本人";
  const heads = input.members.flatMap((m, i) => (m.relation === head ? [i] : []));
  const applicant = input.members.findIndex((m) => m.key === input.applicantKey);
  if (applicant < 0) add("applicantKey", "没有指明申请人，请从家庭成员里选一位。");
  else if (heads.length === 0)
    add(`members.${applicant}.relation`, `家庭里没有户主：请把申请人的关系选为「${head}」。`);
  else if (heads.length === 1 && heads[0] !== applicant)
    add("applicantKey", `「${head}」应当是申请人，请把申请人改为这一位，或改正关系。`);
  for (const i of heads.slice(1)) add(`members.${i}.relation`, `「${head}」只能有一位，请改正这一位的关系。`);
  const keys = new Map<string, number>();
  const ids = new Map<string, number>();
  for (const [i, m] of input.members.entries()) {
    const sameKey = keys.get(m.key);
    if (sameKey !== undefined) add(`members.${i}.key`, "成员编号重复，请刷新页面后重填。");
    keys.set(m.key, i);
    const id = idOf(m.idNo, c.today);
    const same = id === "" ? undefined : ids.get(id);
    if (same !== undefined)
      add(`members.${i}.idNo`, `与第 ${same + 1} 位成员的身份证号码相同，一个人只填一次。`);
    else if (id !== "") ids.set(id, i);
  }
}

function checkAccount(account: ApplicationInput["account"], item: ItemDefinition, add: Add): void {
  if (account === null) return;
  if (!item.form.account) {
    add("account", "本事项不需要填写收款账户，请去掉。");
    return;
  }
  if (account.bankName.trim().length < 2) add("account.bankName", "请填写开户银行。");
  if (!/^\d{8,30}$/.test(toHalfWidth(account.accountNo).replaceAll(/\s/g, "")))
    add("account.accountNo", "银行账号应为 8 至 30 位数字，请照卡面或存折填写。");
  if (account.holderName.trim() === "") add("account.holderName", "请填写户名，与银行卡一致。");
}

function checkAgent(agent: ApplicationInput["agent"], c: IntakeContext, add: Add): void {
  if (agent === null) return;
  if (agent.name.trim() === "") add("agent.name", "请填写代办人姓名。");
  const id = parseResidentId(agent.idNo, c.today);
  if (!id.ok) add("agent.idNo", id.message);
  else if (ageOn(id.birthDate, c.today) < 18)
    add("agent.idNo", "代办人应当年满 18 周岁，请换一位成年人代办。");
  if (!isMobilePhone(agent.phone)) add("agent.phone", "代办人手机号码应为 11 位，请核对。");
  if (agent.relation.trim() === "") add("agent.relation", "请填写代办人与申请人的关系。");
  if (!agent.consent) add("agent.consent", "代办要有申请人本人同意，请确认后勾选。");
}

function checkAuthorisation(input: ApplicationInput, add: Add): void {
  const keys = new Set(input.members.map((m) => m.key));
  for (const [i, s] of (input.authorised?.signers ?? []).entries()) {
    if (!keys.has(s.key)) add(`authorised.signers.${i}.key`, "签名的人不在家庭成员里，请核对。");
    else if (isEmpty(s.signature)) add(`authorised.signers.${i}.signature`, "还没有签名，请在签名处签字。");
  }
}

function checkPapers(input: ApplicationInput, c: IntakeContext, add: Add): void {
  const known = new Map(c.item.form.materials.map((m) => [m.code, m]));
  for (const [i, code] of input.commitments.entries()) {
    const m = known.get(code);
    if (!m?.commitmentAllowed)
      add(`commitments.${i}`, `「${m?.title ?? code}」不能用告知承诺代替，请上传材料或留待补正。`);
    else if (!c.commitmentAllowed)
      add(`commitments.${i}`, `本县目前不实行告知承诺，「${m.title}」请上传材料或留待补正。`);
  }
  if (input.materials.length > 100) add("materials", "材料最多 100 份，请合并后上传。");
  for (const [i, m] of input.materials.entries()) {
    if (!known.has(m.code)) add(`materials.${i}.code`, "材料种类不在清单里，请刷新页面后重新上传。");
    if (!isUuid(m.fileId)) add(`materials.${i}.fileId`, "文件没有上传成功，请重新上传。");
  }
}

/** Members who must authorise verification before anything is asked about them: every adult (57号 第九条). */
export const signersOf = (a: ReadApplication): Set<string> =>
  new Set((a.input.authorised?.signers ?? []).filter((s) => !isEmpty(s.signature)).map((s) => s.key));
