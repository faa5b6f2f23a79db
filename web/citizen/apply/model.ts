/** What is being filled in: the contract's application plus what only these pages need. */
import type { Application, Field, Item, Scalar, Session } from "../app/types.ts";

export type Member = Application["members"][number];
export type Form = Omit<Application, "areaClass"> & { readonly areaClass: Application["areaClass"] | "" };

export interface PageState {
  /** 帮别人办; null until asked. */
  readonly forOther: boolean | null;
  /** Whether a near relative handles such cases; null until asked. */
  readonly relatives: boolean | null;
  /** Materials that will be handed in later. */
  readonly later: readonly string[];
  /** The last promise before submitting. */
  readonly truthful: boolean;
}

/** Kept on this device and, inside the draft, by the server. */
export interface Filling {
  readonly id: string;
  readonly county: string;
  readonly accountId: string;
  readonly savedAt: string;
  /** Key of the step the person was at. */
  readonly step: string;
  readonly form: Form;
  readonly page: PageState;
}

export const APPLICANT = "m1";

export function emptyFilling(p: {
  id: string;
  item: Pick<Item, "code" | "form">;
  county: string;
  session: Session;
  now: string;
}): Filling {
  const { role } = p.session.account;
  const channel = role === "village" || role === "township" ? role : "resident";
  return {
    id: p.id,
    county: p.county,
    accountId: p.session.account.id,
    savedAt: p.now,
    step: "",
    form: {
      item: p.item.code,
      divisionCode: "",
      address: "",
      areaClass: "",
      channel,
      applicantKey: APPLICANT,
      members: [
        {
          key: APPLICANT,
          name: "",
          idNo: "",
          relation: p.item.form.relations[0] ?? "",
          phone: "",
          facts: {},
        },
      ],
      household: {},
      account: null,
      agent: null,
      authorised: null,
      commitments: [],
      relatives: [],
      materials: [],
    },
    // Staff who register for a visitor are not agents: the case itself says who took it in.
    page: { forOther: channel === "resident" ? null : false, relatives: null, later: [], truthful: false },
  };
}

/** Reads a draft that this page or the console's own form has saved: anything may be missing. */
export function fillingFromDraft(empty: Filling, draft: Readonly<Record<string, unknown>>): Filling {
  const { page, step, ...rest } = draft;
  const form: Form = { ...empty.form, ...(rest as Partial<Form>) };
  return {
    ...empty,
    step: typeof step === "string" ? step : "",
    form: form.members.length > 0 ? form : { ...form, members: empty.form.members },
    page: { ...empty.page, ...(page as Partial<PageState> | undefined) },
  };
}

/** The draft's body: the application as far as it goes, with the page's own part beside it. */
export const draftOf = (f: Filling): Record<string, unknown> => ({ ...f.form, page: f.page, step: f.step });

/** Answers that a declaration proposes (0 元, 「无」) stand as answered until changed. */
export function withInitials(item: Pick<Item, "form">, f: Filling): Filling {
  const proposed = (fields: readonly Field[]): Record<string, Scalar> =>
    Object.fromEntries(
      fields.flatMap((x): [string, Scalar][] => (x.initial === undefined ? [] : [[x.name, x.initial]])),
    );
  const member = proposed(item.form.member);
  return changeForm(f, {
    household: { ...proposed(item.form.household), ...f.form.household },
    members: f.form.members.map((m) => ({ ...m, facts: { ...member, ...m.facts } })),
  });
}

export const changeForm = (f: Filling, part: Partial<Form>): Filling => ({
  ...f,
  form: { ...f.form, ...part },
});
export const changePage = (f: Filling, part: Partial<PageState>): Filling => ({
  ...f,
  page: { ...f.page, ...part },
});
export const changeMember = (f: Filling, key: string, part: Partial<Member>): Filling =>
  changeForm(f, { members: f.form.members.map((m) => (m.key === key ? { ...m, ...part } : m)) });

export function addMember(f: Filling): Filling {
  const used = new Set(f.form.members.map((m) => m.key));
  let n = 2;
  while (used.has(`m${n}`)) n++;
  return changeForm(f, {
    members: [...f.form.members, { key: `m${n}`, name: "", idNo: "", relation: "", facts: {} }],
  });
}

/** A member leaves with what was signed for him. */
export function removeMember(f: Filling, key: string): Filling {
  const { authorised } = f.form;
  return changeForm(f, {
    members: f.form.members.filter((m) => m.key !== key),
    authorised: authorised && { ...authorised, signers: authorised.signers.filter((s) => s.key !== key) },
  });
}

export const applicantOf = (f: Filling): Member =>
  f.form.members.find((m) => m.key === f.form.applicantKey) ?? (f.form.members[0] as Member);
