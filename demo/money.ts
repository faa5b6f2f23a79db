/**
 * Two past months of rosters: made, signed by three people, sent to the bank, answered. One payment of the last fails.
 * Before them, the money: allocated by five papers that nobody ever issued.
 */
import { answerCsv } from "@wuxin/engines/payments";
import { derivedId, type Month } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { type Agenda, daysOf, workingDay } from "./agenda.ts";
import type { Scene } from "./scene.ts";

const SIGNERS = [
  ["maker", "xian"],
  ["checker", "fuhe"],
  ["approver", "shenpi"],
] as const satisfies readonly (readonly [string, StaffKey])[];

/** Invented papers: 拨入 of the year, in 元. The item is empty where the money serves any. */
const ALLOCATIONS = [
  {
    source: "中央",
    document: "演财社〔{year}〕2号",
    item: "subsistence-allowance",
    yuan: 26_000,
    back: 4,
    day: 11,
  },
  {
    source: "省",
    document: "演省财社〔{year}〕9号",
    item: "subsistence-allowance",
    yuan: 9_000,
    back: 4,
    day: 18,
  },
  { source: "市", document: "演市财社〔{year}〕5号", item: "", yuan: 3_000, back: 3, day: 9 },
  { source: "县", document: "演县财预〔{year}〕1号", item: "age-allowance", yuan: 4_000, back: 3, day: 9 },
  { source: "福彩公益金", document: "演福彩〔{year}〕3号", item: "", yuan: 1_500, back: 2, day: 1 },
] as const;

export function tellFunds(scene: Scene): void {
  for (const { source, document, item, yuan, back, day } of ALLOCATIONS) {
    const on = workingDay(scene.agenda.calendar, scene.day(back, day));
    const issuedOn = `${scene.month(back)}-01`;
    const paper = document.replace("{year}", issuedOn.slice(0, 4));
    scene.agenda.add({
      key: `funds/${paper}`,
      on,
      actor: "caiwu",
      run: (tx, house) =>
        house.funds.allocate(tx, {
          ...{ id: scene.id(`funds/${source}`), source, document: paper, issuedOn, item },
          ...{ amountFen: yuan * 100, receivedOn: on, note: "演示拨款" },
        }),
    });
  }
}

export const rosterId = (scene: Scene, month: Month): string => scene.id(`roster/${month}`);

/** @param failing the payee whose account the bank refuses */
export function tellRoster(scene: Scene, month: Month, failing?: string): void {
  const { agenda, county } = scene;
  const id = rosterId(scene, month);
  const fileId = derivedId(id, "bank-file");
  const [made, , signed, sent, answered] = daysOf(
    agenda.calendar,
    workingDay(agenda.calendar, `${month}-03`),
    [0, 1, 1, 1, 2],
  ) as [string, string, string, string, string];
  const add = (key: string, on: string, actor: StaffKey, run: Parameters<Agenda["add"]>[0]["run"]) =>
    agenda.add({
      ...{ key: `roster/${month}/${key}`, on, actor, run },
      ...(key === "export" || key === "return" ? { tells: true as const } : {}),
    });

  add("generate", made, "xian", (tx, house) => house.payments.generate(tx, { id, month }));
  for (const [step, who] of SIGNERS)
    add(step, step === "maker" ? made : signed, who, async (tx, house) => {
      const { digest } = await house.payments.page(tx, id);
      return house.payments.sign(tx, id, { step, digest });
    });
  add("export", sent, "caiwu", (tx, house) =>
    house.payments.exportBankFile(tx, id, { id: fileId, format: "csv" }),
  );
  add("return", answered, "caiwu", async (tx, house, on) => {
    const file = await house.payments.downloadBankFile(tx, fileId);
    let refused = false;
    const bytes = answerCsv(file.bytes, ({ payeeName, index }) => {
      // One payment is refused, though the payee has another beside it.
      if (payeeName === failing && !refused) {
        refused = true;
        return { outcome: "failed", failReason: "账号与户名不符" };
      }
      const bankSerial = `${county.code}${on.replaceAll("-", "")}${String(index + 1).padStart(6, "0")}`;
      return { outcome: "paid", paidOn: on, bankSerial };
    });
    return house.payments.loadReturn(tx, id, {
      id: derivedId(id, "return"),
      fileName: file.name.replace(".csv", "-回盘.csv"),
      bytes,
    });
  });
}
