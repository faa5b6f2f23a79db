// Where Chromium is, for browser tests and `npm test`.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = ["Google Chrome", "Chromium", "Microsoft Edge", "Google Chrome for Testing"];

/** The program's path, or undefined. CHROMIUM_PATH, when set, is the only place looked at. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return fs.existsSync(given) ? given : undefined;
  const places = [
    ...[
      "/usr/bin",
      "/usr/local/bin",
      "/snap/bin",
      "/opt/homebrew/bin",
      ...(process.env.PATH ?? "").split(path.delimiter),
    ].flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
    "/opt/google/chrome/chrome",
    ...["/Applications", path.join(os.homedir(), "Applications")].flatMap((folder) =>
      MAC.map((name) => path.join(folder, `${name}.app`, "Contents", "MacOS", name)),
    ),
  ];
  return places.find((place) => path.isAbsolute(place) && fs.existsSync(place));
}

/** What to do where it is absent. */
export const HOW_TO_GET_CHROMIUM =
  "Debian/Ubuntu: apt-get install chromium fonts-noto-cjk；macOS：安装 Google Chrome；其他位置请设 CHROMIUM_PATH。 / " +
  "Debian/Ubuntu: apt-get install chromium fonts-noto-cjk; macOS: install Google Chrome; elsewhere set CHROMIUM_PATH.";

/** Start-up switches that work as root, without a display, and without calling home. */
export const CHROMIUM_SWITCHES = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
