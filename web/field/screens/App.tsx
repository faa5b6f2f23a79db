import { useState } from "preact/hooks";
import { lock } from "../app/come-in.ts";
import { usePhone } from "../app/phone.ts";
import { Locked, Login, Unsafe } from "./Login.tsx";
import { Taking } from "./Taking.tsx";
import { Today } from "./Today.tsx";
import { Visit } from "./Visit.tsx";

export function App() {
  const p = usePhone();
  const [at, setAt] = useState<string>();
  const [applying, setApplying] = useState<string>();
  const taking = p.takings.find((t) => t.id === applying);
  const stop = p.taken?.list.stops.find((s) => s.subjectId === at);
  return (
    <>
      <header class="top">
        <b>五心走访</b>
        <Net />
        {p.screen === "open" && (
          <button
            type="button"
            class="button plain"
            onClick={() => {
              setAt(undefined);
              setApplying(undefined);
              lock();
            }}
          >
            锁上
          </button>
        )}
      </header>
      {p.screen === "unsafe" && <Unsafe />}
      {p.screen === "login" && <Login />}
      {p.screen === "locked" && <Locked />}
      {p.screen === "open" &&
        (taking ? (
          <Taking
            key={taking.id}
            taking={taking}
            done={() => {
              setApplying(undefined);
              scrollTo(0, 0);
            }}
          />
        ) : stop ? (
          <Visit
            key={stop.subjectId}
            stop={stop}
            done={() => {
              setAt(undefined);
              scrollTo(0, 0);
            }}
          />
        ) : (
          <Today go={setAt} apply={setApplying} />
        ))}
    </>
  );
}

/** Always in sight: is there a network, and what still waits for it. */
function Net() {
  const { online, syncing, waiting, takings } = usePhone();
  const left = waiting.length + takings.filter((t) => t.ready).length;
  const state = syncing ? "正在同步" : online ? "在线" : "离线";
  return (
    <span role="status" data-testid="net" class={online ? "net" : "net off"}>
      {state}
      {left > 0 && ` · ${left} 条待传`}
    </span>
  );
}
