/** A line the height of a word. Gaps stay gaps; the last known value carries a dot. */
export function Spark({
  series,
  width = 96,
  height = 28,
  label,
}: {
  series: readonly (number | null)[];
  width?: number;
  height?: number;
  label: string;
}) {
  const known = series.filter((v): v is number => v !== null);
  if (known.length < 2) return <span className="quiet small">暂无走势</span>;
  const top = Math.max(...known);
  const bottom = Math.min(...known);
  const x = (i: number) => 3 + (i * (width - 6)) / Math.max(1, series.length - 1);
  const y = (v: number) => height - 3 - ((v - bottom) * (height - 6)) / (top - bottom || 1);
  let pen = "M";
  const path: string[] = [];
  let last: [number, number] | undefined;
  series.forEach((v, i) => {
    if (v === null) {
      pen = "M";
      return;
    }
    path.push(`${pen}${x(i).toFixed(1)} ${y(v).toFixed(1)}`);
    pen = "L";
    last = [x(i), y(v)];
  });
  return (
    <svg
      className="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path d={path.join("")} fill="none" stroke="var(--action)" strokeWidth="1.5" strokeLinejoin="round" />
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" fill="var(--action)" />}
    </svg>
  );
}
