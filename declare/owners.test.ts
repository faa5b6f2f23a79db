import { describe, expect, test } from "vitest";
import { resolveCatalogue } from "./catalogue.ts";
import type { IndicatorDefinition } from "./indicator.ts";
import { domainOf, readOwners } from "./owners.ts";

const crossings: IndicatorDefinition = {
  ...{ code: "crossings", name: "摆渡次数", unit: "次", system: "服务", capability: "XX-01", kind: "flow" },
  ...{ definition: "当月摆渡次数", decimals: 0, measure: { count: "rows", ledger: "cases" } },
};
const resolve = (definition: IndicatorDefinition, text = "ferries: 渡口股") =>
  resolveCatalogue({
    ...{ items: [], registers: [], owners: { file: "domains/owners.yaml", text } },
    indicators: [{ definition, domain: "ferries" }],
  }).indicators.get("crossings")?.owner;

describe("指标的责任科室", () => {
  test("按领域有一个，指标自己写的优先；都没有的不能启动，说在哪里补", () => {
    expect(resolve(crossings)).toBe("渡口股");
    expect(resolve({ ...crossings, owner: "码头站" })).toBe("码头站");
    expect(() => resolve(crossings, "bridges: 桥梁股")).toThrow(
      "指标 crossings（摆渡次数）没有责任科室，请在 domains/owners.yaml 里写明「ferries」由谁负责。",
    );
  });
  test("名称空着的指出来；台账在哪个领域看文件夹", () => {
    expect(() => readOwners({ file: "domains/owners.yaml", text: "ferries:" })).toThrow(
      "domains/owners.yaml：「ferries」的责任科室应写名称",
    );
    expect(domainOf("domains/ferries/registers/boat")).toBe("ferries");
  });
});
