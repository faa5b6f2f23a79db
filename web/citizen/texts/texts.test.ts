import { describe, expect, it } from "vitest";
import { languageName, languageOf, languagesOf, t } from "./index.ts";
import { zh } from "./zh.ts";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!./**", "!../**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

describe("the catalogue", () => {
  it("offers a county its own language files and those of everybody", () => {
    const files = ["./632224.bo.ts", "./en.ts", "./150429.mn.ts"];
    expect(languagesOf("632224", files)).toEqual(["zh", "632224.bo", "en"]);
    expect(languagesOf("430621", files)).toEqual(["zh", "en"]);
  });
  it("knows a language by its file's name", () => {
    expect(languageOf("632224.bo")).toBe("bo");
    expect(languageOf("zh")).toBe("zh-CN");
    expect(languageName("en")).toBe("English");
  });
  it("fills in names and leaves unknown ones visible", () => {
    expect(t("question.at", { at: 2, of: 5 })).toBe("第 2 步，共 5 步");
    expect(t("question.at", { at: 2 })).toBe("第 2 步，共 {of} 步");
  });
  it("has no text that no page uses", () => {
    const all = Object.values(sources).join("\n");
    // Keys built from a state or a step: `clock.${unit}`, `${kind}.title` …
    const built = /^(clock|step|kept)\.|\.(title|help)$/;
    const begun = (k: string) => all.includes(`\`${k.slice(0, k.lastIndexOf(".") + 1)}\${`);
    const idle = Object.keys(zh).filter((k) => !built.test(k) && !begun(k) && !all.includes(`"${k}"`));
    expect(idle).toEqual([]);
  });
});
