import { newId } from "@wuxin/kernel";
import { useEffect, useState } from "preact/hooks";
import { SignedIn } from "../account/SignedIn.tsx";
import type { PageProps } from "../app/App.tsx";
import { api, getItem, problemOf } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { navigate, place, withQuery } from "../app/router.ts";
import type { Item, Session } from "../app/types.ts";
import { readAnswers } from "../check/answers.ts";
import { Page } from "../parts/Page.tsx";
import { Failed, Note } from "../parts/States.tsx";
import { SureButton } from "../parts/SureButton.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";
import { carryOver } from "./carry.ts";
import { Fill } from "./Fill.tsx";
import { findHere, forgetHere } from "./keep.ts";
import { emptyFilling, type Filling, fillingFromDraft, withInitials } from "./model.ts";

/** Who may file an application; the server refuses the others at the end, this page at once. */
const MAY_APPLY: readonly string[] = ["resident", "village", "township"];

/** 申请: signs in, finds what was left half-filled, then fills. */
export function ApplyPage(props: PageProps) {
  const { county, base, params } = props;
  const code = params.item ?? "";
  const [item, retry] = useLoad(`${county.code}/${code}`, () => getItem(county.code, code));
  if (item.status !== "ready")
    return (
      <Page title={t("guide.apply")} back={`${base}/item/${code}`}>
        <Async of={item} retry={retry}>
          {() => null}
        </Async>
      </Page>
    );
  return (
    <SignedIn {...props} why={t("login.whyApply")}>
      {(session) =>
        MAY_APPLY.includes(session.account.role) ? (
          <Start {...props} item={item.value} session={session} />
        ) : (
          <Page title={t("guide.apply")} back={`${base}/item/${code}`}>
            <Failed problem={{ status: 403, code: "forbidden", message: t("apply.notYou") }} />
          </Page>
        )
      }
    </SignedIn>
  );
}

interface StartProps extends PageProps {
  readonly item: Item;
  readonly session: Session;
}

function Start(p: StartProps) {
  const { item, county, session } = p;
  const [filling, setFilling] = useState<Filling>();
  const [submitted] = useState(() => place.get().query.done !== undefined);
  // Reloaded in the middle: straight back to the step, without asking.
  const [reopened] = useState(() => place.get().query.s !== undefined);
  useEffect(() => {
    // Reloaded after submitting: the application is among one's own now.
    if (submitted) navigate(`${p.base}/my`, { replace: true });
  }, [submitted, p.base]);
  const [found, retry] = useLoad(item.code, async (): Promise<Filling | null> => {
    const here = findHere(county.code, item.code, session, new Date());
    if (here) return here;
    // Begun on another device: the server's copy. Not finding out must not stop anybody.
    const drafts = await api.listDrafts({}).catch((e: unknown) => {
      if (problemOf(e).status === 401) throw e;
      return [];
    });
    const latest = drafts
      .filter((d) => d.item === item.code)
      .sort((a, b) => b.savedAt.localeCompare(a.savedAt))[0];
    if (!latest) {
      // An address of a step without anything filled in begins at the beginning.
      if (place.get().query.s) navigate(withQuery({ s: undefined, edit: undefined }), { replace: true });
      return null;
    }
    const empty = emptyFilling({ id: latest.id, item, county: county.code, session, now: latest.savedAt });
    return withInitials(item, fillingFromDraft(empty, latest.application));
  });
  const begin = (): Filling => {
    const now = new Date().toISOString();
    const empty = emptyFilling({ id: newId(), item, county: county.code, session, now });
    const forOther = place.get().query.for === "other";
    const start = forOther ? { ...empty, page: { ...empty.page, forOther: true } } : empty;
    return withInitials(item, carryOver(item, start, readAnswers(county.code)));
  };
  if (filling) return <Fill {...p} start={filling} />;
  return (
    <Async of={found} retry={retry}>
      {(left) =>
        left && !reopened ? (
          <Page
            title={t("resume.title")}
            over={item.shortTitle}
            back={`${p.base}/item/${item.code}`}
            testId="resume"
          >
            <Note tone="info">{t("resume.found", { date: dateWords(left.savedAt) })}</Note>
            <div class="actions">
              <button
                type="button"
                class="button primary big"
                data-testid="resume-continue"
                onClick={() => {
                  navigate(`${p.base}/item/${item.code}/apply${left.step ? `?s=${left.step}` : ""}`, {
                    replace: true,
                  });
                  setFilling(left);
                }}
              >
                {t("resume.continue")}
              </button>
              <SureButton
                label={t("resume.anew")}
                sure={t("resume.anewSure")}
                class="button big"
                testId="resume-anew"
                onDo={() => {
                  forgetHere(county.code, item.code);
                  api.deleteDraft({ params: { id: left.id } }).catch(() => undefined);
                  setFilling(begin());
                }}
              />
            </div>
          </Page>
        ) : (
          <Fill {...p} start={left ?? begin()} />
        )
      }
    </Async>
  );
}
