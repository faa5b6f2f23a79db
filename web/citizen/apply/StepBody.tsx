import { t } from "../texts/index.ts";
import { AuthoriseStep } from "./AuthoriseStep.tsx";
import { AccountStep, AddressStep, ApplicantStep } from "./BasicSteps.tsx";
import { FamilyStep } from "./FamilyStep.tsx";
import type { StepProps } from "./Fill.tsx";
import { MaterialsStep } from "./MaterialsStep.tsx";
import type { Filling } from "./model.ts";
import { RelativesStep } from "./RelativesStep.tsx";
import type { Applied, Step } from "./steps.ts";
import { WhoStep } from "./WhoStep.tsx";

/** The question a step asks, as its heading. */
export function stepTitle(
  step: Step,
  item: Applied,
  f: Filling,
): { title: string; help: string | undefined } {
  switch (step.kind) {
    case "household":
      return { title: step.field.question ?? step.field.label, help: step.field.help };
    case "member":
      return {
        title: step.field.question ?? step.field.label,
        help: step.field.help ?? (f.form.members.length > 1 ? t("apply.everyone") : undefined),
      };
    case "applicant":
      return {
        title: f.page.forOther ? t("applicant.other") : t("applicant.me"),
        help: item.subject === "household" ? t("applicant.head") : undefined,
      };
    case "family":
      if (item.subject === "household") break;
      return {
        title: t("others.title"),
        help: t("others.help", { who: item.form.relations.slice(1).join("、") }),
      };
  }
  return { title: t(`${step.kind}.title`), help: t(`${step.kind}.help`) };
}

export function StepBody(p: StepProps & { step: Step }) {
  switch (p.step.kind) {
    case "who":
      return <WhoStep {...p} />;
    case "applicant":
      return <ApplicantStep {...p} />;
    case "family":
      return <FamilyStep {...p} />;
    case "address":
      return <AddressStep {...p} />;
    case "account":
      return <AccountStep {...p} />;
    case "relatives":
      return <RelativesStep {...p} />;
    case "materials":
      return <MaterialsStep {...p} />;
    case "authorise":
      return <AuthoriseStep {...p} />;
    default:
      return null;
  }
}
