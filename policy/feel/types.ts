import type { Num } from "../exact.ts";
import { type Dims, dimsText } from "../units.ts";

/** What an expression is known to be before any data is seen. */
export type StaticType = (
  | { readonly kind: "boolean" }
  | { readonly kind: "text"; readonly choices?: readonly string[]; readonly literal?: string }
  | { readonly kind: "date" }
  | NumberType
  | { readonly kind: "null" }
  | { readonly kind: "duration" }
  | { readonly kind: "age" }
  | { readonly kind: "list"; readonly of: StaticType; readonly mayBeEmpty: boolean }
  | { readonly kind: "members"; readonly mayBeEmpty: boolean }
) & {
  /** True when the value may be FEEL null. */
  readonly nullable?: boolean;
};

export interface NumberType {
  readonly kind: "number";
  readonly dims: Dims;
  /** Always a whole number of its base unit (分 for money, 1 otherwise): safe to store without rounding. */
  readonly whole: boolean;
  /** Set for a number written in the formula: it takes the unit of the other side. */
  readonly literal?: Num;
  readonly nullable?: boolean;
}

/** The kind in Chinese, for messages. */
export function typeText(t: StaticType): string {
  switch (t.kind) {
    case "boolean":
      return "是否";
    case "text":
      return "文字";
    case "date":
      return "日期";
    case "null":
      return "空";
    case "duration":
    case "age":
      return "期间";
    case "list":
      return `${typeText(t.of)}的列表`;
    case "members":
      return "成员名单";
    case "number":
      if (t.dims.yuan !== 0) return `金额（${dimsText(t.dims)}）`;
      return dimsText(t.dims) === "无单位" ? "数" : `数（${dimsText(t.dims)}）`;
  }
}
