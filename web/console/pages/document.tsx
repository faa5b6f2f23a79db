/** A paper on A4, laid out as the papers people know; the browser prints it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { formatDateChinese } from "@wuxin/kernel";
import { Button } from "antd";
import { ask, type Reply } from "../app/api.ts";
import { useTitle } from "../parts/page.tsx";
import { Loaded } from "../parts/states.tsx";
import "../styles/document.css";

const route = getRouteApi("/documents/$id");

/** A template may itself end with issuer and date, and begin with the addressee: the layout already shows them. */
function textOf(d: Reply<"getDocument">): string[] {
  const shown = new Set([d.issuer, formatDateChinese(d.issuedOn), `${d.addressee}：`, d.issuedOn]);
  return d.paragraphs.filter((p) => !shown.has(p.trim()));
}

export default function DocumentPage() {
  const { id } = route.useParams();
  const router = useRouter();
  const query = useQuery({ ...ask("getDocument", { params: { id } }), staleTime: Number.POSITIVE_INFINITY });
  useTitle(query.data?.title ?? "文书");
  return (
    <Loaded query={query}>
      {(d) => (
        <div data-testid="document">
          <div className="row no-print document-bar">
            <Button onClick={() => router.history.back()}>返回</Button>
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          </div>
          <article className="paper">
            <p className="paper-issuer">{d.issuer}</p>
            <h1>{d.title}</h1>
            <p className="paper-number">{d.number}</p>
            {d.addressee !== "" && <p className="paper-addressee">{d.addressee}：</p>}
            {textOf(d).map((p, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a printed paper does not change
              <p key={n} className="paper-text">
                {p}
              </p>
            ))}
            <footer>
              <p>{d.issuer}</p>
              <p>{formatDateChinese(d.issuedOn)}</p>
            </footer>
          </article>
        </div>
      )}
    </Loaded>
  );
}
