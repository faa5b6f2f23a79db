/** 代办申请 on the day's page: begin one, go on with one, see what became of it. */
import { useState } from "preact/hooks";
import { begin, dropTaking, formOf, nameIn, saveTaking, type Taking } from "../app/applications.ts";
import { usePhone } from "../app/phone.ts";
import { sync } from "../app/sync.ts";

export function Takings({ go }: { go: (taking: string) => void }) {
  const { takings, forms, taken } = usePhone();
  const [choosing, setChoosing] = useState(false);
  if (!taken) return null;
  return (
    <section class="card" data-testid="takings">
      <h2>代办申请</h2>
      <p class="quiet small">群众不方便自己办的，在这里替他填。没有网也能填，写下的加密存在本机。</p>
      {takings.map((t) => (
        <One key={t.id} taking={t} go={go} />
      ))}
      {choosing ? (
        <ul class="plain-list" data-testid="choose-item">
          {(forms?.items ?? []).map((i) => (
            <li key={i.code}>
              <button type="button" class="button line" onClick={() => go(begin(i).id)}>
                <span>
                  {i.title}
                  <span class="quiet small"> {i.what}</span>
                </span>
              </button>
            </li>
          ))}
          {!forms && <li>申请表还没有取到手机上。请到有信号的地方点「同步」，取一次就能断网用。</li>}
        </ul>
      ) : (
        <button type="button" class="button wide" onClick={() => setChoosing(true)}>
          替群众填一份申请
        </button>
      )}
    </section>
  );
}

function One({ taking: t, go }: { taking: Taking; go: (taking: string) => void }) {
  const { online } = usePhone();
  const [sure, setSure] = useState(false);
  const title = `${nameIn(t)} · ${formOf(t)?.title ?? "申请"}`;
  const open = () => {
    void saveTaking({ ...t, ready: false });
    go(t.id);
  };
  return (
    <div class={t.problem ? "card look" : "card"} data-testid="taking-row">
      <h3>{title}</h3>
      <p>
        {t.problem
          ? `没有收下：${t.problem}`
          : t.ready
            ? online
              ? "正在等着上传"
              : "已存在本机，有网自动提交"
            : "还没有提交"}
      </p>
      <div class="row">
        <button type="button" class="button" onClick={open}>
          {t.problem ? "打开来改" : t.ready ? "打开再看" : "接着填"}
        </button>
        {t.problem && (
          <button
            type="button"
            class="button"
            onClick={() => void saveTaking({ ...t, ready: true }).then(() => sync())}
          >
            再交一次
          </button>
        )}
        {sure ? (
          <button type="button" class="button danger" onClick={() => void dropTaking(t)}>
            删掉，不能恢复
          </button>
        ) : (
          <button type="button" class="button plain" onClick={() => setSure(true)}>
            不报了
          </button>
        )}
      </div>
    </div>
  );
}
