const NAMED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const xml = (text: string) => text.replace(/[&<>"]/g, (c) => NAMED[c] as string);
