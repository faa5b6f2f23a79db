/** A signature by finger, sealed on the phone as a picture. */
import { useEffect, useRef, useState } from "preact/hooks";
import { dropPicture, keepPicture } from "../app/drafts.ts";
import { usePicture } from "./Photos.tsx";

interface SignProps {
  readonly id: string | null;
  readonly onChange: (id: string | null) => void;
  readonly label?: string;
}

export function SignPad({ id, onChange, label }: SignProps) {
  return (
    <div class="field" data-testid="signature">
      <p class="label">
        {label ?? "群众签名"}
        <span class="quiet">（可不签）</span>
      </p>
      {id ? (
        <Signed
          id={id}
          again={() => {
            onChange(null);
            void dropPicture(id);
          }}
        />
      ) : (
        <Pad onDone={onChange} />
      )}
    </div>
  );
}

function Signed({ id, again }: { id: string; again: () => void }) {
  const url = usePicture(id);
  return (
    <div class="signed">
      {url && <img src={url} alt="已签的名" />}
      <p class="good">✓ 已签名</p>
      <button type="button" class="button plain" onClick={again}>
        重签
      </button>
    </div>
  );
}

/** Twice the size on screen, so that the stroke stays sharp on paper. */
const SHARP = 2;

function blank(c: HTMLCanvasElement): void {
  c.width = c.clientWidth * SHARP;
  c.height = c.clientHeight * SHARP;
  const pen = c.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, c.width, c.height);
  pen.lineWidth = 3 * SHARP;
  pen.lineCap = "round";
  pen.lineJoin = "round";
}

function Pad({ onDone }: { onDone: (id: string) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const pen = () => canvas.current?.getContext("2d");
  const clear = () => {
    if (canvas.current) blank(canvas.current);
    setDrawn(false);
  };
  useEffect(() => {
    if (canvas.current) blank(canvas.current);
  }, []);
  const keep = () =>
    canvas.current?.toBlob(async (b) => {
      if (b) onDone(await keepPicture(b));
    }, "image/png");
  return (
    <>
      <canvas
        ref={canvas}
        class="pad"
        role="img"
        aria-label="签名板，请群众用手指签名"
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          pen()?.beginPath();
          pen()?.moveTo(e.offsetX * SHARP, e.offsetY * SHARP);
        }}
        onPointerMove={(e) => {
          if (e.buttons === 0) return;
          pen()?.lineTo(e.offsetX * SHARP, e.offsetY * SHARP);
          pen()?.stroke();
          setDrawn(true);
        }}
      />
      <div class="row two">
        <button type="button" class="button" disabled={!drawn} onClick={clear}>
          擦掉
        </button>
        <button type="button" class="button" data-testid="keep-signature" disabled={!drawn} onClick={keep}>
          签好了
        </button>
      </div>
    </>
  );
}
