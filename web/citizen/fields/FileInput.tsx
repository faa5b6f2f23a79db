import { useState } from "preact/hooks";
import { shrink } from "../../kit/photo.ts";
import { api, problemOf } from "../app/api.ts";
import { withSession } from "../app/session.ts";
import { t } from "../texts/index.ts";
import { describedBy, FieldBox, type InputProps } from "./field-box.tsx";

export interface Uploaded {
  readonly id: string;
  readonly name: string;
}
/** 20 MB, as the server allows for one file. */
const LIMIT_BYTES = 20 * 1024 * 1024;

export async function upload(file: File): Promise<Uploaded> {
  const { blob, name } = await shrink(file);
  return withSession(() => api.uploadFile({ query: {}, file: blob, fileName: name }));
}

interface Waiting {
  readonly file: File;
  readonly message: string | null;
}

/** Picks, sends and lists files. One that could not be sent stays in the list with its reason and 「再传一次」. */
export function FilePicker(p: {
  id: string;
  testId: string;
  files: readonly Uploaded[];
  onChange: (files: Uploaded[]) => void;
  describedBy?: string | undefined;
  label: string;
}) {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const send = async (list: readonly File[]) => {
    let files = [...p.files];
    for (const file of list) {
      setWaiting((w) => [...w.filter((x) => x.file !== file), { file, message: null }]);
      const leave = () => setWaiting((w) => w.filter((x) => x.file !== file));
      if (file.size > LIMIT_BYTES) {
        setWaiting((w) => w.map((x) => (x.file === file ? { file, message: t("file.tooLarge") } : x)));
        continue;
      }
      try {
        const sent = await upload(file);
        files = [...files, { id: sent.id, name: sent.name }];
        p.onChange(files);
        leave();
      } catch (e) {
        const { message } = problemOf(e);
        setWaiting((w) => w.map((x) => (x.file === file ? { file, message } : x)));
      }
    }
  };
  return (
    <div class="stack">
      {p.files.length > 0 && (
        <ul class="files">
          {p.files.map((f) => (
            <li key={f.id} data-testid="uploaded">
              <span>✓ {f.name}</span>
              <button
                type="button"
                class="button plain"
                aria-label={t("file.removeName", { name: f.name })}
                onClick={() => p.onChange(p.files.filter((x) => x.id !== f.id))}
              >
                {t("do.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {waiting.map((w) => (
        <p key={w.file.name} class={w.message ? "error" : "quiet"} role="status">
          {w.file.name}：{w.message ?? t("file.sending")}
          {w.message && (
            <button type="button" class="button plain" onClick={() => send([w.file])}>
              {t("file.again")}
            </button>
          )}
        </p>
      ))}
      <label class="button picker">
        {p.label}
        <input
          id={p.id}
          data-testid={p.testId}
          class="unseen"
          type="file"
          multiple
          accept="image/*,application/pdf"
          aria-describedby={p.describedBy}
          onChange={(e) => {
            const list = [...(e.currentTarget.files ?? [])];
            e.currentTarget.value = "";
            send(list);
          }}
        />
      </label>
    </div>
  );
}

/** Names of what was sent in this visit; the stored value holds ids only. */
const names = new Map<string, string>();

export function FileInput(p: InputProps) {
  const ids = (Array.isArray(p.value) ? p.value : []) as string[];
  return (
    <FieldBox {...p} group testId={`${p.testId}-box`}>
      <FilePicker
        id={`${p.id}-file`}
        testId={p.testId}
        label={t("file.pick")}
        describedBy={describedBy(p)}
        files={ids.map((id, i) => ({ id, name: names.get(id) ?? t("file.nth", { n: i + 1 }) }))}
        onChange={(files) => {
          for (const f of files) names.set(f.id, f.name);
          p.onChange(files.map((f) => f.id));
        }}
      />
    </FieldBox>
  );
}
