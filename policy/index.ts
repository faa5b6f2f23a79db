/** The policy room: rules as data, checked when loaded, decided exactly, explained in Chinese. See README.md. */
export { type BatchResult, type Column, evaluateBatch, type Households, type ResultColumn } from "./batch.ts";
export {
  type ColumnMachine,
  ColumnMemory,
  compileColumns,
  dateNumber,
  type FactColumn,
  type Numbers,
  resultAt,
  type TypedHouseholds,
  type TypedResult,
  typedColumn,
} from "./columns/index.ts";
export { decide } from "./decide.ts";
export { formatProblem, PolicyError, type Problem } from "./errors.ts";
export { type ExampleResult, runExamples, type Situation, situationsIn } from "./examples.ts";
export { explainText, type MemberNames } from "./explain.ts";
export { FUNCTIONS } from "./feel/functions.ts";
export { loadRuleSet } from "./load.ts";
export { parameterAt } from "./parameters.ts";
export {
  type BackMonth,
  backDated,
  compareReform,
  type ReformImpact,
  type ReformRequest,
  type ReformTally,
  withReform,
} from "./reform.ts";
export { assumedFacts, type Question, questionsFor } from "./selfcheck.ts";
export { type Shortfall, shortfall } from "./shortfall.ts";
export { type SqlMachine, type SqlRequest, type SqlTable, toSql } from "./sql/index.ts";
export { type Trace, type TraceRule, type TraceStep, type Traces, traceColumns } from "./trace.ts";
export type {
  DecideRequest,
  Decision,
  Facts,
  FactValue,
  FormulaVersion,
  InputFact,
  MissingFact,
  Parameter,
  ParameterVersion,
  PlainValue,
  Result,
  RuleSet,
  Source,
  Step,
  Use,
  ValueType,
  Variable,
} from "./types.ts";
export { conditionText } from "./words.ts";
