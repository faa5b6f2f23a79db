import { t } from "../texts/index.ts";
import { ChoiceInput } from "./ChoiceInput.tsx";
import { DivisionInput } from "./DivisionInput.tsx";
import { FileInput } from "./FileInput.tsx";
import { FieldBox, type InputProps } from "./field-box.tsx";
import { SignatureInput } from "./SignatureInput.tsx";
import { TextInput } from "./TextInput.tsx";

/** One declared field as an input: the only place that knows the types of fields. */
export function FieldInput(p: InputProps) {
  switch (p.field.type) {
    case "boolean":
    case "choice":
    case "choices":
      return <ChoiceInput {...p} />;
    case "division":
      return <DivisionInput {...p} />;
    case "file":
      return <FileInput {...p} />;
    case "signature":
      return <SignatureInput {...p} />;
    case "staff":
      return (
        <FieldBox {...p} group>
          <p class="quiet">{t("field.staff")}</p>
        </FieldBox>
      );
    default:
      return <TextInput {...p} />;
  }
}
