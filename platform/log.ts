/**
 * The program's log: one JSON object a line, or coloured text on a terminal. Personal data stays out by construction:
 * fields that may carry it are dropped by name, numbers that look like an ID, phone or account are struck out of every
 * text, and of a database error only code, table and constraint are kept (its `detail` quotes rows).
 */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** The same log with these fields on every line. */
  with(fields: object): Logger;
}

type Level = "debug" | "info" | "warn" | "error";
const ORDER: readonly Level[] = ["debug", "info", "warn", "error"];
const COLOURS: Record<Level, number> = { debug: 90, info: 36, warn: 33, error: 31 };

export interface LogOptions {
  /** Least level written (default WUXIN_LOG, else info). */
  readonly level?: Level;
  /** Default: when stdout is a terminal. */
  readonly pretty?: boolean;
  readonly write?: (line: string) => void;
  readonly now?: () => Date;
}

const SECRET_FIELD =
  /^(name|.*Name|.*姓名.*|password|passphrase|secret|token|cookie|authorization|key|otp|totp|body|values|parameters|payload|detail|address|phone|mobile|account|accountNumber|bankAccount|idNumber|residentId|residentIdNumber|photo|signature)$/i;

/** Strikes out what looks like a resident ID (15 or 18), a mobile phone, or a bank account (12 to 19 digits). */
export function scrub(text: string): string {
  return text
    .replace(/(?<![0-9A-Za-z-])\d{17}[0-9Xx](?![0-9A-Za-z-])/g, "［证件号］")
    .replace(/(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z-])/g, "［电话］")
    .replace(/(?<![0-9A-Za-z.-])\d{12,19}(?![0-9A-Za-z.-])/g, "［号码］");
}

/** A copy fit for the log. */
export function safeFields(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrub(value.length > 2_000 ? `${value.slice(0, 2_000)}…` : value);
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Error) return safeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `［${value.length} bytes］`;
  if (depth > 4) return "…";
  if (Array.isArray(value)) {
    const head = value.slice(0, 20).map((item) => safeFields(item, depth + 1));
    return value.length > 20 ? [...head, `… ${value.length}`] : head;
  }
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    copy[name] = SECRET_FIELD.test(name) ? "［略］" : safeFields(item, depth + 1);
  }
  return copy;
}

function safeError(error: Error, depth: number): object {
  const e = error as Error & { code?: unknown; table?: unknown; constraint?: unknown };
  const kept: Record<string, unknown> = { error: error.name, message: scrub(error.message) };
  for (const field of ["code", "table", "constraint"] as const) {
    if (typeof e[field] === "string") kept[field] = e[field];
  }
  if (error.stack !== undefined) {
    kept.stack = error.stack
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim());
  }
  if (error.cause !== undefined && depth < 3) kept.cause = safeFields(error.cause, depth + 1);
  return kept;
}

export function createLogger(options: LogOptions = {}, base: object = {}): Logger {
  const given = options.level ?? process.env.WUXIN_LOG;
  const least = Math.max(0, ORDER.indexOf(ORDER.find((level) => level === given) ?? "info"));
  const pretty = options.pretty ?? process.stdout.isTTY === true;
  const write = options.write ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const now = options.now ?? (() => new Date());
  const say =
    (level: Level) =>
    (message: string, fields: object = {}) => {
      if (ORDER.indexOf(level) < least) return;
      const at = now().toISOString();
      const said = scrub(message);
      const safe = safeFields({
        ...base,
        ...(fields instanceof Error ? { error: fields } : fields),
      }) as object;
      if (!pretty) {
        write(JSON.stringify({ at, level, message: said, ...safe }));
        return;
      }
      const rest = Object.keys(safe).length === 0 ? "" : ` ${JSON.stringify(safe)}`;
      write(`\x1b[${COLOURS[level]}m${at.slice(11, 19)} ${level}\x1b[0m ${said}${rest}`);
    };
  return {
    debug: say("debug"),
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
    with: (fields) => createLogger(options, { ...base, ...fields }),
  };
}

/** The process's own log. */
export const log: Logger = createLogger();
