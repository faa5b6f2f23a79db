/** A paper on A4, laid out as the papers people know; the browser prints it. */
import { formatDateChinese } from "@wuxin/kernel";
import type { Reply } from "../app/api.ts";
import "../styles/document.css";

type Printed = Reply<"getDocument">;

/** A template may itself end with issuer and date, and begin with the addressee: the layout already shows them. */
function textOf(d: Printed): string[] {
  const shown = new Set([d.issuer, formatDateChinese(d.issuedOn), `${d.addressee}：`, d.issuedOn]);
  return d.paragraphs.filter((p) => !shown.has(p.trim()));
}
/** The line at the top when the text begins with one of its own: 某某的监护人：, and not with a sentence that ends 如下：. */
const opens = (d: Printed) => /^[^，。；]{2,30}(?<!如下)：$/.test(textOf(d)[0]?.trim() ?? "");

export function Paper({ of: d }: { of: Printed }) {
  return (
    <article className="paper">
      <p className="paper-issuer">{d.issuer}</p>
      <h1>{d.title}</h1>
      <p className="paper-number">{d.number}</p>
      {d.addressee !== "" && !opens(d) && <p className="paper-addressee">{d.addressee}：</p>}
      {textOf(d).map((p, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a printed paper does not change
        <p key={n} className={n === 0 && opens(d) ? "paper-addressee" : "paper-text"}>
          {p}
        </p>
      ))}
      <footer>
        <p>{d.issuer}</p>
        <p>{formatDateChinese(d.issuedOn)}</p>
      </footer>
    </article>
  );
}
