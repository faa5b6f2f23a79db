// One helping thread: takes blocks of households from a shared counter until none is left.
import { parentPort } from "node:worker_threads";
import { shareOut } from "./share.mjs";

parentPort.on("message", ({ bound, control, tripped, count }) => {
  try {
    shareOut(bound, control, tripped, count);
  } catch {
    Atomics.store(control, 2, 1);
  }
  Atomics.add(control, 1, 1);
  Atomics.notify(control, 1);
});
