import "../kit/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import { render } from "preact";
import { start } from "./app/come-in.ts";
import { App } from "./screens/App.tsx";

navigator.serviceWorker?.register("/field/sw.js", { scope: "/field/" }).catch(() => undefined);
const root = document.getElementById("root");
if (root) {
  root.textContent = "";
  render(<App />, root);
  void start();
}
