import { expect, it } from "vitest";
import { conditionText } from "./words.ts";

it.each([
  ["家庭月人均收入 < 低保标准", "家庭月人均收入低于低保标准"],
  ["家庭存款 <= 存款上限", "家庭存款不超过存款上限"],
  ['残疾等级 != "无"', "残疾等级不是“无”"],
  ["not(整户符合)", "“整户符合”为否"],
  ["年龄 >= 60 and 户籍在本县 = true", "年龄不低于60，并且户籍在本县为是"],
  ["月龄 between 12 and 36", "月龄在 12 到 36 之间"],
  ['身份 in ["孤儿", "<3岁"]', "身份属于[“孤儿”, “<3岁”]"],
  ["去世日期 = null or 在册", "去世日期没有记录，或者在册"],
  ["刚性支出 > 年收入 * 比例", "刚性支出高于年收入 × 比例"],
  ["count(成员) > 1", "count(成员)高于1"],
])("%s", (source, text) => expect(conditionText(source)).toBe(text));
