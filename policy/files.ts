import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Source } from "./types.ts";

/** Reads a rule file from disk. `root` shortens the name used in messages. Not for the browser. */
export function sourceFromFile(path: string, root = process.cwd()): Source {
  return { file: relative(root, path) || path, text: readFileSync(path, "utf8") };
}
