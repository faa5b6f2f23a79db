import { getCounty } from "../app/api.ts";
import { useLoad } from "../app/load.tsx";
import { session } from "../app/session.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { LoginForm } from "./LoginForm.tsx";

/** The session ended in the middle of something: sign in here, the page behind stays as it is. */
export function LoginSheet(p: { county: string; done: (ok: boolean) => void }) {
  const before = session.get();
  const [county] = useLoad(p.county, () => getCounty(p.county));
  return (
    <Sheet title={t("sheet.title")} onClose={() => p.done(false)} testId="login-sheet">
      <Note tone="info">{before ? t("sheet.kept") : t("state.login")}</Note>
      <LoginForm
        county={before?.county.code ?? p.county}
        demo={county.status === "ready" && county.value.demo}
        only={before ? { id: before.account.id, loginName: before.account.loginName } : undefined}
        done={() => p.done(true)}
      />
    </Sheet>
  );
}
