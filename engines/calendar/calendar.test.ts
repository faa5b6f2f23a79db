import { addWorkingDays, fixedClock } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAudit } from "../audit/index.ts";
import { createCalendar } from "./index.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.close());

const county = systemActor("430621");
const officer: Actor = {
  ...county,
  accountId: "0190a000-0000-7000-8000-000000000001",
  name: "王五",
  role: "county",
};
const clock = fixedClock("2026-01-26");
const make = () => createCalendar({ clock, audit: createAudit({ clock, vault: t.vault }) });

/** 2026 as the State Council published it. */
const year2026 = {
  year: 2026,
  off: [
    ...[
      "2026-01-01",
      "2026-01-02",
      "2026-02-16",
      "2026-02-17",
      "2026-02-18",
      "2026-02-19",
      "2026-02-20",
      "2026-02-23",
    ],
    ...[
      "2026-04-06",
      "2026-05-01",
      "2026-05-04",
      "2026-05-05",
      "2026-06-19",
      "2026-09-25",
      "2026-10-01",
      "2026-10-02",
    ],
    ...["2026-10-05", "2026-10-06", "2026-10-07"],
  ],
  on: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
};

test("shipped holidays are entered once and count as the law counts", async () => {
  const calendar = make();
  expect(await t.db.transact(county, (tx) => calendar.seed(tx, [year2026]))).toEqual([2026]);
  expect(await t.db.transact(county, (tx) => calendar.seed(tx, [year2026]))).toEqual([]);
  const working = await t.db.read(county, (tx) => calendar.working(tx));
  expect(addWorkingDays(working, "2026-01-26", 30)).toEqual({ date: "2026-03-13", unpublishedYears: [] });
  const page = await t.db.read(officer, (tx) => calendar.getYear(tx, 2026));
  expect(page).toMatchObject({ published: true, canEdit: true, workingDays: 248 });
});

test("a year without a published table is said, not guessed", async () => {
  const working = await t.db.read(county, (tx) => make().working(tx));
  expect(addWorkingDays(working, "2026-12-30", 5)).toEqual({ date: "2027-01-06", unpublishedYears: [2027] });
  const page = await t.db.read(officer, (tx) => make().getYear(tx, 2027));
  expect(page).toMatchObject({ year: 2027, published: false, document: null, days: [] });
});

test("a saved year counts at once, replaces the old one and leaves an audit row", async () => {
  const calendar = make();
  await t.db.read(officer, (tx) => calendar.working(tx));
  const save = (days: { date: string; kind: "off" | "on"; name: string }[]) =>
    t.db.transact(officer, (tx) =>
      calendar.saveYear(tx, 2027, { published: true, document: "国办发明电〔2026〕9号", days }),
    );
  await save([{ date: "2027-01-01", kind: "off", name: "元旦" }]);
  await save([{ date: "2027-01-04", kind: "off", name: "元旦补假" }]);
  const working = await t.db.read(officer, (tx) => calendar.working(tx));
  expect(addWorkingDays(working, "2026-12-31", 2)).toEqual({ date: "2027-01-05", unpublishedYears: [] });
  const rows = await t.owner<{ detail: string }>(
    "select detail from audit_entry where action = 'calendar.save'",
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]?.detail).toContain("国办发明电〔2026〕9号");
});

test("another county keeps its own calendar", async () => {
  const other = await t.db.read(systemActor("420103"), (tx) => make().working(tx));
  expect([...other.publishedYears]).toEqual([]);
});

test.each([
  ["no document", { published: true, document: " ", days: [] }, "document", "文号"],
  [
    "a day of another year",
    { published: false, document: "", days: [{ date: "2026-02-16", kind: "off", name: "" }] },
    "days",
    "不在 2028 年",
  ],
  [
    "a day that does not exist",
    { published: false, document: "", days: [{ date: "2028-02-30", kind: "off", name: "" }] },
    "days",
    "不是有效日期",
  ],
  [
    "the same day twice",
    {
      published: false,
      document: "",
      days: [
        { date: "2028-05-01", kind: "off", name: "" },
        { date: "2028-05-01", kind: "off", name: "" },
      ],
    },
    "days",
    "写了两次",
  ],
  [
    "a weekday worked",
    { published: false, document: "", days: [{ date: "2028-05-02", kind: "on", name: "" }] },
    "days",
    "本来就上班",
  ],
] as const)("refused: %s", async (_, input, field, says) => {
  const saving = t.db.transact(officer, (tx) => make().saveYear(tx, 2028, input));
  await expect(saving).rejects.toMatchObject({
    code: "invalid-input",
    field,
    message: expect.stringContaining(says),
  });
  expect(await t.owner("select 1 from calendar_year where year = 2028")).toEqual([]);
});

test("a township officer may read but not change it", async () => {
  const township: Actor = { ...officer, role: "township", scope: "430621101" };
  const input = { published: false, document: "", days: [] };
  await expect(t.db.transact(township, (tx) => make().saveYear(tx, 2028, input))).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await t.db.read(township, (tx) => make().getYear(tx, 2026))).canEdit).toBe(false);
});
