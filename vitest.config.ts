import { defineConfig } from "vitest/config";

/** `unit` needs nothing; `database` clones a migrated template per file; `browser` drives Chromium. */
export default defineConfig({
  test: {
    maxWorkers: 2, // by itself vitest leaves one core of two to nobody: a test waits for its server more than it works
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "{kernel,policy,declare,domains,counties,gongwen,contract,demo,web,bench}/**/*.test.ts",
            "tests/architecture/**/*.test.ts",
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "database",
          include: ["{platform,engines,server}/**/*.test.ts", "tests/stories/**/*.test.ts"],
          globalSetup: ["platform/testing/cluster.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["platform/testing/cluster.ts", "tests/browser/prepare.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          isolate: false, // the rooms are loaded once, not once a file
        },
      },
    ],
  },
});
