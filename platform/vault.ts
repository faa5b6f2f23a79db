import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { ensureDataFolder, syncFolder } from "./data-folder.ts";
import { withClient } from "./roles.ts";

/**
 * Seals personal data at rest. Sealed form: version(1) ‖ nonce(12) ‖ tag(16) ‖ ciphertext, AES-256-GCM with the version
 * as associated data. Digests are HMAC-SHA256 with a key of their own: equal texts have equal digests, and nobody
 * without the key can try all eighteen-digit numbers against them.
 */
export interface Vault {
  seal(plain: string): Buffer;
  /** Throws `vault-open` when the bytes were altered or sealed with other keys. */
  open(sealed: Uint8Array): string;
  sealBytes(plain: Uint8Array): Buffer;
  openBytes(sealed: Uint8Array): Buffer;
  /** 32 bytes, for equality search. */
  digest(plain: string): Buffer;
}

const VERSION = 1;
const KEY_BYTES = 64;
const NONCE = 12;
const HEADER = 1 + NONCE + 16;
const FILE = "keys.json";

/** A vault on 64 bytes of key: the first half seals, the second digests. */
export function createVault(keys: Uint8Array): Vault {
  if (keys.length !== KEY_BYTES) {
    throw new DomainError(
      "vault-key",
      `密钥应为 ${KEY_BYTES} 字节的 base64，实际为 ${keys.length} 字节：请改正 WUXIN_KEY 或 ${FILE}。 / The key must be ${KEY_BYTES} bytes in base64, it has ${keys.length}: mend WUXIN_KEY or ${FILE}.`,
    );
  }
  const sealKey = Buffer.from(keys.subarray(0, 32));
  const digestKey = Buffer.from(keys.subarray(32));
  const version = Buffer.of(VERSION);

  // Random bytes are drawn some hundred nonces at a time; each is used once.
  let drawn = Buffer.alloc(0);
  function freshNonce(): Buffer {
    if (drawn.length < NONCE) drawn = randomBytes(NONCE * 512);
    const nonce = drawn.subarray(0, NONCE);
    drawn = drawn.subarray(NONCE);
    return nonce;
  }

  function sealBytes(plain: Uint8Array): Buffer {
    const nonce = freshNonce();
    const cipher = createCipheriv("aes-256-gcm", sealKey, nonce).setAAD(version);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([version, nonce, cipher.getAuthTag(), body]);
  }

  function openBytes(sealed: Uint8Array): Buffer {
    if (sealed.length < HEADER || sealed[0] !== VERSION) throw altered();
    try {
      const decipher = createDecipheriv("aes-256-gcm", sealKey, sealed.subarray(1, 13))
        .setAAD(version)
        .setAuthTag(sealed.subarray(13, HEADER));
      return Buffer.concat([decipher.update(sealed.subarray(HEADER)), decipher.final()]);
    } catch (cause) {
      throw altered(cause);
    }
  }

  return {
    sealBytes,
    openBytes,
    seal: (plain) => sealBytes(Buffer.from(plain, "utf8")),
    open: (sealed) => openBytes(sealed).toString("utf8"),
    digest: (plain) => createHmac("sha256", digestKey).update(plain, "utf8").digest(),
  };
}

/**
 * The vault of this installation: keys from `key` (WUXIN_KEY, base64 of 64 bytes), else from `<data>/keys.json`,
 * made once with mode 0600 when `mayCreate`. Errors: vault-key, vault-lost.
 */
export function openVault(dataDir: string, key = process.env.WUXIN_KEY, mayCreate = true): Vault {
  if (key !== undefined && key !== "") return createVault(Buffer.from(key, "base64"));
  const file = path.join(ensureDataFolder(dataDir), FILE);
  if (!fs.existsSync(file)) {
    if (!mayCreate) throw lost(file);
    createKeyFile(file);
  }
  try {
    const stored = JSON.parse(fs.readFileSync(file, "utf8")) as { version: number; key: string };
    if (stored.version !== VERSION || typeof stored.key !== "string") throw new Error("unknown form");
    return createVault(Buffer.from(stored.key, "base64"));
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError(
      "vault-key",
      `密钥文件 ${file} 读不出来：请从备份恢复它。 / The key file ${file} cannot be read: restore it from a backup.`,
      { cause },
    );
  }
}

/**
 * The vault of this installation, proved to be the one the database's data was sealed with; the first call on a new
 * database leaves the proof there. Throws `vault-lost` when the keys are missing or others.
 */
export async function openVaultFor(
  ownerUrl: string,
  dataDir: string,
  key = process.env.WUXIN_KEY,
): Promise<Vault> {
  return withClient(ownerUrl, async (client) => {
    const look = async () =>
      (await client.query<{ digest: Buffer }>("select digest from vault_fingerprint")).rows[0]?.digest;
    const known = await look();
    const vault = openVault(dataDir, key, known === undefined);
    const mine = vault.digest("wuxin vault fingerprint");
    if (known === undefined) {
      await client.query("insert into vault_fingerprint (digest) values ($1) on conflict do nothing", [mine]);
    }
    if (!(await look())?.equals(mine)) throw lost(path.join(path.resolve(dataDir), FILE));
    return vault;
  });
}

function createKeyFile(file: string): void {
  const fresh = `${file}.new-${process.pid}`;
  const handle = fs.openSync(fresh, "w", 0o600);
  fs.writeFileSync(
    handle,
    `${JSON.stringify({ version: VERSION, key: randomBytes(KEY_BYTES).toString("base64") })}\n`,
  );
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  try {
    fs.linkSync(fresh, file); // unlike a rename, never replaces keys that another process has just made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  syncFolder(path.dirname(file));
}

function altered(cause?: unknown): DomainError {
  return new DomainError(
    "vault-open",
    "加密数据无法解开：数据被改动过，或密钥不是原来的那一份。请联系系统管理员。",
    { cause },
  );
}

function lost(file: string): DomainError {
  return new DomainError(
    "vault-lost",
    `数据库里已有加密数据，但密钥不在或不是原来的那一份（${file} 或 WUXIN_KEY）：请从备份恢复密钥，没有它身份证号等无法还原。 / ` +
      `The database holds sealed data, but its keys are missing or others (${file} or WUXIN_KEY): restore them from a backup; sealed data cannot be read without them.`,
  );
}
