import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Place, ProblemList } from "../errors.ts";
import type { Source } from "../types.ts";

export type { Node, Scalar, YAMLMap, YAMLSeq };
export { isMap, isScalar, isSeq };

/** Larger files are refused: no item's rules come near, and nothing uploaded may exhaust the machine. */
const LARGEST = 1_000_000;

export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

/** A YAML file whose every node knows its line and column. */
export class SourceFile {
  readonly file: string;
  readonly text: string;
  readonly root: Node | null;
  private readonly lines = new LineCounter();
  private readonly problems: ProblemList;

  constructor(source: Source, problems: ProblemList) {
    this.file = source.file;
    this.text = source.text;
    this.problems = problems;
    if (source.text.length > LARGEST) {
      problems.add({ file: source.file, line: 1, column: 1 }, `文件超过 ${LARGEST} 个字符`, "拆成几个事项");
      this.root = null;
      return;
    }
    const document = parseDocument(source.text, {
      lineCounter: this.lines,
      uniqueKeys: false,
      prettyErrors: false,
    });
    for (const error of document.errors) {
      problems.add(
        this.at(error.pos[0]),
        `YAML 写法有误：${error.message.split("\n")[0]}`,
        "检查缩进、冒号后的空格和引号",
      );
    }
    let aliases = false;
    visit(document, {
      Alias: (_key, node) => {
        problems.add(this.place(node), "不能用 YAML 的别名（*）", "把内容写全");
        aliases = true;
        return visit.BREAK;
      },
    });
    this.root = document.errors.length > 0 || aliases ? null : (document.contents as Node | null);
  }

  at(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  place(node: Node | null | undefined): Place {
    return this.at(node?.range?.[0] ?? 0);
  }

  /** Place of a character inside a scalar's text, for plain, quoted and `|` scalars. */
  placeIn(node: Scalar, offset: number): Place {
    const start = node.range?.[0] ?? 0;
    if (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") {
      const value = String(node.value);
      const line = value.slice(0, offset).split("\n").length - 1;
      const column = offset - (value.lastIndexOf("\n", offset - 1) + 1);
      const header = this.text.indexOf("\n", start) + 1;
      const indent = /^[ ]*/.exec(this.text.slice(header))?.[0].length ?? 0;
      const { line: headerLine } = this.lines.linePos(header);
      return { file: this.file, line: headerLine + line, column: indent + column + 1 };
    }
    const quoted = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE";
    return this.at(start + (quoted ? 1 : 0) + offset);
  }

  /** Entries of a map, reporting repeated keys once. */
  entries(node: Node | null | undefined, what: string): Entry[] {
    if (!isMap(node)) {
      if (node)
        this.problems.add(this.place(node), `${what}应当是“名字: 内容”的形式`, "每行一个名字，冒号后空一格");
      return [];
    }
    const seen = new Set<string>();
    const entries: Entry[] = [];
    for (const pair of node.items) {
      const keyNode = pair.key as Node;
      const key = isScalar(keyNode) ? String(keyNode.source ?? keyNode.value).trim() : "";
      if (key === "") {
        this.problems.add(this.place(keyNode), `${what}里有一个没有名字的内容`, "写上名字");
      } else if (seen.has(key)) {
        this.problems.add(
          this.place(keyNode),
          `${what}里“${key}”写了两次`,
          "只留一处；同一日期不能有两个值或两条公式",
        );
      } else {
        seen.add(key);
        entries.push({ key, keyNode, value: pair.value as Node | null });
      }
    }
    return entries;
  }

  /** A scalar as written (numbers keep their digits), or undefined with a problem. */
  string(node: Node | null | undefined, what: string): string | undefined {
    if (isScalar(node) && node.value !== null && node.value !== undefined) {
      return typeof node.value === "string" ? node.value : String(node.source ?? node.value);
    }
    this.problems.add(this.place(node), `${what}应当是文字`, "写上内容");
    return undefined;
  }

  strings(node: Node | null | undefined, what: string): string[] {
    if (isSeq(node)) return node.items.flatMap((i) => this.string(i as Node, what) ?? []);
    const one = this.string(node, what);
    return one === undefined ? [] : [one];
  }

  boolean(node: Node | null | undefined, what: string): boolean | undefined {
    if (isScalar(node) && typeof node.value === "boolean") return node.value;
    this.problems.add(this.place(node), `${what}只能是 true 或 false`, "改成 true 或 false");
    return undefined;
  }
}
