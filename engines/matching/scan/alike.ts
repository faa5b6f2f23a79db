/** Whether a row without a number is about a person: name and day of birth together, and what follows from how alike. */
import type { IsoDate } from "@wuxin/kernel";
import { birthsNear } from "./births.ts";
import { type Likeness, likeness, type Named, sameHead } from "./names.ts";

/** From here a match is as good as its rule; a person looks all the same. */
export const LIKELY = 0.85;
/** From here somebody is asked to look first; below, it is somebody else. */
export const POSSIBLE = 0.65;
/** Another day of birth, however near: never more than possible. */
const OTHER_BIRTH = 0.84;

/** Null: somebody else. @param born as the list has it, yyyymmdd, one of `birthsNear` */
export function alike(
  person: { readonly named: Named; readonly birthDate: IsoDate },
  row: Named,
  born: string,
): Likeness | null {
  if (!sameHead(person.named, row)) return null;
  const { score, why } = likeness(person.named, row);
  if (score < POSSIBLE) return null;
  const slip = birthsNear(person.birthDate).get(born);
  if (slip === undefined) return null;
  const both = Math.round(score * (slip === "" ? 1 : OTHER_BIRTH) * 100) / 100;
  return both < POSSIBLE ? null : { score: both, why: `${why}，出生日期${slip === "" ? "相同" : slip}` };
}
