/** One 验收单 of a 民生实事: what was accepted, how many, where, when, against which standard, by which two people. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { formatDateChinese } from "@wuxin/kernel";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { useTitle } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/document.css";
import type { Plan } from "./light.tsx";

const route = getRouteApi("/plans/$id/acceptances/$evidence");

export default function AcceptancePage() {
  const { id, evidence } = route.useParams();
  const query = useQuery(ask("getPlan", { params: { id } }));
  useTitle("验收单");
  return <Loaded query={query}>{(plan) => <Sheet plan={plan} id={evidence} />}</Loaded>;
}

function Sheet({ plan, id }: { plan: Plan; id: string }) {
  const router = useRouter();
  const target = plan.rows.find((t) => t.evidence.some((e) => e.id === id));
  const e = target?.evidence.find((x) => x.id === id);
  if (!target || e?.kind !== "acceptance" || e.confirmedAt === null)
    return (
      <Blank mark="验" title="没有这张验收单">
        验收单要由另一个人确认以后才能打印，请回到计划里看。
      </Blank>
    );
  return (
    <div data-testid="acceptance">
      <div className="row no-print document-bar">
        <Button onClick={() => router.history.back()}>返回</Button>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <article className="paper">
        <h1>民生实事验收单</h1>
        <p className="paper-number">{plan.title}</p>
        {e.takeBack?.decidedAt && (
          <p className="paper-void" data-testid="void">
            本验收单已于 {dateTime(e.takeBack.decidedAt)} 撤回，不再算数。{e.takeBack.askedByName}提出：
            {e.takeBack.reason}
            {e.takeBack.decidedByName}同意。
          </p>
        )}
        <p className="paper-text">
          实事：{target.object}，承诺 {target.aimText}，{formatDateChinese(target.due)}前办成。
        </p>
        <p className="paper-text">验收地点：{e.divisionName ?? "县级"}</p>
        <p className="paper-text">验收日期：{formatDateChinese(e.asOf)}</p>
        <p className="paper-text">
          本次验收：{e.value} {target.unit}
        </p>
        <p className="paper-text">质量标准：{e.standard}</p>
        <p className="paper-text">验收情况：{e.words}</p>
        <p className="paper-text">
          验收人：{e.givenByName}（{dateTime(e.givenAt)} 填报）
        </p>
        <p className="paper-text">
          复核人：{e.confirmedByName}（{dateTime(e.confirmedAt)} 确认）
        </p>
        <p className="paper-text">签字：</p>
      </article>
    </div>
  );
}
