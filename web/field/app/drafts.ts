/** A visit while it is being written: every touch is sealed and kept, so that a dead battery costs nothing. */
import type { FieldValue } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import * as records from "../keep/records.ts";
import { phone, set, theKey } from "./phone.ts";

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyM: number;
}
export interface Draft {
  /** The visit's own id from its first letter on: sent twice, it is one visit. */
  readonly id: string;
  readonly answers: Readonly<Record<string, FieldValue>>;
  /** What was changed on the card, with the version that stood there when it was changed. */
  readonly card: Readonly<Record<string, { readonly value: FieldValue; readonly base: number }>>;
  readonly photos: readonly string[];
  readonly signature: string | null;
  readonly place: Place | null;
}
export const emptyDraft = (): Draft => ({
  ...{ id: newId(), answers: {}, card: {}, photos: [], signature: null, place: null },
});
const nameOf = (subjectId: string) => `draft/${subjectId}`;

export const readDraft = (subjectId: string) => records.get<Draft>(theKey(), nameOf(subjectId));
/** One after another: a slow write may not overtake the letter typed after it. One that fails does not stop the next. */
let writing: Promise<void> = Promise.resolve();
export function saveDraft(subjectId: string, draft: Draft): Promise<void> {
  const key = theKey();
  writing = writing.catch(() => {}).then(() => records.put(key, nameOf(subjectId), draft));
  if (!phone().begun.includes(subjectId)) set({ begun: [...phone().begun, subjectId] });
  return writing;
}
export async function dropDraft(subjectId: string): Promise<void> {
  await writing.catch(() => {});
  await records.remove(nameOf(subjectId));
  set({ begun: phone().begun.filter((s) => s !== subjectId) });
}

const pictureName = (id: string) => `picture/${id}`;
/** Keeps a photograph or a signature; its id goes with it to the server. */
export async function keepPicture(blob: Blob): Promise<string> {
  const id = newId();
  await records.putBytes(theKey(), pictureName(id), await blob.arrayBuffer());
  return id;
}
export async function picture(id: string): Promise<Blob | undefined> {
  const bytes = await records.getBytes(theKey(), pictureName(id));
  if (!bytes) return undefined;
  const png = new Uint8Array(bytes)[0] === 0x89;
  return new Blob([bytes], { type: png ? "image/png" : "image/jpeg" });
}
export const dropPicture = (id: string) => records.remove(pictureName(id));
