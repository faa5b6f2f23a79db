/** IndexedDB: `meta` says which phone this is and how it is locked; `records` are sealed, all of them. */
import { open, type Sealed, seal, type Wrapped } from "./vault.ts";

const NAME = "wuxin-field";
export interface Meta {
  readonly deviceId: string;
  readonly county: string;
  readonly loginName: string;
  readonly wrapped?: Wrapped | undefined;
  /** Ends the day without network, ms. */
  readonly until?: number;
  /** The latest moment this phone has known, ms: a clock put back does not lengthen the day. */
  readonly seen?: number;
  readonly tries?: number;
}

function database(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("meta");
      asked.result.createObjectStore("records");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}
async function on<T>(
  store: "meta" | "records",
  mode: IDBTransactionMode,
  work: (s: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database();
  try {
    return await new Promise<T>((done, fail) => {
      const tx = db.transaction(store, mode);
      const asked = work(tx.objectStore(store));
      tx.oncomplete = () => done(asked.result);
      tx.onerror = () => fail(tx.error);
      tx.onabort = () => fail(tx.error);
    });
  } finally {
    db.close();
  }
}

export const readMeta = () => on<Meta | undefined>("meta", "readonly", (s) => s.get("phone"));
export const writeMeta = (meta: Meta) => on("meta", "readwrite", (s) => s.put(meta, "phone"));
/** What may be applied for is public: it stands here as it is, and outlives the day. */
export const readForms = <T>() => on<T | undefined>("meta", "readonly", (s) => s.get("forms"));
export const writeForms = (forms: unknown) => on("meta", "readwrite", (s) => s.put(forms, "forms"));
/** Everything about people goes; the phone keeps its own number, so that it is known when it asks again. */
export async function wipe(): Promise<void> {
  await on("records", "readwrite", (s) => s.clear());
  const meta = await readMeta();
  if (meta) await writeMeta({ deviceId: meta.deviceId, county: meta.county, loginName: meta.loginName });
}

export async function put(key: CryptoKey, name: string, value: unknown): Promise<void> {
  await putBytes(key, name, new TextEncoder().encode(JSON.stringify(value)));
}
export async function get<T>(key: CryptoKey, name: string): Promise<T | undefined> {
  const bytes = await getBytes(key, name);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
}
export async function putBytes(key: CryptoKey, name: string, plain: BufferSource): Promise<void> {
  const sealed = await seal(key, name, plain);
  await on("records", "readwrite", (s) => s.put(sealed, name));
}
export async function getBytes(key: CryptoKey, name: string): Promise<ArrayBuffer | undefined> {
  const sealed = await on<Sealed | undefined>("records", "readonly", (s) => s.get(name));
  return sealed && open(key, name, sealed);
}
export const remove = (name: string) => on("records", "readwrite", (s) => s.delete(name));
export const names = async (prefix: string): Promise<string[]> =>
  (await on("records", "readonly", (s) => s.getAllKeys())).map(String).filter((k) => k.startsWith(prefix));
