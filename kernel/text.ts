/** Full-width ASCII (as typed by Chinese input methods) to half-width; other characters untouched. */
export function toHalfWidth(text: string): string {
  // Most texts of a list of millions have none.
  if (!/[\u3000\uFF01-\uFF5E]/.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ");
}
