/**
 * An error of the business that a person may meet.
 *
 * `code` is for programs (kebab-case, stable); `message` is a Chinese sentence for the person: which field,
 * what is wrong, the way out. `field` names the form field, `details` carries values for the screen or log
 * (never unmasked personal data).
 */
export class DomainError extends Error {
  readonly code: string;
  declare readonly field?: string;
  declare readonly details?: unknown;

  constructor(
    code: string,
    message: string,
    opts: { field?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, opts.cause === undefined ? undefined : { cause: opts.cause });
    this.name = "DomainError";
    this.code = code;
    if (opts.field !== undefined) this.field = opts.field;
    if (opts.details !== undefined) this.details = opts.details;
  }
}
