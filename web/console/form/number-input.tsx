import { formatYuan, parseYuan } from "@wuxin/kernel";
import { Input } from "antd";
import { useState } from "react";
import type { Aria } from "./field-input.tsx";

interface NumberInputProps {
  aria: Aria;
  kind: "integer" | "money";
  unit?: string | undefined;
  /** 分 for money. NaN stands for text that is no number: it is shown as typed and refused by the check. */
  value: number | null;
  onChange: (value: number | null) => void;
}

function read(kind: "integer" | "money", text: string): number | null {
  const plain = text.trim();
  if (plain === "") return null;
  if (kind === "integer")
    return /^-?\d+$/.test(plain.replaceAll(",", "")) ? Number(plain.replaceAll(",", "")) : Number.NaN;
  try {
    return parseYuan(plain);
  } catch {
    return Number.NaN;
  }
}
const write = (kind: "integer" | "money", value: number | null): string =>
  value === null ? "" : kind === "money" ? formatYuan(value) : String(value);

/** People type 元 with two decimals; the form holds integer 分. */
export function NumberInput({ aria, kind, unit, value, onChange }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value !== null && Number.isNaN(value) ? "" : write(kind, value));
  return (
    <Input
      {...aria}
      className="tabular"
      inputMode={kind === "money" ? "decimal" : "numeric"}
      autoComplete="off"
      {...(unit ? { suffix: unit } : {})}
      value={shown}
      onChange={(e) => {
        setTyped(e.target.value);
        onChange(read(kind, e.target.value));
      }}
      onBlur={() => {
        // What could not be read stays as it was typed, with its complaint.
        if (value === null || !Number.isNaN(value)) setTyped(null);
      }}
    />
  );
}
