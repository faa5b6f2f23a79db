/** The queue: 「提交」 never fails; what waits is sent when there is a network, then the newest list is taken. */
import * as records from "../keep/records.ts";
import { formOf, nameIn, sendTaking, takeForms } from "./applications.ts";
import { type Draft, dropDraft, dropPicture, saveDraft } from "./drafts.ts";
import {
  api,
  cutOff,
  DAY_MS,
  isOpen,
  type Outcome,
  phone,
  problemOf,
  refusal,
  set,
  type Taken,
  theKey,
  type Waiting,
  wasCutOff,
} from "./phone.ts";
import { upload } from "./upload.ts";

const nameOf = (w: Waiting) => `queue/${w.visit.id}`;
const OUTCOMES_KEPT = 30;

export async function submit(w: Waiting): Promise<void> {
  await records.put(theKey(), nameOf(w), w);
  await dropDraft(w.visit.subjectId);
  set({ waiting: [...phone().waiting.filter((x) => x.visit.id !== w.visit.id), w] });
  if (navigator.onLine) void sync();
}

/** What the server did not take is opened again, under its own id. */
export async function takeBack(w: Waiting): Promise<void> {
  const { id, subjectId, answers, card, place } = w.visit;
  await saveDraft(subjectId, {
    ...{ id, answers: answers as Draft["answers"], card: card as Draft["card"], place },
    ...{ photos: w.photos, signature: w.signature },
  });
  await records.remove(nameOf(w));
  set({ waiting: phone().waiting.filter((x) => x.visit.id !== id) });
}

const picturesOf = (w: Waiting) => [...w.photos, ...(w.signature ? [w.signature] : [])];

async function send(w: Waiting): Promise<void> {
  const k = theKey();
  const names = new Map(picturesOf(w).map((id) => [id, id === w.signature ? "签名" : "现场"]));
  const sent = await upload(names, w.sent, (arrived) => records.put(k, nameOf(w), { ...w, sent: arrived }));
  const done = await api.fieldVisit({
    body: {
      ...w.visit,
      photos: w.photos.filter((id) => sent.includes(id)),
      signatureId: w.signature !== null && sent.includes(w.signature) ? w.signature : null,
    },
  });
  await addOutcome({ ...done, title: w.title });
  await records.remove(nameOf(w));
  for (const id of picturesOf(w)) await dropPicture(id);
  set({ waiting: phone().waiting.filter((x) => x.visit.id !== w.visit.id) });
}
const addOutcome = (o: Outcome) =>
  keepOutcomes([o, ...phone().outcomes.filter((x) => x.id !== o.id)].slice(0, OUTCOMES_KEPT));
async function keepOutcomes(outcomes: ReturnType<typeof phone>["outcomes"]): Promise<void> {
  await records.put(theKey(), "outcomes", outcomes);
  set({ outcomes });
}
export const forget = (id: string): Promise<void> =>
  keepOutcomes(phone().outcomes.filter((o) => o.id !== id));

/** Of two things that were said, the one that a person chose. @throws ApiError */
export async function choose(conflictId: string, keep: "mine" | "theirs"): Promise<void> {
  await api.resolveCard({ params: { id: conflictId }, body: { keep } });
  // A list that is on its way may be older than the choice.
  await running;
  await sync();
}

let running: Promise<void> | undefined;
/** Never throws: what went wrong stands on the screen. As many pages as the phone holds, or as many as are asked for. */
export function sync(pages = phone().taken?.pages ?? 1): Promise<void> {
  running ??= exchange(pages).finally(() => {
    running = undefined;
    set({ syncing: false });
  });
  return running;
}

async function exchange(pages: number): Promise<void> {
  const { meta } = phone();
  if (!isOpen() || !meta) return;
  set({ syncing: true, message: undefined });
  try {
    for (const w of phone().waiting) await sendOrKeep(w);
    for (const t of phone().takings.filter((x) => x.ready)) {
      const done = await sendTaking(t);
      const title = `${nameIn(t)} · ${formOf(t)?.title ?? "申请"}`;
      const said = {
        answered: [`编号 ${done?.number}`],
        merged: [],
        conflicts: [],
        notes: [done?.hint ?? ""],
      };
      if (done) await addOutcome({ id: t.id, title, ...said });
    }
    const taken = await takeList(meta.deviceId, pages);
    const now = taken.at;
    await records.put(theKey(), "list", taken);
    // Contact: another day begins.
    const kept = { ...((await records.readMeta()) ?? meta), until: now + DAY_MS, seen: now };
    await records.writeMeta(kept);
    set({ taken, meta: kept, needsLogin: false, online: true });
    // Nothing waits for them: without them no new application can be begun, that is all.
    void takeForms(meta.county).catch(() => undefined);
  } catch (e) {
    if (!isOpen()) return; // locked meanwhile
    const problem = problemOf(e);
    if (problem.code === "device-revoked") return cutOff();
    if (problem.status === 401) return (await wasCutOff(meta)) ? undefined : set({ needsLogin: true });
    if (problem.code === "offline") return set({ online: false });
    set({ message: problem.message });
  }
}

/** What is due first; of a long list only so many pages, the rest is told and waits for a tap. */
async function takeList(device: string, pages: number): Promise<Taken> {
  let list = await api.fieldList({ query: { device } });
  let n = 1;
  for (; n < pages && list.next !== null; n++) {
    const more = await api.fieldList({ query: { device, after: list.next } });
    list = { ...more, stops: [...list.stops, ...more.stops] };
  }
  return { list, pages: n, at: Date.now() };
}

/** A visit that the server finds wrong stays with its reason, and the others go on; anything else ends the exchange. */
async function sendOrKeep(w: Waiting): Promise<void> {
  try {
    await send(w);
  } catch (e) {
    const { message } = refusal(e);
    // `sent` grew on the way: read again.
    const kept = { ...((await records.get<Waiting>(theKey(), nameOf(w))) ?? w), problem: message };
    await records.put(theKey(), nameOf(w), kept);
    set({ waiting: phone().waiting.map((x) => (x.visit.id === w.visit.id ? kept : x)) });
  }
}
