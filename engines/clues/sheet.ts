/** A table as a workbook that opens in WPS and Excel. */
import { writeXlsx } from "hucre/xlsx";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export async function sheet(name: string, rows: (string | number)[][]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name, rows }] }));
}
