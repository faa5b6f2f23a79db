/** A file of the authors as its parser gives it. */
import type { Source } from "@wuxin/policy";
import { parse } from "yaml";

/** Its names, nothing of them checked yet; undefined where it cannot be read, which is told. */
export function readYaml(
  source: Source,
  fault: (message: string) => void,
): Readonly<Record<string, unknown>> | undefined {
  try {
    return (parse(source.text) ?? {}) as Record<string, unknown>;
  } catch {
    fault("格式有误，读不懂，请检查缩进、冒号和引号。");
    return undefined;
  }
}
