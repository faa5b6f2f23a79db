import { describe, expect, it } from "vitest";
import { echoOf, readDate, readMonth, readTyped, showTyped } from "./typed.ts";

describe("typed text", () => {
  it("reads dates as old people write them", () => {
    for (const text of ["1948-05-06", "19480506", "1948年5月6日", "1948.5.6", "１９４８／５／６"])
      expect(readDate(text)).toBe("1948-05-06");
    expect(readDate("腊月初八")).toBe("腊月初八");
    expect(readMonth("2024年3月")).toBe("2024-03");
    expect(readMonth("202403")).toBe("2024-03");
  });
  it("reads money into 分 and keeps what is not money as it was typed", () => {
    expect(readTyped("money", "1,200.5")).toBe(120_050);
    expect(readTyped("money", "一千二")).toBe("一千二");
    expect(readTyped("money", "  ")).toBeUndefined();
    expect(showTyped("money", 120_050)).toBe("1200.50");
    expect(showTyped("money", 120_000)).toBe("1200");
    expect(showTyped("money", "一千二")).toBe("一千二");
  });
  it("shows what it reads: whatever is shown reads back the same", () => {
    for (const fen of [0, 1, 10, 99, 100, 12_345, 1_000_000_000])
      expect(readTyped("money", showTyped("money", fen))).toBe(fen);
  });
  it("cleans numbers of cards, phones and identity cards", () => {
    expect(readTyped("bank-account", "6217 0012 3456-789")).toBe("621700123456789");
    expect(readTyped("phone", "+86 138 0000 1234")).toBe("13800001234");
    expect(readTyped("resident-id", "43062119480506123x")).toBe("43062119480506123X");
  });
  it("says back sex, birth and age from an identity number", () => {
    expect(echoOf("resident-id", "430621194805061234", "2026-05-05")).toContain("77 岁");
    expect(echoOf("resident-id", "430621194805061234", "2026-05-06")).toContain("78 岁");
    expect(echoOf("resident-id", "430621194805061235", "2026-05-06")).toBeUndefined();
  });
});
