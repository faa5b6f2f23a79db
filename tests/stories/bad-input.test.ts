/** What people get wrong, and what is tried on purpose: a sentence at the field, and nothing half-written. */
import { DEMO_PASSWORD } from "@wuxin/demo";
import type { ApplicationInput } from "@wuxin/engines/cases";
import { DomainError, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, idNo, MARCH, type Office, OPINION, openOffice, PNG } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

/** Everything that a refused request could have left behind. */
const TABLES = [
  "person",
  "household",
  "household_member",
  "bank_account",
  "fact",
  "case_file",
  "case_action",
  "document",
  "stored_file",
  "outbox",
];
async function left(): Promise<Record<string, number>> {
  const counts = TABLES.map((t) => `(select count(*)::int from ${t}) as ${t}`);
  const [row] = await h.t.owner<Record<string, number>>(`select ${counts.join(", ")}`);
  return row ?? {};
}
interface Wrong {
  readonly field: string;
  readonly message: string;
}
/** Refused, with every wrong field named; nothing was written. */
async function refused(
  work: () => Promise<unknown>,
): Promise<{ code: string; fields: Wrong[]; message: string }> {
  const before = await left();
  const error = await work().then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(await left()).toEqual(before);
  if (!(error instanceof DomainError)) throw error ?? new Error("nothing was refused");
  const { fields } = (error.details ?? {}) as { fields?: Wrong[] };
  return {
    code: error.code,
    message: error.message,
    fields: fields ?? (error.field ? [{ field: error.field, message: error.message }] : []),
  };
}
const submit = (form: ApplicationInput, id?: string) => () => o.submit("zhen", form, id);
const withMember = (
  form: ApplicationInput,
  i: number,
  more: Partial<ApplicationInput["members"][number]>,
) => ({
  ...form,
  members: form.members.map((m, n) => (n === i ? { ...m, ...more } : m)),
});

