import { strToU8, type Zippable, zipSync } from "fflate";
import { FACES, FOOTER, LATIN, LINE, PAGE, STYLES, type Style, TIGHT } from "./layout.ts";
import { linesOf } from "./lines.ts";
import type { OfficialDocument } from "./model.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { xml } from "./xml.ts";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * The document as a Word file (.docx) in the layout of GB/T 9704-2012. The same model gives the same bytes.
 * @throws DomainError `document-without-title`, `table-without-columns`, `bad-date`
 */
export function writeDocument(document: OfficialDocument): Uint8Array {
  const body = paragraphsOf(linesOf(document));
  const parts: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${TYPE}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${TYPE}.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="${TYPE}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${TYPE}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    "docProps/core.xml": coreOf(document),
    "word/document.xml": `<w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body}<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/><w:pgMar w:top="${PAGE.top}" w:right="${PAGE.right}" w:bottom="${PAGE.bottom}" w:left="${PAGE.left}" w:header="851" w:footer="${FOOTER}" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    "word/styles.xml": stylesXml(),
    "word/settings.xml": `<w:settings xmlns:w="${W}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    "word/fontTable.xml": fontTable(),
    "word/footer1.xml": footer("right"),
    "word/footer2.xml": footer("left"),
    "word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[
      ["styles", "styles"],
      ["settings", "settings"],
      ["fontTable", "fontTable"],
      ["footer", "footer1"],
      ["footer", "footer2"],
    ]
      .map(([type, file], i) => `<Relationship Id="rId${i + 1}" Type="${R}/${type}" Target="${file}.xml"/>`)
      .join("")}</Relationships>`,
  };
  const files: Zippable = {};
  for (const [name, part] of Object.entries(parts)) files[name] = strToU8(HEAD + part);
  // A fixed time of day zero: the same document is the same file.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

function coreOf(d: OfficialDocument): string {
  const when = d.date
    ? `<dcterms:created xsi:type="dcterms:W3CDTF">${xml(d.date)}T00:00:00Z</dcterms:created>`
    : "";
  return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(d.title.replaceAll("\n", ""))}</dc:title>${d.issuer ? `<dc:creator>${xml(d.issuer)}</dc:creator>` : ""}${when}</cp:coreProperties>`;
}

const typeface = (s: Style) =>
  `<w:rFonts w:hint="eastAsia" w:ascii="${LATIN}" w:hAnsi="${LATIN}" w:eastAsia="${FACES[s.face].name}" w:cs="${LATIN}"/>`;

/** Each kind of line is a style of its own, so an officer changes all of them in one place. */
function stylesXml(): string {
  const styles = (Object.entries(STYLES) as [string, Style][]).map(([id, s]) => {
    const line = s.line === "auto" ? "" : `w:line="${s.line ?? LINE}" w:lineRule="exact" `;
    const indent = `<w:ind w:left="${s.left ?? 0}" w:right="${s.right ?? 0}" ${s.hanging ? `w:hanging="${s.hanging}"` : `w:firstLine="${s.firstLine ?? 0}"`}/>`;
    const paragraph =
      (s.keepNext ? "<w:keepNext/>" : "") +
      (s.newPage ? "<w:pageBreakBefore/>" : "") +
      '<w:widowControl w:val="0"/>' +
      (s.rule ? '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>' : "") +
      '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' +
      `<w:spacing w:before="${s.before ?? 0}" w:after="0" ${line}/>${indent}<w:jc w:val="${s.align ?? "both"}"/>` +
      (s.outline === undefined ? "" : `<w:outlineLvl w:val="${s.outline}"/>`);
    const run = `${typeface(s)}${s.red ? '<w:color w:val="FF0000"/>' : ""}<w:spacing w:val="${s.size === 16 ? TIGHT : 0}"/><w:sz w:val="${s.size * 2}"/><w:szCs w:val="${s.size * 2}"/>`;
    return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${s.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
  });
  return `<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr>${typeface(STYLES.body)}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${styles.join("")}${[
    "heading1",
    "heading2",
    "heading3",
  ]
    .map(
      (id) =>
        `<w:style w:type="character" w:customStyle="1" w:styleId="${id}Words"><w:name w:val="${STYLES[id as "heading1"].name}文字"/><w:rPr>${typeface(STYLES[id as "heading1"])}</w:rPr></w:style>`,
    )
    .join("")}</w:styles>`;
}

/** Names the typeface that takes over where one is not installed; WPS and LibreOffice read it too. */
const fontTable = () =>
  `<w:fonts xmlns:w="${W}">${Object.values(FACES)
    .map(
      (f) =>
        `<w:font w:name="${f.name}"><w:altName w:val="${f.otherwise}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
    )
    .join("")}</w:fonts>`;

/** — 1 —, one character in from the outer edge. */
function footer(side: "left" | "right"): string {
  const run = (inner: string) => `<w:r>${inner}</w:r>`;
  const field = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`);
  return `<w:ftr xmlns:w="${W}"><w:p><w:pPr><w:pStyle w:val="page"/><w:ind w:${side}="280"/><w:jc w:val="${side}"/></w:pPr>${run('<w:t xml:space="preserve">— </w:t>')}${field("begin")}${run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')}${field("separate")}${run("<w:t>1</w:t>")}${field("end")}${run('<w:t xml:space="preserve"> —</w:t>')}</w:p></w:ftr>`;
}
