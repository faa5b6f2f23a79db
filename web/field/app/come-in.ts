/** Come in with a network, open again without one, lock. */
import { newId } from "@wuxin/kernel";
import * as records from "../keep/records.ts";
import { takeKey, unwrap } from "../keep/vault.ts";
import { type Forms, readTakings } from "./applications.ts";
import {
  api,
  close,
  cutOff,
  DAY_MS,
  isOpen,
  type Outcome,
  openWith,
  phone,
  problemOf,
  set,
  type Taken,
  theKey,
  type Waiting,
  wasCutOff,
} from "./phone.ts";
import { sync } from "./sync.ts";

const TRIES = 5;
/** Locked after so long in the background. */
const AWAY_MS = 15 * 60_000;
/** A clock may be set right by a little; further back than this it was put back. */
const SLACK_MS = 10 * 60_000;

export async function start(): Promise<void> {
  // Encryption in a browser exists only on pages that came over HTTPS, or from this very machine.
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return set({ screen: "unsafe" });
  addEventListener("online", () => {
    set({ online: true });
    void contact();
  });
  addEventListener("offline", () => set({ online: false }));
  let away = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) away = Date.now();
    else if (isOpen() && Date.now() - away > AWAY_MS) lock();
    else void contact();
  });
  setInterval(() => isOpen() && void endTheDay(), 60_000);
  const meta = await records.readMeta();
  const lasting = meta && (await withinTheDay(meta));
  const over = meta?.wrapped !== undefined && !lasting;
  set({ screen: lasting ? "locked" : "login", ...(over ? { message: whyOver(meta) } : { meta }) });
  await contact();
}

/** Whatever the screen shows: a phone that was cut off hears of it as soon as there is a network. */
async function contact(): Promise<void> {
  const { meta } = phone();
  if (!navigator.onLine || !meta) return;
  if (isOpen()) return sync();
  await wasCutOff(meta);
}

/** After a day without contact the way in by password is gone for good; what waits stays sealed until the next login. */
async function withinTheDay(meta: records.Meta): Promise<boolean> {
  if (!meta.wrapped) return false;
  const now = Date.now();
  if (now <= (meta.until ?? 0) && now >= (meta.seen ?? 0) - SLACK_MS) {
    await records.writeMeta({ ...meta, seen: Math.max(now, meta.seen ?? 0) });
    return true;
  }
  await dropLock(meta);
  return false;
}
async function dropLock(meta: records.Meta): Promise<void> {
  // Names and numbers of the day are the server's to give again; what was written here is not.
  for (const name of ["list", "outcomes"]) await records.remove(name);
  const next = { ...meta, wrapped: undefined, tries: 0 };
  await records.writeMeta(next);
  set({ meta: next });
}

/** Also for a phone that was left open. */
async function endTheDay(): Promise<void> {
  const meta = await records.readMeta();
  if (!meta || (await withinTheDay(meta))) return;
  close("login", whyOver(meta));
}
const DAY_OVER = "已超过一天没有联网，请联网登录。没传的走访还在本机，登录后自动上传。";
const CLOCK_BACK =
  "手机的时间比上次联网时还早，请在手机设置里打开「自动设置日期和时间」，再联网登录。没传的走访还在本机，登录后自动上传。";
/** Why the way in by password is gone. */
const whyOver = (meta: Pick<records.Meta, "seen"> | undefined): string =>
  Date.now() < (meta?.seen ?? 0) - SLACK_MS ? CLOCK_BACK : DAY_OVER;

export const lock = (): void => close("locked");

/** With a network: the server says who it is and hands over the key. @throws ApiError */
export async function login(
  county: string,
  loginName: string,
  password: string,
  code?: string,
): Promise<void> {
  await api.login({ body: { county, loginName, password, ...(code ? { code } : {}) } });
  const before = await records.readMeta();
  const same = before?.county === county && before.loginName === loginName;
  const deviceId = same ? before.deviceId : newId();
  const label = nameOf(navigator.userAgent);
  const given = await api.fieldKey({ body: { id: deviceId, label } }).catch(async (e: unknown) => {
    if (problemOf(e).code === "device-revoked") await cutOff();
    throw e;
  });
  // Another worker on the same phone starts with an empty one.
  if (before && !same) await records.wipe();
  const taken = await takeKey(given.key, password);
  openWith(taken.key);
  const now = Date.now();
  const meta = {
    deviceId,
    county,
    loginName,
    wrapped: taken.wrapped,
    until: now + DAY_MS,
    seen: now,
    tries: 0,
  };
  await records.writeMeta(meta);
  await show(meta);
  await sync();
}

/** By the wrapped key, with or without a network. Gives a sentence when it does not open. */
export async function unlock(password: string): Promise<string | undefined> {
  const meta = await records.readMeta();
  if (!meta?.wrapped || !(await withinTheDay(meta))) {
    close("login", whyOver(meta));
    return undefined;
  }
  const opened = await unwrap(meta.wrapped, password);
  if (!opened) {
    const tries = (meta.tries ?? 0) + 1;
    if (tries < TRIES) {
      await records.writeMeta({ ...meta, tries });
      return `密码不对，还可以试 ${TRIES - tries} 次。`;
    }
    await dropLock(meta);
    close("login", "密码错了五次，本机已锁死，请联网登录。");
    return undefined;
  }
  openWith(opened);
  const fresh = { ...meta, seen: Math.max(Date.now(), meta.seen ?? 0), tries: 0 };
  await records.writeMeta(fresh);
  await show(fresh);
  void contactWith(fresh, password);
  return undefined;
}
/** The session may have ended meanwhile; the same password opens a new one. */
async function contactWith(meta: records.Meta, password: string): Promise<void> {
  if (!navigator.onLine) return;
  const over = await api.getSession({}).then(
    () => false,
    (e: unknown) => problemOf(e).status === 401,
  );
  if (over) {
    if (await wasCutOff(meta)) return;
    await api
      .login({ body: { county: meta.county, loginName: meta.loginName, password } })
      .catch(() => set({ needsLogin: true }));
  }
  await sync();
}

async function show(meta: records.Meta): Promise<void> {
  const k = theKey();
  const forms = await records.readForms<Forms>();
  const waiting = await Promise.all((await records.names("queue/")).map((n) => records.get<Waiting>(k, n)));
  set({
    ...{ screen: "open", meta, needsLogin: false, message: undefined },
    taken: await records.get<Taken>(k, "list"),
    waiting: waiting.filter((w) => w !== undefined),
    outcomes: (await records.get<Outcome[]>(k, "outcomes")) ?? [],
    takings: await readTakings(),
    forms: forms?.county === meta.county ? forms : undefined,
    begun: (await records.names("draft/")).map((n) => n.slice("draft/".length)),
  });
}

/** What an officer would call it; the number of the phone tells two of a kind apart. */
function nameOf(agent: string): string {
  const system = [
    ["HarmonyOS", "鸿蒙手机"],
    ["Android", "安卓手机"],
    ["iPhone", "苹果手机"],
    ["iPad", "苹果平板"],
  ].find(([mark]) => agent.includes(mark as string))?.[1];
  const browser =
    /(MicroMessenger|HuaweiBrowser|MiuiBrowser|Edg|Firefox|Chrome|Safari)/.exec(agent)?.[1] ?? "";
  return `${system ?? "电脑"} ${browser}`.trim();
}
