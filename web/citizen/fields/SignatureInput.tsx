import { useEffect, useRef, useState } from "preact/hooks";
import { problemOf } from "../app/api.ts";
import type { Signature } from "../app/types.ts";
import { t } from "../texts/index.ts";
import { upload } from "./FileInput.tsx";
import { FieldBox, type InputProps } from "./field-box.tsx";

const isSignature = (v: unknown): v is Signature => typeof v === "object" && v !== null && "fileId" in v;

/** A signature written by finger or mouse; who cannot write on glass types the name instead. */
export function SignatureInput(p: InputProps) {
  const value = isSignature(p.value) ? p.value : undefined;
  const [typing, setTyping] = useState(value?.fileId === null && value.name !== "");
  const signer = p.signer ?? "";
  if (value?.fileId)
    return (
      <FieldBox {...p} group>
        <div class="signed">
          <span>✓ {t("sign.done", { name: value.name })}</span>
          <button type="button" class="button plain" onClick={() => p.onChange(undefined)}>
            {t("sign.again")}
          </button>
        </div>
      </FieldBox>
    );
  return (
    <FieldBox {...p} group>
      {typing ? (
        <>
          <label for={`${p.id}-typed`}>{t("sign.typed")}</label>
          <input
            id={`${p.id}-typed`}
            data-testid={`${p.testId}-typed`}
            type="text"
            maxLength={50}
            autocomplete="off"
            value={value?.name ?? ""}
            placeholder={signer}
            onInput={(e) =>
              p.onChange(
                e.currentTarget.value.trim() ? { name: e.currentTarget.value, fileId: null } : undefined,
              )
            }
          />
        </>
      ) : (
        <Pad id={p.id} testId={p.testId} signer={signer} onDone={p.onChange} />
      )}
      <button
        type="button"
        class="button plain"
        data-testid={`${p.testId}-switch`}
        onClick={() => {
          p.onChange(undefined);
          setTyping(!typing);
        }}
      >
        {typing ? t("sign.draw") : t("sign.type")}
      </button>
    </FieldBox>
  );
}

function Pad(p: { id: string; testId: string; signer: string; onDone: (s: Signature) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const clear = () => {
    const c = canvas.current;
    const pen = c?.getContext("2d");
    if (!c || !pen) return;
    // Twice the size on screen, so that the stroke stays sharp in print.
    c.width = c.clientWidth * 2;
    c.height = c.clientHeight * 2;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, c.width, c.height);
    pen.lineWidth = 5;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#000";
    setDrawn(false);
  };
  useEffect(clear, []);
  const at = (e: PointerEvent): [number, number] => [e.offsetX * 2, e.offsetY * 2];
  const send = () => {
    setSending(true);
    setWrong(undefined);
    canvas.current?.toBlob(async (blob) => {
      try {
        if (!blob) throw new Error("no picture");
        const file = await upload(new File([blob], "signature.png", { type: "image/png" }));
        p.onDone({ name: p.signer, fileId: file.id });
      } catch (e) {
        setWrong(problemOf(e).message);
      } finally {
        setSending(false);
      }
    }, "image/png");
  };
  return (
    <>
      <canvas
        ref={canvas}
        class="pad"
        data-testid={`${p.testId}-pad`}
        role="img"
        aria-label={t("sign.pad", { name: p.signer })}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          const pen = e.currentTarget.getContext("2d");
          pen?.beginPath();
          pen?.moveTo(...at(e));
        }}
        onPointerMove={(e) => {
          if (e.buttons === 0) return;
          const pen = e.currentTarget.getContext("2d");
          pen?.lineTo(...at(e));
          pen?.stroke();
          setDrawn(true);
        }}
      />
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button" disabled={!drawn} onClick={clear}>
          {t("sign.clear")}
        </button>
        <button
          type="button"
          class="button primary"
          data-testid={`${p.testId}-use`}
          disabled={!drawn || sending}
          onClick={send}
        >
          {sending ? t("file.sending") : t("sign.use")}
        </button>
      </div>
    </>
  );
}
