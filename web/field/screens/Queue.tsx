import { usePhone } from "../app/phone.ts";
import { forget, sync, takeBack } from "../app/sync.ts";

/** Visits that are written and not yet with the server. */
export function Queue() {
  const { waiting, online, taken } = usePhone();
  return (
    <>
      {waiting.map((w) => {
        const known = taken?.list.stops.some((s) => s.subjectId === w.visit.subjectId);
        return (
          <section key={w.visit.id} class={w.problem ? "card look" : "card"} data-testid="queued">
            <h2>{w.title}</h2>
            <p>
              {w.problem ? `没有收下：${w.problem}` : online ? "正在等着上传" : "已存在本机，有网自动上传"}
            </p>
            {w.problem && (
              <div class="row">
                {known && (
                  <button type="button" class="button" onClick={() => void takeBack(w)}>
                    打开来改
                  </button>
                )}
                <button type="button" class="button" onClick={() => void sync()}>
                  再传一次
                </button>
              </div>
            )}
          </section>
        );
      })}
    </>
  );
}

const SHOWN = 3;
/** What became of those that were sent. */
export function Outcomes() {
  const { outcomes } = usePhone();
  return (
    <>
      {outcomes.slice(0, SHOWN).map((o) => (
        <section key={o.id} class="card done" data-testid="outcome">
          <h2>{o.title}</h2>
          <p class="good">✓ 已上传{o.answered.length > 0 && `：${o.answered.join("、")}`}</p>
          {o.merged.length > 0 && <p class="small">档案已更新：{o.merged.join("、")}</p>}
          {o.notes.map((n) => (
            <p key={n} class="small">
              {n}
            </p>
          ))}
          <button type="button" class="button plain" onClick={() => void forget(o.id)}>
            知道了
          </button>
        </section>
      ))}
      {outcomes.length > SHOWN && (
        <p class="small quiet">另有 {outcomes.length - SHOWN} 条已上传，点「知道了」接着看。</p>
      )}
    </>
  );
}
