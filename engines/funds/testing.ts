/** The funds of the toy county, with real papers in a folder of their own. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Clock } from "@wuxin/kernel";
import { openFileStore } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import { createDocuments } from "../documents/index.ts";
import { COUNTY, type openToyCounty, TOWN } from "../payments/testing.ts";
import { createFunds, SOURCES } from "./index.ts";

interface ToyFunds {
  readonly toy: Awaited<ReturnType<typeof openToyCounty>>;
  readonly clock: Clock;
  readonly audit: Audit;
  /** 热汤, 面包 … by their codes. */
  readonly items: Readonly<Record<string, string>>;
  readonly order?: () => readonly string[];
  /** Numbers of the county beside that 资金使用公示 hangs seven days. */
  readonly parameters?: Readonly<Record<string, number>>;
}
/** The toy county, a township of it and its villages. */
const PLACES = [COUNTY, TOWN, `${TOWN}001`, `${TOWN}002`];
/** The smallest paper that is one. */
export const PDF = Buffer.from("%PDF-1.4\n%%EOF\n");
let folder: string | undefined;

export function toyFunds({ toy, clock, audit, items, order, parameters }: ToyFunds) {
  if (folder === undefined) {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-toy-papers-"));
    process.once("exit", () => fs.rmSync(folder as string, { recursive: true, force: true }));
  }
  const documents = createDocuments({
    ...{ clock, audit, files: openFileStore(folder, toy.data.vault) },
    counties: { get: () => ({ name: "甲县", bureauName: "甲县民政局" }) },
  });
  const titled = Object.entries(items).map(
    ([code, shortTitle]) => [code, { title: `${shortTitle}补助`, shortTitle }] as const,
  );
  const funds = createFunds({
    ...{ clock, audit, documents, catalogue: { items: new Map(titled) } },
    divisionName: (_, code) => code,
    sourceOrder: order ?? (() => SOURCES),
    parameter: (_, name) => ({ 资金使用公示天数: 7, ...parameters })[name],
    divisions: () => PLACES.map((code) => ({ code })),
    idleLimit: () => ({ months: 3, document: null, unverified: true }),
  });
  return { funds, documents };
}
