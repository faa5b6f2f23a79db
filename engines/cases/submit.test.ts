import { DomainError, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  application,
  file,
  type House,
  idOf,
  OTHER_TOWN,
  OUTSIDER,
  openHouse,
  residentOf,
  step,
  TOWN,
  TOWNSHIP,
} from "./testing/house.ts";

let h: House;
beforeAll(async () => {
  h = await openHouse();
});
afterAll(() => h.t.close());

const submit = (app = application(), actor = TOWNSHIP, id = newId()) =>
  h.as(actor, (tx) => h.cases.submit(tx, { id, application: app }));
const fault = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error("nothing was refused");
  return error;
};
const fields = (e: DomainError) =>
  (e.details as { fields?: { field: string; message: string }[] }).fields?.map((f) => f.field) ?? [e.field];
const rows = async (table: string) =>
  (await h.t.owner<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;

describe("提交申请", () => {
  it("在一个事务里立人、立户、记事实、记账户、备案，并给受理编号", async () => {
    const app = application({
      account: { bankName: "农商银行", accountNo: "6217 0012 3456 7890", holderName: "张三" },
      relatives: [{ staffName: "王镇", unit: "荣家湾镇", relation: "表兄" }],
    });
    const id = newId();
    const done = await submit(app, TOWNSHIP, id);
    expect(done).toMatchObject({ id, number: "岳阳县互助〔2024〕1号" });
    expect(done.trackingHint).toContain("后 6 位");
    const page = await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id));
    expect(page).toMatchObject({
      state: "submitted",
      version: 1,
      relative: true,
      divisionName: "荣家湾镇友爱社区",
    });
    expect(page.members.map((m) => [m.name, m.relation, m.counted])).toEqual([
      ["张三", "本人", true],
      ["李四妹", "配偶", true],
    ]);
    expect(page.facts.map((f) => [f.subject, f.label, f.text, f.source])).toContainEqual([
      "李四妹",
      "月收入",
      "300.00 元",
      "本人申报",
    ]);
    expect(await rows("bank_account")).toBe(1);
    expect(await rows("relative_filing")).toBe(1);
  });

  it("同一编号再提交一次，是同一件", async () => {
    const id = newId();
    const app = application();
    const first = await submit(app, TOWNSHIP, id);
    const before = await rows("case_file");
    expect(await submit(app, TOWNSHIP, id)).toEqual(first);
    expect(await rows("case_file")).toBe(before);
  });

  it("两次同时提交同一编号，只有一件", async () => {
    const id = newId();
    const app = application();
    const [a, b] = await Promise.all([submit(app, TOWNSHIP, id), submit(app, TOWNSHIP, id)]);
    expect(a).toEqual(b);
  });

  it("所有错误一次说全，逐项指到栏目，什么都没写", async () => {
    const before = await rows("person");
    const same = idOf("1980-01-01");
    const app = application(
      {
        divisionCode: "430621999",
        address: "",
        applicantKey: "m9",
        household: { savings: -1, rents: false },
        account: { bankName: "", accountNo: "12", holderName: "" },
        agent: { name: "", idNo: "1", phone: "2", relation: "", consent: false },
        commitments: ["lease"],
        materials: [{ code: "proof", fileId: "x", name: "a" }],
        authorised: null,
      },
      [
        { idNo: "430621196005010011", facts: { income: 99_999_999_999, student: false } },
        { name: "", idNo: same, relation: "邻居", phone: "123" },
        { name: "王五", idNo: same, relation: "子女", facts: {} },
        { name: "赵六", idNo: "430621196013010019", relation: "父母" },
      ],
    );
    const e = await fault(submit(app));
    expect(e.code).toBe("invalid-input");
    expect(fields(e).sort()).toEqual(
      [
        "divisionCode",
        "divisionCode",
        "address",
        "applicantKey",
        "household.savings",
        "account.bankName",
        "account.accountNo",
        "account.holderName",
        "agent.name",
        "agent.idNo",
        "agent.phone",
        "agent.relation",
        "agent.consent",
        "commitments.0",
        "materials.0.fileId",
        "members.0.idNo",
        "members.0.facts.income",
        "members.1.name",
        "members.1.relation",
        "members.1.phone",
        "members.2.idNo",
        "members.2.facts.income",
        "members.3.idNo",
      ].sort(),
    );
    expect(await rows("person")).toBe(before);
  });

  it("没有户主、两个户主、只有空名单，各有说明", async () => {
    const noHead = await fault(submit(application({}, [{ relation: "配偶" }])));
    expect(noHead.message).toContain("没有户主");
    const two = await fault(submit(application({}, [{}, { relation: "本人" }])));
    expect(fields(two)).toEqual(["members.1.relation"]);
    const nobody = await fault(submit(application({}, [])));
    expect(fields(nobody)).toContain("members");
  });

  it("没见过的栏目、过长的文字都退回到那一栏", async () => {
    const app = application({ address: "长".repeat(201), household: { savings: 1, rents: false, hack: 1 } });
    expect(fields(await fault(submit(app)))).toEqual(["address", "household.hack"]);
  });

  it("成员在另一户的，指出是第几位；什么都没留下", async () => {
    const wife = idOf("1970-02-02");
    await submit(application({}, [{}, { name: "李四妹", idNo: wife, relation: "配偶" }]));
    const before = await rows("person");
    const e = await fault(
      submit(application({}, [{ name: "钱七" }, { name: "李四妹", idNo: wife, relation: "配偶" }])),
    );
    expect([e.code, e.field]).toEqual(["already-exists", "members"]);
    const other = {
      ...application({}, [{ name: "钱七" }, { name: "李四妹", idNo: wife, relation: "配偶" }]),
    };
    await h.t.owner("update case_file set is_open = false");
    const elsewhere = await fault(submit(other));
    expect([elsewhere.code, elsewhere.field]).toEqual(["member-elsewhere", "members.1.idNo"]);
    expect(await rows("person")).toBe(before);
  });

  it("同一号码另一个姓名被拒绝，并说出办法", async () => {
    const idNo = idOf("1975-03-03");
    await submit(application({}, [{ idNo }]));
    await h.t.owner("update case_file set is_open = false");
    const e = await fault(submit(application({}, [{ idNo, name: "张叁" }])));
    expect([e.code, e.field]).toEqual(["duplicate-person", "members.0.idNo"]);
  });

  it("同样的成员再申请沿用原户；登记在册的成员漏填要补上；新添的成员并入", async () => {
    const [a, b] = [idOf("1966-01-01"), idOf("1967-01-01")];
    const couple = () => [
      { name: "周一", idNo: a },
      { name: "周二", idNo: b, relation: "配偶" },
    ];
    const first = await file(h, application({}, couple()));
    const home = async (id: string) => (await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id))).householdId;
    await step(h, TOWNSHIP, first, "withdraw", { reason: "家里另有安排" });
    const second = await file(h, application({}, couple()));
    expect(await home(second)).toBe(await home(first));
    await step(h, TOWNSHIP, second, "withdraw", { reason: "家里另有安排" });
    const e = await fault(submit(application({}, couple().slice(0, 1))));
    expect(e.message).toContain("周* 没有列入申请");
    const third = await file(
      h,
      application({}, [...couple(), { name: "周小", birthDate: "2015-05-05", relation: "子女" }]),
    );
    expect(await home(third)).toBe(await home(first));
    expect((await h.as(TOWNSHIP, (tx) => h.cases.page(tx, third))).members).toHaveLength(3);
  });

  it("有在办件或正在享受的人不能再申请", async () => {
    const idNo = idOf("1961-01-01");
    await submit(application({}, [{ name: "吴九", idNo }]));
    const again = await fault(submit(application({}, [{ name: "吴九", idNo }])));
    expect([again.code, again.message]).toEqual(["already-exists", expect.stringContaining("互助〔2024〕")]);
    await h.t.owner("update case_file set is_open = false");
    const [person] = await h.t.owner<{ id: string }>("select id from person where name = '吴九'");
    h.live.add(person?.id as string);
    expect((await fault(submit(application({}, [{ name: "吴九", idNo }])))).message).toContain("正在享受");
  });

  it("辖区外的地址、别的乡镇已登记的家庭都不受理", async () => {
    const e = await fault(submit(application({ divisionCode: OTHER_TOWN })));
    expect(fields(e)).toEqual(["divisionCode"]);
    const idNo = idOf("1962-01-01");
    await submit(application({}, [{ name: "郑十", idNo }]));
    await h.t.owner("update case_file set is_open = false");
    const moved = await fault(
      submit(application({ divisionCode: OTHER_TOWN }, [{ name: "郑十", idNo }]), OUTSIDER),
    );
    expect(moved.message).toContain("荣家湾镇");
  });
});

