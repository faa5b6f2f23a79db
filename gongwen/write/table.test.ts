import { describe, expect, it } from "vitest";
import { CORE_WIDTH } from "./layout.ts";
import { table } from "./table.ts";

const widths = (xml: string): number[] =>
  [...xml.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map((m) => Number(m[1]));
const MONEY = [
  "名册",
  "待遇",
  "报送（笔）",
  "已付（笔）",
  "已付（元）",
  "退回（笔）",
  "退回（元）",
  "在途（笔）",
  "暂缓（笔）",
  "暂缓（元）",
];

describe("columns of a table", () => {
  it("no number is cut in two: ten columns with money go into a smaller type", () => {
    const rows = [
      ["2026年10月发放名册", "残疾人护理补贴", "12", "11", "11,250.00", "1", "2,150.00", "0", "0", "0.00"],
    ];
    const xml = table(
      MONEY.map((title) => ({ title })),
      rows,
    );
    expect(xml).toContain('w:val="cellSmall"');
    const all = widths(xml);
    expect(all.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(CORE_WIDTH);
    // Nine characters of 9 point, half as wide as high, and the room beside them.
    expect(all[4]).toBeGreaterThanOrEqual((9 / 2) * 9 * 20 + 160);
    expect(all[6]).toBeGreaterThanOrEqual((8 / 2) * 9 * 20 + 160);
  });

  it("few columns stay in the ordinary type, the long text gets what the figures leave", () => {
    const xml = table(
      [{ title: "资金" }, { title: "金额（元）" }],
      [["省级财政困难群众救助补助资金", "1,234,567.00"]],
    );
    expect(xml).toContain('w:val="cell"');
    const [words = 0, money = 0] = widths(xml);
    expect(words).toBeGreaterThan(money);
    expect(words + money).toBeGreaterThan(CORE_WIDTH - 4);
  });
});
