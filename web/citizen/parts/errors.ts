/** After a refused step: the first wrong field gets the focus, so that its message is read out. */
export function toFirstError(box: HTMLElement | null): void {
  // The messages are drawn after this call.
  setTimeout(() => {
    const wrong = box?.querySelector<HTMLElement>(".wrong");
    const target = wrong?.querySelector<HTMLElement>("input,select,textarea,button") ?? wrong;
    target?.focus();
    wrong?.scrollIntoView({ block: "center" });
  }, 30);
}
