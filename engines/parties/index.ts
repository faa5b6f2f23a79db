export { createDeathLists, type DeathLists, deathListActions } from "./death-lists.ts";
export {
  type Asked,
  department,
  institution,
  type Line,
  PARTY_STATES,
  type Party,
  partyOf,
  type Reply,
  type Told,
} from "./model.ts";
export { createParties, type Parties, type PartyItem, type PartyKind, partiesActions } from "./service.ts";
