import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from "@ant-design/icons";
import { urlOf } from "@wuxin/contract/client";
import { Button } from "antd";
import { useRef, useState } from "react";
import { fileSize } from "../../kit/format.ts";
import { api, sentence } from "../app/api.ts";

export const MAX_BYTES = 20 * 1024 * 1024;

/** @throws a sentence when the file is too large; ApiError when the server refuses it */
export async function upload(file: Blob, name: string) {
  if (file.size > MAX_BYTES)
    throw new Error(`「${name}」有 ${fileSize(file.size)}，每份不能超过 20 MB，请压缩或分开上传。`);
  if (file.size === 0) throw new Error(`「${name}」是空文件，请重新选择。`);
  return api.uploadFile({ query: {}, file, fileName: name });
}
export const uploadSentence = (e: unknown): string =>
  e instanceof Error && e.name === "Error" && !("problem" in e) ? e.message : sentence(e);

/** Names of what was uploaded in this tab: the field itself keeps ids only. */
const names = new Map<string, string>();

interface FilesProps {
  id: string;
  label: string;
  disabled: boolean;
  max?: number;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}
export function FilesInput({ id, label, disabled, max, value, onChange }: FilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const [wrong, setWrong] = useState<string[]>([]);
  const now = useRef(value);
  now.current = value;

  async function take(files: FileList | null) {
    const list = [...(files ?? [])];
    if (input.current) input.current.value = "";
    setWrong([]);
    setBusy((n) => n + list.length);
    for (const file of list) {
      try {
        const done = await upload(file, file.name);
        names.set(done.id, done.name);
        now.current = max === 1 ? [done.id] : [...now.current, done.id];
        onChange([...now.current]);
      } catch (e) {
        setWrong((w) => [...w, uploadSentence(e)]);
      }
      setBusy((n) => n - 1);
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the button is the first
    <div
      className="files"
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => {
        e.preventDefault();
        if (!disabled) void take(e.dataTransfer.files);
      }}
    >
      <input
        ref={input}
        id={id}
        type="file"
        className="sr-only"
        tabIndex={-1}
        multiple={max !== 1}
        aria-label={label}
        onChange={(e) => void take(e.target.files)}
      />
      <ul>
        {value.map((file, n) => (
          <li key={file}>
            <a href={urlOf("getFile", { id: file })} target="_blank" rel="noreferrer">
              <PaperClipOutlined /> {names.get(file) ?? `附件 ${n + 1}`}
            </a>
            <button
              type="button"
              className="plain-button quiet"
              aria-label={`移除${names.get(file) ?? `附件 ${n + 1}`}`}
              disabled={disabled}
              onClick={() => onChange(value.filter((x) => x !== file))}
            >
              <DeleteOutlined />
            </button>
          </li>
        ))}
      </ul>
      <Button
        icon={<UploadOutlined />}
        loading={busy > 0}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {max === 1 && value.length > 0 ? "换一份" : "选择文件"}
      </Button>
      <span className="quiet small"> 图片、PDF、Word、Excel，每份不超过 20 MB，也可拖到这里</span>
      {wrong.map((w) => (
        <div key={w} className="field-error" role="alert">
          {w}
        </div>
      ))}
    </div>
  );
}
