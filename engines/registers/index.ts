export {
  columnsOf,
  ENTRY_COLUMNS,
  ledgerColumns,
  type RegisterColumn,
} from "./columns.ts";
export {
  type ColumnKind,
  conditionFaults,
  conditionSql,
  type FindColumn,
  Parameters,
  type SqlColumn,
} from "./condition-sql.ts";
export type { FindParameter, ParameterValue } from "./model.ts";
export { divisionNames, type RegistersDeps } from "./ports.ts";
export type { EntryQuery } from "./query.ts";
export { inspecting } from "./reading.ts";
export {
  type AddRow,
  createRegisters,
  type Ground,
  type Inspection,
  type RegisterPage,
  type Registers,
  type RegisterTodo,
  type SaveEntry,
  type Site,
} from "./service.ts";
export type { EntryPage, EntryRow } from "./views.ts";
