/** The complete catalogue in Chinese: plain words, a verb on every button. Other languages translate its keys. */
import { cases } from "./zh/cases.ts";
import { filling } from "./zh/filling.ts";
import { pages } from "./zh/pages.ts";
import { trouble } from "./zh/trouble.ts";

export const zh = { ...pages, ...filling, ...cases, ...trouble };
