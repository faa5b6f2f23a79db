/** How long the county's month takes. WUXIN_ENTITLEMENTS sets the size (4,000); the figures are printed. */
import { newId } from "@wuxin/kernel";
import { expect, test } from "vitest";
import { allPaid, COUNTY, openToyCounty } from "./toy-county.ts";

const SIZE = Number(process.env.WUXIN_ENTITLEMENTS ?? 4_000);

test(`a roster of ${SIZE} entitlements is made in seconds, not minutes`, { timeout: 180_000 }, async () => {
  const toy = await openToyCounty();
  try {
    const one = await toy.person("样");
    await toy.award([one], { fromMonth: "2024-09" });
    const account = {
      sealed: toy.data.vault.seal("6217000012345678"),
      idNo: toy.data.vault.seal("430621194805061234"),
    };
    const sql = (text: string, values: unknown[] = []) => toy.data.owner(text, values);
    // uuids by number: p000…, b000…, e000…
    const id = (letter: string) =>
      `(lpad(to_hex(g), 8, '0') || '-0000-7000-8000-00000000000${letter}')::uuid`;
    const town = `'${COUNTY}1' || lpad((g % 14 + 1)::text, 2, '0')`;
    await sql(
      `insert into person (county_code, id, division_code, name, pinyin, initials, sex, birth_date, id_no_sealed, id_no_digest, id_tail_digest, address, created_at)
       select '${COUNTY}', ${id("1")}, ${town}, '居民' || g, 'x', 'x', '女', '1950-01-01', $2, sha256(g::text::bytea), sha256(g::text::bytea), '一组', now()
       from generate_series(1, $1::int) g`,
      [SIZE, account.idNo],
    );
    await sql(
      `insert into bank_account (county_code, id, person_id, division_code, bank_name, account_sealed, account_digest, holder_name, since, reason, recorded_at)
       select '${COUNTY}', ${id("2")}, ${id("1")}, ${town}, '农商银行', $2, sha256(('a' || g)::bytea), '居民' || g, '2024-01-01', '登记', now()
       from generate_series(1, $1::int) g`,
      [SIZE, account.sealed],
    );
    await sql(
      `insert into entitlement (county_code, id, item, exclusivity_group, subject_kind, applicant_id, payee_id, division_code, from_month, review_months, opened_at)
       select '${COUNTY}', ${id("3")}, 'soup', '吃饭', 'person', ${id("1")}, ${id("1")}, ${town}, '2024-09', 12, now() from generate_series(1, $1::int) g`,
      [SIZE],
    );
    await sql(
      `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
       select '${COUNTY}', ${id("3")}, 1, '2024-09', 50000, 2, '认定', now() from generate_series(1, $1::int) g`,
      [SIZE],
    );
    await sql(
      `insert into entitlement_person (county_code, entitlement_id, person_id, from_month)
       select '${COUNTY}', ${id("3")}, ${id("1")}, '2024-09' from generate_series(1, $1::int) g`,
      [SIZE],
    );
    await sql(
      `insert into entitlement_review (county_code, id, entitlement_id, kind, about_id, label, due_on, opened_at)
       select '${COUNTY}', ${id("4")}, ${id("3")}, 'periodic', ${id("3")}, '年度核查', '2025-08-01', now() from generate_series(1, $1::int) g`,
      [SIZE],
    );
    await sql("analyze");

    const took: string[] = [];
    async function timed<T>(what: string, work: () => Promise<T>): Promise<{ value: T; ms: number }> {
      const start = performance.now();
      const value = await work();
      const ms = Math.round(performance.now() - start);
      took.push(`${what} ${ms} ms`);
      return { value, ms };
    }
    const first = await timed("first month", () => toy.generate("2024-09"));
    expect(first.value).toMatchObject({ lines: SIZE + 1, held: 0 });
    await timed("sign", () => toy.signAll(first.value.id));
    const file = await timed("bank file csv", () => toy.send(first.value.id));
    const back = allPaid(file.value);
    await timed("return", () => toy.load(first.value.id, back));
    await timed("same return", () => toy.load(first.value.id, back));
    await timed("bank file xlsx", () => toy.send(first.value.id, "xlsx"));
    const second = await timed("second month", () => toy.generate("2024-10"));
    expect(second.value.changes).toMatchObject([{ change: "same", count: SIZE + 1 }]);
    await timed("page", () => toy.pageOf(second.value.id));
    await timed("lines, page 100", () => toy.linesOf(second.value.id, { page: 100, size: 100 }));
    await timed("discard", () =>
      toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, second.value.id, { reason: "测时" })),
    );
    await timed("made again", () =>
      toy.run(toy.staff.clerk, (tx, p) => p.generate(tx, { id: newId(), month: "2024-10" })),
    );
    console.info(`${SIZE} entitlements: ${took.join(" · ")}`);
    expect(Math.max(first.ms, second.ms)).toBeLessThan(Math.max(20_000, SIZE));
  } finally {
    await toy.close();
  }
});
