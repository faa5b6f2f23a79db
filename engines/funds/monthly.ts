/** 月度监督报告: what a month paid, held, flagged, found afterwards, got back and looked at; each number leads to its rows. */
import { writeDocument } from "@wuxin/gongwen";
import { addMonths, formatMonthChinese, formatYuan, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Payments } from "../payments/index.ts";
import * as store from "./monthly-store.ts";
import type { FundsDeps } from "./ports.ts";
import type { Funds } from "./service.ts";
import type { SpotChecks } from "./spot-checks.ts";

export interface ReportSection {
  readonly key: string;
  readonly title: string;
  /** A sentence before the table, or instead of it where there are no rows. */
  readonly text: string;
  readonly columns: readonly { readonly title: string; readonly num: boolean }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly link: string | null }[];
}
export interface MonthlyDeps extends Pick<FundsDeps, "clock" | "catalogue" | "audit"> {
  readonly issuer: (countyCode: string) => string;
  readonly payments: Pick<Payments, "rechecks" | "flagLabels">;
  readonly funds: Pick<Funds, "outlaysOf" | "idle">;
  readonly spotChecks: Pick<SpotChecks, "list">;
}

const text = (...titles: string[]) => titles.map((title) => ({ title, num: false }));
const num = (...titles: string[]) => titles.map((title) => ({ title, num: true }));
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((n, r) => n + of(r), 0);
const count = (n: number, fen: number) => `${n} 笔 ${formatYuan(fen)} 元`;

