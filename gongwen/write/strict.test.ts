/** What Word and WPS ask of a file before they open it without a word of repair: parts, links, and properties in their order. */
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type OfficialDocument, writeDocument } from "../index.ts";

/** Children in the order of the schema (ECMA-376, part 1: CT_PPr, CT_RPr, CT_TblPr, CT_TcPr, CT_TrPr, CT_SectPr, CT_Style). */
const ORDER: Readonly<Record<string, string>> = {
  "w:pPr":
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
  "w:rPr":
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
  "w:tblPr":
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
  "w:tcPr":
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
  "w:sectPr":
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
  "w:style":
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
  "w:tbl": "bookmarkStart tblPr tblGrid tr",
  "w:tc": "tcPr p",
};

const document: OfficialDocument = {
  title: "云溪县民政局\n2024年工作总结",
  head: {
    masthead: "云溪县民政局文件",
    number: { office: "云民发", year: 2024, serial: 5 },
    signer: "张三",
    urgency: "特急",
  },
  addressee: "县人民政府",
  body: [
    { kind: "item", level: 1, heading: "总结" },
    { kind: "item", level: 2, heading: "提高标准", text: "城市低保标准提高到720元/月。" },
    { kind: "item", level: 3, heading: "助餐", text: "新建助餐点12个 & <好>。" },
    {
      kind: "table",
      caption: "主要指标",
      columns: [{ title: "指标" }, { title: "单位" }],
      rows: [["老年助餐点", "个"]],
    },
  ],
  annexes: [{ title: "任务分解表", body: [{ kind: "paragraph", text: "见表。" }] }],
  issuer: "云溪县民政局",
  date: "2024-12-05",
  note: "此件公开发布",
  imprint: { copiedTo: "县委办公室。", printedBy: "云溪县民政局办公室", printedOn: "2024-12-06" },
};
const parts = Object.entries(unzipSync(writeDocument(document))).map(
  ([name, bytes]) => [name, strFromU8(bytes)] as const,
);
const xml = (name: string) => parts.find(([n]) => n === name)?.[1] ?? "";

/** Every element with the names of its children, in their order. */
function* elements(text: string): Generator<[name: string, children: string[]]> {
  const open: [string, string[]][] = [];
  for (const m of text.matchAll(/<(\/?)([A-Za-z][\w:.]*)[^>]*?(\/?)>/g)) {
    const name = m[2] ?? "";
    if (m[1]) {
      const done = open.pop();
      if (done) yield done;
    } else {
      open.at(-1)?.[1].push(name);
      if (m[3]) yield [name, []];
      else open.push([name, []]);
    }
  }
}

describe("the Word file as strict readers take it", () => {
  it("has its content types first, and a type for every part", () => {
    expect(parts[0]?.[0]).toBe("[Content_Types].xml");
    const types = xml("[Content_Types].xml");
    for (const [name] of parts.slice(1))
      expect(
        types.includes(`PartName="/${name}"`) || types.includes(`Extension="${name.split(".").at(-1)}"`),
        name,
      ).toBe(true);
  });

  it("points only at parts that are there, and every id that is used is given", () => {
    for (const [name, text] of parts.filter(([n]) => n.endsWith(".rels"))) {
      const folder = name.replace(/_rels\/[^/]*$/, "");
      const targets = [...text.matchAll(/Target="([^"]+)"/g)].map((m) => m[1] ?? "");
      expect(targets.length, name).toBeGreaterThan(0);
      for (const t of targets) expect(xml(t.startsWith("/") ? t.slice(1) : folder + t), t).not.toBe("");
    }
    const given = new Set(
      [...xml("word/_rels/document.xml.rels").matchAll(/ Id="([^"]+)"/g)].map((m) => m[1]),
    );
    for (const m of xml("word/document.xml").matchAll(/r:id="([^"]+)"/g)) expect(given).toContain(m[1]);
  });

  it("uses only styles that it defines, each once", () => {
    const defined = [...xml("word/styles.xml").matchAll(/w:styleId="([^"]+)"/g)].map((m) => m[1]);
    expect(new Set(defined).size).toBe(defined.length);
    const used = parts.flatMap(([, text]) => [...text.matchAll(/<w:[pr]Style w:val="([^"]+)"/g)]);
    expect(used.length).toBeGreaterThan(10);
    for (const m of used) expect(defined).toContain(m[1]);
  });

  it("keeps properties in the order of the schema; a cell ends with a paragraph", () => {
    let looked = 0;
    for (const [part, text] of parts)
      for (const [name, children] of elements(text)) {
        const order = ORDER[name]?.split(" ").map((x) => `w:${x}`);
        if (!order) continue;
        looked += 1;
        const places = children.map((c) => order.indexOf(c));
        expect(places, `${part} ${name}: ${children.join(" ")}`).toEqual([...places].sort((a, b) => a - b));
        expect(places, `${part} ${name}: ${children.join(" ")}`).not.toContain(-1);
        if (name === "w:tc") expect(children.at(-1)).toBe("w:p");
      }
    expect(looked).toBeGreaterThan(30);
  });
});
