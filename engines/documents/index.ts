export type { CaseDocument, Fill, Fills, PrintedDocument } from "./model.ts";
export {
  createDocuments,
  type Documents,
  type DocumentsDeps,
  type IssueDocument,
  type StoredFile,
} from "./service.ts";
export { MAX_BYTES } from "./sniff.ts";
export { type Table, workbook, XLSX } from "./workbook.ts";
