import { describe, expect, it } from "vitest";
import type { Field } from "../app/types.ts";
import { cleaned, groupsOf } from "./action-fields.ts";

const fields: Field[] = [
  { name: "member.1.wage", label: "工资", type: "money", group: "王秀英" },
  { name: "why", label: "为什么", type: "text", visible: { field: "kind", is: "其他" } },
  { name: "kind", label: "变化", type: "text" },
  { name: "member.1.ill", label: "重病", type: "boolean", group: "王秀英" },
];

describe("the fields of an action", () => {
  it("stand in groups, the action's own first", () => {
    expect(groupsOf(fields).map((g) => [g.name, g.fields.map((f) => f.name)])).toEqual([
      ["", ["why", "kind"]],
      ["王秀英", ["member.1.wage", "member.1.ill"]],
    ]);
  });
  it("are sent only when visible and answered; 「不是」 is an answer", () => {
    const values = { kind: "搬家", why: "旧的回答", "member.1.wage": null, "member.1.ill": false };
    expect(cleaned(fields, values)).toEqual({ kind: "搬家", "member.1.ill": false });
  });
});
