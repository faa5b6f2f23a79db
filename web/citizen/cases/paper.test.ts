import { describe, expect, it } from "vitest";
import { bodyOf } from "./paper.ts";

const paper = { addressee: "宋长林", issuer: "荣家湾镇人民政府", issuedOn: "2026-11-18" };

describe("a printed paper", () => {
  it("greets and signs once, also when the template does it too", () => {
    const paragraphs = ["宋长林：", "您的材料还缺：", "收入证明。", "荣家湾镇人民政府", "2026年11月18日"];
    expect(bodyOf({ ...paper, paragraphs })).toEqual(["您的材料还缺：", "收入证明。"]);
  });
  it("keeps every sentence that only mentions them", () => {
    const paragraphs = ["宋长林您好：", "荣家湾镇人民政府决定如下。"];
    expect(bodyOf({ ...paper, paragraphs })).toEqual(paragraphs);
  });
});
