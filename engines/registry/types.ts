import type { Clock, IsoDate } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import type { DeathCorrections } from "./corrections.ts";
import type { BankAccount, Household, Person, PersonInput } from "./model.ts";

export interface RegistryDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly audit: Pick<Audit, "record" | "recordMany">;
}

export interface OpenHousehold {
  readonly id: string;
  readonly headPersonId: string;
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: "城市" | "农村";
  readonly members: readonly {
    readonly personId: string;
    readonly relation: string;
    /** For messages about people whom the actor may not see. */
    readonly name?: string;
  }[];
  /** Since when; today unless given. */
  readonly on?: IsoDate;
}

export interface SetBankAccount {
  readonly id: string;
  readonly personId: string;
  readonly bankName: string;
  readonly accountNo: string;
  readonly holderName: string;
  readonly reason: string;
}

export interface RelativeFiling {
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly applicantId: string;
  readonly divisionCode: string;
  readonly staffName: string;
  readonly unit: string;
  readonly relation: string;
  readonly filedOn?: IsoDate;
}

export interface ListedFiling {
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly applicant: string;
  readonly staffName: string;
  readonly unit: string;
  readonly relation: string;
  readonly filedOn: IsoDate;
  readonly divisionCode: string;
}

/** Full numbers, for a bank file or a data request; never for a screen. */
export interface Disclosed {
  readonly idNo: string;
  readonly phone: string | null;
  readonly account: {
    readonly bankName: string;
    readonly accountNo: string;
    readonly holderName: string;
  } | null;
}

export interface Registry extends DeathCorrections {
  /**
   * The person with this ID number: the registered one, or a new one. The same number with another name is refused.
   * Somebody registered in another township and in no household there moves here; somebody in a household there comes
   * back as known, and `openHousehold` will refuse.
   * Errors: invalid-input (name, idNo, phone, divisionCode, address), duplicate-person (idNo).
   */
  ensurePerson(tx: Tx, input: PersonInput): Promise<Person>;
  /** Many in five round trips, in the order given. The same number twice is refused. */
  ensurePersons(tx: Tx, inputs: readonly PersonInput[]): Promise<Person[]>;
  /** Error: not-found, also when it is another township's. */
  getPerson(tx: Tx, id: string): Promise<Person>;
  /** Those of the ids that the actor may see. */
  persons(tx: Tx, ids: readonly string[]): Promise<Map<string, Person>>;
  findPersonByIdNo(tx: Tx, idNo: string): Promise<Person | undefined>;
  /** Whether the ID number of a person ends so (4 to 17 characters); for tracking without an account. */
  idNoEndsWith(tx: Tx, personId: string, tail: string): Promise<boolean>;
  /** Living people born in a span of days, oldest first, within the actor's scope. `from` null: no bound. */
  listBornBetween(
    tx: Tx,
    from: IsoDate | null,
    to: IsoDate,
    limit?: number,
  ): Promise<
    { id: string; name: string; birthDate: IsoDate; divisionCode: string; householdId: string | null }[]
  >;
  /**
   * Emits `person.died` { personId, diedOn, householdId }. Repeating it changes nothing (false).
   * Errors: not-found, invalid-input (diedOn, source), already-exists when another date is recorded.
   */
  recordDeath(tx: Tx, personId: string, diedOn: IsoDate, source: string): Promise<boolean>;
  /** A change of name (更名) or a slip of the pen. Errors: forbidden, not-found, invalid-input (name, reason). */
  renamePerson(tx: Tx, personId: string, name: string, reason: string): Promise<Person>;
  setProtected(tx: Tx, personId: string, on: boolean, reason: string): Promise<void>;

