/** A toy county for the tests of this engine and of those that stand on people. */
import { type Clock, newId, residentIdWithCheck } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import type { TestDatabase } from "@wuxin/platform/testing";
import { createAudit } from "../audit/index.ts";
import { createRegistry, type PersonInput, type Registry } from "./index.ts";

export const COUNTY = "430621";
export const EAST = "430621101";
export const WEST = "430621102";
export const EAST_VILLAGE = "430621101201";

export const system = systemActor(COUNTY);
export const officer = (scope: string, role = "township"): Actor => ({
  countyCode: COUNTY,
  scope,
  accountId: newId(),
  personId: null,
  name: "经办李四",
  role,
});
export const resident = (personId: string): Actor => ({
  countyCode: COUNTY,
  scope: "",
  accountId: newId(),
  personId,
  name: "居民",
  role: "resident",
});

let serial = 0;
/** A valid ID number that nobody else in the run has. `n` odd: a man. */
export function idNo(birth = "19500101", sex: "男" | "女" = "男"): string {
  serial++;
  const region = 430621 + Math.floor(serial / 400);
  const order = (serial % 400) * 2 + (sex === "男" ? 1 : 2);
  return residentIdWithCheck(`${region}${birth}${String(order).padStart(3, "0")}`);
}

export const person = (over: Partial<PersonInput> = {}): PersonInput => ({
  id: newId(),
  name: "张三丰",
  idNo: idNo(),
  divisionCode: EAST_VILLAGE,
  address: "东村一组 12 号",
  ...over,
});

export function registryOf(t: TestDatabase, clock: Clock): Registry {
  return createRegistry({ clock, vault: t.vault, audit: createAudit({ clock, vault: t.vault }) });
}
