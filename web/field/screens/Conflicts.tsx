/** Two people wrote one thing differently: both stand here until somebody who knows chooses. */
import { useState } from "preact/hooks";
import { dateTime } from "../../kit/format.ts";
import { type Conflict, problemOf, usePhone } from "../app/phone.ts";
import { choose, sync } from "../app/sync.ts";

export function Conflicts() {
  const conflicts = usePhone().taken?.list.conflicts ?? [];
  return (
    <>
      {conflicts.map((c) => (
        <One key={c.id} conflict={c} />
      ))}
    </>
  );
}

function One({ conflict: c }: { conflict: Conflict }) {
  const { online } = usePhone();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  async function take(keep: "mine" | "theirs") {
    setBusy(true);
    setWrong(undefined);
    try {
      await choose(c.id, keep);
    } catch (e) {
      setWrong(problemOf(e).message);
      // Somebody else may have chosen: the newest list says so.
      void sync();
    }
    setBusy(false);
  }
  const option = (keep: "mine" | "theirs") => (
    <div class="told">
      <p>
        <b>{c[keep].text}</b>
      </p>
      <p class="quiet small">
        {c[keep].by}，{dateTime(c[keep].at).slice(5)}
      </p>
      <button type="button" class="button wide" disabled={busy || !online} onClick={() => void take(keep)}>
        用这个
      </button>
    </div>
  );
  return (
    <section class="card look" data-testid="conflict">
      <h2>
        {c.title}：「{c.label}」有两个说法
      </h2>
      <p class="small">两个人在差不多的时候改了同一处。请问清楚，选对的一个。</p>
      <div class="tellings">
        {option("theirs")}
        {option("mine")}
      </div>
      {!online && <p class="quiet small">有网时才能选。</p>}
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
    </section>
  );
}