export function createMonthly(deps: MonthlyDeps) {
  const titleOf = (item: string) => deps.catalogue.items.get(item)?.shortTitle ?? item;

  async function paid(tx: Tx, month: Month): Promise<ReportSection> {
    const rows = await store.paid(tx, month);
    const all = (n: (r: store.PaidRow) => number, fen: (r: store.PaidRow) => number) =>
      count(sum(rows, n), sum(rows, fen));
    return {
      ...{ key: "paid", title: "发放" },
      text:
        rows.length === 0
          ? "本月没有名册。"
          : `报送银行 ${all(
              (r) => r.sent,
              (r) => r.sentFen,
            )}：已付 ${all(
              (r) => r.paid,
              (r) => r.paidFen,
            )}，` +
            `退回 ${all(
              (r) => r.returned,
              (r) => r.returnedFen,
            )}，在途 ${all(
              (r) => r.pending,
              (r) => r.pendingFen,
            )}；` +
            `暂缓 ${all(
              (r) => r.held,
              (r) => r.heldFen,
            )}。`,
      columns: [
        ...text("名册", "待遇"),
        ...num(
          "报送（笔）",
          "已付（笔）",
          "已付（元）",
          "退回（笔）",
          "退回（元）",
          "在途（笔）",
          "暂缓（笔）",
          "暂缓（元）",
        ),
      ],
      rows: rows.map((r) => ({
        cells: [
          ...[r.rosterTitle, titleOf(r.item), String(r.sent), String(r.paid), formatYuan(r.paidFen)],
          ...[
            String(r.returned),
            formatYuan(r.returnedFen),
            String(r.pending),
            String(r.held),
            formatYuan(r.heldFen),
          ],
        ],
        link: `/rosters/${r.rosterId}?item=${r.item}`,
      })),
    };
  }

  async function flags(tx: Tx, month: Month): Promise<ReportSection> {
    const labels = deps.payments.flagLabels(tx, month);
    const rows = await store.flags(tx, month);
    const open = sum(rows, (r) => (r.severity === "block" ? r.raised - r.answered : 0));
    return {
      ...{ key: "flags", title: "发放前预警" },
      text:
        rows.length === 0
          ? "本月名册没有预警。"
          : `预警 ${sum(rows, (r) => r.raised)} 条，其中拦截 ${sum(rows, (r) => (r.severity === "block" ? r.raised : 0))} 条（还没有答复的 ${open} 条）；提醒不要求答复。`,
      columns: [...text("规则", "处理"), ...num("预警（条）", "已答复（条）")],
      rows: rows.map((r) => ({
        cells: [
          ...[labels.get(r.rule) ?? r.rule, r.severity === "block" ? "拦截" : "提醒"],
          ...[String(r.raised), String(r.answered)],
        ],
        link: `/rosters/${r.rosterId}?flag=${r.rule}`,
      })),
    };
  }

  function findings(recheck: Awaited<ReturnType<Payments["rechecks"]["view"]>>): ReportSection {
    const { byRule, runs, month } = recheck;
    const [last] = runs;
    return {
      ...{ key: "findings", title: "发放后复查" },
      text: !last
        ? "还没有复查。"
        : `${last.at.slice(0, 10)} 复查 ${last.lines} 笔；发现 ${recheck.total} 条，还没有结论的 ${recheck.open} 条。`,
      columns: [
        ...text("规则"),
        ...num("发现（条）", "涉及金额（元）", "正当", "追缴", "转线索", "未下结论"),
      ],
      rows: byRule.map((r) => ({
        cells: [
          ...[r.label, String(r.count), formatYuan(r.amountFen)],
          ...[r.justified, r.recovery, r.clue, r.open].map(String),
        ],
        link: `/money-report?month=${month}#findings-list`,
      })),
    };
  }

  async function recoveries(tx: Tx, month: Month): Promise<ReportSection> {
    const r = await store.recoveries(tx, month);
    const row = (words: string, n: string, fen: number, link: string) => ({
      cells: [words, n, formatYuan(fen)],
      link,
    });
    return {
      ...{ key: "recoveries", title: "追缴" },
      text: `现在还有 ${formatYuan(r.leftFen)} 元已确认、没有追回。`,
      columns: [...text("本月"), ...num("笔数", "金额（元）")],
      rows: [
        row("提出", String(r.opened), r.openedFen, "/recoveries?state=proposed"),
        row("确认应当追回", String(r.confirmed), r.confirmedFen, "/recoveries?state=confirmed"),
        row("退回现金", "—", r.cashFen, "/funds?kind=recovery"),
        row("发放时扣减", "—", r.keptFen, "/recoveries"),
        row("免除、核销", "—", r.letGoFen, "/recoveries?state=settled"),
      ],
    };
  }

  async function checks(tx: Tx, month: Month): Promise<ReportSection> {
    const rows = (await deps.spotChecks.list(tx)).rows.filter(
      (c) => monthOf(c.drawnAt.slice(0, 10)) === month,
    );
    return {
      ...{ key: "checks", title: "抽查" },
      text:
        rows.length === 0
          ? "本月没有抽样。"
          : `抽样 ${rows.length} 次、${sum(rows, (c) => c.drawn)} 户，查出问题 ${sum(rows, (c) => c.problems)} 户。`,
      columns: [...text("抽查"), ...num("抽到（户）", "有问题（户）", "未办结（户）", "涉及金额（元）")],
      rows: rows.map((c) => ({
        cells: [c.title, String(c.drawn), String(c.problems), String(c.open), formatYuan(c.amountFen)],
        link: `/spot-checks/${c.id}`,
      })),
    };
  }

  async function outlays(tx: Tx, month: Month): Promise<ReportSection> {
    const rows = (await deps.funds.outlaysOf(tx, Number(month.slice(0, 4)))).filter(
      (o) => o.decision === "confirmed" && monthOf(o.paidOn) === month,
    );
    const sign = (o: (typeof rows)[number]) => (o.reverses ? -1 : 1);
    return {
      ...{ key: "outlays", title: "不经名册的付款" },
      text:
        rows.length === 0
          ? "本月没有付款单入账。"
          : `付款单 ${rows.length} 份，合计 ${formatYuan(sum(rows, (o) => sign(o) * o.amountFen))} 元。`,
      columns: [...text("支付日期", "收款单位", "事项", "资金"), ...num("金额（元）")],
      rows: rows.map((o) => ({
        cells: [
          ...[
            o.paidOn,
            o.payee,
            o.reverses ? `冲正：${o.purpose}` : o.purpose,
            `${o.source} ${o.fundDocument}`,
          ],
          formatYuan(sign(o) * o.amountFen),
        ],
        link: "/funds#outlays",
      })),
    };
  }

  async function idle(tx: Tx): Promise<ReportSection> {
    const { limit, rows } = await deps.funds.idle(tx);
    const late = rows.filter((r) => r.idleFen > 0);
    return {
      ...{ key: "idle", title: "滞留资金（现在）" },
      text: !limit
        ? "本县没有定滞留的期限。"
        : late.length === 0
          ? "没有滞留的资金。"
          : `到位满 ${limit.months} 个月没有付出的 ${formatYuan(sum(late, (r) => r.idleFen))} 元。`,
      columns: [...text("资金", "用途", "到位日期"), ...num("滞留（元）")],
      rows: late.map((r) => ({
        cells: [`${r.source} ${r.document}`, r.itemTitle, r.receivedOn, formatYuan(r.idleFen)],
        link: "/funds#idle",
      })),
    };
  }

  async function view(tx: Tx, asked?: Month) {
    const month = asked ?? addMonths(monthOf(deps.clock.today()), -1);
    const recheck = await deps.payments.rechecks.view(tx, month);
    return {
      ...{ month, title: `${formatMonthChinese(month)}救助资金监督报告` },
      ...{ issuer: deps.issuer(tx.actor.countyCode), on: deps.clock.today() },
      sections: [
        await paid(tx, month),
        await flags(tx, month),
        findings(recheck),
        await recoveries(tx, month),
        await checks(tx, month),
        await outlays(tx, month),
        await idle(tx),
      ],
      recheck,
    };
  }

  /** Reading leaves a line in the trail. */
  async function page(tx: Tx, month?: Month) {
    const report = await view(tx, month);
    await deps.audit.record(tx, { action: "funds.report", object: "funds", detail: report.month });
    return report;
  }

  /** As a Word file, or as CSV. */
  async function file(
    tx: Tx,
    month: Month,
    format: "docx" | "csv",
  ): Promise<{ name: string; bytes: Uint8Array }> {
    const r = await view(tx, month);
    await deps.audit.record(tx, {
      action: "funds.report-export",
      object: "funds",
      detail: `${month} ${format}`,
    });
    const name = `${r.title}.${format}`;
    if (format === "csv") return { name, bytes: Buffer.from(`\ufeff${csv(r.sections)}`) };
    return {
      name,
      bytes: writeDocument({
        ...{ title: r.title, issuer: r.issuer, date: r.on },
        body: r.sections.flatMap((s) => [
          { kind: "item" as const, level: 1 as const, heading: s.title },
          { kind: "paragraph" as const, text: s.text },
          ...(s.rows.length === 0
            ? []
            : [
                {
                  kind: "table" as const,
                  columns: s.columns.map((c) => ({
                    title: c.title,
                    align: c.num ? ("right" as const) : ("left" as const),
                  })),
                  rows: s.rows.map((row) => row.cells),
                },
              ]),
        ]),
      }),
    };
  }

  return { page, file };
}

const cell = (s: string) => (/[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);
/** One table under the other, each with its name before every row. */
function csv(sections: readonly ReportSection[]): string {
  const line = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;
  return sections
    .map(
      (s) =>
        line([s.title, s.text]) +
        (s.rows.length > 0 ? line(["", ...s.columns.map((c) => c.title)]) : "") +
        s.rows.map((r) => line(["", ...r.cells])).join(""),
    )
    .join("");
}