describe("填错的申请表", () => {
  let form: ApplicationInput;
  beforeEach(() => {
    h.clock.set("2024-03-04");
    form = o.form(family("毛国强", 120_000));
  });
  const fieldOf = async (bad: ApplicationInput) => (await refused(submit(bad))).fields;

  test("身份证校验位错一位：指着那一位家人的号码说", async () => {
    const right = form.members[1]?.idNo ?? "";
    const last = right.endsWith("X") ? "0" : "X";
    const [wrong] = await fieldOf(withMember(form, 1, { idNo: right.slice(0, 17) + last }));
    expect(wrong).toMatchObject({ field: "members.1.idNo", message: expect.stringContaining("校验") });
  });

  test("出生日期不存在、或者在今天以后", async () => {
    const impossible = "43062119850231001";
    const [day] = await fieldOf(withMember(form, 0, { idNo: `${impossible}5` }));
    expect(day).toMatchObject({ field: "members.0.idNo", message: expect.stringContaining("出生日期") });
    const [unborn] = await fieldOf(withMember(form, 2, { idNo: idNo("2024-03-05") }));
    expect(unborn).toMatchObject({ field: "members.2.idNo", message: expect.stringContaining("出生") });
  });

  test("同一个人填了两遍", async () => {
    const [wrong] = await fieldOf(withMember(form, 1, { idNo: form.members[0]?.idNo ?? "" }));
    expect(wrong).toEqual({
      field: "members.1.idNo",
      message: "与第 1 位成员的身份证号码相同，一个人只填一次。",
    });
  });

  test("号码已登记在另一个名字下", async () => {
    const known = alone("毛素珍", "1957-03-03");
    await o.submit("zhen", o.form(known));
    const error = await refused(submit(o.form([{ ...known[0]!, name: "毛素贞" }])));
    expect(error.code).toBe("duplicate-person");
    expect(error.fields[0]?.field).toMatch(/^members\.0\./);
  });

  test("没有户主、两个户主、户主不是申请人", async () => {
    const [none] = await fieldOf(withMember(form, 0, { relation: "其他" }));
    expect(none).toMatchObject({ field: "members.0.relation", message: expect.stringContaining("没有户主") });
    const [two] = await fieldOf(withMember(form, 1, { relation: "本人" }));
    expect(two).toMatchObject({
      field: "members.1.relation",
      message: expect.stringContaining("只能有一位"),
    });
    const [other] = await fieldOf({ ...form, applicantKey: "m1" });
    expect(other).toMatchObject({ field: "applicantKey" });
    const [empty] = await fieldOf({ ...form, members: [] });
    expect(empty).toMatchObject({ field: "members", message: expect.stringContaining("至少填写一位") });
  });

  test("金额是负数、大得离谱、不是整分", async () => {
    const wage = (value: number) =>
      withMember(form, 0, { facts: { ...form.members[0]?.facts, wage: value } });
    const [negative] = await fieldOf(wage(-1));
    expect(negative).toMatchObject({
      field: "members.0.facts.wage",
      message: expect.stringContaining("不能小于"),
    });
    const [absurd] = await fieldOf(wage(99_999_999_999));
    expect(absurd).toMatchObject({
      field: "members.0.facts.wage",
      message: expect.stringContaining("是否多写了零"),
    });
    const [half] = await fieldOf(wage(100.5));
    expect(half).toMatchObject({
      field: "members.0.facts.wage",
      message: expect.stringContaining("两位小数"),
    });
    const [assets] = await fieldOf({ ...form, household: { ...form.household, financialAssets: -500 } });
    expect(assets).toMatchObject({ field: "household.financialAssets" });
  });

  test("一次把每一处都说出来，不是改一处再报一处", async () => {
    const bad = {
      ...withMember(withMember(form, 0, { name: "毛国强3" }), 1, { idNo: "12345" }),
      address: "",
      account: { bankName: "", accountNo: "12ab", holderName: "" },
      agent: { name: "", idNo: "1", phone: "2", relation: "", consent: false },
    };
    const fields = (await fieldOf(bad)).map((f) => f.field);
    expect(fields).toEqual(
      expect.arrayContaining([
        "address",
        "members.0.name",
        "members.1.idNo",
        "account.bankName",
        "account.accountNo",
        "account.holderName",
        "agent.name",
        "agent.idNo",
        "agent.phone",
        "agent.consent",
      ]),
    );
  });

  test("一个人已在别人家里：说明是哪一位，两家都不动", async () => {
    const members = family("江世昌", 120_000);
    const first = await o.submit("zhen", o.form(members));
    await o.act("zhen", first, "withdraw", { reason: "材料没带齐，改日再来。" });
    const grown = [...family("江家德", 90_000), { ...members[2]!, relation: "未成年子女" }];
    const error = await refused(submit(o.form(grown)));
    expect(error.code).toBe("member-elsewhere");
    expect(error.message).toContain("“江小宝”现在是另一个家庭的成员");
    expect(error.fields[0]?.field).toBe("members.3.idNo");
  });

  test("一家人同时只能有一件申请", async () => {
    const members = family("孟德福", 120_000);
    await o.submit("zhen", o.form(members));
    const error = await refused(submit(o.form(members)));
    expect(error).toMatchObject({ code: "already-exists", message: expect.stringContaining("不能重复申请") });
  });

  test("十兆字的地址、姓名、说明：说太长了，最多多少字", async () => {
    const long = "长".repeat(10 * 1024 * 1024);
    const [address] = await fieldOf({ ...form, address: long });
    expect(address).toMatchObject({ field: "address", message: "住址最多 200 个字，请精简。" });
    const [name] = await fieldOf(withMember(form, 0, { name: long }));
    expect(name).toMatchObject({ field: "members.0.name", message: expect.stringContaining("最多 50 个字") });
    const caseId = await o.submit("zhen", form);
    const error = await refused(() =>
      o.act("zhen", caseId, "ask_supplement", { missing: long, by: "2024-03-20" }),
    );
    expect(error.fields).toMatchObject([
      { field: "missing", message: expect.stringContaining("最多 1000 个字，现在有 10485760 个") },
    ]);
    const resident = await o.resident("毛国强", form.members[0]?.idNo ?? "", "13907300011");
    const draft = await refused(() =>
      o.as(resident, (tx) =>
        h.house.cases.drafts.save(tx, newId(), { item: form.item, application: { note: long } }),
      ),
    );
    expect(draft.message).toContain("草稿内容过长");
  });

  test("重复点提交：同一个编号就是同一件申请，号码不会跳", async () => {
    const id = newId();
    const results = await Promise.all([1, 2, 3].map(() => o.submit("zhen", form, id)));
    expect(new Set(results)).toEqual(new Set([id]));
    const before = await left();
    await o.submit("zhen", form, id);
    expect(await left()).toEqual(before);
    const [cases] = await h.t.owner<{ n: number }>("select count(*)::int as n from case_file where id = $1", [
      id,
    ]);
    expect(cases?.n).toBe(1);
  });
});

