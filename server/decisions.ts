/** What a leader has to decide, in at most three sentences, the gravest first. Pure. */
import type { LeaderView } from "@wuxin/contract";

export interface Waiting {
  readonly title: string;
  readonly link: string;
}
type Facts = Pick<LeaderView, "late" | "plans" | "raised" | "money" | "systems" | "lastMonth"> & {
  /** What waits for this person's own signature or approval. */
  readonly waiting: readonly Waiting[];
};
type Decision = LeaderView["decisions"][number];
const MOST = 3;

export function decisionsOf(f: Facts): Decision[] {
  return [short(f), signing(f), cameUp(f), red(f), unanswered(f), place(f), unexplained(f)]
    .filter((d): d is Decision => d !== null)
    .slice(0, MOST);
}

const short = ({ money }: Facts): Decision | null =>
  money.short ? { title: "资金不足", text: money.text, link: "/funds" } : null;

function signing({ waiting }: Facts): Decision | null {
  const [first] = waiting;
  if (!first) return null;
  const more = waiting.length > 1 ? `等 ${waiting.length} 件` : "";
  return { title: "等您签批", text: `${first.title}${more}。`, link: waiting.length > 1 ? "/" : first.link };
}

/** What nobody settled in time came up by itself: somebody has to ask. */
function cameUp({ raised }: Facts): Decision | null {
  const [first] = raised;
  if (!first) return null;
  const more = raised.length > 1 ? `另有 ${raised.length - 1} 件。` : "";
  return {
    title: "督办逾期上报",
    text: `「${first.title}」期限 ${first.dueOn}，${first.owner}没有办结。${more}`,
    link: raised.length > 1 ? "/matters" : first.link,
  };
}

function red({ plans }: Facts): Decision | null {
  const reds = plans.behind.filter((t) => t.light === "red");
  const [first] = reds;
  if (!first) return null;
  const more = reds.length > 1 ? `另有 ${reds.length - 1} 条也滞后。` : "";
  const owner = first.owner ? `责任：${first.owner}。` : "还没有定责任。";
  return {
    title: "目标滞后",
    text: `「${first.object}」（${first.aimText}）${first.reason}${owner}${more}`,
    link: `/plans/${first.planId}?target=${first.id}`,
  };
}

function unanswered({ plans }: Facts): Decision | null {
  const late = plans.behind.filter((t) => t.urgedLate);
  const [first] = late;
  if (!first) return null;
  return {
    title: "督办没有答复",
    text: `「${first.object}」督办已过答复期限，${first.owner ?? "责任单位未定"}。`,
    link: `/plans/${first.planId}?target=${first.id}`,
  };
}

function place({ late }: Facts): Decision | null {
  const sum = (p: { cases: number; clues: number; visits: number; matters: number }) =>
    p.cases + p.clues + p.visits + p.matters;
  const most = late.places.reduce<(typeof late.places)[number] | null>(
    (best, p) => (sum(p) > (best ? sum(best) : 0) ? p : best),
    null,
  );
  if (!most) return null;
  const parts = [
    most.cases > 0 && `办件 ${most.cases}`,
    most.clues > 0 && `线索 ${most.clues}`,
    most.visits > 0 && `走访 ${most.visits}`,
    most.matters > 0 && `督办 ${most.matters}`,
  ].filter(Boolean);
  return {
    title: "超期最多",
    text: `${most.name}超期 ${sum(most)} 件（${parts.join("、")}）。`,
    link: most.cases > 0 ? `/cases?light=late&division=${most.code}` : "/supervision",
  };
}

function unexplained({ systems, lastMonth }: Facts): Decision | null {
  const jumps = systems.flatMap((s) => s.jumps).filter((j) => j.explanation === null);
  const [first] = jumps;
  if (!first) return null;
  return {
    title: "变动没有说明",
    text: `${lastMonth} 有 ${jumps.length} 个数变动很大还没有说明，如「${first.name}」变动 ${first.percent}%。`,
    link: `/indicators?month=${lastMonth}&code=${first.code}`,
  };
}
