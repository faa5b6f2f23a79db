import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { PARAMETERS, RULES } from "../testing/toy.ts";

const folder = mkdtempSync(join(tmpdir(), "policy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
write("rules.yaml", RULES);
write("parameters.yaml", PARAMETERS);
write(
  "examples.yaml",
  `
month: 2024-03
examples:
  - name: 独居老人
    household: { 区域类型: 城市, 存款: 0, 年收入: 0 }
    members: [{ 出生日期: 1940-05-01, 独居: true, 月收入: 0 }]
    expect: { 餐补: 240, 符合条件: true }
`,
);
write("reform.yaml", "餐补标准: { values: { 2024-03-01: { 城市: 150, 农村: 90, 文号: 示例〔2024〕9号 } } }");

function run(...args: string[]): { code: number; out: string } {
  try {
    const out = execFileSync(
      process.execPath,
      ["--import", "tsx", join(import.meta.dirname, "main.ts"), ...args],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    return { code: 0, out };
  } catch (error) {
    const failed = error as { status: number; stdout: string; stderr: string };
    return { code: failed.status, out: failed.stdout + failed.stderr };
  }
}

it("checks rules and their examples", () => {
  expect(run("check", folder)).toMatchObject({
    code: 0,
    out: expect.stringContaining("例子 1 个，1 个通过"),
  });
});

it("explains an example, and prices a reform", () => {
  expect(run("explain", folder).out).toContain("2024年3月，餐补：240.00 元。");
  const { out } = run(
    "simulate",
    folder,
    "--reform",
    join(folder, "reform.yaml"),
    "--amount",
    "餐补",
    "--month",
    "2024-03",
  );
  expect(out).toContain("增加 1");
  expect(out).toContain("相差 60.00 元");
});

it("names file, line and mend of a fault, and says how it is used", () => {
  write("rules.yaml", RULES.replace("年龄 >= 老人年龄", "年岁 >= 老人年龄"));
  const broken = run("check", folder);
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/rules\.yaml:\d+:\d+ .*不认识“年岁”.*是不是“年龄”/);
  expect(run("simulate", folder).code).toBe(1);
  expect(run("check")).toMatchObject({ code: 2, out: expect.stringContaining("请写明规则文件夹") });
});
