/** The county's standards as they are, and its rules as they would be with one version more. */
import type { RuleTexts } from "@wuxin/declare";
import { DomainError, monthOf } from "@wuxin/kernel";
import { PolicyError } from "@wuxin/policy";
import { trial } from "./impact.ts";
import type { Layer, StandardInput } from "./model.ts";
import { overlay } from "./overlay.ts";
import type { RuledItem, StandardsDeps } from "./ports.ts";
import { createShelves, type Shelved } from "./shelf.ts";
import { nationalSources, type Sources } from "./sources.ts";
import type { StandardRecord } from "./store.ts";

export type Reader = ReturnType<typeof createReader>;

export function createReader(deps: StandardsDeps, sources: Sources) {
  const { clock } = deps;
  const shelves = createShelves(deps);
  const shelfOf = (county: string) => shelves.of(county, sources.of(county), monthOf(clock.today()));

  function get(county: string, name: string): Shelved {
    const found = shelfOf(county).get(name);
    if (!found) throw new DomainError("not-found", `没有「${name}」这个标准，请从政策标准的目录进入。`);
    return found;
  }
  const layerOf = (
    name: string,
    s: Shelved,
    input: Omit<StandardInput, "document">,
    document: string,
  ): Layer => ({
    parameter: name,
    since: input.since,
    form: input.form,
    values: input.values,
    multiple: input.multiple && s.derivation ? { from: s.derivation.from, ...input.multiple } : null,
    document,
    note: input.note,
  });

  /** The county's texts as its file and these versions give them. */
  function textsOver(county: string, layers: readonly Layer[]): RuleTexts {
    const { rewritten } = sources.of(county);
    const source = overlay(deps.file(county), nationalSources(deps.catalogue, rewritten), layers);
    return rewritten ? { ...source, rewritten } : source;
  }

  /** With one more version; in the place of that of the same day when it corrects it. */
  const withLayer = (county: string, records: readonly StandardRecord[], layer: Layer): RuleTexts =>
    textsOver(county, [
      ...records.filter(
        (r) => r.state === "active" && !(r.parameter === layer.parameter && r.since === layer.since),
      ),
      layer,
    ]);

  function itemsReading(s: Shelved): RuledItem[] {
    return s.readers.flatMap((r) => {
      const item = r.kind === "item" ? deps.catalogue.items.get(r.code) : undefined;
      return item ? [item] : [];
    });
  }

  /** What the grammar itself refuses is told to the person, not to the log. */
  function mustLoad(texts: RuleTexts, s: Shelved): void {
    try {
      for (const item of itemsReading(s))
        for (const month of [
          monthOf(clock.today()),
          ...(texts.rewritten?.get(item.code) ?? []).map((r) => r.from),
        ])
          trial(item, texts, month);
    } catch (e) {
      if (!(e instanceof PolicyError)) throw e;
      const [first] = e.problems;
      throw new DomainError(
        "invalid-input",
        `按这个值规则不能成立：${first ? `${first.message}。${first.mend}` : "请核对所填的值。"}`,
        { field: "values" },
      );
    }
  }

  return { shelfOf, get, layerOf, textsOver, withLayer, itemsReading, mustLoad };
}
