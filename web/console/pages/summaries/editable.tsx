/** A paragraph that a person edits: words are typed, figures stay whole. They can be moved and deleted, not changed. */
import { useEffect, useRef } from "react";
import type { Figure, Piece } from "./words.ts";

interface Props {
  label: string;
  pieces: readonly Piece[];
  figures: ReadonlyMap<string, Figure>;
  onChange: (pieces: Piece[]) => void;
}
export function Editable({ label, pieces, figures, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // Filled once: afterwards the browser's own editing is the truth, and React must not write over it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    box.current?.replaceChildren(...pieces.map((p) => nodeOf(p, figures)));
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a text field cannot hold figures that stay whole
    <div
      ref={box}
      className="summary-editable"
      role="textbox"
      tabIndex={0}
      aria-multiline="true"
      aria-label={label}
      contentEditable
      suppressContentEditableWarning
      onInput={() => box.current && onChange(piecesIn(box.current))}
      onKeyDown={(e) => {
        if (e.key === "Enter") e.preventDefault();
      }}
      onPaste={(e) => {
        e.preventDefault();
        const text = e.clipboardData.getData("text/plain").replaceAll(/\s*\n\s*/g, "");
        document.execCommand("insertText", false, text);
      }}
    />
  );
}

function nodeOf(piece: Piece, figures: ReadonlyMap<string, Figure>): Node {
  if (typeof piece === "string") return document.createTextNode(piece);
  const chip = document.createElement("span");
  chip.className = "summary-figure";
  chip.contentEditable = "false";
  chip.dataset.figure = piece.figure;
  chip.textContent = figures.get(piece.figure)?.text ?? "";
  return chip;
}

/** Words that stand side by side are one piece; whatever else the browser made is its text. */
export function piecesIn(box: HTMLElement): Piece[] {
  const out: Piece[] = [];
  for (const node of box.childNodes) {
    const figure = node instanceof HTMLElement ? node.dataset.figure : undefined;
    if (figure) out.push({ figure });
    else {
      const text = node.textContent ?? "";
      const before = out.at(-1);
      if (typeof before === "string") out[out.length - 1] = before + text;
      else if (text !== "") out.push(text);
    }
  }
  return out;
}
