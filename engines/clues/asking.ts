/** What a step asks, with what may be chosen now. */
import type { Field } from "@wuxin/declare";
import { monthOf, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type ClueAction, isFound } from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book, Clue } from "./sealed.ts";

const note: Field = { name: "note", label: "说明", type: "longtext", required: true, min: 2, max: 500 };

export type Asking = ReturnType<typeof createAsking>;

export function createAsking(deps: CluesDeps, book: Book) {
  const { clock } = deps;

  /** What an action asks, with what may be chosen now. Empty: nothing to fill in. */
  async function fieldsOf(tx: Tx, c: Clue, action: ClueAction): Promise<readonly Field[]> {
    switch (action) {
      case "assign": {
        const workers = (await deps.staff(tx)).filter(
          (s) => ["grid", "village", "township"].includes(s.role) && within(s.scope, c.divisionCode),
        );
        return [
          {
            name: "worker",
            label: "谁去",
            type: "choice",
            required: true,
            choices: workers.map((s) => ({ value: s.id, label: s.name })),
          },
          { ...note, name: "note", label: "交代什么", required: false },
        ];
      }
      case "visit":
        return [
          { name: "on", label: "入户日期", type: "date", required: true },
          ...deps.findings,
          { name: "photos", label: "现场照片", type: "file", max: 9 },
        ];
      case "contact":
        return [
          { name: "on", label: "哪天联系的", type: "date", required: true, initial: clock.today() },
          ...deps.contact,
          { name: "photos", label: "照片，签字的说明", type: "file", max: 9 },
        ];
      case "open-case":
        return [
          {
            name: "item",
            label: "为这户申请",
            type: "choice",
            required: true,
            initial: (await benefitsOf(tx, c)).find((code) => deps.items.has(code)) ?? null,
            choices: [...deps.items].map(([value, i]) => ({ value, label: i.shortTitle })),
            help: "已掌握的人员和住址自动带入，缺的在办件里补问。是否给待遇仍按办件审核确认。",
          },
        ];
      case "open-review": {
        const drawn = await drawnBy(tx, c);
        return [
          {
            name: "entitlement",
            label: "哪项待遇",
            type: "choice",
            required: true,
            choices: drawn.map((e) => ({ value: e.id, label: `${e.itemTitle}（${e.stateLabel}）` })),
          },
          {
            name: "result",
            label: "建议",
            type: "choice",
            required: true,
            choices: [
              { value: "recheck", label: "重新核查" },
              { value: "stop", label: "建议停发" },
            ],
            help: "只是提请，增减停由办件决定。",
          },
          { ...note, label: "看到的情况" },
        ];
      }
      case "record-death": {
        // Several lists may tell one death: the earliest day stands, and each of them beside it.
        const told = (await book.signalsOf(tx, [c.id])).filter((s) => deps.tellsDeath(s.rule));
        return [
          {
            name: "diedOn",
            label: "死亡日期",
            type: "date",
            required: true,
            initial: told[0]?.occurredOn ?? c.occurredOn,
            ...(told.length > 1
              ? { help: `${told.map((s) => s.reason).join("")}先取最早的一天，以证明为准。` }
              : {}),
          },
          {
            name: "source",
            label: "凭什么",
            type: "text",
            required: true,
            min: 2,
            max: 100,
            help: "如死亡证明、火化证明、户口注销、入户核实。登记后从次月起停发，已多发的由系统算出，追不追由人确认。",
          },
        ];
      }
      case "refer":
        return [
          { name: "department", label: "转给哪个部门", type: "text", required: true, max: 60 },
          { ...note, label: "请对方办什么" },
        ];
      case "answer":
        return [
          { ...note, label: "对方回复" },
          {
            name: "outcome",
            label: "对方办了吗",
            type: "choice",
            required: true,
            choices: [
              { value: "done", label: "已帮扶" },
              { value: "declined", label: "不符合条件" },
            ],
          },
          { name: "helpedFen", label: "每月帮扶金额（元，没有不填）", type: "money" },
        ];
      case "no-change":
      case "false":
      case "send-back":
      case "urge":
        return [note];
      case "recheck":
        return [
          {
            name: "result",
            label: "与原核查结论",
            type: "choice",
            required: true,
            choices: [
              { value: "agrees", label: "一致" },
              { value: "differs", label: "不一致" },
            ],
          },
          note,
        ];
      default:
        return [];
    }
  }

  /** What the rules that found him say he may be entitled to. */
  async function benefitsOf(tx: Tx, c: Clue): Promise<readonly string[]> {
    if (!isFound(c)) return [];
    return (await book.signalsOf(tx, [c.id])).flatMap((s) => deps.entitles.get(s.rule) ?? []);
  }

  /** What has ended needs no review. */
  async function drawnBy(tx: Tx, c: Clue) {
    const { householdId, personId } = c;
    const all = householdId
      ? await deps.entitlements.forHousehold(tx, householdId, personId ? [personId] : [])
      : personId
        ? await deps.entitlements.forPerson(tx, personId)
        : [];
    const month = monthOf(clock.today());
    return all.filter((e) => e.endMonth === null || e.endMonth > month);
  }

  return { fieldsOf, benefitsOf, drawnBy };
}
