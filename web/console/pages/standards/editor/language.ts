/** YAML with FEEL inside: the formulas are coloured by the grammar that the loader reads them with. */
import { yamlLanguage } from "@codemirror/lang-yaml";
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { type Input, parseMixed, type SyntaxNodeRef } from "@lezer/common";
import { tags } from "@lezer/highlight";
import { parser as feel } from "lezer-feel";

const SCALARS = new Set(["Literal", "QuotedLiteral", "BlockLiteralContent"]);

/** Under `formula` or `when`, whatever stands between. */
function isFormula(node: SyntaxNodeRef, input: Input): boolean {
  if (!SCALARS.has(node.name) || node.node.parent?.name === "Key") return false;
  for (let at = node.node.parent; at; at = at.parent) {
    const key = at.name === "Pair" ? at.getChild("Key") : null;
    if (!key) continue;
    const name = input.read(key.from, key.to);
    if (name === "formula" || name === "when") return true;
  }
  return false;
}

const rules = yamlLanguage.configure({
  wrap: parseMixed((node, input) => {
    if (!isFormula(node, input)) return null;
    const quote = node.name === "QuotedLiteral" ? 1 : 0;
    return {
      parser: feel,
      overlay: [{ from: node.from + quote, to: Math.max(node.from + quote, node.to - quote) }],
    };
  }),
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], color: "var(--sys-welfare)" },
  { tag: [tags.number, tags.bool], color: "var(--action)" },
  { tag: tags.string, color: "var(--good)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet)" },
  { tag: tags.operator, color: "var(--quiet)" },
]);

export const rulesLanguage = () => [new LanguageSupport(rules), syntaxHighlighting(colours)];
