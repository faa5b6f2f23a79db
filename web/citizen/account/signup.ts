import { isMobilePhone, parseResidentId } from "@wuxin/kernel";
import { t } from "../texts/index.ts";

export interface Signup {
  readonly name: string;
  readonly idNo: string;
  readonly phone: string;
  readonly password: string;
}

/** One plain sentence per wrong field; the server checks the same again. */
export function signupErrors(s: Signup, today: string): Partial<Record<keyof Signup, string>> {
  const errors: Partial<Record<keyof Signup, string>> = {};
  const id = parseResidentId(s.idNo, today);
  if (!s.name.trim()) errors.name = t("signup.nameNeeded");
  if (!id.ok) errors.idNo = id.message;
  if (!isMobilePhone(s.phone)) errors.phone = t("signup.phoneWrong");
  if (s.password.length < 10) errors.password = t("signup.passwordShort", { n: s.password.length });
  else if (!/[A-Za-z]/.test(s.password) || !/\d/.test(s.password)) errors.password = t("signup.passwordMix");
  return errors;
}
