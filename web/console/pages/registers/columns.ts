import type { RegisterDefinition } from "@wuxin/declare";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly numeric: boolean;
  readonly money: boolean;
  readonly unit: string | undefined;
}

export const columnsOf = (d: RegisterDefinition): Column[] => [
  ...d.fields
    .filter((f) => f.type !== "file" && f.type !== "signature")
    .map((f) => ({
      name: f.name,
      label: f.label,
      numeric: f.type === "integer" || f.type === "money",
      money: f.type === "money",
      unit: f.type === "money" ? "元" : f.unit,
    })),
  ...(d.derived ?? []).map((x) => ({
    name: x.name,
    label: x.label,
    numeric: true,
    money: false,
    unit: undefined,
  })),
];

/** Which columns one looks at: the declaration's choice until the reader makes his own, kept on this machine. */
export function useChosenColumns(d: RegisterDefinition): [string[], (names: string[]) => void] {
  const key = `wuxin.columns.${d.code}`;
  const [chosen, setChosen] = useState<string[]>(() => {
    const kept = localStorage.getItem(key);
    return kept ? kept.split(",") : [...d.columns];
  });
  return [
    chosen,
    (names) => {
      const next = names.includes(d.titleField) ? names : [d.titleField, ...names];
      localStorage.setItem(key, next.join(","));
      setChosen(next);
    },
  ];
}

export const wordSum = (c: Column, n: number): string =>
  `${c.money ? yuan(n) : n.toLocaleString("zh-CN")}${c.unit ? ` ${c.unit}` : ""}`;
