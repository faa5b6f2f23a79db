import { SignedIn } from "../account/SignedIn.tsx";
import type { PageProps } from "../app/App.tsx";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { withSession } from "../app/session.ts";
import { Page } from "../parts/Page.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";
import { bodyOf } from "./paper.ts";

/** A notice as paper people know; prints without the frame around it. */
export function DocumentPage(props: PageProps) {
  const id = props.params.id ?? "";
  return (
    <SignedIn {...props} why={t("login.whyMy")}>
      {() => <Paper id={id} base={props.base} />}
    </SignedIn>
  );
}

function Paper({ id, base }: { id: string; base: string }) {
  const [found, retry] = useLoad(id, () => withSession(() => api.getDocument({ params: { id } })));
  const title = found.status === "ready" ? found.value.title : t("document.title");
  return (
    <Page title={title} back={`${base}/my`} testId="document">
      <Async of={found} retry={retry}>
        {(d) => (
          <>
            <article class="paper">
              <p class="paper-number">{d.number}</p>
              <p>{d.addressee}：</p>
              {bodyOf(d).map((text, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a printed paper never changes
                <p key={i} class="paper-text">
                  {text}
                </p>
              ))}
              <p class="paper-sign">
                {d.issuer}
                <br />
                {dateWords(d.issuedOn)}
              </p>
            </article>
            <div class="actions no-print">
              <button type="button" class="button" onClick={() => print()}>
                {t("document.print")}
              </button>
            </div>
          </>
        )}
      </Async>
    </Page>
  );
}
