/** What this engine needs from others, no more; the composition root gives it. */
import type { Catalogue, Folder } from "@wuxin/declare";
import type { Registry } from "@wuxin/engines/registry";
import type { Clock, DivisionLevel, IsoDate } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { ParameterValue } from "./model.ts";

export interface RegistersDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, "seal" | "open" | "digest">;
  readonly catalogue: Pick<Catalogue, "registers">;
  readonly audit: {
    record(
      tx: Tx,
      entry: {
        readonly action: string;
        readonly object: string;
        readonly objectId?: string;
        readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
      },
    ): Promise<unknown>;
    describe?(labels: Readonly<Record<string, string>>): void;
  };
  /** The county's own divisions, itself included. */
  readonly divisions: (
    countyCode: string,
  ) => readonly { readonly code: string; readonly name: string; readonly level: DivisionLevel }[];
  readonly registry: Pick<Registry, "households">;
  /**
   * A dated parameter: the folder's `parameters.yaml` with the county's standards laid over it. Undefined when neither
   * records it on that day: then nothing is limited, and the page says that none is recorded.
   */
  readonly parameterOn: (
    countyCode: string,
    folder: Folder | undefined,
    name: string,
    date: IsoDate,
  ) => ParameterValue | undefined;
}

/** Names of a county's divisions; a code that the county does not have is shown as it is. */
export function divisionNames(
  deps: Pick<RegistersDeps, "divisions">,
): (county: string, code: string) => string {
  const byCounty = new Map<string, ReadonlyMap<string, string>>();
  return (county, code) => {
    let names = byCounty.get(county);
    if (!names) {
      names = new Map(deps.divisions(county).map((d) => [d.code, d.name]));
      byCounty.set(county, names);
    }
    const own = names.get(code) ?? code;
    // Villages of two townships may share a name: say both.
    return code.length === 12 && names.has(code.slice(0, 9)) ? `${names.get(code.slice(0, 9))}${own}` : own;
  };
}
