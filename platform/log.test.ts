import { expect, test } from "vitest";
import { createLogger, scrub } from "./log.ts";

const logged = (fields: object, message = "x") => {
  const lines: string[] = [];
  createLogger({
    pretty: false,
    level: "info",
    write: (line) => lines.push(line),
    now: () => new Date(0),
  }).info(message, fields);
  return lines[0] ?? "";
};

test("a line is one JSON object with time, level and fields", () => {
  expect(JSON.parse(logged({ county: "430621", ms: 12 }, "花名册已生成"))).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    level: "info",
    message: "花名册已生成",
    county: "430621",
    ms: 12,
  });
});

test("IDs, phones and accounts are struck out of every text; ids of ours and division codes stay", () => {
  expect(scrub("证件 430621199001011234，电话13812345678，卡 6217000010001234567")).toBe(
    "证件 ［证件号］，电话［电话］，卡 ［号码］",
  );
  expect(scrub("43062119900101123X")).toBe("［证件号］");
  const kept = "0190a0b0-1234-7abc-8def-123456789012 430621101 2024-03-01 8123456";
  expect(scrub(kept)).toBe(kept);
});

test("fields that may hold personal data are dropped by name, however deep", () => {
  const line = logged({
    person: { name: "王小明", headName: "王大明", id: "p1" },
    password: "secret1",
    body: { a: "b1" },
    list: [{ phone: "1" }],
  });
  for (const secret of ["王小明", "王大明", "secret1", "b1"]) expect(line).not.toContain(secret);
  expect(line).toContain("p1");
});

test("of a database error the row values are dropped, the constraint stays", () => {
  const error = Object.assign(new Error("duplicate key"), {
    code: "23505",
    constraint: "person_pkey",
    detail: "Key (name)=(王小明) already exists.",
  });
  const line = logged({ cause: new Error("outer", { cause: error }) });
  expect(line).toContain("person_pkey");
  expect(line).not.toContain("王小明");
});

test("levels below the least are not written", () => {
  const lines: string[] = [];
  const log = createLogger({ level: "warn", pretty: false, write: (line) => lines.push(line) }).with({
    part: "worker",
  });
  log.info("no");
  log.error("yes");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", part: "worker" });
});
