import type { County } from "../app/types.ts";

export interface PublicLedger {
  readonly code: string;
  readonly title: string;
}

/** The registers with public fields that the county lists; none when the server names none. */
export const publicLedgers = (county: County): readonly PublicLedger[] => county.publicRegisters ?? [];
