import { createDeathCorrections } from "./corrections.ts";
import { createHouseholds } from "./households.ts";
import { createNumbers } from "./numbers.ts";
import { createPages } from "./pages.ts";
import { createPeople } from "./people.ts";
import type { Registry, RegistryDeps } from "./types.ts";

export function createRegistry(deps: RegistryDeps): Registry {
  const core = {
    ...createPeople(deps),
    ...createHouseholds(deps),
    ...createNumbers(deps),
    ...createDeathCorrections(deps),
  };
  return { ...core, ...createPages(deps, core) };
}
