import { newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAudit } from "./index.ts";
import { canonicalEntry, detailText, scrub } from "./model.ts";
import { AUDIT_CANONICAL_SQL } from "./store.ts";

const COUNTY = "430621";
const system = systemActor(COUNTY);
const auditor: Actor = { ...system, accountId: newId(), name: "审计赵六", role: "auditor" };

let t: TestDatabase;
let now = new Date("2026-03-02T09:00:00+08:00");
const clock = { now: () => now, today: () => now.toISOString().slice(0, 10) };
const minutes = (n: number) => {
  now = new Date(now.getTime() + n * 60_000);
};

beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.close());

const open = () => createAudit({ clock, vault: t.vault });
async function tell(n: number, name = "李四") {
  const audit = open();
  await t.db.transact({ ...system, name, role: "township" }, async (tx) => {
    for (let i = 0; i < n; i++) {
      await audit.record(tx, {
        action: "person.read",
        object: "person",
        objectId: newId(),
        detail: `第 ${i + 1} 次`,
      });
    }
  });
}
const chainOf = async () => (await open().verify(t.db, COUNTY))[0];

describe("the trail", () => {
  test("is sealed in order and proves itself", async () => {
    await tell(3);
    expect(await chainOf()).toEqual({ name: "audit", entries: 3, unsealed: 3, ok: true, firstBroken: null });
    expect(await open().seal(t.db, COUNTY)).toBe(3);
    expect(await open().seal(t.db, COUNTY)).toBe(0);
    await tell(2);
    expect(await open().seal(t.db, COUNTY)).toBe(2);
    expect(await chainOf()).toEqual({ name: "audit", entries: 5, unsealed: 0, ok: true, firstBroken: null });
  });

  test("falls with the transaction that told it", async () => {
    const failing = t.db.transact(system, async (tx) => {
      await open().record(tx, { action: "person.read", object: "person" });
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect((await chainOf())?.entries).toBe(0);
  });

  test("cannot be changed or emptied by the application", async () => {
    await tell(1);
    await open().seal(t.db, COUNTY);
    for (const sql of [
      "update audit_entry set detail = 'x'",
      "delete from audit_entry",
      "truncate audit_entry",
      "update audit_seal set seq = 9",
      "delete from audit_seal",
      "delete from audit_head",
    ]) {
      await expect(t.db.transact(system, (tx) => tx.exec(sql))).rejects.toThrow(/permission denied/);
    }
  });

  test("two sealers at once make one chain", async () => {
    await tell(20);
    const added = await Promise.all([1, 2, 3, 4].map(() => open().seal(t.db, COUNTY)));
    expect(added.reduce((a, b) => a + b)).toBe(20);
    expect(await chainOf()).toMatchObject({ unsealed: 0, ok: true });
  });

  test("each county has its own chain, and sees no other", async () => {
    await tell(2);
    await t.db.transact(systemActor("420103"), (tx) =>
      open().record(tx, { action: "person.read", object: "person" }),
    );
    await open().seal(t.db, "420103");
    expect((await open().verify(t.db, "420103"))[0]).toMatchObject({ entries: 1, unsealed: 0, ok: true });
    expect(await chainOf()).toMatchObject({ entries: 2, unsealed: 2 });
    expect(
      await t.db.read(systemActor("420103"), (tx) => tx.query("select 1 from audit_entry")),
    ).toHaveLength(1);
  });
});

describe("tampering by somebody who may do everything in the database is named", () => {
  const idAt = async (seq: number) =>
    (
      await t.owner<{ id: string }>(
        "select entry_id as id from audit_seal where chain = 'audit' and seq = $1",
        [seq],
      )
    )[0]!.id;

  beforeEach(async () => {
    await tell(10);
    await open().seal(t.db, COUNTY);
  });

  test("a changed entry", async () => {
    const id = await idAt(4);
    await t.owner("update audit_entry set detail = '无事' where id = $1", [id]);
    expect(await chainOf()).toMatchObject({
      ok: false,
      firstBroken: `第 4 环断裂：记录内容被改动（记录 ${id}）。`,
    });
  });

  test("a changed entry with its digest put right", async () => {
    const id = await idAt(4);
    await t.owner("update audit_entry set actor_name = '别人' where id = $1", [id]);
    await t.owner(
      `update audit_seal s set entry_digest = sha256(convert_to(${AUDIT_CANONICAL_SQL}, 'UTF8'))
         from audit_entry t where t.id = s.entry_id and s.entry_id = $1`,
      [id],
    );
    const chain = await chainOf();
    expect(chain?.ok).toBe(false);
    expect(chain?.firstBroken).toContain("第 4 环断裂");
    expect(chain?.firstBroken).toContain(id);
  });

  test("a deleted entry, also with its seal", async () => {
    const id = await idAt(7);
    await t.owner("delete from audit_entry where id = $1", [id]);
    expect((await chainOf())?.firstBroken).toBe(`第 7 环断裂：记录被删除（记录 ${id}）。`);
    await t.owner("delete from audit_seal where entry_id = $1", [id]);
    expect((await chainOf())?.firstBroken).toContain("第 7 环缺失");
    await t.owner("update audit_seal set seq = seq - 1 where seq > 7");
    expect((await chainOf())?.firstBroken).toContain("第 7 环断裂：封存记录被改动或被替换");
  });

  test("the end cut off", async () => {
    await t.owner("delete from audit_entry where id in (select entry_id from audit_seal where seq > 8)");
    await t.owner("delete from audit_seal where seq > 8");
    expect((await chainOf())?.firstBroken).toContain("第 9 环缺失：链尾被截断");
    await t.owner("update audit_head set seq = 8, hash = (select hash from audit_seal where seq = 8)");
    expect((await chainOf())?.firstBroken).toBe("链尾登记被改动。");
  });

  test("everything removed", async () => {
    await t.owner("delete from audit_seal");
    await t.owner("delete from audit_entry");
    expect((await chainOf())?.firstBroken).toContain("第 1 环缺失");
  });

  test("an entry put in from outside is named and never sealed", async () => {
    const id = newId();
    await t.owner(
      `insert into audit_entry (county_code, id, at, account_id, person_id, actor_name, role, action, object, object_id, detail, mac)
       select county_code, $1, at, account_id, person_id, '冒名', role, action, object, object_id, detail, mac
         from audit_entry where id = $2`,
      [id, await idAt(5)],
    );
    expect(await open().seal(t.db, COUNTY)).toBe(0);
    const chain = await chainOf();
    expect(chain).toMatchObject({ ok: false, unsealed: 1 });
    expect(chain?.firstBroken).toContain(`不是由本系统写入的（记录 ${id}）`);
  });

  test("an entry moved to another place", async () => {
    const [last] = await t.owner<{ id: string }>("select entry_id as id from audit_seal where seq = 10");
    await t.owner("update audit_seal set seq = 99 where seq = 5");
    await t.owner("update audit_seal set seq = 5 where seq = 10");
    await t.owner("update audit_seal set seq = 10 where seq = 99");
    expect((await chainOf())?.firstBroken).toBe(`第 5 环断裂：封存记录被改动或被替换（记录 ${last?.id}）。`);
  });
});

describe("a chain of another engine's table", () => {
  const spec = {
    name: "payments",
    table: "toy_payment",
    orderBy: "position",
    canonicalSql: "concat(t.county_code, '|', t.id, '|', t.amount_fen)",
  };
  const chain = async () => {
    const audit = createAudit({ clock, vault: t.vault, settleMs: 0 });
    audit.registerChain(spec);
    return audit;
  };
  const report = async () => (await (await chain()).verify(t.db, COUNTY)).find((c) => c.name === "payments");

  beforeEach(async () => {
    await t.owner(`
      create table toy_payment (county_code text, id uuid, position bigint generated by default as identity, amount_fen bigint,
        primary key (county_code, id));
      alter table toy_payment owner to wuxin_owner;
      grant select, insert on toy_payment to wuxin_app`);
    await t.db.transact(system, async (tx) => {
      for (let i = 1; i <= 5; i++) {
        await tx.exec("insert into toy_payment (county_code, id, amount_fen) values ($1, $2, $3)", [
          COUNTY,
          newId(),
          i * 100,
        ]);
      }
    });
    await (await chain()).seal(t.db, COUNTY);
  });

  test("is sealed beside the trail and finds a changed amount", async () => {
    expect(await report()).toEqual({
      name: "payments",
      entries: 5,
      unsealed: 0,
      ok: true,
      firstBroken: null,
    });
    await t.owner("update toy_payment set amount_fen = 999 where position = 3");
    expect((await report())?.firstBroken).toContain("第 3 环断裂：记录内容被改动");
  });

  test("a row put in afterwards, in the middle, is named", async () => {
    // Another file's open transaction on the same server holds the settled mark back: as long as it takes.
    await vi.waitFor(
      async () => {
        await (await chain()).seal(t.db, COUNTY);
        const [head] = await t.owner<{ settled: string }>(
          "select settled from audit_head where chain = 'payments'",
        );
        expect(Number(head?.settled)).toBe(5);
      },
      { timeout: 30_000 },
    );
    expect((await report())?.ok).toBe(true);
    const id = newId();
    const put = "insert into toy_payment (county_code, id, position, amount_fen) values ($1, $2, $3, 100000)";
    for (const position of [2, 0, -7]) {
      await t.owner(put, [COUNTY, id, position]);
      expect(await (await chain()).seal(t.db, COUNTY)).toBe(0);
      expect((await report())?.firstBroken).toBe(`次序 ${position} 处有一条事后插入的记录（记录 ${id}）。`);
      await t.owner("delete from toy_payment where id = $1", [id]);
      expect((await report())?.ok).toBe(true);
    }
    const [third] = await t.owner<{ id: string }>("delete from toy_payment where position = 3 returning id");
    expect((await report())?.firstBroken).toBe(`第 3 环断裂：记录被删除（记录 ${third?.id}）。`);
  });

  test("a row committed late by a slow transaction is sealed, not accused", async () => {
    let position = 0;
    await t.db.transact(system, async (slow) => {
      const row = await slow.one<{ position: number }>(
        "insert into toy_payment (county_code, id, amount_fen) values ($1, $2, 1) returning position",
        [COUNTY, newId()],
      );
      position = row.position;
      await t.db.transact(system, (tx) =>
        tx.exec("insert into toy_payment (county_code, id, amount_fen) values ($1, $2, 2)", [
          COUNTY,
          newId(),
        ]),
      );
      for (let i = 0; i < 4; i++) await (await chain()).seal(t.db, COUNTY);
    });
    expect(await (await chain()).seal(t.db, COUNTY)).toBe(1);
    expect(await report()).toMatchObject({ entries: 7, unsealed: 0, ok: true });
    const [last] = await t.owner<{ position: number }>(
      "select position from audit_seal where chain = 'payments' order by seq desc limit 1",
    );
    expect(last?.position).toBe(position);
  });

  test("a name that is not a name is refused", async () => {
    const audit = await chain();
    expect(() => audit.registerChain(spec)).toThrow(/登记了两次/);
    expect(() => audit.registerChain({ ...spec, name: "x", table: "a; drop table b" })).toThrow(
      /不是表名或列名/,
    );
  });
});

describe("reading the trail", () => {
  const list = (query: object) =>
    t.db.transact(auditor, (tx) => open().list(tx, { page: 1, size: 20, ...query }));

  test("newest first, filtered by who, what, when and about whom; the reading is on record too", async () => {
    await tell(2);
    minutes(60 * 24);
    await tell(3, "王五");
    await open().seal(t.db, COUNTY);
    const all = await list({});
    expect(all.total).toBe(5);
    expect(all.rows[0]).toMatchObject({
      actorName: "王五",
      actionLabel: "查看个人页",
      seq: 5,
      detail: "第 3 次",
    });
    expect((await list({ actor: "李四" })).total).toBe(2);
    expect((await list({ action: "audit.read" })).rows[0]?.detail).toContain("操作人：李四");
    expect((await list({ to: "2026-03-01" })).total).toBe(0);
    expect((await list({ objectId: all.rows[1]!.objectId! })).rows.map((r) => r.id)).toEqual([
      all.rows[1]!.id,
    ]);
  });

  test("only auditors read it; residents and visitors see nothing even in SQL", async () => {
    await tell(1);
    const township: Actor = { ...auditor, role: "township", scope: "430621101" };
    await expect(
      t.db.transact(township, (tx) => open().list(tx, { page: 1, size: 20 })),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    const count = (actor: Actor) => t.db.read(actor, (tx) => tx.query("select 1 from audit_entry"));
    expect(
      await count({ ...system, scope: "", accountId: newId(), personId: newId(), role: "resident" }),
    ).toEqual([]);
    expect(await count({ ...system, scope: "", role: "visitor" })).toEqual([]);
  });
});

test("what looks like personal data is shortened before it is written", () => {
  expect(scrub("证号 110105194912310021 与 11010519491231002x")).toBe("证号 ****0021 与 ****002x");
  expect(scrub("电话13800001234，卡 6217001234567891234")).toBe("电话****1234，卡 ****1234");
  const id = "0190a1b2-c3d4-7000-8000-138000012345";
  expect(scrub(`记录 ${id}，430621101001，2026-03-02`)).toBe(`记录 ${id}，430621101001，2026-03-02`);
  expect(detailText({ 原因: "复核", 空: null, 次数: 2 })).toBe("原因：复核；次数：2");
});

test("the text that is sealed is the same in TypeScript and SQL", async () => {
  const actor: Actor = {
    ...system,
    accountId: newId(),
    personId: null,
    name: "赵\u001f六 ’\n",
    role: "county",
  };
  await t.db.transact(actor, (tx) => open().record(tx, { action: "a", object: "b", detail: "“引号”\t|é𠮷" }));
  await t.db.transact(system, (tx) => open().record(tx, { action: "a", object: "b" }));
  const rows = await t.owner<{ canonical: string; entry: Parameters<typeof canonicalEntry>[0] }>(
    `select ${AUDIT_CANONICAL_SQL} as canonical, json_build_object('countyCode', county_code, 'id', id,
       'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'accountId', account_id, 'personId', person_id,
       'actorName', actor_name, 'role', role, 'action', action, 'object', object, 'objectId', object_id, 'detail', detail) as entry
     from audit_entry t`,
  );
  expect(rows).toHaveLength(2);
  for (const r of rows) expect(canonicalEntry(r.entry)).toBe(r.canonical);
  expect(await open().seal(t.db, COUNTY)).toBe(2);
});
