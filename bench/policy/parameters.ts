/** The dated amounts of the shared household rules for those engines that take no YAML; all in 分. */
export interface Amounts {
  readonly month: number;
  readonly std: readonly [number, number];
  readonly living: number;
  readonly nurse1: number;
  readonly nurse2: number;
}

export function amountsOf(month: string): Amounts {
  const from2024 = month >= "2024-01";
  return {
    month: Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1,
    std: from2024 ? [70_000, 57_000] : [66_000, 52_000],
    living: month >= "2024-07" ? 9000 : 8000,
    nurse1: from2024 ? 12_000 : 11_000,
    nurse2: from2024 ? 9000 : 8000,
  };
}
