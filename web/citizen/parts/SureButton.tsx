import { useEffect, useState } from "preact/hooks";

/** A button for what cannot be undone: the first tap asks, the second does it; after four seconds it forgets. */
export function SureButton(p: {
  label: string;
  sure: string;
  /** Nothing would be lost: one tap is enough. */
  harmless?: boolean;
  name?: string;
  class?: string;
  testId?: string;
  onDo: () => void;
}) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), 4000);
    return () => clearTimeout(timer);
  }, [asked]);
  return (
    <button
      type="button"
      class={asked ? "button danger" : (p.class ?? "button plain")}
      data-testid={p.testId}
      aria-label={asked ? p.sure : (p.name ?? p.label)}
      onClick={() => (asked || p.harmless ? p.onDo() : setAsked(true))}
    >
      {asked ? p.sure : p.label}
    </button>
  );
}
