import { DomainError } from "@wuxin/kernel";

/** One fault in a rule or parameter file: where it is, what is wrong, and how to mend it. */
export interface Problem {
  readonly file: string;
  /** 1-based; 0 when the fault has no single place (for example a missing parameter). */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly mend: string;
}

/** A place in a source file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `文件：行：列 说明。改法` — the one way a problem is printed. */
export function formatProblem(p: Problem): string {
  const place = p.line > 0 ? `${p.file}:${p.line}:${p.column}` : p.file;
  return `${place} ${p.message}。${p.mend}`;
}

/** Thrown when a rule set cannot be loaded or asked; `problems` holds every fault found, not only the first. */
export class PolicyError extends DomainError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("policy-invalid", problems.map(formatProblem).join("\n"), { details: problems });
    this.name = "PolicyError";
    this.problems = problems;
  }
}

/**
 * Formulas inside formulas and variables upon variables can together be deeper than the machine's stack, though neither is
 * by itself. Nobody writes such a law, but a machine may: it is told so instead of a crash.
 */
export function withinTheStack<T>(ruleSet: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError) || !/call stack/.test(error.message)) throw error;
    throw new DomainError(
      "policy-too-deep",
      `“${ruleSet}”的公式一层套一层、一个接一个，太深，算不下去。请把嵌套的 if 拆成决策表，或合并中间的变量。`,
      { cause: error },
    );
  }
}

/** Collects problems so that an author sees all of them at once. */
export class ProblemList {
  readonly problems: Problem[] = [];

  add(place: Place, message: string, mend: string): void {
    this.problems.push({ file: place.file, line: place.line, column: place.column, message, mend });
  }

  throwIfAny(): void {
    if (this.problems.length > 0) throw new PolicyError(this.problems);
  }
}
