/** Numbers of people on their way into the database and back. */
import type { Field, FieldValue, Values } from "@wuxin/declare";
import { isSealed } from "./columns.ts";
import { isSealedValue, masked, type Sealed, type StoredValues } from "./model.ts";
import type { RegistersDeps } from "./ports.ts";

type Vault = RegistersDeps["vault"];

/** Digest of a number written as the field would store it, hex. */
export const digestOf = (vault: Vault, text: string): string =>
  vault.digest(text.toUpperCase().replaceAll(/[\s-]/g, "")).toString("hex");

/** A number that did not change keeps its bytes, so that a version differs only where it differs. */
export function sealed(
  vault: Vault,
  fields: readonly Field[],
  values: Values,
  before: StoredValues = {},
): StoredValues {
  const out: Record<string, FieldValue | Sealed> = {};
  for (const f of fields) {
    const value = values[f.name];
    if (value === undefined) continue;
    if (!isSealed(f) || typeof value !== "string") {
      out[f.name] = value;
      continue;
    }
    const digest = digestOf(vault, value);
    const old = before[f.name];
    out[f.name] =
      isSealedValue(old) && old.digest === digest
        ? old
        : { sealed: vault.seal(value).toString("base64"), digest, masked: String(masked(f, value)) };
  }
  return out;
}

export function opened(vault: Vault, stored: StoredValues): Values {
  return Object.fromEntries(
    Object.entries(stored).map(([name, v]) => [
      name,
      isSealedValue(v) ? vault.open(Buffer.from(v.sealed, "base64")) : v,
    ]),
  );
}
