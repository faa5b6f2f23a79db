export { writeDocument } from "./docx.ts";
export { textOfDocument } from "./lines.ts";
export * from "./model.ts";
export { documentFrom } from "./parse.ts";
