export * from "./bank-layout.ts";
export * from "./benefit.ts";
export * from "./catalogue.ts";
export * from "./change-notice.ts";
export {
  CHECK_PACKAGE_COLUMNS,
  type CheckPackageColumn,
  type CheckPackageDefinition,
} from "./check-package.ts";
export * from "./death-list.ts";
export * from "./departments.ts";
export * from "./duty.ts";
export * from "./feed.ts";
export * from "./fields.ts";
export * from "./flows/person-benefit.ts";
export * from "./growth.ts";
export * from "./indicator.ts";
export * from "./item.ts";
export * from "./linkage.ts";
export * from "./measure.ts";
export * from "./overlap.ts";
export * from "./reckoning.ts";
export * from "./red-flags.ts";
export * from "./register.ts";
export * from "./roles.ts";
export * from "./statistics.ts";
export * from "./summary.ts";
export * from "./watching.ts";
