import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toText } from "./unpack.ts";

const LIST = "身份证号码,姓名\n11010119900307473X,甲\n";
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-unpack-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let serial = 0;
function file(bytes: Buffer): string {
  const at = path.join(folder, String(++serial));
  fs.writeFileSync(at, bytes);
  return at;
}
/** An archive of one file; `says` is the size that it claims for it. */
function zip(content: Buffer, says = content.length, flags = 0): Buffer {
  const name = Buffer.from("list.csv");
  const packed = zlib.deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
}
const text = async (bytes: Buffer) => fs.readFileSync(await toText(file(bytes)), "utf8");

test("a list in an archive, in an archive within one, and in UTF-16 of either order", async () => {
  expect(await text(zip(Buffer.from(LIST)))).toBe(LIST);
  expect(await text(zip(zip(Buffer.from(LIST))))).toBe(LIST);
  const little = Buffer.from(`\uFEFF${LIST}`, "utf16le");
  expect(await text(little)).toBe(LIST);
  expect(await text(Buffer.from(little).swap16())).toBe(LIST);
});

test("an archive that grows beyond what it says of itself is sent back before it fills the disk", async () => {
  const at = file(zip(Buffer.alloc(64 << 20, 65), 1000));
  await expect(toText(at)).rejects.toThrow("压缩包里的文件已损坏");
  expect(fs.statSync(`${at}.unzipped`).size).toBeLessThanOrEqual(1000);
});

test("one that says too much of itself, archives without end, a password, a cut end: each with its sentence", async () => {
  await expect(toText(file(zip(Buffer.from(LIST), 4_000_000_000)))).rejects.toMatchObject({
    code: "bad-file",
  });
  let nested = Buffer.from(LIST);
  for (let n = 0; n < 6; n++) nested = Buffer.from(zip(nested));
  await expect(toText(file(nested))).rejects.toThrow("层层套着压缩包");
  await expect(toText(file(zip(Buffer.from(LIST), undefined, 1)))).rejects.toThrow("加了密码");
  await expect(toText(file(zip(Buffer.from(LIST)).subarray(0, -30)))).rejects.toThrow("压缩包不完整");
});
