/** A place to drop one file, or to choose it. */
import { type Ref, useState } from "react";
import { fileSize } from "../../kit/format.ts";
import "../styles/matching.css";

interface FileDropProps {
  file: File | null;
  take: (file: File | null) => void;
  /** Endings, as an input wants them. */
  accept: string;
  hint: string;
  testId: string;
  picker?: Ref<HTMLInputElement>;
}
export function FileDrop({ file, take, accept, hint, testId, picker }: FileDropProps) {
  const [over, setOver] = useState(false);
  return (
    <label
      className={over ? "feed-drop feed-drop-over" : "feed-drop"}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        take(e.dataTransfer.files[0] ?? null);
      }}
    >
      <input
        ref={picker}
        type="file"
        accept={accept}
        data-testid={testId}
        onChange={(e) => {
          take(e.target.files?.[0] ?? null);
          // A file mended and chosen again under its name is another one.
          e.target.value = "";
        }}
      />
      <span>{file ? `${file.name}（${fileSize(file.size)}）` : "把文件拖到这里，或点此选择"}</span>
      <span className="quiet small">{hint}</span>
    </label>
  );
}
