import { urlOf } from "@wuxin/contract/client";
import type { Signature } from "@wuxin/declare/fields";
import { Button, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { upload, uploadSentence } from "./files.tsx";

interface SignatureProps {
  id: string;
  label: string;
  disabled: boolean;
  value: Signature | null;
  onChange: (value: Signature | null) => void;
}
const WIDTH = 420;
const HEIGHT = 140;

/** A name, and a hand-drawn signature kept as a picture. The name alone is enough where nobody can draw. */
export function SignatureInput({ id, label, disabled, value, onChange }: SignatureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(value);
  latest.current = value;
  const [inked, setInked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  useEffect(() => () => clearTimeout(timer.current), []);

  const point = (e: React.PointerEvent) => {
    const box = e.currentTarget.getBoundingClientRect();
    return [
      ((e.clientX - box.left) * WIDTH) / box.width,
      ((e.clientY - box.top) * HEIGHT) / box.height,
    ] as const;
  };
  const pen = () => canvas.current?.getContext("2d") ?? null;

  function begin(e: React.PointerEvent) {
    if (disabled) return;
    clearTimeout(timer.current);
    e.currentTarget.setPointerCapture(e.pointerId);
    drawing.current = true;
    const c = pen();
    if (!c) return;
    c.lineWidth = 2.6;
    c.lineCap = "round";
    c.lineJoin = "round";
    c.strokeStyle = "#1b2733";
    c.beginPath();
    c.moveTo(...point(e));
  }
  function draw(e: React.PointerEvent) {
    if (!drawing.current) return;
    const c = pen();
    c?.lineTo(...point(e));
    c?.stroke();
    setInked(true);
  }
  function end() {
    if (!drawing.current) return;
    drawing.current = false;
    clearTimeout(timer.current);
    // Strokes of one name come quickly after each other; a pause means it is done.
    timer.current = setTimeout(
      () => canvas.current?.toBlob((png) => png && void send(png), "image/png"),
      700,
    );
  }
  async function send(png: Blob) {
    setBusy(true);
    setWrong("");
    try {
      const file = await upload(png, `${latest.current?.name || "签名"}.png`);
      onChange({ name: latest.current?.name ?? "", fileId: file.id });
    } catch (e) {
      setWrong(uploadSentence(e));
    }
    setBusy(false);
  }
  function clear() {
    clearTimeout(timer.current);
    pen()?.clearRect(0, 0, WIDTH, HEIGHT);
    setInked(false);
    onChange({ name: value?.name ?? "", fileId: null });
  }
  const picture = value?.fileId && !inked;
  return (
    <div className="signature">
      <Input
        id={id}
        aria-label={`${label}：姓名`}
        placeholder="签名人姓名"
        disabled={disabled}
        value={value?.name ?? ""}
        onChange={(e) => onChange({ name: e.target.value, fileId: value?.fileId ?? null })}
      />
      <div className="signature-pad">
        {picture ? (
          <img src={urlOf("getFile", { id: value.fileId })} alt={`${value.name}的签名`} />
        ) : (
          <canvas
            ref={canvas}
            width={WIDTH}
            height={HEIGHT}
            aria-label={`${label}：手写区`}
            role="img"
            onPointerDown={begin}
            onPointerMove={draw}
            onPointerUp={end}
            onPointerCancel={end}
          />
        )}
        {!inked && !picture && <span aria-hidden="true">在此手写签名</span>}
      </div>
      <div className="row small">
        <Button size="small" disabled={disabled || (!inked && !value?.fileId)} onClick={clear}>
          重签
        </Button>
        <span className="quiet" aria-live="polite">
          {busy ? "正在保存签名…" : value?.fileId ? "签名已保存" : "无法手写时，填写姓名即可"}
        </span>
      </div>
      {wrong && (
        <div className="field-error" role="alert">
          {wrong}
        </div>
      )}
    </div>
  );
}
