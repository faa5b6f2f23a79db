import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readText, textOf } from "./index.ts";
import { linesOf } from "./pdf.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const p = (text: string, props = "") =>
  `<w:p>${props ? `<w:pPr>${props}</w:pPr>` : ""}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const docx = (body: string, more: Record<string, string> = {}) =>
  zipSync({
    "word/document.xml": strToU8(
      `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    ),
    ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, strToU8(v)])),
  });

/** A PDF with a Chinese font that is not embedded, as older Office writes it; one line for each string. */
function pdf(lines: readonly string[]): Uint8Array {
  const hex = (s: string) => [...s].map((c) => c.charCodeAt(0).toString(16).padStart(4, "0")).join("");
  const stream = `BT /F1 14 Tf 72 760 Td 20 TL ${lines.map((l) => `<${hex(l)}> Tj T*`).join(" ")} ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 7 0 R>>",
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
  ];
  let out = "%PDF-1.4\n";
  const offsets: number[] = [];
  objects.forEach((o, i) => {
    offsets.push(out.length);
    out += `${i + 1} 0 obj${o}endobj\n`;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, "0")} 00000 n \n`).join("")}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF`;
  return strToU8(out, true);
}

describe("Word", () => {
  it("paragraphs, split runs, tables, automatic numbers", async () => {
    const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    const num = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
    const cell = (t: string) => `<w:tc>${p(t)}</w:tc>`;
    const file = docx(
      p("云溪县民政局2024年工作要点") +
        p("养老服务", num(0)) +
        `<w:p><w:pPr>${num(1)}</w:pPr><w:r><w:t>食堂。新建</w:t></w:r><w:r><w:t>1</w:t></w:r><w:r><w:t>2家&amp;。</w:t></w:r><w:del><w:r><w:delText>旧文</w:delText></w:r></w:del></w:p>` +
        p("床位。新增200张。", num(1)) +
        `<w:tbl><w:tr>${cell("项目")}${cell("单位")}${cell("目标")}</w:tr><w:tr>${cell("适老化改造")}${cell("户")}${cell("300")}</w:tr></w:tbl>`,
      { "word/numbering.xml": numbering },
    );
    const text = await textOf(file);
    expect(text).toContain("一、养老服务\n1.食堂。新建12家&。\n2.床位。新增200张。");
    const r = readText(text);
    expect(r.tasks.map((t) => t.title)).toEqual(["食堂", "床位"]);
    expect(r.quantities.map((q) => [q.value, q.unit])).toEqual([
      [12, "家"],
      [200, "张"],
      [300, "户"],
    ]);
  });
});

describe("Word as officers make it", () => {
  it("numbers of a style, restarted and shared lists, a table of contents", async () => {
    const level = (i: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="3">${level(0, "chineseCountingThousand", "%1、")}${level(1, "chineseCounting", "（%2）")}${level(2, "decimal", "%3.")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`;
    const styles = `<w:styles ${W}><w:style w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="a2"><w:name w:val="heading 2"/><w:basedOn w:val="a1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>`;
    const num = (id: number, at: number) =>
      `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`;
    const text = await textOf(
      docx(
        p("养老 1", '<w:pStyle w:val="11"/>') +
          p("养老", '<w:pStyle w:val="a1"/>') +
          p("机构", '<w:pStyle w:val="a2"/>') +
          p("床位", num(2, 2)) +
          p("食堂", num(2, 2)) +
          p("社会事务", '<w:pStyle w:val="a1"/>') +
          p("婚姻", num(4, 2)),
        { "word/numbering.xml": numbering, "word/styles.xml": styles },
      ),
    );
    expect(text).toBe("一、养老\n（一）机构\n1.床位\n2.食堂\n二、社会事务\n1.婚姻\n");
  });

  it("text boxes once, footnotes at the end, tracked changes as accepted, broken titles whole", async () => {
    const box = `<w:p><w:r><w:t>主体</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${p("框中新建3家")}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${p("框中新建3家")}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>文字</w:t></w:r></w:p>`;
    const joined = `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>${p("后半")}`;
    const title = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>云溪县民政局</w:t><w:br/><w:t>2024年工作总结</w:t></w:r></w:p>`;
    const inserted = `<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>5家</w:t></w:r></w:p>`;
    const notes = `<w:footnotes ${W}><w:footnote w:type="separator" w:id="0">${p("线")}</w:footnote><w:footnote w:id="1">${p("指县级")}</w:footnote></w:footnotes>`;
    expect(await textOf(docx(title + box + joined + inserted, { "word/footnotes.xml": notes }))).toBe(
      "云溪县民政局2024年工作总结\n主体文字\n框中新建3家\n前半后半\n新增5家\n\n注：指县级\n",
    );
  });

  it("merged cells keep their columns", async () => {
    const cell = (t: string, props = "") => `<w:tc><w:tcPr>${props}</w:tcPr>${p(t)}</w:tc>`;
    const text = await textOf(
      docx(
        `<w:tbl><w:tr>${cell("指标")}${cell("单位")}${cell("2024年目标")}</w:tr><w:tr>${cell("助餐点")}${cell("个")}${cell("12")}</w:tr><w:tr>${cell("合计", '<w:gridSpan w:val="2"/>')}${cell("18")}</w:tr><w:tr>${cell("")}${cell("户")}${cell("40")}</w:tr></w:tbl>`,
      ),
    );
    expect(text).toBe("指标 | 单位 | 2024年目标 |\n助餐点 | 个 | 12 |\n合计 | | 18 |\n| 户 | 40 |\n");
  });
});

describe("PDF", () => {
  it("text of a Chinese font that is not embedded, lines joined again", async () => {
    const text = await textOf(
      pdf(["云溪县民政局2024年工作要点", "一、养老服务", "1.食堂。新建老年食堂，共1", "2家。"]),
    );
    const r = readText(text);
    expect(r.title).toBe("云溪县民政局2024年工作要点");
    expect(r.quantities.map((q) => [q.value, q.unit])).toEqual([[12, "家"]]);
  });
});

describe("lines of a PDF", () => {
  const at = (str: string, x: number, width: number) => ({
    str,
    transform: [12, 0, 0, 12, x, 600],
    width,
    height: str === " " ? 0 : 12,
    hasEOL: false,
  });
  it("a blank of half a character parts cells in a row of a table, words elsewhere", () => {
    const narrow = [
      at("适老化改造", 0, 60),
      at(" ", 60, 5.3),
      at("874", 65, 23),
      at(" ", 88, 2.5),
      at("户", 91, 12),
    ];
    expect(linesOf([...narrow, at(" ", 103, 19), at("养老股", 122, 36)])).toEqual([
      "适老化改造   874 户   养老股",
    ]);
    expect(linesOf(narrow)).toEqual(["适老化改造 874 户"]);
  });
});

describe("plain text", () => {
  it("UTF-8 with mark, UTF-16, GB 18030", async () => {
    expect(await textOf(strToU8("\uFEFF民政"))).toBe("民政");
    expect(await textOf(new Uint8Array([0xff, 0xfe, 0x11, 0x6c]))).toBe("\u6c11");
    expect(await textOf(new Uint8Array([0xc3, 0xf1, 0xd5, 0xfe]))).toBe("民政");
    const words = "云溪县民政局2024年工作要点\n新建3家";
    expect(await textOf(new Uint8Array(Buffer.from(words, "utf16le")))).toBe(words);
    expect(await textOf(new Uint8Array(Buffer.from(words, "utf16le").swap16()))).toBe(words);
  });
});

describe("what cannot be read says the way out", () => {
  const message = (bytes: Uint8Array) =>
    textOf(bytes).then(
      () => "",
      (e: Error) => e.message,
    );
  it.each([
    ["empty", new Uint8Array(), "空的"],
    ["old Word", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "另存为 .docx"],
    ["a broken zip", new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), "另存一次"],
    ["another zip", zipSync({ "a.txt": strToU8("x") }), "粘贴文字"],
    ["Word without text", docx(p("")), "没有文字"],
    ["a broken PDF", strToU8("%PDF-1.7\nnothing"), "重新导出"],
    ["PDF without text", pdf([]), "扫描件"],
    ["text with zero bytes", strToU8("民政\0\0民政\0局"), "不是文字文件"],
    ["bytes", new Uint8Array(400).fill(0xff).map((_, i) => (i % 2 ? 0xff : 0x01)), "不是文字文件"],
  ])("%s", async (_, bytes, words) => expect(await message(bytes)).toContain(words));
});
