/** What stands on what, from facts and standards on the left to the conclusion on the right. */
import { useMemo } from "react";
import { Panel, Scroll } from "../../parts/page.tsx";
import type { Rules } from "./words.ts";

const WIDTH = 168;
const ROW = 30;
const GAP = 70;

interface Node {
  readonly name: string;
  readonly kind: "fact" | "parameter" | "variable";
  readonly uses: readonly string[];
}
interface Placed extends Node {
  readonly x: number;
  readonly y: number;
}

function nodesOf(r: Rules): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const v of r.variables)
    nodes.set(v.name, { name: v.name, kind: "variable", uses: v.uses.map((u) => u.name) });
  for (const v of r.variables)
    for (const u of v.uses)
      if (!nodes.has(u.name)) nodes.set(u.name, { name: u.name, kind: u.kind, uses: [] });
  return nodes;
}

interface PictureProps {
  rules: Rules;
  chosen: string | undefined;
  open: (name: string) => void;
}
export function Picture({ rules: r, chosen, open }: PictureProps) {
  const nodes = useMemo(() => nodesOf(r), [r]);
  // The whole of a large rule set is a thicket: one conclusion at a time.
  const of = chosen && nodes.has(chosen) ? chosen : (r.outcome.at(-1) ?? "");
  const placed = useMemo(() => place(nodes, of), [nodes, of]);
  const at = new Map(placed.map((p) => [p.name, p]));
  const width = Math.max(...placed.map((p) => p.x)) + WIDTH;
  const height = Math.max(...placed.map((p) => p.y)) + ROW;
  return (
    <Panel
      title={`「${of}」从哪里来`}
      testId="rule-picture"
      extra={<span className="small">方框是事实，斜体是标准；点一个公式看它的来路</span>}
    >
      <Scroll label="关系图">
        <svg width={width} height={height} className="rule-picture">
          <title>{`「${of}」的关系图`}</title>
          {placed.flatMap((p) =>
            p.uses.map((u) => {
              const from = at.get(u);
              if (!from) return null;
              const [x1, y1] = [from.x + WIDTH, from.y + ROW / 2 - 3];
              const [x2, y2] = [p.x, p.y + ROW / 2 - 3];
              const bend = (x1 + x2) / 2;
              return (
                <path key={`${u}${p.name}`} d={`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`} />
              );
            }),
          )}
          {placed.map((p) => (
            <foreignObject key={p.name} x={p.x} y={p.y} width={WIDTH} height={ROW - 6}>
              {p.kind === "variable" ? (
                <button
                  type="button"
                  className={p.name === of ? "node node-chosen" : "node"}
                  title={p.name}
                  onClick={() => open(p.name)}
                >
                  {p.name}
                </button>
              ) : (
                <span className={`node node-${p.kind}`} title={p.name}>
                  {p.name}
                </span>
              )}
            </foreignObject>
          ))}
        </svg>
      </Scroll>
    </Panel>
  );
}

/** Columns by the longest road to the conclusion, rows as they come. */
function place(nodes: ReadonlyMap<string, Node>, of: string): Placed[] {
  const depth = new Map<string, number>();
  const walk = (name: string, d: number) => {
    if ((depth.get(name) ?? -1) >= d) return;
    depth.set(name, d);
    for (const u of nodes.get(name)?.uses ?? []) walk(u, d + 1);
  };
  walk(of, 0);
  const deepest = Math.max(...depth.values());
  const rows = new Map<number, number>();
  return [...depth].flatMap(([name, d]) => {
    const node = nodes.get(name);
    if (!node) return [];
    const row = rows.get(d) ?? 0;
    rows.set(d, row + 1);
    return [{ ...node, x: (deepest - d) * (WIDTH + GAP), y: row * ROW }];
  });
}