describe("办理中的差错", () => {
  let caseId: string;
  beforeAll(async () => {
    h.clock.set(MARCH.submit);
    caseId = await o.submit("zhen", o.form(family("顾长林", 120_000)));
    h.clock.set(MARCH.accept);
  });

  test("两个人同时办一件：后到的人知道谁已经办了什么，自己的内容不丢、对方的不被盖", async () => {
    const seen = (await o.page("zhen2", caseId)).version;
    await o.act("zhen", caseId, "accept");
    const error = await refused(() =>
      o.as("zhen2", (tx) =>
        h.house.cases.act(tx, caseId, {
          id: newId(),
          version: seen,
          action: "ask_supplement",
          data: { missing: "户口簿", by: "2024-03-20" },
        }),
      ),
    );
    expect(error.code).toBe("stale-version");
    expect(error.message).toContain(
      "刘志强（乡镇经办）（乡镇（街道）经办）已于 2024-03-05 09:00 办理「受理」",
    );
    expect(error.message).toContain("没有丢失");
    expect((await o.page("zhen2", caseId)).stateLabel).toBe("调查核对");
  });

  test("重复点办理：只办一次，只有一份文书", async () => {
    const { version } = await o.page("zhen", caseId);
    const id = newId();
    h.clock.set(MARCH.survey);
    const twice = () =>
      o.as("zhen", (tx) =>
        h.house.cases.act(tx, caseId, { id, version, action: "survey", data: o.survey(MARCH.survey) }),
      );
    const [a, b] = await Promise.all([twice(), twice()]);
    expect([a.version, b.version]).toEqual([version + 1, version + 1]);
    const page = await o.page("zhen", caseId);
    expect(page.documents.filter((d) => d.code === "survey-form")).toHaveLength(1);
    expect(page.history.filter((x) => x.action === "survey")).toHaveLength(1);
  });

  test("入户日期写成了将来、写成了不存在的日子、少一个调查人", async () => {
    const survey = (more: object) =>
      refused(() => o.act("zhen", caseId, "survey", { ...o.survey(MARCH.survey), ...more }));
    expect((await survey({ on: "2024-03-31" })).fields).toEqual([
      { field: "on", message: "「入户日期」不能晚于今天（2024-03-07）。" },
    ]);
    expect((await survey({ on: "2024-02-30" })).fields[0]).toMatchObject({
      field: "on",
      message: expect.stringContaining("不是有效日期"),
    });
    expect((await survey({ investigators: [o.ref("zhen")] })).fields[0]?.message).toBe(
      "「调查人（至少两人）」至少要 2 人。",
    );
    const strangers = [o.ref("zhen"), { id: newId(), name: "查无此人" }];
    expect((await survey({ investigators: strangers })).fields[0]?.message).toContain(
      "不是本县在册的工作人员",
    );
  });

  test("没有的动作、轮不到的动作、别人的动作，都说明白为什么不能", async () => {
    const why = async (who: "zhen" | "xian" | "cun" | "shenji", action: string, data = {}) =>
      (await refused(() => o.act(who, caseId, action, data))).message;
    expect(await why("zhen", "abolish")).toContain("没有这个动作");
    expect(await why("xian", "confirm")).toContain("本件现在是「调查核对」，不在可以办这一步的环节");
    expect(await why("cun", "opinion", OPINION)).toContain("这一步由乡镇（街道）经办办理");
    expect(await why("shenji", "opinion", OPINION)).toContain("您的身份是审计监督");
  });

  test("还有成年家人没签授权书，不能受理", async () => {
    const form = o.form(family("秦春生", 120_000));
    const unsigned = await o.submit("zhen", {
      ...form,
      authorised: { signers: form.authorised?.signers.slice(0, 1) ?? [], text: form.authorised?.text ?? "" },
    });
    await expect(o.act("zhen", unsigned, "accept")).rejects.toThrow("还没有签署核对授权书");
  });

  test("受理后孩子满了十八岁：没有他本人的授权就不能核对，被拒的这一次留在审计里", async () => {
    const [father, mother] = family("阎国平", 120_000);
    const son = {
      name: "阎小宝",
      idNo: idNo("2006-03-10"),
      relation: "未成年子女",
      facts: { ableToWork: false },
    };
    h.clock.set("2024-03-04");
    const id = await o.submit("zhen", o.form([father!, mother!, son]));
    h.clock.set("2024-03-05");
    await o.act("zhen", id, "accept");
    h.clock.set("2024-03-11");
    const error = await refused(() => o.act("zhen", id, "request_verification", { scope: ["户籍"] }));
    expect(error).toMatchObject({
      code: "not-authorised",
      message: expect.stringContaining("还缺 阎小宝 的签名授权"),
    });
    const trail = await o.as("shenji", (tx) => h.house.audit.list(tx, { page: 1, size: 20, objectId: id }));
    expect(trail.rows.map((r) => r.actionLabel)).toContain("无授权核对被拒绝");
  });
});

