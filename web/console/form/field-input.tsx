/** One input for each word of `FieldType`. */
import type { Field, FieldValue, Signature, StaffRef } from "@wuxin/declare/fields";
import { Checkbox, DatePicker, Input, Radio, Select } from "antd";
import dayjs from "dayjs";
import type { FieldBoxProps } from "./field-box.tsx";
import { FilesInput } from "./files.tsx";
import { NumberInput } from "./number-input.tsx";
import { DivisionInput, HouseholdInput, StaffInput } from "./pickers.tsx";
import { ResidentIdInput } from "./resident-id.tsx";
import { SignatureInput } from "./signature.tsx";

export interface InputProps extends FieldBoxProps {
  describedBy: string;
}
const DAY = ["YYYY-MM-DD", "YYYYMMDD", "YYYY/M/D", "YYYY-M-D", "YYYY年M月D日"];
const MONTH = ["YYYY-MM", "YYYYMM", "YYYY/M", "YYYY年M月"];

const text = (v: FieldValue | undefined): string =>
  typeof v === "string" || typeof v === "number" ? String(v) : "";
const list = (v: FieldValue | undefined): string[] =>
  Array.isArray(v) ? v.filter((x): x is string => typeof x === "string") : [];
const lengthOf = (f: Field) => f.max ?? (f.type === "text" ? 200 : 2000);

/** Enter takes the date that was typed; it must not send the whole form as well. */
const keepForm = (e: React.KeyboardEvent) => {
  if (e.key === "Enter") e.preventDefault();
};

export function FieldInput(props: InputProps) {
  const { id, field: f, value, onChange, required, error, describedBy } = props;
  const disabled = props.disabled ?? false;
  const aria = {
    id,
    disabled,
    "aria-required": required,
    "aria-invalid": error !== undefined,
    ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
    ...(error ? { status: "error" as const } : {}),
  };
  switch (f.type) {
    case "text":
      return <Input {...aria} value={text(value)} onChange={(e) => onChange(e.target.value)} />;
    case "uscc":
      return (
        <Input
          {...aria}
          className="tabular"
          placeholder="18 位"
          value={text(value)}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case "phone":
      return (
        <Input
          {...aria}
          className="tabular"
          inputMode="tel"
          placeholder="11 位手机号码"
          value={text(value)}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case "bank-account":
      return (
        <Input
          {...aria}
          className="tabular"
          inputMode="numeric"
          autoComplete="off"
          value={text(value)}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case "longtext":
      return (
        <Input.TextArea
          {...aria}
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={text(value)}
          count={{ max: lengthOf(f), show: text(value).length > lengthOf(f) * 0.8 }}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case "integer":
    case "money":
      return (
        <NumberInput
          aria={aria}
          kind={f.type}
          unit={f.type === "money" ? (f.unit ?? "元") : undefined}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "boolean":
      return (
        <Radio.Group
          name={id}
          disabled={disabled}
          value={value ?? null}
          onChange={(e) => onChange(e.target.value)}
          options={[
            { value: true, label: "是" },
            { value: false, label: "否" },
          ]}
        />
      );
    case "choice":
      return (f.choices?.length ?? 0) <= 4 ? (
        <Radio.Group
          name={id}
          disabled={disabled}
          value={value ?? null}
          onChange={(e) => onChange(e.target.value)}
          options={(f.choices ?? []).map((c) => ({ value: c.value, label: c.label }))}
        />
      ) : (
        <Select
          {...aria}
          {...(typeof value === "string" && value !== "" ? { value } : {})}
          allowClear={!required}
          placeholder="请选择"
          showSearch={{ optionFilterProp: "label" }}
          onChange={(v) => onChange(v ?? null)}
          options={(f.choices ?? []).map((c) => ({ value: c.value, label: c.label }))}
        />
      );
    case "choices":
      return (
        <Checkbox.Group
          className="field-checks"
          disabled={disabled}
          value={list(value)}
          onChange={(v) => onChange(v)}
          options={(f.choices ?? []).map((c) => ({ value: c.value, label: c.label }))}
        />
      );
    case "date":
      return (
        <DatePicker
          {...aria}
          className="field-date"
          format={DAY}
          placeholder="例如 2024-03-01"
          onKeyDown={keepForm}
          value={typeof value === "string" && value !== "" ? dayjs(value) : null}
          onChange={(d) => onChange(d ? d.format("YYYY-MM-DD") : null)}
        />
      );
    case "month":
      return (
        <DatePicker
          {...aria}
          className="field-date"
          picker="month"
          format={MONTH}
          placeholder="例如 2024-03"
          onKeyDown={keepForm}
          value={typeof value === "string" && value !== "" ? dayjs(`${value}-01`) : null}
          onChange={(d) => onChange(d ? d.format("YYYY-MM") : null)}
        />
      );
    case "resident-id":
      return <ResidentIdInput aria={aria} value={text(value)} onChange={onChange} />;
    case "division":
      return <DivisionInput aria={aria} value={text(value)} onChange={onChange} />;
    case "household":
      return <HouseholdInput aria={aria} value={text(value)} onChange={onChange} />;
    case "staff":
      return (
        <StaffInput
          aria={aria}
          value={
            Array.isArray(value) ? (value as readonly StaffRef[]).filter((x) => typeof x === "object") : []
          }
          onChange={(v) => onChange(v)}
        />
      );
    case "file":
      return (
        <FilesInput
          id={id}
          label={f.label}
          disabled={disabled}
          {...(f.max === undefined ? {} : { max: f.max })}
          value={list(value)}
          onChange={onChange}
        />
      );
    case "signature":
      return (
        <SignatureInput
          id={id}
          label={f.label}
          disabled={disabled}
          value={value && typeof value === "object" && "fileId" in value ? (value as Signature) : null}
          onChange={onChange}
        />
      );
  }
}

export interface Aria {
  id: string;
  disabled: boolean;
  "aria-required": boolean;
  "aria-invalid": boolean;
  "aria-describedby"?: string;
  status?: "error";
}
