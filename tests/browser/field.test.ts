/** The worker's phone: a day with the network cut, two people at one field, a phone that was lost. */
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { systemActor } from "@wuxin/platform";
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, test } from "vitest";
import { idNo, PHOTO, says, scribble, type } from "./hands.ts";
import { houseOfFile, look, settled, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const HERE = { latitude: 29.3702, longitude: 113.1289, accuracy: 20 };
const HERE_TOLD = { latitude: HERE.latitude, longitude: HERE.longitude };
const FINDING = "腿脚不好要人扶，夜里咳得厉害";
const FIRST_LOAD_MOST = 40 * 1024;

/** Everything that a page of this origin left in the browser, as whoever holds the phone would read it. */
async function storageOf(page: Page): Promise<{ names: string[]; cached: string[]; text: string }> {
  return (await page.evaluate(`(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    const read = (v) => {
      if (v instanceof ArrayBuffer || ArrayBuffer.isView(v)) {
        const bytes = v instanceof ArrayBuffer ? new Uint8Array(v) : new Uint8Array(v.buffer);
        texts.push(new TextDecoder("utf-8").decode(bytes), new TextDecoder("utf-16le").decode(bytes));
      } else if (v && typeof v === "object") for (const [k, x] of Object.entries(v)) { texts.push(k); read(x); }
      else texts.push(String(v));
    };
    const names = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
      for (const store of db.objectStoreNames) {
        const all = (what) => new Promise((done) => {
          const r = db.transaction(store).objectStore(store)[what](); r.onsuccess = () => done(r.result);
        });
        const keys = await all("getAllKeys");
        if (store === "records") names.push(...keys);
        texts.push(...keys.map(String));
        (await all("getAll")).forEach(read);
      }
      db.close();
    }
    const cached = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(request.url);
        texts.push(request.url, await (await cache.match(request, { ignoreVary: true })).text());
      }
    }
    return { names, cached, text: texts.join("\\n") };
  })()`)) as { names: string[]; cached: string[]; text: string };
}

story("走访手机", () => {
  const open = houseOfFile();
  let cun: Page;
  let title = "";

  beforeAll(async () => {
    const { house } = open();
    await house.db.transact(systemActor(YUEYANG), (tx) => house.duties.generate(tx));
  });

  /** A phone whose clock is the house's, with a place to tell. */
  async function newPhone(): Promise<Page> {
    const page = await open().phone();
    const context = page.context();
    await context.clock.install({ time: open().clock.now() });
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(HERE);
    await page.goto("/field/");
    return page;
  }
  async function login(page: Page, name: string): Promise<void> {
    await page.getByTestId("login").waitFor();
    await page.getByLabel("县（区）").selectOption(YUEYANG);
    await page.getByLabel("登录名").fill(name);
    await password(page, "登录");
    await page.getByTestId("today").waitFor();
    await says(page.getByTestId("net"), "在线");
  }
  async function password(page: Page, verb: string): Promise<void> {
    await page.getByLabel("密码").fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: verb, exact: true }).click();
  }

  /** Somebody whom only the care visit asks for. */
  const careStop = (page: Page) => page.getByTestId("stop").filter({ hasText: "老年人探访关爱" }).first();
  /** The first choice of everything that must be answered, also of what an answer opens. */
  async function fillRequired(page: Page): Promise<void> {
    const open = page
      .locator("fieldset[data-testid^=field-]:not(:has(input:checked))")
      .filter({ hasNotText: "可不填" });
    while ((await open.count()) > 0) await open.first().locator(".option").first().click();
    for (const text of await page.locator(".field:has(textarea)").filter({ hasNotText: "可不填" }).all())
      await text.locator("textarea").fill("一切都好");
  }
  async function changeContact(page: Page, phone: string): Promise<void> {
    await page.getByRole("button", { name: /^[改填]紧急联系人电话$/ }).click();
    await page.getByTestId("field-contactPhone").locator("input").fill(phone);
  }

  /** The care visit that was done falls due once more. */
  const askAgain = () =>
    open().t.owner(
      `insert into duty (county_code, id, duty, subject_id, person_id, household_id, division_code, period, reason,
         opened_on, due_on, state)
       select county_code, gen_random_uuid(), duty, subject_id, person_id, household_id, division_code, 'x' || gen_random_uuid(),
         reason, opened_on, due_on, 'open' from duty d where county_code = $1 and visit_id = (select v.id from visit v
         join duty done on done.county_code = v.county_code and done.visit_id = v.id
         where v.county_code = $1 and v.latitude is not null order by v.at desc limit 1) limit 1`,
      [YUEYANG],
    );

  test("第一次打开只要几十 KB；网页只许和本系统来往", async () => {
    const folder = path.join(inject("wuxinFilled")?.pages ?? "", "field");
    const page = fs.readFileSync(path.join(folder, "index.html"), "utf8");
    const files = [...page.matchAll(/(?:src|href)="\/field\/([^"]+)"/g)].map((m) => m[1] as string);
    const bytes = ["index.html", ...files].map((f) => gzipSync(fs.readFileSync(path.join(folder, f))).length);
    expect(files.filter((f) => f.startsWith("assets/"))).toHaveLength(2);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(FIRST_LOAD_MOST);
    const reply = await fetch(`${open().base}/field/`);
    expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await fetch(`${open().base}/field/sw.js`)).headers.get("cache-control")).toBe("no-cache");
  });

  test("村里的人登录，看到今天的清单", async () => {
    cun = await newPhone();
    await cun.getByTestId("login").waitFor();
    await look(cun, "field-login");
    await login(cun, "cun");
    expect(await cun.getByTestId("stop").count()).toBeGreaterThan(0);
    expect(await overflow(cun)).toBe(0);
    await look(cun, "field-today");
  });

  test("断网后重开：输密码打开，清单还在；填到一半再重开，写下的都在", async () => {
    await cun.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
    await cun.context().setOffline(true);
    await cun.reload();
    await cun.getByTestId("locked").waitFor();
    await look(cun, "field-locked");
    await cun.getByLabel("密码").fill("bu-dui-de-mi-ma");
    await cun.getByRole("button", { name: "打开" }).click();
    await says(cun.getByRole("alert"), "还可以试 4 次");
    await password(cun, "打开");
    await says(cun.getByTestId("net"), "离线");
    title = await careStop(cun).locator("h2").innerText();
    await careStop(cun).getByRole("button", { name: "开始走访" }).click();
    await cun.getByTestId("visit").waitFor();
    await cun.getByTestId("submit-visit").click();
    await says(cun.getByRole("alert"), "没有填好");
    await look(cun, "field-visit-wrong");
    await fillRequired(cun);
    await cun.getByTestId("field-careNote").locator("textarea").fill(FINDING);
    await says(cun.getByTestId("kept"), "已存在本机");
    await cun.reload();
    await password(cun, "打开");
    await cun.getByRole("button", { name: "接着填" }).click();
    expect(await cun.getByTestId("field-careNote").locator("textarea").inputValue()).toBe(FINDING);
    await says(cun.getByTestId("place"), "误差约 20 米");
  });

  test("照片、签名、改档案，断网照样提交，留在本机等着", async () => {
    await cun.getByTestId("photos").locator("input[type=file]").setInputFiles(PHOTO);
    await cun.getByTestId("shot").locator("img").waitFor();
    await scribble(cun.getByTestId("signature").locator("canvas"));
    await cun.getByTestId("keep-signature").click();
    await says(cun.getByTestId("signature"), "已签名");
    await changeContact(cun, "15400000101");
    expect(await overflow(cun)).toBe(0);
    await look(cun, "field-visit");
    await cun.getByTestId("submit-visit").click();
    await says(cun.getByTestId("queued"), "有网自动上传");
    await says(cun.getByTestId("net"), "离线 · 1 条待传");
    await look(cun, "field-queued");
  });

  test("手机里存的东西，没有密码一个字也读不出来", async () => {
    const kept = await storageOf(cun);
    expect(kept.names).toContain("list");
    expect(kept.names.filter((n) => n.startsWith("queue/"))).toHaveLength(1);
    expect(kept.names.filter((n) => n.startsWith("picture/"))).toHaveLength(2);
    expect(kept.cached.filter((url) => url.includes("/api/"))).toEqual([]);
    const { house } = open();
    const people = await house.db.transact(systemActor(YUEYANG), async (tx) => {
      const rows = await tx.query<{ id: string }>("select id from person where county_code = app_county()");
      return [
        ...(
          await house.registry.disclose(
            tx,
            rows.map((r) => r.id),
            "测试",
          )
        ).values(),
      ];
    });
    const secrets = people.flatMap((p) => [p.idNo, p.phone]).filter((s): s is string => s !== null);
    expect(secrets.length).toBeGreaterThan(10);
    const [name = ""] = title.split("家");
    for (const secret of [...secrets, name, FINDING, "15400000101", DEMO_PASSWORD])
      expect(kept.text).not.toContain(secret);
    // What was looked through is what is there: the page itself can be read in it.
    expect(kept.text).toContain("五心走访");
  });

  test("有网就传；回话丢了再传一次，还是同一次走访、同样两张图", async () => {
    const { house } = open();
    let lost = 0;
    for (const url of ["**/api/files*", "**/api/field/visits"])
      await cun.route(
        url,
        async (route) => {
          await route.fetch();
          lost++;
          await route.abort();
        },
        { times: 1 },
      );
    await cun.context().setOffline(false);
    for (let n = 0; n < 3 && (await cun.getByTestId("outcome").count()) === 0; n++) {
      await cun.getByTestId("sync").click();
      await settled(cun);
    }
    expect(lost).toBe(2);
    const outcome = cun.getByTestId("outcome");
    await says(outcome, title);
    await says(outcome, "这次走访已经收到过");
    await says(cun.getByTestId("net"), /^在线$/);
    await look(cun, "field-sent");
    const [seen] = await house.db.read(systemActor(YUEYANG), (tx) => house.duties.recent(tx));
    const page = await house.db.transact(systemActor(YUEYANG), (tx) => house.duties.page(tx, seen?.id ?? ""));
    expect(page.lines).toContainEqual({ label: "还想说的", text: FINDING });
    expect(page.photos).toHaveLength(1);
    expect(page.signatureId).not.toBeNull();
    expect(page.place).toEqual({ ...HERE_TOLD, accuracyM: 20 });
    const files = await open().t.owner("select from stored_file where case_id = $1", [page.id]);
    expect(files).toHaveLength(2);
    expect((await storageOf(cun)).names.filter((n) => n.startsWith("picture/"))).toEqual([]);
  });

  test("两部手机断网改同一户：各自上传后，说法不同的一处一处摆出来，由人选；没有碰头的照写", async () => {
    await askAgain();
    await cun.getByTestId("sync").click();
    const other = await newPhone();
    await login(other, "zhen");
    const door = (phone: Page) =>
      phone
        .getByTestId("stop")
        .filter({ has: phone.getByRole("heading", { name: title, exact: true }) })
        .filter({ hasText: "老年人探访关爱" });
    await door(cun).waitFor();
    await door(other).waitFor();
    for (const [phone, contact, note] of [
      [cun, ["王婶", "15400000201"], ""],
      [other, ["李叔", "15400000202"], "耳朵背，说话要大声"],
    ] as const) {
      await phone.context().setOffline(true);
      await door(phone).getByRole("button", { name: "开始走访" }).click();
      await phone.getByTestId("submit-visit").waitFor();
      await fillRequired(phone);
      await phone.getByRole("button", { name: /^[改填]紧急联系人$/ }).click();
      await phone.getByTestId("field-contact").locator("input").fill(contact[0]);
      await changeContact(phone, contact[1]);
      if (note) {
        await phone.getByRole("button", { name: /^[改填]平时要注意的$/ }).click();
        await phone.getByTestId("field-livingNote").locator("textarea").fill(note);
      }
      await says(phone.getByTestId("kept"), "已存在本机");
      await phone.getByTestId("submit-visit").click();
      await says(phone.getByTestId("net"), "离线 · 1 条待传");
    }
    await cun.context().setOffline(false);
    await says(cun.getByTestId("outcome").first(), "档案已更新：紧急联系人、紧急联系人电话");
    await other.context().setOffline(false);
    const outcome = other.getByTestId("outcome").first();
    await says(outcome, "档案已更新：平时要注意的");
    await says(outcome, "走访照样存档");
    const conflicts = other.getByTestId("conflict");
    await says(conflicts.filter({ hasText: "「紧急联系人」有两个说法" }), /王婶.*李叔/s);
    expect(await conflicts.count()).toBe(2);
    await look(other, "field-conflict");
    const use = (label: string, said: string) =>
      conflicts
        .filter({ hasText: `「${label}」有两个说法` })
        .locator(".told", { hasText: said })
        .getByRole("button", { name: "用这个" })
        .click();
    await use("紧急联系人", "王婶");
    await expect.poll(() => conflicts.count()).toBe(1);
    await use("紧急联系人电话", "15400000202");
    await expect.poll(() => conflicts.count()).toBe(0);
    const { house } = open();
    const card = await house.db.read(systemActor(YUEYANG), async (tx) => {
      const [seen] = await house.duties.recent(tx);
      return house.duties.card(tx, seen?.subjectId ?? "");
    });
    expect(["contact", "contactPhone", "livingNote"].map((f) => card.values[f]?.value)).toEqual([
      ...["王婶", "15400000202", "耳朵背，说话要大声"],
    ]);
    await other.context().close();
  });

  test("去过的地方断网也画在图上，一点就导航；清单很长：手机先放最急的三百户，说清还有多少没取，点一下再取；控制台分页", async () => {
    const h = open();
    const [known] = await h.t.owner<{ person_id: string; division_code: string }>(
      `select person_id, division_code from duty d where county_code = $1 and starts_with(division_code,
         (select scope from account a where a.county_code = d.county_code and login_name = 'cun')) limit 1`,
      [YUEYANG],
    );
    // Where a phone has been before there is a point on the plan, also without a network.
    await askAgain();
    await cun.getByTestId("sync").click();
    await settled(cun);
    await cun.context().setOffline(true);
    await cun.getByRole("button", { name: "看地图" }).click();
    expect(await cun.getByTestId("plan").locator(".door").count()).toBe(1);
    expect(await cun.locator(".stops a.button").first().getAttribute("href")).toBe(
      `geo:${HERE.latitude},${HERE.longitude}?q=${HERE.latitude}%2C${HERE.longitude}`,
    );
    expect(await overflow(cun)).toBe(0);
    await look(cun, "field-plan");
    await cun.context().setOffline(false);
    await cun.getByRole("button", { name: "按时限" }).click();
    await h.t.owner(
      `insert into duty (county_code, id, duty, subject_id, person_id, division_code, period, reason, opened_on, due_on, state)
       select $1, gen_random_uuid(), 'care-visit', gen_random_uuid(), $2, $3, 'x' || n, '独居', '2026-06-01', '2026-07-31', 'open'
       from generate_series(1, 320) n`,
      [YUEYANG, known?.person_id, known?.division_code],
    );
    await cun.getByTestId("sync").click();
    const beyond = cun.getByTestId("beyond");
    await says(beyond, "最急的 300 户");
    expect(await cun.getByTestId("stop").count()).toBe(300);
    expect(await overflow(cun)).toBe(0);
    await beyond.getByRole("button", { name: "再取一批" }).click();
    await beyond.waitFor({ state: "detached" });
    expect(await cun.getByTestId("stop").count()).toBeGreaterThan(320);
    const desk = await h.desk(YUEYANG, "zhen", "/visits");
    await settled(desk);
    expect(await desk.getByTestId("visits-due").locator("tbody tr").count()).toBe(50);
    await desk.getByTestId("visits-due").locator(".ant-pagination-item-7").click();
    await says(desk.getByTestId("visits-due"), "2026-07-31");
    await look(desk, "field-visits-paged");
    await h.t.owner("delete from duty where county_code = $1 and period like 'x%'", [YUEYANG]);
  });

  test("断网替群众填一份申请：漏填的标红，拍照、签字，手机上读不出一个字；有网提交成办件，再报一次被退回并写明出路", async () => {
    const h = open();
    const applicant = { name: "贺演示", idNo: idNo(YUEYANG, "1950-03-01", 7) };
    await settled(cun);
    await cun.context().setOffline(true);
    const takings = cun.getByTestId("takings");
    const form = cun.getByTestId("taking");
    const begin = async () => {
      await takings.getByRole("button", { name: "替群众填一份申请" }).click();
      await takings
        .getByTestId("choose-item")
        .getByRole("button", { name: /^最低生活保障/ })
        .click();
      await form.waitFor();
    };
    const fill = async () => {
      await form.getByTestId("submit-taking").click();
      await says(form.getByRole("alert"), "没有填好");
      await cun.getByTestId("field-address").locator("input").fill("新民街 9 号");
      await cun.getByTestId("field-members.0.name").locator("input").fill(applicant.name);
      await cun.getByTestId("field-members.0.idNo").locator("input").fill(applicant.idNo);
      await fillRequired(cun);
      const empty = form.locator(".field:has(.error) input[type=text]");
      while ((await empty.count()) > 0) await empty.first().fill("0");
    };
    await begin();
    await form.getByTestId("submit-taking").click();
    await look(cun, "field-taking-wrong");
    await fill();
    const paper = form.locator("[data-testid^=paper-]").first();
    await paper.locator("input[type=file]").setInputFiles(PHOTO);
    await paper.locator("img").waitFor();
    const signer = form.getByTestId(`signer-${applicant.name}`);
    await scribble(signer.locator("canvas"));
    await signer.getByTestId("keep-signature").click();
    await says(signer, "已签名");
    expect(await overflow(cun)).toBe(0);
    await look(cun, "field-taking");
    await cun.reload();
    await password(cun, "打开");
    await takings.getByRole("button", { name: "接着填" }).click();
    await form.getByTestId("submit-taking").click();
    await says(takings, "有网自动提交");
    await says(cun.getByTestId("net"), "离线 · 1 条待传");
    await look(cun, "field-taking-queued");
    const kept = await storageOf(cun);
    expect(kept.names.filter((n) => n.startsWith("apply/"))).toHaveLength(1);
    for (const secret of [applicant.name, applicant.idNo, "新民街 9 号"])
      expect(kept.text).not.toContain(secret);

    await cun.context().setOffline(false);
    await says(cun.getByTestId("outcome").first(), "编号");
    const cases = () =>
      h.t.owner<{ id: string; channel: string; files: number }>(
        `select id, channel, (select count(*)::int from stored_file f where f.case_id = c.id) as files from case_file c
         where county_code = $1 and applicant_name = $2`,
        [YUEYANG, applicant.name],
      );
    expect(await cases()).toMatchObject([{ channel: "village", files: 2 }]);
    expect((await storageOf(cun)).names.filter((n) => /^(apply|picture)/.test(n))).toEqual([]);

    await begin();
    await fill();
    await form.getByTestId("submit-taking").click();
    const row = takings.getByTestId("taking-row");
    await says(row, "没有收下");
    await look(cun, "field-taking-refused");
    await row.getByRole("button", { name: "打开来改" }).click();
    await says(form.getByRole("alert"), "没有收下");
    await form.getByRole("button", { name: "回到清单" }).click();
    await row.getByRole("button", { name: "不报了" }).click();
    await row.getByRole("button", { name: "删掉，不能恢复" }).click();
    await row.waitFor({ state: "detached" });
    expect(await cases()).toHaveLength(1);
  });

  test("一天没有联网，密码也打不开，名单从手机上删掉", async () => {
    await cun.context().setOffline(true);
    await cun.clock.fastForward("25:00:00");
    await says(cun.getByTestId("message"), "超过一天没有联网");
    await look(cun, "field-day-over");
    expect((await storageOf(cun)).names).toEqual([]);
    await cun.reload();
    await cun.getByTestId("login").waitFor();
    await cun.context().setOffline(false);
  });

  test("乡镇停用丢失的手机，写明原因；手机锁着也一样，一联网就清空", async () => {
    const h = open();
    await h.later("2026-06-11");
    await cun.clock.setSystemTime(h.clock.now());
    await cun.reload();
    await login(cun, "cun");
    // A clock that went back hours opens nothing either, and the phone says why.
    await cun.clock.setSystemTime(new Date(h.clock.now().getTime() - 5 * 3_600_000));
    await cun.clock.runFor(61_000);
    await says(cun.getByTestId("message"), "比上次联网时还早");
    await cun.clock.setSystemTime(h.clock.now());
    await login(cun, "cun");
    expect((await storageOf(cun)).names).toEqual(["list"]);
    // What is begun and not sent goes as well.
    await cun.getByTestId("takings").getByRole("button", { name: "替群众填一份申请" }).click();
    await cun.getByTestId("choose-item").getByRole("button").first().click();
    await cun.getByTestId("field-members.0.name").locator("input").fill("丢演示");
    await expect.poll(async () => (await storageOf(cun)).names.length).toBe(2);
    await cun.context().setOffline(true);
    await cun.reload();
    await cun.getByTestId("locked").waitFor();
    const desk = await h.desk(YUEYANG, "zhen", "/phones");
    // The one heard of last.
    await desk.getByTestId("cut-off").first().click();
    const form = desk.getByTestId("drawer-form");
    await type(form, "reason", "手机掉在河里了");
    await look(desk, "field-cut-off");
    await desk.getByTestId("submit").click();
    await says(desk.getByTestId("phone-list"), "已停用");
    await says(desk.getByTestId("phone-list"), "手机掉在河里了");
    await look(desk, "field-phones");
    await cun.context().setOffline(false);
    await says(cun.getByTestId("message"), "已被停用");
    expect((await storageOf(cun)).names).toEqual([]);
    await look(cun, "field-wiped");
    await password(cun, "登录");
    await says(cun.getByTestId("message"), "已被停用");
    expect((await storageOf(cun)).names).toEqual([]);
  });
});
