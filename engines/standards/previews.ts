/** What a new standard would change, before anybody enters it, and whom an approved one lets in. */
import { DomainError, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { checkInput, notesOn } from "./entering.ts";
import { impactOf, newlyQualifying, prepare, spanOf, trials } from "./impact.ts";
import { impactView } from "./impact-view.ts";
import { firstMonth, type StandardInput } from "./model.ts";
import type { Looked, StandardsDeps } from "./ports.ts";
import type { Reader } from "./reader.ts";
import { decided, sideBySide } from "./sides.ts";
import type { Sources } from "./sources.ts";
import * as store from "./store.ts";
import { teller } from "./telling.ts";

export type PreviewInput = Omit<StandardInput, "document"> & { readonly month?: Month | undefined };

export function createPreviews(deps: StandardsDeps, sources: Sources, reader: Reader) {
  const { clock } = deps;
  const { get, itemsReading, layerOf, mustLoad, textsOver, withLayer } = reader;
  const tell = teller(deps, "standard");

  async function trying(tx: Tx, name: string, input: PreviewInput) {
    const s = get(tx.actor.countyCode, name);
    checkInput(s, input, clock.today());
    const records = await store.all(tx);
    const after = withLayer(tx.actor.countyCode, records, layerOf(name, s, input, "（预览）"));
    mustLoad(after, s);
    return { s, after, span: spanOf(firstMonth(input.since), clock.today(), input.month ?? null) };
  }

  return {
    /**
     * Reads whom it touches in the caller's transaction; `run` computes after it, in chunks.
     * Errors: forbidden, not-found, invalid-input.
     */
    async preparePreview(tx: Tx, name: string, input: PreviewInput) {
      const { s, after, span } = await trying(tx, name, input);
      const county = tx.actor.countyCode;
      // Of a recognition no amount changes: the preview is about money.
      const paying = itemsReading(s).filter((i) => i.outcome.amount !== undefined);
      const prepared = await prepare(tx, deps, paying, { before: sources.of(county), after }, span);
      await tell(tx, "standard.preview", null, `${name} ${input.since} 起`);
      return {
        async run() {
          const impact = await impactOf(prepared, span);
          return {
            name,
            since: input.since,
            firstMonth: firstMonth(input.since),
            notes: notesOn(s, input, clock.today()),
            ...impactView(impact, span, prepared, (code) => deps.divisionName(county, code)),
          };
        },
      };
    },

    /** One household of the preview, before and after, step beside step. Errors: as the preview's. */
    async explain(tx: Tx, name: string, input: PreviewInput & { readonly of: Looked }) {
      const { s, after, span } = await trying(tx, name, input);
      const found = await deps.population.inputsOf(tx, input.of);
      const item = itemsReading(s).find((i) => i.code === found?.item);
      if (!found?.inputs || !item)
        throw new DomainError("not-found", "没有找到这一户留存的事实，算不出前后。");
      const { month } = span;
      const { inputs } = found;
      const before = item.ruleSet({
        code: tx.actor.countyCode,
        standards: sources.of(tx.actor.countyCode),
        month,
      });
      await tell(tx, "standard.explain", input.of.id, `${name} ${input.since} 起`);
      return {
        month,
        pairs: sideBySide(
          decided(before, item.outcome, month, inputs),
          decided(trials(item, after)(month), item.outcome, month, inputs),
          inputs.persons.map((p) => p.name),
        ),
      };
    },

    /** Whom an approved version lets in among those refused in the last year; names masked. */
    async entering(tx: Tx, id: string, month: Month) {
      const county = tx.actor.countyCode;
      const active = (await store.everApproved(tx)).filter((r) => r.state === "active");
      const own = active.find((r) => r.id === id);
      if (!own) return [];
      const texts = {
        before: textsOver(
          county,
          active.filter((r) => r !== own),
        ),
        after: textsOver(county, active),
      };
      const items = itemsReading(get(county, own.parameter));
      const found = await newlyQualifying(tx, deps, items, texts, month);
      return found.map((t) => ({
        ...{ caseId: t.id, item: t.item, name: t.name, divisionCode: t.divisionCode },
        amountFen: t.afterFen ?? 0,
      }));
    },
  };
}
