import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../texts/index.ts";

/** A modal sheet on the browser's own dialog: focus stays inside, Escape closes, the page behind is inert. */
export function Sheet(p: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  testId?: string;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (typeof dialog.showModal === "function") dialog.showModal();
    else dialog.setAttribute("open", "");
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class="sheet"
      aria-labelledby="sheet-title"
      data-testid={p.testId}
      onCancel={(e) => {
        e.preventDefault();
        p.onClose();
      }}
    >
      <div class="sheet-head">
        <h2 id="sheet-title">{p.title}</h2>
        <button type="button" class="button plain" onClick={p.onClose}>
          {t("do.close")}
        </button>
      </div>
      {p.children}
    </dialog>
  );
}
