import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openFileStore } from "./files.ts";
import { testDatabase } from "./testing/index.ts";
import { createVault, openVault, openVaultFor } from "./vault.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-vault-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const vault = createVault(randomBytes(64));

test("what is sealed opens to itself, and never twice to the same bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const sealed = vault.seal(text);
      expect(vault.open(sealed)).toBe(text);
      expect(vault.seal(text).equals(sealed)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("any altered, missing or added byte is noticed, the version byte too", () => {
  const sealed = vault.seal("430621199001011234");
  for (let i = 0; i < sealed.length; i++) {
    const altered = Buffer.from(sealed);
    altered[i] = (altered[i] ?? 0) ^ 1;
    expect(() => vault.open(altered), `byte ${i}`).toThrow(expect.objectContaining({ code: "vault-open" }));
  }
  expect(() => vault.open(sealed.subarray(0, -1))).toThrow(expect.objectContaining({ code: "vault-open" }));
  expect(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]))).toThrow(
    expect.objectContaining({ code: "vault-open" }),
  );
  expect(() => vault.open(Buffer.alloc(3))).toThrow(expect.objectContaining({ code: "vault-open" }));
  expect(() => createVault(randomBytes(64)).open(sealed)).toThrow(
    expect.objectContaining({ code: "vault-open" }),
  );
});

test("equal texts have equal digests under one key and others under another", () => {
  expect(vault.digest("甲")).toEqual(vault.digest("甲"));
  expect(vault.digest("甲")).toHaveLength(32);
  expect(vault.digest("甲")).not.toEqual(vault.digest("乙"));
  expect(vault.digest("甲")).not.toEqual(createVault(randomBytes(64)).digest("甲"));
});

test("keys are made once, for the owner's eyes only, and found again", () => {
  const home = path.join(folder, "keys");
  const sealed = openVault(home, "").seal("甲");
  expect(openVault(home, "").open(sealed)).toBe("甲");
  expect(fs.statSync(path.join(home, "keys.json")).mode & 0o777).toBe(0o600);
  expect(() => openVault(home, "dG9vIHNob3J0")).toThrow(expect.objectContaining({ code: "vault-key" }));
  fs.writeFileSync(path.join(home, "keys.json"), "{");
  expect(() => openVault(home, "")).toThrow(expect.objectContaining({ code: "vault-key" }));
});

test("a database with sealed data refuses missing keys and other keys, and makes no new ones", async () => {
  const t = await testDatabase();
  const home = path.join(folder, "installation");
  await openVaultFor(t.ownerUrl, home, "");
  await expect(openVaultFor(t.ownerUrl, home, "")).resolves.toBeDefined();
  const other = randomBytes(64).toString("base64");
  await expect(openVaultFor(t.ownerUrl, home, other)).rejects.toMatchObject({ code: "vault-lost" });
  fs.rmSync(path.join(home, "keys.json"));
  await expect(openVaultFor(t.ownerUrl, home, "")).rejects.toMatchObject({ code: "vault-lost" });
  expect(fs.existsSync(path.join(home, "keys.json"))).toBe(false);
  await t.close();
});

test("a stored file comes back whole, is sealed on disk, kept once, and missed or damaged by name", async () => {
  const store = openFileStore(path.join(folder, "files"), vault);
  const bytes = Buffer.from("户口簿扫描件");
  const id = await store.put(bytes);
  expect(await store.put(bytes)).toBe(id);
  expect(await store.get(id)).toEqual(bytes);
  expect(store.has(id)).toBe(true);
  const onDisk = fs
    .readdirSync(path.join(folder, "files"), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile());
  expect(onDisk).toHaveLength(1);
  const [entry] = onDisk;
  const place = path.join(entry?.parentPath ?? "", entry?.name ?? "");
  expect(place).not.toContain(id);
  expect(fs.readFileSync(place).includes("户口簿")).toBe(false);
  fs.writeFileSync(place, vault.sealBytes(Buffer.from("别的内容"))); // sealed with the right key, yet another content
  await expect(store.get(id)).rejects.toMatchObject({ code: "file-damaged" });
  await expect(store.get("0".repeat(64))).rejects.toMatchObject({ code: "file-missing" });
  await expect(store.get("../../etc/passwd")).rejects.toMatchObject({ code: "file-missing" });
});

test("a file of many pieces is written as it comes, lies sealed, comes back piece by piece, and is damaged by name", async () => {
  const place = path.join(folder, "long");
  const store = openFileStore(place, vault);
  const parts = Array.from({ length: 5 }, (_, i) => randomBytes(700_000).fill(`第${i}份`, 0, 60));
  const writer = store.writer();
  for (const part of parts) await writer.write(part);
  const { sha256, bytes } = await writer.end();
  writer.drop();
  expect(bytes).toBe(3_500_000);
  expect((await store.get(sha256)).equals(Buffer.concat(parts))).toBe(true);
  const pieces = await Readable.from(await store.open(sha256)).toArray();
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.concat(pieces).equals(Buffer.concat(parts))).toBe(true);
  // The same content, put whole, is the same file; what is given up leaves nothing.
  expect(await store.put(Buffer.concat(parts))).toBe(sha256);
  const given = store.writer();
  await given.write(Buffer.from("没有写完"));
  given.drop();
  // A writer that died leaves its piece; it is swept once nobody has written to it for a day, what is there stays.
  const dead = store.writer();
  await dead.write(randomBytes(1_200_000));
  const within = (days: number) => store.sweep(new Date(Date.now() + days * 24 * 3600 * 1000));
  expect([within(0.9), within(1.1), within(1.1)]).toEqual([0, 1, 0]);
  dead.drop();
  const files = fs.readdirSync(place, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  expect(files).toHaveLength(1);
  const file = path.join(files[0]?.parentPath ?? "", files[0]?.name ?? "");
  const whole = fs.readFileSync(file);
  expect(whole.includes("第0份")).toBe(false);
  for (const wrong of [
    whole.subarray(0, whole.length - 9),
    whole.subarray(0, 3),
    Buffer.from([0xf0, 9, 0, 0, 0x80]),
  ]) {
    fs.writeFileSync(file, wrong);
    await expect(store.open(sha256)).rejects.toMatchObject({ code: "file-damaged" });
  }
});