describe("附件和登录", () => {
  test("文件不是它名字说的那种、空的、太大的、不收的", async () => {
    const save = (name: string, bytes: Uint8Array) =>
      refused(() => o.as("zhen", (tx) => h.house.documents.saveFile(tx, { id: newId(), name, bytes })));
    expect((await save("收入证明.pdf", PNG)).message).toBe(
      "“收入证明.pdf”的内容其实是 PNG 图片，与文件名不符。请用原来的文件，或按真实格式保存后再上传。",
    );
    expect((await save("照片.jpg", Buffer.from("<html>"))).message).toContain("不是 JPG 图片");
    expect((await save("空.png", Buffer.alloc(0))).message).toContain("空文件");
    expect((await save("病毒.exe", Buffer.from("MZ"))).message).toContain("只收 PDF、JPG");
    const big = Buffer.concat([PNG, Buffer.alloc(20 * 1024 * 1024)]);
    expect(await save("大.png", big)).toMatchObject({
      code: "file-too-large",
      message: expect.stringContaining("超过 20 MB"),
    });
  });

  test("别人的文件、没传上来的文件，不能当自己的材料交", async () => {
    const fileId = newId();
    await o.as("linzhen", (tx) =>
      h.house.documents.saveFile(tx, { id: fileId, name: "证明.png", bytes: PNG }),
    );
    h.clock.set("2024-03-04");
    const form = o.form(alone("袁兰英", "1953-03-03"), {
      commitments: [],
      materials: [{ code: "income", fileId, name: "证明.png" }],
    });
    expect(await refused(submit(form))).toMatchObject({ code: "not-found" });
  });

  test("填到一半登录过期：要重新登录，草稿一个字不少，别人拿不到", async () => {
    h.clock.set("2024-03-04");
    const members = family("陶明辉", 120_000);
    const phone = await o.resident(members[0]!.name, members[0]!.idNo, "13907300012");
    const { db, access, cases } = h.house;
    const login = { county: o.county, loginName: "13907300012", password: DEMO_PASSWORD };
    const session = await access.login(db, login);
    const half = {
      item: "subsistence-allowance",
      step: 3,
      members: [{ name: "陶明辉", idNo: "4306" }],
      note: "半句话",
    };
    const draftId = newId();
    await o.as({ actor: session.actor }, (tx) =>
      cases.drafts.save(tx, draftId, { item: "subsistence-allowance", application: half }),
    );
    h.clock.set(new Date("2024-03-04T11:05:00+08:00")); // two hours later: an hour of silence ends a session
    expect(await access.sessionOf(db, o.county, session.token)).toBeUndefined();
    const again = await access.login(db, login);
    const draft = await o.as({ actor: again.actor }, (tx) => cases.drafts.get(tx, draftId));
    expect(draft.application).toEqual(half);
    const other = await o.resident("陶立新", idNo("1983-03-03"), "13907300013");
    await expect(o.as(other, (tx) => cases.drafts.get(tx, draftId))).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await o.as(other, (tx) => cases.drafts.list(tx))).toEqual([]);
    expect(phone.actor.personId).toBe(again.actor.personId);
    // At rest it is sealed.
    const [row] = await h.t.owner<{ body: Buffer }>(
      "select body_sealed as body from case_draft where id = $1",
      [draftId],
    );
    expect(row?.body.toString("utf8")).not.toContain("陶明辉");
  });

  test("名册的回盘不是表格、改了金额、漏了合计：一笔也不装", async () => {
    await o.award(alone("龚腊梅", "1950-05-05"), MARCH);
    h.clock.set("2024-04-08");
    const rosterId = newId();
    await o.as("xian", (tx) => h.house.payments.generate(tx, { id: rosterId, month: "2024-04" }));
    await o.signAll(rosterId);
    const bytes = await o.bankAnswers(rosterId, () => ({
      outcome: "paid",
      paidOn: "2024-04-08",
      bankSerial: "1",
    }));
    const load = (fileName: string, content: Buffer) =>
      refused(() =>
        o.as("caiwu", (tx) =>
          h.house.payments.loadReturn(tx, rosterId, { id: newId(), fileName, bytes: content }),
        ),
      );
    const text = bytes.toString("utf8");
    const cut = Buffer.from(text.split("\r\n").slice(0, 2).join("\r\n"), "utf8");
    const raised = Buffer.from(text.replaceAll("84000", "94000"), "utf8");
    expect((await load("回盘.csv", PNG)).code).toBe("bad-return-file");
    expect((await load("回盘.xlsx", bytes)).message).toContain("内容却是 CSV");
    expect((await load("回盘.csv", cut)).message).toContain("没有“合计”行");
    expect((await load("回盘.csv", raised)).message).toContain("与报送的 840.00 元不一致");
    const page = await o.as("xian", (tx) => h.house.payments.page(tx, rosterId));
    expect(page).toMatchObject({ paid: 0, failed: 0, returns: [] });
  });
});
