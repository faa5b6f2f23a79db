import { readFileSync } from "node:fs";
import { compileColumns, loadRuleSet } from "@wuxin/policy";
import { ColumnThreads } from "@wuxin/policy/threads";
import { asTyped, DIGESTS, digest, households, WANTED } from "./data.ts";
import { evaluateHome, homesOf } from "./objects.ts";
import { amountsOf } from "./parameters.ts";

const read = (f: string) => ({ file: f, text: readFileSync("/work/main/bench/policy/" + f, "utf8") });
const rs = loadRuleSet({
  name: "基准",
  rules: [read("household-rules.yaml")],
  parameters: [read("parameters.yaml")],
});
const n = 1_000_000,
  month = "2024-03";
const c = households(n),
  h = asTyped(c);
const m = compileColumns(rs, { month, wanted: [...WANTED] });
if (process.env.SRC) console.log(m.source(h));
const out = m.allocate(h, true);
const th = new ColumnThreads(2);
await th.ready();
const homes = process.env.OBJ ? homesOf(c, 200_000) : [];
const am = amountsOf(month);
let sink = 0;
const med = (f: () => void, k = 7) => {
  const t: number[] = [];
  for (let i = 0; i < k; i++) {
    const s = performance.now();
    f();
    t.push(performance.now() - s);
  }
  t.sort((a, b) => a - b);
  return [t[0]!, t[k >> 1]!];
};
for (let r = 0; r < 3; r++) {
  const [a, am1] = med(() => m.evaluate(h, out));
  const d1 = digest(out) === DIGESTS[n]![month];
  const [b, bm] = med(() => th.evaluate(m, h, out));
  const d2 = digest(out) === DIGESTS[n]![month];
  let o = [0, 0];
  if (homes.length)
    o = med(() => {
      const res = homes.map((x) => evaluateHome(x, am));
      sink += res.length;
    }, 5).map((x) => x * 5);
  console.log(
    "1t",
    (n / a / 1e3).toFixed(1),
    (n / am1 / 1e3).toFixed(1),
    d1,
    "2t",
    (n / b / 1e3).toFixed(1),
    (n / bm / 1e3).toFixed(1),
    d2,
    "obj",
    o.map((x) => (n / x! / 1e3).toFixed(2)).join(" "),
  );
}
await th.close();
