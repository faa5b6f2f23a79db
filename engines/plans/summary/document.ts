/** The summary as an official document, with the place of every figure in its text. Pure. */
import { type Block, type OfficialDocument, readText, textOfDocument } from "@wuxin/gongwen";
import type { IsoDate } from "@wuxin/kernel";
import { type Content, type Piece, shown } from "./model.ts";

export interface Printed {
  readonly issuer: string;
  readonly date: IsoDate;
}

export const documentOf = (content: Content, printed: Printed): OfficialDocument =>
  documentWith(content, printed, (figure) => {
    const f = content.figures[figure];
    return f ? shown(f) : "";
  });

function documentWith(
  { title, sections }: Content,
  printed: Printed,
  figure: (id: string) => string,
): OfficialDocument {
  const words = (pieces: readonly Piece[]) =>
    pieces.map((p) => (typeof p === "string" ? p : figure(p.figure))).join("");
  const body: Block[] = [];
  for (const s of sections) {
    body.push({ kind: "item", level: 1, heading: s.heading });
    for (const p of s.paragraphs) {
      const text = words(p.pieces);
      body.push(
        p.heading === "" ? { kind: "paragraph", text } : { kind: "item", level: 2, heading: p.heading, text },
      );
    }
  }
  return { title, body, ...printed };
}

// Two characters of the private use area around a figure: they survive the writing and say where it stands.
const OPEN = "\ue000";
const CLOSE = "\ue001";

export interface Placed {
  readonly text: string;
  /** In the order of the text. */
  readonly places: readonly { readonly figure: string; readonly start: number; readonly end: number }[];
}

/** The text as it will be read back from the file, and where each figure stands in it. */
export function placed(content: Content, printed: Printed): Placed {
  const order: string[] = [];
  const marked = textOfDocument(
    documentWith(content, printed, (id) => {
      order.push(id);
      const f = content.figures[id];
      return `${OPEN}${f ? shown(f) : ""}${CLOSE}`;
    }),
  );
  const places: { figure: string; start: number; end: number }[] = [];
  let text = "";
  let start = 0;
  for (const c of marked) {
    if (c === OPEN) start = text.length;
    else if (c === CLOSE) places.push({ figure: order[places.length] ?? "", start, end: text.length });
    else text += c;
  }
  return { text, places };
}

/** Every quantity that a reader finds, with the figure that stands there; null: somebody typed it. */
export function quantitiesIn({ text, places }: Placed) {
  return readText(text).quantities.map((q) => ({
    ...{ quote: q.quote, object: q.object, value: q.value, unit: q.unit, start: q.start },
    figure:
      places.find((p) => q.numeralStart >= p.start && q.numeralStart < p.end && q.end <= p.end)?.figure ??
      null,
  }));
}
