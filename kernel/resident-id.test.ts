import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, ageOn, parseResidentId, residentIdWithCheck } from "./index.ts";

const TODAY = "2026-03-01";
const read = (text: string) => parseResidentId(text, TODAY);
function failure(text: string) {
  const result = read(text);
  if (result.ok) throw new Error(`${text} 不应通过`);
  return result;
}

describe("读身份证号码", () => {
  test("国标的例子", () => {
    expect(read("11010519491231002X")).toEqual({
      ok: true,
      id: "11010519491231002X",
      birthDate: "1949-12-31",
      sex: "女",
      regionCode: "110105",
      kind: "居民身份证",
    });
  });

  test("小写 x、全角数字、前后和中间的空格都认", () => {
    for (const text of [
      " 11010519491231002x ",
      "１１０１０５１９４９１２３１００２Ｘ",
      "110105 19491231 002X",
    ]) {
      expect(read(text)).toMatchObject({ ok: true, id: "11010519491231002X" });
    }
  });

  test("十五位老号码升到十八位", () => {
    expect(read("110105491231002")).toMatchObject({ ok: true, id: "11010519491231002X", sex: "女" });
  });

  test("港澳台居民居住证与外国人永久居留身份证", () => {
    for (const prefix of ["810000", "820000", "830000"]) {
      expect(read(residentIdWithCheck(`${prefix}19900101001`))).toMatchObject({
        ok: true,
        kind: "港澳台居民居住证",
        sex: "男",
      });
    }
    expect(read(residentIdWithCheck("91184019850615002"))).toMatchObject({
      ok: true,
      kind: "外国人永久居留身份证",
      birthDate: "1985-06-15",
    });
  });

  test("生成的号码都读得回来：生日、性别、地区", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("430621", "632224", "441521", "420103", "430121"),
        fc.integer({ min: 0, max: 45_000 }),
        fc.integer({ min: 0, max: 999 }),
        (region, age, serial) => {
          const birthDate = addDays(TODAY, -age);
          const first17 = region + birthDate.replaceAll("-", "") + String(serial).padStart(3, "0");
          const result = read(residentIdWithCheck(first17));
          return (
            result.ok &&
            result.birthDate === birthDate &&
            result.regionCode === region &&
            result.sex === (serial % 2 === 1 ? "男" : "女") &&
            ageOn(result.birthDate, TODAY) >= 0
          );
        },
      ),
    );
  });

  test("错一位或相邻两位颠倒都查得出", () => {
    const valid = fc
      .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 999 }))
      .map(([age, serial]) =>
        residentIdWithCheck(
          `430621${addDays(TODAY, -age).replaceAll("-", "")}${String(serial).padStart(3, "0")}`,
        ),
      );
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, at, shift) => {
        const wrong = id.slice(0, at) + ((Number(id[at]) + shift) % 10) + id.slice(at + 1);
        return !read(wrong).ok;
      }),
    );
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 15 }), (id, at) => {
        const swapped = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2);
        return swapped === id || !read(swapped).ok;
      }),
    );
  });
});

describe("每种错误都有自己的说法和出路", () => {
  test.each([
    ["", "id-empty", "没有填写"],
    ["1101051949123100", "id-length", "现在是 16 位"],
    ["11010519491231O02X", "id-characters", "字母 O"],
    ["X1010519491231002X", "id-characters", "仅最后一位可以是 X"],
    ["000105194912310021", "id-region", "“000105”"],
    ["810105194912310021", "id-region", "地区码"],
    ["110105194902310021", "id-birth-date", "“1949-02-31”不存在"],
    ["110105202702010021", "id-birth-future", "晚于今天"],
    ["110105174912310021", "id-birth-early", "过早"],
    ["110105194912310021", "id-check", "校验码不符"],
    ["USA110080101015", "id-old-foreign", "旧版外国人永久居留身份证"],
  ])("%s → %s", (text, code, words) => {
    const result = failure(text);
    expect(result.code).toBe(code);
    expect(result.message).toContain(words);
    expect(result.message).toMatch(/请|换发/);
  });

  test("出错的话里不带完整号码", () => {
    expect(failure("110105194912310021").message).not.toContain("110105194912310021");
  });

  test("今天出生的不算将来", () => {
    expect(read(residentIdWithCheck("43062120260301001")).ok).toBe(true);
    expect(failure(residentIdWithCheck("43062120260302001")).code).toBe("id-birth-future");
  });
});

test("任何文字都只会得到回答，不会抛错", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const result = read(text);
      return result.ok || result.message.length > 10;
    }),
  );
  expect(read("1".repeat(1_000_000)).ok).toBe(false);
});

test("补校验码只收 17 位数字", () => {
  expect(residentIdWithCheck("11010519491231002")).toBe("11010519491231002X");
  expect(() => residentIdWithCheck("1101051949123100")).toThrow(/前 17 位/);
});
