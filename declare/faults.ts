/** What is wrong with a declaration, each fault naming file and mend. */
import { fieldsOf } from "@wuxin/kernel";
import { type DutyDefinition, WISHES } from "./duty.ts";
import type { ItemDefinition } from "./item.ts";
import { RISKS } from "./measure.ts";
import type { RegisterDefinition } from "./register.ts";

/** A declaration's folder, as far as faults speak of it. */
interface Place {
  readonly path: string;
  readonly rules?: unknown;
}

/** Keeps a declaration under its code; one that has been given out already, here or among `others`, is a fault. */
export function keep<T>(
  into: Map<string, T>,
  code: string,
  value: T,
  at: string,
  faults: string[],
  ...others: readonly ReadonlyMap<string, unknown>[]
): void {
  if ([into, ...others].some((m) => m.has(code))) faults.push(`${at}：代码 ${code} 已被占用，请换一个。`);
  into.set(code, value);
}

export function checkItem(item: ItemDefinition, folder: Place): string[] {
  const at = `${folder.path}/flow.ts`;
  const faults: string[] = [];
  if (!folder.rules) faults.push(`${folder.path}：缺 rules.yaml，请写出认定规则。`);
  const { flow } = item;
  const states = new Set(flow.states.map((s) => s.id));
  const steps = new Set(flow.steps.map((s) => s.id));
  const actions = new Set(flow.actions.map((a) => a.id));
  const publicities = new Set(flow.publicities.map((p) => p.code));
  const documents = new Set(item.documents.map((x) => x.code));
  const need = (ok: boolean, message: string) => {
    if (!ok) faults.push(`${at}：${message}`);
  };
  need(actions.size === flow.actions.length, "动作代码有重复。");
  need(states.has(flow.initial), `初始状态 ${flow.initial} 没有定义。`);
  need(
    (item.outcome.amount === undefined) === (item.entitlement.recognition === true),
    "发钱的事项写 outcome.amount，只作认定的写 entitlement.recognition，二者择一。",
  );
  for (const s of flow.states)
    need(!s.step || steps.has(s.step), `状态 ${s.id} 的步骤 ${s.step} 没有定义，请加到 steps。`);
  for (const a of flow.actions) {
    for (const from of a.from)
      need(from === "*" || states.has(from), `动作 ${a.id} 的来源状态 ${from} 没有定义。`);
    need(a.to === "=" || states.has(a.to), `动作 ${a.id} 的去向状态 ${a.to} 没有定义。`);
    for (const x of a.differentFrom ?? [])
      need(actions.has(x), `动作 ${a.id} 的 differentFrom 指向不存在的动作 ${x}。`);
    for (const code of [a.effects?.publish, a.effects?.unpublish])
      need(!code || publicities.has(code), `动作 ${a.id} 的公示 ${code} 没有定义。`);
    for (const code of a.effects?.documents ?? [])
      need(documents.has(code), `动作 ${a.id} 的文书 ${code} 没有模板，请加到 documents。`);
    need(new Set(a.fields.map((f) => f.name)).size === a.fields.length, `动作 ${a.id} 有同名的栏目。`);
    const causes = [
      a.effects?.cause,
      ...(a.fields.find((f) => f.name === "cause")?.choices ?? []).map((x) => x.label),
    ];
    need(
      a.effects?.ownWish === undefined || causes.includes(a.effects.ownWish),
      `动作 ${a.id} 的 ownWish 不是它能选的事由。`,
    );
  }
  for (const c of flow.clocks)
    for (const x of [...c.startsAt, ...c.stopsAt])
      need(actions.has(x), `时限 ${c.key} 指向不存在的动作 ${x}。`);
  const reachable = new Set([flow.initial]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const a of flow.actions)
      if (
        a.to !== "=" &&
        !reachable.has(a.to) &&
        (a.from.includes("*") || a.from.some((f) => reachable.has(f)))
      ) {
        reachable.add(a.to);
        grown = true;
      }
  }
  for (const s of states) need(reachable.has(s), `状态 ${s} 没有任何动作能到达，请删去或补上动作。`);
  return faults;
}

