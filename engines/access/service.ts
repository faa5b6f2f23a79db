import type { Role } from "@wuxin/declare";
import type { Clock } from "@wuxin/kernel";
import type { Actor, Database, Tx, Vault } from "@wuxin/platform";
import { createAccounts } from "./accounts.ts";
import type { Account } from "./model.ts";
import { createOwnAccount } from "./own-account.ts";
import { createSessions } from "./sessions.ts";

/** The audit engine's one method that this one needs; it comes later in the list. */
export interface Recorder {
  record(
    tx: Tx,
    entry: { action: string; object: string; objectId?: string; detail?: string },
  ): Promise<void>;
}

export interface AccessDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly audit: Recorder;
  /** What a party is called; undefined: there is none such in the county. */
  readonly partyName?: (tx: Tx, party: string) => Promise<string | undefined>;
}

export interface LoginInput {
  readonly county: string;
  /** Staff: the login name. Residents: ID number or phone. */
  readonly loginName: string;
  readonly password: string;
  /** The six digits of the second factor, where the account has one. */
  readonly code?: string | undefined;
  /** Where it comes from, to slow down guessing over many names. */
  readonly address?: string | undefined;
}

export interface LoggedIn {
  readonly actor: Actor;
  readonly account: Account;
  /** ISO instant of the absolute end; an hour without use ends it sooner. */
  readonly expiresAt: string;
}

export interface CreateAccount {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly role: Role;
  /** "" for outside parties. */
  readonly scope: string;
  /** Of an outside party: `department:<code>` or `institution:<id>`. */
  readonly party?: string | undefined;
  readonly password: string;
}

export interface RegisterAccount {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** What may be typed to log in: ID number, phone. The first must be free; a phone that another has is left out. */
  readonly loginNames: readonly string[];
  /** Shown in the account's corner; masked. */
  readonly shownAs: string;
  readonly password: string;
}

export interface UpdateAccount {
  readonly active?: boolean | undefined;
  readonly unlock?: true | undefined;
  readonly password?: string | undefined;
  readonly resetTotp?: true | undefined;
}

export interface Access {
  /**
   * Errors: wrong-credentials (the same sentence and time for an unknown name), account-locked, too-many-requests,
   * second-factor-needed.
   */
  login(db: Database, input: LoginInput): Promise<LoggedIn & { token: string }>;
  /** A fresh session without a password, right after registering. */
  openSession(tx: Tx, accountId: string): Promise<LoggedIn & { token: string }>;
  /** Undefined when there is none, it ended, or the account was closed. */
  sessionOf(db: Database, countyCode: string, token: string): Promise<LoggedIn | undefined>;
  logout(db: Database, countyCode: string, token: string): Promise<void>;

  /** Own account. `keepToken`: the session that goes on; all others end. Errors: wrong-credentials, invalid-input. */
  changePassword(tx: Tx, input: { current: string; next: string }, keepToken?: string): Promise<void>;
  startTotp(tx: Tx): Promise<{ secret: string; uri: string }>;
  confirmTotp(tx: Tx, code: string): Promise<void>;
  disableTotp(tx: Tx, password: string): Promise<void>;

  /** Staff accounts; the three administrators only. */
  listAccounts(tx: Tx): Promise<Account[]>;
  /** System administrator. Errors: forbidden, invalid-input, already-exists. Repeating a request returns the account. */
  createAccount(tx: Tx, input: CreateAccount): Promise<Account>;
  /** `active`: system administrator; the rest: security administrator. Nobody changes the own account here. */
  updateAccount(tx: Tx, id: string, input: UpdateAccount): Promise<Account>;
  /** For a person the registry already holds. Errors: already-exists, invalid-input. Run as the county's system. */
  registerResident(tx: Tx, input: RegisterAccount): Promise<Account>;
  /** Demo and first start: makes staff accounts without an administrator at hand. Run as the system only. */
  install(tx: Tx, accounts: readonly CreateAccount[]): Promise<void>;

  /** Those who handle cases, for fields of type `staff`. */
  listStaff(tx: Tx): Promise<{ id: string; name: string; role: Role; roleName: string; scope: string }[]>;
  /** Outside parties of which somebody can log in. */
  parties(tx: Tx): Promise<Set<string>>;
  accountNames(tx: Tx, ids: readonly string[]): Promise<Map<string, { name: string; role: Role }>>;
  /** A lost phone, a colleague who left in anger: every session of the account ends at once. */
  endSessions(tx: Tx, accountId: string): Promise<void>;
  /** Nightly: removes ended sessions and old counts; gives the sessions removed. */
  sweep(tx: Tx): Promise<number>;
}

export function createAccess(deps: AccessDeps): Access {
  return { ...createSessions(deps), ...createOwnAccount(deps), ...createAccounts(deps) };
}
