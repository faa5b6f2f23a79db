// One helping thread: takes blocks of households from a shared counter until none is left.
import { parentPort } from "node:worker_threads";
import { STATE, shareOut } from "./share.mjs";

/** Modules and memories by number: each is sent once, so that the code stays instantiated. */
const held = new Map();

parentPort.on("message", ({ sent, dropped, module, memory, bound, next, states, helper, tripped, count }) => {
  for (const key of dropped) held.delete(key);
  for (const { key, value } of sent) held.set(key, value);
  if (Atomics.compareExchange(states, helper, STATE.idle, STATE.working) !== STATE.idle) return;
  let state = STATE.done;
  try {
    shareOut({ ...bound, module: held.get(module), memory: held.get(memory) }, next, tripped, count);
  } catch {
    state = STATE.failed;
  }
  Atomics.store(states, helper, state);
  Atomics.notify(states, helper);
});
