import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  derivedId,
  isMobilePhone,
  isUuid,
  luhnValid,
  maskAccount,
  maskName,
  maskPhone,
  maskResidentId,
  newId,
  normalizePhone,
  parseUscc,
  usccWithCheck,
} from "./index.ts";
import { sha1 } from "./sha1.ts";

describe("统一社会信用代码", () => {
  test("已知的例子", () => {
    expect(parseUscc(" 91350100m000100y43 ")).toEqual({
      ok: true,
      id: "91350100M000100Y43",
      authority: "9",
      kind: "1",
      regionCode: "350100",
    });
  });

  test.each([
    ["", "uscc-empty", "没有填写"],
    ["91350100M000100Y4", "uscc-length", "现在是 17 位"],
    ["91350100MO00100Y43", "uscc-characters", "“O”"],
    ["9135O100M000100Y43", "uscc-characters", "数字 1、0、5、2"],
    ["913501A0M000100Y43", "uscc-region", "第 3 至 8 位"],
    ["91350100M000100Y44", "uscc-check", "校验码不符"],
  ])("%s → %s", (text, code, words) => {
    const result = parseUscc(text);
    expect(result).toMatchObject({ ok: false, code });
    expect(!result.ok && result.message).toContain(words);
  });

  test("错一位都查得出", () => {
    const letters = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"];
    const valid = fc
      .array(fc.constantFrom(...letters), { minLength: 9, maxLength: 9 })
      .map((tail) => usccWithCheck(`51430621${tail.join("")}`));
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 17 }), fc.constantFrom(...letters), (id, at, letter) => {
        const changed = id.slice(0, at) + letter + id.slice(at + 1);
        return parseUscc(id).ok && (changed === id || !parseUscc(changed).ok);
      }),
    );
    expect(() => usccWithCheck("51430621I")).toThrow(/前 17 位/);
  });
});

describe("电话与账号", () => {
  test("手机号：写法不同是同一个号", () => {
    for (const text of ["13800001234", "138 0000 1234", "+86-138-0000-1234", "１３８００００１２３４"]) {
      expect(normalizePhone(text)).toBe("13800001234");
      expect(isMobilePhone(text)).toBe(true);
    }
    for (const text of ["", "1380000123", "138000012345", "12800001234", "0730-7612345", "1380000123a"]) {
      expect(isMobilePhone(text)).toBe(false);
    }
  });

  test("银行卡 Luhn：错一位都查得出", () => {
    expect(luhnValid("6222 0212 3456 7890 128")).toBe(luhnValid("6222021234567890128"));
    expect(luhnValid("4111111111111111")).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const id = "4111111111111111";
        return !luhnValid(id.slice(0, at) + ((Number(id[at]) + shift) % 10) + id.slice(at + 1));
      }),
    );
    for (const text of ["", "0", "12345678901", "41111111111111a1"]) expect(luhnValid(text)).toBe(false);
  });
});

describe("编号", () => {
  test("新编号是 UUIDv7，同一进程里越来越大", () => {
    const ids = Array.from({ length: 10_000 }, newId);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    const ms = Number.parseInt(ids[0]!.slice(0, 13).replace("-", ""), 16);
    expect(Math.abs(Date.now() - ms)).toBeLessThan(60_000);
  });

  test("派生编号与 RFC 9562 的 UUIDv5 一致", () => {
    const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    expect(derivedId(dns, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    expect(derivedId(dns, "岳阳县 2024-03")).toBe(derivedId(dns.toUpperCase(), "岳阳县 2024-03"));
    expect(derivedId(dns, "甲")).not.toBe(derivedId(dns, "乙"));
    expect(() => derivedId("不是", "甲")).toThrow(/不是 UUID/);
  });

  test("SHA-1 的标准向量，含分块边界", () => {
    const hex = (text: string) => Buffer.from(sha1(new TextEncoder().encode(text))).toString("hex");
    expect(hex("")).toBe("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect(hex("abc")).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    );
    expect(hex("a".repeat(1_000_000))).toBe("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  });

  test("UUID 的样子", () => {
    expect(isUuid(newId())).toBe(true);
    for (const bad of ["", "1", `${newId()}0`, 3, null]) expect(isUuid(bad)).toBe(false);
  });
});

describe("遮盖", () => {
  test("姓名、证件、电话、账号", () => {
    expect(maskName("张三丰")).toBe("张**");
    expect(maskName("𠮷野")).toBe("𠮷*");
    expect(maskName("")).toBe("");
    expect(maskResidentId("430621194805061234")).toBe("430621********1234");
    expect(maskPhone("13800001234")).toBe("138****1234");
    expect(maskAccount("6217001234567891234")).toBe("****1234");
    expect(maskAccount("1234")).toBe("****");
  });

  test("太短的也不会露出全部", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 2, maxLength: 12 }).filter((s) => s.trim().length > 1),
        (text) => {
          const bare = text.trim().replaceAll("*", "0");
          return (
            maskResidentId(bare).includes("*") && maskPhone(bare).includes("*") && maskAccount(bare) !== bare
          );
        },
      ),
    );
  });
});
