import { describe, expect, it } from "vitest";
import { NO_ANSWERS } from "../check/sequence.ts";
import { applicationOf, placeErrors } from "./application.ts";
import { carryOver } from "./carry.ts";
import {
  addMember,
  changeForm,
  changeMember,
  changePage,
  draftOf,
  fillingFromDraft,
  removeMember,
  withInitials,
} from "./model.ts";
import { adultsOf, problemsOf } from "./problems.ts";
import { papersOf, stepsOf } from "./steps.ts";
import { begun, CHEN, complete, TODAY, toy, WANG } from "./toy.ts";

const keys = (f = begun()) => stepsOf(toy, f).map((s) => s.key);
const problems = (f: ReturnType<typeof begun>) =>
  stepsOf(toy, f).flatMap((s) => problemsOf(toy, s, f, TODAY).map((e) => `${s.key}: ${e.field}`));

describe("the pages of an application", () => {
  it("come from the declaration, one question a page", () => {
    expect(keys()).toEqual([
      "who",
      "applicant",
      "family",
      "address",
      "h.garden",
      "m.sings",
      "account",
      "relatives",
      "materials",
      "authorise",
      "review",
    ]);
  });
  it("grow with the answers: a question appears when its condition holds", () => {
    const f = changeForm(begun(), { household: { garden: true } });
    expect(keys(f)).toContain("h.gardenFen");
    expect(keys(changeMember(f, "m1", { facts: { sings: true } }))).toContain("m.song");
  });
  it("ask a question only of those whom it concerns", () => {
    const two = addMember(begun());
    const f = changeMember(changeMember(two, "m1", { facts: { sings: true } }), "m2", {
      facts: { sings: false },
    });
    const step = stepsOf(toy, f).find((s) => s.key === "m.song");
    expect(step?.kind === "member" && step.members.map((m) => m.key)).toEqual(["m1"]);
  });
  it("leave out the helper's page for staff, who are not agents", () => {
    expect(keys(begun("village"))[0]).toBe("applicant");
    expect(begun("village").form.channel).toBe("village");
  });
  it("ask for a paper only when it is needed, and never for what the government holds", () => {
    const with_ = changeForm(begun(), { household: { garden: true } });
    expect(papersOf(toy, begun()).asked.map((m) => m.code)).toEqual(["photo"]);
    expect(papersOf(toy, with_).asked.map((m) => m.code)).toEqual(["score", "photo"]);
    expect(papersOf(toy, with_).lookedUp.map((m) => m.code)).toEqual(["id"]);
  });
});

describe("what is wrong", () => {
  it("nothing, when everything is filled in", () => {
    expect(problems(complete())).toEqual([]);
  });
  it("is found at its page and field", () => {
    expect(problems(begun())).toEqual([
      "who: for",
      "applicant: name",
      "applicant: idNo",
      "applicant: phone",
      "address: divisionCode",
      "address: address",
      "address: areaClass",
      "h.garden: garden",
      "m.sings: m1.sings",
      "account: bankName",
      "account: accountNo",
      "account: holderName",
      "relatives: relatives",
      "authorise: sign.m1",
      "review: truthful",
    ]);
  });
  it("names the second of two equal numbers", () => {
    const f = changeMember(addMember(complete()), "m2", {
      name: "陈建",
      idNo: CHEN,
      relation: "子女",
      facts: { sings: false },
    });
    expect(problems(f)).toEqual(["family: m2.idNo"]);
  });
  it("asks the helper for consent, and that he is not the applicant himself", () => {
    const agent = { name: "李四", idNo: CHEN, phone: "13900001234", relation: "邻居", consent: false };
    const f = changePage(changeForm(complete(), { agent }), { forOther: true });
    expect(problems(f)).toEqual(["who: consent", "applicant: idNo"]);
  });
  it("lets a needed paper be promised or handed in later, but not forgotten", () => {
    const f = changeForm(complete(), { household: { garden: true, gardenFen: 0 } });
    expect(problems(f)).toEqual(["materials: material.score"]);
    expect(problems(changeForm(f, { commitments: ["score"] }))).toEqual([]);
    expect(problems(changePage(f, { later: ["score"] }))).toEqual([]);
  });
  it("keeps half-typed money as text and says so", () => {
    const f = changeForm(complete(), { household: { garden: true, gardenFen: "12元多" } });
    expect(problems(changePage(f, { later: ["score"] }))).toEqual(["h.gardenFen: gardenFen"]);
  });
  it("asks every adult to sign, not the children", () => {
    const f = changeMember(addMember(changeMember(addMember(complete()), "m2", { idNo: WANG })), "m3", {
      idNo: "430621201505060012",
    });
    expect(adultsOf(f, TODAY).map((m) => m.key)).toEqual(["m1", "m2"]);
  });
});

