/** A list of another department, dropped here, with the day that it tells of. */
import { useMutation } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { Button, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../app/api.ts";
import { useToday } from "../app/session.tsx";
import { FileDrop } from "./file-drop.tsx";

interface DropListProps {
  verb: string;
  /** Throws what the server threw. */
  send: (query: { id: string; asOf: string }, file: File) => Promise<void>;
}
export function DropList({ verb, send }: DropListProps) {
  const today = useToday();
  // Of one file: once it was taken, the next is another.
  const id = useRef(newId());
  const [asOf, setAsOf] = useState(today);
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  // The page may be long: whoever asked for the form is taken to it.
  useEffect(() => {
    picker.current?.closest("section")?.scrollIntoView({ block: "center" });
    picker.current?.focus({ preventScroll: true });
  }, []);
  const sending = useMutation({
    mutationFn: (f: File) => send({ id: id.current, asOf }, f),
    onSuccess: () => {
      id.current = newId();
      setFile(null);
    },
  });
  return (
    <>
      <FileDrop
        file={file}
        take={setFile}
        accept=".csv,.txt,.tsv,.xlsx,.zip"
        hint="CSV、文本、XLSX、ZIP；UTF-8、GB18030、UTF-16；大小不限"
        testId="feed-file"
        picker={picker}
      />
      <div className="feed-send">
        <label htmlFor="feed-as-of">数据截至</label>
        <Input
          id="feed-as-of"
          type="date"
          value={asOf}
          max={today}
          onChange={(e) => setAsOf(e.target.value)}
          style={{ width: 160 }}
        />
        <Button
          type="primary"
          disabled={!file}
          loading={sending.isPending}
          data-testid="feed-send"
          onClick={() => file && sending.mutate(file)}
        >
          {verb}
        </Button>
      </div>
      {sending.error && (
        <p className="danger" role="alert">
          {sending.error instanceof ApiError ? sending.error.problem.message : "没有传成，请重试。"}
        </p>
      )}
    </>
  );
}
