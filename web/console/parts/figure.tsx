/** One number with what it is, its unit and, where it helps, what it comes from. */
interface FigureProps {
  label: string;
  value: string;
  unit: string;
  note?: string;
  testId?: string;
}
export function Figure({ label, value, unit, note, testId }: FigureProps) {
  return (
    <div data-testid={testId}>
      <span className="quiet">{label}</span>
      <span>
        <b>{value}</b> {unit}
      </span>
      {note && <span className="quiet small tabular">{note}</span>}
    </div>
  );
}
