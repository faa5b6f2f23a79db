import { chineseNumber } from "./numerals.ts";

/** The numbers that Word counts itself: they are not in the text, only how they look. */

export const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

export function entities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));/g, (all, dec, hex, name) => {
    if (name) return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name as "amp"];
    const code = dec ? Number(dec) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

export interface ListLevel {
  readonly text: string;
  readonly start: number;
  show(n: number): string;
}
export interface List {
  /** Lists that share a definition go on counting. */
  readonly shared: string;
  readonly levels: ReadonlyMap<string, ListLevel>;
  /** Levels at which this list begins again. */
  readonly restart: ReadonlyMap<string, number>;
}
export type Numbering = ReadonlyMap<string, List>;

export interface ParagraphStyle {
  readonly numId: string | undefined;
  readonly level: string | undefined;
  readonly centred: boolean;
  /** An entry of the table of contents. */
  readonly contents: boolean;
}
export type Styles = ReadonlyMap<string, ParagraphStyle>;

const valIn = (xml: string, name: string) =>
  attribute(new RegExp(`<w:${name}\\b[^>]*>`).exec(xml)?.[0] ?? "", "w:val");

/** numId → how each of its levels looks. */
export function numberingOf(xml: string): Numbering {
  const shared = new Map<
    string,
    { levels: Map<string, ListLevel>; link: string | undefined; named: string | undefined }
  >();
  for (const m of xml.matchAll(/<w:abstractNum\b([^>]*)>(.*?)<\/w:abstractNum>/gs)) {
    const levels = new Map<string, ListLevel>();
    for (const l of (m[2] ?? "").matchAll(/<w:lvl\b([^>]*)>(.*?)<\/w:lvl>/gs)) {
      const format = valIn(l[2] ?? "", "numFmt") ?? "decimal";
      levels.set(attribute(l[1] ?? "", "w:ilvl") ?? "0", {
        text: /bullet|none/.test(format) ? "" : entities(valIn(l[2] ?? "", "lvlText") ?? ""),
        start: Number(valIn(l[2] ?? "", "start") ?? 1),
        show: (n) => shown(format, n),
      });
    }
    shared.set(attribute(m[1] ?? "", "w:abstractNumId") ?? "", {
      levels,
      link: valIn(m[2] ?? "", "numStyleLink"),
      named: valIn(m[2] ?? "", "styleLink"),
    });
  }
  const numbering = new Map<string, List>();
  for (const m of xml.matchAll(/<w:num\b([^>]*)>(.*?)<\/w:num>/gs)) {
    const body = m[2] ?? "";
    const id = attribute(m[1] ?? "", "w:numId");
    const abstractId = valIn(body, "abstractNumId") ?? "";
    const own = shared.get(abstractId);
    const linked = own?.link ? [...shared.values()].find((s) => s.named === own.link) : undefined;
    const restart = new Map<string, number>();
    for (const o of body.matchAll(/<w:lvlOverride\b([^>]*)>(.*?)<\/w:lvlOverride>/gs)) {
      const start = valIn(o[2] ?? "", "startOverride");
      if (start !== undefined) restart.set(attribute(o[1] ?? "", "w:ilvl") ?? "0", Number(start));
    }
    if (own && id) numbering.set(id, { shared: abstractId, levels: (linked ?? own).levels, restart });
  }
  return numbering;
}

/** styleId → what it brings to its paragraphs, also from the styles it is based on. */
export function stylesOf(xml: string): Styles {
  const raw = new Map<string, { body: string; base: string | undefined; name: string }>();
  for (const m of xml.matchAll(/<w:style\b([^>]*)>(.*?)<\/w:style>/gs)) {
    const body = m[2] ?? "";
    raw.set(attribute(m[1] ?? "", "w:styleId") ?? "", {
      body,
      base: valIn(body, "basedOn"),
      name: valIn(body, "name") ?? "",
    });
  }
  const styles = new Map<string, ParagraphStyle>();
  for (const [id, own] of raw) {
    let numId: string | undefined;
    let level: string | undefined;
    let jc: string | undefined;
    let at: typeof own | undefined = own;
    for (let hops = 0; at && hops < 12; hops++) {
      numId ??= valIn(at.body, "numId");
      level ??= valIn(at.body, "ilvl");
      jc ??= valIn(at.body, "jc");
      at = at.base === undefined ? undefined : raw.get(at.base);
    }
    styles.set(id, { numId, level, centred: jc === "center", contents: /^toc \d|^目录 ?\d/i.test(own.name) });
  }
  return styles;
}

function shown(format: string, n: number): string {
  if (/chinese|ideograph|japanese/i.test(format)) return chineseNumber(n);
  if (/^decimalEnclosedCircle/.test(format) && n >= 1 && n <= 20) return String.fromCharCode(0x245f + n);
  if (/^(?:upper|lower)Letter$/.test(format)) {
    const letter = String.fromCharCode(65 + ((n - 1) % 26));
    return format.startsWith("upper") ? letter : letter.toLowerCase();
  }
  return String(n);
}
