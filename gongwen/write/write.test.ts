import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  documentFrom,
  type OfficialDocument,
  readText,
  textOf,
  textOfDocument,
  writeDocument,
} from "../index.ts";
import { CHARACTER, CORE_WIDTH, LINE, PAGE } from "./layout.ts";

const WORDS = "健全分层分类社会救助体系强化低收入人口动态监测做好急难社会救助兜住兜准兜牢民生底线";
const document: OfficialDocument = {
  title: "云溪县民政局\n2024年工作总结和2025年工作计划",
  head: {
    masthead: "云溪县民政局文件",
    number: { office: "云民发", year: 2024, serial: 5 },
    signer: "张三",
    urgency: "特急",
  },
  addressee: "县人民政府",
  body: [
    { kind: "item", level: 1, heading: "2024年工作总结" },
    { kind: "paragraph", text: "全县共有城乡低保对象8346户14592人，发放低保金7213.6万元。" },
    {
      kind: "table",
      caption: "主要指标",
      columns: [{ title: "指标" }, { title: "单位" }, { title: "2024年完成" }],
      rows: [
        ["老年助餐点", "个", "18"],
        ["", "户", "620"],
      ],
    },
    { kind: "item", level: 1, heading: "2025年工作计划" },
    { kind: "item", level: 2, heading: "提高标准", text: "城市低保标准由680元/月提高到720元/月。" },
    { kind: "item", level: 2, heading: "发展养老服务" },
    { kind: "item", level: 3, heading: "助餐", text: "新建老年助餐点12个 & <好>。" },
  ],
  annexes: [
    { title: "任务分解表", body: [{ kind: "paragraph", text: "见表。" }] },
    { title: "名词解释", body: [] },
  ],
  issuer: "云溪县民政局",
  date: "2024-12-05",
  note: "此件公开发布",
  imprint: { copiedTo: "县委办公室。", printedBy: "云溪县民政局办公室", printedOn: "2024-12-06" },
};

describe("what is written is what is read", () => {
  it("the text of the file is the text of the model", async () => {
    const text = textOfDocument(document);
    expect((await textOf(writeDocument(document))).trim()).toBe(text.trim());
    for (const line of [
      "云民发〔2024〕5号 签发人：张三",
      "县人民政府：",
      "一、2024年工作总结",
      "（一）提高标准。城市低保标准由680元/月提高到720元/月。",
      "1.助餐。新建老年助餐点12个 & <好>。",
      "| 户 | 620 |",
      "附件：1.任务分解表",
      "2.名词解释",
      "2024年12月5日",
      "（此件公开发布）",
      "附件2",
      "抄送：县委办公室。 |",
      "云溪县民政局办公室 2024年12月6日印发 |",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("title, issuer, tasks and figures come back", async () => {
    const r = readText(await textOf(writeDocument(document)));
    expect(r).toMatchObject({
      title: document.title.replace("\n", ""),
      issuer: "云溪县民政局",
      year: 2025,
      kind: "mixed",
    });
    expect(r.tasks.map((t) => [...t.path, t.title])).toEqual([
      ["二、2025年工作计划", "提高标准"],
      ["二、2025年工作计划", "（二）发展养老服务", "助餐"],
    ]);
    expect(r.quantities.map((q) => [q.value, q.unit, q.from, q.kind])).toEqual([
      [8346, "户", null, "result"],
      [14592, "人", null, "result"],
      [7213.6, "万元", null, "result"],
      [18, "个", null, "result"],
      [620, "户", null, "result"],
      [720, "元/月", 680, "standard"],
      [12, "个", null, "target"],
    ]);
  });

  const figure = fc.record({
    verb: fc.constantFrom("新建", "改造", "新增"),
    n: fc.integer({ min: 2, max: 99_999 }),
    unit: fc.constantFrom("个", "家", "张", "户"),
    noun: fc.constantFrom("老年助餐点", "幸福食堂", "护理型床位", "社区服务站"),
    least: fc.boolean(),
  });
  const item = fc.record({
    level: fc.constantFrom(2 as const, 3 as const),
    heading: fc.constantFrom("提升养老服务", "规范婚姻登记", "加强殡葬管理", "健全救助体系"),
    figures: fc.array(figure, { minLength: 1, maxLength: 4 }),
    more: fc.constantFrom("", "\n进一步完善长效机制，提升服务质量和管理水平。"),
  });
  const planned = fc.array(item, { minLength: 1, maxLength: 12 }).map((items) => ({
    items,
    document: {
      title: "云溪县民政局2025年工作要点",
      body: [
        { kind: "item", level: 1, heading: "主要任务" },
        { kind: "item", level: 2, heading: "发展社会事务", text: "加强管理。" },
        ...items.map((i) => ({
          kind: "item" as const,
          level: i.level,
          heading: i.heading,
          text:
            i.figures.map((f) => `${f.verb}${f.noun}${f.least ? "不少于" : ""}${f.n}${f.unit}`).join("，") +
            "。" +
            i.more,
        })),
      ],
      issuer: "云溪县民政局",
      date: "2025-01-09",
    } as OfficialDocument,
  }));

  it("for any plan: the same tasks and the same quantities", async () => {
    await fc.assert(
      fc.asyncProperty(planned, async ({ items, document: d }) => {
        const text = await textOf(writeDocument(d));
        expect(text.trim()).toBe(textOfDocument(d).trim());
        const r = readText(text);
        expect(r.quantities.map((q) => [q.value, q.unit, q.comparator, q.object, q.kind])).toEqual(
          items.flatMap((i) => i.figures.map((f) => [f.n, f.unit, f.least ? ">=" : "=", f.noun, "target"])),
        );
        // A 二级 item with 三级 items below is a heading, not a task.
        const all = [{ level: 2, heading: "发展社会事务" }, ...items];
        const leaves = all.filter((i, k) => i.level === 3 || all[k + 1]?.level !== 3);
        expect(r.tasks.map((t) => t.title)).toEqual(leaves.map((i) => i.heading));
      }),
      { numRuns: 60 },
    );
  });

  it("no text breaks the file", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 80 }), async (words) => {
        const d: OfficialDocument = {
          title: `题${words}`,
          body: [{ kind: "paragraph", text: `文${words}` }],
        };
        expect((await textOf(writeDocument(d))).trim()).toBe(textOfDocument(d).trim());
      }),
      { numRuns: 200 },
    );
  });
});

