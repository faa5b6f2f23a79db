import { createHash, randomBytes } from "node:crypto";
import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { DomainError } from "@wuxin/kernel";
import { generateSecret, generateURI, verifySync } from "otplib";

/** argon2id, 19 MiB, 2 passes (OWASP's first choice). About 50 ms. */
const ARGON2 = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), ARGON2);
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize("NFKC"));

let nobodys: Promise<string> | undefined;
/** A hash that no password fits: names that do not exist take the same time as those that do. */
export const nobodysHash = (): Promise<string> => {
  nobodys ??= hashPassword(randomBytes(32).toString("base64url"));
  return nobodys;
};

export const newToken = (): string => randomBytes(32).toString("base64url");
export const tokenDigest = (token: string): Buffer => createHash("sha256").update(token).digest();

export function newTotpSecret(): string {
  return generateSecret();
}

export const totpUri = (secret: string, label: string): string =>
  generateURI({ issuer: "五心", label, secret });

/**
 * The time step that a code belongs to (30 s, one step either way), or undefined when it is wrong or not after `last`.
 */
export function totpStep(secret: string, code: string, now: Date, last: number): number | undefined {
  const digits = code.normalize("NFKC").replace(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  // The library refuses a bound beyond its window: a clock set back is a refusal here too, not a crash.
  if (last > Math.floor(epoch / 30) + 1) return undefined;
  const result = verifySync({ secret, token: digits, epoch, epochTolerance: 30, afterTimeStep: last });
  if (!result.valid) return undefined;
  if (!("timeStep" in result))
    throw new DomainError("internal", "动态口令组件返回的结果不完整，请联系系统管理员。");
  return result.timeStep;
}
