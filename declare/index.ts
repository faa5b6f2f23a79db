export * from "./bank-layout.ts";
export * from "./catalogue.ts";
export * from "./fields.ts";
export * from "./indicator.ts";
export * from "./item.ts";
export * from "./overlap.ts";
export * from "./register.ts";
export * from "./roles.ts";