  /** Errors: invalid-input (headPersonId, members.N…), member-elsewhere, not-found. Repeating it gives the household. */
  openHousehold(tx: Tx, input: OpenHousehold): Promise<Household>;
  /** Error: not-found. */
  getHousehold(tx: Tx, id: string): Promise<Household>;
  households(tx: Tx, ids: readonly string[]): Promise<Map<string, Household>>;
  /** personId → the household where each belongs now. */
  currentHouseholds(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>>;
  /** Errors: not-found, member-elsewhere, invalid-input. */
  addMember(
    tx: Tx,
    input: { householdId: string; personId: string; relation: string; on?: IsoDate },
  ): Promise<Household>;
  /** The head cannot leave before `changeHead`, unless alone: then the household closes. Errors: not-found, invalid-input. */
  removeMember(
    tx: Tx,
    input: { householdId: string; personId: string; on?: IsoDate; reason: string },
  ): Promise<Household>;
  /** `relations`: how each now relates to the new head, where that changes. A head who died leaves with it. */
  changeHead(
    tx: Tx,
    input: {
      householdId: string;
      headPersonId: string;
      relations: readonly { personId: string; relation: string }[];
    },
  ): Promise<Household>;
  /** The household and everybody in it. Error: not-found, invalid-input. */
  moveHousehold(
    tx: Tx,
    input: {
      householdId: string;
      divisionCode: string;
      address: string;
      areaClass: "城市" | "农村";
      /** For the trail, where a person did it by hand. */
      reason?: string;
    },
  ): Promise<Household>;

  /** Who has no household; people of a household move with it. Errors: invalid-input. */
  movePerson(
    tx: Tx,
    input: {
      readonly personId: string;
      readonly divisionCode: string;
      /** Undefined: as it was. */
      readonly address?: string | undefined;
    },
  ): Promise<void>;

  /**
   * Replaces the account in use; the old one stays on record. `warnings`: sentences that do not refuse (Luhn, another
   * holder). Errors: not-found, invalid-input (accountNo, bankName, holderName, reason).
   */
  setBankAccount(tx: Tx, input: SetBankAccount): Promise<{ account: BankAccount; warnings: string[] }>;
  currentAccount(tx: Tx, personId: string): Promise<BankAccount | undefined>;
  currentAccounts(tx: Tx, personIds: readonly string[]): Promise<Map<string, BankAccount>>;
  accountHistory(tx: Tx, personId: string): Promise<(BankAccount & { replacedAt: string | null })[]>;
  /** Who else is paid on the same account, per person that shares one. */
  sharedAccounts(tx: Tx, personIds: readonly string[]): Promise<Map<string, string[]>>;

  /** One full number for a person who states why; leaves an audit row. Errors: forbidden, not-found, invalid-input. */
  unmask(
    tx: Tx,
    personId: string,
    field: "idNo" | "phone" | "account",
    reason: string,
  ): Promise<{ value: string }>;
  /** Full numbers of many for a stated purpose (bank file, data request); one audit row with the count. */
  disclose(tx: Tx, personIds: readonly string[], purpose: string): Promise<Map<string, Disclosed>>;
  /** Only the ID numbers, in the trail all the same: for comparing lists. */
  idNumbers(tx: Tx, personIds: readonly string[], purpose: string): Promise<Map<string, string>>;

  /** By name, pinyin (full or initials), full ID number, its last digits, or phone. Leaves an audit row. */
  search(tx: Tx, typed: string, limit?: number): Promise<Person[]>;
  /** What the person page shows; leaves an audit row, so it needs a writing transaction. Error: not-found. */
  personPage(tx: Tx, id: string): Promise<{ person: Person; account: BankAccount | null }>;
  /** The same for a household. */
  householdPage(tx: Tx, id: string): Promise<Household>;

  fileRelatives(tx: Tx, filings: readonly RelativeFiling[]): Promise<void>;
  fileRelative(tx: Tx, filing: RelativeFiling): Promise<void>;
  listRelativeFilings(
    tx: Tx,
    page: { page: number; size: number },
  ): Promise<{ rows: ListedFiling[]; total: number }>;
}
