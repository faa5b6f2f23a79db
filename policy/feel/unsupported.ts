import { FeelFault } from "./ast.ts";

/** What FEEL has and rules may not use, with what to write instead. */
const INSTEAD: Record<string, [what: string, mend: string]> = {
  ForExpression: ["for 循环", "逐人计算写成成员变量，再用 sum(成员.变量) 汇总"],
  FunctionDefinition: ["自定义函数", "写成一个变量"],
  Context: ["{} 记录", "写成几个变量，或写进 parameters.yaml"],
  InstanceOfExpression: ["instance of", "类型在装载时已经核对，不用再判断"],
  Interval: ["单独的区间", "区间只能跟在 in 后面，例如 年龄 in [60..80)"],
  SimplePositiveUnaryTest: ["单独的条件", "写全两边，例如 年龄 >= 60"],
  Block: ["代码块", "写成一个式子"],
  MultiExpression: ["多个式子", "一条公式只写一个式子"],
};

export function unsupported(nodeName: string, at: number, source: string): FeelFault {
  const known = INSTEAD[nodeName];
  if (known) return new FeelFault(at, `不支持${known[0]}`, known[1]);
  return new FeelFault(
    at,
    `不支持“${source.slice(0, 20)}”这种写法`,
    "可用的写法见 policy/README.md“公式”一节",
  );
}
