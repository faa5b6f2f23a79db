/** The self-check's answers of a county: in this tab only, gone when it is closed. */
import { tabKeep } from "../app/storage.ts";
import { type CheckAnswers, NO_ANSWERS } from "./sequence.ts";

const key = (county: string) => `check.${county}`;
export const readAnswers = (county: string): CheckAnswers =>
  tabKeep.read<CheckAnswers>(key(county)) ?? NO_ANSWERS;
export const keepAnswers = (county: string, answers: CheckAnswers): void => {
  tabKeep.write(key(county), answers);
};
export const forgetAnswers = (county: string): void => tabKeep.remove(key(county));
