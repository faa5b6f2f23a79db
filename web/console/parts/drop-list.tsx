/** A list of another department, dropped here, with the day that it tells of. */
import { useMutation } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { Button, Input, Radio } from "antd";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../app/api.ts";
import { useToday } from "../app/session.tsx";
import { FileDrop } from "./file-drop.tsx";

interface DropListProps {
  verb: string;
  /** A list of that day is here already: the new one corrects it, or is another part. Undefined: not known yet. */
  here?: (asOf: string) => boolean | undefined;
  /** Throws what the server threw. */
  send: (query: { id: string; asOf: string; replaces?: "true" | "false" }, file: File) => Promise<void>;
}
export function DropList({ verb, here, send }: DropListProps) {
  const today = useToday();
  // Of one file: once it was taken, the next is another.
  const id = useRef(newId());
  const [asOf, setAsOf] = useState(today);
  const [file, setFile] = useState<File | null>(null);
  const [replaces, setReplaces] = useState<"true" | "false" | null>(null);
  const again = here ? here(asOf) : false;
  const picker = useRef<HTMLInputElement>(null);
  // The page may be long: whoever asked for the form is taken to it.
  useEffect(() => {
    picker.current?.closest("section")?.scrollIntoView({ block: "center" });
    picker.current?.focus({ preventScroll: true });
  }, []);
  const sending = useMutation({
    mutationFn: (f: File) => send({ id: id.current, asOf, ...(again && replaces && { replaces }) }, f),
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
      {again && (
        <fieldset className="feed-again" data-testid="feed-again">
          <legend>{asOf} 的名单已经收到过。这一份是：</legend>
          <Radio.Group value={replaces} onChange={(e) => setReplaces(e.target.value)} vertical>
            <Radio value="true">更正：替换当天已收到的；只有原来那份说到、还没有核查的预警撤回</Radio>
            <Radio value="false">另一部分：和当天已收到的合在一起算</Radio>
          </Radio.Group>
        </fieldset>
      )}
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
          disabled={!file || again === undefined || (again && replaces === null)}
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
