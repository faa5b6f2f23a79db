import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { fixedClock, newId } from "@wuxin/kernel";
import { type Actor, openFileStore, systemActor, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAudit } from "../audit/index.ts";
import { createDocuments, type IssueDocument } from "./index.ts";
import { fill } from "./model.ts";
import { checkFile, cleanName } from "./sniff.ts";

const COUNTY = "430621";
const clock = fixedClock("2026-03-02");
const system = systemActor(COUNTY);
const officer = (scope: string): Actor => ({
  ...system,
  scope,
  accountId: newId(),
  role: "township",
  name: "李四",
});
const resident = (personId: string): Actor => ({ ...officer(""), personId, role: "resident" });
const east = officer("430621101");
const west = officer("430621102");

let t: TestDatabase;
let folder: string;
let documents: ReturnType<typeof createDocuments>;
beforeAll(async () => {
  t = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-files-"));
  documents = createDocuments({
    clock,
    files: openFileStore(folder, t.vault),
    audit: createAudit({ clock, vault: t.vault }),
    counties: { get: () => ({ name: "岳阳县", bureauName: "岳阳县民政局" }) },
  });
});
afterAll(async () => {
  await t.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => t.db.transact(actor, work);

const template = {
  code: "refusal",
  title: "不予确认决定书",
  number: "{county}民救不〔{year}〕{n}号",
  body: ["{{applicant}}：", "经审核，{{reason}}。", "{{evidence}}", "{{remedy}}"],
};
const notice = (over: Partial<IssueDocument> = {}): IssueDocument => ({
  id: newId(),
  template,
  values: {
    applicant: "张三",
    reason: "家庭人均收入高于标准",
    evidence: ["一、工资证明", "二、核对报告"],
    remedy: null,
  },
  addressee: "张三",
  caseId: newId(),
  divisionCode: "430621101201",
  applicantId: null,
  ...over,
});

describe("numbers", () => {
  const series = "{county}救申字〔{year}〕{n}号";
  const next = (year = 2026, actor = system) => as(actor, (tx) => documents.nextNumber(tx, series, year));

  test("run by county, series and year", async () => {
    expect([await next(), await next(), await next(2027)]).toEqual([
      "岳阳县救申字〔2026〕1号",
      "岳阳县救申字〔2026〕2号",
      "岳阳县救申字〔2027〕1号",
    ]);
    expect(await next(2026, systemActor("420103"))).toContain("〔2026〕1号");
  });

  let serial = 0;
  test("have no gaps and no twins, whatever fails and however many at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (fails) => {
        const mine = `测${serial++}〔{year}〕{n}号`; // a series of its own for each run, shrinking included
        const results = await Promise.allSettled(
          fails.map((fail) =>
            as(system, async (tx) => {
              const number = await documents.nextNumber(tx, mine, 2026);
              if (fail) throw new Error("later");
              return number;
            }),
          ),
        );
        const given = results.flatMap((r) =>
          r.status === "fulfilled" ? [Number(/〕(\d+)号/.exec(r.value)?.[1])] : [],
        );
        expect(given.sort((a, b) => a - b)).toEqual(given.map((_, i) => i + 1));
        expect(given).toHaveLength(fails.filter((f) => !f).length);
      }),
      { numRuns: 15 },
    );
  });

  test("a series that could repeat itself is refused", async () => {
    for (const bad of ["无号", "〔{year}〕{n}{n}", "{n}号"]) {
      await expect(as(system, (tx) => documents.nextNumber(tx, bad, 2026))).rejects.toMatchObject({
        code: "bad-declaration",
      });
    }
  });
});

