export type Scalar = string | number | boolean | null;

/**
 * A condition as data: the browser hides a field by it and the server checks the same one again.
 * `{ all: [] }` holds, `{ any: [] }` does not.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { field: string; is: Scalar }
  | { field: string; isNot: Scalar }
  | { field: string; in: Scalar[] }
  | { field: string; atLeast: number }
  | { field: string; atMost: number }
  | { field: string; known: boolean };

/** Own keys only: a field called `constructor` or `toString` must not find what every object inherits. */
function answerTo(values: Record<string, unknown>, field: string): unknown {
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

/** A multiple-choice answer (array) matches a scalar when it contains it; a missing answer matches null. */
function matches(value: unknown, wanted: Scalar): boolean {
  if (Array.isArray(value)) return value.includes(wanted);
  return (value ?? null) === wanted;
}

function isKnown(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}

/**
 * Whether a condition holds for the answers so far. An unanswered field is not `is` anything but null, is `isNot`
 * everything else, and is neither `atLeast` nor `atMost` any number.
 */
export function holds(c: Condition, values: Record<string, unknown>): boolean {
  if ("all" in c) return c.all.every((part) => holds(part, values));
  if ("any" in c) return c.any.some((part) => holds(part, values));
  if ("not" in c) return !holds(c.not, values);
  const value = answerTo(values, c.field);
  if ("is" in c) return matches(value, c.is);
  if ("isNot" in c) return !matches(value, c.isNot);
  if ("in" in c) return c.in.some((wanted) => matches(value, wanted));
  if ("atLeast" in c) return typeof value === "number" && value >= c.atLeast;
  if ("atMost" in c) return typeof value === "number" && value <= c.atMost;
  return isKnown(value) === c.known;
}

/** The fields a condition reads, each once, so that a declaration can be checked for names that do not exist. */
export function fieldsOf(c: Condition): string[] {
  const parts = "all" in c ? c.all : "any" in c ? c.any : "not" in c ? [c.not] : undefined;
  if (parts) return [...new Set(parts.flatMap(fieldsOf))];
  return "field" in c ? [c.field] : [];
}
