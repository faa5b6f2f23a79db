export type { BankAccount, Household, HouseholdMember, Person, PersonInput } from "./model.ts";
export { createRegistry } from "./service.ts";
export type {
  Disclosed,
  ListedFiling,
  OpenHousehold,
  Registry,
  RegistryDeps,
  RelativeFiling,
  SetBankAccount,
} from "./types.ts";
