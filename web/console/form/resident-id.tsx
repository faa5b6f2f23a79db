import { ageOn, parseResidentId } from "@wuxin/kernel";
import { Input } from "antd";
import { useToday } from "../app/session.tsx";
import { Shape } from "../parts/marks.tsx";
import type { Aria } from "./field-input.tsx";

interface ResidentIdProps {
  aria: Aria;
  value: string;
  onChange: (value: string) => void;
}
/** Sex, birth date and age appear as soon as the number is right. */
export function ResidentIdInput({ aria, value, onChange }: ResidentIdProps) {
  const today = useToday();
  const read = value.trim().length >= 15 ? parseResidentId(value, today) : null;
  return (
    <>
      <Input
        {...aria}
        className="tabular"
        autoComplete="off"
        placeholder="18 位"
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
      {read?.ok && (
        <div className="field-read" aria-live="polite">
          <Shape tone="good" /> {read.sex} · {read.birthDate} 出生 · {ageOn(read.birthDate, today)} 岁
        </div>
      )}
    </>
  );
}