describe("the file", () => {
  it("is the same bytes for the same document, and well-formed in every part", () => {
    const bytes = writeDocument(document);
    expect(Buffer.from(writeDocument(document)).equals(Buffer.from(bytes))).toBe(true);
    for (const [name, part] of Object.entries(unzipSync(bytes))) {
      const open: string[] = [];
      for (const m of strFromU8(part).matchAll(/<(\/?)([A-Za-z][\w:.]*)[^>]*?(\/?)>/g)) {
        if (m[1]) expect(open.pop(), name).toBe(m[2]);
        else if (!m[3]) open.push(m[2] as string);
      }
      expect(open, name).toEqual([]);
    }
  });

  it("holds 22 lines of 28 characters by its measures", () => {
    expect(Math.floor((PAGE.height - PAGE.top - PAGE.bottom) / LINE)).toBe(22);
    expect(Math.floor(CORE_WIDTH / CHARACTER)).toBe(28);
  });
});

describe("faults are told with the field", () => {
  const fault = (json: unknown) => {
    try {
      documentFrom(json);
    } catch (e) {
      return (e as Error).message;
    }
    return "";
  };
  it.each([
    [{}, "「title」不对：缺少"],
    [{ title: "题", body: [{ kind: "item", level: 5, heading: "一" }] }, "「body[0].level」"],
    [{ title: "题", body: [], dates: "x" }, "「dates」不对：没有这个字段"],
    [{ title: "题", body: [], date: "2024/1/2" }, "「date」"],
    [{ title: "题", body: [{ kind: "table", columns: [], rows: [[1]] }] }, "「body[0].rows[0][0]」"],
  ])("%j", (json, words) => expect(fault(json)).toContain(words));
  it("a document without a title, a table without columns", () => {
    expect(() => writeDocument({ title: " ", body: [] })).toThrow("没有标题");
    expect(() => writeDocument({ title: "题", body: [{ kind: "table", columns: [], rows: [] }] })).toThrow(
      "没有列",
    );
  });
});

const has = (command: string, args: readonly string[]) => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
};
const office = has("libreoffice", ["--version"]) && has("pdftotext", ["-v"]) !== undefined;
const chineseFont = has("fc-list", [":lang=zh", "family"]).trim() !== "";
if (!office) console.log("没有 LibreOffice，跳过版面的实测。");
else if (!chineseFont) console.log("没有中文字体，只量行数，不量每行字数。");

describe.skipIf(!office)("as LibreOffice sets it", () => {
  it("22 lines on a full page, 28 characters in a full line", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gongwen-"));
    try {
      const file = path.join(folder, "a.docx");
      const long: OfficialDocument = {
        title: "云溪县民政局2025年工作要点",
        body: [{ kind: "paragraph", text: WORDS.repeat(60) }],
      };
      fs.writeFileSync(file, writeDocument(long));
      execFileSync(
        "libreoffice",
        [
          `-env:UserInstallation=file://${folder}/profile`,
          "--headless",
          "--convert-to",
          "pdf",
          "--outdir",
          folder,
          file,
        ],
        { stdio: "ignore", timeout: 60_000 },
      );
      const pdf = path.join(folder, "a.pdf");
      const page = execFileSync("pdftotext", ["-f", "2", "-l", "2", "-layout", pdf, "-"], {
        encoding: "utf8",
      });
      const lines = page.split("\n").filter((l) => l.trim() !== "" && !l.includes("—"));
      expect(lines).toHaveLength(22);
      if (chineseFont) for (const line of lines) expect([...line.trim()]).toHaveLength(28);
      expect(page).toMatch(/—\s*2\s*—/);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);
});