describe("居民自己申请", () => {
  it("登录人是家庭成员：申请成立，本人看得见，别的居民看不见", async () => {
    const idNo = idOf("1985-01-01");
    await submit(application({ divisionCode: TOWN }, [{ name: "何一", idNo }]));
    await h.t.owner("update case_file set is_open = false");
    const [me] = await h.t.owner<{ id: string }>("select id from person where name = '何一'");
    const resident = residentOf(me?.id as string);
    const app = application({ channel: "resident" }, [{ name: "何一", idNo }]);
    const id = newId();
    await submit(app, resident, id);
    const page = await h.as(resident, (tx) => h.cases.page(tx, id));
    expect(page).toMatchObject({ channel: "resident", applicant: { name: "何一" }, assessment: null });
    expect((await h.as(resident, (tx) => h.cases.listMine(tx))).map((r) => r.id)).toContain(id);
    const stranger = residentOf(newId(), 51);
    expect((await fault(h.as(stranger, (tx) => h.cases.page(tx, id)))).code).toBe("not-found");
    expect((await fault(submit(app, stranger, id))).code).toBe("already-exists");
  });

  it("替别人申请要有代办人信息，而且代办人就是登录的人", async () => {
    const agentId = idOf("1990-01-01");
    await submit(application({ divisionCode: TOWN }, [{ name: "代办", idNo: agentId }]));
    const [agent] = await h.t.owner<{ id: string }>("select id from person where name = '代办'");
    const actor = residentOf(agent?.id as string, 52);
    const bare = await fault(submit(application({}, [{ name: "老人" }]), actor));
    expect(bare.field).toBe("agent");
    const consent = { name: "代办", phone: "13800001234", relation: "侄子", consent: true };
    const other = await fault(
      submit(application({ agent: { ...consent, idNo: idOf("1991-01-01") } }, [{ name: "老人" }]), actor),
    );
    expect(other.field).toBe("agent.idNo");
    const id = newId();
    await submit(application({ agent: { ...consent, idNo: agentId } }, [{ name: "老人" }]), actor, id);
    const page = await h.as(actor, (tx) => h.cases.page(tx, id));
    expect(page.agent).toEqual({ name: "代办", relation: "侄子" });
    const [row] = await h.t.owner<{ agent: Buffer }>(
      "select agent_sealed as agent from case_file where id = $1",
      [id],
    );
    expect(row?.agent.includes("13800001234")).toBe(false);
  });
});

