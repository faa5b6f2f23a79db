/** 大字版, high contrast and the language: kept on this device, no personal data. */

import { createStore } from "../../kit/store.ts";
import { languageOf, loadLanguage } from "../texts/index.ts";
import { longKeep } from "./storage.ts";

export interface Settings {
  readonly elder: boolean;
  readonly contrast: boolean;
  readonly language: string;
}

const KEY = "settings";
export const settings = createStore<Settings>({
  elder: false,
  contrast: false,
  language: "zh",
  ...longKeep.read<Partial<Settings>>(KEY),
});
/** Changes when another catalogue is in use, so that every text is drawn again. */
export const languageInUse = createStore("zh");

export function applySettings(): void {
  const { elder, contrast, language } = settings.get();
  const html = document.documentElement;
  html.toggleAttribute("data-elder", elder);
  html.toggleAttribute("data-contrast", contrast);
  if (language !== languageInUse.get())
    loadLanguage(language).then(
      () => {
        html.lang = languageOf(language);
        languageInUse.set(language);
      },
      () => undefined, // the words stay Chinese when the file cannot be fetched
    );
}

export function change(part: Partial<Settings>): void {
  settings.set({ ...settings.get(), ...part });
  longKeep.write(KEY, settings.get());
  applySettings();
}
