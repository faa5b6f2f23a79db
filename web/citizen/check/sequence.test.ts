import { describe, expect, it } from "vitest";
import type { Question } from "../app/types.ts";
import {
  answerHousehold,
  answerPerson,
  type CheckAnswers,
  checkInput,
  checkPages,
  fieldOf,
  NO_ANSWERS,
  peopleOf,
} from "./sequence.ts";

const question = (fact: string, entity: Question["entity"], more: Partial<Question> = {}): Question => ({
  fact,
  entity,
  question: `${fact}？`,
  help: null,
  type: "money",
  unit: null,
  choices: [],
  ...more,
});
const relation = question("与户主关系", "member", {
  type: "choice",
  choices: [
    { value: "本人", label: "本人" },
    { value: "配偶", label: "配偶" },
  ],
});
const household = {
  subject: "household" as const,
  questions: [question("存款", "household"), relation, question("工资", "member")],
  form: { relations: ["本人", "配偶", "子女"] },
};
const couple: CheckAnswers = {
  ...NO_ANSWERS,
  people: [
    { label: "您本人", facts: {} },
    { label: "配偶", facts: {} },
  ],
};

describe("the pages of a self-check", () => {
  it("asks who lives together first and never asks the relation again", () => {
    expect(checkPages(household).map((p) => (p.kind === "people" ? "people" : p.question.fact))).toEqual([
      "people",
      "存款",
      "工资",
    ]);
  });
  it("keeps a question's key when others before it are left out, so that an address stays the same question", () => {
    expect(checkPages(household).map((p) => p.key)).toEqual(["people", "1", "3"]);
  });
  it("asks one person only about himself", () => {
    const person = { ...household, subject: "person" as const, questions: [question("工资", "member")] };
    expect(checkPages(person).map((p) => p.kind)).toEqual(["question"]);
    expect(peopleOf(person, couple, "您本人")).toHaveLength(1);
  });
  it("types a question as a field of the form would be", () => {
    expect(fieldOf(question("存款", "household", { unit: "元", help: "都算" }))).toEqual({
      name: "存款",
      label: "存款？",
      type: "money",
      help: "都算",
      unit: "元",
      choices: [],
    });
  });
});

describe("the answers", () => {
  it("go to the server by person, with the relation from the list of people", () => {
    const answered = answerPerson(answerPerson(couple, 0, "工资", 120_000), 1, "工资", 0);
    expect(checkInput(household, answerHousehold(answered, "存款", 500_000), "您本人")).toEqual({
      household: { 存款: 500_000 },
      members: [
        { 工资: 120_000, 与户主关系: "本人" },
        { 工资: 0, 与户主关系: "配偶" },
      ],
    });
  });
  it("leave out what another item asked", () => {
    const answered = answerHousehold(answerPerson(couple, 0, "年龄", 80), "房屋", 1);
    expect(checkInput(household, answered, "您本人")).toEqual({
      household: {},
      members: [{ 与户主关系: "本人" }, { 与户主关系: "配偶" }],
    });
  });
  it("say one person even when nobody was listed", () => {
    expect(checkInput(household, NO_ANSWERS, "您本人").members).toHaveLength(1);
  });
  it("forget an emptied answer, and that one was unsure about it", () => {
    const unsure = { ...answerHousehold(couple, "存款", 1), unsure: ["存款", "工资"] };
    const emptied = answerHousehold(unsure, "存款", undefined);
    expect(emptied.household).toEqual({});
    expect(emptied.unsure).toEqual(["工资"]);
  });
});
