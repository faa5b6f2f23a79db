/** What is known and stays: a look is enough where it is right, a tap where it is not. */
import type { Field, FieldValue } from "@wuxin/declare/fields";
import { useState } from "preact/hooks";
import type { Draft } from "../app/drafts.ts";
import type { Stop } from "../app/phone.ts";
import { Input } from "../parts/Input.tsx";

interface KnownProps {
  readonly stop: Stop;
  readonly changes: Draft["card"];
  readonly error: (name: string) => string | undefined;
  readonly onChange: (changes: Draft["card"]) => void;
}

export function Known({ stop, changes, error, onChange }: KnownProps) {
  const [opened, setOpened] = useState<readonly string[]>([]);
  return (
    <section class="card" data-testid="card">
      <h2>档案</h2>
      <p class="quiet small">对的不用动，不对的点「改」。</p>
      {stop.cardFields.map((f) => {
        const there = stop.card[f.name];
        const mine = changes[f.name];
        if (!mine && !opened.includes(f.name))
          return (
            <Told key={f.name} field={f} value={there?.value} open={() => setOpened([...opened, f.name])} />
          );
        // From the version that stood there when the first letter was written, whatever is fetched meanwhile.
        const base = mine?.base ?? there?.version ?? 0;
        return (
          <Input
            key={f.name}
            field={f}
            value={mine ? mine.value : (there?.value as FieldValue | undefined)}
            error={error(f.name)}
            onChange={(v) => onChange({ ...changes, [f.name]: { value: v ?? "", base } })}
          />
        );
      })}
    </section>
  );
}

function Told({ field: f, value, open }: { field: Field; value: unknown; open: () => void }) {
  const all = value === undefined || value === null || value === "" ? [] : [value].flat();
  const words = all.map((v) => f.choices?.find((c) => c.value === v)?.label ?? String(v));
  const label = words.length > 0 ? words.join("、") : undefined;
  return (
    <div class="told-row" data-testid={`known-${f.name}`}>
      <p>
        <span class="quiet small">{f.label}</span>
        <br />
        {label ?? <span class="quiet">还没有记</span>}
      </p>
      <button type="button" class="button" aria-label={`${label ? "改" : "填"}${f.label}`} onClick={open}>
        {label ? "改" : "填"}
      </button>
    </div>
  );
}
