/** Shapes of the contract under the names these pages use. Types only: no schema reaches the browser. */
import type { Contract, Output } from "@wuxin/contract";

export type County = Output<Contract["getCounty"]>;
export type CountyBrief = Output<Contract["listCounties"]>[number];
export type Division = Output<Contract["listDivisions"]>[number];
export type ItemBrief = Output<Contract["listItems"]>[number];
export type Item = Output<Contract["getItem"]>;
export type Question = Item["questions"][number];
export type CheckResult = Output<Contract["selfCheck"]>;
export type WholeCheck = Output<Contract["wholeCheck"]>;
export type Benefit = WholeCheck["benefits"][number];
export type Explained = CheckResult["explanation"];
export type Session = Output<Contract["getSession"]>;
export type CaseRow = Output<Contract["listMyCases"]>[number];
export type CasePage = Output<Contract["getCase"]>;
export type NextAction = CasePage["actions"][number];
export type Clock = CasePage["clocks"][number];
export type Step = Output<Contract["trackCase"]>["steps"][number];
export type Notice = Output<Contract["listPublicity"]>[number];
export type { Application } from "@wuxin/contract";
export type { ApiProblem } from "@wuxin/contract/client";
export type { Choice, Field, FieldError, FieldValue, Scalar, Signature, Values } from "@wuxin/declare";
