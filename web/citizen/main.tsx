import "./app/older-browsers.ts";
import "../kit/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/fields.css";
import "./style/pages.css";
import "./style/cases.css";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { getCounty, listItems } from "./app/api.ts";
import { applySettings } from "./app/settings.ts";
import { tabKeep } from "./app/storage.ts";

// Asked for before anything is drawn: on a slow line the answers travel while the page is being built.
const county = /^\/c\/(\d{6})\/?$/.exec(location.pathname)?.[1];
if (county) {
  getCounty(county).catch(() => undefined);
  listItems(county).catch(() => undefined);
}
// A page left open over an upgrade asks for files that are gone: one reload brings the new ones, drafts are kept.
addEventListener("vite:preloadError", () => {
  if (!navigator.onLine || tabKeep.read<boolean>("reloaded")) return;
  tabKeep.write("reloaded", true);
  location.reload();
});
applySettings();
const root = document.getElementById("root");
if (root) {
  root.textContent = "";
  render(<App />, root);
}
