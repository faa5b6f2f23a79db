import type { DocumentTemplate } from "@wuxin/declare";
import { type Clock, DomainError, type IsoDate } from "@wuxin/kernel";
import type { FileStore, Tx } from "@wuxin/platform";
import type { Audit } from "../audit/index.ts";
import {
  type CaseDocument,
  checkSeries,
  type Fills,
  fill,
  formatNumber,
  type PrintedDocument,
} from "./model.ts";
import { checkFile } from "./sniff.ts";
import * as store from "./store.ts";

export interface DocumentsDeps {
  readonly clock: Clock;
  readonly files: FileStore;
  readonly audit: Pick<Audit, "record">;
  /** What a county is called in numbers and under its notices. */
  readonly counties: { get(code: string): { readonly name: string; readonly bureauName: string } };
}

export interface IssueDocument {
  readonly id: string;
  readonly template: DocumentTemplate;
  readonly values: Fills;
  readonly addressee: string;
  readonly caseId: string | null;
  /** Where it is handled, which decides who of the staff reads it. */
  readonly divisionCode: string;
  /** The resident who may read it. */
  readonly applicantId: string | null;
  /** The county's bureau unless given (a delegated township signs itself). */
  readonly issuer?: string;
  readonly issuedOn?: IsoDate;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
}

export interface Documents {
  /** The next number of a series in a year, without gaps: it is given back if the transaction fails. */
  nextNumber(tx: Tx, series: string, year: number): Promise<string>;
  /** Fills, numbers and stores a document for good. Repeating it gives the document that the first one issued. */
  issue(tx: Tx, input: IssueDocument): Promise<PrintedDocument>;
  /** Leaves an audit row, so it needs a writing transaction. Error: not-found. */
  get(tx: Tx, id: string): Promise<PrintedDocument>;
  listForCase(tx: Tx, caseId: string): Promise<CaseDocument[]>;

  /** At most 20 MB, of a kind we take, and what its name says. Errors: bad-file, file-too-large, already-exists. */
  saveFile(tx: Tx, file: { id: string; name: string; bytes: Uint8Array }): Promise<StoredFile>;
  /** Gives a loose file of the uploader to a case, once. Error: not-found naming the file, also when it has a case. */
  attachFiles(
    tx: Tx,
    ids: readonly string[],
    to: { caseId: string; divisionCode: string; applicantId: string | null },
  ): Promise<void>;
  /** Without the bytes; those that the actor may see. */
  files(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredFile>>;
  filesOfCase(tx: Tx, caseId: string): Promise<StoredFile[]>;
  /** Leaves an audit row, so it needs a writing transaction. Errors: not-found, file-missing, file-damaged. */
  readFile(tx: Tx, id: string): Promise<StoredFile & { bytes: Buffer }>;
}

const noFile = () => new DomainError("not-found", "没有找到这份附件，或您无权查看。");

export function createDocuments({ clock, files, audit, counties }: DocumentsDeps): Documents {
  async function take(tx: Tx, series: string, year: number) {
    checkSeries(series);
    const sequence = await store.takeNumber(tx, series, year);
    return { sequence, number: formatNumber(series, counties.get(tx.actor.countyCode).name, year, sequence) };
  }

  const toFile = (f: store.FileRow): StoredFile => ({
    id: f.id,
    name: f.name,
    size: f.size,
    mediaType: f.mediaType,
  });

  return {
    async nextNumber(tx, series, year) {
      return (await take(tx, series, year)).number;
    },

    async issue(tx, input) {
      const { id, template, caseId, divisionCode, applicantId } = input;
      const before = await store.readDocument(tx, id);
      if (before) return printed(before);
      const issuedOn = input.issuedOn ?? clock.today();
      const body = fill(template, input.values);
      const year = Number(issuedOn.slice(0, 4));
      const row = {
        ...{ id, caseId, divisionCode, applicantId, year, body, issuedOn },
        code: template.code,
        title: template.title,
        series: template.number,
        issuer: input.issuer ?? counties.get(tx.actor.countyCode).bureauName,
        addressee: input.addressee,
        // Last, because it holds the series until the transaction ends.
        ...(await take(tx, template.number, year)),
      };
      await store.insertDocument(tx, row, clock.now());
      await audit.record(tx, {
        action: "document.issue",
        object: "document",
        objectId: id,
        detail: `${template.title} ${row.number}`,
      });
      return printed(row);
    },

    async get(tx, id) {
      const row = await store.readDocument(tx, id);
      if (!row) throw new DomainError("not-found", "没有找到这份文书，或您无权查看。");
      await audit.record(tx, {
        action: "document.read",
        object: "document",
        objectId: id,
        detail: row.number,
      });
      return printed(row);
    },

    async listForCase(tx, caseId) {
      const rows = await store.readDocumentsOf(tx, caseId);
      return rows.map(({ id, code, title, number, issuedOn }) => ({ id, code, title, number, issuedOn }));
    },

    async saveFile(tx, { id, name: typed, bytes }) {
      const { name, mediaType } = checkFile(typed, bytes);
      const sha256 = await files.put(bytes);
      const row = { id, name, mediaType, size: bytes.length, sha256 };
      if (await store.insertFile(tx, row, clock.now())) {
        await audit.record(tx, { action: "file.upload", object: "file", objectId: id, detail: mediaType });
        return toFile({ ...row, caseId: null });
      }
      const [before] = await store.readFiles(tx, [id]);
      if (before?.sha256 === sha256) return toFile(before);
      throw new DomainError("already-exists", "附件编号已被占用，请重新上传。", { field: "file" });
    },

    async attachFiles(tx, ids, to) {
      const wanted = [...new Set(ids)];
      if (wanted.length === 0) return;
      const attached = await store.attachFiles(tx, wanted, to);
      const left = wanted.filter((id) => !attached.includes(id));
      if (left.length === 0) return;
      // Attached to this case before: the same request again.
      const seen = new Map((await store.readFiles(tx, left)).map((f) => [f.id, f]));
      const wrong = left.find((id) => seen.get(id)?.caseId !== to.caseId);
      if (wrong === undefined) return;
      throw new DomainError(
        "not-found",
        `附件“${seen.get(wrong)?.name ?? wrong}”不存在，或已用于另一个办件，请重新上传。`,
        { field: "materials" },
      );
    },

    async files(tx, ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.readFiles(tx, [...new Set(ids)]);
      return new Map(rows.map((f) => [f.id, toFile(f)]));
    },

    async filesOfCase(tx, caseId) {
      return (await store.readFilesOf(tx, caseId)).map(toFile);
    },

    async readFile(tx, id) {
      const [row] = await store.readFiles(tx, [id]);
      if (!row) throw noFile();
      const bytes = await files.get(row.sha256);
      await audit.record(tx, { action: "file.read", object: "file", objectId: id });
      return { ...toFile(row), bytes };
    },
  };
}

function printed(d: store.DocumentRow): PrintedDocument {
  return {
    id: d.id,
    title: d.title,
    number: d.number,
    issuedOn: d.issuedOn,
    issuer: d.issuer,
    addressee: d.addressee,
    paragraphs: d.body,
  };
}
