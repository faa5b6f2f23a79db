export * from "./database.ts";
export { type MigrateOptions, migrate } from "./migrate.ts";
export { explain } from "./startup-errors.ts";
export * from "./vault.ts";