describe("个人事项", () => {
  it("不立户，事实记在本人和本件上", async () => {
    const before = await rows("household");
    const id = await file(
      h,
      application(
        { item: "toy-longevity", household: { byRelative: true }, authorised: null, commitments: [] },
        [{ name: "王婆", birthDate: "1930-01-01", facts: { resident: true } }],
      ),
    );
    expect(await rows("household")).toBe(before);
    const page = await h.as(TOWNSHIP, (tx) => h.cases.page(tx, id));
    expect(page).toMatchObject({ householdId: null, assessment: { eligible: true, amountFen: 20_000 } });
  });

  it("按个人申请的只收一位", async () => {
    const app = application({ item: "toy-longevity", household: {}, commitments: [] }, [
      { facts: { resident: true } },
      { relation: "本人", facts: { resident: true } },
    ]);
    expect(fields(await fault(submit(app)))).toContain("members");
  });
});

describe("草稿", () => {
  it("存、取、改、删；封存在库里；别人取不到", async () => {
    const me = residentOf(null, 60);
    const id = newId();
    const save = (application: Record<string, unknown>) =>
      h.as(me, (tx) => h.cases.drafts.save(tx, id, { item: "toy-aid", application }));
    await save({ members: [{ name: "写到一半" }] });
    await save({ members: [{ name: "写到一半了" }] });
    expect((await h.as(me, (tx) => h.cases.drafts.get(tx, id))).application).toEqual({
      members: [{ name: "写到一半了" }],
    });
    const [row] = await h.t.owner<{ body: Buffer }>("select body_sealed as body from case_draft");
    expect(row?.body.toString("utf8")).not.toContain("写到一半");
    const other = residentOf(null, 61);
    expect(await h.as(other, (tx) => h.cases.drafts.list(tx))).toEqual([]);
    expect((await fault(h.as(other, (tx) => h.cases.drafts.get(tx, id)))).code).toBe("not-found");
    const steal = h.as(other, (tx) => h.cases.drafts.save(tx, id, { item: "toy-aid", application: {} }));
    expect((await fault(steal)).code).toBe("not-found");
    await h.as(me, (tx) => h.cases.drafts.remove(tx, id));
    expect(await h.as(me, (tx) => h.cases.drafts.list(tx))).toEqual([]);
  });
});