describe("documents", () => {
  test("are filled, numbered and kept as issued; the same request gives the same one", async () => {
    const input = notice();
    const issued = await as(east, (tx) => documents.issue(tx, input));
    expect(issued).toEqual({
      id: input.id,
      title: "不予确认决定书",
      number: "岳阳县民救不〔2026〕1号",
      issuedOn: "2026-03-02",
      issuer: "岳阳县民政局",
      addressee: "张三",
      paragraphs: ["张三：", "经审核，家庭人均收入高于标准。", "一、工资证明", "二、核对报告"],
    });
    expect(await as(east, (tx) => documents.issue(tx, { ...input, values: {} }))).toEqual(issued);
    const second = await as(east, (tx) =>
      documents.issue(tx, notice({ caseId: input.caseId, issuer: "东镇人民政府" })),
    );
    expect(second).toMatchObject({ number: "岳阳县民救不〔2026〕2号", issuer: "东镇人民政府" });
    const list = await as(east, (tx) => documents.listForCase(tx, input.caseId!));
    expect(list.map((d) => [d.code, d.number])).toEqual([
      ["refusal", "岳阳县民救不〔2026〕1号"],
      ["refusal", "岳阳县民救不〔2026〕2号"],
    ]);
  });

  test("with a hole are refused and take no number", async () => {
    const bad = notice({ values: { applicant: "张三" } });
    await expect(as(east, (tx) => documents.issue(tx, bad))).rejects.toThrow(
      /不予确认决定书.*\{\{reason\}\} 没有内容/,
    );
    const next = await as(east, (tx) => documents.issue(tx, notice()));
    expect(next.number).toBe("岳阳县民救不〔2026〕3号");
  });

  test("cannot be changed or removed by the application", async () => {
    await expect(as(east, (tx) => tx.exec("update document set title = 'x'"))).rejects.toThrow(
      /permission denied/,
    );
    await expect(as(east, (tx) => tx.exec("delete from document"))).rejects.toThrow(/permission denied/);
  });

  test("are read by their township, the county and the applicant, by no other", async () => {
    const applicantId = newId();
    const input = notice({ applicantId });
    await as(east, (tx) => documents.issue(tx, input));
    for (const actor of [east, system, resident(applicantId)]) {
      expect((await as(actor, (tx) => documents.get(tx, input.id))).id).toBe(input.id);
    }
    for (const actor of [west, resident(newId()), systemActor("420103"), { ...east, scope: "" }]) {
      await expect(as(actor, (tx) => documents.get(tx, input.id))).rejects.toMatchObject({
        code: "not-found",
      });
      expect(await as(actor, (tx) => tx.query("select 1 from document where id = $1", [input.id]))).toEqual(
        [],
      );
    }
    await expect(as(west, (tx) => documents.issue(tx, notice()))).rejects.toThrow(/row-level security/);
  });

  test("an inherited name is not a value", () => {
    expect(() => fill({ code: "x", title: "X", body: ["{{constructor}} 和"] }, {})).toThrow(/没有内容/);
    expect(fill({ code: "x", title: "X", body: ["金额 {{ amount }} 元"] }, { amount: "1,234.56" })).toEqual([
      "金额 1,234.56 元",
    ]);
  });
});

