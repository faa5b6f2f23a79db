/**
 * Two independent front ends from one configuration:
 * `--mode console` (React + antd, staff, served under /console/) and `--mode citizen` (Preact, residents, served at /).
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
