import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import { Icon } from "../parts/Icon.tsx";
import { languageName, languagesOf, t } from "../texts/index.ts";
import { lazy } from "./load.tsx";
import { loginSheet, session } from "./session.ts";
import { change, settings } from "./settings.ts";
import type { County } from "./types.ts";

const LoginSheet = lazy(() => import("../account/LoginSheet.tsx").then((m) => m.LoginSheet));

/** Reads the page aloud where the phone can speak. */
function ReadAloud() {
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), []);
  if (!("speechSynthesis" in globalThis)) return null;
  const toggle = () => {
    speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const main = document.getElementById("content");
    const said = new SpeechSynthesisUtterance(main?.innerText ?? "");
    said.lang = document.documentElement.lang || "zh-CN";
    said.rate = 0.9;
    said.onend = () => setSpeaking(false);
    said.onerror = () => setSpeaking(false);
    speechSynthesis.speak(said);
    setSpeaking(true);
  };
  return (
    <button type="button" class="tool" aria-pressed={speaking} onClick={toggle} data-testid="read-aloud">
      {speaking ? t("tool.silence") : t("tool.read")}
    </button>
  );
}

function Tools(p: { county: string | undefined }) {
  const now = useStore(settings);
  const languages = languagesOf(p.county ?? "");
  return (
    <fieldset class="tools">
      <legend class="unseen">{t("tool.all")}</legend>
      <button
        type="button"
        class="tool"
        aria-pressed={now.elder}
        onClick={() => change({ elder: !now.elder })}
        data-testid="elder"
      >
        {t("tool.elder")}
      </button>
      <button
        type="button"
        class="tool"
        aria-pressed={now.contrast}
        onClick={() => change({ contrast: !now.contrast })}
        data-testid="contrast"
      >
        {t("tool.contrast")}
      </button>
      <ReadAloud />
      {languages.length > 1 && (
        <select
          class="tool"
          aria-label={t("tool.language")}
          value={now.language}
          onChange={(e) => change({ language: e.currentTarget.value })}
        >
          {languages.map((l) => (
            <option key={l} value={l}>
              {languageName(l)}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const heard = () => setOnline(navigator.onLine);
    addEventListener("online", heard);
    addEventListener("offline", heard);
    return () => {
      removeEventListener("online", heard);
      removeEventListener("offline", heard);
    };
  }, []);
  return online;
}

export function Shell(p: {
  county: County | undefined;
  code: string | undefined;
  children: ComponentChildren;
}) {
  const who = useStore(session);
  const asked = useStore(loginSheet);
  const online = useOnline();
  const base = p.code ? `/c/${p.code}` : "/";
  return (
    <>
      <a class="skip" href="#content">
        {t("app.skip")}
      </a>
      <header class="top">
        <div class="top-row">
          <a class="brand" href={base}>
            <span class="brand-mark" aria-hidden="true">
              心
            </span>
            <span class="brand-text">
              {p.county ? t("app.title", { county: p.county.name }) : t("app.name")}
              {p.county?.demo && (
                <span class="demo" data-testid="demo">
                  {t("app.demo")}
                </span>
              )}
            </span>
          </a>
          {p.code && (
            <nav aria-label={t("app.nav")}>
              <a class="top-link" href={who ? `${base}/my` : `${base}/login`} data-testid="my">
                <Icon name="person" size={22} /> {who ? t("nav.my") : t("nav.login")}
              </a>
            </nav>
          )}
        </div>
        <Tools county={p.code} />
      </header>
      {!online && (
        <p class="offline" role="status" data-testid="offline">
          {t("app.offline")}
        </p>
      )}
      <main id="content" tabIndex={-1}>
        {p.children}
      </main>
      <footer class="foot">
        {p.county && (
          <p class="foot-way">
            {t("foot.bureau", { bureau: p.county.bureauName })} <a href="tel:12345">{t("foot.hotline")}</a>
          </p>
        )}
        <p>
          {p.code && <a href="/counties">{t("foot.county")}</a>}
          <span>{t("foot.same")}</span>
        </p>
      </footer>
      {asked && <LoginSheet key="login" county={p.code ?? ""} done={asked.done} />}
    </>
  );
}
