/** csv-parse over the first rows of one list, looked up in a Set, in its own process: `csv-parse.ts FOLDER ROWS`. */
import fs from "node:fs";
import path from "node:path";
import { parse } from "csv-parse";

const [folder, most] = [process.argv[2]!, Number(process.argv[3])];
const persons = fs.readFileSync(path.join(folder, "persons.csv"), "utf8").trim().split("\n").slice(1);
const watched = new Set(persons.map((l) => l.split(",")[0]!));
const began = performance.now();
let rows = 0;
let hits = 0;
const source = fs.createReadStream(path.join(folder, "vehicle.csv"));
for await (const row of source.pipe(parse({ from_line: 2, to: most }))) {
  rows++;
  if (watched.has((row as string[])[0]!.trim().toUpperCase())) hits++;
}
const seconds = (performance.now() - began) / 1000;
source.destroy();
console.log(
  JSON.stringify({
    ...{ rows, hits, seconds },
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
