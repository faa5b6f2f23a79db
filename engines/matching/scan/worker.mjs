/** A scanning thread: one range after another; what it found goes back without copying. */
import { parentPort, workerData } from "node:worker_threads";
import { createScanner, passingOf } from "./scanner.mjs";

const scanner = createScanner(passingOf(workerData.passing));

parentPort.on("message", (sent) => {
  try {
    // The plan of a file comes with the first of its ranges only: keys may be many.
    if (sent.plan) scanner.open(sent.plan);
    const found = scanner.scan(sent.range);
    parentPort.postMessage({ found }, [
      found.persons.buffer,
      found.values.buffer,
      found.kept.buffer,
      found.keptEnds.buffer,
    ]);
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});
