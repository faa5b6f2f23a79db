import type { ItemView } from "@wuxin/contract";
import { residentIdWithCheck } from "@wuxin/kernel";
import { expect, test } from "vitest";
import { adults, applicationOf, emptyFilling, newMember, paperNeeded, problemsOf } from "./application.ts";

const TODAY = "2026-11-22";
const father = residentIdWithCheck("43062119780312001");
const daughter = residentIdWithCheck("43062120150312002");

/** A toy item: what the form does must not depend on any real one. */
const item = {
  code: "toy",
  subject: "household",
  form: {
    household: [
      { name: "car", label: "有车", type: "boolean", required: true },
      { name: "use", label: "用途", type: "text", required: true, visible: { field: "car", is: true } },
    ],
    member: [{ name: "wage", label: "月工资", type: "money", required: true, min: 0 }],
    relations: ["本人", "子女"],
    materials: [
      { code: "shared", title: "户口簿", required: true, obtainedBySharing: true },
      { code: "income", title: "收入证明", required: { field: "wage", atLeast: 1 } },
    ],
    account: true,
    authorisation: true,
    relativeFiling: true,
  },
} as unknown as ItemView;

function filled() {
  const f = emptyFilling(item, "village", "430621100201");
  const first = f.members[0] ?? newMember("本人");
  f.address = "三组 8 号";
  f.areaClass = "农村";
  f.members = [{ ...first, name: "张三", idNo: father, facts: { wage: 150_000 } }];
  f.household = { car: false };
  f.account = { bankName: "农商银行", accountNo: "6217001234567890", holderName: "张三" };
  return f;
}

test("a village worker's form begins in his own village and by his own channel", () => {
  const f = emptyFilling(item, "village", "430621100201");
  expect(f.divisionCode).toBe("430621100201");
  expect(f.channel).toBe("village");
  expect(emptyFilling(item, "township", "430621").divisionCode).toBe("");
});

test("wrong fields are named by the path that the server uses", () => {
  const f = filled();
  f.members.push({ ...newMember("子女"), name: "张小三", idNo: father, facts: { wage: -1 } });
  f.household = { car: true };
  f.agent = { name: "李四", idNo: father, phone: "13800001234", relation: "邻居", consent: false };
  const wrong = problemsOf(item, f, TODAY);
  expect([...wrong.keys()]).toEqual([
    "members.1.facts.wage",
    "members.1.idNo",
    "household.use",
    "agent.consent",
  ]);
  expect(wrong.get("members.1.idNo")).toBe("与第 1 位成员的身份证号码相同，一个人只填一次。");
  expect([...problemsOf(item, filled(), TODAY)]).toEqual([]);
});

test("hidden answers, empty phones and empty signatures are not sent", () => {
  const f = filled();
  f.household = { car: false, use: "运货" };
  f.signatures = { [f.applicantKey]: { name: "", fileId: null } };
  const sent = applicationOf(item, f);
  expect(sent.household).toEqual({ car: false });
  expect("phone" in (sent.members[0] ?? {})).toBe(false);
  expect(sent.authorised).toBeNull();
  f.signatures = { [f.applicantKey]: { name: "张三", fileId: null } };
  expect(applicationOf(item, f).authorised?.signers).toEqual([
    { key: f.applicantKey, signature: { name: "张三", fileId: null } },
  ]);
});

test("only adults sign, and papers that offices share are not asked for", () => {
  const f = filled();
  f.members.push({ ...newMember("子女"), name: "张小三", idNo: daughter, facts: { wage: 0 } });
  expect(adults(f, TODAY).map((m) => m.name)).toEqual(["张三"]);
  const [shared, income] = item.form.materials;
  expect(shared && paperNeeded(shared, f)).toBe(false);
  expect(income && paperNeeded(income, f)).toBe(true);
});
