import { urlOf } from "@wuxin/contract/client";
import { ROLES } from "@wuxin/declare/roles";
import type { CasePage } from "../app/types.ts";
import { Explain } from "../parts/Explain.tsx";
import { Tag } from "../parts/States.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

const newestFirst = <T extends { readonly seq: number }>(entries: readonly T[]): T[] =>
  [...entries].sort((a, b) => b.seq - a.seq);

export function Decisions({ of }: { of: CasePage }) {
  if (of.decisions.length === 0) return null;
  return (
    <section>
      <h2>{t("case.decision")}</h2>
      {of.decisions.map((d, i) => (
        <details key={d.id} class="card fold" open={i === 0} data-testid="decision">
          <summary>
            <strong>{d.label}</strong>{" "}
            <span class="quiet">
              {dateWords(d.decidedOn)} · {d.decidedBy}
            </span>
          </summary>
          {d.reason && <p>{t("case.reason", { reason: d.reason })}</p>}
          {d.fromMonth && <p>{t("case.from", { month: dateWords(d.fromMonth) })}</p>}
          <Explain of={d.explanation} />
        </details>
      ))}
    </section>
  );
}

/** While the case waits for the resident: what the office wrote last, such as the one list of missing papers. */
export function Said({ of }: { of: CasePage }) {
  const last = newestFirst(of.history)[0];
  if (of.tone !== "waiting" || !last || last.role === ROLES.resident) return null;
  if (last.rows.length === 0 && !last.note) return null;
  return (
    <section class="card said" data-testid="said">
      <h2>{t("case.said", { label: last.label })}</h2>
      <Rows rows={last.rows} />
      {last.note && <p>{last.note}</p>}
      <p class="quiet">
        {dateWords(last.at)} · {last.actorName}
      </p>
    </section>
  );
}

export function Documents({ of, base }: { of: CasePage; base: string }) {
  if (of.documents.length === 0) return null;
  return (
    <section>
      <h2>{t("case.documents")}</h2>
      <ul class="rows">
        {of.documents.map((d) => (
          <li key={d.id}>
            <a class="row" href={`${base}/document/${d.id}`} data-testid={`document-${d.code}`}>
              <strong>{d.title}</strong>
              <span class="quiet">
                {d.number} · {dateWords(d.issuedOn)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Papers({ of }: { of: CasePage }) {
  if (of.materials.length === 0) return null;
  return (
    <details class="card fold">
      <summary>
        <strong>{t("case.papers")}</strong>
      </summary>
      <ul class="files">
        {of.materials.map((m) => (
          <li key={m.code + (m.fileId ?? "")}>
            <span>{m.title}</span>
            {m.fileId ? (
              <a href={urlOf("getFile", { id: m.fileId })} target="_blank" rel="noreferrer">
                {m.name ?? t("case.look")}
              </a>
            ) : m.name ? (
              <span class="quiet">{m.name}</span>
            ) : m.missing ? (
              <Tag tone="waiting">{t("case.paperMissing")}</Tag>
            ) : (
              <Tag tone="good">{m.commitment ? t("review.commitment") : t("case.paperNot")}</Tag>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function History({ of }: { of: CasePage }) {
  if (of.history.length === 0) return null;
  return (
    <details class="card fold">
      <summary>
        <strong>{t("case.history")}</strong>
      </summary>
      <ol class="history">
        {newestFirst(of.history).map((h) => (
          <li key={h.seq}>
            <strong>{h.label}</strong>{" "}
            <span class="quiet">
              {dateWords(h.at)} · {h.actorName}
            </span>
            {h.note && <p>{h.note}</p>}
            {h.rows.length > 0 && <Rows rows={h.rows} />}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Rows({ rows }: { rows: CasePage["history"][number]["rows"] }) {
  return (
    <dl class="pairs">
      {rows.map((r, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of the past never change
        <div key={i}>
          <dt>{r.label}</dt>
          <dd>
            {r.text}
            {r.fileIds.map((id, n) => (
              <a key={id} href={urlOf("getFile", { id })} target="_blank" rel="noreferrer">
                {" "}
                {t("file.nth", { n: n + 1 })}
              </a>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
