/** The use cases of every declared ledger. No register is named here: what one is, its declaration says. */
import type { Field, RegisterDefinition, ResolvedRegister, Values } from "@wuxin/declare";
import { DomainError, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { registerFaults } from "./columns.ts";
import { createHouse } from "./house.ts";
import type { HouseholdLine } from "./households.ts";
import { createImporting, type ImportFile, type ImportLook } from "./importing.ts";
import type { RegistersDeps } from "./ports.ts";
import type { EntryQuery } from "./query.ts";
import { createReading } from "./reading.ts";
import type { EntryPage, EntryRow } from "./views.ts";
import { createWriting } from "./writing.ts";

export interface SaveEntry {
  /** 0 for a new entry, else the version that was on the screen. */
  readonly version: number;
  readonly values: Values;
  readonly reason?: string | undefined;
}
export interface AddRow {
  readonly id: string;
  readonly values: Values;
}

/** An entry that waits for somebody. */
export interface RegisterTodo {
  readonly register: string;
  readonly registerTitle: string;
  readonly id: string;
  readonly title: string;
  readonly divisionName: string;
  readonly text: string;
  readonly dueOn: IsoDate;
}

/** A place that is there to be checked. */
export interface Site {
  readonly register: string;
  readonly registerTitle: string;
  readonly id: string;
  readonly title: string;
  readonly divisionCode: string;
  /** What the register's declaration tells them apart by. */
  readonly kind: string | null;
}
/** The paper on which a feed is received. */
export interface Ground {
  readonly register: string;
  readonly entryId: string;
  readonly title: string;
  readonly feed: string;
  readonly until: IsoDate | null;
  /** Agreed, and not yet over. */
  readonly valid: boolean;
}
export interface Inspection {
  readonly register: string;
  readonly entryId: string;
  /** Of the entry, as its titleField says. */
  readonly title: string;
  readonly divisionCode: string;
  readonly on: IsoDate;
  readonly by: string;
  /** Where it is on record, in words. */
  readonly where: string;
}

export interface Registers {
  /** Every register with how many entries are in use, flagged today, and due for their check. */
  list(tx: Tx): Promise<
    {
      code: string;
      title: string;
      system: ResolvedRegister["system"];
      entries: number;
      flagged: number;
      checksDue: number;
    }[]
  >;
  /** Definition, whether the actor may edit, and today's limits with their documents. */
  get(tx: Tx, code: string): Promise<RegisterPage>;
  listEntries(
    tx: Tx,
    code: string,
    query: EntryQuery,
  ): Promise<{ rows: EntryRow[]; total: number; sums: Record<string, number> }>;
  /** Leaves an audit line when the register holds personal data: needs a writing transaction. */
  getEntry(tx: Tx, code: string, id: string): Promise<EntryPage>;
  /**
   * Makes (version 0) or changes an entry; what is left out of `values` stays, null clears. The same save again is the
   * same request. Errors: invalid-input with every wrong field, forbidden, not-found, stale-version, already-exists.
   */
  saveEntry(tx: Tx, code: string, id: string, input: SaveEntry): Promise<EntryPage>;
  /** What a file of places would do, row by row; nothing is stored. Errors: bad-file, forbidden, action-not-allowed. */
  lookAtImport(tx: Tx, code: string, file: ImportFile): Promise<ImportLook>;
  /** The file that was looked at, whole or not at all; once more it changes nothing. Errors as before, bad-file. */
  import(tx: Tx, code: string, file: ImportFile, digest: string): Promise<ImportLook>;
  /** Takes an entry out of use or back into it. Errors as for `saveEntry`. */
  setActive(
    tx: Tx,
    code: string,
    id: string,
    input: { version: number; active: boolean; reason: string },
  ): Promise<EntryPage>;
  /** A line of a sub-ledger; lines are never changed. Errors: invalid-input, forbidden, not-found, already-exists. */
  /** What the registers ask of the actor's role within its scope, by its day. */
  waiting(tx: Tx): Promise<RegisterTodo[]>;
  /** What was inspected on these days, by the sub-ledgers that say so, oldest first. */
  inspections(tx: Tx, since: IsoDate, until: IsoDate): Promise<Inspection[]>;
  /** Entries in use of the registers whose entries are places. */
  sites(tx: Tx): Promise<Site[]>;
  /** For whoever tells others of it: its plain answers, its page, the feed that it grounds. Undefined: none, or out of use. */
  told(
    tx: Tx,
    code: string,
    id: string,
  ): Promise<{ values: Values; page: EntryPage; ground: Ground | null } | undefined>;
  /** What the registers' entries say of a household, newest first. */
  ofHousehold(tx: Tx, householdId: string): Promise<HouseholdLine[]>;
  /** On what ground each feed is received: the entries of the registers that say so, the valid first. */
  grounds(tx: Tx): Promise<Ground[]>;
  addRow(tx: Tx, code: string, id: string, ledger: string, input: AddRow): Promise<EntryPage>;
  addCheck(tx: Tx, code: string, id: string, input: AddRow): Promise<EntryPage>;
  /** For residents: entries in use, public fields only. Error: not-found when the register is not public. */
  listPublic(
    tx: Tx,
    code: string,
  ): Promise<{ title: string; fields: Field[]; rows: Record<string, string | number | boolean | null>[] }>;
}

export interface RegisterPage {
  readonly definition: RegisterDefinition;
  readonly canEdit: boolean;
  readonly limits: {
    readonly parameter: string;
    readonly text: string;
    readonly document: string | null;
    readonly since: IsoDate;
    readonly unverified: boolean;
  }[];
}

/** @throws DomainError("bad-declaration") naming every fault of every register, its file and the mend */
export function createRegisters(deps: RegistersDeps): Registers {
  const faults = [...deps.catalogue.registers.values()].flatMap((r) =>
    registerFaults(r).map((fault) => `${r.folder.path}/register.ts：${fault}`),
  );
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  deps.audit.describe?.(ACTIONS);
  const house = createHouse(deps);
  const writing = createWriting(deps, house);
  return { ...createReading(deps, house), ...writing, ...createImporting(deps, house, writing.saveEntry) };
}

const ACTIONS = {
  "register.create": "新建台账条目",
  "register.change": "修改台账条目",
  "register.import": "用文件导入台账",
  "register.retire": "停用台账条目",
  "register.restore": "恢复台账条目",
  "register.read": "查看台账条目",
  "register.row": "台账登记一笔",
  "register.check": "登记定期检查",
};
