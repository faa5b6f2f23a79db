import { expect, test } from "vitest";
import { townshipKind } from "./measure.ts";

test("a township is of the kind that its name says; what is no division of the state is of none", () => {
  const kinds = [
    "荣家湾镇",
    "中洲乡",
    "罗水瑶族乡",
    "满春街道",
    "满春街道办事处",
    "鄂温克民族苏木",
    "宝日苏木",
    "东洞庭湖管理处",
  ];
  expect(kinds.map(townshipKind)).toEqual(["镇", "乡", "民族乡", "街道", "街道", "民族苏木", "苏木", ""]);
});
