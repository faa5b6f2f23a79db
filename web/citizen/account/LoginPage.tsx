import type { PageProps } from "../app/App.tsx";
import { navigate, place } from "../app/router.ts";
import { Page } from "../parts/Page.tsx";
import { t } from "../texts/index.ts";
import { LoginForm } from "./LoginForm.tsx";
import { ToSignup } from "./SignedIn.tsx";

/** Only addresses of this app may follow a login. */
export const nextPage = (base: string): string => {
  const { next } = place.get().query;
  return next?.startsWith("/c/") ? next : `${base}/my`;
};

export function LoginPage({ county, base }: PageProps) {
  return (
    <Page title={t("login.title")} lead={t("login.lead")} back={base} testId="login-page">
      <LoginForm
        county={county.code}
        demo={county.demo}
        done={() => navigate(nextPage(base), { replace: true })}
      />
      <ToSignup base={base} />
    </Page>
  );
}
