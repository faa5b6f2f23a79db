import type { Reply } from "../../app/api.ts";
import { State, type Tone } from "../../parts/marks.tsx";

export type Plan = Reply<"getPlan">;
export type Target = Plan["rows"][number];
export type Light = Target["light"];

/** The worst first: that is what people look for. */
export const LIGHTS: readonly Light[] = ["red", "yellow", "unknown", "green", "done"];
const TONES: Record<Light, Tone> = {
  red: "bad",
  yellow: "warn",
  unknown: "neutral",
  green: "active",
  done: "good",
};
const WORDS: Record<Light, string> = {
  red: "滞后",
  yellow: "偏慢",
  unknown: "没有数",
  green: "正常",
  done: "已完成",
};

/** Word, shape and colour. */
export function LightMark({ light, count }: { light: Light; count?: number }) {
  return (
    <State tone={TONES[light]}>
      {WORDS[light]}
      {count === undefined ? "" : ` ${count}`}
    </State>
  );
}
