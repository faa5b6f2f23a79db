/** A toy item for the tests of these pages: no real benefit is named here. */
import type { ApplicationForm } from "@wuxin/declare";
import type { Session } from "../app/types.ts";
import { changeForm, changeMember, changePage, emptyFilling, type Filling } from "./model.ts";
import type { Applied } from "./steps.ts";

const form: ApplicationForm = {
  relations: ["本人", "配偶", "子女"],
  account: true,
  authorisation: true,
  relativeFiling: true,
  household: [
    { name: "garden", label: "菜园", type: "boolean", required: true, fact: "有菜园" },
    {
      name: "gardenFen",
      label: "卖菜收入",
      type: "money",
      required: true,
      fact: "卖菜收入",
      visible: { field: "garden", is: true },
    },
  ],
  member: [
    { name: "sings", label: "会唱歌", type: "boolean", required: true, fact: "会唱歌" },
    { name: "song", label: "什么歌", type: "text", visible: { field: "sings", is: true } },
  ],
  materials: [
    { code: "id", title: "身份证", obtainedBySharing: true, required: true },
    { code: "score", title: "歌谱", required: { field: "garden", is: true }, commitmentAllowed: true },
    { code: "photo", title: "照片" },
  ],
};
export const toy: Applied & { readonly code: string } = { code: "toy", subject: "household", form };
export const TODAY = "2026-11-21";
export const CHEN = "430621194805061234";
export const WANG = "430621195007081243";

export const session = (role: "resident" | "village" = "resident"): Session => ({
  account: {
    id: "a1",
    name: "陈建国",
    loginName: "13800001234",
    role,
    scope: "430621",
    scopeName: "岳阳县",
    personId: null,
    totpEnabled: false,
  },
  county: { code: "430621", name: "岳阳县", fullName: "湖南省岳阳市岳阳县", bureauName: "岳阳县民政局" },
  demo: true,
  expiresAt: "2026-11-22T00:00:00Z",
});

export const begun = (role: "resident" | "village" = "resident"): Filling =>
  emptyFilling({ id: "f1", item: toy, county: "430621", session: session(role), now: `${TODAY}T00:00:00Z` });

/** Everything filled in for one person living alone. */
export function complete(): Filling {
  const named = changeMember(begun(), "m1", {
    name: " 陈建国 ",
    idNo: "43062119480506 1234",
    phone: "13800001234",
    facts: { sings: true, song: "山歌" },
  });
  return changePage(
    changeForm(named, {
      divisionCode: "430621100",
      address: "一组 12 号",
      areaClass: "农村",
      household: { garden: false, gardenFen: 100 },
      account: { bankName: "农商银行", accountNo: "6217001234567891234", holderName: "陈建国" },
      authorised: { text: "同意", signers: [{ key: "m1", signature: { name: "陈建国", fileId: null } }] },
    }),
    { forOther: false, relatives: false, truthful: true },
  );
}
