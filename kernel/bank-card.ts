import { toHalfWidth } from "./text.ts";

/**
 * Luhn check of a card number (spaces allowed). Use it to warn only: passbooks and some 社会保障卡 accounts
 * do not carry a Luhn digit and are still paid.
 */
export function luhnValid(text: string): boolean {
  const digits = toHalfWidth(text).replace(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
