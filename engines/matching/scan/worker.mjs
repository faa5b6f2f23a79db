/** A scanning thread: one range after another; what it found goes back without copying. */
import { parentPort, workerData } from "node:worker_threads";
import { passingOf, scanRange } from "./scanner.mjs";

const passing = passingOf(workerData.passing);
let plan;

parentPort.on("message", (sent) => {
  // The plan of a file comes with the first of its ranges only: keys may be many.
  plan = sent.plan ?? plan;
  try {
    const found = scanRange({ ...plan, ...sent.range }, passing);
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
