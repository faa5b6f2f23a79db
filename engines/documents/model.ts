import type { DocumentTemplate } from "@wuxin/declare";
import { DomainError, type IsoDate } from "@wuxin/kernel";

/** A list fills a paragraph of its own with one paragraph each. */
export type Fill = string | number | readonly string[];
export type Fills = Readonly<Record<string, Fill | null | undefined>>;

export interface PrintedDocument {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly issuedOn: IsoDate;
  readonly issuer: string;
  readonly addressee: string;
  readonly paragraphs: readonly string[];
}

export interface CaseDocument {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly number: string;
  readonly issuedOn: IsoDate;
}

/** `{county}民救不〔{year}〕{n}号` → 岳阳县民救不〔2024〕3号. The number is not padded (GB/T 9704-2012). */
export function formatNumber(series: string, county: string, year: number, n: number): string {
  return series
    .replaceAll("{county}", county)
    .replaceAll("{year}", String(year))
    .replaceAll("{n}", String(n));
}

/** Throws `bad-declaration` when a series could give the same text twice. */
export function checkSeries(series: string): void {
  if (series.split("{n}").length === 2 && series.includes("{year}")) return;
  throw new DomainError("bad-declaration", `文号格式“${series}”应含一个 {n} 和 {year}，请改正模板。`);
}

const HOLE = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/**
 * The paragraphs of a template, filled. A paragraph that is one placeholder alone becomes as many paragraphs as its
 * list has, none for an empty list or null; anywhere else a missing value is refused: no notice leaves with a hole.
 * @throws DomainError("bad-declaration") naming template and placeholder
 */
export function fill(template: Pick<DocumentTemplate, "code" | "title" | "body">, values: Fills): string[] {
  return template.body.flatMap((paragraph) => {
    const alone = /^\s*\{\{\s*([^{}\s]+)\s*\}\}\s*$/.exec(paragraph)?.[1];
    if (alone !== undefined && Object.hasOwn(values, alone)) {
      const value = values[alone];
      if (value === null || value === undefined || value === "") return [];
      return Array.isArray(value) ? value : [String(value)];
    }
    return [
      paragraph.replace(HOLE, (_, name: string) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined || value === null) {
          throw new DomainError(
            "bad-declaration",
            `文书“${template.title}”（${template.code}）的 {{${name}}} 没有内容，不能出具。请补上该项，或改正模板。`,
            { details: { template: template.code, placeholder: name } },
          );
        }
        return typeof value === "object" ? value.join("；") : String(value);
      }),
    ];
  });
}
