export type { DeathCorrection, ToldOf } from "./correction-store.ts";
export { correctionSaid, whyNotAnswer } from "./corrections.ts";
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
