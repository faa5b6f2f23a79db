/** The fields that every application has, as declared fields, so that they are typed and checked like the others. */
import type { Field } from "../app/types.ts";
import { t } from "../texts/index.ts";

const text = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  name,
  label,
  type: "text",
  required: true,
  max: 50,
  ...more,
});

export const agentFields = (): Field[] => [
  text("agentName", t("who.agentName")),
  text("agentIdNo", t("who.agentIdNo"), { type: "resident-id" }),
  text("agentPhone", t("who.agentPhone"), { type: "phone" }),
  text("agentRelation", t("who.agentRelation"), { max: 30, help: t("who.agentRelationHelp") }),
];
export const applicantFields = (): Field[] => [
  text("name", t("person.name")),
  text("idNo", t("person.idNo"), { type: "resident-id" }),
  text("phone", t("person.phone"), { type: "phone", help: t("person.phoneHelp") }),
];
export const memberFields = (relations: readonly string[]): Field[] => [
  text("name", t("person.name")),
  text("idNo", t("person.idNo"), { type: "resident-id" }),
  {
    name: "relation",
    label: t("person.relation"),
    type: "choice",
    required: true,
    choices: relations.map((r) => ({ value: r, label: r })),
  },
];
export const addressFields = (): Field[] => [
  { name: "divisionCode", label: t("address.division"), type: "division", required: true },
  text("address", t("address.detail"), { max: 200, help: t("address.detailHelp") }),
  {
    name: "areaClass",
    label: t("address.areaClass"),
    type: "choice",
    required: true,
    choices: [
      { value: "农村", label: t("address.rural") },
      { value: "城市", label: t("address.urban") },
    ],
  },
];
export const accountFields = (): Field[] => [
  text("bankName", t("account.bank"), { max: 60, min: 2 }),
  text("accountNo", t("account.number"), { type: "bank-account" }),
  text("holderName", t("account.holder"), { help: t("account.holderHelp") }),
];
export const relativeFields = (): Field[] => [
  text("staffName", t("relatives.name")),
  text("unit", t("relatives.unit"), { max: 100 }),
  text("relation", t("relatives.relation"), { max: 30 }),
];
