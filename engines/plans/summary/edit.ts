/** What people do to a summary: they write words and place figures; a figure's value is never theirs to write. Pure. */
import { DomainError } from "@wuxin/kernel";
import { type Content, changeWords, type Figure, type Piece, type Section } from "./model.ts";

export interface Edit {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** @throws DomainError invalid-input where a figure is named that the summary does not have */
export function edited(before: Content, { title, sections }: Edit): Content {
  if (title.trim() === "") throw new DomainError("invalid-input", "请写标题。", { field: "title" });
  const kept = sections
    .map((s) => ({ ...s, paragraphs: s.paragraphs.filter((p) => !empty(p.pieces)) }))
    .filter((s) => s.paragraphs.length > 0);
  for (const piece of kept.flatMap((s) => s.paragraphs.flatMap((p) => p.pieces)))
    if (typeof piece !== "string" && !before.figures[piece.figure])
      throw new DomainError("invalid-input", "文中有一个数不是这份总结里的，请刷新后再改。", {
        field: "sections",
      });
  return { title: title.trim(), sections: kept, figures: before.figures };
}
/** A figure of an indicator put at the end of a paragraph, with the words that say what it is. */
export function inserted(
  before: Content,
  { paragraph, figure, words }: { paragraph: string; figure: Figure; words: string },
): Content {
  if (!before.sections.some((s) => s.paragraphs.some((p) => p.id === paragraph)))
    throw new DomainError("invalid-input", "这一段已经不在总结里，请刷新后再选。", { field: "paragraph" });
  return {
    ...before,
    figures: { ...before.figures, [figure.id]: figure },
    sections: before.sections.map((s) => ({
      ...s,
      paragraphs: s.paragraphs.map((p) =>
        p.id === paragraph ? { ...p, pieces: [...p.pieces, words, { figure: figure.id }, "。"] } : p,
      ),
    })),
  };
}
const empty = (pieces: readonly Piece[]) => pieces.every((p) => typeof p === "string" && p.trim() === "");

/** The same content when nothing changed. @param which all when left out */
export function refreshed(
  before: Content,
  told: ReadonlyMap<string, Figure | null>,
  which?: readonly string[],
): Content {
  const moved = new Map<string, Figure>();
  for (const [id, now] of told) {
    const was = before.figures[id];
    if (!was || !now || (which && !which.includes(id))) continue;
    if (JSON.stringify(was) !== JSON.stringify(now)) moved.set(id, now);
  }
  if (moved.size === 0) return before;
  const turned = (p: Piece, next: Piece | undefined): Piece => {
    if (typeof p !== "string" || next === undefined || typeof next === "string") return p;
    const was = before.figures[next.figure];
    const now = moved.get(next.figure);
    // More became less: the word before the figure turns with it.
    if (!was || !now || now.source.from !== "indicator" || now.source.of !== "change") return p;
    const words = changeWords(was.value, was.unit);
    return p.endsWith(words) ? p.slice(0, -words.length) + changeWords(now.value, now.unit) : p;
  };
  return {
    ...before,
    figures: { ...before.figures, ...Object.fromEntries(moved) },
    sections: before.sections.map((s) => ({
      ...s,
      paragraphs: s.paragraphs.map((p) => ({
        ...p,
        pieces: p.pieces.map((x, n) => turned(x, p.pieces[n + 1])),
      })),
    })),
  };
}
