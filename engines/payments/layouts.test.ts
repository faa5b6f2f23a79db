import { readBankLayout } from "@wuxin/declare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeGb18030 } from "./encoding.ts";
import { LAYOUTS, openToyCounty } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
  for (const name of ["甲", "欧阳𠮷", "丙"])
    await toy.award([await toy.person(name)], { fromMonth: "2024-01" });
});
afterAll(() => toy.close());

const gb = (bytes: Uint8Array) => new TextDecoder("gb18030", { fatal: true }).decode(bytes);
let month = 0;
async function sent(layout: string) {
  const { id } = await toy.generate(`2024-0${++month}`);
  await toy.signAll(id);
  const lines = gb(await toy.send(id, layout)).split("\r\n");
  return { id, lines: lines.filter((l) => l !== "") };
}

test("text with bars in GB18030: our number names the line, the bank's codes become words", async () => {
  const { id, lines } = await sent("bar-gb18030");
  expect(lines[0]).toBe(`2024${"01"}-01|3|1500.00|20241105`);
  expect(lines.some((l) => /^\d\|62170000\d{5}\|欧阳𠮷\|500\.00\|热汤\|欧阳𠮷$/.test(l))).toBe(true);
  const answers = ["0000", "1003", "9999"];
  const back = lines.map((line, i) => {
    if (i === 0) return line;
    const [seq, card, name, yuan] = line.split("|");
    return [seq, card, name, yuan, answers[i - 1], "S1", i === 1 ? "20241104" : ""].join("|");
  });
  const loaded = await toy.load(id, encodeGb18030(back.join("\n")), "DF001.txt");
  expect(loaded).toMatchObject({ paid: 1, failed: 1, unknown: 1 });
  const failed = (await toy.linesOf(id, { state: "failed" }))[0];
  expect(failed?.failReason).toBe("1003：账户已销户");
  // The rest comes in a second file.
  const rest = [
    back[0],
    (back[3] as string).replace("9999||", "0000||").replace("|9999|S1|", "|0000|S2|20241105"),
  ];
  expect(await toy.load(id, encodeGb18030(rest.join("\n")), "DF002.txt")).toMatchObject({ paid: 1 });
});

test("fixed widths are counted in bytes, and a control line that does not add up is refused", async () => {
  const { id, lines } = await sent("fixed-gb18030");
  expect(lines.map((l) => encodeGb18030(l).length)).toEqual([116, 116, 116, 24]);
  expect(lines[3]).toBe("T00000003000000000150000");
  const answer = (foot: string) =>
    encodeGb18030([...lines.slice(0, 3).map((l) => `${l}000020241104`), foot].join("\r\n"));
  await expect(toy.load(id, answer("T00000003000000000150001"), "a.txt")).rejects.toThrow("合计行写 3 笔");
  expect(await toy.load(id, answer(lines[3] as string), "a.txt")).toMatchObject({ paid: 3 });
  expect(await toy.pageOf(id)).toMatchObject({ state: "closed", reconciliation: { agrees: true } });
});

test("one roster, two banks' layouts; what a bank cannot read is refused before anything is sent", async () => {
  const { id } = await sent("bar-gb18030");
  await toy.send(id, "csv");
  const page = await toy.pageOf(id);
  expect(page.layouts.filter((l) => l.made).map((l) => l.code)).toEqual(["csv", "bar-gb18030"]);
  const person = await toy.person("丁|戊");
  await toy.award([person], { fromMonth: "2024-06" });
  month = 5;
  await expect(sent("bar-gb18030")).rejects.toThrow("“丁|戊”里有分隔符“|”");
});

test("GB18030: every character comes back", () => {
  const text = String.fromCodePoint(
    ...Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => 0x4e00 + i),
    0x20bb7,
    0x30edd,
  );
  expect(gb(encodeGb18030(text))).toBe(text);
  expect(encodeGb18030("啊").toString("hex")).toBe("b0a1");
});

test("a layout with a fault names file, place and mend", () => {
  const text = "name: 甲\nsource: 样例\nkind: delimited\ncolumns: ['{payee}']\nanswer: {}";
  expect(() => readBankLayout("x", { file: "x.yaml", text })).toThrow(
    /x\.yaml 的 columns\[0\]：\{payee\} 不是可用的内容/,
  );
  expect(LAYOUTS).toHaveLength(4);
});
