import { COMMON, COMPUTED, INPUT, TYPES } from "./load/declarations.ts";
import { KEYS } from "./load/parameters.ts";
import { ROUNDINGS } from "./rounding.ts";
import { UNIT_WORDS } from "./units.ts";

/** JSON Schemas of the YAML files, so that editors complete and check while an author types. */

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const DATE = "^\\d{4}-\\d{2}-\\d{2}$";
const NAME = "^(?!__)[\\p{L}_][\\p{L}\\p{N}_]*$";
const text = { type: "string" };
const flag = { type: "boolean" };
const scalar = { type: ["string", "number", "boolean"] };
const dated = (value: Json): Json => ({
  type: "object",
  patternProperties: { [DATE]: value },
  additionalProperties: false,
  minProperties: 1,
});
const unit = { type: "string", description: `单位：${UNIT_WORDS}` };

const RULE: Record<string, Json> = {
  code: { ...text, description: "接口里的名字" },
  label: { ...text, description: "显示的名字，默认同名" },
  entity: { enum: ["家庭", "成员"], description: "是家庭的还是每个成员的" },
  period: { enum: ["月"] },
  type: { enum: TYPES },
  unit,
  choices: { type: "array", items: text, description: "文字的可选值" },
  nullable: { ...flag, description: "可以为空（已知没有）" },
  reference: { ...text, description: "依据：文件和条" },
  description: text,
  input: { ...flag, description: "由人填报的事实" },
  question: { ...text, description: "问群众的话" },
  self_check: { ...flag, description: "政策自测里问" },
  when: { ...text, description: "满足时才问（FEEL）" },
  assume: { description: "政策自测可以假定的值，决定时不用" },
  unrecorded: { description: "没有登记就是这个值" },
  min: { type: "number" },
  max: { type: "number" },
  material: { ...text, description: "证明材料" },
  help: text,
  formula: {
    description: "公式（FEEL），每个生效日期一条",
    anyOf: [dated({ type: ["string", "number", "boolean"] }), scalar],
  },
  table: {
    description: "决策表：每种情形恰好一行",
    anyOf: [dated({ $ref: "#/$defs/rows" }), { $ref: "#/$defs/rows" }],
  },
  since: { type: "string", pattern: DATE, description: "公式或表不分日期时的生效日期" },
  round: { enum: Object.keys(ROUNDINGS), description: "金额怎么取整" },
};

const PARAMETER: Record<string, Json> = {
  code: text,
  label: text,
  unit,
  type: { enum: TYPES },
  by: { anyOf: [text, { type: "array", items: text }], description: "按哪个事实取值" },
  choices: { type: "array", items: text },
  values: {
    ...(dated({ type: ["object", "string", "number", "boolean"] }) as object),
    description: "每个生效日期一个值；可写 文号、note、unverified",
  },
  derived: { type: "object", description: "由别的标准推出：{ from: 低保标准, times: 1.3, round: up_yuan }" },
  last_review: { type: "string", pattern: DATE },
  reference: text,
  description: text,
};

const only = (all: Record<string, Json>, keys: Iterable<string>): Json =>
  Object.fromEntries([...keys].map((k) => [k, all[k] ?? {}]));

const facts = { type: "object", additionalProperties: { type: ["string", "number", "boolean", "null"] } };

/** The schema of one kind of file. */
export function schemaOf(kind: "rules" | "parameters" | "examples"): Json {
  const head = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: { rules: "规则", parameters: "参数和标准", examples: "例子" }[kind],
  };
  if (kind === "rules") {
    const entry = {
      type: "object",
      properties: only(RULE, [...COMMON, ...INPUT, ...COMPUTED]),
      required: ["entity", "type"],
      additionalProperties: false,
    };
    return {
      ...head,
      type: "object",
      properties: { 说明: text, description: text },
      patternProperties: { [NAME]: { anyOf: [entry, text] } },
      additionalProperties: false,
      $defs: {
        rows: { type: "array", minItems: 1, items: { type: "object", additionalProperties: scalar } },
      },
    };
  }
  if (kind === "parameters") {
    const entry = { type: "object", properties: only(PARAMETER, KEYS), additionalProperties: false };
    return {
      ...head,
      type: "object",
      properties: { 说明: text, description: text },
      patternProperties: { [NAME]: { anyOf: [entry, text] } },
      additionalProperties: false,
    };
  }
  const example = {
    type: "object",
    properties: {
      name: text,
      month: { type: "string", pattern: "^\\d{4}-\\d{2}$" },
      county: text,
      household: facts,
      members: { type: "array", items: facts },
      expect: { type: "object" },
      missing: { type: "array", items: text },
    },
    required: ["name"],
    additionalProperties: false,
  };
  return {
    ...head,
    type: "object",
    properties: {
      month: { type: "string", pattern: "^\\d{4}-\\d{2}$" },
      county: text,
      defaults: {
        type: "object",
        properties: { household: facts, member: facts },
        additionalProperties: false,
      },
      examples: { type: "array", items: example },
    },
    required: ["examples"],
    additionalProperties: false,
  };
}
