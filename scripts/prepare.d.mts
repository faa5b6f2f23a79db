/** Builds the front ends when their sources, the rooms they import, or the dependencies changed. */
export function ensureBuilt(say: (chinese: string, english: string) => void): Promise<void>;
