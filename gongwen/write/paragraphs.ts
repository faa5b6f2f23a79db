import { CHARACTER, CORE_WIDTH, LINE, MASTHEAD_TOP, PAGE, STYLES, widthIn } from "./layout.ts";
import type { Line } from "./lines.ts";
import { paragraph, run, t } from "./paragraph.ts";
import { table } from "./table.ts";

/** The lines as paragraphs and tables of the main part. */
export function paragraphsOf(lines: readonly Line[]): string {
  const out: string[] = [];
  const date = lines.find((l) => l.kind === "line" && l.style === "date");
  const dateWidth = date?.kind === "line" ? widthIn(date.pieces[0]?.text ?? "") : 0;
  let above = 0;
  lines.forEach((line, i) => {
    if (line.kind === "table") {
      out.push(table(line.columns, line.rows));
      // Word wants a paragraph behind the last table.
      if (i === lines.length - 1) out.push(paragraph("blank", ""));
      return;
    }
    // The signature never stands alone on a page: it takes the end of the text with it.
    const keep = [lines[i + 1], lines[i + 2]].some(
      (l) => l?.kind === "line" && (l.style === "issuer" || l.style === "date"),
    );
    if (line.kind === "pair") {
      const words = `${run(line.left)}<w:r><w:tab/></w:r>${run(line.right)}`;
      const tab = `<w:tabs><w:tab w:val="right" w:pos="${CORE_WIDTH - CHARACTER}"/></w:tabs>`;
      if (line.style === "signed") out.push(paragraph("signed", words, { tab }));
      else {
        const above = lines[i - 1];
        const copied = above?.kind === "line" && above.style === "imprint" ? [out.pop() as string] : [];
        out.push(imprint([...copied, paragraph("printed", words, { tab })]));
      }
      return;
    }
    const words = line.pieces.map((p) => run(p.text, p.as)).join("");
    const text = line.pieces.map((p) => p.text).join("");
    if (line.style === "masthead") {
      const size = Math.min(STYLES.masthead.size, Math.floor(CORE_WIDTH / 20 / widthIn(text)));
      const before = Math.max(0, MASTHEAD_TOP - above * LINE);
      out.push(
        paragraph(
          "masthead",
          `<w:r><w:rPr><w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr>${t(text)}</w:r>`,
          {
            indent: `<w:spacing w:before="${before}" w:after="0"/>`,
          },
        ),
      );
    } else if (line.style === "issuer") {
      // Centred over the date, which ends four characters from the edge; a long name moves both no further than two.
      const right = Math.max(2, 4 + (dateWidth - widthIn(text)) / 2);
      out.push(paragraph("issuer", words, { indent: `<w:ind w:right="${Math.round(right * CHARACTER)}"/>` }));
    } else out.push(paragraph(line.style, words, { keep }));
    above++;
  });
  return out.join("");
}

/** 版记 at the foot of the last page: 0.35 mm rules outside, 0.25 mm between. A table, because editors agree on where it floats. */
function imprint(rows: readonly string[]): string {
  const rule = (edge: string, size: number) =>
    `<w:${edge} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`;
  const row = (p: string) =>
    `<w:tr><w:tc><w:tcPr><w:tcW w:w="${CORE_WIDTH}" w:type="dxa"/></w:tcPr>${p}</w:tc></w:tr>`;
  // What follows the table holds its place and takes no room.
  return `<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:tblpYSpec="bottom" w:horzAnchor="page" w:tblpX="${PAGE.left}"/><w:tblW w:w="${CORE_WIDTH}" w:type="dxa"/><w:tblBorders>${rule("top", 8)}${rule("bottom", 8)}${rule("insideH", 6)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="${CORE_WIDTH}"/></w:tblGrid>${rows.map(row).join("")}</w:tbl>${paragraph("blank", "", { indent: '<w:spacing w:line="20" w:lineRule="exact"/>' })}`;
}
