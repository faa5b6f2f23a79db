/**
 * Three independent front ends from one configuration: `--mode console` (React + antd, staff, served under /console/),
 * `--mode citizen` (Preact, residents, served at /) and `--mode field` (Preact, the worker's phone, served under /field/).
 * During development both pass /api on to a running server (`npm start`, port 3000 unless WUXIN_API says otherwise).
 */
import preact from "@preact/preset-vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type UserConfig } from "vite";

export default defineConfig(({ mode }): UserConfig => {
  const api = loadEnv(mode, ".", "WUXIN_").WUXIN_API ?? "http://127.0.0.1:3000";
  const server = { proxy: { "/api": api } };
  if (mode === "citizen")
    return {
      root: "citizen",
      base: "/",
      plugins: [preact()],
      server,
      // Old phones open this page inside other apps' web views.
      build: { outDir: "../dist/citizen", emptyOutDir: true, target: "es2020" },
    };
  if (mode === "field")
    return {
      root: "field",
      base: "/field/",
      plugins: [preact()],
      server,
      build: {
        outDir: "../dist/field",
        emptyOutDir: true,
        target: "es2020",
        // What a phone keeps is the page and the files it names: one program, one style.
        modulePreload: false,
        cssCodeSplit: false,
        rolldownOptions: {
          input: { main: "field/index.html", sw: "field/sw.ts" },
          output: {
            // A service worker is asked for by its name, again and again; everything else by its content.
            entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
          },
        },
      },
    };
  return {
    root: "console",
    base: "/console/",
    plugins: [react()],
    server,
    build: {
      outDir: "../dist/console",
      emptyOutDir: true,
      target: "es2022",
      chunkSizeWarningLimit: 900,
    },
  };
});