export function checkRegister(r: RegisterDefinition, folder: Place): string[] {
  const at = `${folder.path}/register.ts`;
  const faults: string[] = [];
  const fields = new Set([...r.fields.map((f) => f.name), ...(r.derived ?? []).map((x) => x.name)]);
  if (fields.size !== r.fields.length + (r.derived?.length ?? 0)) faults.push(`${at}：有同名的栏目。`);
  const open = r.publicWhen ? fieldsOf(r.publicWhen) : [];
  const todos = (r.todos ?? []).flatMap((t) => [t.dueField, ...fieldsOf(t.when)]);
  const told = [r.shares?.with, ...(r.shares?.fields ?? []), ...(r.shares ? fieldsOf(r.shares.when) : [])];
  const grounds = [r.grounds?.feed, r.grounds?.until, ...(r.grounds ? fieldsOf(r.grounds.when) : [])];
  const asked = [
    r.divisionField,
    r.ownerField,
    r.closing?.field,
    r.site?.by,
    ...todos,
    ...open,
    ...told,
    ...grounds,
  ];
  const named = asked.filter((name) => name !== undefined);
  for (const name of [r.titleField, ...named, ...r.columns, ...(r.publicFields ?? [])])
    if (!fields.has(name)) faults.push(`${at}：栏目 ${name} 没有定义，请加到 fields。`);
  for (const l of r.limits ?? [])
    if (!fields.has(l.field)) faults.push(`${at}：限额 ${l.code} 的栏目 ${l.field} 没有定义。`);
  for (const code of [...(r.shares?.ledgers ?? []), ...(r.shares?.adds ? [r.shares.adds] : [])])
    if (!r.ledgers?.some((l) => l.code === code)) faults.push(`${at}：共享给部门的登记簿 ${code} 没有定义。`);
  for (const l of r.ledgers ?? [])
    if (l.unsolved && !l.fields.some((f) => f.name === l.unsolved))
      faults.push(`${at}：「${l.title}」的 unsolved 指的栏目 ${l.unsolved} 没有定义。`);
  return faults;
}

export function checkDuty(
  duty: DutyDefinition,
  folder: Place,
  items: ReadonlyMap<string, unknown>,
): string[] {
  const at = `${folder.path}/duty.ts`;
  const faults: string[] = [];
  const names = [...(duty.card ?? []), ...duty.form].map((f) => f.name);
  if (new Set(names).size !== names.length) faults.push(`${at}：有同名的栏目。`);
  const { source } = duty;
  if ("item" in source && source.item !== undefined && !items.has(source.item))
    faults.push(`${at}：来源事项 ${source.item} 没有定义。`);
  const ownDay = ["reviews", "clues", "measures"].includes(source.from);
  if (ownDay === (duty.everyMonths !== undefined))
    faults.push(`${at}：${ownDay ? "有各自期限的来源不写" : "请写明"} everyMonths（几个月一次）。`);
  const mustAsk = (name: string, words: object, what: string) => {
    const asked = duty.form.find((f) => f.name === name)?.choices?.map((c) => c.value) ?? [];
    const known = Object.keys(words);
    if (asked.length !== known.length || !known.every((w) => asked.includes(w)))
      faults.push(`${at}：${what}的职责要问 ${name}，选项是 ${known.join("、")}。`);
  };
  if (source.from === "clues" && source.found) mustAsk("wish", WISHES, "政策找人");
  if (source.from === "measures") mustAsk("risk", RISKS, "帮扶回访");
  if (duty.settles && !names.includes(duty.settles.field))
    faults.push(`${at}：settles 的栏目 ${duty.settles.field} 没有定义。`);
  return faults;
}
