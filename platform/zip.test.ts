import zlib from "node:zlib";
import { expect, test } from "vitest";
import { zipEnd, zipTail, zipWriter } from "./zip.ts";

/** As a reader goes: from the end to the directory, from there to the entries. */
function read(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const files: Record<string, string> = {};
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const label = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + label).toString();
    const from = zip.readUInt32LE(at + 42);
    const body = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
    const packed = zip.subarray(body, body + zip.readUInt32LE(at + 20));
    const plain = zlib.inflateRawSync(packed);
    expect(zlib.crc32(plain)).toBe(zip.readUInt32LE(at + 16));
    expect(plain.length).toBe(zip.readUInt32LE(at + 24));
    expect(zip.subarray(body + packed.length, body + packed.length + 4).toString("latin1")).toBe(
      "PK\x07\x08",
    );
    files[name] = plain.toString();
    at += 46 + label + zip.readUInt16LE(at + 30);
  }
  return files;
}

test("files that come in pieces are an archive that a reader opens, the same each time", async () => {
  const long = Array.from({ length: 50 }, (_, i) => `${i}：名册明细\n`.repeat(2_000));
  const write = async () => {
    const parts: Buffer[] = [];
    const zip = zipWriter(async (b) => {
      parts.push(Buffer.from(b));
    });
    await zip.add(
      "长.csv",
      (async function* () {
        yield* long;
      })(),
    );
    await zip.add("空.txt", (async function* () {})());
    await zip.end();
    return Buffer.concat(parts);
  };
  const bytes = await write();
  expect(read(bytes)).toEqual({ "长.csv": long.join(""), "空.txt": "" });
  expect(await write()).toEqual(bytes);
});

test("what fails while it comes fails the archive", async () => {
  const zip = zipWriter(async () => {});
  const broken = zip.add(
    "a",
    (async function* () {
      yield "一";
      throw new Error("断了");
    })(),
  );
  await expect(broken).rejects.toThrow("断了");
});

test("beyond 4 GB sizes and places stand in ZIP64's fields", () => {
  const entry = { name: "a", at: 2 ** 33 + 5, crc: 7, plain: 2 ** 34 + 1, packed: 9 };
  expect(zipTail(entry)).toHaveLength(24);
  const end = zipEnd([entry], 2 ** 33 + 99);
  const extra = end.subarray(47, 47 + 20);
  expect([extra.readUInt16LE(0), extra.readUInt16LE(2)]).toEqual([1, 16]);
  expect([extra.readBigUInt64LE(4), extra.readBigUInt64LE(12)]).toEqual([2n ** 34n + 1n, 2n ** 33n + 5n]);
  expect(end.readUInt32LE(20)).toBe(9);
  const large = end.indexOf("PK\x06\x06", 0, "latin1");
  expect(end.readBigUInt64LE(large + 48)).toBe(2n ** 33n + 99n);
  const where = end.indexOf("PK\x06\x07", 0, "latin1");
  expect(end.readBigUInt64LE(where + 8)).toBe(2n ** 33n + 99n + BigInt(large));
});
