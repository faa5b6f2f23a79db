import "./app/older-browsers.ts";
import "../kit/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/pages.css";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { applySettings } from "./app/settings.ts";

applySettings();
const root = document.getElementById("root");
if (root) {
  root.textContent = "";
  render(<App />, root);
}
