import { useQuery } from "@tanstack/react-query";
import type { StaffRef } from "@wuxin/declare/fields";
import { ROLES, type Role } from "@wuxin/declare/roles";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { ask, sentence } from "../app/api.ts";
import { useDivisions } from "../app/session.tsx";
import type { Aria } from "./field-input.tsx";

interface DivisionProps {
  aria: Omit<Aria, "aria-required" | "aria-invalid"> & Partial<Aria>;
  value: string;
  onChange: (code: string | null) => void;
  level?: "township" | "village";
  placeholder?: string;
}
/** Townships and villages of the reader's own scope. */
export function DivisionInput({ aria, value, onChange, level, placeholder }: DivisionProps) {
  const divisions = useDivisions();
  const rows = level ? divisions.rows.filter((d) => d.level === level) : divisions.rows;
  const names = new Map(divisions.rows.map((d) => [d.code, d.name]));
  const options = [...rows]
    .sort((a, b) => a.code.localeCompare(b.code))
    .map((d) => ({
      value: d.code,
      label: d.level === "village" && d.parentCode ? `${names.get(d.parentCode) ?? ""} ${d.name}` : d.name,
    }));
  return (
    <Select
      {...aria}
      {...(value === "" ? {} : { value })}
      placeholder={placeholder ?? "选择乡镇（街道）或村（社区）"}
      allowClear
      loading={divisions.isPending}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={(v: string | undefined) => onChange(v ?? null)}
      options={options}
    />
  );
}

interface HouseholdProps {
  aria: Aria;
  value: string;
  onChange: (id: string | null) => void;
}
/** A household of the registry, found by the name or the number of anybody who belongs to it. */
export function HouseholdInput({ aria, value, onChange }: HouseholdProps) {
  const [text, setText] = useState("");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  useEffect(() => {
    const wait = setTimeout(() => setQ(text.trim()), 250);
    return () => clearTimeout(wait);
  }, [text]);
  const hits = useQuery({ ...ask("search", { query: { q } }), enabled: q !== "" });
  const found = (hits.data ?? [])
    .filter((h) => h.kind === "household")
    .map((h) => ({ value: h.id, label: `${h.title}，${h.subtitle}` }));
  const none =
    q === ""
      ? "输入户主或成员的姓名、拼音、证件号或证件尾号"
      : hits.isError
        ? sentence(hits.error)
        : hits.isPending || q !== text.trim()
          ? "正在查找…"
          : `管辖范围内没有「${q}」的家庭。`;
  return (
    <Select
      {...aria}
      {...(value === "" ? {} : { value })}
      placeholder="按姓名或证件尾号查找"
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={none}
      onChange={(id: string | undefined) => {
        setChosen(found.find((x) => x.value === id) ?? null);
        onChange(id ?? null);
      }}
      options={chosen && !found.some((x) => x.value === chosen.value) ? [chosen, ...found] : found}
    />
  );
}

interface StaffProps {
  aria: Aria;
  value: readonly StaffRef[];
  onChange: (staff: StaffRef[]) => void;
}
export function StaffInput({ aria, value, onChange }: StaffProps) {
  const staff = useQuery({ ...ask("listStaff", {}), staleTime: 5 * 60_000 });
  const rows = staff.data ?? [];
  const roleName = (role: string) => ROLES[role as Role] ?? role;
  return (
    <Select
      {...aria}
      mode="multiple"
      placeholder="按姓名查找，可选多人"
      loading={staff.isPending}
      showSearch={{ optionFilterProp: "label" }}
      value={value.map((v) => v.id)}
      onChange={(ids: string[]) =>
        onChange(
          ids.map((id) => ({
            id,
            name: rows.find((r) => r.id === id)?.name ?? value.find((v) => v.id === id)?.name ?? id,
          })),
        )
      }
      options={rows.map((r) => ({
        value: r.id,
        label: `${r.name}（${roleName(r.role)} · ${r.scopeName}）`,
      }))}
    />
  );
}
