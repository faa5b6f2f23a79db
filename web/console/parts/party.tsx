/** What was given to a department or an institution: how it stands, and what it answered. */
import { dateTime } from "../../kit/format.ts";
import type { Reply } from "../app/api.ts";
import type { Tone } from "./marks.tsx";
import { Facts } from "./page.tsx";
import { Photos } from "./photos.tsx";

type Item = Reply<"givenOf">["given"][number];

export const toneOf = (r: Pick<Item, "state" | "late">): Tone =>
  r.late ? "bad" : ({ waiting: "warn", shared: "active", done: "good" }[r.state] as Tone);

/** By whom and when, in words, with its pictures. */
export function PartyReply({ reply: r }: { reply: Item["replies"][number] }) {
  return (
    <>
      <b>{r.label}</b>{" "}
      <span className="quiet small">
        {r.by}，{dateTime(r.at)}
      </span>
      <Facts rows={r.lines.map((l) => [l.label, l.text, true] as const)} />
      <Photos ids={r.files} />
    </>
  );
}
