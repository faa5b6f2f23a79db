/** Photographs of the place: taken with the camera, made small, sealed on the phone. */
import { useEffect, useState } from "preact/hooks";
import { shrink } from "../../kit/photo.ts";
import { dropPicture, keepPicture, picture } from "../app/drafts.ts";

const MOST = 9;
/** What a slow line carries in seconds, and a face or a wall is still to be made out in. */
const SCENE = { longSide: 1280, smallEnough: 0 };

interface PhotosProps {
  readonly ids: readonly string[];
  readonly onChange: (ids: string[]) => void;
  /** Of a paper; the place of a visit where none is given. */
  readonly label?: string;
}
export function Photos({ ids, onChange, label }: PhotosProps) {
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  async function take(file: File) {
    setBusy(true);
    try {
      const { blob } = await shrink(file, SCENE);
      const readable = /^image\/(jpeg|png)$/.test(blob.type);
      setWrong(!readable);
      if (readable) onChange([...ids, await keepPicture(blob)]);
    } finally {
      setBusy(false);
    }
  }
  return (
    <fieldset class="field" data-testid="photos">
      <legend>
        {label ?? (
          <>
            现场照片<span class="quiet">（可不拍，最多 {MOST} 张）</span>
          </>
        )}
      </legend>
      {ids.length > 0 && (
        <div class="shots">
          {ids.map((id, i) => (
            <Shot
              key={id}
              id={id}
              nth={i + 1}
              drop={() => {
                onChange(ids.filter((x) => x !== id));
                void dropPicture(id);
              }}
            />
          ))}
        </div>
      )}
      {wrong && (
        <p class="error" role="alert">
          这张照片打不开，请用相机重拍一张。
        </p>
      )}
      {ids.length < MOST && (
        <label class="button wide">
          {busy ? "正在存照片…" : ids.length === 0 ? "拍照" : "再拍一张"}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            class="unseen"
            disabled={busy}
            onChange={(e) => {
              const input = e.currentTarget;
              const [file] = input.files ?? [];
              if (file) void take(file);
              input.value = "";
            }}
          />
        </label>
      )}
    </fieldset>
  );
}

/** The picture of an id, as an address that the page may show. */
export function usePicture(id: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void picture(id).then((blob) => {
      if (!blob || gone) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id]);
  return url;
}

function Shot({ id, nth, drop }: { id: string; nth: number; drop: () => void }) {
  const url = usePicture(id);
  return (
    <div class="shot" data-testid="shot">
      {url && <img src={url} alt={`第 ${nth} 张照片`} />}
      <button type="button" class="button plain" aria-label={`删去第 ${nth} 张照片`} onClick={drop}>
        删去
      </button>
    </div>
  );
}
