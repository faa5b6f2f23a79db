/** The fields of a new version: one input for each value, in the unit that the document prints. */
import { DatePicker, Input, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useId } from "react";
import { Shape } from "../../parts/marks.tsx";
import "../../styles/form.css";
import { ROUND_WORDS, type StandardPage } from "./words.ts";

export interface Draft {
  readonly since: string;
  readonly form: "amount" | "multiple";
  readonly values: { key: string[]; text: string; unit: string | null }[];
  readonly multiple: { times: string; round: string } | null;
  readonly document: string;
  readonly note: string;
  readonly corrects: boolean;
}

interface StandardFormProps {
  standard: StandardPage;
  draft: Draft;
  wrong: { field: string; message: string } | null;
  onChange: (draft: Draft) => void;
}
export function StandardForm({ standard: s, draft: d, wrong, onChange }: StandardFormProps) {
  const id = useId();
  const set = (change: Partial<Draft>) => onChange({ ...d, ...change });
  const exists = s.versions.some((v) => v.since === d.since);
  const complaint = (field: string) => (wrong?.field === field ? wrong.message : undefined);
  return (
    <form className="form-space" data-testid="standard-form" onSubmit={(e) => e.preventDefault()}>
      <div className="field-grid field-grid-2">
        <Box id={`${id}since`} label="起始日期" error={complaint("since")} name="since">
          <DatePicker
            id={`${id}since`}
            className="field-date"
            format={["YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD"]}
            allowClear={false}
            value={dayjs(d.since)}
            onChange={(v) => v && set({ since: v.format("YYYY-MM-DD"), corrects: false })}
          />
          <p className="field-help">文件写明的执行日期；可以是将来，也可以追溯。月中起的从次月算。</p>
          {exists && (
            <label className="row field-help" data-testid="field-corrects">
              <input
                type="checkbox"
                checked={d.corrects}
                onChange={(e) => set({ corrects: e.target.checked })}
              />
              这一天已有标准：更正同一天的标准
            </label>
          )}
        </Box>
        <Box id={`${id}document`} label="文号" required error={complaint("document")} name="document">
          <Input
            id={`${id}document`}
            placeholder="例如 岳县政办发〔2026〕15号"
            maxLength={200}
            value={d.document}
            onChange={(e) => set({ document: e.target.value })}
          />
        </Box>
        {s.shape.multiple && (
          <Box id={`${id}form`} label="怎么定" name="form" wide>
            <Radio.Group
              id={`${id}form`}
              value={d.form}
              onChange={(e) => set({ form: e.target.value as Draft["form"] })}
              options={[
                { value: "multiple", label: `按${s.shape.multiple.from}的倍数` },
                { value: "amount", label: "直接核定金额" },
              ]}
            />
          </Box>
        )}
        {d.form === "multiple" && d.multiple ? (
          <Multiple standard={s} draft={d} multiple={d.multiple} set={set} error={complaint("multiple")} />
        ) : (
          d.values.map((v, i) => (
            <Value
              key={v.key.join(".")}
              standard={s}
              value={v}
              error={complaint(`values.${v.key.join(".")}`) ?? (i === 0 ? complaint("values") : undefined)}
              onChange={(next) => set({ values: d.values.map((x, n) => (n === i ? next : x)) })}
            />
          ))
        )}
        <Box id={`${id}note`} label="说明" error={complaint("note")} name="note" wide>
          <Input.TextArea
            id={`${id}note`}
            rows={2}
            maxLength={1000}
            placeholder="与文件有关、以后要查的话，例如自哪次会议起、补发到哪个月"
            value={d.note}
            onChange={(e) => set({ note: e.target.value })}
          />
        </Box>
      </div>
    </form>
  );
}

interface ValueProps {
  standard: StandardPage;
  value: Draft["values"][number];
  error: string | undefined;
  onChange: (value: Draft["values"][number]) => void;
}
function Value({ standard: s, value: v, error, onChange }: ValueProps) {
  const id = useId();
  const label = v.key.length > 0 ? v.key.join(" · ") : "标准";
  const name = `value-${v.key.join("-") || "single"}`;
  const choices =
    s.type === "boolean"
      ? [
          { value: "true", label: "是" },
          { value: "false", label: "否" },
        ]
      : s.shape.choices?.map((c) => ({ value: c, label: c }));
  if (choices)
    return (
      <Box id={id} label={label} required error={error} name={name}>
        <Select
          id={id}
          value={v.text}
          options={choices}
          onChange={(text: string) => onChange({ ...v, text })}
        />
      </Box>
    );
  const [own = ""] = s.shape.units;
  return (
    <Box id={id} label={label} required error={error} name={name}>
      <div className="value-input">
        <Input
          id={id}
          className="tabular"
          inputMode="decimal"
          autoComplete="off"
          value={v.text}
          onChange={(e) => onChange({ ...v, text: e.target.value.replaceAll(",", "") })}
        />
        {s.shape.units.length > 1 ? (
          <Select
            aria-label={`${label}的单位`}
            value={v.unit ?? own}
            options={s.shape.units.map((u) => ({ value: u, label: u }))}
            onChange={(unit: string) => onChange({ ...v, unit: unit === own ? null : unit })}
          />
        ) : (
          <span className="quiet nowrap">{own}</span>
        )}
      </div>
    </Box>
  );
}

interface MultipleProps {
  standard: StandardPage;
  draft: Draft;
  multiple: { times: string; round: string };
  set: (change: Partial<Draft>) => void;
  error: string | undefined;
}
function Multiple({ standard: s, multiple: m, set, error }: MultipleProps) {
  const id = useId();
  return (
    <>
      <Box id={`${id}t`} label={`${s.shape.multiple?.from ?? ""}的几倍`} required error={error} name="times">
        <Input
          id={`${id}t`}
          className="tabular"
          inputMode="decimal"
          suffix="倍"
          value={m.times}
          onChange={(e) => set({ multiple: { ...m, times: e.target.value } })}
        />
      </Box>
      <Box id={`${id}r`} label="取整" required error={undefined} name="round">
        <Select
          id={`${id}r`}
          value={m.round}
          options={s.shape.roundings.map((r) => ({ value: r, label: ROUND_WORDS[r] ?? r }))}
          onChange={(round: string) => set({ multiple: { ...m, round } })}
        />
      </Box>
    </>
  );
}

interface BoxProps {
  id: string;
  label: string;
  name: string;
  required?: boolean;
  wide?: boolean;
  error?: string | undefined;
  children: React.ReactNode;
}
function Box({ id, label, name, required, wide, error, children }: BoxProps) {
  return (
    <div
      className={["field", wide ? "field-wide" : "", error ? "field-wrong" : ""].join(" ")}
      data-testid={`field-${name}`}
    >
      <label className="field-label" htmlFor={id}>
        {label}
        {required && (
          <span className="field-required" title="必填">
            <span aria-hidden="true">*</span>
            <span className="sr-only">必填</span>
          </span>
        )}
      </label>
      {children}
      {error && (
        <div className="field-error" role="alert">
          <Shape tone="bad" /> {error}
        </div>
      )}
    </div>
  );
}
