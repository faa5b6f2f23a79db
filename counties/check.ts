import { DomainError, isIsoDate } from "@wuxin/kernel";

/** A value of a data file together with where it stands, so that every complaint names file, place and mend. */
export class Node {
  readonly value: unknown;
  readonly file: string;
  readonly path: string;

  constructor(value: unknown, file: string, path = "") {
    this.value = value;
    this.file = file;
    this.path = path;
  }

  fail(problem: string, mend: string): never {
    const place = this.path === "" ? this.file : `${this.file} 的 ${this.path}`;
    throw new DomainError("bad-county-file", `${place}${problem}。${mend}`, { field: this.path });
  }

  private expected(what: string, mend: string): never {
    const found = this.value === undefined ? "没有填写" : `现在是 ${JSON.stringify(this.value)}`;
    return this.fail(`应为${what}，${found}`, mend);
  }

  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get(key: string): Node {
    return new Node(this.record()[key], this.file, this.path === "" ? key : `${this.path}.${key}`);
  }

  record(): Record<string, unknown> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      this.expected("一组“名称: 值”", "请对照 counties/README.md 的样例补写。");
    }
    return this.value as Record<string, unknown>;
  }

  /** Complains about names that nobody reads: a misspelt switch must not be silently ignored. */
  only(...known: string[]): this {
    for (const key of Object.keys(this.record())) {
      if (!known.includes(key)) {
        this.get(key).fail("不是已知的名称", `请检查拼写；此处可用的名称有：${known.join("、")}。`);
      }
    }
    return this;
  }

  list(): Node[] {
    if (!Array.isArray(this.value)) this.expected("列表", "请写成以“- ”开头的若干行，或 [甲, 乙]。");
    return (this.value as unknown[]).map((v, i) => new Node(v, this.file, `${this.path}[${i}]`));
  }

  text(): string {
    if (typeof this.value !== "string" || this.value.trim() === "") {
      this.expected("文字", "请填写；编号和代码请加双引号，以免被当作数字。");
    }
    return (this.value as string).trim();
  }

  matching(pattern: RegExp, what: string, mend: string): string {
    if (typeof this.value !== "string" || !pattern.test(this.value)) this.expected(what, mend);
    return this.value as string;
  }

  integer(from: number, to: number): number {
    if (!Number.isInteger(this.value) || (this.value as number) < from || (this.value as number) > to) {
      this.expected(` ${from} 至 ${to} 之间的整数`, "请改正后重新启动。");
    }
    return this.value as number;
  }

  flag(): boolean {
    if (typeof this.value !== "boolean") this.expected(" true 或 false", "请改正后重新启动。");
    return this.value as boolean;
  }

  scalar(): string | number | boolean {
    const { value } = this;
    if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
    return this.text();
  }

  date(): string {
    if (!isIsoDate(this.value)) this.expected("日期", "请写成 2024-03-01 的形式，并确认这一天存在。");
    return this.value as string;
  }
}
