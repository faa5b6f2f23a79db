/**
 * Finds every declaration by walking this room: `<domain>/items/<item>/item.ts`, `<domain>/registers/<register>/register.ts`,
 * `<domain>/linkages/<linkage>/linkage.ts`, `<domain>/feeds/<feed>/feed.ts`, `<domain>/signals/<signal>/signals.ts`,
 * `<domain>/reckonings/<name>/reckonings.ts`,
 * `<domain>/duties/<duty>/duty.ts`, `<domain>/tables/<table>/table.ts` `<domain>/indicators.ts`,
 * `<domain>/measures.ts`, `<domain>/death-lists.ts`, `<domain>/check-package.yaml` and `<domain>/summary.yaml`. A new item is a new folder and no edit anywhere else; a new domain has a line in `owners.yaml`.
 */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type BenefitDefinition,
  type Catalogue,
  type DeathListDefinition,
  type DutyDefinition,
  type FeedDefinition,
  type Folder,
  type IndicatorDefinition,
  type ItemDefinition,
  type LinkageDefinition,
  type MeasureKind,
  type ReckoningDefinition,
  type RegisterDefinition,
  resolveCatalogue,
  type SignalDefinition,
  type StatisticalTable,
} from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { sourceFromFile } from "@wuxin/policy/files";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** @throws DomainError("bad-declaration") naming every fault, its file and the mend */
export async function loadCatalogue(root: string = ROOT): Promise<Catalogue> {
  const items: { definition: ItemDefinition; folder: Folder }[] = [];
  const benefits: { definition: BenefitDefinition; folder: Folder }[] = [];
  const registers: { definition: RegisterDefinition; folder: Folder }[] = [];
  const linkages: { definition: LinkageDefinition; folder: Folder }[] = [];
  const indicators: { definition: IndicatorDefinition; domain: string }[] = [];
  const feeds: { definition: FeedDefinition; folder: Folder }[] = [];
  const signals: { definitions: readonly SignalDefinition[]; folder: Folder }[] = [];
  const reckonings: { definitions: readonly ReckoningDefinition[]; folder: Folder }[] = [];
  const duties: { definition: DutyDefinition; folder: Folder }[] = [];
  const measures: MeasureKind[] = [];
  const deathLists: DeathListDefinition[] = [];
  const tables: { definition: StatisticalTable; folder: Folder }[] = [];
  const summaries: NonNullable<ReturnType<typeof fileOf>>[] = [];
  let checkPackage: ReturnType<typeof fileOf>;
  for (const domain of folders(root)) {
    checkPackage ??= fileOf(root, join(root, domain), "check-package.yaml");
    const summary = fileOf(root, join(root, domain), "summary.yaml");
    if (summary) summaries.push(summary);
    for (const name of folders(join(root, domain, "items"))) {
      const path = join(root, domain, "items", name);
      items.push({ definition: await only<ItemDefinition>(path, "item"), folder: besides(root, path) });
    }
    for (const name of folders(join(root, domain, "rules"))) {
      const path = join(root, domain, "rules", name);
      if (existsSync(join(path, "benefit.ts")))
        benefits.push({
          definition: await only<BenefitDefinition>(path, "benefit"),
          folder: besides(root, path),
        });
    }
    for (const name of folders(join(root, domain, "linkages"))) {
      const path = join(root, domain, "linkages", name);
      linkages.push({
        definition: await only<LinkageDefinition>(path, "linkage"),
        folder: besides(root, path),
      });
    }
    for (const name of folders(join(root, domain, "registers"))) {
      const path = join(root, domain, "registers", name);
      registers.push({
        definition: await only<RegisterDefinition>(path, "register"),
        folder: besides(root, path),
      });
    }
    for (const name of folders(join(root, domain, "feeds"))) {
      const path = join(root, domain, "feeds", name);
      feeds.push({ definition: await only<FeedDefinition>(path, "feed"), folder: besides(root, path) });
    }
    for (const name of folders(join(root, domain, "signals"))) {
      const path = join(root, domain, "signals", name);
      signals.push({
        definitions: await only<readonly SignalDefinition[]>(path, "signals"),
        folder: besides(root, path),
      });
    }
    for (const name of folders(join(root, domain, "reckonings"))) {
      const path = join(root, domain, "reckonings", name);
      reckonings.push({
        definitions: await only<readonly ReckoningDefinition[]>(path, "reckonings"),
        folder: besides(root, path),
      });
    }
    for (const name of folders(join(root, domain, "duties"))) {
      const path = join(root, domain, "duties", name);
      duties.push({ definition: await only<DutyDefinition>(path, "duty"), folder: besides(root, path) });
    }
    for (const name of folders(join(root, domain, "tables"))) {
      const path = join(root, domain, "tables", name);
      tables.push({ definition: await only<StatisticalTable>(path, "table"), folder: besides(root, path) });
    }
    if (existsSync(join(root, domain, "indicators.ts")))
      for (const definition of await only<readonly IndicatorDefinition[]>(join(root, domain), "indicators"))
        indicators.push({ definition, domain });
    if (existsSync(join(root, domain, "measures.ts")))
      measures.push(...(await only<readonly MeasureKind[]>(join(root, domain), "measures")));
    if (existsSync(join(root, domain, "death-lists.ts")))
      deathLists.push(
        ...(await only<readonly DeathListDefinition[]>(join(root, domain), "death-lists", "deathLists")),
      );
  }
  const overlap = fileOf(root, root, "overlap.yaml");
  const redFlags = fileOf(root, root, "red-flags.yaml");
  const owners = fileOf(root, root, "owners.yaml");
  const departments = fileOf(root, root, "departments.yaml");
  return resolveCatalogue({
    ...{
      items,
      benefits,
      linkages,
      registers,
      indicators,
      duties,
      measures,
      deathLists,
      tables,
      feeds,
      signals,
      summaries,
    },
    ...{ reckonings, checkPackage, overlap, redFlags, owners, departments },
  });
}

function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((e) => e.isDirectory() && e.name !== "node_modules")
    .map((e) => e.name)
    .sort();
}

/** `item.ts` exports `item`, `register.ts` exports `register`, `indicators.ts` exports `indicators`. */
async function only<T>(path: string, name: string, exported = name): Promise<T> {
  const file = join(path, `${name}.ts`);
  if (!existsSync(file))
    throw new DomainError("bad-declaration", `${path} 里没有 ${name}.ts，请补上或删去这个文件夹。`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const value = module[exported];
  if (!value)
    throw new DomainError(
      "bad-declaration",
      `${file} 没有导出 ${exported}，请写 export const ${exported} = …。`,
    );
  return value as T;
}

function besides(root: string, path: string): Folder {
  const shown = `domains/${path.slice(root.length + 1).replaceAll("\\", "/")}`;
  const read = (name: string) => fileOf(root, path, name);
  const [rules, parameters, examples] = [read("rules.yaml"), read("parameters.yaml"), read("examples.yaml")];
  return {
    path: shown,
    ...(rules && { rules }),
    ...(parameters && { parameters }),
    ...(examples && { examples }),
  };
}

function fileOf(root: string, path: string, name: string) {
  const file = join(path, name);
  if (!existsSync(file)) return undefined;
  return { ...sourceFromFile(file), file: `domains/${file.slice(root.length + 1).replaceAll("\\", "/")}` };
}
