/**
 * Who answers for an indicator (责任科室): the office of its domain by `domains/owners.yaml`, or the one that the indicator
 * names itself. An indicator without either stops the start.
 */
import { DomainError } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { parse } from "yaml";

/** @throws DomainError("bad-declaration") naming file and mend */
export function readOwners(source: Source | undefined): ReadonlyMap<string, string> {
  if (!source) return new Map();
  const read: unknown = parse(source.text);
  const entries = read !== null && typeof read === "object" ? Object.entries(read) : [];
  const faults = entries
    .filter(([, office]) => typeof office !== "string" || office.trim() === "")
    .map(([domain]) => `${source.file}：「${domain}」的责任科室应写名称，请改正。`);
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  return new Map(entries.map(([domain, office]) => [domain, String(office).trim()]));
}

/** `domains/elderly-services/registers/meal-site` → `elderly-services`. */
export const domainOf = (path: string): string => path.replace(/^domains\//, "").split("/")[0] ?? path;