describe("what is sent", () => {
  it("is clean: trimmed, full numbers, no answers to questions that are not asked", () => {
    const sent = applicationOf(toy, complete(), "授权文字");
    expect(sent.members).toEqual([
      {
        key: "m1",
        name: "陈建国",
        idNo: CHEN,
        relation: "本人",
        phone: "13800001234",
        facts: { sings: true, song: "山歌" },
      },
    ]);
    expect(sent.household).toEqual({ garden: false });
    expect(sent.authorised?.text).toBe("授权文字");
    expect(sent.agent).toBeNull();
  });
  it("drops papers, promises and relatives that no longer belong to it", () => {
    const f = changeForm(complete(), {
      commitments: ["score"],
      materials: [{ code: "score", fileId: "x", name: "谱.jpg" }],
      relatives: [{ staffName: "张三", unit: "村委会", relation: "兄弟" }],
    });
    const sent = applicationOf(toy, f, "");
    expect([sent.commitments, sent.materials, sent.relatives]).toEqual([[], [], []]);
  });
  it("survives a draft word for word", () => {
    const f = { ...complete(), step: "account" };
    const back = fillingFromDraft(begun(), JSON.parse(JSON.stringify(draftOf(f))));
    expect(applicationOf(toy, back, "")).toEqual(applicationOf(toy, f, ""));
    expect([back.step, back.page]).toEqual([f.step, f.page]);
  });
  it("forgets the signature of a member who leaves", () => {
    const f = addMember(complete());
    const signers = [
      ...(f.form.authorised?.signers ?? []),
      { key: "m2", signature: { name: "王", fileId: null } },
    ];
    const left = removeMember(changeForm(f, { authorised: { text: "", signers } }), "m2");
    expect(left.form.authorised?.signers.map((s) => s.key)).toEqual(["m1"]);
  });
});

describe("what the server complains about", () => {
  it("leads to the page where it is mended", () => {
    const f = addMember(changeForm(complete(), { household: { garden: true } }));
    const at = (field: string) => placeErrors([{ field, message: "" }], stepsOf(toy, f), f)[0]?.step;
    expect(
      [
        "members.0.idNo",
        "members.1.idNo",
        "members.m2.name",
        "members.1.facts.sings",
        "household.gardenFen",
        "application.account.accountNo",
        "agent.idNo",
        "divisionCode",
        "authorised.signers.0.signature",
        "materials.0.code",
        "relatives.0.unit",
        "elsewhere",
      ].map(at),
    ).toEqual([
      "applicant",
      "family",
      "family",
      "m.sings",
      "h.gardenFen",
      "account",
      "who",
      "address",
      "authorise",
      "materials",
      "relatives",
      undefined,
    ]);
  });
});

describe("self-check answers carried over", () => {
  const answers = {
    ...NO_ANSWERS,
    household: { 有菜园: true, 别的: 1 },
    people: [
      { label: "您本人", facts: { 会唱歌: true } },
      { label: "配偶", facts: { 会唱歌: false } },
    ],
  };
  it("fill the fields of the same facts and add the people", () => {
    const f = carryOver(toy, begun(), answers);
    expect(f.form.household).toEqual({ garden: true });
    expect(f.form.members.map((m) => [m.relation, m.facts])).toEqual([
      ["本人", { sings: true }],
      ["配偶", { sings: false }],
    ]);
  });
  it("come before what the declaration proposes", () => {
    const proposing = {
      ...toy,
      form: { ...toy.form, household: toy.form.household.map((x) => ({ ...x, initial: false })) },
    };
    const f = withInitials(proposing, carryOver(proposing, begun(), answers));
    expect(f.form.household.garden).toBe(true);
    expect(withInitials(proposing, begun()).form.household.garden).toBe(false);
  });
  it("never overwrite what was filled in", () => {
    expect(carryOver(toy, complete(), answers).form.household.garden).toBe(false);
  });
  it("take one person for a person's item", () => {
    expect(carryOver({ ...toy, subject: "person" }, begun(), answers).form.members).toHaveLength(1);
  });
});
