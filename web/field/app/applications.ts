/**
 * Applications taken at the door: each is one sealed record under the case's own id, from its first letter on. With a
 * network it is sent whole, pictures first; what the server does not take stays, with its reason.
 */
import type { ItemView } from "@wuxin/contract";
import { newId } from "@wuxin/kernel";
import { applicationOf, emptyFilling, type Filling } from "../../kit/application.ts";
import * as records from "../keep/records.ts";
import { dropPicture } from "./drafts.ts";
import { api, phone, refusal, set, theKey } from "./phone.ts";
import { upload } from "./upload.ts";

/** What may be applied for, with its questions: public, so it stands unsealed and outlives the day. */
export type ItemForm = Pick<ItemView, "code" | "title" | "what" | "subject" | "form">;
export interface Forms {
  readonly county: string;
  readonly at: number;
  readonly items: readonly ItemForm[];
}
export interface Taking {
  /** The case's own id: sent twice, it is one case. */
  readonly id: string;
  readonly filling: Filling;
  /** Sealed pictures by the code of the paper, and signatures by the member who gave it. */
  readonly papers: Readonly<Record<string, readonly string[]>>;
  readonly signatures: Readonly<Record<string, string>>;
  /** Handed in: it goes with the next network. */
  readonly ready: boolean;
  readonly sent: readonly string[];
  /** What the server said when it did not take it, and which answers it meant. */
  readonly problem?: string;
  readonly wrong?: readonly { readonly field: string; readonly message: string }[];
}
const nameOf = (id: string) => `apply/${id}`;
const FORMS_LAST_MS = 12 * 3600_000;

export const nameIn = (t: Taking): string => t.filling.members[0]?.name.trim() || "还没有写姓名";
export const formOf = (t: Taking): ItemForm | undefined =>
  phone().forms?.items.find((i) => i.code === t.filling.item);

/** Fetched now and then, so that an application can be begun where there is no network. */
export async function takeForms(county: string): Promise<void> {
  const kept = await records.readForms<Forms>();
  if (kept?.county === county && Date.now() - kept.at < FORMS_LAST_MS) return set({ forms: kept });
  const items: ItemForm[] = [];
  for (const { code: item } of await api.listItems({ params: { county } })) {
    const { code, title, what, subject, form } = await api.getItem({ params: { county, item } });
    items.push({ code, title, what, subject, form });
  }
  const forms = { county, at: Date.now(), items };
  await records.writeForms(forms);
  set({ forms });
}

export function begin(item: ItemForm): Taking {
  const places = phone().taken?.list.divisions ?? [];
  const [only] = places;
  const role = places.length === 1 ? "village" : "township";
  const taking: Taking = {
    id: newId(),
    filling: { ...emptyFilling(item, role, places.length === 1 ? (only?.code ?? "") : ""), account: null },
    ...{ papers: {}, signatures: {}, ready: false, sent: [] },
  };
  set({ takings: [...phone().takings, taking] });
  return taking;
}

/** One after another: a slow write may not overtake the letter typed after it. */
let writing: Promise<void> = Promise.resolve();
export function saveTaking(t: Taking): Promise<void> {
  const key = theKey();
  set({ takings: phone().takings.map((x) => (x.id === t.id ? t : x)) });
  writing = writing.catch(() => {}).then(() => records.put(key, nameOf(t.id), t));
  return writing;
}
const picturesOf = (t: Taking) => [...Object.values(t.papers).flat(), ...Object.values(t.signatures)];

export async function dropTaking(t: Taking): Promise<void> {
  await writing.catch(() => {});
  for (const id of picturesOf(t)) await dropPicture(id);
  await records.remove(nameOf(t.id));
  set({ takings: phone().takings.filter((x) => x.id !== t.id) });
}

export async function readTakings(): Promise<Taking[]> {
  const kept = await Promise.all(
    (await records.names("apply/")).map((n) => records.get<Taking>(theKey(), n)),
  );
  return kept.filter((t) => t !== undefined);
}

/** Gives what the server said of it; undefined: it was not taken and stays. @throws ApiError without a network */
export async function sendTaking(t: Taking): Promise<{ number: string; hint: string } | undefined> {
  const item = formOf(t);
  if (!item) {
    await saveTaking({ ...t, problem: "这个事项现在不能申请了，请打开看一看，或到乡镇（街道）办理。" });
    return undefined;
  }
  try {
    const names = new Map([
      ...item.form.materials.flatMap((m) => (t.papers[m.code] ?? []).map((id) => [id, m.title] as const)),
      ...Object.values(t.signatures).map((id) => [id, "签名"] as const),
    ]);
    let now = t;
    const sent = await upload(names, t.sent, async (done) => {
      now = { ...now, sent: done };
      await saveTaking(now);
    });
    const there = (id: string | undefined) => id !== undefined && sent.includes(id);
    const { filling: f } = t;
    const signatures = Object.fromEntries(
      f.members.flatMap((m) => {
        const fileId = t.signatures[m.key];
        return fileId && there(fileId) ? [[m.key, { name: m.name, fileId }]] : [];
      }),
    );
    const materials = item.form.materials.flatMap(({ code, title }) =>
      (t.papers[code] ?? []).filter(there).map((fileId) => ({ code, fileId, name: title })),
    );
    const done = await api.submitApplication({
      body: { id: t.id, application: applicationOf(item, { ...f, signatures, materials }) },
    });
    await dropTaking(t);
    return { number: done.number, hint: done.trackingHint };
  } catch (e) {
    const { message, fields } = refusal(e);
    const kept = phone().takings.find((x) => x.id === t.id) ?? t;
    await saveTaking({ ...kept, problem: message, wrong: fields ?? [] });
    return undefined;
  }
}
