import { useRef, useState } from "preact/hooks";
import { problemOf } from "../app/api.ts";
import type { ApiProblem } from "../app/types.ts";
import { toFirstError } from "./errors.ts";

/** A form that asks one question of the server and shows the answer below: nothing is asked while anything is typed wrong. */
export function useLookup<R>(wrong: boolean, look: () => Promise<R>) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [result, setResult] = useState<R>();
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    setResult(undefined);
    toFirstError(form.current);
    if (busy || wrong) return;
    setBusy(true);
    try {
      setResult(await look());
    } catch (e) {
      setProblem(problemOf(e));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (e: Event) => {
    e.preventDefault();
    void submit();
  };
  return { form, tried, busy, problem, result, submit, onSubmit };
}
