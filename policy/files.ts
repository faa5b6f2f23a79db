import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Source } from "./types.ts";

/** On a line of its own, `沿用: ../家庭经济状况/rules.yaml`: that file is read first, as if it stood here. */
const AFTER = /^沿用:[ \t]*(\S+)[ \t]*$/m;

/** Reads a rule file from disk. `root` shortens the name used in messages. Not for the browser. */
export function sourceFromFile(path: string, root = process.cwd()): Source {
  return { file: relative(root, path) || path, text: textOf(path) };
}

/** What a file goes by is part of its text, so that a change of it is a change of the version. */
function textOf(path: string): string {
  const text = readFileSync(path, "utf8");
  const other = AFTER.exec(text)?.[1];
  if (other === undefined) return text;
  return `${textOf(join(dirname(path), other))}\n${text.replace(AFTER, "")}`;
}
