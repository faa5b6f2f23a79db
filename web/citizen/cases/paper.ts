import { dateWords } from "../parts/words.ts";

interface Paper {
  readonly addressee: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly paragraphs: readonly string[];
}

/** The text without the salutation and the signature: templates often carry their own, the page sets them once. */
export function bodyOf(p: Paper): string[] {
  const bare = (text: string) => text.replace(/[\s：:]/g, "");
  const signature = [p.issuer, p.issuedOn, dateWords(p.issuedOn)].map(bare);
  const body = [...p.paragraphs];
  if (bare(body[0] ?? "") === bare(p.addressee)) body.shift();
  while (body.length > 0 && signature.includes(bare(body.at(-1) ?? ""))) body.pop();
  return body;
}
