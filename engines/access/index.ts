export { type Account, assertRole, checkPassword, isAdministrator } from "./model.ts";
export {
  type Access,
  type AccessDeps,
  type CreateAccount,
  createAccess,
  type LoggedIn,
  type LoginInput,
  type RegisterAccount,
} from "./service.ts";
