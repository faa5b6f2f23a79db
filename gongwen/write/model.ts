import { DomainError } from "@wuxin/kernel";
import { chineseNumber } from "../numerals.ts";

/**
 * An official document before it becomes a file: what it says, not how it looks. Plain data, safe to keep as JSON.
 * Numbers of items are not written by the author: they follow from the levels.
 */
export interface OfficialDocument {
  /** One line; "\n" where a long title is to be broken. */
  readonly title: string;
  /** Red head of a document that is sent; absent in plans and summaries that are only attached or filed. */
  readonly head?: RedHead;
  /** 主送机关, without the colon. */
  readonly addressee?: string;
  readonly body: readonly Block[];
  /** 附件说明: the names, without numbers. Taken from `annexes` when those are given. */
  readonly attachments?: readonly string[];
  readonly annexes?: readonly Annex[];
  /** 发文机关署名. */
  readonly issuer?: string;
  /** 成文日期, `YYYY-MM-DD`. */
  readonly date?: string;
  /** 附注, without brackets: 此件公开发布. */
  readonly note?: string;
  readonly imprint?: Imprint;
}

export interface RedHead {
  /** 发文机关标志: 云溪县民政局文件. */
  readonly masthead: string;
  readonly number: DocumentNumber;
  /** 签发人, for documents sent upward. */
  readonly signer?: string;
  /** 份号 (six digits), 密级和保密期限, 紧急程度. */
  readonly copy?: string;
  readonly secrecy?: string;
  readonly urgency?: string;
}

/** 云民发〔2024〕5号: 机关代字, year, serial without padding. */
export interface DocumentNumber {
  readonly office: string;
  readonly year: number;
  readonly serial: number;
}

/** 版记: 抄送机关, 印发机关, 印发日期 `YYYY-MM-DD`. */
export interface Imprint {
  readonly copiedTo?: string;
  readonly printedBy: string;
  readonly printedOn: string;
}

export interface Annex {
  readonly title: string;
  readonly body: readonly Block[];
}

/** 一、, （一）, 1., （1）. */
export type Level = 1 | 2 | 3 | 4;

export type Block =
  /** Without `text` a heading on its own line; with it the heading opens the paragraph: （一）提高标准。城市低保…. */
  | { readonly kind: "item"; readonly level: Level; readonly heading: string; readonly text?: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | {
      readonly kind: "table";
      readonly caption?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    };

export interface Column {
  readonly title: string;
  /** Relative width; without it the longest text of the column decides. */
  readonly width?: number;
  readonly align?: "left" | "center" | "right";
}

export const documentNumber = (n: DocumentNumber) => `${n.office}〔${n.year}〕${n.serial}号`;

/** 2024-05-06 → 2024年5月6日: Arabic numerals, no padding (GB/T 9704-2012, 7.3.5). */
export function longDate(date: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!m) throw new DomainError("bad-date", `日期「${date}」的写法不对。请写成 2024-05-06 的样子。`);
  return `${m[1]}年${Number(m[2])}月${Number(m[3])}日`;
}

const MARK: Record<Level, (n: number) => string> = {
  1: (n) => `${chineseNumber(n)}、`,
  2: (n) => `（${chineseNumber(n)}）`,
  3: (n) => `${n}.`,
  4: (n) => `（${n}）`,
};

/** Gives each item its number: every level counts from one below the item above it. */
export function numbered(): (level: Level) => string {
  const counts = [0, 0, 0, 0, 0];
  return (level) => {
    counts[level] = (counts[level] ?? 0) + 1;
    counts.fill(0, level + 1);
    return MARK[level](counts[level] as number);
  };
}