/** A small but whole ZIP, as Word and Excel write them. */
function zip(names: string[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const data = deflateRawSync(Buffer.from("<xml/>"));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
const samples = {
  pdf: Buffer.from("%PDF-1.7\n1 0 obj"),
  jpg: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
  heic: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic")]),
  docx: zip(["[Content_Types].xml", "_rels/.rels", "word/document.xml"]),
  xlsx: zip(["[Content_Types].xml", "xl/workbook.xml"]),
  txt: Buffer.from("清溪县民政局2024年工作计划\n一、兜住民生底线"),
};

describe("uploaded files", () => {
  test.each(Object.keys(samples) as (keyof typeof samples)[])(
    "%s is taken under its own name and refused under every other",
    (kind) => {
      expect(checkFile(`户口本.${kind.toUpperCase()}`, samples[kind]).mediaType).toMatch(/\//);
      for (const other of Object.keys(samples)) {
        if (other === kind) continue;
        expect(() => checkFile(`户口本.${other}`, samples[kind])).toThrow(/与文件名不符/);
      }
    },
  );

  test.each([
    ["空.pdf", Buffer.alloc(0), "空文件"],
    ["程序.exe", Buffer.from("MZ"), "只收"],
    ["没有扩展名", samples.pdf, "缺少扩展名"],
    ["病毒.pdf", Buffer.from("MZ\x90\0 this program"), "不是 PDF，或已经损坏"],
    ["压缩包.docx", zip(["a.txt"]), "不是 Word 文档（docx），或已经损坏"],
    ["断了.docx", samples.docx.subarray(0, samples.docx.length - 30), "已经损坏"],
    ["带宏.docx", zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "宏"],
    ["截图.txt", Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0]), "不是 文本文件（txt）"],
    ["照片.png.html", Buffer.from("<script>"), "只收"],
  ])("refused with a sentence: %s", (name, bytes, says) => {
    expect(() => checkFile(name, bytes)).toThrow(
      expect.objectContaining({ code: "bad-file", field: "file", message: expect.stringContaining(says) }),
    );
  });

  test("20 MB are taken, one byte more is not", () => {
    const big = Buffer.alloc(20 * 1024 * 1024);
    samples.pdf.copy(big);
    expect(checkFile("大.pdf", big).mediaType).toBe("application/pdf");
    const more = Buffer.concat([big, Buffer.of(0)]);
    expect(() => checkFile("大.pdf", more)).toThrow(expect.objectContaining({ code: "file-too-large" }));
  });

  test("whatever bytes come, the answer is a sentence, never a crash", () => {
    const start = fc.constantFrom(...Object.values(samples).map((b) => b.subarray(0, 200)), Buffer.alloc(0));
    fc.assert(
      fc.property(
        start,
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(...Object.keys(samples)),
        (head, tail, ending) => {
          try {
            expect(checkFile(`x.${ending}`, Buffer.concat([head, tail])).name).toBe(`x.${ending}`);
          } catch (error) {
            expect(error).toMatchObject({ code: "bad-file" });
          }
        },
      ),
    );
  });

  test("names are kept readable and harmless", () => {
    expect(cleanName("C:\\我的\\户口本.pdf")).toBe("户口本.pdf");
    expect(cleanName("../../etc/passwd.pdf")).toBe("passwd.pdf");
    expect(cleanName("a\u0000\u202Eb<1>.pdf")).toBe("ab_1_.pdf");
    expect(cleanName(`${"长".repeat(500)}.pdf`)).toHaveLength(200);
    expect(cleanName(`${"长".repeat(500)}.pdf`)).toMatch(/\.pdf$/);
  });

  test("are stored sealed, once per content, and come back byte for byte with an audit row", async () => {
    const id = newId();
    const bytes = Buffer.concat([samples.pdf, Buffer.from("张三的核对报告")]);
    const saved = await as(east, (tx) => documents.saveFile(tx, { id, name: "报告.pdf", bytes }));
    expect(saved).toEqual({ id, name: "报告.pdf", size: bytes.length, mediaType: "application/pdf" });
    expect(await as(east, (tx) => documents.saveFile(tx, { id, name: "报告.pdf", bytes }))).toEqual(saved);
    await expect(
      as(east, (tx) => documents.saveFile(tx, { id, name: "别的.png", bytes: samples.png })),
    ).rejects.toMatchObject({ code: "already-exists" });
    const read = await as(east, (tx) => documents.readFile(tx, id));
    expect(read.bytes.equals(bytes)).toBe(true);
    const onDisk = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    for (const f of onDisk)
      expect(fs.readFileSync(path.join(f.parentPath, f.name)).includes("张三")).toBe(false);
    expect(
      await t.owner("select 1 from audit_entry where action = 'file.read' and object_id = $1", [id]),
    ).toHaveLength(1);
  });

  test("are the uploader's alone until given to a case, then its township's and its applicant's", async () => {
    const personId = newId();
    const me = resident(personId);
    const id = newId();
    await as(me, (tx) => documents.saveFile(tx, { id, name: "身份证.jpg", bytes: samples.jpg }));
    const sees = async (actor: Actor) => (await as(actor, (tx) => documents.files(tx, [id]))).size === 1;
    expect([await sees(me), await sees(east), await sees(system), await sees(resident(newId()))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await expect(as(east, (tx) => documents.readFile(tx, id))).rejects.toMatchObject({ code: "not-found" });

    const to = { caseId: newId(), divisionCode: "430621101201", applicantId: personId };
    // Somebody else cannot take it for a case of theirs.
    await expect(
      as(west, (tx) => documents.attachFiles(tx, [id], { ...to, divisionCode: "430621102" })),
    ).rejects.toMatchObject({ code: "not-found" });
    await as(me, (tx) => documents.attachFiles(tx, [id], to));
    await as(me, (tx) => documents.attachFiles(tx, [id], to)); // the same request again
    await expect(as(me, (tx) => documents.attachFiles(tx, [id], { ...to, caseId: newId() }))).rejects.toThrow(
      /“身份证.jpg”.*已用于另一个办件/,
    );
    expect([await sees(me), await sees(east), await sees(system), await sees(west)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect((await as(east, (tx) => documents.filesOfCase(tx, to.caseId))).map((f) => f.id)).toEqual([id]);
    await expect(as(me, (tx) => tx.exec("delete from stored_file"))).rejects.toThrow(/permission denied/);
  });

  test("damaged on disk: said, not served", async () => {
    const id = newId();
    const bytes = Buffer.concat([samples.png, Buffer.from(id)]);
    await as(east, (tx) => documents.saveFile(tx, { id, name: "损坏.png", bytes }));
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    for (const f of files) {
      const place = path.join(f.parentPath, f.name);
      const sealed = fs.readFileSync(place);
      sealed[sealed.length - 1]! ^= 1;
      fs.writeFileSync(place, sealed);
    }
    await expect(as(east, (tx) => documents.readFile(tx, id))).rejects.toMatchObject({
      code: "file-damaged",
    });
  });
});
